use domain::{custody::Wire, kernel::Public, notices::Answer};

use super::stage::{Does, HOUR, Stage};
use crate::{
    notices::{
        TaskKind, calendar, duty,
        duty::CallOutcome,
        ladder::{
            ChannelKind::{Email, Sms},
            Said,
        },
        mine,
        wish::{self, WishForm},
    },
    testing::on_both_engines,
};

const MAIL: &str = "hun@eksempel.no";

#[tokio::test]
async fn she_is_told_with_nothing_that_tells_and_confirming_ends_it() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let her = s.victim("solveig", &[(Email, MAIL), (Sms, "90000001")]).await;
        s.event(&Wire { until: Some(s.at(248)), ..s.leave(1, 200) }).await;
        assert!(s.notices(&her).await.is_empty(), "nobody has said that it is of significance");
        s.works().await;
        assert!(s.sink.neutral().is_empty());

        s.says_yes().await;
        s.works().await;
        let sent = s.sink.neutral();
        assert_eq!(sent.iter().map(|l| l.to.as_str()).collect::<Vec<_>>(), [MAIL], "the first channel first");
        assert!(matches!(sent[0].said, Said::Neutral { choice: 0, .. }));
        s.wait(24 * HOUR);
        s.works().await;
        assert_eq!(s.sink.neutral().len(), 2, "the second a day later");

        let stale = s.visitor_at("solveig", domain::access::Level::High, false).await;
        let line = s.notices(&her).await.remove(0);
        assert_eq!(mine::notice(&s.ctx, &stale, &line.public).await.unwrap(), Some(mine::Opened::Prove));
        let her = s.visitor("solveig").await;
        let notice = s.reads(&her, &line).await;
        assert!(notice.until.is_some() && notice.conditions.is_empty() && !notice.corrects);
        assert_eq!(notice.basis, "straffegjennomføringsloven § 36 tredje ledd");
        assert_eq!(
            mine::confirm(&s.ctx, &stale, &line.public).await.unwrap(),
            Some(Err(mine::Refusal::Prove))
        );
        for _ in 0..2 {
            assert_eq!(mine::confirm(&s.ctx, &her, &line.public).await.unwrap(), Some(Ok(())));
        }
        s.wait(200 * HOUR);
        s.works().await;
        assert_eq!((s.sink.neutral().len(), s.duty_tasks().await.len()), (2, 0), "it is over");
        let stranger = s.visitor("runa").await;
        assert_eq!(mine::notice(&s.ctx, &stranger, &line.public).await.unwrap(), None);
        assert_eq!(mine::confirm(&s.ctx, &stranger, &line.public).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn l1_whoever_does_not_answer_is_rung_before_the_deadline_and_told_by_her_word() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let her = s.victim("solveig", &[(Email, MAIL)]).await;
        let wishes = WishForm {
            locale: "nb".into(),
            telephone: "40000000".into(),
            safe_word: "Blåklokke".into(),
            ..WishForm::default()
        };
        wish::set(&s.ctx, &her, &wishes).await.unwrap().unwrap().unwrap();
        s.event(&s.leave(1, 200)).await;
        s.says_yes().await;
        s.works().await;
        assert!(s.duty_tasks().await.is_empty());
        s.wait(104 * HOUR);
        s.works().await;
        let task = s.duty_tasks().await.remove(0);
        assert_eq!(task.kind, TaskKind::Call);
        assert_eq!(task.deadline.micros() - s.now().micros(), 24 * HOUR * 60_000_000, "a day is left");

        // Nobody takes it: first telephone, second, leader, leader.
        for n in 1..=4 {
            s.wait(5);
            calendar::page(&s.ctx, &s.sink).await.unwrap();
            assert_eq!(s.sink.pages().len(), n);
        }
        assert_eq!(s.sink.pages(), ["+4799999901", "+4799999902", "+4799999903", "+4799999903"]);
        let told = |who, outcome| duty::called(&s.ctx, who, &task.public, outcome);
        assert_eq!(told(&s.duty, CallOutcome::Told).await.unwrap(), Some(false), "nobody has it");
        assert_eq!(duty::take(&s.ctx, &s.officer, &task.public).await.unwrap(), None, "not her duty");
        assert_eq!(duty::take(&s.ctx, &s.duty, &task.public).await.unwrap(), Some(true));
        s.wait(60);
        calendar::page(&s.ctx, &s.sink).await.unwrap();
        assert_eq!(s.sink.pages().len(), 4, "it is taken");

        let call = duty::call(&s.ctx, &s.duty, &task.public).await.unwrap().unwrap();
        assert_eq!((call.safe_word.as_deref(), call.mine), (Some("Blåklokke"), true));
        assert!(call.notice.is_some());
        assert_eq!(told(&s.duty, CallOutcome::NoAnswer).await.unwrap(), Some(true));
        assert_eq!(told(&s.second, CallOutcome::Told).await.unwrap(), Some(false), "another has it");
        assert_eq!(told(&s.duty, CallOutcome::Told).await.unwrap(), Some(true));
        assert!(s.duty_tasks().await.is_empty());
        let line = s.notices(&her).await.remove(0);
        assert!(line.confirmed_at.is_some(), "said by voice");
        let looks = mine::looks(&s.ctx, &her).await.unwrap();
        assert_eq!(looks.len(), 1, "she sees who has looked");
    })
    .await;
}

