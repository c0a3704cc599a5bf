use domain::{access::Role, kernel::Public};

use super::{
    super::testing::staff,
    registration::reached_at,
    stage::{Does, HOUR, Stage},
};
use crate::{
    ctx::Staff,
    notices::{
        Party, TaskRow,
        assigning::{self, Refusal as NotAssigned, To},
        breaking_in, calendar, channels,
        closing::{self, Refusal},
        desk::{self, PartyOpened},
        duty::{self, CallOutcome},
        ladder::ChannelKind::{Email, Sms},
        mine,
        reading::{LookReason, Looker},
        registering::{self, PersonForm},
        wish,
    },
    testing::on_both_engines,
};

/// The one task on the officer's list: its kind and its id.
async fn task(s: &Stage) -> (String, Public<TaskRow>) {
    let list = desk::list(&s.ctx, &s.officer).await.unwrap().unwrap().tasks;
    let [task] = list.as_slice() else { panic!("one task: {list:?}") };
    (task.kind.clone(), Public::parse(&task.public_id).unwrap())
}

async fn ends(s: &Stage, task: &Public<TaskRow>, how: &str, note: &str) -> Result<(), Refusal> {
    closing::close(&s.ctx, &s.officer, task, how, note).await.unwrap().expect("hers to end")
}

#[tokio::test]
async fn t12_a_held_address_is_let_go_with_grounds_or_stays_held() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        reached_at(&s.ctx, "eirik", "90000005").await;
        reached_at(&s.ctx, "torjus", "90000007").await;
        let her = s.victim("solveig", &[]).await;
        channels::add(&s.ctx, &her, Sms, "90000005").await.unwrap().unwrap().unwrap();
        let (kind, held) = task(&s).await;
        assert_eq!(kind, "shared_contact");
        let seen = closing::task(&s.ctx, &s.officer, &held).await.unwrap().unwrap();
        assert_eq!(seen.address.as_deref(), Some("+4790000005"));
        assert!(closing::task(&s.ctx, &s.duty, &held).await.unwrap().is_some(), "the duty desk may");
        let stranger = staff(&s.ctx, Role::VictimOfficer, &portal.unit("havn").await);
        assert!(closing::task(&s.ctx, &stranger, &held).await.unwrap().is_none());
        assert!(closing::close(&s.ctx, &stranger, &held, "kept_held", "").await.unwrap().is_none());

        for (how, note) in [("", ""), ("rang", ""), ("released", " ")] {
            assert!(ends(&s, &held, how, note).await.is_err(), "{how}");
        }
        assert_eq!(ends(&s, &held, "released", "Det er mannen hennes.").await, Ok(()));
        assert_eq!(ends(&s, &held, "kept_held", "").await, Err(Refusal::Settled));
        channels::send_waiting(&s.ctx, &s.sink).await.unwrap();
        let said = s.sink.said.lock().unwrap().clone();
        assert_eq!(
            said.iter().map(|l| l.to.as_str()).collect::<Vec<_>>(),
            ["+4790000005"],
            "its code goes now"
        );
        let code = s.sink.last_code();
        let public = mine::home(&s.ctx, &her).await.unwrap().channels[0].public.clone();
        assert_eq!(channels::confirm(&s.ctx, &her, &public, &code).await.unwrap(), Some(Ok(())));

        channels::add(&s.ctx, &her, Sms, "90000007").await.unwrap().unwrap().unwrap();
        let (_, held) = task(&s).await;
        assert_eq!(ends(&s, &held, "kept_held", "").await, Ok(()));
        channels::send_waiting(&s.ctx, &s.sink).await.unwrap();
        assert_eq!(s.sink.said.lock().unwrap().len(), 1, "not one byte to the other");
        assert_eq!(s.count(ENDED).await, 2);
    })
    .await;
}

pub const ENDED: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM notice_task_end";

