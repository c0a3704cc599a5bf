use domain::{
    access::{Channel, Role},
    identity::CodeRefusal,
    kernel::{Locale, Reference},
    visits::{
        assisted::{ApplyForm, AskedForm, RegisterForm},
        clearance::forms::{RelationForm, WhomForm},
        handin::{Closed, State, Step},
    },
};

use super::*;
use crate::{
    args,
    ctx::{Citizen, Staff},
    outbox,
    testing::{Portal, on_both_engines},
    visits::{assisted, booking::testing::Stage},
};

const AGNES: &str = "agnes@eksempel.no";

async fn scene(portal: &Portal) -> (Stage, Staff) {
    portal.intake().await;
    let s = Stage::new(&portal.ctx, portal.unit("lyngmo").await).await;
    let henrik = s.staff(Role::CaseOfficer, s.unit.clone()).await;
    (s, henrik)
}

fn asked(purpose: Purpose, to: &str, reference: Option<&Reference>) -> Asked {
    Asked {
        purpose,
        reached: Reached::parse(to, true).unwrap(),
        reference: reference.cloned(),
        network: Some("192.0.2.1".into()),
        locale: Locale::Nb,
    }
}

/// The codes that go out, newest last.
async fn codes(ctx: &Ctx) -> Vec<String> {
    let mut found = vec![];
    for job in outbox::claim(ctx, 50).await.unwrap() {
        if matches!(job.kind.as_str(), CODE_LETTER | CODE_TEXT)
            && let Some(sent) = code_sent(ctx, &job.payload().unwrap()).await.unwrap()
        {
            found.push(sent.code);
        }
        outbox::finish(ctx, &job, Ok(())).await.unwrap();
    }
    found
}

/// A session that a code has opened: its token.
async fn opened(ctx: &Ctx, of: Asked) -> String {
    let token = ask(ctx, &of).await.unwrap().unwrap();
    let code = codes(ctx).await.pop().unwrap();
    open(ctx, of.purpose, &token, &code).await.unwrap().unwrap()
}

fn written(unit: &str) -> HandInForm {
    HandInForm {
        name: "Agnes Lidar".into(),
        birth_day: "4".into(),
        birth_month: "2".into(),
        birth_year: "1961".into(),
        address: "Storgata 1".into(),
        email: AGNES.into(),
        whom: "Even Fjellvik".into(),
        unit: unit.into(),
        relation: "parent".into(),
        read: "yes".into(),
        ..HandInForm::default()
    }
}

/// Hands one in at this unit; what whoever handed it in sees.
async fn handed(ctx: &Ctx, unit: &str) -> Tracked {
    let token = opened(ctx, asked(Purpose::Write, AGNES, None)).await;
    assert!(keep(ctx, &token, &written(unit)).await.unwrap());
    assert_eq!(hand_in(ctx, &token, Locale::Nb).await.unwrap(), Handed::In);
    let session = session(ctx, Purpose::Write, &token).await.unwrap().unwrap();
    tracked(ctx, &session).await.unwrap().unwrap()
}

async fn following(ctx: &Ctx, reference: &Reference) -> Session {
    let token = opened(ctx, asked(Purpose::Track, AGNES, Some(reference))).await;
    session(ctx, Purpose::Track, &token).await.unwrap().unwrap()
}

async fn only(ctx: &Ctx) -> domain::kernel::Public<HandIn> {
    let (public,): (String,) = ctx.db.one("SELECT public_id FROM hand_in", vec![]).await.unwrap();
    domain::kernel::Public::parse(&public).unwrap()
}

async fn count(ctx: &Ctx, sql: &'static str) -> i64 {
    ctx.db.one::<(i64,)>(sql, vec![]).await.unwrap().0
}

const HANDED: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM hand_in";

