//! F4 at the database: the nights in which the clock is changed, the 29th of February, and clocks that jump. What is due is
//! an instant; nothing is lost, nothing comes early, and 02:30 comes once.

use domain::{
    custody::Wire,
    kernel::{CivilDate, Clock, Instant},
};

use super::stage::{HOUR, Stage};
use crate::{
    notices::{
        TaskKind,
        ladder::ChannelKind::{Email, Sms},
        wish::{self, WishForm},
    },
    testing::on_both_engines,
};

const MAIL: &str = "hun@eksempel.no";

fn instant(text: &str) -> Instant {
    Instant::parse_rfc3339(text).expect("an instant")
}

fn leave(s: &Stage, at: Instant) -> Wire {
    Wire { at: at.rfc3339(), ..s.leave(1, 0) }
}

pub const DEADLINE: &str = "SELECT deadline FROM notice_obligation WHERE state = 'open'";
pub const CALL: &str = "SELECT call_at FROM notice_obligation WHERE state = 'open'";

#[tokio::test]
async fn f04_deadlines_are_instants_across_both_nights_and_the_leap_day() {
    // When it is, by when she knows (72 h before), and when the call opens (96 h before): hours that pass, not hours on
    // a wall.
    let table = [
        ("2027-03-30T10:00:00+02:00", "2027-03-27T09:00:00+01:00", "2027-03-26T09:00:00+01:00"),
        ("2027-11-02T10:00:00+01:00", "2027-10-30T11:00:00+02:00", "2027-10-29T11:00:00+02:00"),
        ("2027-12-01T02:30:00+01:00", "2027-11-28T02:30:00+01:00", "2027-11-27T02:30:00+01:00"),
        ("2028-03-03T10:00:00+01:00", "2028-02-29T10:00:00+01:00", "2028-02-28T10:00:00+01:00"),
        // Half past two comes twice in that night, and the two are an hour apart.
        ("2028-10-29T02:30:00+02:00", "2028-10-26T02:30:00+02:00", "2028-10-25T02:30:00+02:00"),
        ("2029-10-28T02:30:00+01:00", "2029-10-25T03:30:00+02:00", "2029-10-24T03:30:00+02:00"),
    ];
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let mut her = None;
        for (n, (at, deadline, call)) in table.into_iter().enumerate() {
            let (at, deadline, call) = (instant(at), instant(deadline), instant(call));
            s.ctx.clock.set(at.plus_days(-20));
            if her.is_none() {
                her = Some(s.victim("solveig", &[(Email, MAIL)]).await);
            }
            s.event(&Wire { decision: format!("leave-{n}"), ..leave(&s, at) }).await;
            s.says_yes().await;
            s.works().await;
            assert_eq!(Instant(s.count(DEADLINE).await), deadline, "{n}");
            assert_eq!(Instant(s.count(CALL).await), call, "{n}");
            s.ctx.clock.set(Instant(call.micros() - 1));
            s.works().await;
            assert!(s.duty_tasks().await.is_empty(), "{n}: not a moment early");
            s.ctx.clock.set(call);
            s.works().await;
            let tasks = s.duty_tasks().await;
            assert_eq!((tasks.len(), tasks[0].kind, tasks[0].deadline), (1, TaskKind::Call, deadline), "{n}");
            s.event(&Wire { decision: format!("leave-{n}"), ..s.cancelled(2, 1) }).await;
            let (line, her) = (s.notices(her.as_ref().unwrap()).await, s.visitor("solveig").await);
            let last = line.last().expect("that it was cancelled");
            crate::notices::mine::confirm(&s.ctx, &her, &last.public).await.unwrap().unwrap().unwrap();
            assert!(s.duty_tasks().await.is_empty(), "{n}: over");
        }
    })
    .await;
}

/// Safe from half past two to three on Sundays, and at no other time.
async fn wants_the_night(s: &Stage) {
    let her = s.victim("solveig", &[(Email, MAIL)]).await;
    let wishes = WishForm {
        locale: "nb".into(),
        telephone: "40000000".into(),
        safe_word: "Blåklokke".into(),
        hours: vec![(7, 150, 180)],
        ..WishForm::default()
    };
    wish::set(&s.ctx, &her, &wishes).await.unwrap().unwrap().unwrap();
}