#[tokio::test]
async fn t13_what_was_not_she_is_undone_by_her_officer() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let her = s.victim("solveig", &[(Email, "hun@eksempel.no")]).await;
        wish::want(&s.ctx, &her, false).await.unwrap().unwrap().unwrap();
        let (kind, off) = task(&s).await;
        assert_eq!((kind.as_str(), ends(&s, &off, "was_not_her", "").await), ("all_off", Ok(())));
        assert_eq!(mine::home(&s.ctx, &her).await.unwrap().off_at, None);
        s.wait(8 * 24 * HOUR);
        calendar::tend(&s.ctx).await.unwrap();
        assert_eq!(mine::home(&s.ctx, &her).await.unwrap().standing, mine::Standing::Active);

        // Again, and this time it is she: the same task is open anew and goes its way.
        let her = s.visitor("solveig").await;
        wish::want(&s.ctx, &her, false).await.unwrap().unwrap().unwrap();
        let (_, again) = task(&s).await;
        assert_eq!((again == off, ends(&s, &again, "was_her", "").await), (true, Ok(())));
        assert!(mine::home(&s.ctx, &her).await.unwrap().off_at.is_some());
    })
    .await;
}

#[tokio::test]
async fn an_old_address_stays_or_goes_and_a_dead_one_is_talked_of() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let her = s.victim("solveig", &[(Email, "hun@eksempel.no")]).await;
        for (how, confirmed) in [("still_hers", true), ("not_hers", false)] {
            s.wait(183 * 24 * HOUR);
            calendar::tend(&s.ctx).await.unwrap();
            let (kind, old) = task(&s).await;
            assert_eq!((kind.as_str(), ends(&s, &old, how, "").await), ("reconfirm", Ok(())));
            let channel = &mine::home(&s.ctx, &her).await.unwrap().channels[0];
            assert_eq!((channel.confirmed, channel.dead), (confirmed, !confirmed), "{how}");
        }
        let her = s.visitor("solveig").await;
        s.channel(&her, Sms, "90000001").await;
        s.sink.does(Does::Refuses);
        s.event(&s.leave(1, 300)).await;
        s.says_yes().await;
        s.works().await;
        let (kind, dead) = task(&s).await;
        assert_eq!((kind.as_str(), ends(&s, &dead, "letter", "Brev i dag.").await), ("bounce", Ok(())));
        assert!(desk::list(&s.ctx, &s.officer).await.unwrap().unwrap().tasks.is_empty());
    })
    .await;
}

async fn opened(s: &Stage, who: &Staff, party: &Public<Party>) -> Option<PartyOpened> {
    desk::party(&s.ctx, who, party).await.unwrap()
}

fn is_view(opened: &Option<PartyOpened>) -> bool {
    matches!(opened, Some(PartyOpened::View(_)))
}

async fn party_of(s: &Stage) -> Public<Party> {
    let list = desk::list(&s.ctx, &s.officer).await.unwrap().unwrap();
    Public::parse(&list.parties[0].public_id).unwrap()
}

