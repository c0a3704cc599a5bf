//! The forms of a unit's plan: raw strings as posted, parsed into rules, times and days. All errors of a form come
//! together, in the order of its fields.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::{
    Approval, Blocked, LONGEST_WINDOW, OFFERED, Template, UnitRules,
    wings::{ForWings, WingsChoice},
};
use crate::{
    kernel::{CivilDate, Clock, DateError, TextError, line},
    visits::clearance::forms::{FieldError, FormErrors},
};

/// Days ahead that can be booked.
pub const WINDOW: RangeInclusive<i64> = 0..=LONGEST_WINDOW;
pub const PER_WEEK: RangeInclusive<i64> = 0..=14;
/// 0: no limit.
pub const PER_MONTH: RangeInclusive<i64> = 0..=60;
pub const PEOPLE: RangeInclusive<i64> = 1..=20;
/// Minutes before the start to be there.
pub const ARRIVE_BEFORE: RangeInclusive<i64> = 0..=120;
/// Minutes after the start.
pub const LATEST_ARRIVAL: RangeInclusive<i64> = 0..=240;
/// Hours to say whether one comes along; 0: nobody can be asked.
pub const JOIN_HOURS: RangeInclusive<i64> = 0..=336;
/// How long a visit lasts.
pub const MINUTES: RangeInclusive<i64> = 15..=720;
pub const CAPACITY: RangeInclusive<i64> = 1..=200;
pub const EVERY_WEEKS: RangeInclusive<i64> = 1..=8;
pub const LONGEST_SOURCE: usize = 200;
pub const LONGEST_ROOM: usize = 60;
pub const LONGEST_REASON: usize = 120;
/// No day of a plan lies further ahead: the year is wrong then.
const FURTHEST: i64 = 3 * 366;
const MINUTES_OF_A_DAY: i64 = 24 * 60;

/// Takes the parts of a form and gathers what is wrong with them.
#[derive(Default)]
pub(in crate::visits) struct Reader(pub FormErrors);

impl Reader {
    pub fn take<T>(&mut self, field: &'static str, part: Result<T, &'static str>) -> Option<T> {
        part.map_err(|code| self.0.push(FieldError { field, code })).ok()
    }
}

pub(super) fn number(text: &str, range: &RangeInclusive<i64>) -> Result<i64, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Err("number_empty");
    }
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err("number");
    }
    text.parse().ok().filter(|n| range.contains(n)).ok_or("number_range")
}

pub(in crate::visits) fn words(
    text: &str,
    longest: usize,
    empty: &'static str,
) -> Result<String, &'static str> {
    line(text, longest).map_err(|e| if e == TextError::Empty { empty } else { e.code() })
}

/// A day from `first` on.
pub(in crate::visits) fn day(parts: [&str; 3], first: CivilDate) -> Result<CivilDate, &'static str> {
    let [day, month, year] = parts;
    match CivilDate::from_parts(day, month, year).map_err(DateError::code)? {
        date if date < first => Err("date_early"),
        date if date > first.plus_days(FURTHEST) => Err("date_far"),
        date => Ok(date),
    }
}

/// A last day, or none. One that lies before the first is told even when the first one is wrong in itself.
pub(super) fn last_day(
    parts: [&str; 3],
    from: Option<CivilDate>,
    today: CivilDate,
) -> Result<Option<CivilDate>, &'static str> {
    match day(parts, from.unwrap_or(today)) {
        Ok(date) => Ok(Some(date)),
        Err("date_empty") => Ok(None),
        Err("date_early") => Err("to_before_from"),
        Err(code) => Err(code),
    }
}

/// A version of the unit's rules. `seen` is the stamp of the versions that the page showed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RulesForm {
    pub unit: String,
    pub seen: String,
    pub first_day: String,
    pub last_day: String,
    pub per_week: String,
    pub per_month: String,
    pub people: String,
    pub arrive_before: String,
    pub latest_arrival: String,
    pub join_hours: String,
    pub approval: String,
    pub from_day: String,
    pub from_month: String,
    pub from_year: String,
    pub to_day: String,
    pub to_month: String,
    pub to_year: String,
    pub source: String,
}

