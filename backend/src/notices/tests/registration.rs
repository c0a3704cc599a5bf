use domain::{custody::Wire, identity::CodeRefusal, kernel::Public};

use super::stage::{HOUR, Stage};
use crate::{
    ctx::{Actor, Ctx},
    custody::feed::register::{InmateWire, put_inmate},
    identity::contacts,
    notices::{
        TaskKind, calendar,
        channels::{self, Refusal, Stopped},
        desk,
        ladder::{
            ChannelKind::{Email, Sms},
            Said,
        },
        mine::{self, Standing},
        registering::{self, CaseForm, PersonForm},
        wish,
    },
    testing::{Portal, number_of, on_both_engines},
};

#[tokio::test]
async fn asking_is_answered_alike_and_an_officer_finds_it_to_be_so() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let nobody = s.visitor("runa").await;
        assert_eq!(mine::home(&s.ctx, &nobody).await.unwrap().standing, Standing::Nothing);
        let her = s.asks("solveig").await;
        assert_eq!(mine::home(&s.ctx, &her).await.unwrap().standing, Standing::Asked);
        let list = desk::list(&s.ctx, &s.officer).await.unwrap().unwrap();
        let request = Public::parse(&list.requests[0].public_id).unwrap();
        assert!(desk::list(&s.ctx, &s.duty).await.unwrap().is_none(), "not her duty");
        assert!(desk::request(&s.ctx, &s.duty, &request).await.unwrap().is_none());
        let view = desk::request(&s.ctx, &s.officer, &request).await.unwrap().unwrap();
        assert_eq!((view.name.as_str(), view.told.whom.as_str()), ("solveig", "Even Fjellvik"));
        let wrong = CaseForm { inmate: "Odd Berg".into(), ..s.case() };
        let verify = |form: CaseForm| {
            let (ctx, officer, request) = (s.ctx.clone(), s.officer.clone(), request.clone());
            async move { registering::verify(&ctx, &officer, &request, &form).await.unwrap().unwrap() }
        };
        assert_eq!(verify(wrong).await, Err(vec![registering::Refusal::NoInmate]));
        assert!(verify(s.case()).await.is_ok());
        assert_eq!(verify(s.case()).await, Err(vec![registering::Refusal::Settled]));
        assert_eq!(mine::home(&s.ctx, &her).await.unwrap().standing, Standing::Active);
        // What was refused looks the same to her as what waits.
        let other = s.asks("runa").await;
        let list = desk::list(&s.ctx, &s.officer).await.unwrap().unwrap();
        let request = Public::parse(&list.requests[0].public_id).unwrap();
        assert_eq!(registering::refuse(&s.ctx, &s.officer, &request).await.unwrap(), Some(true));
        assert_eq!(mine::home(&s.ctx, &other).await.unwrap().standing, Standing::Asked);
    })
    .await;
}

#[tokio::test]
async fn what_lies_ahead_and_an_escape_that_goes_on_open_at_once() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        s.event(&s.leave(1, 200)).await;
        s.event(&s.escape()).await;
        let past = Wire { decision: "old".into(), kind: "release".into(), ..s.leave(1, -100) };
        s.event(&past).await;
        assert_eq!(s.count(super::ladder::MATTERS).await, 0, "nobody is to be told yet");
        s.asks("solveig").await;
        s.verifies().await;
        assert_eq!(s.questions().await.len(), 2, "the leave and the escape, not what is over");
        assert_eq!(s.duty_tasks().await.len(), 2, "she has no channel yet: both are urgent");
        s.event(&Wire { decision: "caught".into(), kind: "recapture".into(), ..s.leave(1, 0) }).await;
        s.asks("runa").await;
        s.verifies().await;
        assert_eq!(s.questions().await.len(), 3, "he is caught: only the leave");
    })
    .await;
}

#[tokio::test]
async fn the_offender_is_never_told_of_himself() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let wire = InmateWire {
            name: "Odd Berg".into(),
            birth_date: "1991-01-01".into(),
            national_id: Some(number_of("odd").expose().to_owned()),
            unit: "lyngmo".into(),
            since: "2026-08-01T10:00:00+02:00".into(),
        };
        put_inmate(&s.ctx, "koda", "K-2", &wire).await.unwrap();
        s.asks("odd").await;
        let list = desk::list(&s.ctx, &s.officer).await.unwrap().unwrap();
        let request = Public::parse(&list.requests[0].public_id).unwrap();
        let form = CaseForm {
            reference: "26-9".into(),
            inmate: "Odd Berg".into(),
            born: "1991-01-01".into(),
            ..s.case()
        };
        let answer = registering::verify(&s.ctx, &s.officer, &request, &form).await.unwrap().unwrap();
        assert_eq!(answer, Err(vec![registering::Refusal::Himself]));
    })
    .await;
}

