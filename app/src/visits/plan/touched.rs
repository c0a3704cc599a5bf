//! What a change touches, shown before it is saved: how many visits are booked and which, without a name; then her yes, or
//! back with all that was typed.

use backend::{
    Result,
    visits::sessions::{self, Touched},
};
use domain::{
    kernel::{Locale, Public},
    visits::booking::{PlanChange, Planned, Several, Template, Touch, wings::TimeWings},
};
use leptos::prelude::*;

use super::{
    asked::{self, Typed},
    fields::Fields,
    forms,
    parts::{self, Desk},
    text, wings, words,
};
use crate::{
    i18n::{dates, visits_plan as t},
    routes,
    ui::{
        Actions, Button, ButtonKind, Cell, Column, DataTable, EmptyState, Form, HiddenInput, Link,
        LinkButton, Notice, NoticeKind, PageHead, Row, SummaryList, SummaryRow,
    },
};

/// More are counted, not listed.
const MOST: usize = 100;

#[component]
pub fn TouchedPage() -> impl IntoView {
    parts::page(|desk| async move { ask(desk).await })
}

async fn ask(desk: Desk) -> Result<Option<AnyView>> {
    if !desk.may_plan() {
        return Ok(None);
    }
    let (typed, key) = (desk.page.query("form").and_then(|code| Typed::parse(&code)), desk.page.query("try"));
    let (Some(typed), Some(key)) = (typed, key) else { return Ok(Some(gone(desk.l))) };
    let Some(fields) = asked::find(&desk, typed, &key).await? else { return Ok(Some(gone(desk.l))) };
    let Ok(change) = typed.typed(&fields).change(desk.today()) else { return Ok(Some(gone(desk.l))) };
    let unit = fields.value("unit");
    let Some(found) = sessions::preview(&desk.ctx, &desk.who, &unit, &change).await? else { return Ok(None) };
    // What another has changed since stands at the form; her yes leads there.
    let found = found.unwrap_or(Touched { visits: vec![], held: 0, offered: 0, needs_second: false });
    let what = what(&desk, &change).await?;
    Ok(Some(shown(&desk, (typed, &key), &fields, &found, what)))
}

/// Kept no longer, or saved long ago.
fn gone(l: Locale) -> AnyView {
    let way = Link::new(routes::STAFF_VISITING, t::back(l));
    view! {
        <div class="stack">
            <PageHead title=t::touched_title(l) back=way/>
            <EmptyState title=t::touched_gone_title(l) text=t::touched_gone_text(l)/>
        </div>
    }
    .into_any()
}

/// The change itself.
pub(super) async fn what(desk: &Desk, change: &PlanChange) -> Result<Vec<SummaryRow>> {
    let l = desk.l;
    Ok(match change {
        PlanChange::Rules { rules, .. } => words::rules(l, rules),
        PlanChange::End { time, last, .. } => {
            let time = sessions::time(&desk.ctx, &desk.who, time).await?;
            let title = time.map(|view| words::time_title(l, &view.time.template)).unwrap_or_default();
            vec![
                SummaryRow::new(t::times_col_time(l), title),
                SummaryRow::new(t::times_end_label(l), dates::with_year(l, *last)),
            ]
        }
        PlanChange::Text { text, .. } => text::said(l, text),
        PlanChange::Watch { at_least, source, .. } => vec![
            SummaryRow::new(t::watch_title(l), watch(l, *at_least)),
            SummaryRow::new(t::rules_fact_source(l), source).lang("nb"),
        ],
        PlanChange::Several { times, what, .. } => several(desk, times, *what).await?,
        PlanChange::Wings { new, .. } => of_wings(desk, new).await?,
        PlanChange::Close(day) => vec![
            SummaryRow::new(t::closed_label_on(l), dates::with_year(l, day.date)),
            SummaryRow::new(t::closed_label_reason(l), &day.reason).lang("nb"),
        ],
    })
}

/// From how many on, or that nobody is asked.
pub(super) fn watch(l: Locale, at_least: i64) -> String {
    if at_least == 0 { t::watch_off(l) } else { t::watch_on(l, at_least) }
}

async fn of_wings(desk: &Desk, new: &TimeWings) -> Result<Vec<SummaryRow>> {
    let l = desk.l;
    let Some(view) = sessions::time(&desk.ctx, &desk.who, &new.time).await? else { return Ok(vec![]) };
    let named = view.wings.all.iter().filter(|wing| new.choice.wings.contains(&wing.public)).collect();
    let whom = wings::for_whom(l, (new.choice.which, named)).unwrap_or_else(|| t::wings_all(l));
    Ok(vec![
        SummaryRow::new(t::times_col_time(l), words::time_title(l, &view.time.template)),
        SummaryRow::new(t::wings_fact(l), whom),
    ])
}