#[tokio::test]
async fn an_escape_is_on_the_duty_desk_at_once_and_the_call_is_beside_the_texts() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let her = s.victim("solveig", &[(Sms, "90000001"), (Email, MAIL)]).await;
        s.event(&s.escape()).await;
        let tasks = s.duty_tasks().await;
        assert_eq!(tasks.iter().map(|t| t.kind).collect::<Vec<_>>(), [TaskKind::Assess]);
        let question = s.questions().await.remove(0);
        s.answers(&question, Answer::Significant { direct: false }).await;
        assert_eq!(s.duty_tasks().await[0].kind, TaskKind::Call, "before any text has failed");
        s.works().await;
        s.wait(5);
        s.works().await;
        assert_eq!(s.sink.neutral().len(), 2);
        let line = s.notices(&her).await.remove(0);
        assert!(s.reads(&her, &line).await.until.is_none());
    })
    .await;
}

#[tokio::test]
async fn n02_a_question_that_nobody_answers_climbs() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        s.victim("solveig", &[(Email, MAIL)]).await;
        s.event(&s.leave(1, 200)).await;
        s.works().await;
        assert!(s.duty_tasks().await.is_empty());
        s.wait(80 * HOUR);
        s.works().await;
        assert_eq!(s.duty_tasks().await[0].kind, TaskKind::Assess);
        s.wait(5);
        calendar::page(&s.ctx, &s.sink).await.unwrap();
        assert_eq!(s.sink.pages().len(), 1);
        s.says_yes().await;
        assert!(s.duty_tasks().await.iter().all(|task| task.kind != TaskKind::Assess));
    })
    .await;
}

#[tokio::test]
async fn f05_f06_a_provider_that_is_down_brings_the_next_channel_and_a_person() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        for does in [Does::Fails, Does::Refuses, Does::SendsAndStalls] {
            s.sink.does(Does::Accepts);
            let name = format!("{does:?}");
            s.victim(&name, &[(Email, &format!("{does:?}@eksempel.no")), (Sms, &phone(does))]).await;
            s.sink.does(does);
            let wire = Wire { decision: name.clone(), ..s.leave(1, 200) };
            s.event(&wire).await;
            s.says_yes().await;
            for _ in 0..20 {
                s.works().await;
                s.wait(1);
            }
            let tasks = s.duty_tasks().await;
            assert!(
                tasks.iter().any(|task| task.kind == TaskKind::Call),
                "{does:?}: a person within a quarter"
            );
            let keys: Vec<String> = s.sink.neutral().into_iter().map(|letter| letter.key).collect();
            let mut once = keys.clone();
            once.sort();
            once.dedup();
            assert_eq!(once.len(), keys.len(), "{does:?}: each try has its own key");
            // The tries of one obligation, both channels.
            let of = |key: &String| keys.iter().filter(|other| other[..36] == key[..36]).count();
            assert!(keys.iter().all(|key| of(key) <= 12), "{does:?}: no storm");
            let her = s.visitor(&name).await;
            let line = s.notices(&her).await.remove(0);
            mine::confirm(&s.ctx, &her, &line.public).await.unwrap().unwrap().unwrap();
            s.sink.said.lock().unwrap().clear();
        }
    })
    .await;
}

