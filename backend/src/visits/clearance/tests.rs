mod carrying;
mod ending;
mod review;

use domain::{
    access::{Area, Level, Role},
    kernel::{CivilDate, EmailAddress, Locale, Phone, Public},
    visits::clearance::{
        Answer, Child, Contact, Decided, Needs, PoliceOutcome, Refusal, Relation, Step, Whom, draft::KnownBy,
    },
};

use super::*;
use crate::{
    args,
    ctx::{Actor, Citizen, Ctx, Staff},
    decision::Outcome,
    identity::{
        arrival::{Arrival, welcome},
        sessions,
    },
    testing::{Portal, Raw, number_of, on_both_engines},
};

fn day(text: &str) -> CivilDate {
    CivilDate::parse_iso(text).unwrap()
}

fn whom() -> Answer {
    Answer::Whom(Whom { name: "Even  FJELLVIK".into(), known_by: KnownBy::BirthDate(day("1990-02-03")) })
}

fn answers() -> [Answer; 6] {
    [
        whom(),
        Answer::Relation(Relation::Sibling),
        Answer::Contact(Contact {
            email: EmailAddress::parse("maja@eksempel.no").unwrap(),
            phone: Phone::parse("41234567").unwrap(),
        }),
        Answer::Children(vec![Child { name: "Ask Fjellvik".into(), birth_date: day("2020-05-11") }]),
        Answer::Needs(Needs::default()),
        Answer::Police,
    ]
}

async fn signed_in(ctx: &Ctx, area: Area, subject: &str, units: &[&str]) -> Actor {
    let arrival = Arrival {
        area,
        issuer: "https://id.example".into(),
        subject: subject.into(),
        sid: None,
        number: (area == Area::Citizen).then(|| number_of(subject)),
        name: "Maja Fjellvik".into(),
        birth_date: None,
        level: Level::Substantial,
        fresh_at: None,
        roles: if area == Area::Staff { vec![Role::CaseOfficer] } else { vec![] },
        units: units.iter().map(|u| (*u).to_owned()).collect(),
        id_token: "hint".into(),
        previous: None,
    };
    let token = welcome(ctx, arrival).await.unwrap();
    sessions::find(ctx, area, &token).await.unwrap().unwrap().actor
}

async fn citizen(ctx: &Ctx, subject: &str) -> Citizen {
    signed_in(ctx, Area::Citizen, subject, &[]).await.citizen().unwrap().clone()
}

async fn officer(ctx: &Ctx, unit: &str) -> Staff {
    signed_in(ctx, Area::Staff, unit, &[unit]).await.staff().unwrap().clone()
}

/// A unit with one inmate, the intake, and a relative whose draft is complete.
async fn ready(portal: &Portal) -> (Citizen, Staff) {
    let unit = portal.unit("lyngmo").await;
    portal.intake().await;
    portal.inmate("Even Fjellvik", "1990-02-03", &unit).await;
    let who = citizen(&portal.ctx, "maja").await;
    for given in answers() {
        answer(&portal.ctx, &who, given).await.unwrap();
    }
    (who, officer(&portal.ctx, "lyngmo").await)
}

async fn submitted(ctx: &Ctx, who: &Citizen) -> Public<Application> {
    submit(ctx, who, Locale::Nb).await.unwrap().unwrap()
}

async fn seen(ctx: &Ctx, staff: &Staff, public: &Public<Application>) -> Case {
    case(ctx, staff, public, LookReason::HandleCase).await.unwrap().unwrap()
}

