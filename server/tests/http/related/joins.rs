//! Another adult on a visit: whoever booked takes it back, the guest alone sees and answers it.

use backend::visits::booking::{
    self, Target,
    joining::{self, Answered},
    testing::Stage,
};
use domain::{
    kernel::Public,
    visits::booking::{Booking, Offer},
};

use super::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Asked,
    Coming,
    Over,
}

use State::{Asked, Coming, Over};

pub(super) const OF_A_JOINING: [Route; 4] = [
    page(Area::Citizen, "/visits/join/{id}"),
    post(Area::Citizen, "/api/visits/join/answer", |_, o| {
        vec![("public", o.id.clone()), ("answer", "yes".to_owned())]
    }),
    post(Area::Citizen, "/api/visits/join/leave", |_, o| vec![("public", o.id.clone())]),
    post(Area::Citizen, "/api/visits/bookings/unask", |_, o| {
        vec![("public", o.id.clone()), ("booking", o.people[0].clone())]
    }),
];

/// The applicant is the guest.
fn cell(who: Relation, route: &Route, state: State) -> Cell {
    let citizen = matches!(who, Owner | CoParent | Relative | Applicant);
    match (who, route.path, state) {
        _ if !citizen => SignIn,
        (Applicant, "/visits/join/{id}", _) => Opens,
        (Applicant, "/api/visits/join/answer", Asked) => Changes,
        (Applicant, "/api/visits/join/leave", Coming) => Changes,
        (Applicant, "/api/visits/join/answer" | "/api/visits/join/leave", _) => Tells,
        (Owner, "/api/visits/bookings/unask", Asked | Coming) => Changes,
        (Owner, "/api/visits/bookings/unask", Over) => Tells,
        _ => Nothing,
    }
}

async fn booked(portal: &Portal, stage: &Stage, owner: &Citizen) -> Public<Booking> {
    let ctx = &portal.ctx;
    let own = stage.public_of(&owner.person).await;
    let chosen = booking::choose_party(ctx, owner, stage.inmate_public.clone(), vec![own]).await;
    chosen.expect("a write").expect("she may");
    let days = booking::available(ctx, owner).await.expect("a read").expect("a draft").days;
    let free = days.into_iter().find_map(|day| match day.offer {
        Offer::Free(sessions) => sessions.into_iter().next(),
        Offer::None(_) => None,
    });
    booking::hold(ctx, owner, free.expect("a free time").public).await.expect("a write").expect("free");
    let hold = booking::draft(ctx, owner).await.expect("a read").expect("a draft").hold.expect("held").hold;
    booking::confirm(ctx, owner, hold.public).await.expect("a write").expect("booked")
}

/// The visit before is cancelled: the week has room for one.
async fn built(portal: &Portal, stage: &Stage, (owner, guest): (&Citizen, &Citizen), state: State) -> Object {
    let ctx = &portal.ctx;
    for visit in booking::my_visits(ctx, owner).await.expect("a read") {
        if visit.cancelled.is_none() {
            let target = Target { public: visit.public, version: 1 };
            booking::cancel(ctx, owner, target).await.expect("a write").expect("hers").expect("cancelled");
        }
    }
    let visit = booked(portal, stage, owner).await;
    joining::ask(ctx, owner, visit.clone(), ctx.chance.public()).await.expect("a write").expect("a seat");
    let others = joining::others(ctx, owner, &visit).await.expect("a read").expect("hers");
    let code = others.guests[0].code.clone().expect("a code");
    let id = joining::open(ctx, guest, &code.shown()).await.expect("a write").expect("a code for the guest");
    if state != Asked {
        let said = joining::answer(ctx, guest, id.clone(), true).await.expect("a write");
        assert_eq!(said, Some(Answered::Done));
    }
    if state == Over {
        assert_eq!(joining::leave(ctx, guest, id.clone()).await.expect("a write"), Some(true));
    }
    Object { id: id.to_string(), people: vec![visit.to_string()], ..Object::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn t01_a_guest_alone_sees_and_answers_in_every_state() {
    let portal = Portal::start_standing().await;
    let all = Everybody::of(&portal).await;
    let stage = crate::booking::stage(&portal).await;
    let (owner, guest) = (all.citizen(&portal, Owner).await, all.citizen(&portal, Applicant).await);
    // The other parent may visit the same one.
    for who in [Owner, CoParent, Applicant] {
        let who = all.citizen(&portal, who).await;
        stage.grant(&who.person, &who.person, "").await;
    }
    let (mut wrong, mut cells) = (Vec::new(), 0);
    for state in [Asked, Coming, Over] {
        for route in &OF_A_JOINING {
            // Each tries one of its own: a new visit takes the place of the one before.
            for (who, _) in RELATIONS {
                let (object, cell) =
                    (built(&portal, &stage, (&owner, &guest), state).await, cell(who, route, state));
                if let Err(told) = tried(&portal, &all, (who, route, &object), cell).await {
                    wrong.push(format!("{state:?} {who:?} {}: not {cell:?}: {told}", route.path));
                }
                cells += 1;
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {cells}:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(cells, RELATIONS.len() * 3 * OF_A_JOINING.len());
}
