//! The page over all slices, on both engines: what stands on it for whom, what it never has, what it leaves in the trail.

use domain::{
    access::Role,
    inmates::Part,
    kernel::{Locale, Public},
};

use super::{Cursor, Opened, open, read::statement, search};
use crate::{
    args,
    ctx::Staff,
    custody::inmates::Inmate,
    looks,
    testing::{Portal, on_both_engines, recorded},
    visits::{clearance::LookReason, held},
    work::tests::stage::Stage,
};

const CASE: &str = "application-lyngmo-application";

/// All that Lyngmo has is about him: the stage's conversation and documents about his case, its decisions of it.
async fn his(portal: &Portal) -> (Stage, Public<Inmate>) {
    let s = Stage::new(portal).await;
    s.one_of_each("lyngmo").await;
    s.one_of_each("havn").await;
    // What stands on the list of work because of something that came after: told of in its own tests.
    for sql in [
        "DELETE FROM visit_bring",
        "DELETE FROM urgent_room",
        "DELETE FROM unreached",
        "DELETE FROM organisation_task",
        "DELETE FROM hand_in",
        "DELETE FROM booking",
        "DELETE FROM clearance WHERE id LIKE 'recheck-%'",
        "DELETE FROM application WHERE id LIKE 'recheck-%' OR id LIKE 'carried-%'",
    ] {
        s.say(sql, args![]).await;
    }
    for sql in [
        "UPDATE message_thread SET about_kind = 'application', about_id = $1 WHERE reference LIKE 'lyngmo-%'",
        "UPDATE document SET case_kind = 'application', case_id = $1 WHERE reference LIKE 'lyngmo-%'",
        "UPDATE document_request SET case_kind = 'application', case_id = $1 WHERE reference LIKE 'lyngmo-%'",
    ] {
        s.say(sql, args![CASE]).await;
    }
    let (public, now) = (|| s.ctx.chance.public::<Stage>(), s.ctx.now());
    s.say(OTHER, args!["other", &public(), now]).await;
    for (id, person) in [("appeal-lyngmo-appeal", "person"), ("appeal_above-lyngmo-appeal_above", "other")] {
        s.say(CLEARANCE, args![id, &public(), CASE, &s.inmate, person]).await;
    }
    s.say(TEMPLATE, args![&public()]).await;
    s.say(SESSION, args![&public(), now]).await;
    s.say(BOOKING, args![&public(), &s.inmate, now]).await;
    let public: (String,) =
        s.ctx.db.one("SELECT public_id FROM inmate WHERE id = $1", args![&s.inmate]).await.unwrap();
    (s, Public::parse(&public.0).unwrap())
}

async fn opened(s: &Stage, staff: &Staff, him: &Public<Inmate>, only: Option<Part>) -> Option<Opened> {
    let from = (&Cursor::start(), Locale::Nb);
    open(&s.ctx, staff, him, LookReason::HandleCase, only, from).await.unwrap()
}

fn told(opened: &Opened) -> Vec<String> {
    let mut told: Vec<String> =
        opened.entries.iter().map(|one| format!("{} {}", one.part.code(), one.kind)).collect();
    told.sort_unstable();
    told
}

