use domain::{
    access::{Role, Unit},
    kernel::{CivilDate, Id, Instant, Public},
    visits::booking::{
        Blocked, Doubt, Hold, Offer, PlanChange, PlanForm, Template, Touch, UnitRules,
        plan::{PlanRefusal, stamp},
        plan_forms::BlockForm,
        wings::WingsChoice,
    },
};

use super::*;
use crate::{
    ctx::{Actor, Citizen, Ctx, Staff},
    custody::public_unit,
    testing::{NOON, Portal, on_both_engines},
    visits::booking::{
        available, check_ahead, choose_party, confirm, day as unit_day, draft, hold,
        testing::{Stage, rules, template},
    },
};

mod proposals;
mod several;
mod texts;

fn day(text: &str) -> CivilDate {
    CivilDate::parse_iso(text).unwrap()
}

/// What anybody reads of the unit.
async fn told(ctx: &Ctx) -> Published {
    let (unit, _) = public_unit(ctx, "lyngmo").await.unwrap().unwrap();
    published(ctx, &unit).await.unwrap()
}

#[tokio::test]
async fn sessions_reach_beyond_the_window_and_are_made_once() {
    on_both_engines(async |portal| {
        let (ctx, unit) = (&portal.ctx, portal.unit("lyngmo").await);
        put_rules(ctx, &Actor::System, &unit, rules()).await.unwrap();
        let plan = template(6, 660, 3);
        put_template(ctx, &Actor::System, NewTemplate { unit: unit.clone(), template: plan.clone() })
            .await
            .unwrap();
        // Six weeks from Tuesday 1 September hold six Saturdays.
        assert_eq!(tend(ctx).await.unwrap(), Tended { sessions: 6, holds: 0 });
        assert_eq!(tend(ctx).await.unwrap(), Tended::default(), "doing it again changes nothing");
        put_template(ctx, &Actor::System, NewTemplate { unit, template: plan }).await.unwrap();
        assert_eq!(tend(ctx).await.unwrap(), Tended::default(), "the same time of the week is one template");
        ctx.clock.set(NOON.plus_days(7));
        assert_eq!(tend(ctx).await.unwrap().sessions, 1);
    })
    .await;
}

#[tokio::test]
async fn f04_a_session_on_the_night_of_the_clock_is_made_once_with_its_full_hour() {
    on_both_engines(async |portal| {
        let (ctx, unit) = (&portal.ctx, portal.unit("lyngmo").await);
        put_rules(ctx, &Actor::System, &unit, rules()).await.unwrap();
        ctx.clock.set(Instant(1_791_000_000_000_000));
        // Sunday 25 October 2026 at 02.30, when the hour comes twice.
        put_template(ctx, &Actor::System, NewTemplate { unit, template: template(7, 150, 1) }).await.unwrap();
        tend(ctx).await.unwrap();
        let rows: Vec<(i64, i64, i64, i64)> = ctx.db.all(NIGHT, vec![]).await.unwrap();
        assert_eq!(rows.len(), 1);
        let (start, end, starts_at, ends_at) = rows[0];
        assert_eq!((start, end, ends_at - starts_at), (150, 150, 3_600_000_000));
    })
    .await;
}

pub const NIGHT: &str =
    "SELECT start_minute, end_minute, starts_at, ends_at FROM visit_session WHERE date = '2026-10-25'";

