//! Today at the gate: a field for the scanner, and everybody who comes.

use backend::{
    form_try::FormTry,
    visits::{
        booking::{DayRow, DaySlot},
        gate::{self, GateDay, MarkRow},
    },
};
use domain::{
    kernel::{CivilDate, Locale, Public},
    visits::{
        booking::somebody_comes,
        gate::{AtGate, Mark},
    },
};
use leptos::prelude::*;

use super::{
    api::{FIND, MARK, action},
    offline::unsent,
    parts::{self, Desk},
    words,
};
use crate::{
    i18n::{common, dates, visits_gate as t},
    routes,
    ui::{
        Actions, Button, ButtonKind, Cell, Column, DataTable, EmptyState, ErrorSummary, Field, FieldError,
        Form, HeadRow, HiddenInput, LinkRow, LinkRows, Notice, NoticeKind, PageHead, PrintButton, Row,
        TableGroup, Tag, TagKind,
    },
    visits::booking::{day_guest, measure, way},
};

#[component]
pub fn GatePage() -> impl IntoView {
    parts::page(|desk| async move {
        let unit = desk.page.query("unit");
        let Some(day) = gate::day(&desk.ctx, &desk.who, unit.as_deref()).await? else { return Ok(None) };
        let tried = desk.tried(FIND).await?;
        Ok(Some(shown(&desk, &day, tried)))
    })
}

fn shown(desk: &Desk, gate: &GateDay, tried: Option<FormTry>) -> AnyView {
    let (l, day) = (desk.l, &gate.day);
    let error = tried.as_ref().and_then(|tried| wrong(l, tried));
    let errors: Vec<FieldError> = error.iter().map(|text| FieldError::new("text", text.clone())).collect();
    let tab = (!errors.is_empty()).then(|| format!("{} {}", common::error_prefix(l), t::title(l)));
    let typed = tried.map(|tried| tried.value("text")).unwrap_or_default();
    let note = t::note(l, &day.unit_name, dates::long_date(l, day.date));
    let others = day.units.iter().map(|(slug, name)| LinkRow::new(routes::staff_gate_of(slug), name));
    let others: Vec<LinkRow> = others.collect();
    let done = desk.page.query("done").is_some_and(|done| done == "marked");
    let done = done.then(|| view! { <Notice kind=NoticeKind::Done title=t::done(l)/> });
    view! {
        <div class="stack">
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            {done}
            {unsent(desk)}
            <HeadRow>
                <PageHead title=t::title(l) tab=tab note=note/>
                <Actions><PrintButton text=t::attended_print(l)/></Actions>
            </HeadRow>
            <div class="no-print">
                <Form action=action(FIND)>
                    <Field name="text" label=t::find_label(l) hint=t::find_hint(l) value=typed error=error
                        autocomplete="off"/>
                    <Actions><Button text=t::find_button(l)/></Actions>
                </Form>
            </div>
            {table(desk, gate)}
            {(!others.is_empty()).then(|| view! {
                <section class="stack no-print"><h2>{t::units(l)}</h2><LinkRows rows=others/></section>
            })}
        </div>
    }
    .into_any()
}

fn wrong(l: Locale, tried: &FormTry) -> Option<String> {
    Some(match tried.code("text")? {
        "other_day" => {
            let day = CivilDate::parse_iso(&tried.value("day"));
            t::find_other_day(l, day.map(|day| dates::with_year(l, day)).unwrap_or_default())
        }
        "unknown" => t::find_unknown(l),
        "not_ours" => t::find_not_ours(l),
        _ => t::find_unreadable(l),
    })
}

fn table(desk: &Desk, gate: &GateDay) -> AnyView {
    let l = desk.l;
    let used = || gate.day.slots.iter().filter(|slot| !slot.rows.is_empty());
    if used().next().is_none() {
        return view! { <EmptyState title=t::none_title(l) text=t::none_text(l)/> }.into_any();
    }
    let head = vec![
        Column::new(t::col_guests(l)),
        Column::new(t::col_inmate(l)),
        Column::new(t::col_room(l)),
        Column::corner(t::col_state(l)),
    ];
    let groups = used().map(|slot| group(desk, gate, slot)).collect();
    view! { <DataTable caption=t::caption(l, &gate.day.unit_name) head=head groups=groups/> }.into_any()
}

