use domain::{
    identity::Contact,
    kernel::CivilDate,
    visits::clearance::{
        Answer, Contact as Given, Decided, Needs, PoliceOutcome, Relation, Whom, draft::KnownBy,
    },
};

use super::*;
use crate::{
    ctx::{Citizen, Staff},
    db::{Command, Tx},
    delivery::demo_mails,
    identity::contacts::tests::{contact, post, somebody},
    testing::{Portal, on_both_engines},
};

/// Puts a job into the outbox as a slice would.
struct Put(outbox::Job);

impl Command for Put {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        self.0.save(tx).await
    }
}

/// A second later than whatever was before, so that the order of letters is known.
async fn put<P: serde::Serialize>(ctx: &Ctx, kind: &'static str, payload: &P) {
    ctx.clock.set(ctx.now().plus_seconds(1));
    ctx.db.write(Put(outbox::Job::new(ctx, kind, payload).unwrap())).await.unwrap();
}

fn news(person: &Id<Person>, event: &str) -> clearance::Letter {
    clearance::Letter {
        application: "none".into(),
        person: person.as_str().into(),
        event: event.into(),
        locale: "en".into(),
    }
}

async fn confirmed(ctx: &Ctx, who: &Citizen, details: &Contact) {
    contacts::change(ctx, who, details).await.unwrap().unwrap();
    let (code, _) = post(ctx).await.pop().unwrap();
    contacts::confirm(ctx, who, contacts::Via::Email, &code).await.unwrap().unwrap();
}

async fn outcomes(ctx: &Ctx) -> Vec<(String, Option<String>, i64)> {
    let sql = "SELECT kind, outcome, tries FROM delivery ORDER BY intent_at, outbox_id";
    ctx.db.all(sql, vec![]).await.unwrap()
}

#[tokio::test]
async fn nothing_but_the_code_goes_to_an_address_that_is_not_confirmed() {
    on_both_engines(async |portal| {
        let ctx = &portal.ctx;
        let who = somebody(ctx, "maja").await;
        contacts::change(ctx, &who, &contact("maja@eksempel.no", true)).await.unwrap().unwrap();
        for event in ["decided", "not_processed", "withdrawn"] {
            put(ctx, clearance::LETTER, &news(&who.person, event)).await;
        }
        let sent = post(ctx).await;
        assert_eq!(sent.len(), 1);
        assert!(sent[0].0.len() == 6 && sent[0].0.bytes().all(|b| b.is_ascii_digit()), "the code: {sent:?}");
        let mut left = outcomes(ctx).await;
        left.sort();
        let no_channel = (clearance::LETTER.to_owned(), Some("no_channel".to_owned()), 1);
        assert_eq!(left[1..], vec![no_channel; 3]);
        assert_eq!(outbox::backlog(ctx).await.unwrap(), (0, 0, 0), "all of it is done");
    })
    .await;
}

#[tokio::test]
async fn a_letter_goes_out_in_her_language_and_as_plain_as_she_wants() {
    on_both_engines(async |portal| {
        let ctx = &portal.ctx;
        let who = somebody(ctx, "maja").await;
        confirmed(ctx, &who, &contact("maja@eksempel.no", false)).await;
        put(ctx, clearance::LETTER, &news(&who.person, "decided")).await;
        assert_eq!(post(ctx).await.pop().unwrap().0, "Clearance(Decided) nn false");
        let lately = Citizen { fresh_until: Some(ctx.now().plus_minutes(1)), ..who.clone() };
        contacts::change(ctx, &lately, &contact("maja@eksempel.no", true)).await.unwrap().unwrap();
        put(ctx, clearance::LETTER, &news(&who.person, "withdrawn")).await;
        assert_eq!(post(ctx).await.pop().unwrap().0, "Clearance(Withdrawn) nn true");
        assert_eq!(outcomes(ctx).await.pop().unwrap().1.as_deref(), Some("sent"));
    })
    .await;
}

#[tokio::test]
async fn what_nobody_knows_stands_with_its_problem_and_ends_as_failed() {
    on_both_engines(async |portal| {
        let ctx = &portal.ctx;
        put(ctx, "visits.rocket", &"hei").await;
        put(ctx, clearance::LETTER, &"no letter").await;
        for _ in 0..12 {
            assert_eq!(post(ctx).await.len(), 0);
            ctx.clock.set(ctx.now().plus_seconds(3601));
        }
        assert_eq!(outbox::backlog(ctx).await.unwrap(), (0, 0, 2));
        let sql = "SELECT problem FROM outbox ORDER BY kind DESC";
        let problems: Vec<(String,)> = ctx.db.all(sql, vec![]).await.unwrap();
        assert_eq!(problems, [("unknown_kind".to_owned(),), ("internal".to_owned(),)]);
    })
    .await;
}

#[tokio::test]
async fn a_worker_that_died_after_sending_sends_nothing_again() {
    on_both_engines(async |portal| {
        let ctx = &portal.ctx;
        let who = somebody(ctx, "maja").await;
        contacts::change(ctx, &who, &contact("maja@eksempel.no", false)).await.unwrap().unwrap();
        let mailer = Mailer::new(&ctx.settings).unwrap();
        let words = crate::identity::contacts::tests::Bare;
        let desk = Desk { ctx, mailer: &mailer, words: &words };
        let first = outbox::claim(ctx, 1).await.unwrap().remove(0);
        handle(&desk, &first).await.unwrap();
        // It dies before it can say so; the lease runs out and another takes over.
        ctx.clock.set(ctx.now().plus_seconds(61));
        assert_eq!(post(ctx).await.len(), 1);
        assert_eq!(outcomes(ctx).await, [(contacts::CODE_LETTER.to_owned(), Some("sent".to_owned()), 2)]);
    })
    .await;
}

