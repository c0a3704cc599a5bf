//! Visits that the unit looks at first: asked for, answered, not answered; and that the place is given back each time.

use domain::visits::booking::{
    Approval,
    request::{RequestEnd, VisitRequest},
};

use super::*;
use crate::{
    ctx::Actor,
    visits::{
        booking::{
            request::{
                Answered, Foreseen, Round, StaffRequest, approve, ask, foreseen, reject, request, requests,
                staff_request, tend as look_after, withdraw,
            },
            testing::rules,
            waiting::{self, Accepted},
        },
        sessions::put_rules,
    },
};

pub const PLACES: &str = "SELECT CAST(SUM(taken) AS BIGINT) FROM visit_session";
pub const ANSWERS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE kind = 'visits.request'";
pub const STEPS: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE subject_kind = 'visit_request' AND action <> 'look'";
pub const HEARD: &str =
    "INSERT INTO custody_source (source, heard_at, taken, refused) VALUES ('kilde', $1, 1, 0)";
pub const NOT_COME: &str = "INSERT INTO visit_mark (id, booking_id, kind, at, written_at, staff_id, form_key) \
    SELECT 'm', b.id, 'no_show', 1, 1, $1, 'm' FROM booking b WHERE b.state = 'booked'";
pub const MEMBER: &str =
    "INSERT INTO staff_member (id, public_id, name, created_at) VALUES ('staff', 's', 'Henrik Moengen', 0)";

/// A unit that looks at visits as the rule says.
async fn looks(portal: &Portal, approval: Approval) -> Stage {
    let s = stage(portal).await;
    let rules = domain::visits::booking::UnitRules { approval, per_week: 2, ..rules() };
    put_rules(&s.ctx, &Actor::System, &s.unit, rules).await.unwrap();
    s
}

async fn henrik(s: &Stage) -> Staff {
    s.run(MEMBER, vec![]).await;
    officer(s, Role::CaseOfficer, true)
}

async fn asked(s: &Stage, who: &Citizen, date: &str, at: usize) -> Public<VisitRequest> {
    alone(s, who).await;
    let hold = held(&s.ctx, who, date, at).await;
    ask(&s.ctx, who, hold).await.unwrap().unwrap()
}

async fn how(ctx: &Ctx, who: &Citizen, of: &Public<VisitRequest>) -> Option<RequestEnd> {
    request(ctx, who, of).await.unwrap().unwrap().request.ended.map(|(how, _)| how)
}

async fn shown(ctx: &Ctx, staff: &Staff, of: &Public<VisitRequest>) -> StaffRequest {
    staff_request(ctx, staff, of).await.unwrap().expect("her unit's")
}

