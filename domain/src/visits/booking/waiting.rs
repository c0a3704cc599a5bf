//! Waiting for a time: a period and the days that suit, a line in which whoever has waited longest comes first, and an offer
//! that stands for some hours. Nobody is booked without her yes.
//!
//! Whether a time is for her is never decided here: that is [`super::hindrances`], as for anybody who books.

use serde::{Deserialize, Serialize};

use super::LONGEST_WINDOW;
use crate::{
    kernel::{CivilDate, DateError, Id, Instant},
    visits::clearance::forms::{FieldError, FormErrors},
};

/// Marks for the ids of rows.
#[derive(Debug)]
pub enum Wait {}
#[derive(Debug)]
pub enum Offered {}

/// Which days of the week suit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Suits {
    #[default]
    Any,
    Weekdays,
    Weekends,
}

impl Suits {
    pub const ALL: [Self; 3] = [Self::Any, Self::Weekdays, Self::Weekends];

    pub fn code(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Weekdays => "weekdays",
            Self::Weekends => "weekends",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }

    pub fn includes(self, date: CivilDate) -> bool {
        match self {
            Self::Any => true,
            Self::Weekdays => date.weekday() < 6,
            Self::Weekends => date.weekday() >= 6,
        }
    }
}

/// What somebody waits for: both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    pub first: CivilDate,
    pub last: CivilDate,
    pub suits: Suits,
}

impl Period {
    pub fn includes(&self, date: CivilDate) -> bool {
        self.first <= date && date <= self.last && self.suits.includes(date)
    }

    /// Its end has passed.
    pub fn is_over(&self, today: CivilDate) -> bool {
        self.last < today
    }
}

/// The last day that can be waited for by one who asks today: whatever a unit's window is, times come into it meanwhile.
pub fn furthest(today: CivilDate) -> CivilDate {
    today.plus_days(LONGEST_WINDOW)
}

/// The form as posted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WaitForm {
    pub from_day: String,
    pub from_month: String,
    pub from_year: String,
    pub to_day: String,
    pub to_month: String,
    pub to_year: String,
    pub suits: String,
}

impl WaitForm {
    /// All that is wrong comes together, in the order of the fields.
    pub fn parse(&self, today: CivilDate) -> Result<Period, FormErrors> {
        let from = day([&self.from_day, &self.from_month, &self.from_year], today);
        let to = day([&self.to_day, &self.to_month, &self.to_year], today);
        let to = match (&from, to) {
            (Ok(first), Ok(last)) if last < *first => Err("to_before_from"),
            (_, to) => to,
        };
        let suits = Suits::parse(&self.suits).ok_or("choose_suits");
        match (from, to, suits) {
            (Ok(first), Ok(last), Ok(suits)) => no_such_day(Period { first, last, suits }),
            (from, to, suits) => {
                let all = [("from", from.err()), ("to", to.err()), ("suits", suits.err())];
                let wrong =
                    all.into_iter().filter_map(|(field, code)| Some(FieldError { field, code: code? }));
                Err(wrong.collect())
            }
        }
    }
}

fn day([day, month, year]: [&str; 3], today: CivilDate) -> Result<CivilDate, &'static str> {
    match CivilDate::from_parts(day, month, year).map_err(DateError::code)? {
        date if date < today => Err("date_early"),
        date if date > furthest(today) => Err("date_far"),
        date => Ok(date),
    }
}

/// A period of weekdays alone that has none would be waited for in vain.
fn no_such_day(period: Period) -> Result<Period, FormErrors> {
    let days = period.last.days_since(period.first);
    let any = (0..=days).any(|n| period.includes(period.first.plus_days(n)));
    if any { Ok(period) } else { Err(vec![FieldError { field: "suits", code: "no_such_day" }]) }
}

/// Somebody in the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InLine {
    pub id: Id<Wait>,
    pub since: Instant,
    pub period: Period,
}

/// Those who wait for a day, whoever has waited longest first; of two who came in the same moment the smaller id.
pub fn in_order<T>(line: Vec<T>, of: impl Fn(&T) -> &InLine, date: CivilDate) -> Vec<T> {
    let mut fitting: Vec<T> = line.into_iter().filter(|one| of(one).period.includes(date)).collect();
    fitting.sort_by(|a, b| (of(a).since, of(a).id.as_str()).cmp(&(of(b).since, of(b).id.as_str())));
    fitting
}

