use domain::{
    custody::Wire,
    kernel::Public,
    notices::{Answer, Hold, HoldRefusal, Verdict},
};

use super::stage::{KEY, Stage};
use crate::{
    notices::{TaskKind, answering, breaker, duty, ladder::ChannelKind},
    testing::on_both_engines,
};

/// So many people who want to be told, each with a confirmed address and a standing yes to releases.
async fn many(s: &Stage, n: usize) {
    s.kit().crowd("Even Fjellvik", "26-1234", n).await;
}

fn release(s: &Stage, n: usize, version: u32, hours: i64) -> Wire {
    Wire {
        decision: format!("release-{n}"),
        kind: "release".into(),
        inmate: KEY.into(),
        ..s.leave(version, hours)
    }
}

/// T17: two thousand obligations at once: nothing goes out, one incident, two people.
#[tokio::test]
async fn t17_a_mass_is_held_until_two_have_released_it() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let (people, decisions) = if portal.postgres { (20, 10) } else { (100, 20) };
        many(&s, people).await;
        let wires: Vec<Wire> = (0..decisions).map(|n| release(&s, n, 1, 300 + n as i64)).collect();
        s.events(&wires).await;
        s.works().await;
        assert!(s.sink.neutral().is_empty(), "not one");
        let desk = duty::desk(&s.ctx, &s.duty).await.unwrap().unwrap();
        assert_eq!(desk.tasks.iter().filter(|task| task.kind == TaskKind::Mass).count(), 1);
        let (mass, lines) = desk.mass.unwrap();
        assert_eq!((mass.recipients, mass.decisions), (people as i64, decisions as i64));
        assert_eq!(
            lines.iter().map(|line| line.texts).sum::<i64>(),
            (people * decisions) as i64,
            "the dry run"
        );
        let say = |who: &crate::ctx::Staff, what| {
            let (ctx, who, public) = (s.ctx.clone(), who.clone(), mass.public.clone());
            async move { breaker::say(&ctx, &who, &public, what).await.unwrap() }
        };
        assert_eq!(say(&s.officer, Verdict::Release).await, None, "not her duty");
        assert!(matches!(say(&s.duty, Verdict::Release).await, Some(Ok(Hold::Once { .. }))));
        assert_eq!(say(&s.duty, Verdict::Release).await, Some(Err(HoldRefusal::SamePerson)));
        s.works().await;
        assert!(s.sink.neutral().is_empty());
        assert!(matches!(say(&s.second, Verdict::Release).await, Some(Ok(Hold::Settled { .. }))));
        s.works().await;
        assert_eq!(s.sink.neutral().len(), people * decisions);
        assert!(duty::desk(&s.ctx, &s.duty).await.unwrap().unwrap().mass.is_none());
    })
    .await;
}

#[tokio::test]
async fn t17_a_mass_that_was_a_fault_is_dropped_and_nobody_hears_of_it() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        many(&s, 60).await;
        s.event(&release(&s, 0, 1, 300)).await;
        let (mass, _) = duty::desk(&s.ctx, &s.duty).await.unwrap().unwrap().mass.unwrap();
        for who in [&s.duty, &s.second] {
            breaker::say(&s.ctx, who, &mass.public, Verdict::Drop).await.unwrap().unwrap().unwrap();
        }
        s.works().await;
        assert!(s.sink.neutral().is_empty() && s.duty_tasks().await.is_empty());
    })
    .await;
}

/// What two people have released is released: one event more, before all of it has gone out, holds nothing of it again. What
/// they have dropped still counts: the fault may go on.
#[tokio::test]
async fn t17_one_event_after_the_release_does_not_hold_the_mass_again() {
    for (verdict, sent) in [(Verdict::Release, 61), (Verdict::Drop, 0)] {
        on_both_engines(async |portal| {
            let s = Stage::new(&portal).await;
            many(&s, 1).await;
            let wires: Vec<Wire> = (0..60).map(|n| release(&s, n, 1, 300)).collect();
            s.events(&wires).await;
            let (mass, _) = duty::desk(&s.ctx, &s.duty).await.unwrap().unwrap().mass.unwrap();
            for who in [&s.duty, &s.second] {
                breaker::say(&s.ctx, who, &mass.public, verdict).await.unwrap().unwrap().unwrap();
            }
            s.wait(1);
            s.event(&release(&s, 60, 1, 300)).await;
            s.works().await;
            assert_eq!(s.sink.neutral().len(), sent, "{verdict:?}");
            let held = duty::desk(&s.ctx, &s.duty).await.unwrap().unwrap().mass;
            assert_eq!(held.is_some(), verdict == Verdict::Drop, "{verdict:?}");
        })
        .await;
    }
}

