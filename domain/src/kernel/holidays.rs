//! Norway's public holidays: five fixed days and seven that move with Easter. Source: LOV-1995-02-24-12 § 2
//! (helligdagsfreden), LOV-1947-04-26-1 (1 and 17 May), and 1 January.

use jiff::civil;

use super::CivilDate;

/// A public holiday. Where two fall on one day the fixed one is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Holiday {
    NewYear,
    LabourDay,
    ConstitutionDay,
    Christmas,
    BoxingDay,
    MaundyThursday,
    GoodFriday,
    EasterSunday,
    EasterMonday,
    Ascension,
    WhitSunday,
    WhitMonday,
}

impl Holiday {
    /// The holiday of this day, if it is one.
    pub fn on(date: CivilDate) -> Option<Self> {
        let fixed = match (date.0.month(), date.0.day()) {
            (1, 1) => Some(Self::NewYear),
            (5, 1) => Some(Self::LabourDay),
            (5, 17) => Some(Self::ConstitutionDay),
            (12, 25) => Some(Self::Christmas),
            (12, 26) => Some(Self::BoxingDay),
            _ => None,
        };
        fixed.or_else(|| Self::after_easter(date.days_since(easter(date.0.year()))))
    }

    fn after_easter(days: i64) -> Option<Self> {
        Some(match days {
            -3 => Self::MaundyThursday,
            -2 => Self::GoodFriday,
            0 => Self::EasterSunday,
            1 => Self::EasterMonday,
            39 => Self::Ascension,
            49 => Self::WhitSunday,
            50 => Self::WhitMonday,
            _ => return None,
        })
    }
}

/// Easter Sunday of a year in the Gregorian calendar (the anonymous algorithm of 1876).
fn easter(year: i16) -> CivilDate {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let moon = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let weekday = (32 + 2 * (b % 4) + 2 * (c / 4) - moon - c % 4) % 7;
    let late = (a + 11 * moon + 22 * weekday) / 451;
    let day = moon + weekday - 7 * late + 114;
    let date = civil::Date::new(year, (day / 31) as i8, (day % 31 + 1) as i8);
    CivilDate(date.unwrap_or(civil::Date::MIN))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> CivilDate {
        CivilDate::parse_iso(text).expect("a date")
    }

    #[test]
    fn the_days_of_known_years_are_right() {
        let table = [
            ("2026-01-01", Some(Holiday::NewYear)),
            ("2026-04-01", None),
            ("2026-04-02", Some(Holiday::MaundyThursday)),
            ("2026-04-03", Some(Holiday::GoodFriday)),
            ("2026-04-04", None),
            ("2026-04-05", Some(Holiday::EasterSunday)),
            ("2026-04-06", Some(Holiday::EasterMonday)),
            ("2026-05-01", Some(Holiday::LabourDay)),
            ("2026-05-14", Some(Holiday::Ascension)),
            ("2026-05-17", Some(Holiday::ConstitutionDay)),
            ("2026-05-24", Some(Holiday::WhitSunday)),
            ("2026-05-25", Some(Holiday::WhitMonday)),
            ("2026-12-24", None),
            ("2026-12-25", Some(Holiday::Christmas)),
            ("2026-12-26", Some(Holiday::BoxingDay)),
            // Ascension fell on 1 May in 2008 and on 17 May in 2012.
            ("2008-05-01", Some(Holiday::LabourDay)),
            ("2012-05-17", Some(Holiday::ConstitutionDay)),
        ];
        for (date, expected) in table {
            assert_eq!(Holiday::on(day(date)), expected, "{date}");
        }
    }

    #[test]
    fn easter_is_where_the_almanac_has_it() {
        for date in
            ["1961-04-02", "2008-03-23", "2019-04-21", "2024-03-31", "2025-04-20", "2027-03-28", "2038-04-25"]
        {
            assert_eq!(easter(day(date).0.year()), day(date));
        }
    }

    #[test]
    fn a_year_has_twelve_of_them_or_eleven_when_two_fall_together() {
        for year in 1990..2060 {
            let first = day(&format!("{year}-01-01"));
            let count = (0..366).filter(|n| {
                let date = first.plus_days(*n);
                date.0.year() == year && Holiday::on(date).is_some()
            });
            assert!((11..=12).contains(&count.count()), "{year}");
        }
    }
}