#[tokio::test]
async fn f04_half_past_two_comes_once_in_both_nights() {
    // The night's Sunday, and the one moment at which she is told. In spring there is no such half hour: a week later.
    let table = [
        ("2027-03-28", "2027-04-04T02:30:00+02:00"),
        ("2027-10-31", "2027-10-31T02:30:00+02:00"),
        ("2028-02-27", "2028-02-27T02:30:00+01:00"),
    ];
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        for (n, (sunday, told)) in table.into_iter().enumerate() {
            let (day, told) = (CivilDate::parse_iso(sunday).expect("a day"), instant(told));
            s.ctx.clock.set(Instant::of_wall(day.plus_days(-1), Clock(720)));
            if n == 0 {
                wants_the_night(&s).await;
            }
            let at = Instant::of_wall(day.plus_days(30), Clock(720));
            s.event(&Wire { decision: format!("leave-{n}"), ..leave(&s, at) }).await;
            s.says_yes().await;
            let before = s.sink.neutral().len();
            let sent = || s.sink.neutral().len() - before;
            let quarter = 15;
            let mut steps = Vec::new();
            while s.now() < told.plus_minutes(6 * HOUR) {
                s.works().await;
                steps.push((s.now(), sent()));
                let next = s.now().plus_minutes(quarter);
                // Through the quiet week in one step, but for a moment before it is time.
                let ahead = (next < told.plus_minutes(-12 * HOUR)
                    && next > told.plus_minutes(-7 * 24 * HOUR + 6 * HOUR))
                .then(|| told.plus_minutes(-12 * HOUR));
                s.ctx.clock.set(ahead.unwrap_or(next));
            }
            let first = steps.iter().find(|(_, sent)| *sent > 0).expect("she is told");
            assert_eq!(first.0, told, "{sunday}: neither early nor late");
            assert!(steps.iter().all(|(_, sent)| *sent <= 1), "{sunday}: once");
            s.event(&Wire { decision: format!("leave-{n}"), ..s.cancelled(2, 1) }).await;
            ended(&s).await;
        }
    })
    .await;
}

/// What is left of it is closed by an officer.
async fn ended(s: &Stage) {
    s.ctx.db.write(crate::testing::Raw(END)).await.unwrap();
    s.ctx.db.write(crate::testing::Raw(NOTHING_DUE)).await.unwrap();
}

pub const END: &str = "UPDATE notice_obligation SET state = 'closed_by_officer' WHERE state = 'open'";
pub const NOTHING_DUE: &str = "UPDATE notice_matter SET due_at = NULL";

#[tokio::test]
async fn f04_a_clock_that_jumps_an_hour_loses_nothing_and_sends_nothing_twice() {
    // Hours after the start at which the clock is put on or back, and by how much; it is put right two hours later.
    let table: [&[(i64, i64)]; 4] = [
        &[],
        &[(1, 60), (24, -60), (104, 60)],
        &[(0, -60), (23, 60), (103, -60)],
        &[(24, 60), (104, -60), (110, 60)],
    ];
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        s.victim("solveig", &[(Email, MAIL), (Sms, "90000001")]).await;
        for (n, jumps) in table.into_iter().enumerate() {
            let (start, before) = (s.now(), s.sink.neutral().len());
            s.event(&Wire { decision: format!("leave-{n}"), ..s.leave(1, 200) }).await;
            s.says_yes().await;
            let (deadline, call) = (s.count(DEADLINE).await, Instant(s.count(CALL).await));
            let (mut opened, mut due_by_now) = (None, 0);
            for half_hour in 0..2 * 128 {
                let hours = half_hour / 2;
                let off: i64 =
                    jumps.iter().filter(|(at, _)| (*at..*at + 2).contains(&hours)).map(|(_, by)| by).sum();
                let truly = start.plus_minutes(30 * half_hour);
                s.ctx.clock.set(truly.plus_minutes(off));
                due_by_now = due_by_now.max(match s.now() {
                    now if now < start => 0,
                    now if now < start.plus_minutes(24 * HOUR) => 1,
                    _ => 2,
                });
                s.works().await;
                let sent = s.sink.neutral().len() - before;
                assert_eq!(sent, due_by_now, "{n}, half hour {half_hour}: not early, and not again");
                if opened.is_none() && !s.duty_tasks().await.is_empty() {
                    assert!(s.now() >= call, "{n}: by its own clock it is time");
                    opened = Some(truly);
                }
            }
            assert_eq!(s.sink.neutral().len() - before, 2, "{n}: each channel once");
            let opened = opened.expect("a call").micros();
            assert!((opened - call.micros()).abs() <= HOUR * 60_000_000, "{n}: at most the jump off");
            assert!(
                opened < deadline && s.count(DEADLINE).await == deadline,
                "{n}: in time, and none was moved"
            );
            s.ctx.clock.set(start.plus_minutes(128 * HOUR));
            s.event(&Wire { decision: format!("leave-{n}"), ..s.cancelled(2, 100) }).await;
            ended(&s).await;
            s.ctx.db.write(crate::testing::Raw(NO_TASKS)).await.unwrap();
        }
    })
    .await;
}

pub const NO_TASKS: &str = "DELETE FROM notice_task";
