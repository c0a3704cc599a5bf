//! When an answer of the feed leaves. An event about somebody of whom a victim wants to hear makes the house do more than one about
//! whom nobody asks, and whoever sends both must not read that off a clock: an answer leaves on a beat, counted from when the work on
//! it began.

use std::{future::Future, time::Duration};

use tokio::time::{Instant, sleep};

pub async fn on_the_beat<T>(beat: Duration, work: impl Future<Output = T>) -> T {
    let start = Instant::now();
    let out = work.await;
    sleep(left(start.elapsed(), beat)).await;
    out
}

/// From here to the next beat; a beat of nothing is no beat.
fn left(elapsed: Duration, beat: Duration) -> Duration {
    match elapsed.as_nanos().checked_rem(beat.as_nanos()) {
        None | Some(0) => Duration::ZERO,
        Some(over) => beat - Duration::from_nanos(u64::try_from(over).unwrap_or(0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_leaves_on_the_next_beat() {
        let ms = Duration::from_millis;
        let table = [
            (ms(0), ms(25), ms(0)),
            (ms(1), ms(25), ms(24)),
            (ms(3), ms(25), ms(22)),
            (ms(25), ms(25), ms(0)),
            (ms(26), ms(25), ms(24)),
            (ms(260), ms(25), ms(15)),
            (ms(7), ms(0), ms(0)),
        ];
        for (elapsed, beat, expected) in table {
            assert_eq!(left(elapsed, beat), expected, "{elapsed:?}");
            assert!(beat.is_zero() || ((elapsed + left(elapsed, beat)).as_millis()).is_multiple_of(25));
        }
    }
}
