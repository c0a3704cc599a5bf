//! The time that a leader chooses. Whole weeks alone: the last ones, or between two days of her own. A month is the weeks whose
//! Thursday lies in it, so that weeks and months are of one grid.

use jiff::civil;
use serde::{Deserialize, Serialize};

use super::{FieldError, FormErrors};
use crate::kernel::CivilDate;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Period {
    Weeks4,
    #[default]
    Months3,
    Months12,
    /// Between two days.
    Own,
}

impl Period {
    pub const ALL: [Self; 4] = [Self::Weeks4, Self::Months3, Self::Months12, Self::Own];

    pub fn code(self) -> &'static str {
        match self {
            Self::Weeks4 => "weeks4",
            Self::Months3 => "months3",
            Self::Months12 => "months12",
            Self::Own => "own",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|period| period.code() == code)
    }
}

/// As it stands in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PeriodForm {
    pub period: String,
    /// Day, month, year, of a period of her own.
    pub from: [String; 3],
    pub to: [String; 3],
}

/// By what the time is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    Week,
    Month,
}

/// More weeks than this are told by months.
const MOST_WEEKS: i64 = 26;

/// Whole weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// A Monday.
    pub from: CivilDate,
    /// A Sunday.
    pub to: CivilDate,
}

impl Span {
    fn last(weeks: i64, today: CivilDate) -> Self {
        Self { from: today.monday().plus_days(-7 * weeks), to: today.monday().plus_days(-1) }
    }

    pub fn weeks(self) -> i64 {
        (self.to.days_since(self.from) + 1) / 7
    }

    pub fn grain(self) -> Grain {
        if self.weeks() > MOST_WEEKS { Grain::Month } else { Grain::Week }
    }

    /// The first days of its weeks or months, in their order.
    pub fn points(self) -> Vec<CivilDate> {
        let weeks = (0..self.weeks()).map(|n| self.from.plus_days(7 * n));
        let mut points: Vec<CivilDate> = match self.grain() {
            Grain::Week => weeks.collect(),
            Grain::Month => weeks.map(month_of).collect(),
        };
        points.dedup();
        points
    }
}

/// The first day of the month that the week of this Monday counts for.
pub fn month_of(monday: CivilDate) -> CivilDate {
    let thursday = monday.plus_days(3).0;
    CivilDate(civil::date(thursday.year(), thursday.month(), 1))
}

impl PeriodForm {
    pub fn chosen(&self) -> Period {
        Period::parse(&self.period).unwrap_or_default()
    }

    /// `longest`: days that a period of her own may span, a rule.
    pub fn parse(&self, today: CivilDate, longest: i64) -> Result<Span, FormErrors> {
        match self.chosen() {
            Period::Weeks4 => Ok(Span::last(4, today)),
            Period::Months3 => Ok(Span::last(13, today)),
            Period::Months12 => Ok(Span::last(52, today)),
            Period::Own => self.own(today, longest),
        }
    }

    fn own(&self, today: CivilDate, longest: i64) -> Result<Span, FormErrors> {
        let mut errors = vec![];
        let mut day = |field, [d, m, y]: &[String; 3]| {
            let parsed = CivilDate::from_parts(d, m, y);
            parsed.map_err(|error| errors.push(FieldError { field, code: error.code() })).ok()
        };
        let (from, to) = (day("from", &self.from), day("to", &self.to));
        let (Some(from), Some(to)) = (from, to) else { return Err(errors) };
        let last = Span::last(1, today).to;
        // What has not ended is not counted.
        let span = Span { from: from.monday(), to: to.monday().plus_days(6).min(last) };
        let wrong = if to < from {
            Some(("to", "before_from"))
        } else if to.days_since(from) >= longest {
            Some(("to", "span"))
        } else if span.from > last {
            Some(("from", "not_yet"))
        } else {
            None
        };
        match wrong {
            Some((field, code)) => Err(vec![FieldError { field, code }]),
            None => Ok(span),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(iso: &str) -> CivilDate {
        CivilDate::parse_iso(iso).unwrap()
    }

    fn parts(date: &str) -> [String; 3] {
        let mut parts = date.split('.').map(str::to_owned);
        std::array::from_fn(|_| parts.next().unwrap_or_default())
    }

    fn own(from: &str, to: &str) -> PeriodForm {
        PeriodForm { period: "own".into(), from: parts(from), to: parts(to) }
    }

    /// A Wednesday.
    const TODAY: &str = "2026-09-02";

    #[test]
    fn the_last_weeks_are_whole_and_over() {
        let table = [
            ("", "2026-06-01", 13, Grain::Week),
            ("weeks4", "2026-08-03", 4, Grain::Week),
            ("months3", "2026-06-01", 13, Grain::Week),
            ("months12", "2025-09-01", 52, Grain::Month),
            ("nonsense", "2026-06-01", 13, Grain::Week),
        ];
        for (code, from, weeks, grain) in table {
            let form = PeriodForm { period: code.into(), ..PeriodForm::default() };
            let span = form.parse(day(TODAY), 366).unwrap();
            assert_eq!((span.from.iso().as_str(), span.to.iso().as_str()), (from, "2026-08-30"), "{code}");
            assert_eq!((span.weeks(), span.grain()), (weeks, grain), "{code}");
        }
    }

    /// First and last day, or what is wrong.
    type Said = Result<(&'static str, &'static str), &'static str>;

    #[test]
    fn days_of_her_own_become_whole_weeks_or_say_what_is_wrong() {
        let table: [(PeriodForm, Said); 8] = [
            (own("1.7.2026", "7.7.2026"), Ok(("2026-06-29", "2026-07-12"))),
            (own("26.8.2026", "31.12.2026"), Ok(("2026-08-24", "2026-08-30"))),
            (own("", ""), Err("from date_empty")),
            (own("31.6.2026", "1.7.2026"), Err("from date_no_such_day")),
            (own("2.7.2026", "1.7.2026"), Err("to before_from")),
            (own("1.1.2026", "1.1.2027"), Ok(("2025-12-29", "2026-08-30"))),
            (own("1.1.2026", "2.1.2027"), Err("to span")),
            (own("31.8.2026", "1.9.2026"), Err("from not_yet")),
        ];
        for (form, expected) in table {
            let found = form.parse(day(TODAY), 366);
            let found = found.map(|span| (span.from.iso(), span.to.iso()));
            let found = found.map_err(|errors| format!("{} {}", errors[0].field, errors[0].code));
            let expected = expected.map(|(a, b)| (a.to_owned(), b.to_owned())).map_err(str::to_owned);
            assert_eq!(found, expected, "{form:?}");
        }
    }

    #[test]
    fn a_week_counts_for_the_month_of_its_thursday() {
        for (monday, month) in
            [("2026-08-31", "2026-09-01"), ("2026-12-28", "2026-12-01"), ("2026-06-29", "2026-07-01")]
        {
            assert_eq!(month_of(day(monday)).iso(), month, "{monday}");
        }
        let year =
            PeriodForm { period: "months12".into(), ..PeriodForm::default() }.parse(day(TODAY), 366).unwrap();
        let points = year.points();
        assert_eq!(
            (points.len(), points[0].iso().as_str(), points[11].iso().as_str()),
            (12, "2025-09-01", "2026-08-01")
        );
    }
}