/// The rules of offers, in hours; how many may go unanswered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfferRules {
    /// How long an offer stands.
    pub hours: i64,
    /// Before the visit begins it is over in any case.
    pub before_hours: i64,
    /// One that could stand no longer than this is not made.
    pub least_hours: i64,
    /// After so many without an answer the wait ends.
    pub unanswered: i64,
}

impl OfferRules {
    /// Until when an offer made now can be answered. None when too little time is left for one.
    pub fn answer_by(&self, starts_at: Instant, now: Instant) -> Option<Instant> {
        let whole = now.plus_minutes(60 * self.hours);
        let end = whole.min(starts_at.plus_minutes(-60 * self.before_hours));
        (end >= now.plus_minutes(60 * self.least_hours.max(0)) && end > now).then_some(end)
    }

    /// Whether so many offers without an answer end the wait.
    pub fn ends_after(&self, unanswered: i64) -> bool {
        unanswered >= self.unanswered.max(1)
    }
}

/// What came of an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfferState {
    Open,
    Booked,
    Declined,
    /// Not answered in time.
    Lapsed,
    /// Something stood in the way of her yes.
    Refused,
    /// Her wait ended otherwise.
    Withdrawn,
}

impl OfferState {
    pub const ALL: [Self; 6] =
        [Self::Open, Self::Booked, Self::Declined, Self::Lapsed, Self::Refused, Self::Withdrawn];

    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Booked => "booked",
            Self::Declined => "declined",
            Self::Lapsed => "lapsed",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }
}

/// Why a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitEnd {
    Booked,
    TakenBack,
    /// By a newer one of hers.
    Replaced,
    /// She said no to an offer, and that she waits no longer.
    Left,
    /// Too many offers went unanswered.
    Unanswered,
    /// The period has passed.
    Over,
    /// She has no leave to visit him any more.
    NoLeave,
}

impl WaitEnd {
    pub const ALL: [Self; 7] = [
        Self::Booked,
        Self::TakenBack,
        Self::Replaced,
        Self::Left,
        Self::Unanswered,
        Self::Over,
        Self::NoLeave,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Booked => "booked",
            Self::TakenBack => "taken_back",
            Self::Replaced => "replaced",
            Self::Left => "left",
            Self::Unanswered => "unanswered",
            Self::Over => "over",
            Self::NoLeave => "no_leave",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|e| e.code() == code)
    }
}

/// What a letter tells her.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    Offered,
    /// Her wait ended, as she answered too few offers.
    Ended,
}

impl News {
    pub const ALL: [Self; 2] = [Self::Offered, Self::Ended];

