//! Visits that the unit looks at first: hers, and the officers' of the unit.

use backend::{
    ctx::Actor,
    visits::{
        booking::{
            self,
            request::{self as asking},
            testing::{Stage, rules},
        },
        sessions::put_rules,
    },
};
use domain::visits::booking::{Approval, Offer, UnitRules};

use super::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Open,
    /// She has taken it back.
    Over,
}

use State::{Open, Over};

pub(super) const OF_A_REQUEST: [Route; 6] = [
    page(Area::Citizen, "/visits/requests/{id}"),
    page(Area::Citizen, "/visits/requests/{id}/withdraw"),
    post(Area::Citizen, "/api/visits/requests/withdraw", |_, o| named(o)),
    page(Area::Staff, "/staff/visits/requests/{id}"),
    post(Area::Staff, "/api/staff/visits/requests/approve", |_, o| named(o)),
    post(Area::Staff, "/api/staff/visits/requests/reject", |_, o| {
        [named(o), vec![("reason", "staffing".to_owned())]].concat()
    }),
];

fn named(o: &Object) -> Fields {
    vec![("public", o.id.clone())]
}

fn cell(who: Relation, route: &Route, state: State) -> Cell {
    let citizen = matches!(who, Owner | CoParent | Relative | Applicant);
    if who == SignedOut || citizen != (route.area == Area::Citizen) {
        return SignIn;
    }
    match (who, route.path, state) {
        (Owner, "/visits/requests/{id}", _) | (Officer, "/staff/visits/requests/{id}", _) => Opens,
        (Owner, "/visits/requests/{id}/withdraw", Open) => Opens,
        (Owner, "/visits/requests/{id}/withdraw", Over) => Leads,
        (Owner | Officer, _, Open) => Changes,
        (Owner | Officer, _, Over) => Tells,
        _ => Nothing,
    }
}

async fn built(portal: &Portal, stage: &Stage, owner: &Citizen, state: State) -> Object {
    let ctx = &portal.ctx;
    // She has one at a time.
    for one in asking::requests(ctx, owner).await.expect("a read") {
        let _ = asking::withdraw(ctx, owner, one.public).await.expect("a write");
    }
    for visit in booking::my_visits(ctx, owner).await.expect("a read") {
        let target = booking::Target { public: visit.public, version: 1 };
        let _ = booking::cancel(ctx, owner, target).await.expect("a write");
    }
    let own = stage.public_of(&owner.person).await;
    let inmate = stage.inmate_public.clone();
    booking::choose_party(ctx, owner, inmate, vec![own]).await.expect("a write").expect("she may");
    let days = booking::available(ctx, owner).await.expect("a read").expect("a draft").days;
    let free = days.into_iter().find_map(|day| match day.offer {
        Offer::Free(sessions) => sessions.into_iter().next(),
        Offer::None(_) => None,
    });
    let session = free.expect("a free time").public;
    booking::hold(ctx, owner, session).await.expect("a write").expect("free");
    let held = booking::draft(ctx, owner).await.expect("a read").and_then(|draft| draft.hold);
    let hold = held.expect("held").hold.public;
    let of = asking::ask(ctx, owner, hold).await.expect("a write").expect("asked");
    if state == Over {
        asking::withdraw(ctx, owner, of.clone()).await.expect("a write").expect("hers");
    }
    Object { id: of.to_string(), version: 1, ..Object::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn t01_a_request_is_hers_and_the_officers_of_its_unit_in_every_state() {
    let portal = Portal::start_standing().await;
    let all = Everybody::of(&portal).await;
    let stage = crate::booking::stage(&portal).await;
    let valid_from = portal.ctx.now().date().plus_days(-60);
    let rules = UnitRules { approval: Approval::Always, valid_from, ..rules() };
    put_rules(&portal.ctx, &Actor::System, &stage.unit, rules).await.expect("rules");
    let owner = all.citizen(&portal, Owner).await;
    // They may visit the same one.
    for who in [Owner, CoParent, Applicant] {
        let who = all.citizen(&portal, who).await;
        stage.grant(&who.person, &who.person, "").await;
    }
    let (mut wrong, mut cells) = (Vec::new(), 0);
    for state in [Open, Over] {
        let mut shared = built(&portal, &stage, &owner, state).await;
        for (who, _) in RELATIONS.into_iter().rev() {
            for route in &OF_A_REQUEST {
                let cell = cell(who, route, state);
                if let Err(told) = tried(&portal, &all, (who, route, &shared), cell).await {
                    wrong.push(format!("{state:?} {who:?} {}: not {cell:?}: {told}", route.path));
                }
                if cell == Changes {
                    shared = built(&portal, &stage, &owner, state).await;
                }
                cells += 1;
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {cells}:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(cells, RELATIONS.len() * 2 * OF_A_REQUEST.len());
}
