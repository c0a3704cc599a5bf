//! What a review found, each with the proof that it stays mended.

use super::*;
use crate::{
    identity::contacts,
    testing::Raw,
    visits::clearance::submit::{Filed, Source, prepare},
};

pub const DECISIONS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM decision";
pub const DECIDED_LETTERS: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE payload LIKE '%\"decided\"%'";
pub const LEFT_TRACES: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE actor_kind = 'staff'";
pub const CONTACT_TRACES: &str = "SELECT detail FROM audit WHERE action = 'contact_changed' AND actor_id = $1 \
    AND subject_id = $1 ORDER BY detail";
pub const NO_INTAKE: &str = "DELETE FROM unit WHERE slug = 'intake'";
pub const TWO_UNITS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM unit WHERE level = 'intake'";

async fn count(ctx: &Ctx, sql: &'static str) -> i64 {
    ctx.db.one::<(i64,)>(sql, vec![]).await.unwrap().0
}

async fn answered(ctx: &Ctx, who: &Citizen, name: &str) {
    for given in answers() {
        answer(ctx, who, given).await.unwrap();
    }
    let whom = Whom { name: name.into(), known_by: KnownBy::BirthDate(day("1990-02-03")) };
    answer(ctx, who, Answer::Whom(whom)).await.unwrap();
}

/// An application that waits for its decision.
async fn to_decide(ctx: &Ctx, who: &Citizen, staff: &Staff) -> Public<Application> {
    let public = submitted(ctx, who).await;
    inmate_answer(ctx, staff, &public, 1, true, day("2026-09-03")).await.unwrap().unwrap();
    let outcome = PoliceOutcome::NoRemark;
    police_answer(ctx, staff, &public, 2, outcome, day("2026-09-08")).await.unwrap().unwrap();
    public
}

fn granted() -> Decided {
    Decided::Granted { measures: vec![], reason: None, valid_to: day("2027-09-01") }
}

#[tokio::test]
async fn a_decision_that_is_refused_for_one_is_written_for_nobody() {
    on_both_engines(async |portal| {
        let (who, staff) = ready(&portal).await;
        let ctx = &portal.ctx;
        let public = to_decide(ctx, &who, &staff).await;
        let other = citizen(ctx, "eirik").await;
        answered(ctx, &other, "Even Fjellvik").await;
        let others = to_decide(ctx, &other, &staff).await;
        let case = seen(ctx, &staff, &public).await;
        let (own, child) = (case.people[0].clearance.clone(), case.people[1].clearance.clone());
        let foreign = seen(ctx, &staff, &others).await.people[0].clearance.clone();
        for who in [vec![own.clone(), foreign], vec![own.clone(), Public::from_bits(7)]] {
            let tried = decide(ctx, &staff, &public, case.version, &who, &granted(), Locale::Nb).await;
            assert_eq!(tried.unwrap(), Err(Refusal::MovedOn));
            assert_eq!((count(ctx, DECISIONS).await, count(ctx, DECIDED_LETTERS).await), (0, 0));
            assert_eq!(seen(ctx, &staff, &public).await.version, case.version);
        }
        let twice = [own.clone(), own.clone()];
        decide(ctx, &staff, &public, case.version, &twice, &granted(), Locale::Nb).await.unwrap().unwrap();
        assert_eq!((count(ctx, DECISIONS).await, count(ctx, DECIDED_LETTERS).await), (1, 1), "once for each");
        let (v, both) = (seen(ctx, &staff, &public).await.version, [child.clone(), own]);
        let late = decide(ctx, &staff, &public, v, &both, &granted(), Locale::Nb).await.unwrap();
        assert_eq!((late, count(ctx, DECISIONS).await), (Err(Refusal::MovedOn), 1));
        decide(ctx, &staff, &public, v, &[child], &granted(), Locale::Nb).await.unwrap().unwrap();
        assert_eq!(tracked(ctx, &who, &public).await.unwrap().unwrap().stage, Stage::Decided);
    })
    .await;
}

