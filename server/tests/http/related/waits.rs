//! The waiting list: what she waits for, and what she is offered.

use backend::visits::booking::{
    self,
    testing::Stage,
    waiting::{self, tend},
};
use domain::visits::booking::waiting::{Period, Suits};

use super::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Waits,
    Ended,
    Offered,
    /// She said no, and waits no longer.
    Over,
}

use State::{Ended, Offered, Over, Waits};

pub(super) const OF_A_WAIT: [Route; 3] = [
    page(Area::Citizen, "/visits/waits/{id}"),
    page(Area::Citizen, "/visits/waits/{id}/end"),
    post(Area::Citizen, "/api/visits/waits/end", |_, o| named(o)),
];

pub(super) const OF_AN_OFFER: [Route; 5] = [
    page(Area::Citizen, "/visits/offers/{id}"),
    page(Area::Citizen, "/visits/offers/{id}/decline"),
    post(Area::Citizen, "/api/visits/offers/decline", |_, o| named(o)),
    post(Area::Citizen, "/api/visits/offers/leave", |_, o| named(o)),
    post(Area::Citizen, "/api/visits/offers/accept", |_, o| named(o)),
];

fn named(o: &Object) -> Fields {
    vec![("public", o.id.clone())]
}

fn cell(who: Relation, route: &Route, state: State) -> Cell {
    let citizen = matches!(who, Owner | CoParent | Relative | Applicant);
    match (who, route.path, state) {
        _ if !citizen => SignIn,
        (Owner, "/visits/waits/{id}" | "/visits/offers/{id}", _) => Opens,
        (Owner, "/visits/waits/{id}/end" | "/visits/offers/{id}/decline", Waits | Offered) => Opens,
        (Owner, "/visits/waits/{id}/end" | "/visits/offers/{id}/decline", _) => Leads,
        (Owner, _, Waits | Offered) => Changes,
        (Owner, ..) => Tells,
        _ => Nothing,
    }
}

async fn built(portal: &Portal, stage: &Stage, owner: &Citizen, state: State) -> Object {
    let ctx = &portal.ctx;
    let own = stage.public_of(&owner.person).await;
    booking::choose_party(ctx, owner, stage.inmate_public.clone(), vec![own])
        .await
        .expect("a write")
        .expect("she may");
    let first = ctx.now().date();
    let period = Period { first, last: first.plus_days(60), suits: Suits::Any };
    // The same again would be the same one.
    for wait in waiting::waits(ctx, owner).await.expect("a read") {
        waiting::take_back(ctx, owner, wait.public).await.expect("a write").expect("hers");
    }
    let wait = waiting::put(ctx, owner, period).await.expect("a write").expect("a draft").public;
    let id = match state {
        Waits => wait.to_string(),
        Ended => {
            waiting::take_back(ctx, owner, wait.clone()).await.expect("a write").expect("hers");
            wait.to_string()
        }
        Offered | Over => {
            tend(ctx).await.expect("a round");
            let waits = waiting::waits(ctx, owner).await.expect("a read");
            let offer = waits.into_iter().find_map(|wait| wait.offer).expect("an offer").public;
            if state == Over {
                let said = waiting::decline(ctx, owner, offer.clone(), false).await.expect("a write");
                assert_eq!(said, Some(true));
            }
            offer.to_string()
        }
    };
    Object { id, version: 1, ..Object::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn t01_a_wait_and_an_offer_are_hers_alone_in_every_state() {
    let portal = Portal::start_standing().await;
    let all = Everybody::of(&portal).await;
    let stage = crate::booking::stage(&portal).await;
    let owner = all.citizen(&portal, Owner).await;
    // They may visit the same one.
    for who in [Owner, CoParent, Applicant] {
        let who = all.citizen(&portal, who).await;
        stage.grant(&who.person, &who.person, "").await;
    }
    let (mut wrong, mut cells) = (Vec::new(), 0);
    for state in [Waits, Ended, Offered, Over] {
        let routes: &[Route] = if matches!(state, Waits | Ended) { &OF_A_WAIT } else { &OF_AN_OFFER };
        let shared = built(&portal, &stage, &owner, state).await;
        // The owner last, and her pages first: what she waits for anew takes the place of what she waited for.
        for (who, _) in RELATIONS.into_iter().rev() {
            for route in routes {
                let cell = cell(who, route, state);
                let own =
                    if cell == Changes { Some(built(&portal, &stage, &owner, state).await) } else { None };
                let object = own.as_ref().unwrap_or(&shared);
                if let Err(told) = tried(&portal, &all, (who, route, object), cell).await {
                    wrong.push(format!("{state:?} {who:?} {}: not {cell:?}: {told}", route.path));
                }
                cells += 1;
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {cells}:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(cells, RELATIONS.len() * 2 * (OF_A_WAIT.len() + OF_AN_OFFER.len()));
}
