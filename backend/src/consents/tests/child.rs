//! A child's other parent: what is said is a fact of the child's clearance at once, and the one who applied learns no more than
//! that something is not settled.

use domain::{
    consents::ParentForm,
    visits::clearance::{OtherParent, Refusal as Undecided},
};

use super::*;
use crate::{
    visits::{
        booking::{bookable, testing::Stage as Visits},
        clearance::{self, Application, ClearanceRow, tracked},
    },
    wiring::{ask_parent, children_of, end_with_clearances},
};

struct Family {
    s: Stage,
    visits: Visits,
    /// Who has applied, and may come herself.
    maja: Citizen,
    application: Public<Application>,
    clearance: Public<ClearanceRow>,
}

impl Family {
    async fn new(portal: &Portal) -> Self {
        let s = Stage::new(portal).await;
        let unit = s.henrik.units[0].clone();
        let visits = Visits::new(&s.ctx, unit).await;
        let maja = visits.relative("Maja Fjellvik").await;
        visits.child(&maja, "Ask Fjellvik", "2020-05-11").await;
        let (application, clearance): (String, String) = s.ctx.db.one(CHILD, vec![]).await.unwrap();
        let application = Public::parse(&application).unwrap();
        Self { visits, maja, application, clearance: Public::parse(&clearance).unwrap(), s }
    }

    fn form(&self, subject: &str) -> ParentForm {
        let number = number_of(subject).expose().to_owned();
        let person = PersonForm { number, name: "Ola Fjellvik".into(), email: "ola@eksempel.no".into() };
        ParentForm { person, answer_by: ["22", "9", "2026"].map(str::to_owned) }
    }

    async fn ask(&self, subject: &str) -> Public<CaseMark> {
        let (s, key): (_, FormKey) = (&self.s, self.s.ctx.chance.public());
        let form = self.form(subject);
        ask_parent(&s.ctx, &s.henrik, key.as_str(), &self.clearance, &form).await.unwrap().unwrap()
    }

    async fn answers(&self, who: &Citizen, code: &str) -> Done {
        let ctx = &self.s.ctx;
        ctx.clock.set(ctx.now().plus_seconds(1));
        let asked = mine(ctx, who).await.unwrap().remove(0);
        let text = Text::on(ctx, asked.kind, Locale::Nb, ctx.now().date()).await.unwrap();
        answer(ctx, who, &asked.public, &answered(ctx, code, &text), Locale::Nb, TheHouse).await.unwrap()
    }

    /// Those who may come, as the booking page offers them.
    async fn may_come(&self) -> usize {
        bookable(&self.s.ctx, &self.maja).await.unwrap()[0].people.len()
    }

    /// Whether the one who applied reads that something is not settled.
    async fn unsettled(&self) -> bool {
        let case = tracked(&self.s.ctx, &self.maja, &self.application).await.unwrap().unwrap();
        case.people.iter().any(|p| p.unsettled)
    }
}

pub const CHILD: &str = "SELECT a.public_id, c.public_id FROM clearance c \
    JOIN application a ON a.id = c.application_id WHERE c.child = 1";

#[tokio::test]
async fn what_the_other_parent_says_is_a_fact_of_the_clearance_at_once() {
    on_both_engines(async |portal| {
        let f = Family::new(&portal).await;
        assert_eq!((f.may_come().await, f.unsettled().await), (2, false), "nobody has been asked");
        let case = f.ask("ola").await;
        assert_eq!((f.may_come().await, f.unsettled().await), (1, true));
        assert_eq!(f.ask("kari").await, case, "a child has one open case");
        assert_eq!(f.s.count(INVITED).await, 1);

        let ola = f.s.citizen("ola", Level::High).await;
        let asked = mine(&f.s.ctx, &ola).await.unwrap().remove(0);
        assert_eq!(
            (asked.kind, asked.about.as_str(), asked.applicant.as_str()),
            (Kind::Child, "Ask Fjellvik", "Maja Fjellvik")
        );
        for (code, may_come) in [("talk", 1), ("no", 1), ("yes", 2)] {
            assert_eq!(f.answers(&ola, code).await, Ok(()), "{code}");
            assert_eq!(f.may_come().await, may_come, "{code}");
            // The same words to the one who applied, whatever was said.
            assert_eq!(f.unsettled().await, may_come == 1, "{code}");
        }
        let children = children_of(&f.s.ctx, &f.s.henrik, &f.application).await.unwrap();
        let (_, standing, closed) = children[0].asked.clone().unwrap();
        assert_eq!((standing.code(), closed), ("yes", false));

        f.s.takes_back(&ola, "yes").await.unwrap();
        assert_eq!((f.may_come().await, f.unsettled().await), (1, true));
        assert_eq!(f.s.count(WORRIES).await, 1, "who is not safe is at the duty desk");
        assert_eq!(verify(&f.s.ctx).await.unwrap(), EvidenceVerdict::Whole { words: 4 });
    })
    .await;
}