#[tokio::test]
async fn the_draft_survives_and_grows_old() {
    on_both_engines(async |portal| {
        let (who, _) = ready(&portal).await;
        assert_eq!(draft(&portal.ctx, &who).await.unwrap().next(), None);
        portal.ctx.clock.set(portal.ctx.now().plus_days(27));
        remove_child(&portal.ctx, &who, 7).await.unwrap();
        portal.ctx.clock.set(portal.ctx.now().plus_days(27));
        assert_eq!(
            draft(&portal.ctx, &who).await.unwrap().next(),
            None,
            "each answer starts the 28 days anew"
        );
        portal.ctx.clock.set(portal.ctx.now().plus_days(2));
        assert_eq!(draft(&portal.ctx, &who).await.unwrap().next(), Some(Step::Whom));
        assert_eq!(submit(&portal.ctx, &who, Locale::Nb).await.unwrap(), Err(Unfiled::Waits(Step::Whom)));
    })
    .await;
}

#[tokio::test]
async fn from_application_to_a_clearance_for_each() {
    on_both_engines(async |portal| {
        let (who, staff) = ready(&portal).await;
        let ctx = &portal.ctx;
        let public = submitted(ctx, &who).await;
        assert_eq!(submitted(ctx, &who).await, public, "a double click");
        assert_eq!(desk(ctx, &staff).await.unwrap().inmate.len(), 1);
        let v = seen(ctx, &staff, &public).await.version;
        inmate_answer(ctx, &staff, &public, v, true, day("2026-09-03")).await.unwrap().unwrap();
        let v = seen(ctx, &staff, &public).await.version;
        police_answer(ctx, &staff, &public, v, PoliceOutcome::NoRemark, day("2026-09-08"))
            .await
            .unwrap()
            .unwrap();
        let open = seen(ctx, &staff, &public).await;
        assert_eq!(desk(ctx, &staff).await.unwrap().your_turn.len(), 1);
        let (adult, child) = (open.people[0].clearance.clone(), open.people[1].clearance.clone());
        let yes = Decided::Granted { measures: vec![], reason: None, valid_to: day("2027-09-01") };
        decide(ctx, &staff, &public, open.version, &[adult], &yes, Locale::Nb).await.unwrap().unwrap();
        assert_eq!(tracked(ctx, &who, &public).await.unwrap().unwrap().stage, Stage::AwaitingDecision);
        let no =
            Decided::Refused { milder_considered: "Påsyn er ikke nok.".into(), reason: "Grunn.".into() };
        let v = seen(ctx, &staff, &public).await.version;
        decide(ctx, &staff, &public, v, &[child], &no, Locale::Nn).await.unwrap().unwrap();
        let told = tracked(ctx, &who, &public).await.unwrap().unwrap();
        assert_eq!(told.stage, Stage::Decided);
        let outcomes: Vec<_> = told.people.iter().map(|p| p.decision.as_ref().unwrap().outcome).collect();
        assert_eq!(outcomes, [Outcome::Granted, Outcome::Refused]);
        assert_eq!(told.people[1].decision.as_ref().unwrap().appeal_by, None, "no notice, no last day");
        let opened = super::open(ctx, &who, &public).await.unwrap().unwrap();
        let by = Some(ctx.now().date().plus_days(7));
        assert_eq!(opened.people[1].decision.as_ref().unwrap().appeal_by, by, "she has read it now");
        ctx.clock.set(ctx.now().plus_days(1));
        let later = super::open(ctx, &who, &public).await.unwrap().unwrap();
        assert_eq!(later.people[1].decision.as_ref().unwrap().appeal_by, by, "the first time counts");
        ctx.clock.set(ctx.now().plus_days(-1));
        ctx.db.write(Raw("UPDATE decision SET opened_at = NULL")).await.unwrap();
        ctx.clock.set(ctx.now().plus_days(2));
        let (sent, made) = (ctx.now(), "UPDATE decision SET notice_sent_at = made_at + 172800000000");
        ctx.db.write(Raw(made)).await.unwrap();
        let told = tracked(ctx, &who, &public).await.unwrap().unwrap();
        let last = told.people.iter().map(|p| p.decision.as_ref().unwrap().appeal_by).collect::<Vec<_>>();
        assert_eq!(last, [None, Some(sent.date().plus_days(7))], "none for a plain yes");
        assert_eq!(told.looks.len(), 4, "each look is told");
        assert!(mine(ctx, &who).await.unwrap()[0].granted);
    })
    .await;
}