#[tokio::test]
async fn a_channel_counts_when_its_code_has_come_back() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let her = s.victim("solveig", &[]).await;
        let stale = s.visitor_at("solveig", domain::access::Level::High, false).await;
        let low = s.visitor_at("solveig", domain::access::Level::Substantial, true).await;
        for who in [&stale, &low] {
            let refused = channels::add(&s.ctx, who, Email, "a@b.no").await.unwrap();
            assert_eq!(refused, Some(Err(Refusal::Prove)));
        }
        assert!(matches!(
            channels::add(&s.ctx, &her, Sms, "12").await.unwrap(),
            Some(Err(Refusal::Address(_)))
        ));
        let public = channels::add(&s.ctx, &her, Sms, "90000001").await.unwrap().unwrap().unwrap();
        assert_eq!(channels::add(&s.ctx, &her, Sms, "900 00 001").await.unwrap(), Some(Err(Refusal::Known)));
        channels::send_waiting(&s.ctx, &s.sink).await.unwrap();
        channels::send_waiting(&s.ctx, &s.sink).await.unwrap();
        let said = s.sink.said.lock().unwrap().clone();
        let [letter] = said.as_slice() else { panic!("one code: {said:?}") };
        let Said::Code { code, .. } = &letter.said else { panic!("a code") };
        let confirm = |code: &str| {
            let (ctx, her, public, code) = (s.ctx.clone(), her.clone(), public.clone(), code.to_owned());
            async move { channels::confirm(&ctx, &her, &public, &code).await.unwrap().unwrap() }
        };
        let wrong = if code == "000000" { "000001" } else { "000000" };
        assert!(confirm(wrong).await.is_err());
        let stranger = s.visitor("runa").await;
        assert!(channels::confirm(&s.ctx, &stranger, &public, code).await.unwrap().is_none());
        assert_eq!(confirm(code).await, Ok(()));
        assert!(confirm(code).await.is_err(), "a code is good once");
        assert!(mine::home(&s.ctx, &her).await.unwrap().channels[0].confirmed);
    })
    .await;
}

/// Somebody who is a relative, with this telephone.
pub async fn reached_at(ctx: &Ctx, name: &str, phone: &str) {
    let who = contacts::tests::somebody(ctx, name).await;
    let mut contact = contacts::tests::contact(&format!("{name}@eksempel.no"), false);
    contact.phone = domain::kernel::Phone::parse(phone).unwrap();
    contacts::change(ctx, &who, &contact).await.unwrap().unwrap();
}

#[tokio::test]
async fn t12_an_address_that_is_another_persons_is_held_without_a_word() {
    on_both_engines(async |portal: Portal| {
        let s = Stage::new(&portal).await;
        // He is a relative of somebody and has this telephone; she has one as a relative herself.
        reached_at(&s.ctx, "eirik", "90000005").await;
        reached_at(&s.ctx, "solveig", "90000006").await;
        let her = s.victim("solveig", &[]).await;
        let own = channels::add(&s.ctx, &her, Sms, "90000006").await.unwrap().unwrap();
        let shared = channels::add(&s.ctx, &her, Sms, "90000005").await.unwrap().unwrap();
        assert!(own.is_ok() && shared.is_ok(), "the same answer");
        channels::send_waiting(&s.ctx, &s.sink).await.unwrap();
        let to: Vec<String> = s.sink.said.lock().unwrap().iter().map(|letter| letter.to.clone()).collect();
        assert_eq!(to, ["+4790000006"], "not one byte to his");
        let list = desk::list(&s.ctx, &s.officer).await.unwrap().unwrap();
        assert_eq!(list.tasks.iter().map(|t| t.kind.as_str()).collect::<Vec<_>>(), ["shared_contact"]);
    })
    .await;
}

