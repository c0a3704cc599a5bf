use super::*;
use crate::testing::{Portal, Raw};

#[tokio::test]
async fn the_demo_is_alive_and_seeding_it_again_changes_nothing() {
    let portal = Portal::sqlite().await;
    let count = async || {
        let mut all = Vec::new();
        for sql in [APPLICATIONS, BOOKINGS, SESSIONS] {
            all.push(portal.ctx.db.one::<(i64,)>(sql, vec![]).await.unwrap().0);
        }
        all
    };
    for _ in 0..2 {
        seed(&portal.ctx).await.unwrap();
        live(&portal.ctx).await.unwrap();
    }
    let seeded = count().await;
    assert_eq!(seeded[0], 69);
    assert!(seeded[1] >= 35, "{seeded:?}");
    assert!(seeded[2] > 500, "{seeded:?}");
    for (sql, expected) in [
        (READ, 1),
        (UNREAD, 1),
        (ASKED, 2),
        (TO_RING, 1),
        (NOBODYS, 1),
        (LETTERS, 5),
        (MANDATES, 3),
        (FROM_CLIENT, 1),
        (homes::HOMES, 2),
        (WAITS, 2),
        (OFFERED, 1),
        (REQUESTS, 1),
        (assisted::CONTACTS, 3),
        (URGENT, 1),
        (BROUGHT, 1),
        (pending::HANDED, 1),
    ] {
        let (found,): (i64,) = portal.ctx.db.one(sql, vec![]).await.unwrap();
        assert_eq!(found, expected, "{sql}");
    }
    assert_eq!(portal.ctx.db.one::<(i64,)>(appeals::KNOWN, vec![]).await.unwrap().0, 2);
    assert_eq!(portal.ctx.db.one::<(i64,)>(documents::KNOWN, vec![]).await.unwrap().0, 1);
    let waiting: (i64,) = portal.ctx.db.one(DOCUMENTS, vec![]).await.unwrap();
    assert_eq!(waiting.0, 1);
    let today: (i64,) = portal.ctx.db.one(TODAY, vec![]).await.unwrap();
    assert!(today.0 >= 3, "{today:?}");
}

/// A half-done seed: some are through, one has just arrived, one has sent nothing, one waits for her decision.
#[tokio::test]
async fn a_seed_that_was_broken_off_goes_on() {
    let portal = Portal::sqlite().await;
    let ctx = &portal.ctx;
    seed(ctx).await.unwrap();
    relatives::seed(ctx, 5).await.unwrap();
    relatives::arrived(ctx, 5).await.unwrap();
    for sql in [HALF_PEOPLE, HALF_DECISION, HALF_CASE] {
        ctx.db.write(Raw(sql)).await.unwrap();
    }
    live(ctx).await.unwrap();
    let (applications, waiting, bookings) = (
        ctx.db.one::<(i64,)>(APPLICATIONS, vec![]).await.unwrap().0,
        ctx.db.one::<(i64,)>(WAITING, vec![]).await.unwrap().0,
        ctx.db.one::<(i64,)>(BOOKINGS, vec![]).await.unwrap().0,
    );
    assert_eq!((applications, waiting), (69, 16), "as in a whole one");
    assert!(bookings >= 35, "{bookings}");
    live(ctx).await.unwrap();
    assert_eq!(ctx.db.one::<(i64,)>(PEOPLE, vec![]).await.unwrap().0, 73, "nobody twice");
}

pub const REQUESTS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM visit_request WHERE state = 'open'";
pub const URGENT: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM urgent_room WHERE state = 'open'";
pub const BROUGHT: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM visit_bring WHERE state = 'open'";
pub const WAITS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM visit_wait WHERE ended_at IS NULL";
pub const OFFERED: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM visit_offer WHERE state = 'open'";
pub const HALF_PEOPLE: &str = "UPDATE clearance SET outcome = 'pending', valid_from = NULL, valid_to = NULL";
pub const HALF_DECISION: &str = "DELETE FROM decision";
pub const HALF_CASE: &str = "UPDATE application SET state = 'awaiting_decision'";
pub const WAITING: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM application WHERE state <> 'decided'";
pub const PEOPLE: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM person WHERE id NOT IN (SELECT person_id FROM child_of)";
pub const APPLICATIONS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM application";
pub const BOOKINGS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM booking";
pub const SESSIONS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM visit_session";
pub const TODAY: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM booking WHERE date BETWEEN '2026-08-30' AND '2026-09-04'";
pub const DOCUMENTS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM document WHERE state = 'received'";
pub const READ: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM notice_obligation WHERE state = 'acknowledged'";
pub const UNREAD: &str = "SELECT CAST(COUNT(DISTINCT t.obligation_id) AS BIGINT) FROM notice_text t \
    JOIN notice_obligation o ON o.id = t.obligation_id WHERE o.state = 'open'";
pub const ASKED: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM notice_matter WHERE assessment = 'open'";
pub const TO_RING: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM notice_task WHERE kind = 'call' AND duty <> 'done'";
/// To one inside: of a relative, and of a lawyer.
pub const LETTERS: &str = "SELECT CAST((SELECT COUNT(*) FROM letter WHERE state = 'released') \
    + (SELECT COUNT(*) FROM counsel_message) AS BIGINT)";
pub const MANDATES: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM mandate WHERE ended_at IS NULL";
pub const FROM_CLIENT: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM counsel_message WHERE from_lawyer = 0 AND read_at IS NULL";
pub const NOBODYS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM notice_case WHERE officer_id IS NULL";