#[tokio::test]
async fn t01_in_the_same_unit_only_those_whose_duty_it_is_find_a_case() {
    on_both_engines(async |portal| {
        let (who, officer) = ready(&portal).await;
        let ctx = &portal.ctx;
        let public = submitted(ctx, &who).await;
        let clearance = seen(ctx, &officer, &public).await.people[0].clearance.clone();
        let with = |role| Staff { roles: vec![role], ..officer.clone() };
        let (look, on) = (LookReason::HandleCase, day("2026-09-03"));
        let traces = count(ctx, LEFT_TRACES).await;
        for role in [Role::GateOfficer, Role::DutyOfficer, Role::MessageController] {
            let staff = with(role);
            let list = desk(ctx, &staff).await.unwrap();
            assert!(list.inmate.is_empty() && list.unmatched.is_empty(), "{role:?}");
            assert!(search(ctx, &staff, "fjellvik", look).await.unwrap().is_empty());
            assert!(case(ctx, &staff, &public, look).await.unwrap().is_none());
        }
        assert_eq!(count(ctx, LEFT_TRACES).await, traces, "what was not shown is no look");
        for role in [Role::UnitAdmin, Role::Auditor] {
            assert_eq!(desk(ctx, &with(role)).await.unwrap().inmate.len(), 1, "{role:?}");
            assert_eq!(search(ctx, &with(role), "fjellvik", look).await.unwrap().len(), 1);
            assert!(case(ctx, &with(role), &public, look).await.unwrap().is_some());
        }
        for role in Role::ALL.into_iter().filter(|role| *role != Role::CaseOfficer) {
            let staff = with(role);
            let hidden = Err(Refusal::Hidden);
            assert_eq!(inmate_answer(ctx, &staff, &public, 1, true, on).await.unwrap(), hidden, "{role:?}");
            let many = inmate_answers(ctx, &staff, vec![(public.clone(), 1, true)], on).await;
            assert!(matches!(many[0].1, Ok(Err(Refusal::Hidden))));
            let police = PoliceOutcome::NoRemark;
            assert_eq!(police_answer(ctx, &staff, &public, 1, police, on).await.unwrap(), hidden);
            assert_eq!(match_inmate(ctx, &staff, &public, 1, &Public::from_bits(1)).await.unwrap(), hidden);
            assert_eq!(identity_checked(ctx, &staff, &public, 1).await.unwrap(), hidden);
            let who = [clearance.clone()];
            let tried = decide(ctx, &staff, &public, 1, &who, &granted(), Locale::Nb).await.unwrap();
            assert_eq!(tried, hidden);
        }
        let intake = super::officer(ctx, "intake").await;
        assert_eq!(find_inmates(ctx, &intake, "fjellvik", None).await.unwrap().len(), 1);
        let reads = Staff { roles: vec![Role::Auditor], ..intake };
        assert!(find_inmates(ctx, &reads, "fjellvik", None).await.unwrap().is_empty());
        assert_eq!(seen(ctx, &officer, &public).await.version, 1);
    })
    .await;
}