#[tokio::test]
async fn t15_only_her_officer_opens_her_case_and_whoever_breaks_in_is_seen() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let her = s.victim("solveig", &[]).await;
        let (unit, far) = (s.officer.units[0].clone(), portal.unit("havn").await);
        let colleague = staff(&s.ctx, Role::VictimOfficer, &unit);
        let elsewhere = staff(&s.ctx, Role::VictimOfficer, &far);
        let relative_side = staff(&s.ctx, Role::CaseOfficer, &unit);
        let party = party_of(&s).await;
        assert!(is_view(&opened(&s, &s.officer, &party).await));
        for who in [&elsewhere, &relative_side] {
            assert!(opened(&s, who, &party).await.is_none());
            assert!(breaking_in::break_in(&s.ctx, who, &party, "Det haster.").await.unwrap().is_none());
        }
        s.wait(1);
        assert!(matches!(opened(&s, &colleague, &party).await, Some(PartyOpened::Emergency)));
        assert!(desk::list(&s.ctx, &colleague).await.unwrap().unwrap().parties.is_empty(), "not on her list");
        let bare = breaking_in::break_in(&s.ctx, &colleague, &party, " ").await.unwrap();
        assert!(matches!(bare, Some(Err(_))), "a reason in words");
        assert!(matches!(opened(&s, &colleague, &party).await, Some(PartyOpened::Emergency)));
        let done = breaking_in::break_in(&s.ctx, &colleague, &party, "Hun ringer og er redd.").await.unwrap();
        assert_eq!(done, Some(Ok(())));
        let Some(PartyOpened::View(view)) = opened(&s, &colleague, &party).await else { panic!("open") };
        assert!(view.emergency);
        let written = desk::write(&s.ctx, &colleague, &party, "Hei").await.unwrap();
        assert!(written.is_none(), "she looks and no more");
        let another = staff(&s.ctx, Role::VictimOfficer, &unit);
        assert!(
            matches!(opened(&s, &another, &party).await, Some(PartyOpened::Emergency)),
            "her reason alone"
        );
        s.wait(15);
        assert!(
            matches!(opened(&s, &colleague, &party).await, Some(PartyOpened::Emergency)),
            "for some minutes"
        );
        let looks: Vec<_> =
            mine::looks(&s.ctx, &her).await.unwrap().into_iter().map(|look| look.who).collect();
        let by = |reason| Looker::Staff(Role::VictimOfficer, reason);
        assert_eq!(
            looks,
            [by(LookReason::Emergency), by(LookReason::HandleCase)],
            "two doors opened, two lines"
        );
        assert_eq!(s.count(GENERAL_LOOKS).await, 0, "and none in the other stream");

        // Whoever watches the unit sees it at once; whoever does not, never.
        let auditor = staff(&s.ctx, Role::Auditor, &unit);
        let leader = staff(&s.ctx, Role::UnitAdmin, &unit);
        let seen = breaking_in::alerts(&s.ctx, &auditor).await.unwrap().unwrap();
        let [alert] = seen.as_slice() else { panic!("one: {seen:?}") };
        assert_eq!(alert.reason.as_deref(), Some("Hun ringer og er redd."));
        let led = breaking_in::alerts(&s.ctx, &leader).await.unwrap().unwrap();
        assert_eq!((led.len(), led[0].reason.clone()), (1, None), "the reason is the auditor's");
        let afar = staff(&s.ctx, Role::Auditor, &far);
        assert_eq!(breaking_in::alerts(&s.ctx, &afar).await.unwrap().unwrap(), []);
        assert_eq!(breaking_in::seen(&s.ctx, &afar, &alert.public).await.unwrap(), None);
        assert!(breaking_in::alerts(&s.ctx, &colleague).await.unwrap().is_none());
        assert_eq!(breaking_in::seen(&s.ctx, &leader, &alert.public).await.unwrap(), Some(()));
        let seen = breaking_in::alerts(&s.ctx, &auditor).await.unwrap().unwrap();
        assert_eq!(seen[0].seen_at, Some(s.now()));
    })
    .await;
}

pub const GENERAL_LOOKS: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE stream = 'general' AND subject_kind LIKE 'notice%'";

