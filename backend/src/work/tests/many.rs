//! Fifty thousand rows are open: a page reads what it shows, by the index of its clock, in three reads at most.

use domain::{
    access::Role,
    work::{Choice, Cursor, Whose},
};

use super::stage::Stage;
use crate::{
    args,
    testing::{Portal, Raw, recorded},
    work::{list, list::statements, waiting},
};

/// In SQLite's own words: 25,000 conversations, 15,000 documents and 10,000 applications, a third of them at another unit.
fn seeds() -> [&'static str; 3] {
    [
        "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 25000) \
    INSERT INTO message_thread (id, public_id, reference, person_id, unit_id, topic, state, state_at, due_at, opened_at, \
    last_at) SELECT 't' || n, printf('%026d', n), 'T' || n, 'person', (SELECT id FROM unit WHERE slug = \
    CASE WHEN n % 3 = 0 THEN 'havn' ELSE 'lyngmo' END), 'other', 'waiting', 0, 1788256800000000 + n * 1000000, 0, 0 FROM n",
        "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 15000) \
    INSERT INTO document (id, public_id, reference, person_id, unit_id, kind, kind_from, blob_kind, draft, receipt, \
    handed_at, state, state_at) SELECT 'd' || n, printf('%026d', 100000 + n), 'D' || n, 'person', (SELECT id FROM unit \
    WHERE slug = CASE WHEN n % 3 = 0 THEN 'havn' ELSE 'lyngmo' END), 'letter', '2020-01-01', 'document', 'd' || n, \
    x'00', 1788256800000000 + n * 1000000, 'received', 0 FROM n",
        "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 10000) \
    INSERT INTO application (id, public_id, draft_id, reference, person_id, inmate_id, unit_id, typed_name, typed_sort, \
    relation, needs, locale, state, state_at, close_on, submitted_at) SELECT 'a' || n, printf('%026d', 200000 + n), \
    'a' || n, 'A' || n, 'person', (SELECT id FROM inmate), (SELECT id FROM unit WHERE slug = \
    CASE WHEN n % 3 = 0 THEN 'havn' ELSE 'lyngmo' END), 'x', 'x', 'sibling', x'00', 'nb', 'awaiting_decision', 0, \
    '2027-01-01', 1788256800000000 + n * 1000000 FROM n",
    ]
}

fn reads(said: &[recorded::Said]) -> usize {
    said.iter().filter(|said| said.sql.starts_with("SELECT") || said.sql.starts_with("WITH")).count()
}

#[tokio::test]
async fn a_page_of_fifty_thousand_is_three_reads() {
    let portal = Portal::sqlite().await;
    let s = Stage::new(&portal).await;
    for sql in seeds() {
        s.ctx.db.write(Raw(sql)).await.unwrap();
    }
    let mut me = s.staff("petter", Role::CaseOfficer, &["lyngmo"]).await;
    // The most that anybody can see.
    me.roles = Role::ALL.to_vec();
    recorded::listen();
    recorded::take_here();
    let waits = waiting(&s.ctx, &me).await.unwrap();
    let first = list(&s.ctx, &me, &waits, &Choice::default(), Cursor::start()).await.unwrap();
    let said = recorded::take_here();
    assert!((2..=3).contains(&reads(&said)), "{} reads", reads(&said));
    assert_eq!((waits.count, first.items.len()), (100, 25));
    let deep = Cursor { due: 1_788_256_800_000_000 + 20_000 * 1_000_000, public: String::new() };
    let choice = Choice { whose: Whose::Nobodys, ..Choice::default() };
    let later = list(&s.ctx, &me, &waits, &choice, deep).await.unwrap();
    assert_eq!(reads(&recorded::take_here()), 1);
    assert!(later.items[0].due.micros() > 1_788_256_800_000_000 + 20_000 * 1_000_000 - 1);
}

/// The engine walks each slice by its clock and sorts nothing but the page.
#[tokio::test]
async fn each_slice_is_walked_by_its_clock() {
    let portal = Portal::sqlite().await;
    for sql in statements() {
        let explain: &'static str = Box::leak(format!("EXPLAIN QUERY PLAN {sql}").into_boxed_str());
        let values =
            args![" u ", " k ", "me", " nobody ", 0_i64, "", 9_i64, "2026-09-01", 26_i64, 1_i64, 1_i64];
        let values = if sql.contains("$11") { values } else { values[..10].to_vec() };
        let plan: Vec<(i64, i64, i64, String)> = portal.ctx.db.all(explain, values).await.unwrap();
        let plan: Vec<String> = plan.into_iter().map(|(_, _, _, line)| line).collect();
        for index in [
            "application_work",
            "message_thread_work",
            "letter_work",
            "exchange_report_work",
            "document_work",
            "document_request_work",
            "appeal_work",
            "consent_case_work",
            "worry_work",
            "correction_work",
            "appointed_work",
            "trail_alert_work",
        ] {
            assert!(plan.iter().any(|line| line.contains(index)), "{index}: {plan:#?}");
        }
    }
}
