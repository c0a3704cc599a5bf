mod budget;
mod changing;
mod checking;
mod feeds;
mod joined;
mod priority;
mod reminding;
mod requests;
mod review;
mod video;
mod waits;

use domain::{
    access::Role,
    kernel::{CivilDate, Id, Public},
    visits::{
        booking::{
            Booking, CancelRefusal, Day, Doubt, Hold, Offer, Refusal, Session, SessionKind, StaffReason, Way,
            Why,
        },
        clearance::{
            Measure, Need, Needs,
            Refusal::{Hidden, MovedOn},
        },
    },
};

use super::{testing::Stage, *};
use crate::{
    args,
    ctx::{Citizen, Ctx, Staff},
    testing::{NOON, Portal, on_both_engines},
    visits::{
        clearance::{Application, give_up, to_give_up, tracked},
        sessions::{block_day, tend},
    },
};

const SATURDAY: &str = "2026-09-19";

async fn stage(portal: &Portal) -> Stage {
    Stage::new(&portal.ctx, portal.unit("lyngmo").await).await
}

fn day_of(text: &str) -> CivilDate {
    CivilDate::parse_iso(text).unwrap()
}

/// She comes alone.
async fn alone(s: &Stage, who: &Citizen) {
    let own = s.public_of(&who.person).await;
    choose_party(&s.ctx, who, s.inmate_public.clone(), vec![own]).await.unwrap().unwrap();
}

async fn days_of(ctx: &Ctx, who: &Citizen) -> Vec<Day> {
    available(ctx, who).await.unwrap().expect("a draft").days
}

async fn offer(ctx: &Ctx, who: &Citizen, date: &str) -> Offer {
    let on = day_of(date);
    days_of(ctx, who).await.into_iter().find(|d| d.date == on).expect("a day with sessions").offer
}

async fn free(ctx: &Ctx, who: &Citizen, date: &str) -> Vec<Session> {
    match offer(ctx, who, date).await {
        Offer::Free(sessions) => sessions,
        Offer::None(why) => panic!("{date}: {why:?}"),
    }
}

async fn why(ctx: &Ctx, who: &Citizen, date: &str) -> Option<Why> {
    if let Offer::None(why) = offer(ctx, who, date).await { Some(why) } else { None }
}

/// Holds the day's time at this place of the list and gives the hold.
async fn held(ctx: &Ctx, who: &Citizen, date: &str, at: usize) -> Public<Hold> {
    let session = free(ctx, who, date).await[at].public.clone();
    hold(ctx, who, session).await.unwrap().unwrap();
    draft(ctx, who).await.unwrap().unwrap().hold.unwrap().hold.public
}

async fn booked(s: &Stage, who: &Citizen, date: &str, at: usize) -> Public<Booking> {
    alone(s, who).await;
    let asked = held(&s.ctx, who, date, at).await;
    confirm(&s.ctx, who, asked).await.unwrap().unwrap()
}

fn codes<T: std::fmt::Debug>(out: std::result::Result<T, Vec<Refusal>>) -> Vec<&'static str> {
    out.expect_err("a refusal").iter().map(Refusal::code).collect()
}

async fn count(ctx: &Ctx, sql: &'static str) -> i64 {
    ctx.db.one::<(i64,)>(sql, vec![]).await.unwrap().0
}

pub const BOOKINGS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM booking WHERE state = 'booked'";
pub const TAKEN: &str = "SELECT CAST(SUM(taken) AS BIGINT) FROM visit_session";
pub const DRAFTS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM booking_draft";
pub const LETTERS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE kind = 'visits.booking'";
pub const TRACES: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE subject_kind = 'booking' AND action <> 'look'";
pub const WITHDRAW: &str = "UPDATE clearance SET outcome = 'withdrawn' WHERE person_id = $1";
pub const RESTRICT: &str = "INSERT INTO restriction (id, inmate_id, court_order, kind, valid_from, valid_to) \
    VALUES ('r', $1, 'order', $2, '2026-09-19', '2026-09-19')";
pub const MOVE: &str = "UPDATE placement SET ended_at = 1 WHERE inmate_id = $1";

