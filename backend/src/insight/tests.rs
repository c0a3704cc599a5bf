//! What has ended is counted once and never changed, a leader reads her own units in three reads, and the compartment lets out
//! what it may.

use std::collections::BTreeMap;

use domain::{
    access::{Area, Level, Role, Unit},
    insight::{Measure, PeriodForm, Span, answers, places},
    kernel::{CivilDate, Clock, Id, Instant, Quarter},
};

use super::*;
use crate::{
    Result, args,
    ctx::Ctx,
    db::{Command, Tx},
    identity::{
        arrival::{Arrival, welcome},
        sessions,
    },
    notices::{ladder::ChannelKind, testing::Stage as Notices},
    testing::{Portal, Raw, on_both_engines, recorded},
    wiring::count_up,
    work,
};

struct Say(&'static str, Vec<Value>);

impl Command for Say {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        tx.later(self.0, self.1.clone()).await
    }
}

struct Stage {
    ctx: Ctx,
    unit: Id<Unit>,
    astrid: Staff,
    far: Staff,
    henrik: Staff,
}

async fn signed_in(ctx: &Ctx, subject: &str, role: Role, unit: &str) -> Staff {
    let arrival = Arrival {
        area: Area::Staff,
        issuer: "https://id.example".into(),
        subject: subject.into(),
        sid: None,
        number: None,
        name: subject.into(),
        birth_date: None,
        level: Level::High,
        fresh_at: Some(ctx.now()),
        roles: vec![role],
        units: vec![unit.into()],
        id_token: "hint".into(),
        previous: None,
    };
    let token = welcome(ctx, arrival).await.unwrap();
    sessions::find(ctx, Area::Staff, &token).await.unwrap().unwrap().actor.staff().unwrap().clone()
}

fn day(iso: &str) -> CivilDate {
    CivilDate::parse_iso(iso).unwrap()
}

fn noon(iso: &str) -> Instant {
    Instant::of_wall(day(iso), Clock(720))
}

/// A Wednesday: the week before it has settled.
const TODAY: &str = "2026-09-02";

impl Stage {
    async fn new(portal: &Portal) -> Self {
        let unit = portal.unit("lyngmo").await;
        portal.unit("havn").await;
        let ctx = portal.ctx.clone();
        ctx.clock.set(noon(TODAY));
        let s = Self {
            astrid: signed_in(&ctx, "astrid", Role::UnitAdmin, "lyngmo").await,
            far: signed_in(&ctx, "frode", Role::Leader, "havn").await,
            henrik: signed_in(&ctx, "henrik", Role::CaseOfficer, "lyngmo").await,
            unit,
            ctx,
        };
        let inmate = portal.inmate("Even Fjellvik", "1990-02-03", &s.unit).await;
        s.say(PERSON, args!["person", &s.ctx.chance.public::<Stage>(), s.ctx.now()]).await;
        s.say(TEMPLATE, args!["open", &s.ctx.chance.public::<Stage>(), &s.unit, "open"]).await;
        s.say(TEMPLATE, args!["lawyer", &s.ctx.chance.public::<Stage>(), &s.unit, "lawyer"]).await;
        s.say("UPDATE inmate SET public_id = 'inmate' WHERE id = $1", args![&inmate]).await;
        s
    }

    async fn say(&self, sql: &'static str, values: Vec<Value>) {
        self.ctx.db.write(Say(sql, values)).await.unwrap();
    }

    /// So many applications that were decided on this day, each after so many.
    async fn answered(&self, on: &str, many: usize, days: i64) {
        let at = noon(on);
        for n in 0..many {
            let id = format!("{on}-{n}-{days}");
            let public = || self.ctx.chance.public::<Stage>();
            let values = args![&id, &public(), &self.unit, vec![0_u8], at.plus_days(-days)];
            self.say(APPLICATION, values).await;
            self.say(CLEARANCE, args![&id, &public(), &self.unit]).await;
            self.say(DECISION, args![&id, &public(), &self.unit, at, &self.henrik.staff]).await;
        }
    }

