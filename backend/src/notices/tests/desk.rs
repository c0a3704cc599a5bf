use domain::kernel::Public;

use super::{
    registration::reached_at,
    stage::{Does, HOUR, Stage},
};
use crate::{
    notices::{
        TaskRow, calendar, channels,
        closing::{self, Refusal},
        desk,
        ladder::ChannelKind::{Email, Sms},
        mine, wish,
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
        let stranger =
            super::stage::staff(&s.ctx, domain::access::Role::VictimOfficer, &portal.unit("havn").await);
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