#[tokio::test]
async fn who_comes_when_and_it_is_booked() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let maja = s.relative("Maja Fjellvik").await;
        let ask = s.child(&maja, "Ask Fjellvik", "2020-03-01").await;
        let all = bookable(&s.ctx, &maja).await.unwrap();
        assert_eq!((all.len(), all[0].open, all[0].inmate_name.as_str()), (1, true, "Even Fjellvik"));
        let people: Vec<_> = all[0].people.iter().map(|p| (p.name.as_str(), p.own, p.child)).collect();
        assert_eq!(people, [("Maja Fjellvik", true, false), ("Ask Fjellvik", false, true)]);
        let both = vec![s.public_of(&maja.person).await, s.public_of(&ask).await];
        choose_party(&s.ctx, &maja, s.inmate_public.clone(), both).await.unwrap().unwrap();
        let asked = held(&s.ctx, &maja, SATURDAY, 0).await;
        let public = confirm(&s.ctx, &maja, asked).await.unwrap().unwrap();
        let seen = visit(&s.ctx, &maja, &public).await.unwrap().unwrap();
        assert_eq!(
            (seen.visit.date, seen.visit.start.0, seen.room.as_str()),
            (day_of(SATURDAY), 660, "Besøksrom")
        );
        assert_eq!(seen.people.len(), 2);
        assert_eq!(my_visits(&s.ctx, &maja).await.unwrap()[0].public, public);
        let ctx = &s.ctx;
        assert_eq!(
            (count(ctx, DRAFTS).await, count(ctx, LETTERS).await, count(ctx, TRACES).await),
            (0, 1, 1)
        );
        let other = s.relative("Ruth Tangvald").await;
        assert_eq!(visit(ctx, &other, &public).await.unwrap(), None, "another's visit is not there");
    })
    .await;
}

#[tokio::test]
async fn a_double_click_makes_one_booking() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let maja = s.relative("Maja Fjellvik").await;
        alone(&s, &maja).await;
        let asked = held(&s.ctx, &maja, SATURDAY, 0).await;
        let (a, b) =
            tokio::join!(confirm(&s.ctx, &maja, asked.clone()), confirm(&s.ctx, &maja, asked.clone()));
        let later = confirm(&s.ctx, &maja, asked).await.unwrap().unwrap();
        assert_eq!((a.unwrap().unwrap(), b.unwrap().unwrap()), (later.clone(), later));
        let ctx = &s.ctx;
        assert_eq!(
            (count(ctx, BOOKINGS).await, count(ctx, LETTERS).await, count(ctx, TAKEN).await),
            (1, 1, 1)
        );
    })
    .await;
}

#[tokio::test]
async fn in_two_tabs_only_the_time_that_is_shown_is_booked() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let maja = s.relative("Maja Fjellvik").await;
        alone(&s, &maja).await;
        let first = held(&s.ctx, &maja, SATURDAY, 0).await;
        let second = held(&s.ctx, &maja, SATURDAY, 1).await;
        assert_eq!(count(&s.ctx, TAKEN).await, 1, "the first time was given back");
        assert_eq!(codes(confirm(&s.ctx, &maja, first.clone()).await.unwrap()), ["other_hold"]);
        let public = confirm(&s.ctx, &maja, second).await.unwrap().unwrap();
        assert_eq!(visit(&s.ctx, &maja, &public).await.unwrap().unwrap().visit.start.0, 780);
        assert_eq!(codes(confirm(&s.ctx, &maja, first).await.unwrap()), ["hold_expired"]);
        assert_eq!(count(&s.ctx, BOOKINGS).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_time_taken_meanwhile_is_told_and_nothing_is_lost() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let (maja, ruth) = (s.relative("Maja Fjellvik").await, s.relative("Ruth Tangvald").await);
        alone(&s, &maja).await;
        alone(&s, &ruth).await;
        // Both see the only place at 11.
        let only = free(&s.ctx, &maja, SATURDAY).await[0].public.clone();
        held(&s.ctx, &ruth, SATURDAY, 0).await;
        assert_eq!(codes(hold(&s.ctx, &maja, only).await.unwrap()), ["session_gone"]);
        assert!(draft(&s.ctx, &maja).await.unwrap().is_some(), "who comes is kept");
        let still: Vec<_> = free(&s.ctx, &maja, SATURDAY).await.iter().map(|s| s.start.0).collect();
        assert_eq!(still, [780]);
        let own: Vec<_> = free(&s.ctx, &ruth, SATURDAY).await.iter().map(|s| s.start.0).collect();
        assert_eq!(own, [660, 780], "her own held time is free to her");
    })
    .await;
}

