//! One obligation, step by step.

use super::*;
use crate::kernel::Instant;

const NOW: Instant = Instant(1_788_256_800_000_000);
const N: Numbers = Numbers::FIRST;

fn after(minutes: i64) -> Instant {
    NOW.plus_minutes(minutes)
}

fn opened(timing: Timing, hours: i64, channels: u8) -> Obligation {
    let safe = SafeTimes::default();
    let plan = Plan { timing, at: after(hours * 60), channels, safe: &safe, numbers: N };
    Obligation::open(&plan, NOW, false)
}

fn send(channel: u8) -> Action {
    Action::Send { channel }
}

#[test]
fn n11_what_lies_far_ahead_uses_one_channel_then_the_next_then_a_person() {
    let mut duty = opened(Timing::Advance, 240, 2);
    assert_eq!(duty.due(NOW), [send(0)]);
    let n = duty.intend(0, NOW).unwrap();
    assert_eq!(n, 1);
    assert!(duty.outcome(0, n, Outcome::Accepted, NOW, &N));
    assert_eq!(duty.due(after(1439)), []);
    assert_eq!(duty.due(after(1440)), [send(1)]);
    let n = duty.intend(1, after(1440)).unwrap();
    assert!(duty.outcome(1, n, Outcome::Accepted, after(1440), &N));
    // The call opens a day before the deadline, which is three days before the leave.
    assert_eq!(duty.next(), Some(after(144 * 60)));
    assert_eq!(duty.due(after(144 * 60)), [Action::OpenCall]);
    assert!(duty.open_call(after(144 * 60)) && !duty.open_call(after(144 * 60)));
    assert_eq!(duty.next(), None);
    assert!(duty.acknowledge(true, after(145 * 60)) && !duty.acknowledge(false, after(146 * 60)));
    assert_eq!(duty.state, State::Acknowledged { at: after(145 * 60), by_voice: true });
}

#[test]
fn n05_an_escape_calls_beside_its_texts() {
    let duty = opened(Timing::AtOnce, 0, 2);
    assert_eq!(duty.call, Call::Open { since: NOW });
    assert_eq!(duty.due(NOW), [send(0)]);
    assert_eq!(duty.due(after(5)), [send(0), send(1)]);
}

#[test]
fn f05_a_provider_that_is_down_brings_the_next_channel_and_then_a_person() {
    let mut duty = opened(Timing::Advance, 240, 2);
    let n = duty.intend(0, NOW).unwrap();
    assert!(duty.outcome(0, n, Outcome::Failed, NOW, &N));
    assert_eq!(duty.due(NOW), [], "it waits before it tries again");
    assert_eq!(duty.due(after(5)), [send(0), send(1)], "the other channel after five minutes");
    assert_eq!(duty.due(after(15)), [Action::OpenCall, send(0), send(1)], "a person after fifteen");
    // No storm: six hours of failure are some thirty tries.
    let (mut at, mut tries) = (after(5), 0);
    while at < after(360) {
        at = duty.texts[0].due().unwrap().max(at);
        let n = duty.intend(0, at).unwrap();
        assert!(duty.outcome(0, n, Outcome::Failed, at, &N));
        tries += 1;
    }
    assert!((20..40).contains(&tries), "{tries}");
}

#[test]
fn f06_an_outcome_that_never_came_is_the_same_try_once_more() {
    let mut duty = opened(Timing::Advance, 240, 1);
    assert_eq!(duty.intend(0, NOW), Some(1));
    assert_eq!(duty.intend(0, NOW.plus_seconds(59)), None, "the worker still has it");
    assert_eq!(duty.intend(0, NOW.plus_seconds(60)), Some(1), "the same key");
    assert!(duty.outcome(0, 1, Outcome::Accepted, after(2), &N));
    assert!(!duty.outcome(0, 1, Outcome::Failed, after(3), &N), "the one that was slow is old news");
}

#[test]
fn an_address_that_will_never_do_is_left_at_once() {
    let mut duty = opened(Timing::Advance, 240, 2);
    let n = duty.intend(0, NOW).unwrap();
    assert!(duty.outcome(0, n, Outcome::Refused, NOW, &N));
    assert_eq!(duty.due(NOW), [send(1)]);
    let n = duty.intend(1, NOW).unwrap();
    assert!(duty.outcome(1, n, Outcome::Refused, NOW, &N));
    assert_eq!(duty.due(NOW), [Action::OpenCall]);
    assert_eq!(opened(Timing::Advance, 240, 0).call, Call::Open { since: NOW }, "no channel at all");
}

#[test]
fn what_she_has_not_opened_is_sent_once_more_if_no_person_comes_first() {
    let mut duty = opened(Timing::Advance, 24 * 60, 1);
    let n = duty.intend(0, NOW).unwrap();
    assert!(duty.outcome(0, n, Outcome::Accepted, NOW, &N));
    assert_eq!(duty.due(after(N.remind)), [send(0)]);
    assert_eq!(duty.intend(0, after(N.remind)), Some(2));
    let mut near = opened(Timing::Advance, 200, 1);
    let n = near.intend(0, NOW).unwrap();
    assert!(near.outcome(0, n, Outcome::Accepted, NOW, &N));
    assert_eq!(near.texts[0].due(), None, "a person comes before");
}

#[test]
fn what_is_held_sends_nothing_and_still_calls() {
    let safe = SafeTimes::default();
    let plan = Plan { timing: Timing::Advance, at: after(240 * 60), channels: 2, safe: &safe, numbers: N };
    let mut duty = Obligation::open(&plan, NOW, true);
    assert_eq!((duty.due(after(2_000)), duty.intend(0, NOW)), (vec![], None));
    assert_eq!(duty.due(after(144 * 60)), [Action::OpenCall]);
    duty.release();
    assert_eq!(duty.due(NOW), [send(0)]);
}

#[test]
fn nothing_is_sent_of_what_has_ended() {
    type End = fn(&mut Obligation) -> bool;
    let ends: [End; 4] = [
        |duty| duty.acknowledge(false, NOW),
        |duty| duty.close(Why::Superseded, NOW),
        |duty| duty.close(Why::NotWanted, NOW),
        |duty| duty.close(Why::ClosedByOfficer, NOW),
    ];
    for end in ends {
        let mut duty = opened(Timing::Advance, 240, 2);
        let n = duty.intend(0, NOW).unwrap();
        assert!(end(&mut duty) && !end(&mut duty));
        assert!(
            !duty.open_call(after(9_000)) && duty.next().is_none() && duty.intend(1, after(9_000)).is_none()
        );
        // What was on its way is written down all the same, and hastens nothing.
        assert!(duty.outcome(0, n, Outcome::Failed, after(1), &N));
        assert!(duty.due(after(9_000)).is_empty());
    }
}

#[test]
fn f08_what_may_have_been_told_must_be_put_right() {
    let mut duty = opened(Timing::Advance, 240, 2);
    assert!(!duty.may_have_told(), "nothing has gone out");
    duty.intend(0, NOW).unwrap();
    assert!(duty.may_have_told(), "it may be on its way");
    assert!(opened(Timing::AtOnce, 0, 0).may_have_told(), "somebody may be on the telephone");
}