    /// A session with so many places, and so many booked visits that were marked so.
    async fn visited(&self, on: &str, kind: &'static str, capacity: i64, marks: &[(&'static str, usize)]) {
        let (id, at) = (format!("{on}-{kind}"), noon(on));
        let public = || self.ctx.chance.public::<Stage>();
        let values = args![&id, &public(), kind, &self.unit, day(on), at, at.plus_minutes(60), capacity];
        self.say(SESSION, values).await;
        for (mark, many) in marks {
            for n in 0..*many {
                let booking = format!("{id}-{mark}-{n}");
                let values =
                    args![&booking, &public(), &self.unit, &id, kind, day(on), at, at.plus_minutes(60)];
                self.say(BOOKING, values).await;
                if *mark != "none" {
                    let values = args![&booking, *mark, at, &self.henrik.staff];
                    self.say(MARK, values).await;
                }
            }
        }
    }

    async fn blocks(&self) -> BTreeMap<(String, String, String), Vec<(String, i64)>> {
        let rows: Vec<(String, String, String, String, i64)> = self.ctx.db.all(ALL, vec![]).await.unwrap();
        let mut blocks: BTreeMap<_, Vec<(String, i64)>> = BTreeMap::new();
        for (measure, first, last, part, number) in rows {
            blocks.entry((measure, first, last)).or_default().push((part, number));
        }
        blocks
    }

    async fn days_later(&self, days: i64) -> usize {
        self.ctx.clock.set(self.ctx.now().plus_days(days));
        count_up(&self.ctx).await.unwrap()
    }
}

fn year() -> Span {
    PeriodForm { period: "months12".into(), ..PeriodForm::default() }.parse(day(TODAY), 400).unwrap()
}

#[tokio::test]
async fn a_week_is_counted_when_it_is_over_and_never_changes() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        s.answered("2026-08-05", 4, 9).await;
        s.answered("2026-08-12", 2, 30).await;
        s.answered("2026-08-26", 6, 0).await;
        // Not over yet.
        s.answered("2026-08-31", 9, 1).await;
        assert_eq!(count_up(&s.ctx).await.unwrap(), 2);
        assert_eq!(count_up(&s.ctx).await.unwrap(), 0, "once a day");
        let block = |first: &str, last: &str| ("answers".to_owned(), first.to_owned(), last.to_owned());
        let first = s.blocks().await;
        let parts = |all: &[(&str, i64)]| all.iter().map(|(p, n)| ((*p).to_owned(), *n)).collect::<Vec<_>>();
        // The first week that was looked at, a year ago, waited with all the others for the fifth answer.
        let expected = [
            (block("2025-09-01", "2026-08-10"), parts(&[("30", 2), ("9", 4)])),
            (block("2026-08-17", "2026-08-24"), parts(&[("0", 6)])),
        ];
        assert_eq!(first, expected.into());

        // What becomes of a case later takes nothing back, and what is kept is not counted again.
        s.ctx.db.write(Raw("DELETE FROM decision WHERE id LIKE '2026-08-26%'")).await.unwrap();
        assert_eq!(s.days_later(1).await, 0);
        assert_eq!(s.days_later(6).await, 1);
        let later = s.blocks().await;
        assert_eq!(later[&block("2026-08-31", "2026-08-31")], parts(&[("1", 9)]));
        assert!(first.iter().all(|(block, parts)| later[block] == *parts));

        // A decision that was made anew is no second answer.
        let again =
            args!["again", &s.ctx.chance.public::<Stage>(), &s.unit, noon("2026-09-09"), &s.henrik.staff];
        s.say(AGAIN, again).await;
        s.answered("2026-09-08", 4, 3).await;
        assert_eq!(s.days_later(7).await, 0);
    })
    .await;
}