#[tokio::test]
async fn a_closed_day_keeps_its_latest_reason_and_opens_again() {
    on_both_engines(async |portal| {
        let (ctx, unit) = (&portal.ctx, portal.unit("lyngmo").await);
        let on = day("2026-09-14");
        for reason in ["kurs", "planleggingsdag"] {
            block_day(ctx, &Actor::System, &unit, on, reason).await.unwrap();
        }
        let closed = blocked_days(ctx, &unit, on, on).await.unwrap();
        assert_eq!(closed.iter().map(|b| b.reason.as_str()).collect::<Vec<_>>(), ["planleggingsdag"]);
        ctx.db.write(plan::unblock(ctx, &Actor::System, &unit, on)).await.unwrap();
        assert!(blocked_days(ctx, &unit, on, on).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_rules_of_a_unit_come_back_as_they_were_put() {
    on_both_engines(async |portal| {
        let (ctx, unit) = (&portal.ctx, portal.unit("lyngmo").await);
        let old = domain::visits::booking::UnitRules { valid_to: Some(day("2026-12-31")), ..rules() };
        let new =
            domain::visits::booking::UnitRules { valid_from: day("2027-01-01"), per_week: 2, ..rules() };
        for version in [new.clone(), rules(), old.clone()] {
            put_rules(ctx, &Actor::System, &unit, version).await.unwrap();
        }
        assert_eq!(rules_of(ctx, &unit).await.unwrap(), [old, new]);
    })
    .await;
}

/// Looks at what it touches, and says yes: how many visits.
async fn carry(ctx: &Ctx, staff: &Staff, change: PlanChange) -> Answer<usize> {
    match preview(ctx, staff, "lyngmo", &change).await.unwrap()? {
        Err(refusal) => Some(Err(refusal)),
        Ok(found) => {
            let done = carry_out(ctx, staff, "lyngmo", (&any(), change), &found.shown()).await.unwrap()?;
            assert!(!matches!(done, Ok(Carried::Proposed(_))), "no unit asks another here");
            Some(done.map(|_| found.visits.len()))
        }
    }
}

/// Of what nobody else is asked about, the form is not kept.
fn any() -> PlanForm {
    PlanForm::Close(BlockForm::default())
}

fn new_rules(seen: &str, rules: &UnitRules) -> PlanChange {
    PlanChange::Rules { seen: seen.to_owned(), rules: rules.clone() }
}

fn end(time: &Public<Template>, seen: Option<CivilDate>, last: &str) -> PlanChange {
    PlanChange::End { time: time.clone(), seen, last: day(last) }
}

fn officer(portal: &Portal, role: Role, unit: &Id<Unit>) -> Staff {
    let chance = &portal.ctx.chance;
    Staff {
        session: chance.id(NOON),
        staff: chance.id(NOON),
        name: "Astrid Multedugg".into(),
        roles: vec![role],
        units: vec![unit.clone()],
        unit_name: "Lyngmo fengsel".into(),
    }
}

async fn count(ctx: &Ctx, sql: &'static str) -> i64 {
    ctx.db.one::<(i64,)>(sql, vec![]).await.unwrap().0
}

pub const SESSIONS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM visit_session";
pub const TRACES: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE actor_kind = 'staff' AND action <> 'look'";

#[tokio::test]
async fn rules_are_added_by_whom_they_belong_to_and_never_over_unseen_ones() {
    on_both_engines(async |portal| {
        let (ctx, unit) = (&portal.ctx, portal.unit("lyngmo").await);
        put_rules(ctx, &Actor::System, &unit, rules()).await.unwrap();
        let astrid = officer(&portal, Role::UnitAdmin, &unit);
        let seen = stamp(&plan(ctx, &astrid, None).await.unwrap().unwrap().rules);
        let new = UnitRules { valid_from: day("2026-10-01"), people: 5, ..rules() };
        for staff in
            [officer(&portal, Role::CaseOfficer, &unit), officer(&portal, Role::UnitAdmin, &Id::new("x"))]
        {
            assert_eq!(carry(ctx, &staff, new_rules(&seen, &new)).await, None, "{:?}", staff.roles);
        }
        for _ in 0..2 {
            let answer = carry(ctx, &astrid, new_rules(&seen, &new)).await;
            assert_eq!(answer, Some(Ok(0)), "the second click too");
        }
        let late = UnitRules { people: 6, ..new.clone() };
        assert_eq!(carry(ctx, &astrid, new_rules(&seen, &late)).await, Some(Err(PlanRefusal::Stale)));
        assert_eq!(rules_of(ctx, &unit).await.unwrap(), [rules(), new.clone()]);
        let seen = stamp(&[rules(), new]);
        assert_eq!(carry(ctx, &astrid, new_rules(&seen, &late)).await, Some(Ok(0)));
        assert_eq!(rules_of(ctx, &unit).await.unwrap(), [rules(), late]);
        assert_eq!(count(ctx, TRACES).await, 2);
    })
    .await;
}

fn for_all(template: Template) -> (Template, WingsChoice) {
    (template, WingsChoice::default())
}

#[tokio::test]
async fn a_new_time_is_bookable_at_once_and_offered_once() {
    on_both_engines(async |portal| {
        let (ctx, unit) = (&portal.ctx, portal.unit("lyngmo").await);
        put_rules(ctx, &Actor::System, &unit, rules()).await.unwrap();
        let astrid = officer(&portal, Role::UnitAdmin, &unit);
        let new = template(6, 660, 3);
        let public = add_time(ctx, &astrid, "lyngmo", for_all(new.clone())).await.unwrap().unwrap().unwrap();
        assert_eq!(count(ctx, SESSIONS).await, 6);
        let again = add_time(ctx, &astrid, "lyngmo", for_all(new.clone())).await.unwrap();
        assert_eq!(again, Some(Ok(public.clone())), "the second click of a double click");
        let clash = domain::visits::booking::Template { capacity: 1, ..template(6, 690, 3) };
        let answer = add_time(ctx, &astrid, "lyngmo", for_all(clash)).await.unwrap();
        assert_eq!(answer, Some(Err(PlanRefusal::Clash)));
        let seen = plan(ctx, &astrid, Some("lyngmo")).await.unwrap().unwrap();
        assert_eq!(seen.times, [PlanTime { public, template: new }]);
        assert_eq!((count(ctx, SESSIONS).await, count(ctx, TRACES).await), (6, 1));
        let shown = told(ctx).await;
        assert_eq!((shown.times.len(), shown.rules), (1, Some(rules())));
        assert!(public_unit(ctx, "nowhere").await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn an_ended_time_keeps_what_is_booked_and_held_and_takes_nobody_more() {
    on_both_engines(async |portal| {
        let ctx = &portal.ctx;
        let stage = Stage::new(ctx, portal.unit("lyngmo").await).await;
        let astrid = officer(&portal, Role::UnitAdmin, &stage.unit);
        let (maja, eirik) = (stage.relative("Maja Fjellvik").await, stage.relative("Eirik Fjellvik").await);
        // Saturdays at 13 have two places. One visit is booked on the 12th; the 26th is only held.
        let asked = held(&stage, &maja, "2026-09-12").await;
        confirm(ctx, &maja, asked).await.unwrap().unwrap();
        let asked = held(&stage, &eirik, "2026-09-26").await;
        let thirteen = plan(ctx, &astrid, None).await.unwrap().unwrap().times[1].public.clone();
        let (all, last) = (count(ctx, SESSIONS).await, day("2026-09-05"));
        let ending = end(&thirteen, None, "2026-09-05");
        let found = preview(ctx, &astrid, "lyngmo", &ending).await.unwrap().unwrap().unwrap();
        let on: Vec<_> = found.visits.iter().map(|(v, touch)| (v.date.iso(), *touch)).collect();
        assert_eq!((on, found.held), (vec![("2026-09-12".to_owned(), Touch::Ended)], 1));
        assert_eq!(count(ctx, SESSIONS).await, all, "a look changes nothing");
        assert_eq!(carry(ctx, &astrid, ending).await, Some(Ok(1)));
        assert_eq!(count(ctx, SESSIONS).await, all - 3, "the 19th, 3 and 10 October");
        let ruth = stage.relative("Ruth Tangvald").await;
        assert_eq!(free_at_13(&stage, &ruth).await, ["2026-09-05"]);
        assert!(confirm(ctx, &eirik, asked).await.unwrap().is_ok(), "a held time is kept for who holds it");
        let seen = time(ctx, &astrid, &thirteen).await.unwrap().unwrap();
        let booked: Vec<_> = seen.booked.iter().map(|(on, n)| (on.iso(), *n)).collect();
        assert_eq!(booked, [("2026-09-12".to_owned(), 1), ("2026-09-26".to_owned(), 1)]);
        let unseen = carry(ctx, &astrid, end(&thirteen, None, "2026-10-05")).await;
        assert_eq!(unseen, Some(Err(PlanRefusal::Stale)));
        assert_eq!(doubts_on(ctx, &astrid, "2026-09-12").await, [Doubt::Plan(Touch::Ended)]);
        let moved = carry(ctx, &astrid, end(&thirteen, Some(last), "2026-10-05")).await;
        assert_eq!(moved, Some(Ok(0)));
        assert_eq!(doubts_on(ctx, &astrid, "2026-09-12").await, []);
        assert_eq!(count(ctx, SESSIONS).await, all - 1, "all but the 10th are there again");
    })
    .await;
}

#[tokio::test]
async fn an_ended_time_that_another_follows_does_not_reach_into_it() {
    on_both_engines(async |portal| {
        let (ctx, unit) = (&portal.ctx, portal.unit("lyngmo").await);
        put_rules(ctx, &Actor::System, &unit, rules()).await.unwrap();
        let astrid = officer(&portal, Role::UnitAdmin, &unit);
        let old =
            add_time(ctx, &astrid, "lyngmo", for_all(template(6, 660, 3))).await.unwrap().unwrap().unwrap();
        let last = day("2026-09-10");
        carry(ctx, &astrid, end(&old, None, "2026-09-10")).await.unwrap().unwrap();
        let new = domain::visits::booking::Template { valid_from: day("2026-09-11"), ..template(6, 660, 5) };
        assert!(add_time(ctx, &astrid, "lyngmo", for_all(new)).await.unwrap().unwrap().is_ok());
        assert_eq!(count(ctx, SESSIONS).await, 6, "one a Saturday");
        let answer = carry(ctx, &astrid, end(&old, Some(last), "2026-09-20")).await;
        assert_eq!(answer, Some(Err(PlanRefusal::Clash)));
        let theirs = officer(&portal, Role::UnitAdmin, &Id::new("x"));
        assert_eq!(carry(ctx, &theirs, end(&old, Some(last), "2026-09-10")).await, None);
        assert_eq!(time(ctx, &theirs, &old).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_closed_day_says_how_many_are_booked_and_another_reason_is_told() {
    on_both_engines(async |portal| {
        let ctx = &portal.ctx;
        let stage = Stage::new(ctx, portal.unit("lyngmo").await).await;
        let astrid = officer(&portal, Role::UnitAdmin, &stage.unit);
        let maja = stage.relative("Maja Fjellvik").await;
        let asked = held(&stage, &maja, "2026-09-12").await;
        confirm(ctx, &maja, asked).await.unwrap().unwrap();
        let on = |reason: &str| Blocked { date: day("2026-09-12"), reason: reason.into() };
        for touched in [1, 0] {
            assert_eq!(carry(ctx, &astrid, PlanChange::Close(on("kurs"))).await, Some(Ok(touched)));
        }
        assert_eq!(doubts_on(ctx, &astrid, "2026-09-12").await, [Doubt::Closed], "once");
        let other = carry(ctx, &astrid, PlanChange::Close(on("flytting"))).await;
        assert_eq!(other, Some(Err(PlanRefusal::ClosedBefore)));
        let seen = plan(ctx, &astrid, None).await.unwrap().unwrap().closed;
        assert_eq!(seen, [ClosedDay { blocked: on("kurs"), booked: 1 }]);
        assert_eq!(told(ctx).await.closed, [on("kurs")]);
        let reader = officer(&portal, Role::CaseOfficer, &stage.unit);
        assert_eq!(open_day(ctx, &reader, "lyngmo", day("2026-09-12")).await.unwrap(), None);
        for _ in 0..2 {
            assert_eq!(open_day(ctx, &astrid, "lyngmo", day("2026-09-12")).await.unwrap(), Some(Ok(())));
        }
        assert!(
            plan(ctx, &reader, None).await.unwrap().unwrap().closed.is_empty(),
            "others of the unit read"
        );
        assert_eq!(count(ctx, TRACES).await, 2, "closed once, opened once");
    })
    .await;
}

/// On which days the time at 13 is free for her.
async fn free_at_13(stage: &Stage, who: &Citizen) -> Vec<String> {
    alone(stage, who).await;
    let days = available(&stage.ctx, who).await.unwrap().unwrap().days;
    let at_13 = |offer: &Offer| matches!(offer, Offer::Free(all) if all.iter().any(|s| s.start.0 == 780));
    days.into_iter().filter(|d| at_13(&d.offer)).map(|d| d.date.iso()).collect()
}

/// She comes alone.
async fn alone(stage: &Stage, who: &Citizen) {
    let own = stage.public_of(&who.person).await;
    choose_party(&stage.ctx, who, stage.inmate_public.clone(), vec![own]).await.unwrap().unwrap();
}

/// Holds the time at 13 of that day.
async fn held(stage: &Stage, who: &Citizen, on: &str) -> Public<Hold> {
    alone(stage, who).await;
    let days = available(&stage.ctx, who).await.unwrap().unwrap().days;
    let offer = days.into_iter().find(|d| d.date == day(on)).unwrap().offer;
    let Offer::Free(free) = offer else { panic!("{on}: {offer:?}") };
    let session = free.into_iter().find(|s| s.start.0 == 780).unwrap();
    hold(&stage.ctx, who, session.public).await.unwrap().unwrap();
    draft(&stage.ctx, who).await.unwrap().unwrap().hold.unwrap().hold.public
}

/// What is to be settled about the visits of that day, as the day shows it; the list of work says the same.
async fn doubts_on(ctx: &Ctx, staff: &Staff, on: &str) -> Vec<Doubt> {
    while check_ahead(ctx).await.unwrap() > 0 {}
    let slots = unit_day(ctx, staff, Some("lyngmo"), day(on)).await.unwrap().unwrap().slots;
    let found: Vec<Doubt> = slots.into_iter().flat_map(|s| s.rows).flat_map(|row| row.doubts).collect();
    let codes: Vec<&str> = found.iter().map(Doubt::code).collect();
    let kept: Vec<(String,)> = ctx.db.all(NOTED, crate::args![day(on)]).await.unwrap();
    let kept: Vec<&str> =
        kept.iter().map(|(codes,)| codes.as_str()).filter(|codes| !codes.is_empty()).collect();
    assert_eq!(kept.join(" "), codes.join(" "), "the list of work says what the day says");
    found
}

pub const NOTED: &str = "SELECT doubts FROM booking WHERE date = $1 AND state = 'booked'";

#[tokio::test]
async fn what_is_booked_after_the_look_is_shown_before_anything_is_saved() {
    on_both_engines(async |portal| {
        let ctx = &portal.ctx;
        let stage = Stage::new(ctx, portal.unit("lyngmo").await).await;
        let astrid = officer(&portal, Role::UnitAdmin, &stage.unit);
        let (maja, eirik) = (stage.relative("Maja Fjellvik").await, stage.relative("Eirik Fjellvik").await);
        let asked = held(&stage, &maja, "2026-09-12").await;
        confirm(ctx, &maja, asked).await.unwrap().unwrap();
        let asked = held(&stage, &eirik, "2026-09-19").await;
        let thirteen = plan(ctx, &astrid, None).await.unwrap().unwrap().times[1].public.clone();
        let ending = end(&thirteen, None, "2026-09-05");
        let first = preview(ctx, &astrid, "lyngmo", &ending).await.unwrap().unwrap().unwrap();
        assert_eq!((first.visits.len(), first.held), (1, 1));
        confirm(ctx, &eirik, asked).await.unwrap().unwrap();
        let asked = (&any(), ending.clone());
        let early = carry_out(ctx, &astrid, "lyngmo", asked, &first.shown()).await.unwrap();
        assert_eq!((early, count(ctx, TRACES).await), (Some(Err(PlanRefusal::More)), 0));
        assert_eq!(carry(ctx, &astrid, ending).await, Some(Ok(2)));
    })
    .await;
}

#[tokio::test]
async fn stricter_rules_put_what_they_let_in_no_more_among_the_doubts() {
    on_both_engines(async |portal| {
        let ctx = &portal.ctx;
        let stage = Stage::new(ctx, portal.unit("lyngmo").await).await;
        let astrid = officer(&portal, Role::UnitAdmin, &stage.unit);
        let maja = stage.relative("Maja Fjellvik").await;
        let asked = held(&stage, &maja, "2026-09-12").await;
        confirm(ctx, &maja, asked).await.unwrap().unwrap();
        let now = rules_of(ctx, &stage.unit).await.unwrap();
        let strict = UnitRules { valid_from: day("2026-09-08"), per_week: 0, ..now[0].clone() };
        assert_eq!(carry(ctx, &astrid, new_rules(&stamp(&now), &strict)).await, Some(Ok(1)));
        assert_eq!(doubts_on(ctx, &astrid, "2026-09-12").await, [Doubt::Plan(Touch::Week)]);
        let now = rules_of(ctx, &stage.unit).await.unwrap();
        let milder = UnitRules { per_week: 1, arrive_before: 45, ..strict };
        assert_eq!(
            carry(ctx, &astrid, new_rules(&stamp(&now), &milder)).await,
            Some(Ok(1)),
            "another arrival"
        );
        assert_eq!(doubts_on(ctx, &astrid, "2026-09-12").await, [], "which is told and nothing to settle");
    })
    .await;
}
