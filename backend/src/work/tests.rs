//! The list over all slices, on both engines: what stands on whose, who has it, and what a page of it reads.

mod many;
pub(crate) mod stage;
mod who;

use domain::{
    access::Role,
    kernel::Instant,
    work::{Choice, Cursor, Due, Group, Kind, Refusal, Whose},
};
use stage::{ALL, HOUR, Stage, seed};

use super::{list, waiting};
use crate::{args, testing::on_both_engines};

fn kinds(of: &[super::Item]) -> Vec<Kind> {
    of.iter().map(|item| item.kind).collect()
}

#[tokio::test]
async fn each_sees_what_is_her_duty_in_her_unit_by_its_clock() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        s.one_of_each("lyngmo").await;
        s.one_of_each("havn").await;
        let officer = [
            Kind::DocumentMissing,
            Kind::MessageAnswer,
            Kind::DocumentRead,
            Kind::AppealClearance,
            Kind::HomeCase,
            Kind::CorrectionAnswer,
            Kind::AppointedCheck,
            Kind::ClearanceDecide,
            Kind::ClearanceCarried,
            Kind::ClearanceRecheck,
            Kind::VisitRing,
            Kind::VisitSettle,
            Kind::VisitRequest,
            Kind::VisitBring,
            Kind::VisitUrgent,
            Kind::OrganisationTask,
            Kind::Unreached,
            Kind::HandIn,
        ];
        let table: [(&str, Role, &[Kind]); 7] = [
            ("henrik", Role::CaseOfficer, &officer),
            ("mari", Role::MessageController, &[Kind::LetterControl, Kind::LetterReport, Kind::AppealLetter]),
            ("ragnhild", Role::AppealOfficer, &[Kind::AppealDecide]),
            ("dag", Role::DutyOfficer, &[Kind::Worry]),
            ("astrid", Role::UnitAdmin, &[Kind::PlanProposal]),
            ("geir", Role::GateOfficer, &[]),
            ("auditor", Role::Auditor, &[Kind::AlertLook]),
        ];
        for (who, role, expected) in table {
            let staff = s.staff(who, role, &["lyngmo"]).await;
            let items = s.list(&staff, &Choice::default()).await;
            let mut due: Vec<Instant> = items.iter().map(|item| item.due).collect();
            assert!(due.is_sorted(), "{who}: {due:?}");
            due.dedup();
            let (mut seen, mut expected) = (kinds(&items), expected.to_vec());
            seen.sort_by_key(|kind| kind.code());
            expected.sort_by_key(|kind| kind.code());
            assert_eq!(seen, expected, "{who}");
            assert!(items.iter().all(|item| item.unit_name.as_deref() == Some("lyngmo fengsel")), "{who}");
            let waits = waiting(&s.ctx, &staff).await.unwrap();
            assert_eq!(usize::try_from(waits.count).unwrap(), expected.len(), "{who}");
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_leads_sees_how_much_is_open_in_each_of_her_units_by_its_clock() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        s.one_of_each("lyngmo").await;
        s.add("thread", "havn", "late", -HOUR, &[]).await;
        let leader = s.staff("torunn", Role::Leader, &["lyngmo"]).await;
        let open = super::open(&s.ctx, &leader).await.unwrap();
        // It is Tuesday: what is due in three days is due before Sunday has ended, the application is not.
        assert_eq!(open.len(), 1, "of the other unit nothing is there");
        assert_eq!(open[&leader.units[0]], super::Open { late: 1, week: 19, later: 4 });
        let all = s.staff("astrid", Role::UnitAdmin, &["lyngmo", "havn", "intake"]).await;
        let open = super::open(&s.ctx, &all).await.unwrap();
        assert_eq!((open.len(), open.values().map(|open| open.late).sum::<i64>()), (2, 2));
    })
    .await;
}

/// An alert is no work of whoever it is about, and she cannot be given it.
#[tokio::test]
async fn what_is_about_an_auditor_is_another_auditors() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let (unni, other) = (
            s.staff("unni", Role::Auditor, &["lyngmo"]).await,
            s.staff("per", Role::Auditor, &["lyngmo"]).await,
        );
        let alert = s.add("alert", "lyngmo", "R1", HOUR, &[]).await;
        s.say("UPDATE trail_alert SET staff_id = $1", args![&unni.staff]).await;
        assert_eq!(kinds(&s.list(&unni, &Choice::default()).await), []);
        assert_eq!(kinds(&s.list(&other, &Choice::default()).await), [Kind::AlertLook]);
        assert_eq!(super::take(&s.ctx, &unni, "alert", &alert).await.unwrap(), Err(Refusal::Whom));
        super::take(&s.ctx, &other, "alert", &alert).await.unwrap().unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_matched_nobody_is_the_intakes_and_its_worries_are_every_duty_desks() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        s.add("unmatched", "intake", "R1", HOUR, &[]).await;
        s.add("worry", "intake", "R2", HOUR, &[]).await;
        let intake = s.staff("petter", Role::CaseOfficer, &["lyngmo", "intake"]).await;
        assert_eq!(kinds(&s.list(&intake, &Choice::default()).await), [Kind::ClearanceMatch]);
        let lyngmo = s.staff("henrik", Role::CaseOfficer, &["lyngmo"]).await;
        assert_eq!(kinds(&s.list(&lyngmo, &Choice::default()).await), []);
        let duty = s.staff("dag", Role::DutyOfficer, &["lyngmo", "havn"]).await;
        assert_eq!(kinds(&s.list(&duty, &Choice::default()).await), [Kind::Worry]);
        let one = Choice { unit: Some("havn".into()), ..Choice::default() };
        assert_eq!(kinds(&s.list(&duty, &one).await), [], "one unit was asked for");
    })
    .await;
}