#[tokio::test]
async fn an_expired_hold_is_refused_and_its_place_is_free_at_once() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let (maja, ruth) = (s.relative("Maja Fjellvik").await, s.relative("Ruth Tangvald").await);
        alone(&s, &maja).await;
        alone(&s, &ruth).await;
        let asked = held(&s.ctx, &maja, SATURDAY, 0).await;
        s.ctx.clock.set(NOON.plus_minutes(9));
        extend_hold(&s.ctx, &maja, asked.clone()).await.unwrap().unwrap();
        assert_eq!(extend_hold(&s.ctx, &maja, asked.clone()).await.unwrap(), Err(Refusal::ExtendedBefore));
        s.ctx.clock.set(NOON.plus_minutes(20));
        assert_eq!(extend_hold(&s.ctx, &maja, asked.clone()).await.unwrap(), Err(Refusal::HoldExpired));
        assert_eq!(codes(confirm(&s.ctx, &maja, asked.clone()).await.unwrap()), ["hold_expired"]);
        // Nobody tidied up, and still it is free: for her and for others.
        held(&s.ctx, &ruth, SATURDAY, 0).await;
        assert_eq!(count(&s.ctx, TAKEN).await, 1);
        let both = ["hold_expired"];
        assert_eq!(codes(confirm(&s.ctx, &maja, asked).await.unwrap()), both);
        s.ctx.clock.set(NOON.plus_minutes(40));
        assert_eq!(tend(&s.ctx).await.unwrap().holds, 1);
        assert_eq!(count(&s.ctx, TAKEN).await, 0);
    })
    .await;
}

#[tokio::test]
async fn what_changes_between_hold_and_confirmation_refuses_it_all_at_once() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let maja = s.relative("Maja Fjellvik").await;
        alone(&s, &maja).await;
        let asked = held(&s.ctx, &maja, SATURDAY, 0).await;
        s.run(WITHDRAW, args![&maja.person]).await;
        assert_eq!(codes(confirm(&s.ctx, &maja, asked.clone()).await.unwrap()), ["not_cleared"]);
        block_day(&s.ctx, &crate::ctx::Actor::System, &s.unit, day_of(SATURDAY), "kurs").await.unwrap();
        s.run(RESTRICT, args![&s.inmate, "visit_ban"]).await;
        s.ctx.clock.set(NOON.plus_minutes(10));
        let all = ["hold_expired", "closed", "not_cleared", "restricted"];
        assert_eq!(codes(confirm(&s.ctx, &maja, asked).await.unwrap()), all);
        assert_eq!((count(&s.ctx, BOOKINGS).await, count(&s.ctx, DRAFTS).await), (0, 1));
    })
    .await;
}

#[tokio::test]
async fn each_day_says_why_it_has_no_times() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let (maja, ruth) = (s.relative("Maja Fjellvik").await, s.relative("Ruth Tangvald").await);
        booked(&s, &maja, SATURDAY, 1).await;
        alone(&s, &maja).await;
        alone(&s, &ruth).await;
        let on = day_of(SATURDAY);
        assert_eq!(why(&s.ctx, &maja, SATURDAY).await, Some(Why::WeekUsed { on }));
        assert_eq!(why(&s.ctx, &ruth, SATURDAY).await, Some(Why::Full), "others' visits are never told");
        let closed = day_of("2026-09-26");
        block_day(&s.ctx, &crate::ctx::Actor::System, &s.unit, closed, "planleggingsdag").await.unwrap();
        assert_eq!(why(&s.ctx, &maja, "2026-09-26").await.map(|w| w.code()), Some("closed"));
        s.run(MOVE, args![&s.inmate]).await;
        assert_eq!(why(&s.ctx, &ruth, "2026-09-12").await, Some(Why::NotAllowed));
        assert!(!bookable(&s.ctx, &ruth).await.unwrap()[0].open);
    })
    .await;
}