#[tokio::test]
async fn places_are_counted_with_what_became_of_them_and_lawyers_are_not() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        s.visited("2026-08-05", "open", 20, &[("arrived", 7), ("no_show", 3), ("denied", 2), ("none", 5)])
            .await;
        s.visited("2026-08-05", "lawyer", 9, &[("arrived", 9)]).await;
        // Closed that day.
        s.visited("2026-08-06", "open", 50, &[]).await;
        s.say(CLOSED, args![&s.unit]).await;
        // Too few to be told of.
        s.visited("2026-08-12", "open", 20, &[("arrived", 9), ("no_show", 1)]).await;
        s.visited("2026-08-07", "open", 4, &[("none", 1)]).await;
        s.say(CANCEL, args!["2026-08-07-open-none-0"]).await;
        count_up(&s.ctx).await.unwrap();
        let told = figures(&s.ctx, &s.astrid, None, year()).await.unwrap();
        let all = places(&told.sum(Measure::Visits));
        assert_eq!((all.offered, all.booked), (24, 17));
        assert_eq!((all.attended, all.unused, all.unmarked), (7, 5, 5));
        assert_eq!(answers(&told.sum(Measure::Answers), 10).half, None);
    })
    .await;
}

#[tokio::test]
async fn a_leader_reads_her_own_units_in_three_reads_and_a_file_leaves_its_trace() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        for (on, many, days) in [("2026-07-01", 6, 30), ("2026-07-29", 5, 20), ("2026-08-19", 9, 10)] {
            s.answered(on, many, days).await;
        }
        count_up(&s.ctx).await.unwrap();
        assert!(known(&s.ctx, &s.henrik).await.unwrap().is_none());
        assert!(figures(&s.ctx, &s.henrik, None, year()).await.unwrap().of(Measure::Answers).is_empty());
        assert!(
            figures(&s.ctx, &s.far, Some(&s.unit), year()).await.unwrap().of(Measure::Answers).is_empty()
        );

        recorded::listen();
        recorded::take_here();
        let hers = known(&s.ctx, &s.astrid).await.unwrap().unwrap();
        work::open(&s.ctx, &s.astrid).await.unwrap();
        let told = figures(&s.ctx, &s.astrid, Some(&s.unit), year()).await.unwrap();
        assert_eq!(recorded::take_here().len(), 3, "three reads, and no writing");

        assert_eq!(hers.units.iter().map(|unit| unit.slug.as_str()).collect::<Vec<_>>(), ["lyngmo"]);
        assert_eq!((hers.bounds.least, hers.bounds.least_tail, hers.longest), (5, 10, 1096));
        assert_eq!(hers.counted_at, Some(s.ctx.now()));
        let quarters: Vec<String> = hers.quarters.iter().map(|quarter| quarter.code()).collect();
        assert_eq!(quarters, ["2025-3", "2025-4", "2026-1", "2026-2"]);
        let all = answers(&told.sum(Measure::Answers), 10);
        assert_eq!((all.number, all.half, all.nine), (20, Some(20), Some(30)));
        let months: Vec<String> = told.of(Measure::Answers).keys().map(|month| month.iso()).collect();
        // The block that ends with the week of 29 July counts for the month of its Thursday.
        assert_eq!(months, ["2026-07-01", "2026-08-01"]);
        let short = Span { from: day("2026-07-06"), to: day("2026-08-30") };
        let short = figures(&s.ctx, &s.astrid, None, short).await.unwrap();
        assert_eq!(answers(&short.sum(Measure::Answers), 10).number, 14, "blocks that lie within alone");
        assert_eq!(short.of(Measure::Answers).keys().next().unwrap().iso(), "2026-07-27");

        exported(&s.ctx, &s.astrid, None).await.unwrap();
        let trace = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = 'insight_exported'";
        assert_eq!(s.ctx.db.one::<(i64,)>(trace, vec![]).await.unwrap().0, 1);
    })
    .await;
}

/// Four inmates are released, and somebody is to be told of the first ones.
async fn told_of(portal: &Portal, inmates: usize, recipients: usize) -> (Notices, Id<Unit>) {
    let unit = portal.unit("lyngmo").await;
    portal.intake().await;
    let n = Notices::new(&portal.ctx, "lyngmo", &unit);
    for (at, key) in ["A", "B", "C", "D"].into_iter().enumerate() {
        n.inmate(key, &format!("Even {key}vik")).await;
        if at < inmates {
            n.crowd_by(&format!("Even {key}vik"), &format!("26-{at}"), recipients, &[ChannelKind::Sms]).await;
        }
    }
    let wires: Vec<_> = ["A", "B", "C", "D"].map(|key| n.release(&format!("{key}/1"), key, 1, 200)).into();
    n.events(&wires).await;
    (n, unit)
}

