//! One table: a plain case that passes, and every single thing that can be wrong with it.

use proptest::prelude::*;

use super::*;
use crate::{
    kernel::{CivilDate, Clock, Holiday, Id, Instant, Public},
    visits::clearance::Measure,
};

pub(crate) fn day(text: &str) -> CivilDate {
    CivilDate::parse_iso(text).expect("a date")
}

/// Tuesday 1 September 2026, 12.00 in Oslo.
const NOON: Instant = Instant(1_788_256_800_000_000);

pub(crate) fn rules() -> UnitRules {
    UnitRules {
        valid_from: day("2020-01-01"),
        valid_to: None,
        first_day: 2,
        last_day: 28,
        per_week: 1,
        per_month: 0,
        people: 3,
        arrive_before: 15,
        latest_arrival: 30,
        join_hours: 48,
        approval: Approval::Never,
        source: "test".into(),
    }
}

fn guest(name: &str, born: &str, measures: &[Measure]) -> Guest {
    let standing = Standing { measures: measures.to_vec(), from: day("2026-01-01"), to: day("2026-12-31") };
    Guest { person: Id::new(name), born: Some(day(born)), child: false, standing: vec![standing] }
}

/// Saturday 19 September, 11 to 12.
pub(crate) fn session() -> Session {
    at("2026-09-19", 11 * 60)
}

fn at(date: &str, start: u16) -> Session {
    let starts_at = Instant::of_wall(day(date), Clock(start));
    Session {
        id: Id::new(format!("{date}/{start}")),
        time: Id::new(format!("at {start}")),
        public: Public::from_bits(u128::from(start)),
        kind: SessionKind::Open,
        date: day(date),
        start: Clock(start),
        end: Clock(start + 60),
        starts_at,
        ends_at: starts_at.plus_minutes(60),
        room: "Besøksrom 1".into(),
        capacity: 2,
        taken: 1,
        on_holidays: false,
        way: Way::Room,
        held_for: HeldFor::Counsel,
    }
}

pub(crate) fn facts() -> Facts {
    Facts {
        rules: vec![rules()],
        blocked: vec![Blocked { date: day("2026-09-14"), reason: "planleggingsdag".into() }],
        guests: vec![guest("maja", "1990-01-01", &[]), guest("ask", "2020-03-01", &[])],
        visits: vec![],
        apart: vec![],
        not_his: vec![],
        engaged: vec![],
        restrictions: vec![],
        present: true,
        leaves_at: None,
        keeps: None,
        ahead_days: 0,
        invited: 0,
        review: Review::default(),
    }
}

fn visit(date: &str, start: u16, ours: bool, same_inmate: bool) -> Visit {
    let s = at(date, start);
    let (starts_at, ends_at) = (s.starts_at, s.ends_at);
    Visit { id: Id::new("v"), ours, same_inmate, kind: SessionKind::Open, date: s.date, starts_at, ends_at }
}

fn hold(session: &Session) -> Hold {
    Hold::new(Public::from_bits(7), session.id.clone(), NOON)
}

fn held(session: Session) -> Held {
    let hold = hold(&session);
    Held { asked: hold.public.clone(), now: Some(hold), session: Some(session), changes: None }
}

/// The same to take the place of the visit of 19 September.
fn changing(to: Session, old: Changing) -> Held {
    Held { changes: Some(old), ..held(to) }
}

fn old(people: &[&str]) -> Changing {
    let (session, starts_at) = (session().id, session().starts_at);
    let party = people.iter().map(|p| Id::new(*p)).collect();
    Changing { is_booked: true, has_come: false, session, starts_at, party }
}

#[test]
fn what_is_changed_takes_the_place_of_what_was() {
    let (same, other) = (session(), at("2026-09-19", 13 * 60));
    let table = [
        (same.clone(), &["ask", "maja"][..], Makes::Nothing),
        (same, &["maja"], Makes::OtherPeople),
        (other.clone(), &["maja", "ask"], Makes::AnotherTime),
        (other, &["maja"], Makes::AnotherTime),
    ];
    for (to, before, makes) in table {
        assert_eq!(
            confirm(&changing(to, old(before)), &facts(), NOON).map(|c| c.makes),
            Ok(makes),
            "{before:?}"
        );
    }
    assert_eq!(confirm(&held(session()), &facts(), NOON).map(|c| c.makes), Ok(Makes::ANewVisit));
}

