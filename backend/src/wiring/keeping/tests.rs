//! Of each kind: what is old goes, what is young stays, and so does what an open matter still needs.

use std::collections::BTreeSet;

use domain::kernel::Instant;

use super::{kinds, tonight};
use crate::{
    Result,
    appeals::tests::stage::Stage,
    args, audit,
    ctx::Ctx,
    db::{Command, Tx, Value},
    keeping,
    register::{self, Kept},
    testing::{NOON, on_both_engines},
};

/// A statement with what is bound to it: to prepare an age that no clock of a test reaches by itself.
struct Say(&'static str, Vec<Value>);

impl Command for Say {
    type Out = u64;

    async fn run(&self, tx: &mut Tx) -> Result<u64> {
        tx.execute(self.0, self.1.clone()).await
    }
}

async fn say(ctx: &Ctx, sql: &'static str, values: Vec<Value>) {
    ctx.db.write(Say(sql, values)).await.unwrap();
}

async fn count(ctx: &Ctx, sql: &'static str) -> i64 {
    ctx.db.one::<(i64,)>(sql, vec![]).await.unwrap().0
}

fn days(n: i64) -> Instant {
    NOON.plus_days(n)
}

/// Runs the night that follows this day.
async fn night(ctx: &Ctx, at: Instant) -> i64 {
    ctx.clock.set(at);
    tonight(ctx).await.unwrap()
}

#[test]
fn what_the_register_says_is_erased_is_erased_by_somebody() {
    // By a sweep of their own, each with its own test.
    let elsewhere = [
        "trail_check",
        "trail_day",
        "trail_alert",
        "consent_case",
        "document_draft",
        "message_thread",
        "message_draft",
        "letter",
        "exchange_report",
        "counsel_message",
        "counsel_draft",
        "worry",
    ];
    let here: BTreeSet<&str> = kinds().map(|kind| kind.table).collect();
    for table in register::tables() {
        let Kept::Days(keys, _) = table.kept else { continue };
        let known = here.contains(table.name) || elsewhere.contains(&table.name);
        assert!(known, "{} has a term and nobody erases it", table.name);
        if let Some(kind) = kinds().find(|kind| kind.table == table.name) {
            assert!(
                keys.contains(&kind.rule),
                "{}: {} is not the term of the register",
                table.name,
                kind.rule
            );
        }
    }
    for kind in kinds() {
        let table = register::table(kind.table).unwrap();
        assert!(matches!(table.kept, Kept::Days(..) | Kept::Blob), "{} has no term", kind.table);
        let own = kind.table.starts_with("notice_");
        assert_eq!(
            kind.stream == audit::NOTICES,
            own,
            "{} writes into a trail that is not its own",
            kind.table
        );
    }
}

#[tokio::test]
async fn a_night_is_erased_once_and_not_before_two() {
    on_both_engines(async |portal| {
        let ctx = &portal.ctx;
        let before_two = Instant::parse_rfc3339("2026-09-02T01:59:00+02:00").unwrap();
        assert_eq!(night(ctx, before_two).await, 0);
        assert_eq!(count(ctx, NIGHTS).await, 0, "it has not begun");
        night(ctx, Instant::parse_rfc3339("2026-09-02T02:00:00+02:00").unwrap()).await;
        night(ctx, Instant::parse_rfc3339("2026-09-02T03:00:00+02:00").unwrap()).await;
        assert_eq!(count(ctx, NIGHTS).await, 1);
        assert_eq!(count(ctx, "SELECT COUNT(*) FROM keeping_night WHERE ended_at IS NOT NULL").await, 1);
        assert!(!keeping::begin(ctx, ctx.now().date()).await.unwrap(), "another worker finds it done");
    })
    .await;
}

const NIGHTS: &str = "SELECT COUNT(*) FROM keeping_night";

#[tokio::test]
async fn a_case_goes_whole_and_stays_while_an_appeal_is_open() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let ctx = &stage.ctx;
        let (_, decision) = stage.refused(&stage.maja).await;
        let appeal = stage.sent(&decision).await;
        stage.applied(&stage.ingrid).await;
        let all = async || {
            let of = [
                "SELECT COUNT(*) FROM application",
                "SELECT COUNT(*) FROM clearance",
                "SELECT COUNT(*) FROM decision",
                "SELECT COUNT(*) FROM appeal",
            ];
            let mut counts = vec![];
            for sql in of {
                counts.push(count(ctx, sql).await);
            }
            counts
        };
        let whole = all().await;
        assert_eq!(whole, [2, 2, 1, 1]);
        night(ctx, days(3_649)).await;
        assert_eq!(all().await, whole, "it is young");
        night(ctx, days(3_660)).await;
        assert_eq!(all().await, whole, "an appeal is open");
        crate::appeals::withdraw(ctx, &stage.maja, &appeal).await.unwrap().unwrap();
        night(ctx, days(3_661)).await;
        assert_eq!(all().await, [1, 1, 0, 0], "it has gone whole; Ingrid's is open and stays");
        let told: Vec<(String, Option<String>)> = ctx.db.all(TOLD, vec![]).await.unwrap();
        assert!(told.contains(&("application 1".to_owned(), None)), "a count, and nobody's id: {told:?}");
    })
    .await;
}