const SMALL: [&str; 3] = [
    "UPDATE rule SET value = '2' WHERE key = 'notices.share_people'",
    "UPDATE rule SET value = '4' WHERE key = 'notices.share_due'",
    "UPDATE rule SET value = '1' WHERE key = 'insight.share_settle_days'",
];

#[tokio::test]
async fn the_compartment_lets_a_share_out_when_nobody_is_found_behind_it_and_judges_once() {
    on_both_engines(async |portal| {
        let (n, unit) = told_of(&portal, 2, 2).await;
        for sql in SMALL {
            n.ctx.db.write(Raw(sql)).await.unwrap();
        }
        let quarter = Quarter::of(n.ctx.now().date());
        let share = async || crate::notices::counted::share_of(&n.ctx, &unit, quarter).await.unwrap();
        let due: (i64,) = n.ctx.db.one(DUE, vec![]).await.unwrap();
        assert_eq!(due.0, 4, "four are to be told, of two of four inmates");
        assert_eq!(share().await, Some(0));
        n.ctx.db.write(Raw(THREE_TOLD)).await.unwrap();
        assert_eq!(share().await, Some(75));
        // One more of those with an event is known of: half of them no longer are not.
        n.ctx.db.write(Raw("UPDATE rule SET value = '3' WHERE key = 'notices.share_one_in'")).await.unwrap();
        assert_eq!(share().await, None);
        n.ctx.db.write(Raw("UPDATE rule SET value = '2' WHERE key = 'notices.share_one_in'")).await.unwrap();

        let leader = signed_in(&n.ctx, "astrid", Role::UnitAdmin, "lyngmo").await;
        let seen =
            async || known(&n.ctx, &leader).await.unwrap().unwrap().units[0].shares.get(&quarter).copied();
        n.ctx.clock.set(Instant::of_wall(quarter.next().first_day(), Clock(0)).plus_minutes(60));
        count_up(&n.ctx).await.unwrap();
        assert_eq!(seen().await, None, "it has not settled");
        n.ctx.clock.set(n.ctx.now().plus_days(1));
        count_up(&n.ctx).await.unwrap();
        assert_eq!(seen().await, Some(75));
        // Somebody ends her registration: what was told says nothing of it.
        n.ctx.db.write(Raw("UPDATE notice_obligation SET state = 'not_wanted'")).await.unwrap();
        n.ctx.clock.set(n.ctx.now().plus_days(1));
        count_up(&n.ctx).await.unwrap();
        assert_eq!(seen().await, Some(75));
        let rows: (i64,) = n
            .ctx
            .db
            .one("SELECT CAST(COUNT(*) AS BIGINT) FROM insight_share WHERE percent IS NOT NULL", vec![])
            .await
            .unwrap();
        assert_eq!(rows.0, 1);
    })
    .await;
}

/// Two services that differ in one thing, that somebody is registered: whatever a leader reads is the same.
#[tokio::test]
async fn t09_a_leader_reads_the_same_whether_somebody_is_to_be_told_or_not() {
    on_both_engines(async |portal| {
        let (n, unit) = told_of(&portal, 1, 1).await;
        n.ctx.clock.set(n.ctx.now().plus_days(100));
        count_up(&n.ctx).await.unwrap();
        let leader = signed_in(&n.ctx, "astrid", Role::UnitAdmin, "lyngmo").await;
        let hers = known(&n.ctx, &leader).await.unwrap().unwrap();
        assert!(hers.units[0].shares.is_empty());
        assert!(
            work::open(&n.ctx, &leader).await.unwrap().is_empty(),
            "no task of the compartment is counted"
        );
        let (due, judged): (i64, i64) = n.ctx.db.one(BOTH, args![&unit]).await.unwrap();
        assert_eq!((due, judged), (1, 4), "there was something to be told, and no quarter says so");
    })
    .await;
}

