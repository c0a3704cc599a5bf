//! A day in the calendar, without clock or zone.

use jiff::{ToSpan, civil};

/// Stored and sent as `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CivilDate(pub civil::Date);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    #[error("no part of the date was given")]
    Empty,
    #[error("the day is missing or impossible")]
    Day,
    #[error("the month is missing or impossible")]
    Month,
    #[error("the year needs four digits")]
    Year,
    #[error("there is no such day in that month")]
    NoSuchDay,
}

impl DateError {
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "date_empty",
            Self::Day => "date_day",
            Self::Month => "date_month",
            Self::Year => "date_year",
            Self::NoSuchDay => "date_no_such_day",
        }
    }
}

impl CivilDate {
    pub fn parse_iso(text: &str) -> Option<Self> {
        // By hand: the library's reader knows every form of a date, and the browser would have to carry it.
        let mut parts = text.split('-');
        let [y, m, d] = [4, 2, 2].map(|long| parts.next().filter(|part| part.len() == long));
        let whole = parts.next().is_none();
        let date = civil::Date::new(number(y?, 4)?, number(m?, 2)?, number(d?, 2)?);
        date.ok().filter(|_| whole).map(Self)
    }

    /// As typed into three fields. A year of two digits is refused, never guessed.
    pub fn from_parts(day: &str, month: &str, year: &str) -> Result<Self, DateError> {
        let (day, month, year) = (day.trim(), month.trim(), year.trim());
        if day.is_empty() && month.is_empty() && year.is_empty() {
            return Err(DateError::Empty);
        }
        let d: i8 = number(day, 2).filter(|d| (1..=31).contains(d)).ok_or(DateError::Day)?;
        let m: i8 = number(month, 2).filter(|m| (1..=12).contains(m)).ok_or(DateError::Month)?;
        let y: i16 = (year.len() == 4)
            .then(|| number(year, 4))
            .flatten()
            .filter(|y| *y >= 1850)
            .ok_or(DateError::Year)?;
        civil::Date::new(y, m, d).map(Self).map_err(|_| DateError::NoSuchDay)
    }

    pub fn iso(self) -> String {
        self.0.to_string()
    }

    pub fn plus_days(self, days: i64) -> Self {
        Self(self.0.saturating_add(days.days()))
    }

    /// Born on this day or before: this many years old, or more.
    pub fn years_ago(self, years: i16) -> Self {
        Self(self.0.saturating_sub(years.years()))
    }

    /// Days from `earlier` to this one.
    pub fn days_since(self, earlier: Self) -> i64 {
        i64::from(self.0.since(earlier.0).map_or(0, |span| span.get_days()))
    }

    /// Monday is 1, Sunday is 7.
    pub fn weekday(self) -> u8 {
        self.0.weekday().to_monday_one_offset() as u8
    }

    /// The Monday of this day's week; two days of one week have the same.
    pub fn monday(self) -> Self {
        self.plus_days(1 - i64::from(self.weekday()))
    }

    /// The days of its month.
    pub fn month(self) -> std::ops::RangeInclusive<Self> {
        Self(self.0.first_of_month())..=Self(self.0.last_of_month())
    }

    pub fn iso_week(self) -> i8 {
        self.0.iso_week_date().week()
    }

    /// Whole years lived on `today`. From a birth date somebody gave, never from an identity number.
    pub fn age_on(self, today: Self) -> i16 {
        let had_birthday = (today.0.month(), today.0.day()) >= (self.0.month(), self.0.day());
        today.0.year() - self.0.year() - i16::from(!had_birthday)
    }
}

fn number<N: std::str::FromStr>(text: &str, longest: usize) -> Option<N> {
    let plain = !text.is_empty() && text.len() <= longest && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_fields_make_a_date_or_say_which_is_wrong() {
        let table = [
            ("", "", "", Err(DateError::Empty)),
            ("32", "1", "1990", Err(DateError::Day)),
            ("x", "1", "1990", Err(DateError::Day)),
            ("1", "13", "1990", Err(DateError::Month)),
            ("1", "1", "90", Err(DateError::Year)),
            ("29", "2", "2025", Err(DateError::NoSuchDay)),
            (" 29 ", "02", "2024", Ok("2024-02-29")),
        ];
        for (d, m, y, expected) in table {
            let got = CivilDate::from_parts(d, m, y).map(CivilDate::iso);
            assert_eq!(got, expected.map(str::to_owned), "{d}.{m}.{y}");
        }
    }

    #[test]
    fn only_the_stored_form_is_read() {
        assert_eq!(CivilDate::parse_iso("2026-09-01").map(CivilDate::iso).as_deref(), Some("2026-09-01"));
        for other in [
            "",
            "2026-9-1",
            "2026-02-30",
            "20260901",
            "2026-09-01-",
            "2026-09-01T",
            "+026-09-01",
            "2026-+9-01",
        ] {
            assert_eq!(CivilDate::parse_iso(other), None, "{other}");
        }
    }

    #[test]
    fn weeks_and_ages_count_right_over_the_new_year() {
        let day = |t| CivilDate::parse_iso(t).expect("a date");
        assert_eq!(day("2027-01-01").monday(), day("2026-12-28"));
        assert_eq!(day("2027-01-01").iso_week(), 53);
        assert_eq!(day("2020-02-29").age_on(day("2026-02-28")), 5);
        assert_eq!(day("2020-02-29").age_on(day("2026-03-01")), 6);
        assert_eq!(day("2027-01-03").days_since(day("2026-12-28")), 6);
        for today in ["2026-02-28", "2026-03-01", "2024-02-29", "2026-09-01"].map(day) {
            let of_age = today.years_ago(18);
            assert_eq!((of_age.age_on(today), of_age.plus_days(1).age_on(today)), (18, 17), "{today:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_a_date_and_every_date_comes_back(
            text in "\\PC{0,14}", parts in ["\\PC{0,4}", "[0-9]{0,3}", "[0-9]{0,5}"], days in -200_000i64..200_000,
        ) {
            if let Some(date) = CivilDate::parse_iso(&text) {
                proptest::prop_assert_eq!(date.iso(), text);
            }
            let _ = CivilDate::from_parts(&parts[0], &parts[1], &parts[2]);
            let date = CivilDate::parse_iso("2026-09-01").expect("a date").plus_days(days);
            proptest::prop_assert_eq!(CivilDate::parse_iso(&date.iso()), Some(date));
            proptest::prop_assert!(date.monday() <= date && date.days_since(date.monday()) < 7);
        }
    }
}