async fn several(desk: &Desk, times: &[Public<Template>], what: Several) -> Result<Vec<SummaryRow>> {
    let l = desk.l;
    let mut all = Vec::new();
    for time in times {
        let time = sessions::time(&desk.ctx, &desk.who, time).await?;
        all.extend(time.map(|view| words::time_and_room(l, &view.time.template)));
    }
    let (label, value) = match what {
        Several::Places(places) => (t::several_label_places(l), t::times_places(l, places)),
        Several::Last(last) => (t::several_label_last(l), dates::with_year(l, last)),
        Several::Pause { first, last } => (t::several_pause(l), words::days(l, first, last)),
    };
    Ok(vec![SummaryRow::new(t::several_which(l), all.join("\n")), SummaryRow::new(label, value)])
}

fn shown(
    desk: &Desk,
    (typed, key): (Typed, &str),
    fields: &Fields,
    found: &Touched,
    what: Vec<SummaryRow>,
) -> AnyView {
    let (l, unit) = (desk.l, fields.value("unit"));
    let back = routes::with_try(&typed.page(fields), key);
    let more = (desk.page.query("more").is_some())
        .then(|| view! { <Notice kind=NoticeKind::Error title=t::touched_more(l)/> });
    let second = found.needs_second.then(|| view! { <p>{t::touched_second(l)}</p> });
    let button = if found.needs_second { t::touched_propose(l) } else { t::touched_yes(l) };
    let (form, kept) = (typed.code().to_owned(), key.to_owned());
    view! {
        <div class="stack">
            {more}
            <PageHead title=t::touched_title(l) lead=t::touched_lead(l) back=Link::new(back.clone(), t::touched_back(l))/>
            <SummaryList rows=what/>
            {touches(l, &unit, found)}
            {second}
            <Form action=forms::action(forms::CHANGE)>
                <HiddenInput name="form" value=form/>
                <HiddenInput name="kept" value=kept/>
                <Actions>
                    <Button text=button/>
                    <LinkButton href=back text=t::touched_back(l) kind=ButtonKind::Quiet/>
                </Actions>
            </Form>
        </div>
    }
    .into_any()
}

/// What is booked, held and offered; or that nothing is.
pub(super) fn touches(l: Locale, unit: &str, found: &Touched) -> AnyView {
    let taken = [
        (found.held > 0).then(|| t::touched_held(l, found.held)),
        (found.offered > 0).then(|| t::touched_offered(l, found.offered)),
    ];
    let taken = taken.into_iter().flatten().map(|text| view! { <p>{text}</p> }).collect_view();
    if found.visits.is_empty() {
        return view! { <p>{t::touched_none(l)}</p>{taken} }.into_any();
    }
    let count = |is: fn(Touch) -> bool| found.visits.iter().filter(|(_, touch)| is(*touch)).count() as i64;
    let impossible = count(Touch::is_impossible);
    let settled = count(|touch| touch != Touch::Arrival) > 0;
    let impossible = (impossible > 0).then(|| view! { <p>{t::touched_impossible(l, impossible)}</p> });
    let settled = settled.then(|| view! { <p>{t::touched_settle(l)}</p> });
    view! {
        <Notice kind=NoticeKind::Warn title=t::touched_visits(l, found.visits.len() as i64)>
            {impossible}
            {settled}
        </Notice>
        {table(l, unit, found)}
        {taken}
    }
    .into_any()
}

fn table(l: Locale, unit: &str, found: &Touched) -> AnyView {
    let head = vec![
        Column::new(t::touched_col_time(l)),
        Column::new(t::touched_col_reference(l)),
        Column::new(t::touched_col_what(l)),
    ];
    let rows = found.visits.iter().take(MOST).map(|(visit, touch)| row(l, unit, visit, *touch)).collect();
    let rest = found.visits.len().saturating_sub(MOST) as i64;
    let rest = (rest > 0).then(|| view! { <p>{t::touched_rest(l, rest)}</p> });
    view! { <DataTable caption=t::touched_caption(l) head=head rows=rows/>{rest} }.into_any()
}

fn row(l: Locale, unit: &str, visit: &Planned, touch: Touch) -> Row {
    let day = dates::capital(&dates::long_date(l, visit.date));
    let time = format!("{day} {}", dates::at_clock(l, visit.start));
    Row::new(vec![
        Cell::link(routes::staff_day(unit, &visit.date.iso()), time),
        Cell::text(visit.reference.to_string()),
        Cell::text(words::touch(l, touch)),
    ])
}