#[tokio::test]
async fn before_consent_no_and_nobody_look_alike_to_the_fixed_day() {
    on_both_engines(async |portal| {
        let (who, staff) = ready(&portal).await;
        let ctx = &portal.ctx;
        let declined = submitted(ctx, &who).await;
        let v = seen(ctx, &staff, &declined).await.version;
        inmate_answer(ctx, &staff, &declined, v, false, day("2026-09-03")).await.unwrap().unwrap();
        let other = citizen(ctx, "eirik").await;
        for given in answers() {
            answer(ctx, &other, given).await.unwrap();
        }
        let stranger = Whom { name: "Ingen Her".into(), known_by: KnownBy::BirthDate(day("1970-01-01")) };
        answer(ctx, &other, Answer::Whom(stranger)).await.unwrap();
        let unmatched = submitted(ctx, &other).await;
        for days in [0, 29, 13] {
            ctx.clock.set(ctx.now().plus_days(days));
            close_due(ctx).await.unwrap();
            let a = tracked(ctx, &who, &declined).await.unwrap().unwrap();
            let b = tracked(ctx, &other, &unmatched).await.unwrap().unwrap();
            assert_eq!((a.stage, a.since, a.late, a.answer_by), (b.stage, b.since, b.late, b.answer_by));
            assert_eq!((a.consented_on, a.looks.len()), (None, 0));
        }
        let closed = tracked(ctx, &who, &declined).await.unwrap().unwrap();
        assert_eq!(
            (closed.stage, closed.closed),
            (Stage::NotProcessed, Some(ClosedAppeal { days: 7, by: None }))
        );
        let by = Some(ctx.now().date().plus_days(7));
        for (who, public) in [(&who, &declined), (&other, &unmatched)] {
            let read = open(ctx, who, public).await.unwrap().unwrap();
            assert_eq!(read.closed, Some(ClosedAppeal { days: 7, by }), "the days run from the reading");
        }
        assert_eq!(close_due(ctx).await.unwrap(), 0);
        // Taken back after a no: neither its day nor the looks at it tell that there was one.
        for given in answers() {
            answer(ctx, &who, given).await.unwrap();
        }
        ctx.clock.set(ctx.now().plus_days(1));
        let again = submitted(ctx, &who).await;
        let v = seen(ctx, &staff, &again).await.version;
        inmate_answer(ctx, &staff, &again, v, false, ctx.now().date()).await.unwrap().unwrap();
        withdraw(ctx, &who, &again).await.unwrap().unwrap();
        let told = tracked(ctx, &who, &again).await.unwrap().unwrap();
        assert_eq!((told.stage, told.consented_on, told.looks.len()), (Stage::Withdrawn, None, 0));
    })
    .await;
}