#[tokio::test]
async fn an_officer_of_the_unit_decides_without_and_nobody_else() {
    on_both_engines(async |portal| {
        let f = Family::new(&portal).await;
        let (s, key): (_, FormKey) = (&f.s, f.s.ctx.chance.public());
        let far = ask_parent(&s.ctx, &s.far, key.as_str(), &f.clearance, &f.form("ola")).await.unwrap();
        assert_eq!(refused(far), "hidden");
        assert!(children_of(&s.ctx, &s.far, &f.application).await.unwrap().is_empty());
        let case = f.ask("ola").await;
        // What belongs to a home is not there for a child, and the other way about.
        assert_eq!(refused(s.change(&case, Change::Over).await), "hidden");
        let home = s.opened().await;
        let reason = || "Har ikke foreldreansvar, barneloven § 34.".to_owned();
        assert_eq!(refused(s.change(&home, Change::Without { reason: reason() }).await), "hidden");
        let empty = s.change(&case, Change::Without { reason: " ".into() }).await;
        assert!(matches!(empty, Err(Undone::Fields(_))), "{empty:?}");

        let wrong = s.desk(&case).await.people[0].public.clone();
        s.change(&case, Change::Removed(wrong)).await.unwrap();
        assert_eq!(f.may_come().await, 1, "a wrong person asked settles nothing");
        s.asked(&case, "kari", "").await.unwrap();
        assert!(matches!(s.asked(&case, "eva", "").await, Err(Undone::Fields(_))), "one other parent");

        s.change(&case, Change::Without { reason: reason() }).await.unwrap();
        assert_eq!((f.may_come().await, f.unsettled().await), (2, false));
        let desk = s.desk(&case).await;
        assert_eq!((desk.without, desk.closed_at.is_some()), (Some(reason()), true));
        let kari = s.citizen("kari", Level::High).await;
        assert_eq!(refused(f.answers(&kari, "no").await), "closed");
    })
    .await;
}

#[tokio::test]
async fn the_question_ends_with_the_clearance() {
    on_both_engines(async |portal| {
        let f = Family::new(&portal).await;
        let case = f.ask("ola").await;
        let ola = f.s.citizen("ola", Level::High).await;
        f.answers(&ola, "yes").await.unwrap();
        for (days, ended) in [(119, 0), (2, 1), (1, 0)] {
            f.s.ctx.clock.set(f.s.ctx.now().plus_days(days));
            assert_eq!(end_with_clearances(&f.s.ctx).await.unwrap(), ended, "{days}");
        }
        assert!(f.s.desk(&case).await.closed_at.is_some());
    })
    .await;
}

#[tokio::test]
async fn no_child_is_granted_while_the_other_parent_is_asked() {
    on_both_engines(async |portal| {
        let f = Family::new(&portal).await;
        let ctx = &f.s.ctx;
        let pending =
            "UPDATE clearance SET outcome = 'pending', measures = '', valid_from = NULL, valid_to = NULL";
        f.visits.run(pending, vec![]).await;
        let consented = "UPDATE application SET state = 'awaiting_decision', answered_on = '2026-09-01', \
            police_outcome = 'no_remark', police_on = '2026-09-01'";
        f.visits.run(consented, vec![]).await;
        f.visits.run("UPDATE person SET identity_checked_at = 1", vec![]).await;
        let granted = domain::visits::clearance::Decided::Granted {
            measures: vec![],
            reason: None,
            valid_to: ctx.now().date().plus_days(300),
        };
        for fact in [Some(OtherParent::Asked), Some(OtherParent::Missing), Some(OtherParent::Given)] {
            let code = fact.map(OtherParent::code);
            f.visits.run("UPDATE clearance SET other_parent = $1 WHERE child = 1", args![code]).await;
            let reason = clearance::LookReason::HandleCase;
            let case = clearance::case(ctx, &f.s.henrik, &f.application, reason).await.unwrap().unwrap();
            let who = [f.clearance.clone()];
            let done =
                clearance::decide(ctx, &f.s.henrik, &f.application, case.version, &who, &granted, Locale::Nb);
            let expected =
                if fact.is_some_and(OtherParent::is_settled) { Ok(()) } else { Err(Undecided::OtherParent) };
            assert_eq!(done.await.unwrap(), expected, "{fact:?}");
        }
    })
    .await;
}