#[tokio::test]
async fn what_is_handed_in_is_one_and_is_registered_as_the_case_it_becomes() {
    on_both_engines(async |portal| {
        let (s, henrik) = scene(&portal).await;
        let ctx = &s.ctx;
        let seen = handed(ctx, "lyngmo").await;
        assert_eq!(seen.step, Step::Received);
        let public = only(ctx).await;
        let found = one(ctx, &henrik, &public).await.unwrap().unwrap();
        assert_eq!((found.form.name.as_str(), found.state), ("Agnes Lidar", State::Received));
        assert_eq!((found.reached.as_str(), &found.reference), (AGNES, &seen.reference));
        let session = following(ctx, &seen.reference).await;

        let new = agnes(ctx);
        let contact = assisted::register(ctx, &henrik, &new).await.unwrap().unwrap();
        begin(ctx, &henrik, &public, &contact).await.unwrap();
        assert_eq!(tracked(ctx, &session).await.unwrap().unwrap().step, Step::Registering);
        let contact = assisted::contact(ctx, &henrik, &contact).await.unwrap().unwrap();
        assert_eq!(brought(ctx, &contact).await.unwrap().unwrap().reference, seen.reference);

        let form = applies(ctx);
        let filed = assisted::file(ctx, &contact, &form).await.unwrap().unwrap();
        assert_eq!(assisted::file(ctx, &contact, &form).await.unwrap().unwrap(), filed);
        assert!(brought(ctx, &contact).await.unwrap().is_none());
        assert_eq!(tracked(ctx, &session).await.unwrap().unwrap().step, Step::Considered);
        let linked = one(ctx, &henrik, &public).await.unwrap().unwrap();
        assert!(linked.state == State::Linked && linked.case.is_some());
        let (person,): (String,) = ctx.db.one("SELECT person_id FROM hand_in", vec![]).await.unwrap();
        let her = Citizen { person: Id::new(person), ..s.relative("Agnes Lidar").await };
        assert_eq!(super::held(ctx, &her).await.unwrap().len(), 1, "among her data");

        // She takes it back: the case itself.
        assert!(withdraw(ctx, &session).await.unwrap());
        assert_eq!(tracked(ctx, &session).await.unwrap().unwrap().step, Step::Withdrawn);
        assert!(!withdraw(ctx, &session).await.unwrap());
        assert_eq!(
            count(ctx, "SELECT CAST(COUNT(*) AS BIGINT) FROM application WHERE state = 'withdrawn'").await,
            1
        );
    })
    .await;
}

/// Whoever has taken it back is registered by nobody, though the form stands open.
#[tokio::test]
async fn what_was_taken_back_meanwhile_is_not_filed() {
    on_both_engines(async |portal| {
        let (s, henrik) = scene(&portal).await;
        let ctx = &s.ctx;
        let seen = handed(ctx, "lyngmo").await;
        let (public, session) = (only(ctx).await, following(ctx, &seen.reference).await);
        let contact = assisted::register(ctx, &henrik, &agnes(ctx)).await.unwrap().unwrap();
        begin(ctx, &henrik, &public, &contact).await.unwrap();
        let contact = assisted::contact(ctx, &henrik, &contact).await.unwrap().unwrap();
        assert!(withdraw(ctx, &session).await.unwrap());
        let filed = assisted::file(ctx, &contact, &applies(ctx)).await.unwrap();
        assert!(matches!(filed, Err(assisted::Undone::TakenBack)), "{filed:?}");
        assert_eq!(count(ctx, "SELECT CAST(COUNT(*) AS BIGINT) FROM application").await, 0);
    })
    .await;
}

fn agnes(ctx: &Ctx) -> RegisterForm {
    let key: domain::kernel::Public<()> = ctx.chance.public();
    RegisterForm {
        who: WhomForm { name: "Agnes Lidar".into(), number: String::new(), ..born("4", "2", "1961") },
        phone: String::new(),
        asked: AskedForm {
            key: key.to_string(),
            channel: Channel::Paper.code().into(),
            impartial: "yes".into(),
        },
    }
}

fn applies(ctx: &Ctx) -> ApplyForm {
    let key: domain::kernel::Public<()> = ctx.chance.public();
    ApplyForm {
        key: key.to_string(),
        whom: WhomForm { name: "Even Fjellvik".into(), ..born("3", "2", "1990") },
        relation: RelationForm { relation: "parent".into() },
        told: "yes".into(),
        locale: "nb".into(),
        ..ApplyForm::default()
    }
}

fn born(day: &str, month: &str, year: &str) -> WhomForm {
    WhomForm {
        birth_day: day.into(),
        birth_month: month.into(),
        birth_year: year.into(),
        ..WhomForm::default()
    }
}