const PERSON: &str =
    "INSERT INTO person (id, public_id, name, sort_name, created_at) VALUES ($1, $2, 'x', 'x', $3)";
const TEMPLATE: &str = "INSERT INTO visit_template (id, public_id, unit_id, kind, weekday, start_minute, minutes, room, capacity, \
    valid_from) VALUES ($1, $2, $3, $4, 3, 720, 60, 'x', 9, '2024-01-01')";
const APPLICATION: &str = "INSERT INTO application (id, public_id, draft_id, reference, person_id, unit_id, typed_name, \
    typed_sort, relation, needs, locale, state, state_at, close_on, submitted_at) VALUES ($1, $2, $1, $1, 'person', $3, 'x', 'x', \
    'sibling', $4, 'nb', 'decided', 0, '2027-01-01', $5)";
const CLEARANCE: &str = "INSERT INTO clearance (id, public_id, application_id, person_id, child, unit_id, outcome) \
    VALUES ($1, $2, $1, 'person', 0, $3, 'refused')";
const DECISION: &str = "INSERT INTO decision (id, public_id, subject_kind, subject_id, unit_id, level, outcome, legal_basis, \
    rule_version, text_locale, appeal_days, made_at, made_by, available_at) VALUES ($1, $2, 'clearance', $1, $3, 'local', \
    'refused', 'x', 'x', 'nb', 7, $4, $5, $4)";
const AGAIN: &str = "INSERT INTO decision (id, public_id, subject_kind, subject_id, unit_id, level, outcome, legal_basis, \
    rule_version, text_locale, appeal_days, made_at, made_by, available_at) SELECT $1, $2, 'clearance', MIN(id), $3, 'local', \
    'refused', 'x', 'x', 'nb', 7, CAST($4 AS BIGINT), $5, CAST($4 AS BIGINT) FROM clearance WHERE id LIKE '2026-08-05%'";
const SESSION: &str = "INSERT INTO visit_session (id, public_id, template_id, unit_id, kind, zone, date, start_minute, end_minute, \
    starts_at, ends_at, room, on_holidays, capacity) VALUES ($1, $2, $3, $4, $3, 'Europe/Oslo', $5, 720, 780, $6, $7, 'x', 0, $8)";
const BOOKING: &str = "INSERT INTO booking (id, public_id, reference, draft_id, hold_public_id, person_id, inmate_id, unit_id, \
    session_id, kind, date, starts_at, ends_at, booked_at) SELECT $1, $2, $1, $1, $1, 'person', i.id, $3, $4, $5, $6, \
    CAST($7 AS BIGINT), CAST($8 AS BIGINT), CAST($7 AS BIGINT) FROM inmate i WHERE i.public_id = 'inmate'";
const MARK: &str = "INSERT INTO visit_mark (id, booking_id, kind, reason, at, written_at, staff_id, form_key) \
    VALUES ($1, $1, $2, CASE WHEN $2 = 'denied' THEN 'search' END, $3, $3, $4, $1)";
const CANCEL: &str =
    "UPDATE booking SET state = 'cancelled', cancelled_at = 1, cancelled_by = 'person' WHERE id = $1";
const CLOSED: &str =
    "INSERT INTO blocked_date (id, unit_id, date, reason, created_at) VALUES ('b', $1, '2026-08-06', 'x', 0)";
const ALL: &str = "SELECT measure, first_week, last_week, part, number FROM insight_figure WHERE measure = 'answers' \
    ORDER BY last_week, part";
const DUE: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM notice_obligation";
const THREE_TOLD: &str = "UPDATE notice_obligation SET state = 'acknowledged', ended_at = deadline \
    WHERE id <> (SELECT MIN(id) FROM notice_obligation)";
const BOTH: &str = "SELECT CAST((SELECT COUNT(*) FROM notice_obligation) AS BIGINT), \
    CAST((SELECT COUNT(*) FROM insight_share WHERE unit_id = $1 AND percent IS NULL) AS BIGINT)";
