//! L2: whoever looks from outside sees that nobody works, in time; and sees nothing where somebody does.

use domain::{
    kernel::Instant,
    notices::watch::Alarm::{self, Call, Clock, Feed, Lost, Page, Question, Queue, Silent, Untaken},
};

use super::stage::{HOUR, Stage};
use crate::{
    args,
    notices::{
        TaskKind, calendar, duty,
        ladder::{self, ChannelKind::Email},
        watch::{beat, look},
    },
    testing::{Raw, on_both_engines},
};

const MAIL: &str = "hun@eksempel.no";

async fn alarms(s: &Stage) -> Vec<Alarm> {
    look(&s.ctx).await.unwrap().raised.into_iter().map(|raised| raised.alarm).collect()
}

/// All that a worker does in one round.
async fn works(s: &Stage) {
    s.works().await;
    calendar::page(&s.ctx, &s.sink).await.unwrap();
    beat(&s.ctx).await.unwrap();
    s.ctx.db.write(Raw(HEARD)).await.unwrap();
}

/// The case system speaks as often as the worker works.
const HEARD: &str = "UPDATE custody_source SET heard_at = (SELECT at FROM notice_beat)";

/// Whoever is on duty takes what is on the desk.
async fn takes(s: &Stage) {
    for task in s.duty_tasks().await {
        if task.by.is_none() {
            duty::take(&s.ctx, &s.duty, &task.public).await.unwrap();
        }
    }
}

async fn run(s: &Stage, sql: &'static str) {
    assert_eq!(s.ctx.db.write(Raw(sql)).await.unwrap(), 1, "{sql}");
}

#[tokio::test]
async fn l2_while_a_worker_works_there_is_no_alarm() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        assert_eq!(alarms(&s).await, [], "nobody has begun");
        s.victim("solveig", &[(Email, MAIL)]).await;
        s.event(&s.leave(1, 300)).await;
        for half_hour in 0..620 {
            works(&s).await;
            assert_eq!(alarms(&s).await, [], "half hour {half_hour}");
            if half_hour == 40 {
                s.says_yes().await;
            }
            if half_hour % 3 == 0 {
                takes(&s).await;
            }
            s.wait(30);
        }
        assert!(!s.sink.neutral().is_empty() && s.duty_tasks().await.len() == 1, "all of it has happened");
    })
    .await;
}

/// The worker stops, and so much later the first alarm is there, and not before.
async fn stops(s: &Stage, minutes: i64, expected: &[Alarm]) {
    s.wait(minutes - 1);
    assert_eq!(alarms(s).await, [], "a minute before");
    s.wait(1);
    assert_eq!(alarms(s).await, expected);
}

#[tokio::test]
async fn l2_a_worker_that_stops_is_an_alarm_in_three_minutes() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        s.victim("solveig", &[(Email, MAIL)]).await;
        works(&s).await;
        stops(&s, 3, &[Silent]).await;
        works(&s).await;
        assert_eq!(alarms(&s).await, [], "it is back");
    })
    .await;
}

/// A worker that only says it is alive is believed nothing: each duty is asked for itself.
#[tokio::test]
async fn l2_a_sign_of_life_hides_nothing_that_stands_still() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        s.victim("solveig", &[(Email, MAIL)]).await;
        let alive = async |minutes| {
            s.wait(minutes);
            beat(&s.ctx).await.unwrap();
            s.ctx.db.write(Raw(HEARD)).await.unwrap();
            alarms(&s).await
        };
        // The question climbs 120 h before the leave.
        s.event(&s.leave(1, 300)).await;
        assert_eq!(alive(180 * HOUR + 2).await, []);
        assert_eq!(alive(1).await, [Queue, Question]);
        works(&s).await;
        assert_eq!(alarms(&s).await, []);
        // It is on the desk, and pages after five minutes.
        assert_eq!(alive(7).await, []);
        assert_eq!(alive(1).await, [Page]);
        works(&s).await;
        takes(&s).await;
        // The yes opens an obligation; its text is due at once.
        s.says_yes().await;
        assert_eq!(alive(2).await, []);
        assert_eq!(alive(1).await, [Queue]);
        works(&s).await;
        assert_eq!(alarms(&s).await, []);
        // The call is due 96 h before.
        let call = s.count(CALL_AT).await;
        s.ctx.clock.set(Instant(call));
        assert_eq!(alive(2).await, []);
        assert_eq!(alive(1).await, [Queue, Call]);
        works(&s).await;
        assert_eq!(s.duty_tasks().await[0].kind, TaskKind::Call);
        assert_eq!(alarms(&s).await, []);
    })
    .await;
}

/// Of what is never said nobody can be told.
#[tokio::test]
async fn l2_a_case_system_that_is_not_heard_any_more_is_an_alarm() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        s.event(&s.leave(1, 300)).await;
        for (minutes, expected) in [(719, vec![]), (1, vec![Feed])] {
            s.wait(minutes);
            beat(&s.ctx).await.unwrap();
            assert_eq!(alarms(&s).await, expected, "{minutes}");
        }
        works(&s).await;
        assert_eq!(alarms(&s).await, [], "it speaks again");
    })
    .await;
}

pub const CALL_AT: &str = "SELECT call_at FROM notice_obligation WHERE state = 'open'";

#[tokio::test]
async fn l2_what_fell_out_of_the_queue_is_found_and_what_hangs_while_others_move_too() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        s.victim("solveig", &[(Email, MAIL)]).await;
        s.event(&s.leave(1, 300)).await;
        s.says_yes().await;
        works(&s).await;
        run(&s, "UPDATE notice_matter SET due_at = NULL").await;
        s.wait(3);
        beat(&s.ctx).await.unwrap();
        assert_eq!(alarms(&s).await, [Lost]);
        // One hangs in a lease that nobody ends; something else is sent every minute.
        run(&s, "UPDATE notice_matter SET due_at = 1788256800000000, leased_until = 9000000000000000").await;
        for minute in 1..=40 {
            assert_eq!(ladder::work_once(&s.ctx, &s.sink).await.unwrap(), 0);
            s.ctx.db.write(Moved(s.now())).await.unwrap();
            beat(&s.ctx).await.unwrap();
            let waited = minute + 2;
            assert_eq!(alarms(&s).await, if waited < 30 { vec![] } else { vec![Queue] }, "{waited}");
            s.wait(1);
        }
    })
    .await;
}

struct Moved(Instant);

impl crate::db::Command for Moved {
    type Out = ();

    async fn run(&self, tx: &mut crate::db::Tx) -> crate::Result<()> {
        tx.later("UPDATE notice_attempt SET intended_at = $1", args![self.0]).await
    }
}

#[tokio::test]
async fn l2_a_clock_that_is_wrong_and_a_desk_where_nobody_sits() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        s.victim("solveig", &[(Email, MAIL)]).await;
        works(&s).await;
        for (minutes, expected) in [(-60, vec![Clock]), (60, vec![]), (60, vec![Silent])] {
            s.wait(minutes);
            assert_eq!(alarms(&s).await, expected, "{minutes}");
        }
        s.event(&s.escape()).await;
        for minute in 0..60 {
            works(&s).await;
            let expected = if minute < 15 { vec![] } else { vec![Untaken] };
            assert_eq!(alarms(&s).await, expected, "minute {minute}");
            s.wait(1);
        }
        takes(&s).await;
        works(&s).await;
        assert_eq!(alarms(&s).await, [], "somebody has it");
    })
    .await;
}
