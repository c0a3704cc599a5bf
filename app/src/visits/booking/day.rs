//! The unit's day: who comes when, to whom, in which room, under which measures. Made to be printed too.

use backend::{
    Result,
    visits::booking::{self, DayRow, DaySlot, UnitDay},
};
use domain::{
    kernel::{CivilDate, Clock, Locale},
    visits::booking::may_cancel,
};
use leptos::prelude::*;

use super::{
    counsel::bringing::at_the_door,
    door,
    staff::{self, Desk, day_path},
    words,
};
use crate::{
    i18n::{dates, visits_booking as t},
    routes,
    ui::{
        Actions, ButtonKind, Cell, Column, DataTable, EmptyState, HeadRow, IconName, LinkButton, LinkRow,
        LinkRows, Notice, NoticeKind, PageHead, PrintButton, Row, TableGroup, Tag, TagKind,
    },
};

#[component]
pub fn DayPage() -> impl IntoView {
    staff::page(|desk| async move { day(desk).await })
}

async fn day(desk: Desk) -> Result<Option<AnyView>> {
    let today = desk.page.now.date();
    let on = match desk.page.query("date") {
        Some(text) => match CivilDate::parse_iso(&text) {
            Some(date) => date,
            None => return Ok(None),
        },
        None => today,
    };
    let unit = desk.page.query("unit");
    let found = booking::day(&desk.ctx, &desk.who, unit.as_deref(), on).await?;
    Ok(found.map(|day| shown(&desk, &day)))
}

fn shown(desk: &Desk, day: &UnitDay) -> AnyView {
    let l = desk.locale();
    let title = dates::capital(&dates::long_date(l, day.date));
    let closed = day.closed.clone().map(|reason| {
        view! { <Notice kind=NoticeKind::Warn title=t::day_closed_title(l)><p lang="nb">{reason}</p></Notice> }
    });
    let note =
        [Some(day.unit_name.clone()), counted(l, day)].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let (before, after) = (step(l, day, -1, IconName::Left), step(l, day, 1, IconName::Right));
    view! {
        <div class="stack">
            {done(desk, day)}
            <HeadRow>
                <PageHead title=title note=note/>
                <Actions>
                    {before}
                    {after}
                    <PrintButton text=t::day_print(l)/>
                </Actions>
            </HeadRow>
            {closed}
            {table(desk, day)}
            {others(l, day)}
        </div>
    }
    .into_any()
}

/// What was just done, or had been done before; only if the day shows it, for anybody can make such an address.
fn done(desk: &Desk, day: &UnitDay) -> Option<AnyView> {
    let l = desk.locale();
    let mut rows = day.slots.iter().flat_map(|slot| &slot.rows);
    match desk.page.query("done")?.as_str() {
        word @ ("cancelled" | "rung") if rows.any(|r| r.cancelled.is_some_and(|c| c.by_unit.is_some())) => {
            let title = if word == "rung" { t::day_rung(l) } else { t::day_booked(l) };
            Some(view! { <Notice kind=NoticeKind::Done title=title/> }.into_any())
        }
        "settled" if rows.any(|r| !r.doubts.is_empty()) => {
            Some(view! { <Notice kind=NoticeKind::Done title=t::day_settled(l)/> }.into_any())
        }
        "already" => {
            let public = desk.page.query("booking")?;
            let row = rows.find(|r| r.public.as_str() == public)?;
            let (title, told) = (t::day_already(l, &row.inmate_name, &row.reference), off(l, row)?);
            Some(view! { <Notice title=title><p>{told}</p></Notice> }.into_any())
        }
        _ => None,
    }
}

fn step(l: Locale, day: &UnitDay, days: i64, icon: IconName) -> AnyView {
    let date = day.date.plus_days(days);
    let text = dates::capital(&dates::weekday(l, date));
    let href = day_path(&day.unit_slug, date);
    view! { <LinkButton href=href text=text kind=ButtonKind::Secondary icon=icon/> }.into_any()
}

/// `8 besøk: 9 voksne og 4 barn. 2 med kontrolltiltak. 1 avlyst.` Nobody is counted who does not come.
fn counted(l: Locale, day: &UnitDay) -> Option<String> {
    let rows = || day.slots.iter().flat_map(|s| s.rows.iter());
    let coming = || rows().filter(|r| r.cancelled.is_none());
    let number = |n: usize| i64::try_from(n).unwrap_or(0);
    let guests = |child| number(coming().flat_map(|r| &r.guests).filter(|g| g.child == child).count());
    let off = number(rows().filter(|r| r.cancelled.is_some()).count());
    let measures = number(coming().filter(|r| !r.measures.is_empty()).count());
    let settle = number(coming().filter(|r| !r.doubts.is_empty()).count());
    if coming().next().is_none() && off == 0 {
        return None;
    }
    let visits = t::day_visits(l, number(coming().count()));
    let (adults, children) = (t::day_adults(l, guests(false)), t::day_children(l, guests(true)));
    let mut text = vec![match guests(true) {
        0 => t::day_count_adults(l, visits, adults),
        _ => t::day_count(l, visits, adults, children),
    }];
    text.extend((measures > 0).then(|| t::day_measures(l, measures)));
    text.extend((settle > 0).then(|| t::day_to_settle(l, settle)));
    text.extend((off > 0).then(|| t::day_cancelled(l, off)));
    Some(text.join(" "))
}