#[test]
fn a_visit_that_is_over_is_changed_no_more() {
    let to = || at("2026-09-21", 600);
    let cancelled = Changing { is_booked: false, ..old(&["maja"]) };
    let begun = Changing { starts_at: NOON, ..old(&["maja"]) };
    let come = Changing { has_come: true, ..old(&["maja"]) };
    for gone in [cancelled, begun, come] {
        assert_eq!(confirm(&changing(to(), gone), &facts(), NOON), Err(vec![Refusal::ChangeGone]));
    }
}

#[test]
fn her_own_time_is_kept_after_the_last_day_to_book_it() {
    let tomorrow = at("2026-09-02", 600);
    assert_eq!(codes(tomorrow.clone(), &facts(), NOON), ["window"]);
    let facts = Facts { keeps: Some(tomorrow.id.clone()), ..facts() };
    assert_eq!(codes(tomorrow, &facts, NOON), [""; 0]);
    assert_eq!(codes(at("2026-09-02", 720), &facts, NOON), ["window"]);
}

fn codes(session: Session, facts: &Facts, now: Instant) -> Vec<&'static str> {
    confirm(&held(session), facts, now).err().unwrap_or_default().iter().map(Refusal::code).collect()
}

#[test]
fn a_plain_visit_is_booked_with_everybody_in_their_role() {
    let confirmed = confirm(&held(session()), &facts(), NOON.plus_minutes(9)).expect("nothing is in the way");
    assert_eq!(confirmed.party, [(Id::new("maja"), Role::Adult), (Id::new("ask"), Role::Child)]);
    assert_eq!(confirmed.starts_at, session().starts_at);
}

/// An hour elsewhere, half an hour away at the least.
fn engaged(from: Instant) -> engaged::Engaged {
    engaged::Engaged { from, until: Some(from.plus_minutes(60)), minutes: 30 }
}

/// An hour of somebody whom he must not meet, as far away.
fn apart(starts_at: Instant) -> apart::ApartVisit {
    apart::ApartVisit { starts_at, ends_at: starts_at.plus_minutes(60), minutes: 30, visitors: false }
}

/// Two visits of the month in other weeks, and no more than two.
fn two_a_month(facts: &mut Facts, ours: bool) {
    facts.visits.extend([visit("2026-09-01", 600, ours, true), visit("2026-09-30", 600, ours, true)]);
    facts.rules[0].per_month = 2;
}

type Change = fn(&mut Session, &mut Facts);