    pub fn code(self) -> &'static str {
        match self {
            Self::Offered => "offered",
            Self::Ended => "ended",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|n| n.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{kernel::Clock, visits::booking::tests::day as on};

    const RULES: OfferRules = OfferRules { hours: 24, before_hours: 12, least_hours: 2, unanswered: 3 };

    fn wall(date: &str, hour: u16) -> Instant {
        Instant::of_wall(on(date), Clock(hour * 60))
    }

    #[test]
    fn an_offer_stands_for_its_hours_and_never_to_the_start() {
        // Made, the visit's start, and the end on the wall.
        let table = [
            ("2026-09-01", 14, "2026-09-19", 11, Some(("2026-09-02", 14))),
            // The bound before the start is nearer.
            ("2026-09-18", 14, "2026-09-19", 11, Some(("2026-09-18", 23))),
            // Exactly the least is left, and an hour less.
            ("2026-09-18", 21, "2026-09-19", 11, Some(("2026-09-18", 23))),
            ("2026-09-18", 22, "2026-09-19", 11, None),
            ("2026-09-19", 12, "2026-09-19", 11, None),
            // A day of 23 hours, and one of 25: the offer stands for 24 all the same.
            ("2026-03-28", 14, "2026-04-11", 11, Some(("2026-03-29", 15))),
            ("2026-10-24", 14, "2026-11-07", 11, Some(("2026-10-25", 13))),
            // Twelve hours before a start in the morning after each of the two nights.
            ("2026-03-28", 15, "2026-03-29", 11, Some(("2026-03-28", 22))),
            ("2026-10-24", 15, "2026-10-25", 11, Some(("2026-10-25", 0))),
        ];
        for (made, hour, start, start_hour, end) in table {
            let found = RULES.answer_by(wall(start, start_hour), wall(made, hour));
            assert_eq!(found, end.map(|(date, hour)| wall(date, hour)), "{made} {hour} for {start}");
        }
        let none = OfferRules { least_hours: 0, ..RULES };
        assert_eq!(none.answer_by(wall("2026-09-19", 11), wall("2026-09-18", 23)), None, "an empty one");
    }

    #[test]
    fn whoever_has_waited_longest_comes_first_among_those_whom_the_day_suits() {
        let one = |id: &str, since, first: &str, last: &str, suits| InLine {
            id: Id::new(id),
            since: Instant(since),
            period: Period { first: on(first), last: on(last), suits },
        };
        let line = || {
            vec![
                one("late", 9, "2026-09-01", "2026-09-30", Suits::Any),
                one("b", 5, "2026-09-19", "2026-09-19", Suits::Weekends),
                one("a", 5, "2026-09-01", "2026-09-30", Suits::Any),
                one("first", 1, "2026-09-01", "2026-09-30", Suits::Weekdays),
                one("before", 0, "2026-09-01", "2026-09-18", Suits::Any),
            ]
        };
        let table: [(&str, &[&str]); 3] = [
            ("2026-09-19", &["a", "b", "late"]),
            ("2026-09-18", &["before", "first", "a", "late"]),
            ("2026-10-01", &[]),
        ];
        for (date, expected) in table {
            let found = in_order(line(), |one| one, on(date));
            assert_eq!(found.iter().map(|w| w.id.as_str()).collect::<Vec<_>>(), expected, "{date}");
        }
    }

    #[test]
    fn so_many_without_an_answer_end_it() {
        assert_eq!([0, 2, 3, 4].map(|n| RULES.ends_after(n)), [false, false, true, true]);
        let never_none = OfferRules { unanswered: 0, ..RULES };
        assert!(!never_none.ends_after(0) && never_none.ends_after(1));
    }

    fn form(from: [&str; 3], to: [&str; 3], suits: &str) -> WaitForm {
        let [from_day, from_month, from_year] = from.map(str::to_owned);
        let [to_day, to_month, to_year] = to.map(str::to_owned);
        WaitForm { from_day, from_month, from_year, to_day, to_month, to_year, suits: suits.into() }
    }

    #[test]
    fn a_period_is_read_and_all_that_is_wrong_with_it_is_told() {
        let today = on("2026-09-01");
        let good = form(["1", "9", "2026"], ["30", "12", "2026"], "weekends");
        let period = good.parse(today).expect("a period");
        assert_eq!((period.first, period.last, period.suits), (today, on("2026-12-30"), Suits::Weekends));
        type Row<'a> = ([&'a str; 3], [&'a str; 3], &'a str, &'a [(&'a str, &'a str)]);
        let table: [Row; 7] = [
            (
                ["", "", ""],
                ["", "", ""],
                "",
                &[("from", "date_empty"), ("to", "date_empty"), ("suits", "choose_suits")],
            ),
            (["31", "8", "2026"], ["31", "12", "2026"], "any", &[("from", "date_early"), ("to", "date_far")]),
            (["32", "9", "2026"], ["10", "9", "2026"], "any", &[("from", "date_day")]),
            (["10", "9", "2026"], ["9", "9", "2026"], "any", &[("to", "to_before_from")]),
            (
                ["10", "9", "2026"],
                ["31", "9", "2026"],
                "sundays",
                &[("to", "date_no_such_day"), ("suits", "choose_suits")],
            ),
            // From a Monday to a Friday.
            (["7", "9", "2026"], ["11", "9", "2026"], "weekends", &[("suits", "no_such_day")]),
            (["12", "9", "2026"], ["13", "9", "2026"], "weekdays", &[("suits", "no_such_day")]),
        ];
        for (from, to, suits, expected) in table {
            let wrong = form(from, to, suits).parse(today).expect_err("something is wrong");
            let wrong: Vec<_> = wrong.iter().map(|e| (e.field, e.code)).collect();
            assert_eq!(wrong, expected);
        }
    }

    #[test]
    fn every_code_is_read_back() {
        assert!(Suits::ALL.iter().all(|s| Suits::parse(s.code()) == Some(*s)));
        assert!(OfferState::ALL.iter().all(|s| OfferState::parse(s.code()) == Some(*s)));
        assert!(WaitEnd::ALL.iter().all(|e| WaitEnd::parse(e.code()) == Some(*e)));
        assert!(News::ALL.iter().all(|n| News::parse(n.code()) == Some(*n)));
    }
}
