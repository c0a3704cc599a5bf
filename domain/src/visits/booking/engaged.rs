//! When the inmate is elsewhere: before a court, at a doctor's, on leave. Nobody visits him then, a lawyer no more than a relative.
//! Visitors are never told of it: such a time looks like a full one.

use serde::{Deserialize, Serialize};

use super::{
    facts::Session,
    plan_forms::{Reader, clock, day, last_day},
};
use crate::{
    kernel::{CivilDate, Instant},
    visits::clearance::forms::{FieldError, FormErrors},
};

/// Marks the id of an appointment of an inmate.
#[derive(Debug)]
pub enum AppointmentMark {}

/// What takes him away. A closed list, so that nothing is told of him beyond it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppointmentKind {
    Court,
    Health,
    /// Leave, with or without an escort.
    Leave,
    Other,
}

impl AppointmentKind {
    pub const ALL: [Self; 4] = [Self::Court, Self::Health, Self::Leave, Self::Other];

    pub fn code(self) -> &'static str {
        match self {
            Self::Court => "court",
            Self::Health => "health",
            Self::Leave => "leave",
            Self::Other => "other",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A time that is not free, and what lies between it and a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Engaged {
    pub from: Instant,
    /// None: until further notice.
    pub until: Option<Instant>,
    /// Minutes between it and a visit at the least.
    pub minutes: i64,
}

impl Engaged {
    pub fn touches(&self, (starts_at, ends_at): (Instant, Instant)) -> bool {
        self.from.plus_minutes(-self.minutes) < ends_at
            && self.until.is_none_or(|until| starts_at < until.plus_minutes(self.minutes))
    }
}

pub(super) fn is_engaged(session: &Session, engaged: &[Engaged]) -> bool {
    engaged.iter().any(|one| one.touches((session.starts_at, session.ends_at)))
}

/// An appointment as it was typed. `key` marks the form: sent twice it is one appointment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AppointmentForm {
    pub inmate: String,
    pub key: String,
    pub kind: String,
    pub date_day: String,
    pub date_month: String,
    pub date_year: String,
    pub start: String,
    pub last_day: String,
    pub last_month: String,
    pub last_year: String,
    pub end: String,
}

/// An appointment that can be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appointment {
    pub kind: AppointmentKind,
    pub starts_at: Instant,
    pub ends_at: Instant,
}

impl AppointmentForm {
    /// What is over is no appointment any more. Without a last day it ends on the day it begins.
    pub fn parse(&self, now: Instant) -> Result<Appointment, FormErrors> {
        let (today, mut r) = (now.date(), Reader::default());
        let kind = r.take("kind", AppointmentKind::parse(&self.kind).ok_or("choose"));
        // A leave that has begun may be told of while it lasts.
        let first = [self.date_day.as_str(), &self.date_month, &self.date_year];
        let first = r.take("date", day(first, today.plus_days(-LONGEST_BEGUN)));
        let start = r.take("start", clock(&self.start));
        let last = [self.last_day.as_str(), &self.last_month, &self.last_year];
        let last = r.take("last", last_day(last, first, today));
        let end = r.take("end", clock(&self.end));
        let found = || {
            let first: CivilDate = first?;
            let (starts_at, last) = (Instant::of_wall(first, start?), last?.unwrap_or(first));
            Some(Appointment { kind: kind?, starts_at, ends_at: Instant::of_wall(last, end?) })
        };
        let Some(found) = found() else { return Err(r.0) };
        let code = match () {
            () if found.ends_at <= found.starts_at => "end_before_start",
            () if found.ends_at <= now => "over",
            () => return Ok(found),
        };
        Err(vec![FieldError { field: "end", code }])
    }
}

/// How long ago one that still lasts may have begun, in days.
const LONGEST_BEGUN: i64 = 60;

#[cfg(test)]
mod tests {
    use super::*;

    /// 1 September 2026, 12.00 in Oslo.
    const NOON: Instant = Instant(1_788_256_800_000_000);

    fn at(minutes: i64) -> Instant {
        NOON.plus_minutes(minutes)
    }

    #[test]
    fn a_visit_keeps_its_distance_and_an_open_end_has_none() {
        let table = [
            (Some(60), 30, (-90, -30), false),
            (Some(60), 30, (-90, -29), true),
            (Some(60), 30, (90, 150), false),
            (Some(60), 30, (89, 150), true),
            (Some(60), 0, (60, 120), false),
            (Some(60), 0, (59, 120), true),
            (None, 0, (90_000, 90_060), true),
            (None, 0, (-60, 0), false),
        ];
        for (until, minutes, (starts, ends), expected) in table {
            let engaged = Engaged { from: NOON, until: until.map(at), minutes };
            assert_eq!(engaged.touches((at(starts), at(ends))), expected, "{until:?} {minutes} {starts}");
        }
    }

    fn form() -> AppointmentForm {
        let text = str::to_owned;
        AppointmentForm {
            kind: text("court"),
            date_day: text("2"),
            date_month: text("9"),
            date_year: text("2026"),
            start: text("09:00"),
            end: text("15.30"),
            ..AppointmentForm::default()
        }
    }

    #[test]
    fn what_is_wrong_is_told_together_each_at_its_field() {
        type Change = fn(&mut AppointmentForm);
        let table: [(Change, &[(&str, &str)]); 9] = [
            (|_| (), &[]),
            (|f| f.kind.clear(), &[("kind", "choose")]),
            (|f| f.date_month = "13".into(), &[("date", "date_month")]),
            (|f| f.date_year = "2025".into(), &[("date", "date_early")]),
            (|f| f.start = "nine".into(), &[("start", "clock")]),
            (
                |f| {
                    f.start.clear();
                    f.end.clear();
                },
                &[("start", "clock_empty"), ("end", "clock_empty")],
            ),
            (
                |f| {
                    (f.last_day, f.last_month, f.last_year) = ("1".into(), "9".into(), "2026".into());
                },
                &[("last", "to_before_from")],
            ),
            (|f| f.end = "09:00".into(), &[("end", "end_before_start")]),
            (
                |f| {
                    f.date_day = "1".into();
                    f.end = "12:00".into();
                },
                &[("end", "over")],
            ),
        ];
        for (change, expected) in table {
            let mut form = form();
            change(&mut form);
            let found = form.parse(NOON).map_or_else(|e| e, |_| vec![]);
            let found: Vec<(&str, &str)> = found.iter().map(|e| (e.field, e.code)).collect();
            assert_eq!(found, expected, "{form:?}");
        }
        let leave = AppointmentForm {
            last_day: "4".into(),
            last_month: "9".into(),
            last_year: "2026".into(),
            ..form()
        };
        let found = leave.parse(NOON).expect("a leave of three days");
        assert_eq!((found.starts_at.date().iso(), found.ends_at.date().iso()), {
            ("2026-09-02".to_owned(), "2026-09-04".to_owned())
        });
    }
}