const TOLD: &str =
    "SELECT detail, subject_id FROM audit WHERE action = 'kept_no_longer' AND detail IS NOT NULL";

#[tokio::test]
async fn a_clearance_that_still_holds_keeps_its_case() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let ctx = &stage.ctx;
        stage.refused(&stage.maja).await;
        let late = days(4_000).date();
        say(ctx, "UPDATE clearance SET valid_to = $1", args![late]).await;
        night(ctx, days(3_700)).await;
        assert_eq!(count(ctx, "SELECT COUNT(*) FROM application").await, 1);
        night(ctx, days(7_660)).await;
        assert_eq!(count(ctx, "SELECT COUNT(*) FROM application").await, 0);
    })
    .await;
}

/// Rows that hang together are made by hand: no slice writes into the past.
#[tokio::test]
async fn bookings_their_marks_and_times_nobody_booked() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let ctx = &stage.ctx;
        say(ctx, TEMPLATE, vec![]).await;
        for (id, at) in [("old", days(-4_000)), ("young", days(-10)), ("empty", days(-400))] {
            say(ctx, SESSION, args![id, at.date(), at, Instant(at.micros() + 1)]).await;
        }
        for (id, at, who) in [
            ("old", days(-4_000), &stage.maja),
            ("young", days(-10), &stage.maja),
            ("hers", days(-4_000), &stage.ingrid),
        ] {
            let session = if id == "hers" { "old" } else { id };
            say(ctx, BOOKED, args![id, &who.person, session, at.date(), at, Instant(at.micros() + 1)]).await;
            say(ctx, PARTY, args![id, &who.person]).await;
            say(ctx, DELAY, args![id]).await;
            say(ctx, MARK, args![id, &stage.officer.staff]).await;
        }
        // Ingrid has an open appeal: nothing of hers is old.
        let (_, decision) = stage.refused(&stage.maja).await;
        stage.sent(&decision).await;
        say(ctx, "UPDATE appeal SET person_id = $1", args![&stage.ingrid.person]).await;
        night(ctx, days(1)).await;
        for table in ["booking", "visit_mark", "visit_delay", "booking_party"] {
            let left: Vec<(String,)> = ctx.db.all(left(table), vec![]).await.unwrap();
            assert_eq!(left, [("hers".to_owned(),), ("young".to_owned(),)], "{table}");
        }
        let sessions: Vec<(String,)> =
            ctx.db.all("SELECT id FROM visit_session ORDER BY id", vec![]).await.unwrap();
        assert_eq!(sessions, [("old".to_owned(),), ("young".to_owned(),)], "one is booked, one is young");
    })
    .await;
}

fn left(table: &str) -> &'static str {
    match table {
        "booking" => "SELECT id FROM booking ORDER BY id",
        "visit_mark" => "SELECT booking_id FROM visit_mark ORDER BY booking_id",
        "visit_delay" => "SELECT booking_id FROM visit_delay ORDER BY booking_id",
        _ => "SELECT booking_id FROM booking_party ORDER BY booking_id",
    }
}

const TEMPLATE: &str = "INSERT INTO visit_template (id, public_id, unit_id, kind, weekday, start_minute, minutes, room, capacity, \
    valid_from) SELECT 't', 't', id, 'open', 2, 600, 60, 'A', 5, '2010-01-01' FROM unit WHERE slug = 'lyngmo'";
const SESSION: &str = "INSERT INTO visit_session (id, public_id, template_id, unit_id, kind, zone, date, start_minute, end_minute, \
    starts_at, ends_at, room, on_holidays, capacity) SELECT $1, $1, 't', id, 'open', 'Europe/Oslo', $2, 600, 660, $3, $4, \
    'A', 0, 5 FROM unit WHERE slug = 'lyngmo'";
