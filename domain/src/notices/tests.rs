//! One obligation, step by step.

use super::*;
use crate::kernel::Instant;

const NOW: Instant = Instant(1_788_256_800_000_000);
const N: Numbers = Numbers::FIRST;

fn any() -> SafeTimes {
    SafeTimes::default()
}

fn after(minutes: i64) -> Instant {
    NOW.plus_minutes(minutes)
}

fn opened(timing: Timing, hours: i64, channels: u8) -> Obligation {
    let plan = Plan { timing, at: after(hours * 60), channels, numbers: N };
    Obligation::open(&plan, NOW, false)
}

fn send(channel: u8) -> Action {
    Action::Send { channel }
}

#[test]
fn n11_what_lies_far_ahead_uses_one_channel_then_the_next_then_a_person() {
    let mut duty = opened(Timing::Advance, 240, 2);
    assert_eq!(duty.due(NOW, &any()), [send(0)]);
    let n = duty.intend(0, NOW, &any()).unwrap();
    assert_eq!(n, 1);
    assert!(duty.outcome(0, n, Outcome::Accepted, NOW, &N));
    assert_eq!(duty.due(after(1439), &any()), []);
    assert_eq!(duty.due(after(1440), &any()), [send(1)]);
    let n = duty.intend(1, after(1440), &any()).unwrap();
    assert!(duty.outcome(1, n, Outcome::Accepted, after(1440), &N));
    // The call opens a day before the deadline, which is three days before the leave.
    assert_eq!(duty.next(&any()), Some(after(144 * 60)));
    assert_eq!(duty.due(after(144 * 60), &any()), [Action::OpenCall]);
    assert!(duty.open_call(after(144 * 60)) && !duty.open_call(after(144 * 60)));
    assert_eq!(duty.next(&any()), None);
    assert!(duty.acknowledge(true, after(145 * 60)) && !duty.acknowledge(false, after(146 * 60)));
    assert_eq!(duty.state, State::Acknowledged { at: after(145 * 60), by_voice: true });
}

#[test]
fn n05_an_escape_calls_beside_its_texts() {
    let duty = opened(Timing::AtOnce, 0, 2);
    assert_eq!(duty.call, Call::Open { since: NOW });
    assert_eq!(duty.due(NOW, &any()), [send(0)]);
    assert_eq!(duty.due(after(5), &any()), [send(0), send(1)]);
}

#[test]
fn f05_a_provider_that_is_down_brings_the_next_channel_and_then_a_person() {
    let mut duty = opened(Timing::Advance, 240, 2);
    let n = duty.intend(0, NOW, &any()).unwrap();
    assert!(duty.outcome(0, n, Outcome::Failed, NOW, &N));
    assert_eq!(duty.due(NOW, &any()), [], "it waits before it tries again");
    assert_eq!(duty.due(after(5), &any()), [send(0), send(1)], "the other channel after five minutes");
    assert_eq!(duty.due(after(15), &any()), [Action::OpenCall, send(0), send(1)], "a person after fifteen");
    // No storm: six hours of failure are some thirty tries.
    let (mut at, mut tries) = (after(5), 0);
    while at < after(360) {
        at = duty.texts[0].due().unwrap().max(at);
        let n = duty.intend(0, at, &any()).unwrap();
        assert!(duty.outcome(0, n, Outcome::Failed, at, &N));
        tries += 1;
    }
    assert!((20..40).contains(&tries), "{tries}");
}

#[test]
fn f05_a_failure_hastens_the_next_channel_that_was_not_used() {
    let mut duty = opened(Timing::Advance, 240, 3);
    let n = duty.intend(0, NOW, &any()).unwrap();
    assert!(duty.outcome(0, n, Outcome::Failed, NOW, &N));
    let n = duty.intend(1, after(5), &any()).unwrap();
    assert!(duty.outcome(1, n, Outcome::Accepted, after(5), &N));
    let n = duty.intend(0, after(6), &any()).unwrap();
    assert!(duty.outcome(0, n, Outcome::Failed, after(6), &N));
    assert_eq!(duty.texts[2].due(), Some(after(11)), "not the second, which has gone out");
}

#[test]
fn every_code_is_read_as_it_is_written() {
    assert_eq!(Why::ALL.map(Why::code), ["superseded", "not_wanted", "closed_by_officer"]);
    assert_eq!(Why::ALL.map(|why| Why::parse(why.code())), Why::ALL.map(Some));
    let timings = [Timing::Advance, Timing::AtOnce];
    assert_eq!(timings.map(Timing::code), ["advance", "at_once"]);
    assert_eq!(timings.map(|timing| Timing::parse(timing.code())), timings.map(Some));
    assert_eq!(Field::ALL.map(Field::code), ["kind", "from", "until", "conditions"]);
    assert_eq!(Field::ALL.map(|field| Field::parse(field.code())), Field::ALL.map(Some));
    assert_eq!((Why::parse("x"), Timing::parse("x"), Field::parse("x")), (None, None, None));
}

#[test]
fn f06_an_outcome_that_never_came_is_the_same_try_once_more() {
    let mut duty = opened(Timing::Advance, 240, 1);
    assert_eq!(duty.intend(0, NOW, &any()), Some(1));
    assert_eq!(duty.intend(0, NOW.plus_seconds(59), &any()), None, "the worker still has it");
    assert_eq!(duty.intend(0, NOW.plus_seconds(60), &any()), Some(1), "the same key");
    assert!(duty.outcome(0, 1, Outcome::Accepted, after(2), &N));
    assert!(!duty.outcome(0, 1, Outcome::Failed, after(3), &N), "the one that was slow is old news");
}