/// One thing that is wrong, and the codes it gives.
const WRONG: [(Change, &[&str]); 34] = [
    (|s, _| s.taken = s.capacity, &["session_gone"]),
    (|_, f| f.blocked[0].date = day("2026-09-19"), &["closed"]),
    (|_, f| f.guests[0].standing.clear(), &["not_cleared"]),
    (|_, f| f.guests[1].standing[0].to = day("2026-09-18"), &["not_cleared"]),
    (
        |_, f| f.restrictions.push(Restriction::Ban { from: day("2026-09-19"), to: day("2026-09-19") }),
        &["restricted"],
    ),
    (|_, f| f.restrictions.push(Restriction::Ban { from: day("2026-09-20"), to: day("2026-09-30") }), &[]),
    (
        |_, f| f.restrictions.push(Restriction::Control { from: day("2026-09-01"), to: day("2026-09-30") }),
        &["wrong_kind"],
    ),
    (|_, f| f.present = false, &["restricted"]),
    (|s, f| f.leaves_at = Some(s.starts_at), &["restricted"]),
    (|s, f| f.leaves_at = Some(s.starts_at.plus_minutes(1)), &[]),
    (|_, f| f.guests[0].standing[0].measures = vec![Measure::GlassWall], &["wrong_kind"]),
    (|s, _| s.kind = SessionKind::Lawyer, &["wrong_kind"]),
    (|_, f| f.visits.push(visit("2026-09-14", 600, true, true)), &["week_used"]),
    (|_, f| f.visits.push(visit("2026-09-14", 600, false, true)), &["session_gone"]),
    (|_, f| f.visits.push(visit("2026-09-21", 600, true, true)), &[]),
    (|_, f| two_a_month(f, true), &["month_used"]),
    (|_, f| two_a_month(f, false), &["session_gone"]),
    (
        |_, f| {
            f.visits.extend([visit("2026-08-31", 600, true, true), visit("2026-10-01", 600, true, true)]);
            f.rules[0].per_month = 2;
        },
        &[],
    ),
    (|_, f| f.visits.push(visit("2026-09-19", 690, true, false)), &["overlap"]),
    (|_, f| f.visits.push(visit("2026-09-19", 720, true, false)), &[]),
    (|_, f| drop(f.guests.remove(0)), &["no_adult"]),
    (|_, f| f.guests.clear(), &["nobody"]),
    (|_, f| f.rules[0].people = 1, &["too_many"]),
    (|_, f| f.rules[0].last_day = 17, &["window"]),
    // Seats for other adults count at the time that is kept, and there alone.
    (|s, f| (f.keeps, f.invited) = (Some(s.id.clone()), 2), &["too_many"]),
    (|s, f| (f.keeps, f.invited) = (Some(s.id.clone()), 1), &[]),
    (|_, f| (f.keeps, f.invited) = (Some(Id::new("another")), 2), &[]),
    (|_, f| f.rules[0].people = 2, &[]),
    (|s, f| f.apart.push(apart(s.ends_at.plus_minutes(29))), &["session_gone"]),
    (|s, f| f.apart.push(apart(s.ends_at.plus_minutes(30))), &[]),
    (|s, f| f.apart.push(apart(s.starts_at.plus_minutes(-90))), &[]),
    (|s, f| f.engaged.push(engaged(s.ends_at.plus_minutes(29))), &["session_gone"]),
    (|s, f| f.engaged.push(engaged(s.ends_at.plus_minutes(30))), &[]),
    (|s, f| f.engaged.push(engaged(s.starts_at.plus_minutes(-90))), &[]),
];

#[test]
fn each_thing_that_is_wrong_is_told() {
    for (n, (change, expected)) in WRONG.into_iter().enumerate() {
        let (mut session, mut facts) = (session(), facts());
        change(&mut session, &mut facts);
        assert_eq!(codes(session, &facts, NOON), expected, "row {n}");
    }
}

/// In the order of their cause: the time itself, the day, the company, the inmate, what is used up, what else they have.
const ORDER: [&str; 13] = [
    "window",
    "session_gone",
    "closed",
    "nobody",
    "not_cleared",
    "too_many",
    "no_adult",
    "restricted",
    "wrong_kind",
    "week_used",
    "month_used",
    "session_gone",
    "overlap",
];

/// Pairs that touch the same thing, so that one takes away or makes what the other is about: their rows, and what is left.
type Pair = ((usize, usize), &'static [&'static str]);
const MEET: [Pair; 34] = [
    ((3, 21), &["nobody"]),
    ((8, 9), &[]),
    ((10, 2), &["not_cleared"]),
    ((10, 20), &["no_adult"]),
    ((10, 21), &["nobody"]),
    ((11, 12), &["wrong_kind"]),
    ((11, 13), &["wrong_kind"]),
    ((11, 15), &["wrong_kind"]),
    ((11, 16), &["wrong_kind"]),
    ((12, 11), &["wrong_kind"]),
    ((12, 13), &["week_used"]),
    ((12, 16), &["week_used", "month_used"]),
    ((13, 11), &["wrong_kind"]),
    ((13, 12), &["week_used"]),
    ((14, 16), &["month_used"]),
    ((15, 11), &["wrong_kind"]),
    ((15, 16), &["month_used"]),
    ((16, 11), &["wrong_kind"]),
    ((16, 12), &["week_used", "month_used"]),
    ((16, 14), &["month_used"]),
    ((16, 15), &["month_used"]),
    ((22, 20), &["no_adult"]),
    ((22, 21), &["nobody"]),
    ((22, 27), &[]),
    ((23, 24), &["too_many"]),
    ((23, 25), &[]),
    ((24, 20), &["no_adult"]),
    ((24, 21), &["nobody"]),
    ((24, 23), &["too_many"]),
    ((24, 25), &[]),
    ((24, 26), &[]),
    ((25, 23), &[]),
    ((25, 27), &["too_many"]),
    ((27, 25), &["too_many"]),
];