const BOOKED: &str = "INSERT INTO booking (id, public_id, reference, draft_id, hold_public_id, person_id, inmate_id, unit_id, \
    session_id, kind, date, starts_at, ends_at, booked_at) SELECT $1, $1, $1, $1, $1, $2, i.id, u.id, $3, 'open', $4, $5, $6, $5 \
    FROM unit u, inmate i WHERE u.slug = 'lyngmo'";
const PARTY: &str = "INSERT INTO booking_party (booking_id, person_id, role) VALUES ($1, $2, 'adult')";
const DELAY: &str = "INSERT INTO visit_delay (booking_id, minutes, told_at) VALUES ($1, 5, 1)";
const MARK: &str = "INSERT INTO visit_mark (id, booking_id, kind, at, written_at, staff_id, form_key) \
    VALUES ($1, $1, 'arrived', 1, 1, $2, $1)";

#[tokio::test]
async fn drafts_sessions_jobs_letters_and_words_that_were_told() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let (ctx, maja) = (&stage.ctx, &stage.maja);
        for (sql, span) in [
            (DRAFT, 28),
            (BOOKING_DRAFT, 90),
            (JOB, 90),
            (SENT, 1095),
            (NEWS, 90),
            (REFUSAL, 90),
            (FILE, 365),
            (DECLARED, 365),
        ] {
            for (id, person, age) in [("old", maja, span + 1), ("young", &stage.ingrid, span - 1)] {
                say(ctx, sql, args![id, &person.person, days(-age)]).await;
            }
        }
        for (id, age) in [("old", 91), ("young", 89)] {
            for (sql, how) in [(SIGNED_IN, "used"), (SIGNED_OUT, "closed")] {
                let id = format!("{id}-{how}");
                say(ctx, sql, args![&id, &maja.person, days(-age), id.as_bytes()]).await;
            }
        }
        say(ctx, FAILED, args![days(-4_000)]).await;
        say(ctx, TO_CHECK, args!["to check", &maja.person, days(-4_000)]).await;
        night(ctx, NOON).await;
        for (sql, what) in [
            ("SELECT id FROM application_draft ORDER BY id", "drafts of applications"),
            ("SELECT id FROM booking_draft ORDER BY id", "drafts of bookings"),
            ("SELECT id FROM session WHERE id LIKE '%-used' ORDER BY id", "sessions left open"),
            ("SELECT id FROM session WHERE id LIKE '%-closed' ORDER BY id", "sessions closed"),
            ("SELECT id FROM outbox WHERE id IN ('old', 'young') ORDER BY id", "jobs"),
            ("SELECT outbox_id FROM delivery ORDER BY outbox_id", "letters"),
            ("SELECT decision_key FROM custody_refusal ORDER BY id", "refusals of the feed"),
            ("SELECT kind FROM blob ORDER BY id", "files never handed in"),
            ("SELECT id FROM appointed WHERE state = 'withdrawn' ORDER BY id", "what lawyers declared"),
        ] {
            let left: Vec<(String,)> = ctx.db.all(sql, vec![]).await.unwrap();
            assert_eq!(left.len(), 1, "{what}: {left:?}");
            assert!(left[0].0.starts_with("young"), "{what}: {left:?}");
        }
        assert_eq!(count(ctx, "SELECT COUNT(*) FROM message_news").await, 1, "one is young");
        say(ctx, WAITS_FOR_WORD, args![&stage.ingrid.person, days(-4_000)]).await;
        night(ctx, days(1)).await;
        assert_eq!(count(ctx, "SELECT COUNT(*) FROM message_news").await, 1, "it waits to be told");
        assert_eq!(
            count(ctx, "SELECT COUNT(*) FROM outbox WHERE id = 'failed'").await,
            1,
            "it waits for somebody"
        );
        let declared = "SELECT COUNT(*) FROM appointed WHERE id = 'to check'";
        assert_eq!(count(ctx, declared).await, 1, "it is not answered yet");
    })
    .await;
}

const DRAFT: &str = "INSERT INTO application_draft (person_id, id, sealed, updated_at) SELECT $2, $1, sealed, $3 \
    FROM subject_key LIMIT 1";
const BOOKING_DRAFT: &str = "INSERT INTO booking_draft (id, person_id, inmate_id, unit_id, updated_at) SELECT $1, $2, i.id, u.id, $3 \
    FROM inmate i, unit u WHERE u.slug = 'lyngmo'";