#[tokio::test]
async fn what_waits_too_long_is_reminded_of_by_itself() {
    on_both_engines(async |portal| {
        let (who, staff) = ready(&portal).await;
        let ctx = &portal.ctx;
        let public = submitted(ctx, &who).await;
        let reminders = async || {
            let sql = "SELECT payload FROM outbox WHERE kind = $1";
            ctx.db.all::<(String,)>(sql, args![REMINDER]).await.unwrap().len()
        };
        // Day 6 of the inmate's seven, day 7, the same day again, day 14; then the police, who have fourteen.
        for (days, of_cases, letters) in [(6, 0, 0), (1, 1, 1), (0, 0, 1), (7, 1, 2)] {
            ctx.clock.set(ctx.now().plus_days(days));
            assert_eq!((remind_due(ctx).await.unwrap(), reminders().await), (of_cases, letters), "{days}");
        }
        let case = seen(ctx, &staff, &public).await;
        assert_eq!(case.history.iter().filter(|e| e.action == "reminded").count(), 2);
        let on = ctx.now().date();
        inmate_answer(ctx, &staff, &public, case.version, true, on).await.unwrap().unwrap();
        for (days, of_cases) in [(13, 0), (1, 1), (1, 0)] {
            ctx.clock.set(ctx.now().plus_days(days));
            assert_eq!(remind_due(ctx).await.unwrap(), of_cases, "{days}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_second_of_two_officers_is_told_and_overwrites_nothing() {
    on_both_engines(async |portal| {
        let (who, staff) = ready(&portal).await;
        let ctx = &portal.ctx;
        let public = submitted(ctx, &who).await;
        let v = seen(ctx, &staff, &public).await.version;
        inmate_answer(ctx, &staff, &public, v, true, day("2026-09-03")).await.unwrap().unwrap();
        let second = inmate_answer(ctx, &staff, &public, v, false, day("2026-09-03")).await.unwrap();
        assert_eq!(second, Err(Refusal::Stale));
        let v = seen(ctx, &staff, &public).await.version;
        let again = inmate_answer(ctx, &staff, &public, v, false, day("2026-09-03")).await.unwrap();
        assert_eq!(again, Err(Refusal::MovedOn));
        withdraw(ctx, &who, &public).await.unwrap().unwrap();
        assert_eq!(withdraw(ctx, &who, &public).await.unwrap(), Err(Refusal::MovedOn));
    })
    .await;
}

#[tokio::test]
async fn t01_nobody_else_finds_the_case() {
    on_both_engines(async |portal| {
        let (who, _) = ready(&portal).await;
        let ctx = &portal.ctx;
        portal.unit("storaasen").await;
        let public = submitted(ctx, &who).await;
        let (stranger, elsewhere) = (citizen(ctx, "eirik").await, officer(ctx, "storaasen").await);
        assert!(tracked(ctx, &stranger, &public).await.unwrap().is_none());
        assert_eq!(withdraw(ctx, &stranger, &public).await.unwrap(), Err(Refusal::Hidden));
        assert!(case(ctx, &elsewhere, &public, LookReason::HandleCase).await.unwrap().is_none());
        let tried = inmate_answer(ctx, &elsewhere, &public, 1, true, day("2026-09-03")).await.unwrap();
        assert_eq!(tried, Err(Refusal::Hidden));
        assert!(search(ctx, &elsewhere, "fjellvik", LookReason::HandleCase).await.unwrap().is_empty());
        let list = desk(ctx, &elsewhere).await.unwrap();
        assert!(list.inmate.is_empty() && list.unmatched.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_matches_nobody_is_matched_by_the_intake() {
    on_both_engines(async |portal| {
        let (who, staff) = ready(&portal).await;
        let ctx = &portal.ctx;
        let typed = Whom { name: "Evn Fjellvik".into(), known_by: KnownBy::BirthDate(day("1990-02-03")) };
        answer(ctx, &who, Answer::Whom(typed)).await.unwrap();
        let public = submitted(ctx, &who).await;
        assert!(desk(ctx, &staff).await.unwrap().inmate.is_empty());
        let intake = officer(ctx, "intake").await;
        let row = desk(ctx, &intake).await.unwrap().unmatched.remove(0);
        let found = find_inmates(ctx, &intake, "fjellvik", None).await.unwrap();
        assert!(find_inmates(ctx, &staff, "fjellvik", None).await.unwrap().is_empty(), "the intake alone");
        match_inmate(ctx, &intake, &row.public, row.version, &found[0].public).await.unwrap().unwrap();
        assert_eq!(desk(ctx, &staff).await.unwrap().inmate[0].public, public);
        for text in ["even", "Maja", &row.reference.to_string()] {
            assert_eq!(
                search(ctx, &staff, text, LookReason::AnswerQuestion).await.unwrap().len(),
                1,
                "{text}"
            );
        }
    })
    .await;
}