#[tokio::test]
async fn t13_everything_off_waits_seven_days_and_an_unsafe_place_gets_nothing() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let her = s.victim("solveig", &[(Email, "hun@eksempel.no"), (Sms, "90000001")]).await;
        let list = mine::home(&s.ctx, &her).await.unwrap().channels;
        let before = s.sink.said.lock().unwrap().len();
        // An old telephone that is not safe: it is quiet at once, without a farewell.
        let stopped = channels::stop(&s.ctx, &her, &list[1].public, true).await.unwrap();
        assert_eq!(stopped, Some(Ok(Stopped::AtOnce)));
        channels::send_waiting(&s.ctx, &s.sink).await.unwrap();
        assert_eq!(s.sink.said.lock().unwrap().len(), before);
        let off = s.now().plus_days(7);
        let stopped = channels::stop(&s.ctx, &her, &list[0].public, false).await.unwrap();
        assert_eq!(stopped, Some(Ok(Stopped::On(off))), "the last one waits");
        let tasks = desk::list(&s.ctx, &s.officer).await.unwrap().unwrap().tasks;
        assert_eq!(tasks.iter().map(|t| t.kind.as_str()).collect::<Vec<_>>(), ["all_off"]);
        s.event(&s.leave(1, 300)).await;
        s.says_yes().await;
        s.works().await;
        assert_eq!(s.sink.neutral().len(), 1, "she is still told");
        s.wait(6 * 24 * HOUR);
        calendar::tend(&s.ctx).await.unwrap();
        assert_eq!(mine::home(&s.ctx, &her).await.unwrap().standing, Standing::Active);
        s.wait(24 * HOUR + 1);
        calendar::tend(&s.ctx).await.unwrap();
        s.works().await;
        assert_eq!(mine::home(&s.ctx, &her).await.unwrap().standing, Standing::Off);
        assert!(s.duty_tasks().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_stopped_channel_gets_one_word_and_a_dead_one_a_task() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let her = s.victim("solveig", &[(Email, "hun@eksempel.no"), (Sms, "90000001")]).await;
        let list = mine::home(&s.ctx, &her).await.unwrap().channels;
        channels::stop(&s.ctx, &her, &list[1].public, false).await.unwrap().unwrap().unwrap();
        channels::send_waiting(&s.ctx, &s.sink).await.unwrap();
        channels::send_waiting(&s.ctx, &s.sink).await.unwrap();
        let said = s.sink.said.lock().unwrap().clone();
        let farewells = said.iter().filter(|letter| matches!(letter.said, Said::Farewell { .. })).count();
        assert_eq!(farewells, 1);
        s.sink.does(super::stage::Does::Refuses);
        s.event(&s.leave(1, 300)).await;
        s.says_yes().await;
        s.works().await;
        assert!(mine::home(&s.ctx, &her).await.unwrap().channels[0].dead);
        let tasks = desk::list(&s.ctx, &s.officer).await.unwrap().unwrap().tasks;
        assert!(tasks.iter().any(|task| task.kind == "bounce"));
        s.works().await;
        assert_eq!(s.duty_tasks().await[0].kind, TaskKind::Call, "nothing is left but the telephone");
    })
    .await;
}

#[tokio::test]
async fn half_a_year_without_confirmation_is_asked_about_once() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        s.victim("solveig", &[(Email, "hun@eksempel.no")]).await;
        s.wait(183 * 24 * HOUR);
        for _ in 0..2 {
            calendar::tend(&s.ctx).await.unwrap();
        }
        let tasks = desk::list(&s.ctx, &s.officer).await.unwrap().unwrap().tasks;
        assert_eq!(tasks.iter().map(|t| t.kind.as_str()).collect::<Vec<_>>(), ["reconfirm"]);
    })
    .await;
}

#[tokio::test]
async fn whoever_has_no_eid_is_registered_by_an_officer_and_rung() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let person = PersonForm {
            name: "Tora Li".into(),
            telephone: "40000009".into(),
            safe_word: "tyttebær".into(),
            wish: "wants".into(),
            ..PersonForm::default()
        };
        let party = registering::register(&s.ctx, &s.officer, &person, &s.case()).await.unwrap().unwrap();
        assert!(party.is_ok());
        let never = PersonForm { name: "Una Li".into(), wish: "never_asked".into(), ..PersonForm::default() };
        registering::register(&s.ctx, &s.officer, &never, &s.case()).await.unwrap().unwrap().unwrap();
        let list = desk::list(&s.ctx, &s.officer).await.unwrap().unwrap();
        assert_eq!(
            list.parties.iter().map(|p| p.wish.as_str()).collect::<Vec<_>>(),
            ["never_asked", "wants"]
        );
        s.event(&s.leave(1, 200)).await;
        assert_eq!(s.questions().await.len(), 1, "only of her who wants to be told");
        s.says_yes().await;
        assert_eq!(s.duty_tasks().await[0].kind, TaskKind::Call, "a yes without a channel is a call at once");
    })
    .await;
}