fn phone(does: Does) -> String {
    format!("9000000{}", does as u8 + 1)
}

#[tokio::test]
async fn f06_a_try_whose_outcome_was_lost_is_the_same_try() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        s.victim("solveig", &[(Email, MAIL)]).await;
        s.event(&s.leave(1, 200)).await;
        s.says_yes().await;
        s.works().await;
        // The worker died after the provider had taken it: the row still says that it is being sent.
        let undo = crate::testing::Raw("UPDATE notice_text SET state = 'intended'");
        s.ctx.db.write(undo).await.unwrap();
        s.ctx.db.write(crate::testing::Raw("UPDATE notice_matter SET due_at = 0")).await.unwrap();
        s.wait(2);
        s.works().await;
        let keys: Vec<_> = s.sink.neutral().into_iter().map(|letter| letter.key).collect();
        assert_eq!(keys.len(), 2);
        assert_eq!(keys[0], keys[1], "the provider can tell");
    })
    .await;
}

#[tokio::test]
async fn f08_what_was_moved_replaces_and_what_was_cancelled_is_put_right() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let her = s.victim("solveig", &[(Email, MAIL)]).await;
        // The later version comes first; the earlier changes nothing.
        s.event(&s.leave(2, 150)).await;
        s.event(&s.leave(1, 200)).await;
        s.says_yes().await;
        s.works().await;
        let first = s.notices(&her).await.remove(0);
        let at = s.now().plus_minutes(150 * HOUR);
        assert_eq!(s.reads(&her, &first).await.from, Some(at));
        // Moved earlier: the yes is kept, and it goes straight to the telephone.
        s.event(&s.leave(3, 80)).await;
        s.works().await;
        let lines = s.notices(&her).await;
        assert_eq!(lines.iter().map(|line| line.replaced).collect::<Vec<_>>(), [true, false]);
        let second = s.reads(&her, &lines[1]).await;
        assert!(second.corrects && second.from == Some(s.now().plus_minutes(80 * HOUR)));
        assert_eq!(s.duty_tasks().await[0].kind, TaskKind::Call);
        assert_eq!(s.sink.neutral().len(), 2);
        let late = mine::confirm(&s.ctx, &her, &lines[0].public).await.unwrap();
        assert_eq!(late, Some(Err(mine::Refusal::Replaced)), "she reads the one that stands");
        s.event(&s.cancelled(4, 80)).await;
        s.works().await;
        let third = s.notices(&her).await.pop().unwrap();
        assert!(s.reads(&her, &third).await.cancelled);
        assert_eq!(s.sink.neutral().len(), 3, "a correction goes out");
        // Nothing was told of this one, so nothing is taken back.
        let other = Wire { decision: "leave-2".into(), ..s.leave(1, 300) };
        s.event(&other).await;
        s.event(&Wire { version: 2, change: "cancelled".into(), ..other }).await;
        s.works().await;
        assert_eq!((s.questions().await.len(), s.sink.neutral().len()), (0, 3));
    })
    .await;
}

/// Every order of the same events, each for a decision of its own.
#[tokio::test]
async fn f07_in_whatever_order_events_come_the_end_is_the_same() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        s.victim("solveig", &[(Email, MAIL)]).await;
        let full = !portal.postgres;
        let versions: Vec<u32> = if full { (1..=6).collect() } else { (1..=4).collect() };
        let orders = permutations(&versions);
        for (n, order) in orders.iter().enumerate() {
            for version in order {
                let hours = 400 + i64::from(*version);
                let wire = Wire { decision: format!("d{n}"), ..s.leave(*version, hours) };
                let wire = if *version == 3 { Wire { change: "cancelled".into(), ..wire } } else { wire };
                s.event(&wire).await;
            }
        }
        let states = s.count(DISTINCT).await;
        assert_eq!((orders.len() as i64, states), (s.count(MATTERS).await, 1));
    })
    .await;
}