#[test]
fn all_pairs_of_what_is_wrong_are_told_together_and_in_order() {
    let mut pairs = 0;
    for (n, (first, one)) in WRONG.into_iter().enumerate() {
        for (m, (second, other)) in WRONG.into_iter().enumerate().filter(|(m, _)| *m != n) {
            let (mut session, mut facts) = (session(), facts());
            first(&mut session, &mut facts);
            // Of nobody nothing more can be wrong.
            if facts.guests.len() < 2 || facts.guests.iter().any(|g| g.standing.is_empty()) {
                continue;
            }
            second(&mut session, &mut facts);
            let mut found = codes(session, &facts, NOON);
            // Two may lack a clearance.
            found.dedup();
            let both = [one, other].concat();
            let met = MEET.into_iter().find(|(pair, _)| *pair == (n, m)).map(|(_, left)| left.to_vec());
            let mut expected = met.unwrap_or(both);
            expected.sort_unstable();
            expected.dedup();
            let mut told = found.clone();
            told.sort_unstable();
            assert_eq!(told, expected, "rows {n} and {m}");
            let mut order = ORDER.into_iter();
            assert!(found.iter().all(|code| order.any(|next| next == *code)), "rows {n} and {m}: {found:?}");
            pairs += 1;
        }
    }
    assert!(pairs > 600, "{pairs}");
}

#[test]
fn everything_that_is_wrong_is_told_together() {
    let mut facts = facts();
    facts.guests[0].standing.clear();
    facts.rules[0].people = 1;
    facts.visits.push(visit("2026-09-19", 630, true, true));
    let mut full = session();
    full.taken = 2;
    let expected = ["hold_expired", "session_gone", "not_cleared", "too_many", "week_used", "overlap"];
    assert_eq!(codes(full, &facts, NOON.plus_minutes(10)), expected);
}

#[test]
fn a_time_held_before_midnight_is_not_lost_at_midnight() {
    let late = Instant::of_wall(day("2026-09-01"), Clock(23 * 60 + 55));
    let mut held = held(at("2026-09-03", 600));
    held.now = held.now.map(|h| Hold { made_at: late, expires_at: late.plus_minutes(10), ..h });
    assert!(confirm(&held, &facts(), late.plus_minutes(8)).is_ok());
}

#[test]
fn only_the_time_that_the_page_showed_is_booked() {
    let mut other = held(session());
    other.asked = Public::from_bits(8);
    assert_eq!(confirm(&other, &facts(), NOON), Err(vec![Refusal::OtherHold]));
    assert_eq!(confirm(&other, &facts(), NOON.plus_minutes(11)), Err(vec![Refusal::HoldExpired]));
    let none = Held { now: None, ..held(session()) };
    assert_eq!(confirm(&none, &facts(), NOON), Err(vec![Refusal::HoldExpired]));
}

#[test]
fn a_visit_that_has_begun_is_not_booked() {
    let s = session();
    let start = s.starts_at;
    assert!(codes(s, &facts(), start).contains(&"started"));
}