const DECLARED: &str = "INSERT INTO appointed (id, public_id, reference, person_id, unit_id, form_key, digest, body, sent_at, state, \
    state_at) SELECT $1, $1, $1, $2, u.id, $1, k.sealed, k.sealed, $3, 'withdrawn', $3 FROM unit u, \
    (SELECT sealed FROM subject_key LIMIT 1) k WHERE u.slug = 'lyngmo'";
const TO_CHECK: &str = "INSERT INTO appointed (id, public_id, reference, person_id, unit_id, form_key, digest, body, sent_at, state, \
    state_at, due_at) SELECT $1, $1, $1, $2, u.id, $1, k.sealed, k.sealed, $3, 'to_check', $3, $3 FROM unit u, \
    (SELECT sealed FROM subject_key LIMIT 1) k WHERE u.slug = 'lyngmo'";
const SIGNED_IN: &str = "INSERT INTO session (id, token_hash, area, person_id, issuer, subject, level, sealed_token, opened_at, seen_at) \
    VALUES ($1, $4, 'citizen', $2, 'i', 's', 'high', $4, $3, $3)";
const SIGNED_OUT: &str = "INSERT INTO session (id, token_hash, area, person_id, issuer, subject, level, sealed_token, opened_at, seen_at, \
    closed_at) VALUES ($1, $4, 'citizen', $2, 'i', 's', 'high', $4, $3, $3, $3)";
const JOB: &str = "INSERT INTO outbox (id, kind, payload, created_at, due_at, done_at) SELECT $1, 'k', p.id, $3, $3, $3 \
    FROM person p WHERE p.id = $2";
const FAILED: &str = "INSERT INTO outbox (id, kind, payload, created_at, due_at, failed_at) VALUES ('failed', 'k', '', $1, $1, $1)";
const SENT: &str = "INSERT INTO delivery (outbox_id, kind, person_id, intent_at) VALUES ($1, 'k', $2, $3)";
const NEWS: &str = "INSERT INTO message_news (person_id, due_at, waits, told_at) SELECT p.id, $3, 0, $3 FROM person p \
    WHERE p.id = $2 AND $1 <> ''";
const WAITS_FOR_WORD: &str = "UPDATE message_news SET waits = 1, told_at = $2 WHERE person_id = $1";
const REFUSAL: &str = "INSERT INTO custody_refusal (id, source, decision_key, version, field, code, at) SELECT $1, p.id, $1, 1, 'f', 'c', $3 \
    FROM person p WHERE p.id = $2";
const FILE: &str = "INSERT INTO blob (id, public_id, kind, rule_from, uploader_kind, uploader_id, declared, chunk_size, state, reason, \
    created_at, updated_at) VALUES ($1, $1, $1, '2020-01-01', 'person', $2, '', 1, 'ended', 'expired', $3, $3)";

#[tokio::test]
async fn what_the_compartment_keeps_no_longer_is_counted_in_its_own_trail() {
    on_both_engines(async |portal| {
        let ctx = &portal.ctx;
        for (id, age) in [("old", 91), ("young", 89)] {
            say(ctx, HER_SESSION, args![id, days(-age), id.as_bytes()]).await;
        }
        for (id, age) in [("old", 1_826), ("young", 1_824)] {
            say(ctx, HELD, args![id, days(-age)]).await;
        }
        night(ctx, NOON).await;
        for sql in ["SELECT id FROM notice_session", "SELECT id FROM notice_hold"] {
            let left: Vec<(String,)> = ctx.db.all(sql, vec![]).await.unwrap();
            assert_eq!(left, [("young".to_owned(),)], "{sql}");
        }
        let told = "SELECT COUNT(*) FROM audit WHERE action = 'kept_no_longer' AND stream = 'notices'";
        assert_eq!(count(ctx, told).await, 2);
        let general = "SELECT COUNT(*) FROM audit WHERE stream = 'general' AND detail LIKE 'notice%'";
        assert_eq!(count(ctx, general).await, 0, "the other trail knows nothing of it");
    })
    .await;
}

const HER_SESSION: &str = "INSERT INTO notice_session (id, token_hash, number_hash, sealed, sealed_token, issuer, subject, level, \
    opened_at, seen_at) VALUES ($1, $3, $3, $3, $3, 'i', 's', 'high', $2, $2)";
const HELD: &str = "INSERT INTO notice_hold (id, public_id, opened_at, state, what, settled_at) \
    VALUES ($1, $1, $2, 'settled', 'drop', $2)";