fn permutations(of: &[u32]) -> Vec<Vec<u32>> {
    if of.is_empty() {
        return vec![vec![]];
    }
    let with = |first: &u32| {
        let rest: Vec<u32> = of.iter().copied().filter(|n| n != first).collect();
        permutations(&rest).into_iter().map(|tail| [vec![*first], tail].concat()).collect::<Vec<_>>()
    };
    of.iter().flat_map(with).collect()
}

pub const MATTERS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM notice_matter";
pub const DISTINCT: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT DISTINCT version, kind, at, cancelled, assessment \
    FROM notice_matter) AS states";

#[tokio::test]
async fn a_death_takes_back_a_release_and_tells_nothing_itself() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let her = s.victim("solveig", &[(Email, MAIL)]).await;
        s.event(&Wire { decision: "death-1".into(), kind: "death".into(), ..s.leave(1, 0) }).await;
        s.event(&Wire {
            decision: "t-1".into(),
            kind: "transfer".into(),
            unit: Some("lyngmo".into()),
            ..s.leave(1, 30)
        })
        .await;
        assert!(s.questions().await.is_empty() && s.notices(&her).await.is_empty());
        let release = Wire { decision: "release-1".into(), kind: "release".into(), ..s.leave(1, 200) };
        s.event(&release).await;
        s.says_yes().await;
        s.works().await;
        s.event(&Wire { version: 2, kind: "death".into(), change: "decided".into(), at: s.at(0), ..release })
            .await;
        let last = s.notices(&her).await.pop().unwrap();
        let notice = s.reads(&her, &last).await;
        assert!(
            notice.cancelled && notice.kind.code() == "release",
            "the release will not be; no word of a death"
        );
    })
    .await;
}

#[tokio::test]
async fn safe_hours_hold_a_text_and_not_the_call() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let her = s.victim("solveig", &[(Email, MAIL)]).await;
        // It is Tuesday noon; only Thursday morning is safe.
        let wishes = |breaks| WishForm {
            locale: "nn".into(),
            telephone: "40000000".into(),
            safe_word: "Blåklokke".into(),
            text: 2,
            hours: vec![(4, 9 * 60, 11 * 60)],
            escape_breaks: breaks,
            ..WishForm::default()
        };
        wish::set(&s.ctx, &her, &wishes(false)).await.unwrap().unwrap().unwrap();
        s.event(&s.leave(1, 300)).await;
        s.event(&s.escape()).await;
        s.says_yes().await;
        s.works().await;
        assert!(s.sink.neutral().is_empty());
        assert_eq!(s.duty_tasks().await.len(), 1, "the escape's call");
        wish::set(&s.ctx, &her, &wishes(true)).await.unwrap().unwrap().unwrap();
        s.works().await;
        assert_eq!(s.sink.neutral().len(), 1, "the escape may break them");
        s.wait(45 * HOUR);
        s.works().await;
        let said = s.sink.neutral();
        assert_eq!(said.len(), 2, "Thursday at nine");
        assert!(matches!(said[1].said, Said::Neutral { choice: 2, locale: domain::kernel::Locale::Nn }));
    })
    .await;
}

#[tokio::test]
async fn conditions_are_told_only_where_they_concern_her_directly() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let her = s.victim("solveig", &[(Email, MAIL)]).await;
        let condition =
            domain::custody::WireCondition { kind: "contact".into(), text: "Ikke oppsøke henne.".into() };
        for (n, direct) in [(1, false), (2, true)] {
            let wire =
                Wire { decision: format!("l{n}"), conditions: vec![condition.clone()], ..s.leave(1, 200) };
            s.event(&wire).await;
            let question = s.questions().await.remove(0);
            s.answers(&question, Answer::Significant { direct }).await;
        }
        let lines = s.notices(&her).await;
        let mut shown = Vec::new();
        for line in &lines {
            shown.push(s.reads(&her, line).await.conditions.len());
        }
        shown.sort_unstable();
        assert_eq!(shown, [0, 1]);
        let unknown: Public<crate::notices::Duty> = Public::from_bits(7);
        assert_eq!(mine::notice(&s.ctx, &her, &unknown).await.unwrap(), None);
    })
    .await;
}