#[tokio::test]
async fn a_code_opens_once_and_only_what_it_was_asked_for() {
    on_both_engines(async |portal| {
        let (s, _) = scene(&portal).await;
        let ctx = &s.ctx;
        let token = ask(ctx, &asked(Purpose::Write, AGNES, None)).await.unwrap().unwrap();
        let code = codes(ctx).await.pop().unwrap();
        assert_eq!(waits(ctx, Purpose::Write, &token).await.unwrap().unwrap().as_str(), AGNES);
        assert!(session(ctx, Purpose::Write, &token).await.unwrap().is_none(), "no code, no session");
        assert_eq!(open(ctx, Purpose::Track, &token, &code).await.unwrap(), Err(CodeRefusal::Expired));
        let other = ask(ctx, &asked(Purpose::Write, "berit@eksempel.no", None)).await.unwrap().unwrap();
        assert_eq!(open(ctx, Purpose::Write, &other, &code).await.unwrap(), Err(CodeRefusal::Wrong));
        let fresh = open(ctx, Purpose::Write, &token, &code).await.unwrap().unwrap();
        assert_ne!(fresh, token);
        assert!(
            session(ctx, Purpose::Write, &token).await.unwrap().is_none(),
            "the old token is worth nothing"
        );
        assert_eq!(open(ctx, Purpose::Write, &fresh, &code).await.unwrap(), Err(CodeRefusal::Expired));
        // It ends; what was typed too late is found by a new code.
        ctx.clock.set(ctx.now().plus_minutes(61));
        assert!(session(ctx, Purpose::Write, &fresh).await.unwrap().is_none());
        assert!(!keep(ctx, &fresh, &written("lyngmo")).await.unwrap());
        let again = opened(ctx, asked(Purpose::Write, AGNES, None)).await;
        let found = session(ctx, Purpose::Write, &again).await.unwrap().unwrap();
        assert_eq!(found.form().name, "Agnes Lidar");
    })
    .await;
}