#[test]
fn an_address_that_will_never_do_is_left_at_once() {
    let mut duty = opened(Timing::Advance, 240, 2);
    let n = duty.intend(0, NOW, &any()).unwrap();
    assert!(duty.outcome(0, n, Outcome::Refused, NOW, &N));
    assert_eq!(duty.due(NOW, &any()), [send(1)]);
    let n = duty.intend(1, NOW, &any()).unwrap();
    assert!(duty.outcome(1, n, Outcome::Refused, NOW, &N));
    assert_eq!(duty.due(NOW, &any()), [Action::OpenCall]);
    assert_eq!(opened(Timing::Advance, 240, 0).call, Call::Open { since: NOW }, "no channel at all");
}

#[test]
fn what_she_has_not_opened_is_sent_once_more_if_no_person_comes_first() {
    let mut duty = opened(Timing::Advance, 24 * 60, 1);
    let n = duty.intend(0, NOW, &any()).unwrap();
    assert!(duty.outcome(0, n, Outcome::Accepted, NOW, &N));
    assert_eq!(duty.due(after(N.remind), &any()), [send(0)]);
    assert_eq!(duty.intend(0, after(N.remind), &any()), Some(2));
    let mut near = opened(Timing::Advance, 200, 1);
    let n = near.intend(0, NOW, &any()).unwrap();
    assert!(near.outcome(0, n, Outcome::Accepted, NOW, &N));
    assert_eq!(near.texts[0].due(), None, "a person comes before");
}

#[test]
fn what_is_held_sends_nothing_and_still_calls() {
    let plan = Plan { timing: Timing::Advance, at: after(240 * 60), channels: 2, numbers: N };
    let mut duty = Obligation::open(&plan, NOW, true);
    assert_eq!((duty.due(after(2_000), &any()), duty.intend(0, NOW, &any())), (vec![], None));
    assert_eq!(duty.due(after(144 * 60), &any()), [Action::OpenCall]);
    duty.release();
    assert_eq!(duty.due(NOW, &any()), [send(0)]);
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
        let n = duty.intend(0, NOW, &any()).unwrap();
        assert!(end(&mut duty) && !end(&mut duty));
        assert!(
            !duty.open_call(after(9_000))
                && duty.next(&any()).is_none()
                && duty.intend(1, after(9_000), &any()).is_none()
        );
        // What was on its way is written down all the same, and hastens nothing.
        assert!(duty.outcome(0, n, Outcome::Failed, after(1), &N));
        assert!(duty.due(after(9_000), &any()).is_empty());
    }
}

#[test]
fn f08_what_may_have_been_told_must_be_put_right() {
    let mut duty = opened(Timing::Advance, 240, 2);
    assert!(!duty.may_have_told(), "nothing has gone out");
    duty.intend(0, NOW, &any()).unwrap();
    assert!(duty.may_have_told(), "it may be on its way");
    assert!(opened(Timing::AtOnce, 0, 0).may_have_told(), "somebody may be on the telephone");
}

#[test]
fn channels_follow_one_another_and_an_escape_breaks_safe_times_only_if_she_says_so() {
    // Tuesday at noon; safe on Tuesdays from 15 to 16.
    let windows = vec![Window { weekday: 2, from: 900, to: 960 }];
    let kept = SafeTimes { windows: windows.clone(), escape_breaks: false };
    let broken = SafeTimes { windows, escape_breaks: true };
    type Case<'a> = (Timing, &'a SafeTimes, i64, &'a [(i64, usize)]);
    let table: [Case; 4] = [
        (Timing::Advance, &any(), 0, &[(0, 1), (1_439, 1), (1_440, 2)]),
        (
            Timing::Advance,
            &broken,
            180,
            &[(0, 0), (179, 0), (180, 1), (239, 1), (240, 0), (7 * 1_440 + 180, 3)],
        ),
        (Timing::AtOnce, &kept, 180, &[(0, 0), (180, 3)]),
        (Timing::AtOnce, &broken, 0, &[(0, 1), (5, 2), (10, 3)]),
    ];
    for (timing, safe, next, counts) in table {
        let duty = opened(timing, 30 * 24, 3);
        assert_eq!(duty.next(safe), Some(after(next)), "{timing:?} {safe:?}");
        for (minute, texts) in counts {
            let due = duty.due(after(*minute), safe);
            let found = due.iter().filter(|action| **action != Action::OpenCall).count();
            assert_eq!(found, *texts, "{timing:?} {safe:?} minute {minute}");
        }
    }
}

#[test]
fn a_failure_never_sends_outside_her_hours() {
    let safe = SafeTimes { windows: vec![Window { weekday: 2, from: 720, to: 721 }], escape_breaks: false };
    let mut duty = opened(Timing::Advance, 30 * 24, 2);
    let n = duty.intend(0, NOW, &safe).unwrap();
    assert!(duty.outcome(0, n, Outcome::Failed, NOW, &N));
    assert_eq!(duty.intend(1, after(5), &safe), None);
    assert_eq!(duty.next(&safe), Some(NOW.plus_seconds(30)), "half a minute later it is safe still");
    assert_eq!(duty.due(after(1), &safe), []);
    assert_eq!(duty.due(after(15), &safe), [Action::OpenCall], "a person knows the hours and can judge");
}
