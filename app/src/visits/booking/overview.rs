//! All days that can be booked, as a calendar over the list: a free day leads to its times.

use backend::visits::booking::Available;
use domain::{
    kernel::{CivilDate, Locale},
    visits::booking::{Day, Offer},
};
use leptos::prelude::*;

use crate::{
    i18n::{dates, visits_booking as t},
    routes,
    ui::{CalendarDay, CalendarMonth, Details, FreeCalendar},
};

/// The id of a day in the list.
pub(super) fn anchor(date: CivilDate) -> String {
    format!("day-{}", date.iso())
}

/// Nothing when no day is free: the list says why.
pub(super) fn calendar(l: Locale, found: &Available, held: Option<&str>) -> Option<AnyView> {
    let (first, last) = found.window?;
    found.days.iter().any(|d| matches!(d.offer, Offer::Free(_))).then(|| {
        let months = months(l, &found.days, (first, last), held);
        let weekdays = [1, 2, 3, 4, 5, 6, 7].map(|n| {
            let name = dates::weekday_name(l, n);
            (name.chars().take(2).collect(), name)
        });
        view! {
            <Details summary=t::calendar_show(l)><FreeCalendar months=months weekdays=weekdays/></Details>
        }
        .into_any()
    })
}

fn months(
    l: Locale,
    days: &[Day],
    (first, last): (CivilDate, CivilDate),
    held: Option<&str>,
) -> Vec<CalendarMonth> {
    let mut months: Vec<CalendarMonth> = Vec::new();
    for date in (0..=last.days_since(first)).map(|n| first.plus_days(n)) {
        let name = dates::capital(&dates::month_year(l, date));
        if months.last().is_none_or(|m| m.name != name) {
            months.push(CalendarMonth { name, weeks: vec![] });
        }
        let Some(month) = months.last_mut() else { continue };
        if month.weeks.is_empty() || date.weekday() == 1 {
            month.weeks.push(Default::default());
        }
        if let Some(week) = month.weeks.last_mut() {
            week[usize::from(date.weekday()) - 1] = Some(day(l, date, days, held));
        }
    }
    months
}

fn day(l: Locale, date: CivilDate, days: &[Day], held: Option<&str>) -> CalendarDay {
    let free = days.iter().find(|d| d.date == date).and_then(|d| match &d.offer {
        Offer::Free(sessions) => Some(sessions),
        Offer::None(_) => None,
    });
    let here = free.is_some_and(|all| all.iter().any(|s| Some(s.public.as_str()) == held));
    let free = free.map(|sessions| {
        let href = format!("{}?from={}#{}", routes::book("when"), date.iso(), anchor(date));
        let count = i64::try_from(sessions.len()).unwrap_or_default();
        (href, t::calendar_day(l, dates::long_date(l, date), t::calendar_times(l, count)))
    });
    CalendarDay { number: i64::from(date.0.day()), free, here }
}

#[cfg(test)]
mod tests {
    use domain::visits::booking::Why;

    use super::*;

    #[test]
    fn a_window_over_new_year_is_two_months_of_whole_weeks() {
        let at = |text| CivilDate::parse_iso(text).expect("a date");
        let full = Day { date: at("2026-12-30"), offer: Offer::None(Why::Full) };
        let months = months(Locale::Nb, &[full], (at("2026-12-29"), at("2027-01-05")), None);
        let names: Vec<&str> = months.iter().map(|m| m.name.as_str()).collect();
        assert_eq!(names, ["Desember 2026", "Januar 2027"]);
        let row = |m: usize, w: usize| {
            let numbers = months[m].weeks[w].iter().map(|d| d.as_ref().map_or(0, |d| d.number));
            numbers.collect::<Vec<_>>()
        };
        assert_eq!(row(0, 0), [0, 29, 30, 31, 0, 0, 0]);
        assert_eq!(row(1, 0), [0, 0, 0, 0, 1, 2, 3]);
        assert_eq!(row(1, 1), [4, 5, 0, 0, 0, 0, 0]);
        assert!(months.iter().flat_map(|m| m.weeks.iter().flatten().flatten()).all(|d| d.free.is_none()));
    }
}