#[tokio::test]
async fn t25_no_code_goes_to_a_wrong_pair_nor_too_many_to_one_address_or_network() {
    on_both_engines(async |portal| {
        let (s, _) = scene(&portal).await;
        let ctx = &s.ctx;
        let seen = handed(ctx, "lyngmo").await;
        codes(ctx).await;
        let nobodys = Reference::from_bits(7);
        for (to, reference) in [(AGNES, &nobodys), ("berit@eksempel.no", &seen.reference)] {
            let token = ask(ctx, &asked(Purpose::Track, to, Some(reference))).await.unwrap().unwrap();
            assert!(codes(ctx).await.is_empty(), "{to}");
            assert_eq!(open(ctx, Purpose::Track, &token, "123456").await.unwrap(), Err(CodeRefusal::Wrong));
        }
        // Even the right code of one that was never sent opens nothing.
        let token = ask(ctx, &asked(Purpose::Track, AGNES, Some(&nobodys))).await.unwrap().unwrap();
        let job = outbox::claim(ctx, 50).await.unwrap().pop().unwrap();
        let letter: CodeLetter = job.payload().unwrap();
        let sealed = base64::Engine::decode(&base64::prelude::BASE64_STANDARD, &letter.sealed).unwrap();
        let place = format!("outbox/hand_in_code/{}", letter.session);
        let code = String::from_utf8(ctx.vault.open(&place, &sealed).unwrap().to_vec()).unwrap();
        assert_eq!(open(ctx, Purpose::Track, &token, &code).await.unwrap(), Err(CodeRefusal::Wrong));

        for n in 0..6 {
            assert!(ask(ctx, &asked(Purpose::Write, AGNES, None)).await.unwrap().is_some(), "{n}");
        }
        assert_eq!(codes(ctx).await.len(), 4, "five an hour, and one has gone before");
        s.run("UPDATE rule SET value = '10' WHERE key = 'handin.network_codes'", args![]).await;
        assert!(ask(ctx, &asked(Purpose::Write, "cato@eksempel.no", None)).await.unwrap().is_none());
        ctx.clock.set(ctx.now().plus_minutes(61));
        assert!(ask(ctx, &asked(Purpose::Write, "cato@eksempel.no", None)).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn the_unit_asks_closes_or_links_and_each_once() {
    on_both_engines(async |portal| {
        let (s, henrik) = scene(&portal).await;
        let ctx = &s.ctx;
        let seen = handed(ctx, "lyngmo").await;
        let public = only(ctx).await;
        let session = following(ctx, &seen.reference).await;
        let step = async || tracked(ctx, &session).await.unwrap().unwrap().step;
        assert_eq!(act(ctx, &henrik, &public, Act::Ask).await.unwrap(), Some(Acted::Done));
        assert_eq!(step().await, Step::NeedsYou);
        let nobodys = Act::Link(Reference::from_bits(7));
        assert_eq!(act(ctx, &henrik, &public, nobodys).await.unwrap(), Some(Acted::NoCase));
        let maja = s.relative("Maja Fjellvik").await;
        let (case,): (String,) = ctx
            .db
            .one("SELECT reference FROM application WHERE person_id = $1", args![&maja.person])
            .await
            .unwrap();
        let case = Reference::parse(&case).unwrap();
        assert_eq!(act(ctx, &henrik, &public, Act::Link(case.clone())).await.unwrap(), Some(Acted::Done));
        assert_eq!(step().await, Step::Decided);
        for again in [Act::Ask, Act::Close(Closed::Duplicate)] {
            assert_eq!(act(ctx, &henrik, &public, again).await.unwrap(), Some(Acted::MovedOn));
        }
        assert_eq!(act(ctx, &henrik, &public, Act::Link(case)).await.unwrap(), Some(Acted::NoCase));

        let foreign = s.staff(Role::CaseOfficer, portal.unit("storaasen").await).await;
        let gate = s.staff(Role::GateOfficer, s.unit.clone()).await;
        for staff in [&foreign, &gate] {
            assert_eq!(one(ctx, staff, &public).await.unwrap(), None, "t02");
            assert_eq!(act(ctx, staff, &public, Act::Ask).await.unwrap(), None);
        }
        let looks =
            "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = 'look' AND subject_kind = 'hand_in'";
        let before = count(ctx, looks).await;
        one(ctx, &henrik, &public).await.unwrap().unwrap();
        assert_eq!(count(ctx, looks).await, before + 1);
    })
    .await;
}

#[tokio::test]
async fn whoever_names_no_unit_of_ours_is_taken_in_and_an_address_has_its_share_of_a_day() {
    on_both_engines(async |portal| {
        let (s, henrik) = scene(&portal).await;
        let ctx = &s.ctx;
        handed(ctx, "nowhere").await;
        assert_eq!(one(ctx, &henrik, &only(ctx).await).await.unwrap(), None);
        let taken_in = "SELECT CAST(COUNT(*) AS BIGINT) FROM hand_in h JOIN unit u ON u.id = h.unit_id WHERE u.level = 'intake'";
        assert_eq!(count(ctx, taken_in).await, 1);
        s.run("UPDATE rule SET value = '1' WHERE key = 'handin.a_day'", args![]).await;
        let token = opened(ctx, asked(Purpose::Write, AGNES, None)).await;
        assert_eq!(hand_in(ctx, &token, Locale::Nb).await.unwrap(), Handed::Wrong, "nothing is written");
        keep(ctx, &token, &written("lyngmo")).await.unwrap();
        assert_eq!(hand_in(ctx, &token, Locale::Nb).await.unwrap(), Handed::TooMany);
        assert_eq!(count(ctx, HANDED).await, 1);
        let kept = session(ctx, Purpose::Write, &token).await.unwrap().unwrap();
        assert!(kept.is_begun() && !kept.is_done());
    })
    .await;
}

#[tokio::test]
async fn it_is_erased_with_its_key_after_it_was_closed_and_what_was_begun_after_a_day() {
    on_both_engines(async |portal| {
        let (s, henrik) = scene(&portal).await;
        let ctx = &s.ctx;
        handed(ctx, "lyngmo").await;
        let public = only(ctx).await;
        let kinds = crate::visits::keeping::KINDS;
        let kind = |table: &str| kinds.iter().find(|kind| kind.table == table).unwrap();
        assert_eq!(crate::keeping::erase(ctx, kind("hand_in_session")).await.unwrap(), 0);
        ctx.clock.set(ctx.now().plus_days(200));
        assert_eq!(crate::keeping::erase(ctx, kind("hand_in_session")).await.unwrap(), 1);
        assert_eq!(crate::keeping::erase(ctx, kind("hand_in")).await.unwrap(), 0, "it is open");
        act(ctx, &henrik, &public, Act::Close(Closed::Incomplete)).await.unwrap();
        ctx.clock.set(ctx.now().plus_days(184));
        let keys = "SELECT CAST(COUNT(*) AS BIGINT) FROM subject_key";
        let before = count(ctx, keys).await;
        assert_eq!(crate::keeping::erase(ctx, kind("hand_in")).await.unwrap(), 1);
        assert_eq!((count(ctx, HANDED).await, count(ctx, keys).await), (0, before - 1));
    })
    .await;
}
