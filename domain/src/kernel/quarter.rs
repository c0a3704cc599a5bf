//! A quarter of a year: what is told no oftener than that.

use jiff::civil;

use super::CivilDate;

/// Stored as `2026-3`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter {
    year: i16,
    /// 1 to 4.
    number: i8,
}

impl Quarter {
    pub fn of(day: CivilDate) -> Self {
        Self { year: day.0.year(), number: (day.0.month() - 1) / 3 + 1 }
    }

    pub fn parse(code: &str) -> Option<Self> {
        let (year, number) = code.split_once('-')?;
        let found = Self { year: year.parse().ok()?, number: number.parse().ok()? };
        ((1..=4).contains(&found.number) && found.code() == code).then_some(found)
    }

    pub fn code(self) -> String {
        format!("{:04}-{}", self.year, self.number)
    }

    pub fn year(self) -> i16 {
        self.year
    }

    pub fn number(self) -> i8 {
        self.number
    }

    pub fn first_day(self) -> CivilDate {
        CivilDate(civil::date(self.year, self.number * 3 - 2, 1))
    }

    pub fn last_day(self) -> CivilDate {
        self.next().first_day().plus_days(-1)
    }

    pub fn next(self) -> Self {
        match self.number {
            4 => Self { year: self.year + 1, number: 1 },
            n => Self { number: n + 1, ..self },
        }
    }

    pub fn before(self) -> Self {
        match self.number {
            1 => Self { year: self.year - 1, number: 4 },
            n => Self { number: n - 1, ..self },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_has_its_days_and_its_neighbours() {
        let table = [
            ("2026-01-01", "2026-1", "2026-01-01", "2026-03-31", "2025-4"),
            ("2026-09-30", "2026-3", "2026-07-01", "2026-09-30", "2026-2"),
            ("2026-12-31", "2026-4", "2026-10-01", "2026-12-31", "2026-3"),
        ];
        for (day, code, first, last, before) in table {
            let quarter = Quarter::of(CivilDate::parse_iso(day).unwrap());
            assert_eq!(quarter.code(), code);
            assert_eq!(Quarter::parse(code), Some(quarter));
            assert_eq!(
                (quarter.first_day().iso().as_str(), quarter.last_day().iso().as_str()),
                (first, last)
            );
            assert_eq!(quarter.before().code(), before);
            assert_eq!(quarter.before().next(), quarter);
        }
        for code in ["2026-0", "2026-5", "2026", "26-1", "2026-01", "x-1"] {
            assert_eq!(Quarter::parse(code), None, "{code}");
        }
    }
}