fn table(desk: &Desk, day: &UnitDay) -> AnyView {
    let l = desk.locale();
    if day.slots.iter().all(|s| s.rows.is_empty()) {
        return view! { <EmptyState title=t::day_none_title(l) text=t::day_none_text(l)/> }.into_any();
    }
    let head = vec![
        Column::new(t::day_col_inmate(l)),
        Column::new(t::day_col_guests(l)),
        Column::new(t::day_col_room(l)),
        Column::new(t::day_col_measures(l)),
        Column::corner(t::day_col_now(l)),
    ];
    let used = day.slots.iter().filter(|s| !s.rows.is_empty());
    let groups = used.map(|slot| group(desk, day.date, slot)).collect();
    let caption = t::day_caption(l, &day.unit_name, dates::with_year(l, day.date));
    view! { <DataTable caption=caption head=head groups=groups/> }.into_any()
}

fn group(desk: &Desk, on: CivilDate, slot: &DaySlot) -> TableGroup {
    let l = desk.locale();
    let title = t::day_slot(l, dates::clock(l, slot.start), dates::clock(l, slot.end));
    let rows = slot.rows.iter().map(|r| row(desk, (on, slot.start), r)).collect();
    TableGroup::new(title, t::day_used(l, slot.used, slot.places), rows)
}

fn row(desk: &Desk, at: (CivilDate, Clock), row: &DayRow) -> Row {
    let l = desk.locale();
    let guests: Vec<String> = row.guests.iter().map(|g| words::day_guest(l, g)).collect();
    let measures: Vec<String> = row.measures.iter().map(|m| words::measure(l, *m)).collect();
    let measures = if measures.is_empty() {
        Cell::text(t::day_no_measures(l))
    } else {
        Cell::view(view! { <strong>{measures.join(", ")}</strong> })
    };
    let small =
        [off(l, row), door::way(l, row), door::needs(l, row), door::booker(l, row)].into_iter().flatten();
    let doubts = door::doubts(l, row).into_iter();
    let brings = at_the_door(l, row).into_iter();
    let brings = brings.map(|line| view! { <span class="cell-small">{line}</span> }).collect_view();
    let doubts =
        doubts.map(|line| view! { <strong class="cell-small due-late">{line}</strong> }).collect_view();
    let small = small.map(|line| view! { <span class="cell-small">{line}</span> }).collect_view();
    Row::new(vec![
        Cell::two(row.inmate_name.clone(), row.reference.to_string()),
        Cell::view(view! { <span>{guests.join(", ")}</span>{doubts}{brings}{small} }),
        Cell::in_lang("nb", row.room.clone()),
        measures,
        Cell::view(state(desk, at, row)),
    ])
}

fn off(l: Locale, row: &DayRow) -> Option<String> {
    let cancelled = row.cancelled?;
    let at = dates::date_time(l, cancelled.at);
    Some(match cancelled.by_unit {
        None => t::day_off_own(l, at),
        Some(reason) => t::day_off_unit(l, at, words::reason(l, reason)),
    })
}

fn state(desk: &Desk, (on, start): (CivilDate, Clock), row: &DayRow) -> AnyView {
    let l = desk.locale();
    if row.cancelled.is_some() {
        return view! { <Tag text=t::day_off(l) kind=TagKind::Plain icon=IconName::Cross/> }.into_any();
    }
    let cancel = may_cancel(&desk.who.roles).then(|| {
        let about = t::day_cancel_about(l, &row.inmate_name, dates::clock(l, start));
        view! {
            " "
            <a class="no-print" href=routes::staff_cancel(&row.public)>
                {t::day_cancel(l)}<span class="visually-hidden">" "{about}</span>
            </a>
        }
    });
    let (text, kind) = if on < desk.page.now.date() {
        (t::day_was_booked(l), TagKind::Plain)
    } else {
        (t::day_expected(l), TagKind::Waiting)
    };
    let state = door::mark(l, row).unwrap_or_else(|| view! { <Tag text=text kind=kind/> }.into_any());
    view! { {state}{cancel} }.into_any()
}

/// The officer's other units, on the same day.
fn others(l: Locale, day: &UnitDay) -> Option<AnyView> {
    let row = |(slug, name): &(String, String)| LinkRow::new(day_path(slug, day.date), name);
    let rows: Vec<LinkRow> = day.units.iter().map(row).collect();
    (!rows.is_empty()).then(|| {
        view! { <section class="stack no-print"><h2>{t::day_units(l)}</h2><LinkRows rows=rows/></section> }.into_any()
    })
}