#[tokio::test]
async fn what_the_unit_looks_at_is_asked_for_keeps_its_place_and_is_booked_by_a_yes() {
    on_both_engines(async |portal| {
        let s = looks(&portal, Approval::Always).await;
        let (ctx, officer) = (&s.ctx, henrik(&s).await);
        let maja = s.relative("Maja Fjellvik").await;
        alone(&s, &maja).await;
        let hold_of = held(ctx, &maja, SATURDAY, 0).await;
        let until = NOON.plus_minutes(48 * 60);
        assert_eq!(foreseen(ctx, &maja, &hold_of).await.unwrap(), Foreseen::Asked { until });
        assert_eq!(codes(confirm(ctx, &maja, hold_of.clone()).await.unwrap()), ["needs_approval"]);
        let of = ask(ctx, &maja, hold_of.clone()).await.unwrap().unwrap();
        assert_eq!(ask(ctx, &maja, hold_of.clone()).await.unwrap(), Ok(of.clone()), "twice it is one");
        assert_eq!((count(ctx, PLACES).await, count(ctx, BOOKINGS).await), (1, 0));
        assert_eq!(requests(ctx, &maja).await.unwrap()[0].expires_at, until);

        // Nobody else has the place or the hour, and she asks for no second one.
        let own = s.public_of(&maja.person).await;
        let again = choose_party(ctx, &maja, s.inmate_public.clone(), vec![own]).await.unwrap();
        assert_eq!(codes(again), ["request_open"]);
        let sister = s.relative("Siri Fjellvik").await;
        alone(&s, &sister).await;
        assert!(free(ctx, &sister, SATURDAY).await.iter().all(|session| session.start.0 != 660));
        let stranger = s.relative("Stranger").await;
        assert_eq!(withdraw(ctx, &stranger, of.clone()).await.unwrap(), None);
        for other in
            [super::officer(&s, Role::CaseOfficer, false), super::officer(&s, Role::GateOfficer, true)]
        {
            assert!(staff_request(ctx, &other, &of).await.unwrap().is_none());
            assert!(approve(ctx, &other, &of).await.unwrap().is_none());
        }

        let seen = shown(ctx, &officer, &of).await;
        assert_eq!((seen.people.len(), seen.hindrances, seen.ended), (1, vec![], None));
        let Some(Answered::Booked(public)) = approve(ctx, &officer, &of).await.unwrap() else { panic!("no") };
        assert_eq!(approve(ctx, &officer, &of).await.unwrap(), Some(Answered::Over));
        let visit = visit(ctx, &maja, &public).await.unwrap().unwrap();
        let view = request(ctx, &maja, &of).await.unwrap().unwrap().request;
        assert_eq!((view.booking, view.reference), (Some(public), visit.reference));
        assert_eq!((count(ctx, PLACES).await, count(ctx, BOOKINGS).await), (1, 1));
        // The letter is the one of any booking.
        assert_eq!((count(ctx, LETTERS).await, count(ctx, ANSWERS).await), (1, 0));
        assert_eq!(count(ctx, STEPS).await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_no_no_answer_and_her_own_word_give_the_place_back_each_once() {
    on_both_engines(async |portal| {
        let s = looks(&portal, Approval::Always).await;
        let (ctx, officer) = (&s.ctx, henrik(&s).await);
        let maja = s.relative("Maja Fjellvik").await;
        let of = asked(&s, &maja, SATURDAY, 0).await;
        let no = reject(ctx, &officer, &of, (StaffReason::Staffing, false)).await.unwrap();
        assert_eq!(no, Some(Answered::Rejected));
        assert_eq!(how(ctx, &maja, &of).await, Some(RequestEnd::Rejected(StaffReason::Staffing)));
        assert_eq!(request(ctx, &maja, &of).await.unwrap().unwrap().legal_basis, None);
        assert_eq!(withdraw(ctx, &maja, of).await.unwrap(), Some(false));
        let of = asked(&s, &maja, SATURDAY, 0).await;
        let unconsidered = reject(ctx, &officer, &of, (StaffReason::Risk, false)).await.unwrap();
        assert_eq!(unconsidered, None);
        let no = reject(ctx, &officer, &of, (StaffReason::Risk, true)).await.unwrap();
        assert_eq!(no, Some(Answered::Rejected));
        let basis = request(ctx, &maja, &of).await.unwrap().unwrap().legal_basis;
        assert_eq!(basis.as_deref(), Some("straffegjennomføringsloven § 31"));

        let of = asked(&s, &maja, SATURDAY, 0).await;
        assert_eq!(withdraw(ctx, &maja, of.clone()).await.unwrap(), Some(true));
        assert_eq!(approve(ctx, &officer, &of).await.unwrap(), Some(Answered::Over));
        assert_eq!(count(ctx, PLACES).await, 0);

        let of = asked(&s, &maja, SATURDAY, 0).await;
        assert_eq!(look_after(ctx).await.unwrap(), Round::default());
        ctx.clock.set(NOON.plus_minutes(48 * 60));
        // It lapses at a yes as well as by the worker.
        assert_eq!(approve(ctx, &officer, &of).await.unwrap(), Some(Answered::Over));
        assert_eq!(how(ctx, &maja, &of).await, Some(RequestEnd::Lapsed));
        let of = asked(&s, &maja, SATURDAY, 0).await;
        ctx.clock.set(NOON.plus_minutes(96 * 60));
        assert_eq!(look_after(ctx).await.unwrap(), Round { lapsed: 1, gone: 0 });
        assert_eq!(look_after(ctx).await.unwrap(), Round::default());
        assert_eq!(how(ctx, &maja, &of).await, Some(RequestEnd::Lapsed));

        // A day that is closed meanwhile.
        let of = asked(&s, &maja, SATURDAY, 0).await;
        block_day(ctx, &Actor::System, &s.unit, day_of(SATURDAY), "kurs").await.unwrap();
        let hindered = approve(ctx, &officer, &of).await.unwrap();
        assert!(matches!(hindered, Some(Answered::Hindered(_))), "{hindered:?}");
        assert_eq!(look_after(ctx).await.unwrap(), Round { lapsed: 0, gone: 1 });
        assert_eq!(how(ctx, &maja, &of).await, Some(RequestEnd::TimeGone));
        assert_eq!((count(ctx, PLACES).await, count(ctx, BOOKINGS).await), (0, 0));
        assert_eq!((count(ctx, ANSWERS).await, count(ctx, LETTERS).await), (6, 0));
        assert_eq!(count(ctx, STEPS).await, 12);
        ctx.clock.set(NOON);
    })
    .await;
}

#[tokio::test]
async fn a_yes_and_a_withdrawal_at_once_are_one_of_them() {
    on_both_engines(async |portal| {
        let s = looks(&portal, Approval::Always).await;
        let (ctx, officer) = (&s.ctx, henrik(&s).await);
        let maja = s.relative("Maja Fjellvik").await;
        let of = asked(&s, &maja, SATURDAY, 0).await;
        let (yes, back) = tokio::join!(approve(ctx, &officer, &of), withdraw(ctx, &maja, of.clone()));
        let booked = matches!(yes.unwrap(), Some(Answered::Booked(_)));
        assert_eq!(back.unwrap(), Some(!booked));
        let one = i64::from(booked);
        assert_eq!((count(ctx, PLACES).await, count(ctx, BOOKINGS).await), (one, one));
    })
    .await;
}

#[tokio::test]
async fn the_end_of_a_leave_and_a_transfer_end_what_was_asked_for() {
    on_both_engines(async |portal| {
        let s = looks(&portal, Approval::Always).await;
        let ctx = &s.ctx;
        let (his, siri) = s.beside("Siri").await;
        let maja = s.relative("Maja Fjellvik").await;
        let (of, other) = (asked(&s, &maja, SATURDAY, 0).await, asked(&his, &siri, SATURDAY, 0).await);
        let application = case_of(&s, &maja).await;
        give_up(ctx, &maja, &application).await.unwrap().unwrap();
        assert_eq!(how(ctx, &maja, &of).await, Some(RequestEnd::Withdrawn));
        his.run(MOVE, args![&his.inmate]).await;
        cancel_left(ctx, his.inmate.as_str()).await.unwrap();
        let left = RequestEnd::Rejected(StaffReason::CannotReceive);
        assert_eq!(how(ctx, &siri, &other).await, Some(left));
        assert_eq!((count(ctx, PLACES).await, count(ctx, ANSWERS).await), (0, 2));
    })
    .await;
}

#[tokio::test]
async fn a_first_time_is_one_without_a_visit_that_took_place_or_stands() {
    on_both_engines(async |portal| {
        let s = looks(&portal, Approval::First).await;
        let (ctx, officer) = (&s.ctx, henrik(&s).await);
        let maja = s.relative("Maja Fjellvik").await;
        let of = asked(&s, &maja, SATURDAY, 0).await;
        let Some(Answered::Booked(public)) = approve(ctx, &officer, &of).await.unwrap() else { panic!("no") };
        // With one that stands the next one is booked at once.
        let second = booked(&s, &maja, "2026-09-26", 0).await;
        // The first one itself is not moved past the unit.
        for visit in [&public, &second] {
            let target = Target { public: visit.clone(), version: 1 };
            cancel(ctx, &maja, target).await.unwrap().unwrap().unwrap();
        }
        alone(&s, &maja).await;
        let hold_of = held(ctx, &maja, SATURDAY, 0).await;
        assert_eq!(codes(confirm(ctx, &maja, hold_of.clone()).await.unwrap()), ["needs_approval"]);
        let of = ask(ctx, &maja, hold_of).await.unwrap().unwrap();
        approve(ctx, &officer, &of).await.unwrap();
        ctx.clock.set(NOON.plus_days(20));
        alone(&s, &maja).await;
        let hold_of = held(ctx, &maja, "2026-10-03", 0).await;
        assert_eq!(foreseen(ctx, &maja, &hold_of).await.unwrap(), Foreseen::Booked, "it took place");
        s.run(NOT_COME, args![&officer.staff]).await;
        let asks = foreseen(ctx, &maja, &hold_of).await.unwrap();
        assert!(matches!(asks, Foreseen::Asked { .. }), "nobody came: {asks:?}");
        ctx.clock.set(NOON);
    })
    .await;
}

#[tokio::test]
async fn where_a_source_is_silent_nothing_is_booked_at_once() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let (ctx, officer) = (&s.ctx, henrik(&s).await);
        let maja = s.relative("Maja Fjellvik").await;
        alone(&s, &maja).await;
        let hold_of = held(ctx, &maja, SATURDAY, 0).await;
        assert_eq!(foreseen(ctx, &maja, &hold_of).await.unwrap(), Foreseen::Booked, "none has ever spoken");
        s.run(HEARD, args![NOON.plus_minutes(-1_439)]).await;
        assert_eq!(foreseen(ctx, &maja, &hold_of).await.unwrap(), Foreseen::Booked);
        s.run("UPDATE custody_source SET heard_at = $1", args![NOON.plus_minutes(-1_441)]).await;
        assert_eq!(codes(confirm(ctx, &maja, hold_of.clone()).await.unwrap()), ["needs_approval"]);
        let of = ask(ctx, &maja, hold_of).await.unwrap().unwrap();
        assert_eq!(shown(ctx, &officer, &of).await.need.code(), "silent");
        assert!(matches!(approve(ctx, &officer, &of).await.unwrap(), Some(Answered::Booked(_))));
        // What she has is kept, and not moved past the unit.
        let public = my_visits(ctx, &maja).await.unwrap()[0].public.clone();
        let target = Target { public, version: 1 };
        begin_change(ctx, &maja, target).await.unwrap().unwrap().unwrap();
        let hold_of = held(ctx, &maja, "2026-09-26", 0).await;
        assert_eq!(foreseen(ctx, &maja, &hold_of).await.unwrap(), Foreseen::Kept);
        assert_eq!(codes(confirm(ctx, &maja, hold_of.clone()).await.unwrap()), ["needs_approval"]);
        assert_eq!(codes(ask(ctx, &maja, hold_of).await.unwrap()), ["needs_approval"]);
        assert_eq!(count(ctx, BOOKINGS).await, 1);
    })
    .await;
}

#[tokio::test]
async fn too_near_for_an_answer_is_not_asked_for() {
    on_both_engines(async |portal| {
        let s = looks(&portal, Approval::Always).await;
        let ctx = &s.ctx;
        let near = domain::visits::booking::UnitRules { approval: Approval::Always, first_day: 0, ..rules() };
        put_rules(ctx, &Actor::System, &s.unit, near).await.unwrap();
        let maja = s.relative("Maja Fjellvik").await;
        // Friday noon, before the Saturday at 11.
        ctx.clock.set(NOON.plus_days(17));
        alone(&s, &maja).await;
        let hold_of = held(ctx, &maja, SATURDAY, 0).await;
        assert_eq!(foreseen(ctx, &maja, &hold_of).await.unwrap(), Foreseen::Late);
        assert_eq!(codes(ask(ctx, &maja, hold_of).await.unwrap()), ["request_late"]);
        ctx.clock.set(NOON);
    })
    .await;
}

#[tokio::test]
async fn what_was_held_before_midnight_is_not_too_near_for_the_yes_of_the_next_day() {
    on_both_engines(async |portal| {
        let s = looks(&portal, Approval::Always).await;
        let (ctx, officer) = (&s.ctx, henrik(&s).await);
        let maja = s.relative("Maja Fjellvik").await;
        // Five to midnight on the last day on which the Saturday can be chosen.
        let late = NOON.plus_days(16).plus_minutes(715);
        ctx.clock.set(late);
        alone(&s, &maja).await;
        let hold_of = held(ctx, &maja, SATURDAY, 0).await;
        ctx.clock.set(late.plus_minutes(9));
        let of = ask(ctx, &maja, hold_of).await.unwrap().unwrap();
        assert!(matches!(approve(ctx, &officer, &of).await.unwrap(), Some(Answered::Booked(_))));
        ctx.clock.set(NOON);
    })
    .await;
}

#[tokio::test]
async fn a_yes_to_an_offer_is_looked_at_too() {
    on_both_engines(async |portal| {
        let s = looks(&portal, Approval::Always).await;
        let (ctx, officer) = (&s.ctx, henrik(&s).await);
        let maja = s.relative("Maja Fjellvik").await;
        alone(&s, &maja).await;
        let (first, last) = (day_of("2026-09-01"), day_of("2026-09-30"));
        let suits = domain::visits::booking::waiting::Suits::Any;
        let period = domain::visits::booking::waiting::Period { first, last, suits };
        waiting::put(ctx, &maja, period).await.unwrap().unwrap();
        discard(ctx, &maja, None).await.unwrap().unwrap();
        waiting::tend(ctx).await.unwrap();
        let offer = waiting::waits(ctx, &maja).await.unwrap()[0].offer.clone().expect("an offer");
        let yes = async || waiting::accept(ctx, &maja, offer.public.clone()).await.unwrap().expect("hers");
        let Accepted::Asked(of) = yes().await else { panic!("booked at once") };
        assert_eq!(yes().await, Accepted::Asked(of.clone()), "twice it is one");
        assert_eq!((count(ctx, PLACES).await, count(ctx, BOOKINGS).await), (1, 0));
        assert!(matches!(approve(ctx, &officer, &of).await.unwrap(), Some(Answered::Booked(_))));
        assert!(waiting::waits(ctx, &maja).await.unwrap().is_empty(), "she has what she waited for");
        assert_eq!((count(ctx, PLACES).await, count(ctx, BOOKINGS).await), (1, 1));
    })
    .await;
}