#[tokio::test]
async fn a_question_of_hers_is_a_task_until_her_officer_has_answered() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let her = s.victim("solveig", &[]).await;
        assert!(matches!(
            mine::write(&s.ctx, &her, " ", false).await.unwrap(),
            Some(Err(mine::Refusal::Words(_)))
        ));
        mine::write(&s.ctx, &her, "", true).await.unwrap().unwrap().unwrap();
        mine::write(&s.ctx, &her, "Hva betyr dette?", false).await.unwrap().unwrap().unwrap();
        let list = desk::list(&s.ctx, &s.officer).await.unwrap().unwrap();
        assert_eq!(list.tasks.iter().map(|t| t.kind.as_str()).collect::<Vec<_>>(), ["question"]);
        let party = Public::parse(&list.tasks[0].party).unwrap();
        desk::write(&s.ctx, &s.officer, &party, "Ring meg.").await.unwrap().unwrap().unwrap();
        assert!(desk::list(&s.ctx, &s.officer).await.unwrap().unwrap().tasks.is_empty());
        let thread = mine::thread(&s.ctx, &her).await.unwrap();
        assert_eq!(thread.iter().map(|m| m.from_her).collect::<Vec<_>>(), [true, true, false]);
        let stranger = s.visitor("runa").await;
        assert!(mine::thread(&s.ctx, &stranger).await.unwrap().is_empty());
        assert!(wish::want(&s.ctx, &stranger, false).await.unwrap().is_none());
        assert!(!matches!(Actor::Visitor(stranger).trace(), (_, Some(_))));
    })
    .await;
}

#[tokio::test]
async fn what_an_officer_types_wrong_is_refused_and_what_is_hers_stands() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let register = |person: PersonForm| {
            let (ctx, officer, case) = (s.ctx.clone(), s.officer.clone(), s.case());
            async move { registering::register(&ctx, &officer, &person, &case).await.unwrap().unwrap() }
        };
        let typed = PersonForm {
            name: "Solveig".into(),
            number: "12345678901".into(),
            telephone: "4".into(),
            wish: "yes".into(),
            ..PersonForm::default()
        };
        let refused: Vec<_> =
            register(typed.clone()).await.unwrap_err().iter().map(|one| (one.field(), one.code())).collect();
        assert_eq!(
            refused,
            [("telephone", "form"), ("safe_word", "empty"), ("number", "form"), ("wish", "choose")]
        );
        assert_eq!(s.count(RECIPIENTS).await, 0, "nothing was kept");

        let her = s.victim("solveig", &[]).await;
        let again = PersonForm {
            number: number_of("solveig").expose().to_owned(),
            telephone: "98765432".into(),
            address: "Storgata 1".into(),
            safe_word: "tyttebær".into(),
            wish: "never_asked".into(),
            ..typed
        };
        register(again).await.unwrap();
        let (profile, _) = mine::wishes(&s.ctx, &her).await.unwrap().unwrap();
        assert_eq!(profile.telephone.as_deref(), Some("+4740000000"), "hers stands");
        assert_eq!(
            (profile.address.as_deref(), profile.safe_word.as_deref()),
            (Some("Storgata 1"), Some("tyttebær")),
            "what was empty is filled"
        );
        assert_eq!(
            mine::home(&s.ctx, &her).await.unwrap().standing,
            Standing::Active,
            "she is told as before"
        );
    })
    .await;
}

pub const RECIPIENTS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM notice_recipient";

