//! A lawyer who has to meet her client sooner than the free times allow: why, how and until when. The unit books her a time or says why it
//! cannot; it may give times that are too near for herself to book. Source: choice of the service; unverified.

use serde::{Deserialize, Serialize};

use super::{
    Way,
    plan_forms::{Reader, clock, day},
};
use crate::{
    access::Role,
    kernel::Instant,
    visits::clearance::forms::{FieldError, FormErrors},
};

/// Marks the ids of rows.
#[derive(Debug)]
pub enum Urgent {}

/// A closed list: nothing of the case is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UrgentReason {
    /// A court decides on custody.
    Custody,
    Hearing,
    Deadline,
    Other,
}

impl UrgentReason {
    pub const ALL: [Self; 4] = [Self::Custody, Self::Hearing, Self::Deadline, Self::Other];

    pub fn code(self) -> &'static str {
        match self {
            Self::Custody => "custody",
            Self::Hearing => "hearing",
            Self::Deadline => "deadline",
            Self::Other => "other",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// Why a unit says no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UrgentNo {
    /// Neither room nor staff.
    NoTime,
    /// He is elsewhere until then.
    NotHere,
    /// There are times that she can book herself.
    Bookable,
}

impl UrgentNo {
    pub const ALL: [Self; 3] = [Self::NoTime, Self::NotHere, Self::Bookable];

    pub fn code(self) -> &'static str {
        match self {
            Self::NoTime => "no_time",
            Self::NotHere => "not_here",
            Self::Bookable => "bookable",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UrgentState {
    Open,
    /// The unit has booked a time.
    Booked,
    Refused(UrgentNo),
    /// By her.
    Withdrawn,
    /// The time is over without an answer.
    Lapsed,
}

impl UrgentState {
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Booked => "booked",
            Self::Refused(_) => "refused",
            Self::Withdrawn => "withdrawn",
            Self::Lapsed => "lapsed",
        }
    }

    /// As it is kept.
    pub fn stored(state: &str, reason: Option<&str>) -> Option<Self> {
        match state {
            "open" => Some(Self::Open),
            "booked" => Some(Self::Booked),
            "refused" => UrgentNo::parse(reason?).map(Self::Refused),
            "withdrawn" => Some(Self::Withdrawn),
            "lapsed" => Some(Self::Lapsed),
            _ => None,
        }
    }

    /// The action in the trail.
    pub fn action(self) -> &'static str {
        match self {
            Self::Open => "urgent_asked",
            Self::Booked => "urgent_booked",
            Self::Refused(_) => "urgent_refused",
            Self::Withdrawn => "urgent_withdrawn",
            Self::Lapsed => "urgent_lapsed",
        }
    }
}

/// What she asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UrgentWish {
    pub reason: UrgentReason,
    /// None: in whatever way.
    pub way: Option<Way>,
    /// Until when it has begun.
    pub by: Instant,
}

/// As it was typed. `key` marks the form: sent twice it is one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UrgentForm {
    pub inmate: String,
    /// Empty for a lawyer herself.
    pub delegation: String,
    pub key: String,
    pub reason: String,
    pub way: String,
    pub by_day: String,
    pub by_month: String,
    pub by_year: String,
    pub clock: String,
}

impl UrgentForm {
    /// `hours`: how far ahead something is urgent; for what lies further there are times to book.
    pub fn parse(&self, now: Instant, hours: i64) -> Result<UrgentWish, FormErrors> {
        let mut r = Reader::default();
        let reason = r.take("reason", UrgentReason::parse(&self.reason).ok_or("choose"));
        let way = if self.way == "any" { Ok(None) } else { Way::parse(&self.way).map(Some).ok_or("choose") };
        let way = r.take("way", way);
        let on = r.take("by", day([&self.by_day, &self.by_month, &self.by_year], now.date()));
        let at = r.take("clock", clock(&self.clock));
        let found = || Some(UrgentWish { reason: reason?, way: way?, by: Instant::of_wall(on?, at?) });
        let Some(found) = found() else { return Err(r.0) };
        match () {
            () if found.by <= now => Err(vec![FieldError { field: "clock", code: "over" }]),
            () if found.by > now.plus_minutes(60 * hours) => {
                Err(vec![FieldError { field: "by", code: "far" }])
            }
            () => Ok(found),
        }
    }
}

/// Whether a time is one that she can use.
pub fn suits(wish: &UrgentWish, way: Way, starts_at: Instant, now: Instant) -> bool {
    now < starts_at && starts_at <= wish.by && wish.way.is_none_or(|wanted| wanted == way)
}

/// Who answers: whoever answers what is asked for of visits.
pub fn may_answer(roles: &[Role]) -> bool {
    super::request::may_answer(roles)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 1 September 2026, 12.00 in Oslo.
    const NOON: Instant = Instant(1_788_256_800_000_000);

    fn form(day: &str, clock: &str) -> UrgentForm {
        let text = str::to_owned;
        UrgentForm {
            reason: text("custody"),
            way: text("any"),
            by_day: text(day),
            by_month: text("9"),
            by_year: text("2026"),
            clock: text(clock),
            ..UrgentForm::default()
        }
    }

    #[test]
    fn what_is_wrong_is_told_together_each_at_its_field() {
        let empty = UrgentForm { reason: String::new(), way: "tv".into(), ..form("", "") };
        let table: [(UrgentForm, &[(&str, &str)]); 6] = [
            (form("1", "12.01"), &[]),
            (form("1", "12.00"), &[("clock", "over")]),
            (form("3", "12.00"), &[]),
            (form("3", "12.01"), &[("by", "far")]),
            (form("31", "9"), &[("by", "date_no_such_day"), ("clock", "clock")]),
            (empty, &[("reason", "choose"), ("way", "choose"), ("by", "date_day"), ("clock", "clock_empty")]),
        ];
        for (form, expected) in table {
            let found = form.parse(NOON, 48).map_or_else(|e| e, |_| vec![]);
            let found: Vec<(&str, &str)> = found.iter().map(|e| (e.field, e.code)).collect();
            assert_eq!(found, expected, "{form:?}");
        }
    }

    #[test]
    fn a_time_suits_until_the_last_minute_in_the_way_she_wants() {
        let wish = |way| UrgentWish { reason: UrgentReason::Other, way, by: NOON.plus_minutes(60) };
        let table = [
            (None, Way::Room, 0, false),
            (None, Way::Phone, 1, true),
            (None, Way::Room, 60, true),
            (None, Way::Room, 61, false),
            (Some(Way::Video), Way::Room, 30, false),
            (Some(Way::Video), Way::Video, 30, true),
        ];
        for (wanted, way, minutes, expected) in table {
            let found = suits(&wish(wanted), way, NOON.plus_minutes(minutes), NOON);
            assert_eq!(found, expected, "{wanted:?} {way:?} {minutes}");
        }
    }

    #[test]
    fn states_come_back_as_they_were_kept() {
        let refused = UrgentNo::ALL.map(UrgentState::Refused);
        let others = [UrgentState::Open, UrgentState::Booked, UrgentState::Withdrawn, UrgentState::Lapsed];
        for state in refused.into_iter().chain(others) {
            let reason = if let UrgentState::Refused(why) = state { Some(why.code()) } else { None };
            assert_eq!(UrgentState::stored(state.code(), reason), Some(state));
        }
        assert_eq!(UrgentState::stored("refused", None), None);
        for reason in UrgentReason::ALL {
            assert_eq!(UrgentReason::parse(reason.code()), Some(reason));
        }
    }
}