/// F9: a policy moves many dates earlier: the breaker, and then the nearest first.
#[tokio::test]
async fn f09_after_the_release_the_nearest_deadline_goes_first() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        many(&s, 1).await;
        let wires: Vec<Wire> = (0..60).map(|n| release(&s, n, 1, 1_000 - n as i64)).collect();
        s.events(&wires).await;
        let (mass, _) = duty::desk(&s.ctx, &s.duty).await.unwrap().unwrap().mass.unwrap();
        for who in [&s.duty, &s.second] {
            breaker::say(&s.ctx, who, &mass.public, Verdict::Release).await.unwrap().unwrap().unwrap();
        }
        crate::notices::ladder::work_once(&s.ctx, &s.sink).await.unwrap();
        let sent = s.count(FIRST_SENT).await;
        let at = s.now().plus_minutes((1_000 - 28) * 60).micros();
        assert_eq!(sent, at, "of those taken first, none lies behind the thirty-second");
    })
    .await;
}

/// F9: a policy moves thousands of dates earlier, as the feed sends them: a thousand a batch. Five thousand with
/// `--full`, for that takes minutes.
#[tokio::test]
async fn f09_thousands_of_dates_moved_earlier_are_held_and_then_go_by_their_nearness() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        many(&s, 1).await;
        let decisions = if crate::testing::full() { 5_000 } else { 600 };
        for (version, from) in [(1, 2_000), (2, 500)] {
            // The later the number, the nearer: what came first is not what goes first.
            let wires: Vec<Wire> =
                (0..decisions).map(|n| release(&s, n, version, from + (decisions - n) as i64)).collect();
            for batch in wires.chunks(1_000) {
                s.events(batch).await;
            }
        }
        s.works().await;
        assert!(s.sink.neutral().is_empty(), "nothing of it goes out");
        // Amid all that he breaks out, and that is what she hears of first.
        s.event(&s.escape()).await;
        s.says_yes().await;
        s.kit().both_release().await;
        assert_eq!(s.count(HELD_BACK).await, 0);
        let mut last = 0;
        for round in 0..10 {
            crate::notices::ladder::work_once(&s.ctx, &s.sink).await.unwrap();
            assert_eq!(s.sink.neutral().len(), 32 * (round + 1));
            let furthest = s.count(FIRST_SENT).await;
            let nearest_left = s.count(NEAREST_LEFT).await;
            assert!(last < furthest && furthest < nearest_left, "round {round}");
            last = furthest;
        }
        assert_eq!(s.count(ESCAPE_SENT).await, 1);
        assert_eq!(s.count(OLD_SENT).await, 0, "S2: the first dates are told to nobody");
    })
    .await;
}

pub const HELD_BACK: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM notice_obligation o JOIN notice_hold h ON h.id = o.hold_id \
    WHERE o.state = 'open' AND h.state <> 'settled'";
pub const NEAREST_LEFT: &str = "SELECT CAST(MIN(o.at) AS BIGINT) FROM notice_obligation o JOIN notice_text t \
    ON t.obligation_id = o.id WHERE t.tries = 0 AND o.state = 'open'";
pub const ESCAPE_SENT: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM notice_obligation o JOIN notice_text t \
    ON t.obligation_id = o.id WHERE t.tries > 0 AND o.timing = 'at_once'";
pub const OLD_SENT: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM notice_obligation o JOIN notice_text t \
    ON t.obligation_id = o.id WHERE t.tries > 0 AND o.version = 1 AND o.timing = 'advance'";
pub const FIRST_SENT: &str = "SELECT CAST(MAX(o.at) AS BIGINT) FROM notice_obligation o JOIN notice_text t \
    ON t.obligation_id = o.id WHERE t.tries > 0 AND o.at > 0";

#[tokio::test]
async fn a_standing_answer_needs_nobody_and_ends_with_its_day() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        s.victim("solveig", &[(ChannelKind::Email, "hun@eksempel.no")]).await;
        s.event(&release(&s, 0, 1, 300)).await;
        let question = s.questions().await.remove(0);
        let said = answering::Said {
            answer: Answer::Significant { direct: false },
            reason: "Hun bor like ved.".into(),
            standing: true,
        };
        let answer = |question: Public<crate::notices::MatterRow>, said: answering::Said| {
            let (ctx, officer) = (s.ctx.clone(), s.officer.clone());
            async move { answering::answer(&ctx, &officer, &question, said).await.unwrap() }
        };
        let bare = answering::Said { reason: " ".into(), ..said.clone() };
        assert_eq!(answer(question.clone(), bare).await, Some(Err(answering::Refusal::NoReason)));
        assert_eq!(answer(question.clone(), said.clone()).await, Some(Ok(())));
        assert_eq!(answer(question, said).await, Some(Err(answering::Refusal::Answered)));
        s.event(&release(&s, 1, 1, 320)).await;
        assert!(s.questions().await.is_empty());
        s.works().await;
        assert_eq!(s.sink.neutral().len(), 2);
        s.wait(366 * 24 * 60);
        s.event(&release(&s, 2, 1, 300)).await;
        assert_eq!(s.questions().await.len(), 1, "it has run out");
    })
    .await;
}