#[tokio::test]
async fn what_is_chosen_is_what_is_shown() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        // Noon on a Tuesday.
        for (reference, hours) in [("R1", -30), ("R2", 2), ("R3", 40), ("R4", 300)] {
            s.add("thread", "lyngmo", reference, hours * HOUR, &[]).await;
        }
        s.add("thread", "havn", "R5", HOUR, &[]).await;
        s.add("document", "havn", "R6", 20 * HOUR, &[]).await;
        let me = s.staff("petter", Role::CaseOfficer, &["lyngmo", "havn"]).await;
        let other = s.staff("henrik", Role::CaseOfficer, &["lyngmo"]).await;
        s.takes(&me, "R2").await;
        s.takes(&other, "R3").await;
        let none = Choice::default;
        let table: [(Choice, &[&str]); 9] = [
            (none(), &["R1", "R5", "R2", "R6", "R4"]),
            (Choice { whose: Whose::Everybodys, ..none() }, &["R1", "R5", "R2", "R6", "R3", "R4"]),
            (Choice { whose: Whose::Mine, ..none() }, &["R2"]),
            (Choice { whose: Whose::Nobodys, ..none() }, &["R1", "R5", "R6", "R4"]),
            (Choice { due: Due::Late, ..none() }, &["R1"]),
            (Choice { due: Due::Today, ..none() }, &["R1", "R5", "R2"]),
            (Choice { due: Due::Week, whose: Whose::Everybodys, ..none() }, &["R1", "R5", "R2", "R6", "R3"]),
            (Choice { group: Some(Group::Documents), ..none() }, &["R6"]),
            (Choice { unit: Some("havn".into()), ..none() }, &["R5", "R6"]),
        ];
        for (choice, expected) in table {
            let items = s.list(&me, &choice).await;
            let seen: Vec<_> = items.iter().map(|item| item.reference.clone().unwrap()).collect();
            assert_eq!(seen, expected, "{choice:?}");
        }
        // A unit that is not hers chooses nothing, and shows no more.
        let far = Choice { unit: Some("havn".into()), ..none() };
        assert!(
            s.list(&other, &far).await.iter().all(|item| item.unit_name.as_deref() == Some("lyngmo fengsel"))
        );
        let waits = waiting(&s.ctx, &me).await.unwrap();
        assert_eq!((waits.count, waits.late), (5, 1));
        let units: Vec<_> = waits.units.iter().map(|unit| unit.slug.as_str()).collect();
        assert_eq!(units, ["havn", "lyngmo"]);
    })
    .await;
}

#[tokio::test]
async fn the_look_at_the_list_is_written_first() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let me = s.staff("henrik", Role::CaseOfficer, &["lyngmo"]).await;
        s.list(&me, &Choice::default()).await;
        assert_eq!(s.traces("work_list").await, 1);
        let gate = s.staff("geir", Role::GateOfficer, &["lyngmo"]).await;
        s.list(&gate, &Choice::default()).await;
        assert_eq!(s.traces("work_list").await, 1, "there was nothing to look at");
    })
    .await;
}

/// A page begins where the one before ended, also among rows of one moment.
#[tokio::test]
async fn pages_follow_each_other_without_a_gap() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        for n in 0..70 {
            let source = ["thread", "document", "application"][n % 3];
            s.add(source, "lyngmo", &format!("R{n}"), HOUR, &[]).await;
        }
        let me = s.staff("henrik", Role::CaseOfficer, &["lyngmo"]).await;
        let waits = waiting(&s.ctx, &me).await.unwrap();
        let (mut seen, mut after, mut pages) = (vec![], Cursor::start(), 0);
        loop {
            let page = list(&s.ctx, &me, &waits, &Choice::default(), after).await.unwrap();
            seen.extend(page.items.iter().map(|item| item.reference.clone().unwrap()));
            pages += 1;
            match page.next {
                Some(next) => after = next,
                None => break,
            }
        }
        let all = seen.len();
        seen.sort();
        seen.dedup();
        assert_eq!((pages, all, seen.len()), (3, 70, 70));
    })
    .await;
}

#[tokio::test]
async fn every_source_has_a_seed() {
    assert_eq!(ALL.map(|name| seed(name).0), super::SOURCES.each_ref().map(|source| source.code));
}