async fn officer(ctx: &Ctx) -> Staff {
    use crate::identity::{
        arrival::{Arrival, welcome},
        sessions,
    };
    use domain::access::{Area, Level, Role};
    let arrival = Arrival {
        area: Area::Staff,
        issuer: "https://id.example".into(),
        subject: "officer".into(),
        sid: None,
        number: None,
        name: "Henrik Sand".into(),
        birth_date: None,
        level: Level::Substantial,
        fresh_at: None,
        roles: vec![Role::CaseOfficer],
        units: vec!["lyngmo".into()],
        id_token: "hint".into(),
        previous: None,
    };
    let token = welcome(ctx, arrival).await.unwrap();
    sessions::find(ctx, Area::Staff, &token).await.unwrap().unwrap().actor.staff().unwrap().clone()
}

#[tokio::test]
async fn what_found_no_address_goes_when_one_is_confirmed() {
    on_both_engines(async |portal| {
        let ctx = &portal.ctx;
        let who = somebody(ctx, "maja").await;
        for event in ["decided", "withdrawn"] {
            put(ctx, clearance::LETTER, &news(&who.person, event)).await;
        }
        assert!(post(ctx).await.is_empty());
        confirmed(ctx, &who, &contact("maja@eksempel.no", true)).await;
        let sent: Vec<String> = post(ctx).await.into_iter().map(|(subject, _)| subject).collect();
        assert_eq!(sent.len(), 2, "the code, and the newest of what waited: {sent:?}");
        assert!(sent[1].contains("Withdrawn"), "{sent:?}");
        ctx.clock.set(ctx.now().plus_days(1));
        assert_eq!(post(ctx).await.len(), 2, "once");
    })
    .await;
}

/// An application that has been decided, its letter on the way.
async fn decided(portal: &Portal, who: &Citizen) {
    let ctx = &portal.ctx;
    let unit = portal.unit("lyngmo").await;
    portal.intake().await;
    portal.inmate("Even Fjellvik", "1990-02-03", &unit).await;
    let birth = CivilDate::parse_iso("1990-02-03").unwrap();
    let details = contact("maja@eksempel.no", false);
    let answers = [
        Answer::Whom(Whom { name: "Even Fjellvik".into(), known_by: KnownBy::BirthDate(birth) }),
        Answer::Relation(Relation::Sibling),
        Answer::Contact(Given { email: details.email, phone: details.phone }),
        Answer::Children(vec![]),
        Answer::Needs(Needs::default()),
        Answer::Police,
    ];
    for answer in answers {
        clearance::answer(ctx, who, answer).await.unwrap();
    }
    let public = clearance::submit(ctx, who, Locale::Nb).await.unwrap().unwrap();
    let (staff, day) = (officer(ctx).await, ctx.now().date());
    clearance::inmate_answer(ctx, &staff, &public, 1, true, day).await.unwrap().unwrap();
    let police = PoliceOutcome::NoRemark;
    clearance::police_answer(ctx, &staff, &public, 2, police, day).await.unwrap().unwrap();
    let case =
        clearance::case(ctx, &staff, &public, clearance::LookReason::HandleCase).await.unwrap().unwrap();
    let people: Vec<_> = case.people.iter().map(|p| p.clearance.clone()).collect();
    let refused = Decided::Refused { reason: "Grunn.".into(), milder_considered: "Prøvd.".into() };
    clearance::decide(ctx, &staff, &public, case.version, &people, &refused, Locale::Nb)
        .await
        .unwrap()
        .unwrap();
}

#[tokio::test]
async fn the_days_of_an_appeal_run_from_the_letter() {
    on_both_engines(async |portal| {
        let ctx = &portal.ctx;
        let who = somebody(ctx, "maja").await;
        confirmed(ctx, &who, &contact("maja@eksempel.no", false)).await;
        decided(&portal, &who).await;
        ctx.clock.set(ctx.now().plus_minutes(60 * 24));
        post(ctx).await;
        let sql = "SELECT notice_sent_at, made_at FROM decision";
        let (sent, made): (Option<i64>, i64) = ctx.db.one(sql, vec![]).await.unwrap();
        assert_eq!(sent, Some(ctx.now().micros()));
        assert!(made < ctx.now().micros());
        let newest = demo_mails(ctx).await.unwrap().remove(0);
        assert_eq!((newest.to.as_str(), newest.kind.as_str()), ("maja@eksempel.no", clearance::LETTER));
    })
    .await;
}

#[tokio::test]
async fn a_reminder_goes_to_the_mailbox_of_the_unit() {
    on_both_engines(async |portal| {
        let (ctx, unit) = (&portal.ctx, portal.unit("lyngmo").await);
        put(ctx, clearance::REMINDER, &clearance::Reminder { unit: unit.as_str().into() }).await;
        post(ctx).await;
        let sent: Vec<String> = demo_mails(ctx).await.unwrap().into_iter().map(|mail| mail.to).collect();
        let (own,): (String,) = ctx.db.one(UNIT_EMAIL, args![&unit]).await.unwrap();
        assert_eq!(sent, [own]);
        assert_eq!(outcomes(ctx).await, [(clearance::REMINDER.to_owned(), Some("sent".to_owned()), 1)]);
    })
    .await;
}