fn group(desk: &Desk, gate: &GateDay, slot: &DaySlot) -> TableGroup {
    let rows = slot.rows.iter().map(|row| line(desk, gate, row)).collect();
    TableGroup::new(dates::clock_range(desk.l, slot.start, slot.end), "", rows)
}

fn line(desk: &Desk, gate: &GateDay, row: &DayRow) -> Row {
    let l = desk.l;
    let names: Vec<String> = row.guests.iter().map(|guest| day_guest(l, guest)).collect();
    let names = names.join(", ");
    let measures: Vec<String> = row.measures.iter().map(|one| measure(l, *one)).collect();
    let guests = if row.cancelled.is_some() {
        Cell::text(names.clone())
    } else {
        let names = names.clone();
        Cell::view(view! { <a href=routes::staff_gate(&row.public)>{names}</a> })
    };
    Row::new(vec![
        guests,
        Cell::two(row.inmate_name.clone(), row.reference.to_string()),
        Cell::view(view! {
            <span lang="nb">{row.room.clone()}</span>
            {way(l, row).map(|text| view! { <strong class="cell-small">{text}</strong> })}
            <strong class="cell-small">{measures.join(", ")}</strong>
        }),
        Cell::view(view! { {state(l, gate, row)}{quick(desk, gate, row, &names)} }),
    ])
}

fn state(l: Locale, gate: &GateDay, row: &DayRow) -> AnyView {
    if row.cancelled.is_some() {
        return view! { <Tag text=t::off(l)/> }.into_any();
    }
    let line = gate.line(&row.public);
    let kind = match line.state {
        AtGate::Expected if !row.doubts.is_empty() => TagKind::Warn,
        AtGate::Expected => TagKind::Waiting,
        AtGate::Inside { .. } => TagKind::Done,
        AtGate::Over { .. } => TagKind::Plain,
    };
    let delay = line.delay.filter(|_| line.state == AtGate::Expected).map(|delay| {
        let said = t::delayed(l, delay.minutes, dates::clock_of(l, delay.told_at));
        view! { <span class="cell-small">{said}</span> }
    });
    view! { <Tag text=words::state(l, line.state) kind=kind/>{delay} }.into_any()
}

/// The one thing that comes next, in one press, where nothing has to be thought of; everything else is on the page of the visit.
fn quick(desk: &Desk, gate: &GateDay, row: &DayRow, names: &str) -> Option<AnyView> {
    let (l, line) = (desk.l, gate.line(&row.public));
    let plain = row.cancelled.is_none()
        && row.doubts.is_empty()
        && row.brings.is_empty()
        && somebody_comes(row.kind, row.way);
    let (mark, text) = match line.state {
        AtGate::Expected if plain && desk.page.now < row.starts_at => (Mark::Arrived, t::arrive(l)),
        AtGate::Inside { .. } if plain => (Mark::Normal, t::end_normal(l)),
        _ => return None,
    };
    let key: Public<MarkRow> = desk.ctx.chance.public();
    let (public, seen, unit) = (row.public.to_string(), line.marks.to_string(), gate.day.unit_slug.clone());
    let about = names.to_owned();
    Some(
        view! {
            <div class="no-print">
            <Form action=action(MARK)>
                <Button text=text about=about kind=ButtonKind::Quiet/>
                <HiddenInput name="public" value=public/>
                <HiddenInput name="seen" value=seen/>
                <HiddenInput name="key" value=key.to_string()/>
                <HiddenInput name="kind" value=mark.kind()/>
                <HiddenInput name="unit" value=unit/>
            </Form>
            </div>
        }
        .into_any(),
    )
}