#[tokio::test]
async fn a_court_s_control_calls_for_another_kind_of_time() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let maja = s.relative("Maja Fjellvik").await;
        alone(&s, &maja).await;
        s.run(RESTRICT, args![&s.inmate, "visit_control"]).await;
        assert_eq!(why(&s.ctx, &maja, SATURDAY).await, Some(Why::NotAllowed));
        assert!(!free(&s.ctx, &maja, "2026-09-12").await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_company_is_checked_before_the_day_is_asked() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let maja = s.relative("Maja Fjellvik").await;
        let mut all = vec![s.public_of(&maja.person).await];
        for name in ["Ask", "Liv", "Tor"] {
            let child = s.child(&maja, name, "2018-03-01").await;
            all.push(s.public_of(&child).await);
        }
        let choose = async |people: &[Public<_>]| {
            codes(choose_party(&s.ctx, &maja, s.inmate_public.clone(), people.to_vec()).await.unwrap())
        };
        assert_eq!(choose(&all).await, ["too_many"]);
        assert_eq!(choose(&all[1..3]).await, ["no_adult"]);
        assert_eq!(choose(&[]).await, ["nobody"]);
        let strange = s.relative("Ruth Tangvald").await;
        assert_eq!(choose(&[s.public_of(&strange.person).await]).await, ["nobody"], "she cannot be chosen");
        let nobody = choose_party(&s.ctx, &maja, Public::from_bits(1), all).await.unwrap();
        assert_eq!(codes(nobody), ["restricted"]);
    })
    .await;
}

#[tokio::test]
async fn the_week_s_visit_is_given_to_one_of_two_who_confirm_at_once() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let (maja, ruth) = (s.relative("Maja Fjellvik").await, s.relative("Ruth Tangvald").await);
        alone(&s, &maja).await;
        alone(&s, &ruth).await;
        let a = held(&s.ctx, &maja, SATURDAY, 0).await;
        let b = held(&s.ctx, &ruth, SATURDAY, 0).await;
        let (a, b) = tokio::join!(confirm(&s.ctx, &maja, a), confirm(&s.ctx, &ruth, b));
        let (a, b) = (a.unwrap(), b.unwrap());
        assert!(a.is_ok() != b.is_ok(), "{a:?} {b:?}");
        let lost = if a.is_ok() { b } else { a };
        assert_eq!(codes(lost), ["session_gone"]);
        assert_eq!(count(&s.ctx, BOOKINGS).await, 1);
    })
    .await;
}

#[tokio::test]
async fn she_cancels_before_it_starts_and_the_place_is_free() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let (maja, ruth) = (s.relative("Maja Fjellvik").await, s.relative("Ruth Tangvald").await);
        let public = booked(&s, &maja, SATURDAY, 0).await;
        let target = Target { public: public.clone(), version: 1 };
        assert_eq!(cancel(&s.ctx, &ruth, target.clone()).await.unwrap(), None);
        assert_eq!(
            cancel(&s.ctx, &maja, Target { version: 2, ..target.clone() }).await.unwrap(),
            Some(Err(CancelRefusal::Stale))
        );
        assert_eq!(cancel(&s.ctx, &maja, target.clone()).await.unwrap(), Some(Ok(())));
        assert_eq!(cancel(&s.ctx, &maja, target).await.unwrap(), Some(Err(CancelRefusal::Already)));
        let ctx = &s.ctx;
        assert_eq!(
            (count(ctx, BOOKINGS).await, count(ctx, TAKEN).await, count(ctx, LETTERS).await),
            (0, 0, 2)
        );
        let seen = visit(ctx, &maja, &public).await.unwrap().unwrap().visit.cancelled.unwrap();
        assert_eq!(seen.by_unit, None);
        let again = booked(&s, &maja, SATURDAY, 0).await;
        s.ctx.clock.set(visit(ctx, &maja, &again).await.unwrap().unwrap().visit.starts_at);
        let late = Target { public: again, version: 1 };
        assert_eq!(cancel(ctx, &maja, late).await.unwrap(), Some(Err(CancelRefusal::TooLate)));
    })
    .await;
}

