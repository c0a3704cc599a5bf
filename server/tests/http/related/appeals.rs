//! An appeal, and the decision that it is against.

use backend::{
    appeals::{self, FormKey},
    decision::NewDecision,
    visits::clearance,
};
use domain::{
    appeals::{AppealForm, ReasonForm},
    kernel::{Locale, Public},
    visits::clearance::{Decided, PoliceOutcome},
};

use super::{clearances::sent, *};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Sent,
    Forwarded,
    TakenBack,
}

use State::{Forwarded, Sent, TakenBack};

pub(super) const ROUTES: [Route; 11] = [
    page(Area::Citizen, "/my/appeals/{id}"),
    page(Area::Citizen, "/my/appeals/{id}/receipt"),
    page(Area::Citizen, "/my/appeals/{id}/withdraw"),
    page(Area::Citizen, "/my/appeals/{id}/print"),
    post(Area::Citizen, "/api/my/appeals/withdraw", |_, o| vec![("id", o.id.clone())]),
    page(Area::Staff, "/staff/appeals/{id}"),
    post(Area::Staff, "/api/staff/appeals/take", |_, o| of(o, &[])),
    post(Area::Staff, "/api/staff/appeals/wait", |_, o| of(o, &[("waits", "yes")])),
    post(Area::Staff, "/api/staff/appeals/forward", |_, o| of(o, &[("statement", "Vi står på det.")])),
    post(Area::Staff, "/api/staff/appeals/change", |_, o| of(o, &[("reason", "Vi tok feil.")])),
    post(Area::Staff, "/api/staff/appeals/decide", |_, o| {
        of(o, &[("outcome", "upheld"), ("reason", "Det er rett."), ("basis", "fvl. § 34")])
    }),
];

pub(super) const OF_A_DECISION: [Route; 3] = [
    page(Area::Citizen, "/my/appeals/write/{id}"),
    post(Area::Citizen, "/api/my/appeals/write", |portal, o| {
        let key: FormKey = portal.ctx.chance.public();
        vec![("decision", o.id.clone()), ("key", key.to_string()), ("disagree", "Det er feil.".to_owned())]
    }),
    post(Area::Citizen, "/api/my/appeals/discard", |_, o| vec![("decision", o.id.clone())]),
];