#[test]
fn each_day_without_a_time_says_why() {
    let mut facts = facts();
    facts.visits = vec![visit("2026-09-25", 600, true, true), visit("2026-09-16", 600, true, false)];
    let mut full = at("2026-09-15", 600);
    full.taken = 2;
    let glass = Session { kind: SessionKind::Glass, ..at("2026-09-15", 720) };
    let only_glass = Session { kind: SessionKind::Glass, ..at("2026-09-17", 720) };
    let sessions = vec![
        at("2026-09-02", 600),
        at("2026-09-14", 600),
        full,
        glass,
        at("2026-09-16", 600),
        only_glass,
        at("2026-09-19", 780),
        at("2026-09-19", 660),
        at("2026-09-21", 600),
    ];
    let found: Vec<String> = days(&facts, sessions, NOON)
        .into_iter()
        .map(|d| match d.offer {
            Offer::Free(free) => {
                format!("{} {:?}", d.date.iso(), free.iter().map(|s| s.start.hour()).collect::<Vec<_>>())
            }
            Offer::None(why) => format!("{} {}", d.date.iso(), why.code()),
        })
        .collect();
    let expected = [
        "2026-09-02 window",
        "2026-09-14 closed",
        "2026-09-15 full",
        "2026-09-16 busy",
        "2026-09-17 not_allowed",
        "2026-09-19 [11, 13]",
        "2026-09-21 week_used",
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_public_holiday_is_closed_unless_the_unit_keeps_it() {
    let christmas = Instant::of_wall(day("2026-12-20"), Clock(720));
    let why = days(&facts(), vec![at("2026-12-25", 600)], christmas);
    assert_eq!(why[0].offer, Offer::None(Why::Closed(Closed::Holiday(Holiday::Christmas))));
    let kept = Session { on_holidays: true, ..at("2026-12-25", 600) };
    assert!(matches!(days(&facts(), vec![kept], christmas)[0].offer, Offer::Free(_)));
}

fn template() -> Template {
    Template {
        kind: SessionKind::Open,
        weekday: 7,
        start: Clock(150),
        minutes: 60,
        room: "Besøksrom 1".into(),
        capacity: 3,
        every_weeks: 1,
        on_holidays: true,
        way: Way::Room,
        held_for: HeldFor::Counsel,
        valid_from: day("2026-03-02"),
        valid_to: Some(day("2026-11-30")),
    }
}

#[test]
fn both_nights_of_the_clock_give_a_visit_of_its_full_length() {
    let table = [
        // 02.30 does not exist in spring: it is 03.30.
        ("2026-03-29", 210, 270),
        // In autumn the hour comes twice: an hour after 02.30 the wall shows 02.30 again.
        ("2026-10-25", 150, 150),
        ("2026-10-18", 150, 210),
    ];
    for (date, start, end) in table {
        let s = template().session_on(day(date)).expect("a session");
        assert_eq!((s.start, s.end), (Clock(start), Clock(end)), "{date}");
        assert_eq!(s.ends_at, s.starts_at.plus_minutes(60));
    }
}

#[test]
fn a_template_falls_on_its_days_alone() {
    let weeks = |every_weeks| {
        let template = Template { every_weeks, ..template() };
        expand(&template, day("2026-02-20"), day("2026-03-23")).map(|s| s.date.iso()).collect::<Vec<_>>()
    };
    assert_eq!(weeks(1), ["2026-03-08", "2026-03-15", "2026-03-22"]);
    assert_eq!(weeks(2), ["2026-03-08", "2026-03-22"]);
    assert_eq!(expand(&template(), day("2026-03-23"), day("2026-03-22")).count(), 0);
    let over_midnight = Template { start: Clock(23 * 60 + 30), ..template() };
    assert_eq!(over_midnight.session_on(day("2026-03-08")), None);
}

proptest! {
    /// What is shown as free can be booked in the same minute, and nothing else can.
    #[test]
    fn free_means_bookable(
        start in 0u16..23, taken in 0i64..3, kind in 0usize..6, date in 0i64..40, ours: bool,
        visit_day in 0i64..40, visit_hour in 0u16..23, measures in proptest::sample::subsequence(Measure::ALL.to_vec(), 0..3),
        people in 1i64..4, banned in 0i64..40,
    ) {
        let first = day("2026-09-01");
        let mut facts = facts();
        facts.rules[0].people = people;
        facts.guests[0].standing[0].measures = measures;
        facts.visits.push(visit(&first.plus_days(visit_day).iso(), visit_hour * 60, ours, true));
        facts.restrictions.push(Restriction::Ban { from: first.plus_days(banned), to: first.plus_days(banned + 2) });
        let session = Session { taken, kind: SessionKind::ALL[kind], ..at(&first.plus_days(date).iso(), start * 60) };
        let offer = days(&facts, vec![session.clone()], NOON).remove(0).offer;
        let booked = confirm(&held(session), &facts, NOON);
        prop_assert_eq!(matches!(offer, Offer::Free(_)), booked.is_ok());
    }

    /// The wall and the world agree for every session of every day.
    #[test]
    fn the_wall_and_the_instant_agree(days_on in 0i64..1500, start in 0u16..1380, minutes in 15i64..60) {
        let date = day("2025-01-01").plus_days(days_on);
        let template = Template {
            weekday: date.weekday(), start: Clock(start), minutes, valid_from: day("2024-01-01"), valid_to: None, ..template()
        };
        let session = template.session_on(date).expect("a session within the day");
        prop_assert_eq!((session.starts_at.date(), session.starts_at.clock()), (date, session.start));
        prop_assert_eq!(session.ends_at.clock(), session.end);
        prop_assert_eq!(session.ends_at.micros() - session.starts_at.micros(), minutes * 60_000_000);
    }
}

#[test]
fn what_the_unit_looks_at_is_asked_for_and_not_booked_at_once() {
    let with = |approval, met: &[&str], feed_silent| {
        let met = met.iter().map(|person| Id::new(*person)).collect();
        let rules = vec![UnitRules { approval, ..rules() }];
        Facts { rules, review: Review { met, feed_silent, requested: false }, ..facts() }
    };
    let table = [
        (with(Approval::Never, &[], false), None),
        (with(Approval::Always, &["maja"], false), Some(Need::Always)),
        (with(Approval::First, &[], false), Some(Need::First)),
        // A child alone makes nothing a first time.
        (with(Approval::First, &["maja"], false), None),
        (with(Approval::Never, &["maja"], true), Some(Need::Silent)),
    ];
    for (facts, need) in table {
        assert_eq!(facts.needs_approval(session().date), need);
        let asked = held(session());
        let expected = need.map_or(Ok(Makes::ANewVisit), |_| Err(vec![Refusal::NeedsApproval]));
        assert_eq!(confirm(&asked, &facts, NOON).map(|c| c.makes), expected, "{need:?}");
        assert!(approve(&asked, &facts, NOON).is_ok());
        // What stands in the way besides is told alone.
        let gone = Facts { present: false, ..facts.clone() };
        assert_eq!(confirm(&asked, &gone, NOON).map(|c| c.makes), Err(vec![Refusal::Restricted]));
        // A visit that stays as it is stays; another time is asked for.
        let keeps = Facts { keeps: Some(session().id), ..facts.clone() };
        let same = changing(session(), old(&["maja", "ask"]));
        assert_eq!(confirm(&same, &keeps, NOON).map(|c| c.makes), Ok(Makes::Nothing));
        let moved = confirm(&changing(at("2026-09-20", 660), old(&["maja", "ask"])), &keeps, NOON);
        assert_eq!(moved.is_err(), need.is_some());
    }
}

#[test]
fn whoever_has_asked_asks_for_no_second_visit() {
    let asked = Facts { review: Review { requested: true, ..Review::default() }, ..facts() };
    assert_eq!(hindrances(&session(), &asked, NOON.date(), NOON), [Refusal::RequestOpen]);
    let why = days(&asked, vec![session()], NOON).pop().map(|day| day.offer);
    assert_eq!(why, Some(Offer::None(Why::Requested)));
    let keeps = Facts { keeps: Some(session().id), ..asked };
    assert_eq!(hindrances(&session(), &keeps, NOON.date(), NOON), []);
}

#[test]
fn a_time_that_is_not_for_his_wing_is_not_there() {
    let (hers, other) = (session(), at("2026-09-19", 13 * 60));
    let facts = Facts { not_his: vec![hers.time.clone()], ..facts() };
    assert_eq!(codes(hers.clone(), &facts, NOON), ["session_gone"]);
    let found = days(&facts, vec![hers.clone(), other.clone()], NOON);
    assert_eq!(found, [Day { date: other.date, offer: Offer::Free(vec![other]) }]);
    assert_eq!(days(&facts, vec![hers], NOON), [], "no day that is full");
}