#[tokio::test]
async fn a_case_is_its_officers_whatever_unit_she_is_of_and_changes_hands_with_a_reason() {
    on_both_engines(async |portal| {
        let mut s = Stage::new(&portal).await;
        let home = s.officer.clone();
        // He is at Lyngmo; she who registers is of another unit.
        s.officer = staff(&s.ctx, Role::VictimOfficer, &portal.unit("havn").await);
        s.victim("solveig", &[]).await;
        let party = party_of(&s).await;
        assert!(is_view(&opened(&s, &s.officer, &party).await), "what she registered is hers");
        s.event(&s.leave(1, 200)).await;
        assert_eq!(s.questions().await.len(), 1, "and so are its questions");
        assert!(desk::list(&s.ctx, &home).await.unwrap().unwrap().questions.is_empty());

        let assign = |who: &Staff, to: Option<To>, reason: &'static str| {
            let (ctx, who, party) = (s.ctx.clone(), who.clone(), party.clone());
            async move { assigning::assign(&ctx, &who, &party, to, reason).await.unwrap() }
        };
        assert_eq!(assign(&home, Some(To::Me), "Jeg vil.").await, None, "it is not hers to take");
        assert!(assigning::assignment(&s.ctx, &home, &party).await.unwrap().is_none());
        assert_eq!(assign(&s.officer, None, "Ferie.").await, Some(Err(NotAssigned::Whom)));
        let stranger = Some(To::Colleague(s.ctx.chance.public()));
        assert_eq!(assign(&s.officer, stranger, "Ferie.").await, Some(Err(NotAssigned::Whom)));
        let bare = assign(&s.officer, Some(To::Nobody), " ").await;
        assert!(matches!(bare, Some(Err(NotAssigned::Reason(_)))));
        assert_eq!(assign(&s.officer, Some(To::Nobody), "Jeg slutter.").await, Some(Ok(())));

        assert!(opened(&s, &s.officer, &party).await.is_none(), "no longer hers, nor of her unit");
        let list = desk::list(&s.ctx, &home).await.unwrap().unwrap();
        assert_eq!((list.unassigned.len(), list.parties.len(), list.questions.len()), (1, 0, 1));
        assert_eq!(assign(&home, Some(To::Me), "Jeg har plass.").await, Some(Ok(())));
        let list = desk::list(&s.ctx, &home).await.unwrap().unwrap();
        assert_eq!((list.unassigned.len(), list.parties.len()), (0, 1));
        assert_eq!(s.count(ASSIGNED).await, 2);
    })
    .await;
}

pub const ASSIGNED: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM notice_assignment";

#[tokio::test]
async fn n12_a_protected_address_is_not_kept_and_no_letter_goes() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let person = PersonForm {
            name: "Tora Li".into(),
            telephone: "40000009".into(),
            address: "Storgata 1".into(),
            safe_word: "tyttebær".into(),
            wish: "wants".into(),
            ..PersonForm::default()
        };
        registering::register(&s.ctx, &s.officer, &person, &s.case()).await.unwrap().unwrap().unwrap();
        let party = party_of(&s).await;
        let address = || async {
            match opened(&s, &s.officer, &party).await {
                Some(PartyOpened::View(view)) => (view.profile.address.clone(), view.profile.protected),
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(address().await, (Some("Storgata 1".into()), false));
        assert!(desk::protect(&s.ctx, &s.duty, &party, true).await.unwrap().is_none(), "not hers to say");
        assert_eq!(desk::protect(&s.ctx, &s.officer, &party, true).await.unwrap(), Some(()));
        assert_eq!(address().await, (None, true), "what was kept is gone");

        s.event(&s.leave(1, 300)).await;
        s.says_yes().await;
        let call = s.duty_tasks().await[0].public.clone();
        duty::take(&s.ctx, &s.duty, &call).await.unwrap();
        let seen = duty::call(&s.ctx, &s.duty, &call).await.unwrap().unwrap();
        assert_eq!((seen.address, seen.protected), (None, true));
        let letter = duty::called(&s.ctx, &s.duty, &call, CallOutcome::LetterSent).await.unwrap();
        assert_eq!(letter, Some(false), "a letter ends nothing");
        assert_eq!(duty::called(&s.ctx, &s.duty, &call, CallOutcome::Told).await.unwrap(), Some(true));

        assert_eq!(desk::protect(&s.ctx, &s.officer, &party, false).await.unwrap(), Some(()));
        assert_eq!(address().await, (None, false), "and does not come back by itself");
    })
    .await;
}
