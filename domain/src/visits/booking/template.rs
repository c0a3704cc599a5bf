//! Templates of sessions, and the sessions that come out of them. Expanding a day twice gives the same session, so
//! the worker can do it as often as it likes.

use super::{HeldFor, SessionKind, Way};
use crate::kernel::{CivilDate, Clock, Instant};

/// A time of the week that a unit offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    pub kind: SessionKind,
    /// Of a lawyer's time; of every other it is a room.
    pub way: Way,
    pub held_for: HeldFor,
    /// Monday is 1, Sunday is 7.
    pub weekday: u8,
    pub start: Clock,
    pub minutes: i64,
    pub room: String,
    pub capacity: i64,
    /// 1 every week, 2 every other, counted from the week of `valid_from`.
    pub every_weeks: i64,
    /// Kept on public holidays.
    pub on_holidays: bool,
    pub valid_from: CivilDate,
    pub valid_to: Option<CivilDate>,
}

/// A session to be written: on the wall and in the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewSession {
    pub date: CivilDate,
    pub start: Clock,
    pub end: Clock,
    pub starts_at: Instant,
    pub ends_at: Instant,
}

impl Template {
    pub fn falls_on(&self, date: CivilDate) -> bool {
        let valid = self.valid_from <= date && self.valid_to.is_none_or(|to| date <= to);
        let weeks = date.monday().days_since(self.valid_from.monday()) / 7;
        valid && date.weekday() == self.weekday && weeks % self.every_weeks.max(1) == 0
    }

    /// A visit lasts as long as its template says, also in the nights when the clock is moved: the wall's time at
    /// start and end follows from the instants, so what is shown and what happens cannot differ.
    pub fn session_on(&self, date: CivilDate) -> Option<NewSession> {
        let starts_at = Instant::of_wall(date, self.start);
        let ends_at = starts_at.plus_minutes(self.minutes);
        let same_day = starts_at.date() == date && ends_at.plus_seconds(-1).date() == date;
        (self.falls_on(date) && self.minutes > 0 && same_day).then(|| NewSession {
            date,
            start: starts_at.clock(),
            end: ends_at.clock(),
            starts_at,
            ends_at,
        })
    }
}

/// The sessions of a template from one day to another, both included.
pub fn expand(template: &Template, from: CivilDate, to: CivilDate) -> impl Iterator<Item = NewSession> {
    (0..=to.days_since(from).max(-1)).filter_map(move |n| template.session_on(from.plus_days(n)))
}