#[tokio::test]
async fn what_she_has_asked_of_other_units_is_not_shown() {
    on_both_engines(async |portal| {
        let (who, staff) = ready(&portal).await;
        let ctx = &portal.ctx;
        let elsewhere = portal.unit("storaasen").await;
        portal.inmate("Sander Lyngdal", "1990-02-03", &elsewhere).await;
        submitted(ctx, &who).await;
        answered(ctx, &who, "Sander Lyngdal").await;
        ctx.clock.set(ctx.now().plus_days(1));
        submitted(ctx, &who).await;
        answered(ctx, &who, "Even Fjellvik").await;
        ctx.clock.set(ctx.now().plus_days(1));
        let third = submitted(ctx, &who).await;
        let earlier = seen(ctx, &staff, &third).await.earlier;
        let units: Vec<_> = earlier.iter().map(|e| e.unit_name.as_str()).collect();
        assert_eq!(units, ["lyngmo fengsel"]);
        let mut both = staff;
        both.units.push(elsewhere);
        assert_eq!(seen(ctx, &both, &third).await.earlier.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn the_intake_is_there_from_the_first_day_and_asked_for_every_application() {
    on_both_engines(async |portal| {
        let ctx = &portal.ctx;
        let unit = portal.unit("lyngmo").await;
        portal.inmate("Even Fjellvik", "1990-02-03", &unit).await;
        let who = citizen(ctx, "maja").await;
        answered(ctx, &who, "Ingen Her").await;
        submitted(ctx, &who).await;
        assert_eq!(desk(ctx, &officer(ctx, "intake").await).await.unwrap().unmatched.len(), 1);
        portal.intake().await;
        assert_eq!(count(ctx, TWO_UNITS).await, 1, "named again it is the same unit");
    })
    .await;
    on_both_engines(async |portal| {
        let ctx = &portal.ctx;
        let unit = portal.unit("lyngmo").await;
        portal.inmate("Even Fjellvik", "1990-02-03", &unit).await;
        ctx.db.write(Raw(NO_INTAKE)).await.unwrap();
        let who = citizen(ctx, "maja").await;
        for name in ["Even Fjellvik", "Ingen Her"] {
            answered(ctx, &who, name).await;
            assert!(submit(ctx, &who, Locale::Nb).await.is_err(), "{name}: both read the same rows");
        }
    })
    .await;
}

#[tokio::test]
async fn a_name_that_reads_as_a_reference_is_found_as_a_name() {
    on_both_engines(async |portal| {
        let (who, _) = ready(&portal).await;
        let ctx = &portal.ctx;
        let staff = officer(ctx, "lyngmo").await;
        let name = "Maja Moen";
        assert!(domain::kernel::Reference::parse(name).is_some(), "it does");
        ctx.db.write(Raw("UPDATE person SET name = 'Maja Moen', sort_name = 'maja moen'")).await.unwrap();
        let public = submitted(ctx, &who).await;
        let rows = search(ctx, &staff, name, LookReason::AnswerQuestion).await.unwrap();
        assert_eq!(rows.iter().map(|r| r.public.clone()).collect::<Vec<_>>(), [public]);
    })
    .await;
}

#[tokio::test]
async fn an_application_leaves_its_language_and_the_trace_of_new_details() {
    on_both_engines(async |portal| {
        let (who, _) = ready(&portal).await;
        let ctx = &portal.ctx;
        submit(ctx, &who, Locale::En).await.unwrap().unwrap();
        assert_eq!(contacts::load(ctx, &who.person).await.unwrap().locale, Some(Locale::En));
        let traces = async || -> Vec<(Option<String>,)> {
            ctx.db.all(CONTACT_TRACES, args![&who.person]).await.unwrap()
        };
        let both = [(Some("email".to_owned()),), (Some("phone".to_owned()),)];
        assert_eq!(traces().await, both);
        answered(ctx, &who, "Even Fjellvik").await;
        ctx.clock.set(ctx.now().plus_days(1));
        submit(ctx, &who, Locale::Nn).await.unwrap().unwrap();
        assert_eq!(traces().await, both, "the same details leave no second one");
        assert_eq!(contacts::load(ctx, &who.person).await.unwrap().locale, Some(Locale::En));
    })
    .await;
}

#[tokio::test]
async fn an_answer_given_while_it_is_sent_is_not_lost() {
    on_both_engines(async |portal| {
        let (who, _) = ready(&portal).await;
        let ctx = &portal.ctx;
        let older = draft(ctx, &who).await.unwrap();
        let whole = older.complete().unwrap();
        let command = prepare(ctx, &who, Locale::Nb, Source::Draft(older), whole).await.unwrap();
        // In another window, between the reading and the write.
        answer(ctx, &who, Answer::Relation(Relation::Parent)).await.unwrap();
        assert!(matches!(ctx.db.write(command).await.unwrap(), Filed::Changed), "the older one is not filed");
        assert!(mine(ctx, &who).await.unwrap().is_empty());
        let public = submitted(ctx, &who).await;
        assert_eq!(tracked(ctx, &who, &public).await.unwrap().unwrap().relation, Relation::Parent);
    })
    .await;
}

#[tokio::test]
async fn a_draft_thrown_away_while_it_is_sent_is_a_refusal_and_no_fault() {
    on_both_engines(async |portal| {
        let (who, _) = ready(&portal).await;
        let ctx = &portal.ctx;
        let read = draft(ctx, &who).await.unwrap();
        let whole = read.complete().unwrap();
        let command = prepare(ctx, &who, Locale::Nb, Source::Draft(read), whole).await.unwrap();
        // In another window, between the reading and the write.
        discard(ctx, &who).await.unwrap();
        assert!(matches!(ctx.db.write(command).await.unwrap(), Filed::Changed));
        assert!(mine(ctx, &who).await.unwrap().is_empty(), "nothing is filed");
        let again = submit(ctx, &who, Locale::Nb).await.unwrap();
        assert_eq!(again, Err(Unfiled::Waits(Step::Whom)), "she is told that there is no draft");
    })
    .await;
}

#[tokio::test]
async fn whoever_reads_the_list_leaves_a_trace() {
    on_both_engines(async |portal| {
        let (who, staff) = ready(&portal).await;
        let ctx = &portal.ctx;
        submitted(ctx, &who).await;
        assert_eq!(desk(ctx, &staff).await.unwrap().inmate.len(), 1);
        let sql = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = 'list' AND actor_id = $1";
        let (looks,): (i64,) = ctx.db.one(sql, args![&staff.staff]).await.unwrap();
        assert_eq!(looks, 1);
    })
    .await;
}