impl RulesForm {
    /// Rules begin tomorrow at the earliest: what somebody was told today stays true today.
    pub fn parse(&self, today: CivilDate) -> Result<UnitRules, FormErrors> {
        let mut r = Reader::default();
        let first_day = r.take("first_day", number(&self.first_day, &WINDOW));
        let last = number(&self.last_day, &WINDOW);
        let last =
            last.and_then(|n| if first_day.is_some_and(|f| f > n) { Err("window_order") } else { Ok(n) });
        let last_bookable = r.take("last_day", last);
        let per_week = r.take("per_week", number(&self.per_week, &PER_WEEK));
        let per_month = r.take("per_month", number(&self.per_month, &PER_MONTH));
        let people = r.take("people", number(&self.people, &PEOPLE));
        let arrive_before = r.take("arrive_before", number(&self.arrive_before, &ARRIVE_BEFORE));
        let latest_arrival = r.take("latest_arrival", number(&self.latest_arrival, &LATEST_ARRIVAL));
        let join_hours = r.take("join_hours", number(&self.join_hours, &JOIN_HOURS));
        // A form that was kept before there was a choice has none.
        let approval =
            Approval::parse(&self.approval).or(self.approval.is_empty().then_some(Approval::Never));
        let approval = r.take("approval", approval.ok_or("choose_approval"));
        let from = [self.from_day.as_str(), &self.from_month, &self.from_year];
        let valid_from = r.take("from", day(from, today.plus_days(1)).map_err(tomorrow));
        let to = [self.to_day.as_str(), &self.to_month, &self.to_year];
        let valid_to = r.take("to", last_day(to, valid_from, today));
        let source = r.take("source", words(&self.source, LONGEST_SOURCE, "source_empty"));
        let rules = || {
            Some(UnitRules {
                valid_from: valid_from?,
                valid_to: valid_to?,
                first_day: first_day?,
                last_day: last_bookable?,
                per_week: per_week?,
                per_month: per_month?,
                people: people?,
                arrive_before: arrive_before?,
                latest_arrival: latest_arrival?,
                join_hours: join_hours?,
                approval: approval?,
                source: source?,
            })
        };
        rules().ok_or(r.0)
    }
}

fn tomorrow(code: &'static str) -> &'static str {
    if code == "date_early" { "date_tomorrow" } else { code }
}

/// A new time of the week.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TimeForm {
    pub unit: String,
    pub kind: String,
    pub weekday: String,
    pub start: String,
    pub minutes: String,
    pub room: String,
    pub capacity: String,
    pub every: String,
    /// `yes` when it is kept on public holidays.
    pub on_holidays: String,
    pub from_day: String,
    pub from_month: String,
    pub from_year: String,
    pub to_day: String,
    pub to_month: String,
    pub to_year: String,
    /// Empty in a unit that has no wings: then it is for all.
    pub which: String,
    pub wings: Vec<String>,
}

impl TimeForm {
    /// The time, and for which wings it is.
    pub fn parse(&self, today: CivilDate) -> Result<(Template, WingsChoice), FormErrors> {
        let mut r = Reader::default();
        let what = OFFERED.iter().find(|(code, ..)| *code == self.kind);
        let what = what.map(|(_, kind, way, held_for)| (*kind, *way, *held_for));
        let what = r.take("kind", what.ok_or("choose"));
        let weekday = r.take("weekday", chosen(&self.weekday, &(1..=7)));
        let start = r.take("start", clock(&self.start));
        let minutes = r.take("minutes", number(&self.minutes, &MINUTES).and_then(|n| same_day(start, n)));
        let room = r.take("room", words(&self.room, LONGEST_ROOM, "room_empty"));
        let capacity = r.take("capacity", number(&self.capacity, &CAPACITY));
        let every_weeks = r.take("every", chosen(&self.every, &EVERY_WEEKS));
        let which = if self.which.is_empty() { ForWings::All.code() } else { &self.which };
        let choice = WingsChoice::read(&mut r, which, &self.wings);
        let from = [self.from_day.as_str(), &self.from_month, &self.from_year];
        let valid_from = r.take("from", day(from, today));
        let to = [self.to_day.as_str(), &self.to_month, &self.to_year];
        let valid_to = r.take("to", last_day(to, valid_from, today));
        let template = || {
            Some(Template {
                kind: what?.0,
                way: what?.1,
                held_for: what?.2,
                weekday: u8::try_from(weekday?).ok()?,
                start: start?,
                minutes: minutes?,
                room: room?,
                capacity: capacity?,
                every_weeks: every_weeks?,
                on_holidays: self.on_holidays == "yes",
                valid_from: valid_from?,
                valid_to: valid_to?,
            })
        };
        template().zip(choice).ok_or(r.0)
    }
}