#[tokio::test]
async fn what_is_booked_ends_with_the_leave_that_she_gives_up() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let (maja, ruth) = (s.relative("Maja Fjellvik").await, s.relative("Ruth Tangvald").await);
        let (ctx, hers) = (&s.ctx, case_of(&s, &maja).await);
        booked(&s, &maja, SATURDAY, 0).await;
        let until = "SELECT CAST(COUNT(*) AS BIGINT) FROM clearance WHERE valid_to >= '2026-09-09'";
        let all = count(ctx, until).await;
        assert_eq!(to_give_up(ctx, &ruth, &hers).await.unwrap(), None);
        assert_eq!(give_up(ctx, &ruth, &hers).await.unwrap(), Err(Hidden));
        assert_eq!((count(ctx, BOOKINGS).await, count(ctx, until).await), (1, all), "nothing is another's");
        assert_eq!(to_give_up(ctx, &maja, &hers).await.unwrap().map(|visits| visits.len()), Some(1));
        let letters = count(ctx, LETTERS).await;
        assert_eq!(give_up(ctx, &maja, &hers).await.unwrap(), Ok(()));
        assert_eq!((count(ctx, BOOKINGS).await, count(ctx, TAKEN).await), (0, 0), "her place is free");
        assert_eq!(count(ctx, LETTERS).await, letters + 1, "the visit's own letter");
        assert_eq!(count(ctx, until).await, all - 1);
        let case = tracked(ctx, &maja, &hers).await.unwrap().unwrap();
        let ends = case.ends.expect("its end");
        assert!(ends.over && ends.given_up && !case.holds);
        assert_eq!(ends.on, ctx.now().date().plus_days(-1), "as one that ran out");
        assert_eq!(give_up(ctx, &maja, &hers).await.unwrap(), Err(MovedOn), "once");
        assert_eq!(to_give_up(ctx, &maja, &hers).await.unwrap(), None);
    })
    .await;
}

async fn case_of(s: &Stage, who: &Citizen) -> Public<Application> {
    let sql = "SELECT public_id FROM application WHERE person_id = $1";
    let (public,): (String,) = s.ctx.db.one(sql, args![&who.person]).await.unwrap();
    Public::parse(&public).unwrap()
}

fn officer(s: &Stage, role: Role, mine: bool) -> Staff {
    Staff {
        session: Id::new("session"),
        staff: Id::new("staff"),
        name: "Henrik Moengen".into(),
        roles: vec![role],
        units: if mine { vec![s.unit.clone()] } else { vec![Id::new("elsewhere")] },
        unit_name: "Lyngmo".into(),
    }
}