fn of(o: &Object, more: &[(&'static str, &str)]) -> Fields {
    let named = vec![("id", o.id.clone()), ("version", o.version.to_string())];
    let more = more.iter().map(|(name, value)| (*name, (*value).to_owned()));
    named.into_iter().chain(more).collect()
}

fn cell(who: Relation, route: &Route, state: State) -> Cell {
    let citizen = matches!(who, Owner | CoParent | Relative | Applicant);
    if who == SignedOut || citizen != (route.area == Area::Citizen) {
        return SignIn;
    }
    match (who, route.path, state) {
        (Owner, "/my/appeals/{id}/withdraw", TakenBack) => Leads,
        (Owner, "/api/my/appeals/withdraw", TakenBack) => Tells,
        (Owner, "/api/my/appeals/withdraw", _) => Changes,
        (Owner, ..) | (Officer, "/staff/appeals/{id}", _) => Opens,
        // Only the level above decides, and she asked for no delay.
        (Officer, "/api/staff/appeals/decide", _) => Nothing,
        // While the level above has it, whether it waits is for that level to say.
        (Officer, "/api/staff/appeals/wait", Forwarded) => Nothing,
        (Officer, "/api/staff/appeals/wait", _) => Tells,
        (Officer, _, Sent) => Changes,
        (Officer, ..) => Tells,
        _ => Nothing,
    }
}

fn cell_of_a_decision(who: Relation, route: &Route) -> Cell {
    match (who, route.path) {
        (SignedOut | Officer | OfficerElsewhere | Gate | Auditor | Admin, _) => SignIn,
        (Owner, "/my/appeals/write/{id}") => Opens,
        (Owner, "/api/my/appeals/write") => Changes,
        (Owner, _) => Tells,
        _ => Nothing,
    }
}

/// Her application is refused by the officer of the unit.
async fn refused(portal: &Portal, all: &Everybody) -> Public<NewDecision> {
    let (ctx, on) = (&portal.ctx, portal.ctx.now().date());
    let (owner, officer) = (all.citizen(portal, Owner).await, all.staff(portal, Officer).await);
    let case = sent(portal, &owner).await;
    clearance::inmate_answer(ctx, &officer, &case, 1, true, on).await.expect("a write").expect("taken");
    let police = PoliceOutcome::NoRemark;
    clearance::police_answer(ctx, &officer, &case, 2, police, on).await.expect("a write").expect("taken");
    let seen = clearance::case(ctx, &officer, &case, clearance::LookReason::HandleCase).await;
    let people: Vec<_> =
        seen.expect("a read").expect("his").people.into_iter().map(|p| p.clearance).collect();
    let no = Decided::Refused { milder_considered: "Glassvegg".into(), reason: "Misbruk".into() };
    let done = clearance::decide(ctx, &officer, &case, 3, &people, &no, Locale::Nb).await;
    done.expect("a write").expect("decided");
    portal.wait_minutes(1);
    let mine = clearance::tracked(ctx, &owner, &case).await.expect("a read").expect("hers");
    mine.people[0].decision.clone().expect("a decision").public
}

async fn built(portal: &Portal, all: &Everybody, state: State) -> Object {
    let (ctx, decision) = (&portal.ctx, refused(portal, all).await);
    let (owner, officer) = (all.citizen(portal, Owner).await, all.staff(portal, Officer).await);
    let key: FormKey = ctx.chance.public();
    let form = AppealForm { key: key.to_string(), disagree: "Det er feil.".into(), ..AppealForm::default() };
    let id = appeals::send(ctx, &owner, &decision, &form).await.expect("a write").expect("sent");
    match state {
        Sent => {}
        Forwarded => {
            let form = ReasonForm { version: "1".into(), words: "Vi står på det.".into() };
            appeals::forward(ctx, &officer, &id, &form).await.expect("a write").expect("forwarded");
        }
        TakenBack => appeals::withdraw(ctx, &owner, &id).await.expect("a write").expect("taken back"),
    }
    Object { id: id.to_string(), version: if state == Sent { 1 } else { 2 }, ..Object::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn t01_an_appeal_is_there_for_her_and_for_those_who_work_on_it_in_every_state() {
    let portal = Portal::start_standing().await;
    let all = Everybody::of(&portal).await;
    let (mut wrong, mut cells) = (Vec::new(), 0);
    for state in [Sent, Forwarded, TakenBack] {
        let shared = built(&portal, &all, state).await;
        for (who, _) in RELATIONS {
            for route in &ROUTES {
                let cell = cell(who, route, state);
                let own = if cell == Changes { Some(built(&portal, &all, state).await) } else { None };
                let object = own.as_ref().unwrap_or(&shared);
                if let Err(told) = tried(&portal, &all, (who, route, object), cell).await {
                    wrong.push(format!("{state:?} {who:?} {}: not {cell:?}: {told}", route.path));
                }
                cells += 1;
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {cells}:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(cells, 3 * RELATIONS.len() * ROUTES.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn t01_a_decision_is_appealed_by_whom_it_is_told_to_and_by_nobody_else() {
    let portal = Portal::start_standing().await;
    let all = Everybody::of(&portal).await;
    let id = refused(&portal, &all).await.to_string();
    let object = Object { id, ..Object::default() };
    let mut wrong = Vec::new();
    // The owner comes last: once she has appealed, the page leads to her appeal.
    for (who, _) in RELATIONS.into_iter().rev() {
        for route in [&OF_A_DECISION[0], &OF_A_DECISION[2], &OF_A_DECISION[1]] {
            let cell = cell_of_a_decision(who, route);
            if let Err(told) = tried(&portal, &all, (who, route, &object), cell).await {
                wrong.push(format!("{who:?} {}: not {cell:?}: {told}", route.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