fn chosen(text: &str, range: &RangeInclusive<i64>) -> Result<i64, &'static str> {
    number(text, range).map_err(|_| "choose")
}

pub(super) fn clock(text: &str) -> Result<Clock, &'static str> {
    if text.trim().is_empty() { Err("clock_empty") } else { Clock::parse(text).ok_or("clock") }
}

/// A visit ends on the day it begins.
fn same_day(start: Option<Clock>, minutes: i64) -> Result<i64, &'static str> {
    let ends = start.map_or(0, |start| i64::from(start.0)) + minutes;
    if ends > MINUTES_OF_A_DAY { Err("past_midnight") } else { Ok(minutes) }
}

/// The last day of a time of the week. `seen` is the last day that the page showed, if it had one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EndForm {
    pub time: String,
    pub seen: String,
    pub last_day: String,
    pub last_month: String,
    pub last_year: String,
}

impl EndForm {
    pub fn parse(&self, today: CivilDate) -> Result<CivilDate, FormErrors> {
        let mut r = Reader::default();
        let last = r.take("last", day([&self.last_day, &self.last_month, &self.last_year], today));
        last.ok_or(r.0)
    }
}

/// A day without visits, and the reason that everybody reads.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BlockForm {
    pub unit: String,
    pub on_day: String,
    pub on_month: String,
    pub on_year: String,
    pub reason: String,
}