#[tokio::test]
async fn the_unit_sees_its_day_and_cancels_with_a_reason_she_can_read() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let maja = s.relative("Maja Fjellvik").await;
        let public = booked(&s, &maja, SATURDAY, 0).await;
        let (ctx, on) = (&s.ctx, day_of(SATURDAY));
        let (own, strange) = (officer(&s, Role::CaseOfficer, true), officer(&s, Role::CaseOfficer, false));
        let gate = officer(&s, Role::GateOfficer, true);
        let seen = day(ctx, &own, None, on).await.unwrap().unwrap();
        assert_eq!((seen.slots.len(), seen.slots[0].used, seen.slots[0].places), (2, 1, 1));
        let row = &seen.slots[0].rows[0];
        assert_eq!(
            (row.inmate_name.as_str(), row.guests[0].name.as_str()),
            ("Even Fjellvik", "Maja Fjellvik")
        );
        assert!(day(ctx, &gate, Some("lyngmo"), on).await.unwrap().is_some());
        assert_eq!(day(ctx, &strange, None, on).await.unwrap(), None);
        assert_eq!(day(ctx, &officer(&s, Role::Auditor, true), None, on).await.unwrap(), None);
        assert_eq!(staff_visit(ctx, &strange, &public).await.unwrap(), None);
        assert!(staff_visit(ctx, &own, &public).await.unwrap().is_some());
        assert_eq!(count(ctx, LOOKS).await, 3, "each look was written, and no look at what was not shown");

        let target = Target { public: public.clone(), version: 1 };
        let why = StaffReason::Staffing;
        assert_eq!(
            cancel_by_unit(ctx, &gate, target.clone(), why).await.unwrap(),
            None,
            "not the gate's duty"
        );
        assert_eq!(cancel_by_unit(ctx, &strange, target.clone(), why).await.unwrap(), None);
        assert_eq!(cancel_by_unit(ctx, &own, target, why).await.unwrap(), Some(Ok(())));
        let told = visit(ctx, &maja, &public).await.unwrap().unwrap().visit.cancelled.unwrap();
        assert_eq!(told.by_unit, Some(StaffReason::Staffing));
        assert_eq!((count(ctx, LETTERS).await, count(ctx, TAKEN).await), (2, 0));
    })
    .await;
}

pub const LOOKS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = 'look'";

#[tokio::test]
async fn the_door_is_told_what_changed_and_what_the_guests_need() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let maja = s.relative("Maja Fjellvik").await;
        let needs = Needs {
            needs: vec![Need::Wheelchair, Need::Interpreter],
            interpreter_language: Some("somali".into()),
            note: None,
        };
        s.grant_with(&maja.person, &maja.person, "", needs.clone()).await;
        let public = booked(&s, &maja, SATURDAY, 0).await;
        let (ctx, own, on) = (&s.ctx, officer(&s, Role::GateOfficer, true), day_of(SATURDAY));
        let row = async || day(ctx, &own, None, on).await.unwrap().unwrap().slots[0].rows[0].clone();
        let sound = row().await;
        assert_eq!((sound.needs, sound.doubts, sound.measures), (vec![needs], vec![], vec![]));

        s.run(RESTRICT, args![&s.inmate, "visit_control"]).await;
        let heard = row().await;
        assert_eq!((heard.measures, heard.doubts), (vec![Measure::Listening], vec![Doubt::WrongKind]));
        s.run("UPDATE restriction SET kind = 'isolation'", vec![]).await;
        s.run(WITHDRAW, args![&maja.person]).await;
        s.run(MOVE, args![&s.inmate]).await;
        let all = vec![Doubt::NotCleared(maja.person.clone()), Doubt::NotHere, Doubt::Banned];
        assert_eq!(row().await.doubts, all);
        let one = staff_visit(ctx, &own, &public).await.unwrap().unwrap();
        assert_eq!(one.row, row().await, "the same as on the day");

        let seen = looks(ctx, &maja, &public).await.unwrap();
        assert_eq!(seen.len(), 5, "she is told of each look: {seen:?}");
        assert!(seen.iter().all(|look| look.role == Role::GateOfficer && look.unit_name == "lyngmo fengsel"));
        let other = s.relative("Anna Aasgrend").await;
        assert_eq!(looks(ctx, &other, &public).await.unwrap(), []);
        ctx.clock.set(ctx.now().plus_days(60));
        assert_eq!(row().await.doubts, [], "what is over needs no door");
    })
    .await;
}

#[tokio::test]
async fn going_another_way_gives_the_held_time_back() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let maja = s.relative("Maja Fjellvik").await;
        alone(&s, &maja).await;
        let first = held(&s.ctx, &maja, SATURDAY, 0).await;
        alone(&s, &maja).await;
        let same = draft(&s.ctx, &maja).await.unwrap().unwrap().hold.unwrap().hold.public;
        assert_eq!(same, first, "the same people keep their time");
        discard(&s.ctx, &maja, None).await.unwrap().unwrap();
        assert_eq!((count(&s.ctx, TAKEN).await, count(&s.ctx, DRAFTS).await), (0, 0));
    })
    .await;
}