#[tokio::test]
async fn each_is_told_of_her_own_duty_in_her_own_unit() {
    on_both_engines(async |portal| {
        let (s, him) = his(&portal).await;
        let officer = [
            "clearances awaiting_decision",
            "clearances awaiting_police",
            "conversations waiting",
            "decisions appeal_forwarded",
            "decisions appeal_sent",
            "decisions refused",
            "decisions refused",
            "documents asked",
            "documents received",
            "visits booked",
        ];
        let henrik = s.staff("henrik", Role::CaseOfficer, &["lyngmo"]).await;
        let page = opened(&s, &henrik, &him, None).await.unwrap();
        assert_eq!(told(&page), officer);
        assert!(page.entries.is_sorted_by(|a, b| a.at >= b.at));
        assert!(page.entries.iter().all(|one| one.unit_slug == "lyngmo" && one.whom == "Maja Fjellvik"));
        assert_eq!(
            (page.head.name.as_str(), page.head.unit_name.as_str()),
            ("Even Fjellvik", "lyngmo fengsel")
        );
        let astrid = s.staff("astrid", Role::UnitAdmin, &["lyngmo"]).await;
        let page = opened(&s, &astrid, &him, None).await.unwrap();
        assert!(page.entries.iter().all(|one| !one.kind.starts_with("appeal_")));
        assert!(page.entries.iter().all(|one| !matches!(one.part, Part::Conversations | Part::Documents)));
        let page = opened(&s, &henrik, &him, Some(Part::Visits)).await.unwrap();
        assert_eq!(told(&page), ["visits booked"]);
        // Letters are for whoever controls them, also when they are asked for by name.
        assert_eq!(told(&opened(&s, &henrik, &him, Some(Part::Letters)).await.unwrap()), [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn to_others_he_is_not_there_and_no_look_is_written() {
    on_both_engines(async |portal| {
        let (s, him) = his(&portal).await;
        let table = [
            ("geir", Role::GateOfficer, "lyngmo"),
            ("mari", Role::MessageController, "lyngmo"),
            ("vera", Role::VictimOfficer, "lyngmo"),
            ("dag", Role::DutyOfficer, "lyngmo"),
            ("auditor", Role::Auditor, "lyngmo"),
            ("henrik", Role::CaseOfficer, "havn"),
            ("astrid", Role::UnitAdmin, "havn"),
        ];
        for (who, role, unit) in table {
            let staff = s.staff(who, role, &[unit]).await;
            assert_eq!(opened(&s, &staff, &him, None).await, None, "{who}");
            let found = search(&s.ctx, &staff, "Fjellvik", LookReason::HandleCase).await.unwrap();
            assert_eq!(found, [], "{who}");
        }
        assert_eq!(s.traces("look").await, 0);
    })
    .await;
}

#[tokio::test]
async fn the_search_and_the_look_stand_in_the_trail_and_she_is_told_of_it() {
    on_both_engines(async |portal| {
        let (s, him) = his(&portal).await;
        let henrik = s.staff("henrik", Role::CaseOfficer, &["lyngmo"]).await;
        for (text, expected) in [("even", 1), ("  ", 0), ("%", 0), ("Solveig", 0), ("FJELL", 1)] {
            let found = search(&s.ctx, &henrik, text, LookReason::AnswerQuestion).await.unwrap();
            assert_eq!(found.len(), expected, "{text}");
            assert!(found.iter().all(|one| one.public == him));
        }
        assert_eq!(s.traces("inmate_search").await, 5);
        opened(&s, &henrik, &him, None).await.unwrap();
        assert_eq!(s.traces("look").await, 1);
        let row: (String, String, String) = s
            .ctx
            .db
            .one("SELECT subject_kind, subject_id, reason FROM audit WHERE action = 'look'", args![])
            .await
            .unwrap();
        assert_eq!(row, ("inmate".to_owned(), s.inmate.clone(), "handle_case".to_owned()));
        let seen: Vec<looks::Row> = s.ctx.db.all(held::CASES_SEEN, args!["person"]).await.unwrap();
        assert_eq!(seen.len(), 1, "one look, however many cases of hers it showed");
    })
    .await;
}

#[tokio::test]
async fn an_appeal_is_in_time_from_when_word_came() {
    on_both_engines(async |portal| {
        let (s, him) = his(&portal).await;
        let henrik = s.staff("henrik", Role::CaseOfficer, &["lyngmo"]).await;
        let clocks = async || {
            let page = opened(&s, &henrik, &him, Some(Part::Decisions)).await.unwrap();
            let refused = page.entries.into_iter().filter(|one| one.kind == "refused");
            refused.map(|one| one.appeal_until.map(|day| day.iso())).collect::<Vec<_>>()
        };
        assert_eq!(clocks().await, [None, None], "nobody has been told");
        // A Tuesday: seven days after it.
        let word = domain::kernel::Instant::parse_rfc3339("2026-09-01T12:00:00+02:00").unwrap();
        s.say(
            "UPDATE decision SET made_at = $1, available_at = $1, notice_sent_at = $1 WHERE id = 'appeal-lyngmo-appeal'",
            args![word],
        )
        .await;
        let told = clocks().await;
        assert!(told.contains(&Some("2026-09-08".to_owned())), "{told:?}");
        s.say("UPDATE decision SET superseded_at = $1", args![word]).await;
        assert_eq!(clocks().await, [None::<String>; 0], "what no longer holds has no clock");
    })
    .await;
}

#[tokio::test]
async fn it_is_two_reads_and_a_page_ends_where_the_next_begins() {
    let portal = Portal::sqlite().await;
    let (s, him) = his(&portal).await;
    let henrik = s.staff("henrik", Role::CaseOfficer, &["lyngmo"]).await;
    for n in 0..70 {
        let case = format!("more-{n:03}");
        s.add("application", "lyngmo", &case, n * 1_000_000, &[]).await;
    }
    recorded::listen();
    recorded::take_here();
    let first = opened(&s, &henrik, &him, Some(Part::Clearances)).await.unwrap();
    let said = recorded::take_here();
    let reads = said.iter().filter(|said| said.sql.starts_with("SELECT")).count();
    assert!(reads <= 3, "{reads} reads: {said:#?}");
    assert_eq!(first.entries.len(), super::MOST);
    let next = first.next.expect("there is more");
    assert_eq!(Cursor::parse(&next.to_string()), Some(next.clone()));
    let from = (&next, Locale::Nb);
    let rest = open(&s.ctx, &henrik, &him, LookReason::HandleCase, Some(Part::Clearances), from).await;
    let rest = rest.unwrap().unwrap();
    assert_eq!((rest.entries.len(), rest.next), (12, None));
    let seen: std::collections::BTreeSet<_> =
        first.entries.iter().chain(&rest.entries).map(|one| &one.public).collect();
    assert_eq!(seen.len(), 72, "none is lost and none is shown twice");
    for wrong in ["", "1", "x.y", "1.a b", "1.';--"] {
        assert_eq!(Cursor::parse(wrong), None, "{wrong}");
    }
}

/// What could tell of a victim, or of what a lawyer has written, is in no statement of the page.
#[test]
fn no_table_of_victims_or_of_counsel_is_named() {
    for table in ["notice_", "counsel_", "mandate", "consent_", "worry", "custody_event"] {
        assert!(!statement().replace("notice_sent_at", "").contains(table), "{table}");
    }
}

const OTHER: &str = "INSERT INTO person (id, public_id, name, sort_name, created_at) VALUES ($1, $2, 'Maja Fjellvik', '', $3)";
const CLEARANCE: &str = "INSERT INTO clearance (id, public_id, application_id, person_id, child, inmate_id, unit_id, outcome) \
    SELECT $1, $2, a.id, $5, 0, $4, a.unit_id, 'refused' FROM application a WHERE a.id = $3";
const TEMPLATE: &str = "INSERT INTO visit_template (id, public_id, unit_id, kind, weekday, start_minute, minutes, room, \
    capacity, valid_from) SELECT 'template', $1, u.id, 'open', 2, 600, 60, 'Rom 1', 4, '2026-01-01' FROM unit u \
    WHERE u.slug = 'lyngmo'";
const SESSION: &str = "INSERT INTO visit_session (id, public_id, template_id, unit_id, kind, zone, date, start_minute, end_minute, \
    starts_at, ends_at, room, on_holidays, capacity) SELECT 'session', $1, 'template', u.id, 'open', '', \
    '2026-09-08', 600, 660, CAST($2 AS BIGINT) + 1, CAST($2 AS BIGINT) + 2, 'Rom 1', 0, 4 FROM unit u WHERE u.slug = 'lyngmo'";
const BOOKING: &str = "INSERT INTO booking (id, public_id, reference, draft_id, hold_public_id, person_id, inmate_id, unit_id, \
    session_id, kind, date, starts_at, ends_at, booked_at) SELECT 'booking', $1, 'lyngmo-visit', 'draft', 'hold', 'person', $2, \
    s.unit_id, s.id, 'open', s.date, s.starts_at, s.ends_at, $3 FROM visit_session s WHERE s.id = 'session'";
