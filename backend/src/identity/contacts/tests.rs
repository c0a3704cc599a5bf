use domain::{
    access::{Area, Level},
    identity::{CodeRefusal, Contact, ContactForm, MOST_TRIES},
};

use super::*;
use crate::{
    ctx::Citizen,
    db::{Command, Tx},
    delivery::{Mailer, Written, demo_mail, demo_mails},
    identity::{
        arrival::{Arrival, welcome},
        sessions,
    },
    testing::{number_of, on_both_engines},
    wiring::{Letter, Reader, Words, work_once},
};

/// Somebody who has just signed in.
pub(crate) async fn somebody(ctx: &Ctx, subject: &str) -> Citizen {
    let arrival = Arrival {
        area: Area::Citizen,
        issuer: "https://id.example".into(),
        subject: subject.into(),
        sid: None,
        number: Some(number_of(subject)),
        name: "Maja Fjellvik".into(),
        birth_date: None,
        level: Level::Substantial,
        fresh_at: None,
        roles: vec![],
        units: vec![],
        id_token: "hint".into(),
        previous: None,
    };
    let token = welcome(ctx, arrival).await.unwrap();
    sessions::find(ctx, Area::Citizen, &token).await.unwrap().unwrap().actor.citizen().unwrap().clone()
}

pub(crate) fn contact(email: &str, plain: bool) -> Contact {
    let form = ContactForm {
        email: email.into(),
        phone: "412 34 567".into(),
        letters_in: "nn".into(),
        plain: if plain { "yes" } else { "" }.into(),
        remind: "both".into(),
        by_text: String::new(),
    };
    form.parse().unwrap()
}

/// A letter that is nothing but what it is about.
pub(crate) struct Bare;

impl Words for Bare {
    fn write(&self, reader: &Reader, letter: &Letter) -> Written {
        let subject = match letter {
            Letter::Code { code, .. } | Letter::TextCode { code, .. } => code.clone(),
            other => format!("{other:?} {} {}", reader.locale.code(), reader.plain),
        };
        Written { text: subject.clone(), subject, attachments: vec![] }
    }
}

/// Works until nothing is due; gives subjects and addresses of everything in the box, oldest first.
pub(crate) async fn post(ctx: &Ctx) -> Vec<(String, String)> {
    let mailer = Mailer::new(&ctx.settings).unwrap();
    while work_once(ctx, &mailer, &Bare).await.unwrap() > 0 {}
    let mails = demo_mails(ctx).await.unwrap();
    mails.into_iter().rev().map(|mail| (mail.subject, mail.to)).collect()
}

async fn last_code(ctx: &Ctx) -> String {
    post(ctx).await.pop().unwrap().0
}

#[tokio::test]
async fn the_code_that_was_sent_opens_the_address_once_and_for_all() {
    on_both_engines(async |portal| {
        let ctx = &portal.ctx;
        let who = somebody(ctx, "maja").await;
        assert!(load(ctx, &who.person).await.unwrap().email.is_none());
        let changed = change(ctx, &who, &contact("maja@eksempel.no", true)).await.unwrap().unwrap();
        assert_eq!(changed, Changed { email: true, phone: true, number_waits: false });
        let known = load(ctx, &who.person).await.unwrap();
        assert!(known.awaits_code() && known.confirmed_email().is_none() && known.plain_words);
        assert_eq!(known.locale, Some(Locale::Nn));
        assert_eq!(known.phone.unwrap().as_str(), "+4741234567");

        let code = last_code(ctx).await;
        let wrong = if code == "000000" { "000001" } else { "000000" };
        assert_eq!(confirm(ctx, &who, Via::Email, wrong).await.unwrap(), Err(CodeRefusal::Wrong));
        let other = somebody(ctx, "other").await;
        assert_eq!(
            confirm(ctx, &other, Via::Email, &code).await.unwrap(),
            Err(CodeRefusal::Expired),
            "not hers"
        );
        assert_eq!(confirm(ctx, &who, Via::Email, &code).await.unwrap(), Ok(()));
        assert_eq!(confirm(ctx, &who, Via::Email, &code).await.unwrap(), Ok(()), "a second click");
        let known = load(ctx, &who.person).await.unwrap();
        assert_eq!(known.confirmed_email().unwrap().as_str(), "maja@eksempel.no");

        let again = change(ctx, &who, &contact("maja@eksempel.no", false)).await.unwrap().unwrap();
        assert_eq!(again, Changed::default());
        let known = load(ctx, &who.person).await.unwrap();
        assert!(known.confirmed_email().is_some() && !known.plain_words, "what is not new stays as it was");
        assert_eq!(post(ctx).await.len(), 1, "no second code");
    })
    .await;
}

