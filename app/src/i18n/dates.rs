//! Days and clock times in words, as they are said in each language, on the wall in Oslo.

use domain::kernel::{CivilDate, Clock, Instant, Locale};

use super::texts::dates as words;
pub use words::{days, days_ago, hours, in_days, minutes, today, tomorrow, weeks, years};

/// `lørdag 19. september`
pub fn long_date(l: Locale, date: CivilDate) -> String {
    words::weekday_date(l, weekday(l, date), day_month(l, date))
}

/// `lørdag 19. september 2026`
pub fn with_year(l: Locale, date: CivilDate) -> String {
    words::weekday_date(l, weekday(l, date), plain(l, date))
}

/// `19. september 2026`
pub fn plain(l: Locale, date: CivilDate) -> String {
    words::day_month_year(l, date.0.day(), month(l, date), date.0.year())
}

/// `19. september`
pub fn day_month(l: Locale, date: CivilDate) -> String {
    words::day_month(l, date.0.day(), month(l, date))
}

/// `9. sept.`, for narrow columns.
pub fn short(l: Locale, date: CivilDate) -> String {
    words::day_month(l, date.0.day(), month_short(l, date))
}

/// `14.32`
pub fn clock(l: Locale, clock: Clock) -> String {
    words::clock(l, format!("{:02}", clock.hour()), format!("{:02}", clock.minute()))
}

/// `kl. 14.32`
pub fn at_clock(l: Locale, at: Clock) -> String {
    words::clock_alone(l, clock(l, at))
}

/// `kl. 11.00–12.00`
pub fn clock_range(l: Locale, from: Clock, to: Clock) -> String {
    words::clock_range(l, clock(l, from), clock(l, to))
}

/// `14.32`, of an instant.
pub fn clock_of(l: Locale, at: Instant) -> String {
    clock(l, at.clock())
}

/// `lørdag 19. september kl. 14.32`
pub fn date_time(l: Locale, at: Instant) -> String {
    words::at(l, long_date(l, at.date()), clock_of(l, at))
}

/// `19. september 2026 kl. 14.32`, for receipts and logs, where the year counts.
pub fn date_time_with_year(l: Locale, at: Instant) -> String {
    words::at(l, plain(l, at.date()), clock_of(l, at))
}

/// `i dag`, `i morgen`, `i går`, `om 3 dager`, `for 3 dager siden`.
pub fn relative(l: Locale, date: CivilDate, today: CivilDate) -> String {
    match date.days_since(today) {
        0 => words::today(l),
        1 => words::tomorrow(l),
        -1 => words::yesterday(l),
        n if n > 0 => words::in_days(l, n),
        n => words::days_ago(l, -n),
    }
}

/// `uke 38`
pub fn week(l: Locale, date: CivilDate) -> String {
    words::week(l, date.iso_week())
}

/// A sentence's first letter.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// `desember 2026`, over a calendar.
pub fn month_year(l: Locale, date: CivilDate) -> String {
    format!("{} {}", month(l, date), date.0.year())
}

/// `lørdag`
pub fn weekday(l: Locale, date: CivilDate) -> String {
    weekday_name(l, date.weekday())
}

/// Monday is 1, Sunday is 7.
pub fn weekday_name(l: Locale, weekday: u8) -> String {
    match weekday {
        1 => words::weekday_monday(l),
        2 => words::weekday_tuesday(l),
        3 => words::weekday_wednesday(l),
        4 => words::weekday_thursday(l),
        5 => words::weekday_friday(l),
        6 => words::weekday_saturday(l),
        _ => words::weekday_sunday(l),
    }
}

fn month(l: Locale, date: CivilDate) -> String {
    match date.0.month() {
        1 => words::month_january(l),
        2 => words::month_february(l),
        3 => words::month_march(l),
        4 => words::month_april(l),
        5 => words::month_may(l),
        6 => words::month_june(l),
        7 => words::month_july(l),
        8 => words::month_august(l),
        9 => words::month_september(l),
        10 => words::month_october(l),
        11 => words::month_november(l),
        _ => words::month_december(l),
    }
}

/// `sept.`
pub fn month_short(l: Locale, date: CivilDate) -> String {
    match date.0.month() {
        1 => words::month_short_january(l),
        2 => words::month_short_february(l),
        3 => words::month_short_march(l),
        4 => words::month_short_april(l),
        5 => words::month_short_may(l),
        6 => words::month_short_june(l),
        7 => words::month_short_july(l),
        8 => words::month_short_august(l),
        9 => words::month_short_september(l),
        10 => words::month_short_october(l),
        11 => words::month_short_november(l),
        _ => words::month_short_december(l),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> CivilDate {
        CivilDate::parse_iso(text).expect("a date")
    }

    #[test]
    fn a_date_is_said_as_people_say_it() {
        let date = day("2026-09-19");
        let table = [
            (Locale::Nb, "lørdag 19. september", "19. sept."),
            (Locale::Nn, "laurdag 19. september", "19. sept."),
            (Locale::En, "Saturday 19 September", "19 Sept"),
            (Locale::Se, "lávvardat čakčamánu 19. b.", "čakčamánu 19. b."),
        ];
        for (l, long, narrow) in table {
            assert_eq!(long_date(l, date), long);
            assert_eq!(short(l, date), narrow);
        }
        assert_eq!(with_year(Locale::Nb, date), "lørdag 19. september 2026");
        assert_eq!(capital(&long_date(Locale::Nb, date)), "Lørdag 19. september");
    }

    #[test]
    fn the_clock_is_oslos_in_summer_and_winter() {
        let table = [
            ("2026-07-01", Locale::Nb, "onsdag 1. juli kl. 14.32"),
            ("2026-12-01", Locale::Nn, "tysdag 1. desember kl. 14.32"),
            ("2026-10-25", Locale::En, "Sunday 25 October at 14:32"),
            ("2026-03-29", Locale::Se, "sotnabeaivi njukčamánu 29. b. dii. 14.32"),
        ];
        for (date, l, expected) in table {
            let at = Instant::of_wall(day(date), Clock(14 * 60 + 32));
            assert_eq!(date_time(l, at), expected);
        }
    }

    #[test]
    fn nearness_is_said_in_words() {
        let today = day("2026-12-31");
        let table =
            [(0, "i dag"), (1, "i morgen"), (-1, "i går"), (3, "om 3 dager"), (-9, "for 9 dager siden")];
        for (days, expected) in table {
            assert_eq!(relative(Locale::Nb, today.plus_days(days), today), expected);
        }
    }
}
