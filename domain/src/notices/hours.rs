//! The hours in which she can be reached in safety, by the wall in Oslo. Empty: at any hour.

use crate::kernel::{Clock, Instant};

/// From and to on one weekday (1 Monday to 7 Sunday), in minutes; `to` may be 1440, the end of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub weekday: u8,
    pub from: u16,
    pub to: u16,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SafeTimes {
    pub windows: Vec<Window>,
    /// An escape may break them.
    pub escape_breaks: bool,
}

impl SafeTimes {
    /// The first safe instant that is not before `at`.
    pub fn next(&self, at: Instant) -> Instant {
        if self.windows.is_empty() {
            return at;
        }
        // The eighth day is today's weekday once more, before the hour that it is now. A second week, for in spring one
        // night lacks an hour, and it may be her only one: never is it now because none was found.
        let days = (0..=14).map(|ahead| at.date().plus_days(ahead));
        let starts = days.flat_map(|day| {
            let of_day = self.windows.iter().filter(move |window| window.weekday == day.weekday());
            of_day.filter_map(move |window| {
                let start = Instant::of_wall(day, Clock(window.from));
                let end = match window.to {
                    1440 => Instant::of_wall(day.plus_days(1), Clock(0)),
                    to => Instant::of_wall(day, Clock(to)),
                };
                (end > at && end > start).then(|| start.max(at))
            })
        });
        starts.min().unwrap_or(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::CivilDate;

    fn wall(day: &str, hour: u16, minute: u16) -> Instant {
        Instant::of_wall(CivilDate::parse_iso(day).unwrap(), Clock(hour * 60 + minute))
    }

    #[test]
    fn the_next_safe_time() {
        // 1 September 2026 is a Tuesday.
        let window = |weekday, from: u16, to: u16| Window { weekday, from: from * 60, to: to * 60 };
        let safe = |windows: &[Window]| SafeTimes { windows: windows.to_vec(), escape_breaks: false };
        let mornings = safe(&[window(2, 9, 11), window(4, 9, 11)]);
        let table = [
            (safe(&[]), wall("2026-09-01", 3, 0), wall("2026-09-01", 3, 0)),
            (mornings.clone(), wall("2026-09-01", 3, 0), wall("2026-09-01", 9, 0)),
            (mornings.clone(), wall("2026-09-01", 10, 59), wall("2026-09-01", 10, 59)),
            (mornings.clone(), wall("2026-09-01", 11, 0), wall("2026-09-03", 9, 0)),
            (mornings, wall("2026-09-03", 12, 0), wall("2026-09-08", 9, 0)),
            (safe(&[window(2, 9, 11)]), wall("2026-09-01", 12, 0), wall("2026-09-08", 9, 0)),
            (safe(&[window(2, 22, 24)]), wall("2026-09-01", 23, 59), wall("2026-09-01", 23, 59)),
        ];
        for (safe, at, expected) in table {
            assert_eq!(safe.next(at), expected, "{safe:?} {at:?}");
        }
    }

    #[test]
    fn f04_both_nights_of_the_clock_change_have_their_safe_hour() {
        let night = |weekday| SafeTimes {
            windows: vec![Window { weekday, from: 150, to: 180 }],
            escape_breaks: false,
        };
        // Sunday 29 March 2026 has no 02:30: that window has no length, and the next week's is taken.
        assert_eq!(night(7).next(wall("2026-03-29", 0, 0)), wall("2026-04-05", 2, 30));
        // Nor on the Saturday before, from where the next Sunday but one is eight days ahead.
        assert_eq!(night(7).next(wall("2026-03-28", 12, 0)), wall("2026-04-05", 2, 30));
        // From 02 to 03 there is not a minute of it either.
        let hour =
            SafeTimes { windows: vec![Window { weekday: 7, from: 120, to: 180 }], escape_breaks: false };
        assert_eq!(hour.next(wall("2026-03-29", 0, 0)), wall("2026-04-05", 2, 0));
        // Sunday 25 October 2026, 02:30 comes twice: the first one is taken, once.
        assert_eq!(night(7).next(wall("2026-10-25", 0, 0)), wall("2026-10-25", 2, 30));
    }
}