#[tokio::test]
async fn a_code_gets_old_and_wears_out() {
    on_both_engines(async |portal| {
        let ctx = &portal.ctx;
        let who = somebody(ctx, "maja").await;
        change(ctx, &who, &contact("maja@eksempel.no", false)).await.unwrap().unwrap();
        let code = last_code(ctx).await;
        let wrong = if code == "000000" { "000001" } else { "000000" };
        for _ in 1..MOST_TRIES {
            assert_eq!(confirm(ctx, &who, Via::Email, wrong).await.unwrap(), Err(CodeRefusal::Wrong));
        }
        for given in [wrong, &code] {
            assert_eq!(confirm(ctx, &who, Via::Email, given).await.unwrap(), Err(CodeRefusal::TooManyTries));
        }
        assert_eq!(resend(ctx, &who, Via::Email).await.unwrap(), Ok(()));
        let code = last_code(ctx).await;
        ctx.clock.set(ctx.now().plus_minutes(domain::identity::CODE_MINUTES));
        assert_eq!(confirm(ctx, &who, Via::Email, &code).await.unwrap(), Err(CodeRefusal::Expired));
        assert_eq!(resend(ctx, &who, Via::Email).await.unwrap(), Ok(()));
        assert_eq!(confirm(ctx, &who, Via::Email, &last_code(ctx).await).await.unwrap(), Ok(()));
        assert_eq!(resend(ctx, &who, Via::Email).await.unwrap(), Ok(()), "nothing to send");
        assert_eq!(post(ctx).await.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_changed_address_is_closed_and_the_letter_before_goes_nowhere() {
    on_both_engines(async |portal| {
        let ctx = &portal.ctx;
        let who = somebody(ctx, "maja").await;
        change(ctx, &who, &contact("first@eksempel.no", false)).await.unwrap().unwrap();
        change(ctx, &who, &contact("second@eksempel.no", false)).await.unwrap().unwrap();
        let post_now = post(ctx).await;
        assert_eq!(post_now.len(), 1, "{post_now:?}");
        assert_eq!(post_now[0].1, "second@eksempel.no");
        assert_eq!(confirm(ctx, &who, Via::Email, &post_now[0].0).await.unwrap(), Ok(()));
        let lately = Citizen { fresh_until: Some(ctx.now().plus_minutes(1)), ..who.clone() };
        change(ctx, &lately, &contact("third@eksempel.no", false)).await.unwrap().unwrap();
        let known = load(ctx, &who.person).await.unwrap();
        assert!(known.awaits_code());
        assert_eq!(
            confirm(ctx, &who, Via::Email, &post_now[0].0).await.unwrap(),
            Err(CodeRefusal::Wrong),
            "the old code"
        );
    })
    .await;
}

#[tokio::test]
async fn nobodys_inbox_is_flooded_by_changing_to_and_fro() {
    on_both_engines(async |portal| {
        let ctx = &portal.ctx;
        let who = somebody(ctx, "maja").await;
        for n in 0..9 {
            change(ctx, &who, &contact(&format!("victim{n}@eksempel.no"), false)).await.unwrap().unwrap();
            post(ctx).await;
        }
        assert_eq!(post(ctx).await.len(), 5, "so many codes within the hour");
        assert_eq!(resend(ctx, &who, Via::Email).await.unwrap(), Err(CodeRefusal::TooManyCodes));
        assert_eq!(
            confirm(ctx, &who, Via::Email, "000000").await.unwrap(),
            Err(CodeRefusal::Expired),
            "no code waits"
        );
        ctx.clock.set(ctx.now().plus_minutes(60));
        assert_eq!(resend(ctx, &who, Via::Email).await.unwrap(), Ok(()));
        let newest = post(ctx).await.pop().unwrap();
        assert_eq!(newest.1, "victim8@eksempel.no");
        assert_eq!(confirm(ctx, &who, Via::Email, &newest.0).await.unwrap(), Ok(()));
    })
    .await;
}

struct Save(Prepared);

impl Command for Save {
    type Out = Changed;

    async fn run(&self, tx: &mut Tx) -> Result<Changed> {
        Ok(self.0.save(tx).await?.unwrap())
    }
}

#[tokio::test]
async fn a_confirmed_address_is_not_changed_by_an_open_session_alone() {
    on_both_engines(async |portal| {
        let ctx = &portal.ctx;
        let who = somebody(ctx, "maja").await;
        change(ctx, &who, &contact("maja@eksempel.no", false)).await.unwrap().unwrap();
        let code = post(ctx).await.pop().unwrap().0;
        confirm(ctx, &who, Via::Email, &code).await.unwrap().unwrap();
        let new = contact("ny@eksempel.no", false);
        assert_eq!(change(ctx, &who, &new).await.unwrap(), Err(Unproved));
        assert_eq!(may_change(ctx, &who, &new.email, &new.phone).await.unwrap(), Err(Unproved));
        let known = load(ctx, &who.person).await.unwrap();
        assert_eq!(known.confirmed_email().map(|e| e.as_str()), Some("maja@eksempel.no"));
        let plain = contact("maja@eksempel.no", true);
        assert_eq!(change(ctx, &who, &plain).await.unwrap(), Err(Unproved), "nor turned plain");
        let lately = Citizen { fresh_until: Some(ctx.now().plus_minutes(1)), ..who.clone() };
        assert!(change(ctx, &lately, &new).await.unwrap().unwrap().email);
        let other = contact("annen@eksempel.no", false);
        assert_eq!(
            change(ctx, &who, &other).await.unwrap(),
            Err(Unproved),
            "while the new one waits for its code"
        );
        assert!(change(ctx, &lately, &contact("ny@eksempel.no", true)).await.unwrap().is_ok());
        let long_ago = Citizen { fresh_until: Some(ctx.now()), ..who };
        assert!(!long_ago.has_proved_herself(Level::Low, ctx.now()), "its last moment is over");
    })
    .await;
}

#[tokio::test]
async fn the_language_of_an_application_is_taken_once() {
    on_both_engines(async |portal| {
        let ctx = &portal.ctx;
        let who = somebody(ctx, "maja").await;
        let details = contact("maja@eksempel.no", false);
        for (said, then) in [(Locale::En, Locale::En), (Locale::Se, Locale::En)] {
            let prepared = prepare(ctx, &who, &details.email, &details.phone).await.unwrap();
            ctx.db.write(Save(prepared.in_language(said))).await.unwrap();
            assert_eq!(load(ctx, &who.person).await.unwrap().locale, Some(then));
        }
        let (stored,): (i64,) = ctx.db.one(LEAKS, vec![]).await.unwrap();
        assert_eq!(stored, 0, "neither address nor code lies readable in the outbox");
    })
    .await;
}

const LEAKS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE payload LIKE '%eksempel%'";

/// What the newest in the box says, and where it went.
async fn newest(ctx: &Ctx) -> (String, String) {
    post(ctx).await;
    let head = demo_mails(ctx).await.unwrap().remove(0);
    let mail = demo_mail(ctx, &head.public).await.unwrap().unwrap();
    (mail.text, head.to)
}

/// The same details, with or without a wish for texts.
fn texts(phone: &str, wanted: bool) -> Contact {
    Contact { phone: Phone::parse(phone).unwrap(), by_text: wanted, ..contact("maja@eksempel.no", false) }
}

#[tokio::test]
async fn a_number_counts_once_the_code_that_was_sent_there_has_come_back() {
    on_both_engines(async |portal| {
        let ctx = &portal.ctx;
        let who = somebody(ctx, "maja").await;
        assert!(!change(ctx, &who, &texts("41234567", false)).await.unwrap().unwrap().number_waits);
        let mail_code = last_code(ctx).await;
        ctx.clock.set(ctx.now().plus_minutes(1));
        let wanted = texts("41234567", true);
        assert!(change(ctx, &who, &wanted).await.unwrap().unwrap().number_waits);
        assert!(load(ctx, &who.person).await.unwrap().number_awaits_code());
        let (code, to) = newest(ctx).await;
        assert_eq!(to, "+4741234567");
        let told = confirm(ctx, &who, Via::Phone, &mail_code).await.unwrap();
        assert_eq!(told, Err(CodeRefusal::Wrong), "the letter's code is none for the number");
        let told = confirm(ctx, &who, Via::Email, &code).await.unwrap();
        assert_eq!(told, Err(CodeRefusal::Wrong), "nor the other way");
        let sent = post(ctx).await.len();
        assert!(change(ctx, &who, &wanted).await.unwrap().unwrap().number_waits);
        assert_eq!(post(ctx).await.len(), sent, "one code waits already: no second");
        assert_eq!(confirm(ctx, &who, Via::Phone, &code).await.unwrap(), Ok(()));
        let known = load(ctx, &who.person).await.unwrap();
        assert_eq!(known.confirmed_number().map(Phone::as_str), Some("+4741234567"));
        assert!(known.email.is_some_and(|email| !email.confirmed), "the address is another matter");
        change(ctx, &who, &texts("41234567", false)).await.unwrap().unwrap();
        assert!(
            load(ctx, &who.person).await.unwrap().confirmed_number().is_none(),
            "she wants none any more"
        );
        assert!(
            !change(ctx, &who, &wanted).await.unwrap().unwrap().number_waits,
            "her number is confirmed still"
        );
        assert!(load(ctx, &who.person).await.unwrap().confirmed_number().is_some());
        assert!(!change(ctx, &who, &wanted).await.unwrap().unwrap().number_waits, "nothing new, no code");
        assert_eq!(post(ctx).await.len(), sent);

        let moved = change(ctx, &who, &texts("41234568", true)).await.unwrap().unwrap();
        assert_eq!(moved, Changed { email: false, phone: true, number_waits: true });
        assert!(load(ctx, &who.person).await.unwrap().confirmed_number().is_none(), "another number");
        let told = confirm(ctx, &who, Via::Phone, &code).await.unwrap();
        assert_eq!(told, Err(CodeRefusal::Wrong), "what was sent to the old one opens nothing");
    })
    .await;
}

#[tokio::test]
async fn codes_by_text_are_few_and_turn_nobodys_number() {
    on_both_engines(async |portal| {
        let ctx = &portal.ctx;
        let who = somebody(ctx, "maja").await;
        change(ctx, &who, &texts("41234567", true)).await.unwrap().unwrap();
        let more = async || resend(ctx, &who, Via::Phone).await.unwrap();
        for _ in 0..4 {
            assert_eq!(more().await, Ok(()));
        }
        assert_eq!(more().await, Err(CodeRefusal::TooManyCodes));
        // Whoever finds her session open cannot lead her texts elsewhere once her address is confirmed.
        let code = post(ctx).await.into_iter().find(|(_, to)| to.contains('@')).unwrap().0;
        assert_eq!(confirm(ctx, &who, Via::Email, &code).await.unwrap(), Ok(()));
        ctx.clock.set(ctx.now().plus_minutes(60 * 24));
        assert_eq!(change(ctx, &who, &texts("41234568", true)).await.unwrap(), Err(Unproved));
    })
    .await;
}