#[tokio::test]
async fn what_she_chose_before_she_was_registered_holds() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let her = s.asks("solveig").await;
        let form = wish::WishForm {
            locale: "nb".into(),
            telephone: "40000000".into(),
            safe_word: "tyttebær".into(),
            kinds: vec!["release".into()],
            ..wish::WishForm::default()
        };
        wish::set(&s.ctx, &her, &form).await.unwrap().unwrap().unwrap();
        let (_, kinds) = mine::wishes(&s.ctx, &her).await.unwrap().unwrap();
        assert_eq!(kinds, ["release"], "she sees what she chose");
        s.event(&s.leave(1, 200)).await;
        s.verifies().await;
        assert!(s.questions().await.is_empty(), "a leave that lay ahead is none of hers");
        let other = Wire { decision: "leave-2".into(), ..s.leave(1, 300) };
        s.event(&other).await;
        assert!(s.questions().await.is_empty(), "nor one that comes");
        let release = Wire { decision: "release-1".into(), kind: "release".into(), ..s.leave(1, 400) };
        s.event(&release).await;
        assert_eq!(s.questions().await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_new_code_kills_the_old_and_a_held_address_gets_none() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        reached_at(&s.ctx, "eirik", "90000005").await;
        let her = s.victim("solveig", &[]).await;
        let hers = channels::add(&s.ctx, &her, Sms, "90000001").await.unwrap().unwrap().unwrap();
        let held = channels::add(&s.ctx, &her, Sms, "90000005").await.unwrap().unwrap().unwrap();
        channels::send_waiting(&s.ctx, &s.sink).await.unwrap();
        let old = s.sink.last_code();
        for public in [&hers, &held] {
            for (n, expected) in [Ok(()), Ok(()), Err(CodeRefusal::TooManyCodes)].into_iter().enumerate() {
                assert_eq!(channels::renew(&s.ctx, &her, public).await.unwrap(), Some(expected), "{n}");
                channels::send_waiting(&s.ctx, &s.sink).await.unwrap();
            }
        }
        let stranger = s.visitor("runa").await;
        assert_eq!(channels::renew(&s.ctx, &stranger, &hers).await.unwrap(), None);
        let said = s.sink.said.lock().unwrap().clone();
        let to: Vec<&str> = said.iter().map(|letter| letter.to.as_str()).collect();
        assert_eq!(to, ["+4790000001"; 3], "each new code goes, and not one byte to his");
        let keys: std::collections::BTreeSet<&str> = said.iter().map(|letter| letter.key.as_str()).collect();
        assert_eq!(keys.len(), 3, "a provider that sends each key once sends each code");
        let new = s.sink.last_code();
        if old != new {
            assert!(channels::confirm(&s.ctx, &her, &hers, &old).await.unwrap().unwrap().is_err(), "dead");
        }
        assert_eq!(channels::confirm(&s.ctx, &her, &hers, &new).await.unwrap(), Some(Ok(())));
        assert_eq!(
            channels::renew(&s.ctx, &her, &hers).await.unwrap(),
            Some(Ok(())),
            "confirmed, and stays so"
        );
        assert!(mine::home(&s.ctx, &her).await.unwrap().channels[0].confirmed);
        s.wait(HOUR);
        let her = s.visitor("solveig").await;
        assert_eq!(channels::renew(&s.ctx, &her, &held).await.unwrap(), Some(Ok(())), "an hour later");
    })
    .await;
}

#[tokio::test]
async fn n14_who_is_never_to_be_asked_of_a_meeting_is_not_asked() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let rule = "INSERT INTO notice_rule (kind, valid_from, basis, timing, fields, optional, source) VALUES \
            ('restorative_offer', '2021-01-01', '§ 36 fjerde ledd', 'advance', 'kind from', 0, 'a test')";
        s.ctx.db.write(Run(rule)).await.unwrap();
        for (name, meeting) in [("solveig", "never"), ("runa", "no"), ("liv", "")] {
            let her = s.victim(name, &[]).await;
            let form = wish::WishForm {
                locale: "nb".into(),
                telephone: "40000000".into(),
                safe_word: "tyttebær".into(),
                meeting: meeting.into(),
                ..wish::WishForm::default()
            };
            wish::set(&s.ctx, &her, &form).await.unwrap().unwrap().unwrap();
            let kept = mine::wishes(&s.ctx, &her).await.unwrap().unwrap().0.meeting.unwrap_or_default();
            assert_eq!(kept, meeting, "{name}");
            let wrong = wish::WishForm { meeting: "perhaps".into(), ..form };
            let faults = wish::set(&s.ctx, &her, &wrong).await.unwrap().unwrap().unwrap_err();
            assert_eq!((faults[0].field, faults.len()), ("meeting", 1));
        }
        let offer = Wire { decision: "offer".into(), kind: "restorative_offer".into(), ..s.leave(1, 300) };
        s.event(&offer).await;
        assert_eq!(s.questions().await.len(), 2, "all but her who is never to be asked");
    })
    .await;
}

struct Run(&'static str);

impl crate::db::Command for Run {
    type Out = ();

    async fn run(&self, tx: &mut crate::db::Tx) -> crate::Result<()> {
        tx.later(self.0, vec![]).await
    }
}
