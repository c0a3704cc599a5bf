//! The bookable days as a calendar: a table a month, days with free times are links to them. Plain HTML: it moves
//! nowhere, so it needs no code in the browser.
use leptos::prelude::*;

/// A day of the calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarDay {
    /// Day of the month.
    pub number: i64,
    /// Where its times are, and what a screen reader hears: "lørdag 5. desember, 3 ledige tider".
    pub free: Option<(String, String)>,
    /// Held or chosen: ember.
    pub here: bool,
}

/// A month: its name, its weeks from Monday to Sunday. A place outside what can be booked is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarMonth {
    pub name: String,
    pub weeks: Vec<[Option<CalendarDay>; 7]>,
}

/// The months side by side, under each other on a phone.
#[component]
pub fn FreeCalendar(
    months: Vec<CalendarMonth>,
    /// Monday to Sunday: short, and in full.
    weekdays: [(String, String); 7],
) -> impl IntoView {
    let tables = months.into_iter().map(|month| {
        let weekdays = weekdays.clone();
        view! { <Month month=month weekdays=weekdays/> }
    });
    view! { <div class="calendar">{tables.collect_view()}</div> }
}

#[component]
fn Month(month: CalendarMonth, weekdays: [(String, String); 7]) -> impl IntoView {
    let head = weekdays.map(|(short, full)| {
        view! { <th scope="col"><span aria-hidden="true">{short}</span><span class="visually-hidden">{full}</span></th> }
    });
    let rows =
        month.weeks.into_iter().map(|week| view! { <tr>{week.map(cell).into_iter().collect_view()}</tr> });
    view! {
        <table class="calendar-month">
            <caption class="calendar-name">{month.name}</caption>
            <thead><tr>{head.into_iter().collect_view()}</tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

fn cell(day: Option<CalendarDay>) -> AnyView {
    let Some(CalendarDay { number, free, here }) = day else { return view! { <td></td> }.into_any() };
    match free {
        Some((href, words)) => {
            let class = if here { "calendar-free calendar-free--here" } else { "calendar-free" };
            view! {
                <td>
                    <a class=class href=href>
                        <span aria-hidden="true">{number}</span><span class="visually-hidden">{words}</span>
                    </a>
                </td>
            }
            .into_any()
        }
        None => view! { <td>{number}</td> }.into_any(),
    }
}
