//! When something is told, and when an answer is due, by the wall in Oslo.

use crate::kernel::{CivilDate, Clock, Holiday, Instant};

/// From when until when nobody is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quiet {
    pub from: Clock,
    pub to: Clock,
}

impl Quiet {
    fn holds(self, clock: Clock) -> bool {
        if self.from <= self.to {
            self.from <= clock && clock < self.to
        } else {
            self.from <= clock || clock < self.to
        }
    }
}

/// The first moment after so many minutes that is not in the quiet hours. What happens meanwhile is told with it.
pub fn notify_at(now: Instant, group_minutes: i64, quiet: Quiet) -> Instant {
    let at = now.plus_minutes(group_minutes);
    if !quiet.holds(at.clock()) {
        return at;
    }
    let day = if at.clock() < quiet.to { at.date() } else { at.date().plus_days(1) };
    Instant::of_wall(day, quiet.to)
}

/// The end of the working day by which an answer is expected: so many working days from now.
pub fn answer_due(now: Instant, working_days: i64, closes: Clock) -> Instant {
    let mut day = now.date();
    let mut left = working_days.max(0);
    while left > 0 || !is_working(day) {
        day = day.plus_days(1);
        if is_working(day) {
            left -= 1;
        }
    }
    Instant::of_wall(day, closes)
}

fn is_working(day: CivilDate) -> bool {
    day.weekday() < 6 && Holiday::on(day).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wall(day: &str, hour: u16, minute: u16) -> Instant {
        Instant::of_wall(CivilDate::parse_iso(day).unwrap(), Clock(hour * 60 + minute))
    }

    #[test]
    fn nobody_is_woken() {
        let quiet = Quiet { from: Clock(22 * 60), to: Clock(7 * 60) };
        let table = [
            (wall("2026-09-01", 12, 0), wall("2026-09-01", 12, 10)),
            (wall("2026-09-01", 21, 49), wall("2026-09-01", 21, 59)),
            (wall("2026-09-01", 21, 50), wall("2026-09-02", 7, 0)),
            (wall("2026-09-01", 23, 55), wall("2026-09-02", 7, 0)),
            (wall("2026-09-02", 3, 0), wall("2026-09-02", 7, 0)),
            (wall("2026-09-02", 6, 50), wall("2026-09-02", 7, 0)),
            // The night in which the clock goes back.
            (wall("2026-10-25", 1, 0), wall("2026-10-25", 7, 0)),
        ];
        for (now, at) in table {
            assert_eq!(notify_at(now, 10, quiet), at, "{}", now.rfc3339());
        }
        let noon = Quiet { from: Clock(660), to: Clock(780) };
        assert_eq!(notify_at(wall("2026-09-01", 12, 0), 0, noon), wall("2026-09-01", 13, 0));
        let none = Quiet { from: Clock(0), to: Clock(0) };
        assert_eq!(notify_at(wall("2026-09-01", 0, 0), 0, none), wall("2026-09-01", 0, 0));
    }

    #[test]
    fn answers_are_due_on_working_days() {
        let table = [
            ("2026-09-01", 3, "2026-09-04"),
            ("2026-09-03", 3, "2026-09-08"),
            ("2026-09-05", 1, "2026-09-07"),
            ("2026-09-05", 0, "2026-09-07"),
            // Easter: Thursday and Friday, then Monday.
            ("2026-04-01", 1, "2026-04-07"),
            ("2026-09-01", 0, "2026-09-01"),
        ];
        for (from, days, due) in table {
            assert_eq!(answer_due(wall(from, 10, 0), days, Clock(960)), wall(due, 16, 0), "{from} {days}");
        }
    }
}