impl BlockForm {
    pub fn parse(&self, today: CivilDate) -> Result<Blocked, FormErrors> {
        let mut r = Reader::default();
        let date = r.take("on", day([&self.on_day, &self.on_month, &self.on_year], today));
        let reason = r.take("reason", words(&self.reason, LONGEST_REASON, "reason_empty"));
        let blocked = || Some(Blocked { date: date?, reason: reason? });
        blocked().ok_or(r.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> CivilDate {
        CivilDate::parse_iso("2026-09-01").unwrap()
    }

    fn codes<T: std::fmt::Debug>(result: Result<T, FormErrors>) -> Vec<(&'static str, &'static str)> {
        result.map_or_else(|errors| errors.into_iter().map(|e| (e.field, e.code)).collect(), |_| vec![])
    }

    fn rules() -> RulesForm {
        RulesForm {
            first_day: "2".into(),
            last_day: "28".into(),
            per_week: "1".into(),
            per_month: "0".into(),
            people: "3".into(),
            arrive_before: "15".into(),
            latest_arrival: "30".into(),
            join_hours: "48".into(),
            approval: "first".into(),
            from_day: "2".into(),
            from_month: "9".into(),
            from_year: "2026".into(),
            source: "Lokal instruks 4.2".into(),
            ..RulesForm::default()
        }
    }

    fn time() -> TimeForm {
        TimeForm {
            kind: "open".into(),
            weekday: "6".into(),
            start: "18.00".into(),
            minutes: "60".into(),
            room: "Besøksrom".into(),
            capacity: "3".into(),
            every: "1".into(),
            from_day: "1".into(),
            from_month: "9".into(),
            from_year: "2026".into(),
            ..TimeForm::default()
        }
    }

    #[test]
    fn rules_keep_their_limits_and_begin_tomorrow() {
        type Change = fn(&mut RulesForm);
        let table: [(Change, &[(&str, &str)]); 18] = [
            (|_| {}, &[]),
            (|f| f.first_day = "0".into(), &[]),
            (|f| f.last_day = "120".into(), &[]),
            (|f| f.last_day = "121".into(), &[("last_day", "number_range")]),
            (|f| f.first_day = "29".into(), &[("last_day", "window_order")]),
            (|f| f.first_day = "x".into(), &[("first_day", "number")]),
            (|f| f.per_week = "15".into(), &[("per_week", "number_range")]),
            (|f| f.people = "0".into(), &[("people", "number_range")]),
            (|f| f.people = " ".into(), &[("people", "number_empty")]),
            (|f| f.latest_arrival = "99999999999999999999".into(), &[("latest_arrival", "number_range")]),
            (|f| f.per_month = "61".into(), &[("per_month", "number_range")]),
            (|f| f.join_hours = "-1".into(), &[("join_hours", "number")]),
            (|f| f.approval = String::new(), &[]),
            (|f| f.approval = "often".into(), &[("approval", "choose_approval")]),
            (|f| f.from_day = "1".into(), &[("from", "date_tomorrow")]),
            (|f| f.from_year = "2206".into(), &[("from", "date_far")]),
            (|f| f.source = " ".into(), &[("source", "source_empty")]),
            (|f| f.source = "x".repeat(201), &[("source", "too_long")]),
        ];
        for (change, expected) in table {
            let mut form = rules();
            change(&mut form);
            assert_eq!(codes(form.parse(today())), expected, "{form:?}");
        }
    }

    #[test]
    fn all_that_is_wrong_with_rules_comes_at_once() {
        let expected = [
            ("first_day", "number_empty"),
            ("last_day", "number_empty"),
            ("per_week", "number_empty"),
            ("per_month", "number_empty"),
            ("people", "number_empty"),
            ("arrive_before", "number_empty"),
            ("latest_arrival", "number_empty"),
            ("join_hours", "number_empty"),
            ("from", "date_empty"),
            ("source", "source_empty"),
        ];
        assert_eq!(codes(RulesForm::default().parse(today())), expected);
    }

    #[test]
    fn a_last_day_may_be_left_out_but_does_not_lie_before_the_first() {
        let until = |day: &str| RulesForm {
            to_day: day.into(),
            to_month: "9".into(),
            to_year: "2026".into(),
            ..rules()
        };
        assert_eq!(rules().parse(today()).unwrap().valid_to, None);
        assert_eq!(until("2").parse(today()).unwrap().valid_to.map(CivilDate::iso).unwrap(), "2026-09-02");
        assert_eq!(codes(until("1").parse(today())), [("to", "to_before_from")]);
        assert_eq!(codes(until("31").parse(today())), [("to", "date_no_such_day")]);
    }

    #[test]
    fn a_time_of_the_week_is_one_that_a_day_can_hold() {
        type Change = fn(&mut TimeForm);
        let table: [(Change, &[(&str, &str)]); 16] = [
            (|_| {}, &[]),
            (|f| f.start = "23:00".into(), &[]),
            (|f| f.start = "23:01".into(), &[("minutes", "past_midnight")]),
            (|f| f.start = "24:00".into(), &[("start", "clock")]),
            (|f| f.start = String::new(), &[("start", "clock_empty")]),
            (|f| f.minutes = "14".into(), &[("minutes", "number_range")]),
            (|f| f.capacity = "201".into(), &[("capacity", "number_range")]),
            (|f| f.every = "9".into(), &[("every", "choose")]),
            (|f| f.weekday = "8".into(), &[("weekday", "choose")]),
            (|f| f.kind = "rocket".into(), &[("kind", "choose")]),
            (|f| f.room = String::new(), &[("room", "room_empty")]),
            (|f| f.room = "a\nb".into(), &[("room", "character")]),
            (|f| f.from_month = "8".into(), &[("from", "date_early")]),
            (|f| f.from_month = "13".into(), &[("from", "date_month")]),
            (|f| f.which = "some".into(), &[("which", "choose"), ("wings", "choose")]),
            (|f| f.which = "only".into(), &[("wings", "choose")]),
        ];
        for (change, expected) in table {
            let mut form = time();
            change(&mut form);
            assert_eq!(codes(form.parse(today())), expected, "{form:?}");
        }
        let (parsed, wings) = TimeForm { on_holidays: "yes".into(), ..time() }.parse(today()).unwrap();
        assert_eq!(wings, WingsChoice::default());
        assert_eq!((parsed.start, parsed.on_holidays, parsed.every_weeks), (Clock(18 * 60), true, 1));
    }

    #[test]
    fn a_closed_day_and_a_last_day_lie_ahead() {
        let block = |day: &str, reason: &str| BlockForm {
            unit: "lyngmo".into(),
            on_day: day.into(),
            on_month: "9".into(),
            on_year: "2026".into(),
            reason: reason.into(),
        };
        assert_eq!(block("1", "kurs").parse(today()).unwrap().reason, "kurs");
        assert_eq!(codes(block("", " ").parse(today())), [("on", "date_day"), ("reason", "reason_empty")]);
        assert_eq!(codes(block("1", &"x".repeat(121)).parse(today())), [("reason", "too_long")]);
        let end = |month: &str| EndForm {
            last_day: "31".into(),
            last_month: month.into(),
            last_year: "2026".into(),
            ..EndForm::default()
        };
        assert_eq!(codes(end("8").parse(today())), [("last", "date_early")]);
        assert_eq!(end("12").parse(today()).unwrap().iso(), "2026-12-31");
    }
}
