//! Whoever is being helped: what can be done for her, her visits and cases here, and what has been done under this contact.

use backend::{
    Result,
    visits::{
        assisted::{self, Contact, Helped, HisApplication, Read},
        booking::MyVisit,
    },
};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    api::CHANGE,
    parts::{self, Desk},
    start::to_start,
    words,
};
use crate::{
    i18n::{dates, visits_assist as t},
    routes,
    ui::{
        Actions, AsideBlock, Button, ButtonKind, Cell, Column, DataTable, EmptyState, HiddenInput,
        LinkButton, Notice, NoticeKind, PageGrid, PageHead, Row, SummaryList, SummaryRow,
    },
};

#[component]
pub fn OnePage() -> impl IntoView {
    parts::contact_page(|desk, contact| async move {
        let read = assisted::read(&desk.ctx, &contact).await?;
        shown(&desk, &contact, &read).map(Some)
    })
}

fn shown(desk: &Desk, contact: &Contact, read: &Read) -> Result<AnyView> {
    let l = desk.l;
    let note = t::one_note(l, words::by(l, contact.channel), dates::clock_of(l, contact.ends_at));
    let done = done(desk);
    let acts = acts(l, &read.acts);
    let (visits, cases) = (visits(desk, contact, &read.visits), cases(l, &read.applications));
    let apply = routes::staff_assist_to(&contact.public, "apply");
    let book = routes::staff_assist_to(&contact.public, "book");
    let name = contact.name.clone();
    let new = contact.registered.then(|| view! { <p class="muted">{t::one_registered(l)}</p> });
    Ok(view! {
        <PageGrid aside=aside(l)>
            <PageHead title=name tab=t::one_tab(l) note=note back=to_start(l)/>
            {done}
            {new}
            <Actions>
                <LinkButton href=book text=t::one_book(l)/>
                <LinkButton href=apply text=t::one_apply(l) kind=ButtonKind::Secondary/>
            </Actions>
            {acts}
            <h2>{t::one_visits(l)}</h2>
            {visits}
            <h2>{t::one_cases(l)}</h2>
            {cases}
        </PageGrid>
    }
    .into_any())
}

/// What has just been done, or why it was not.
fn done(desk: &Desk) -> Option<AnyView> {
    let l = desk.l;
    let (kind, title) = match desk.page.query("done")?.as_str() {
        "applied" => (NoticeKind::Done, t::done_applied(l)),
        "booked" => (NoticeKind::Done, t::done_booked(l)),
        "asked" => (NoticeKind::Done, t::done_asked(l)),
        "cancelled" => (NoticeKind::Done, t::done_cancelled(l)),
        "moved_on" => (NoticeKind::Error, t::done_moved_on(l)),
        _ => return None,
    };
    Some(view! { <Notice kind=kind title=title/> }.into_any())
}

fn acts(l: Locale, acts: &[Helped]) -> Option<AnyView> {
    let row = |one: &Helped| {
        let at = dates::capital(&dates::date_time(l, one.at));
        let reference = one.reference.as_ref().map(|r| format!("\n{}", t::reference(l, r.to_string())));
        SummaryRow::new(words::act(l, one.act), format!("{at}{}", reference.unwrap_or_default()))
    };
    let rows: Vec<SummaryRow> = acts.iter().map(row).collect();
    (!rows.is_empty()).then(|| view! { <h2>{t::one_acts(l)}</h2><SummaryList rows=rows/> }.into_any())
}

fn visits(desk: &Desk, contact: &Contact, visits: &[MyVisit]) -> AnyView {
    let (l, now) = (desk.l, desk.page.now);
    let ahead: Vec<&MyVisit> = visits.iter().filter(|v| v.starts_at > now && v.cancelled.is_none()).collect();
    if ahead.is_empty() {
        return view! { <EmptyState title=t::one_no_visits(l)/> }.into_any();
    }
    let head = vec![Column::new(t::col_when(l)), Column::new(t::col_whom(l)), Column::new(t::col_do(l))];
    let rows = ahead.into_iter().map(|visit| visit_row(l, contact, visit)).collect();
    view! { <DataTable caption=t::one_visits(l) head=head rows=rows labels=true/> }.into_any()
}

fn visit_row(l: Locale, contact: &Contact, visit: &MyVisit) -> Row {
    let when = dates::capital(&dates::long_date(l, visit.date));
    let time = dates::clock_range(l, visit.start, visit.end);
    let (id, public) = (contact.public.to_string(), visit.public.to_string());
    let (cancel, about) = (routes::staff_assist_cancel(&contact.public, &visit.public), when.clone());
    let ways = view! {
        <form method="post" action=format!("/api/{CHANGE}")>
            <HiddenInput name="contact" value=id/>
            <HiddenInput name="public" value=public/>
            <Button text=t::change(l) kind=ButtonKind::Secondary about=about.clone()/>
        </form>
        <p><a href=cancel>{t::cancel(l)}<span class="visually-hidden">" "{about}</span></a></p>
    };
    Row::new(vec![
        Cell::two(when, time),
        Cell::two(visit.inmate_name.clone(), visit.unit_name.clone()),
        Cell::view(ways),
    ])
}

fn cases(l: Locale, cases: &[HisApplication]) -> AnyView {
    if cases.is_empty() {
        return view! { <EmptyState title=t::one_no_cases(l) text=t::one_no_cases_text(l)/> }.into_any();
    }
    let head = vec![
        Column::new(t::col_reference(l)),
        Column::new(t::col_whom(l)),
        Column::new(t::col_stage(l)),
        Column::new(t::col_sent(l)),
    ];
    let row = |one: &HisApplication| {
        Row::new(vec![
            Cell::text(one.reference.to_string()),
            Cell::text(one.inmate.clone()),
            Cell::text(words::stage(l, one.stage)),
            Cell::text(dates::plain(l, one.submitted_at.date())),
        ])
    };
    let rows = cases.iter().map(row).collect();
    view! { <DataTable caption=t::one_cases(l) head=head rows=rows labels=true/> }.into_any()
}

fn aside(l: Locale) -> AnyView {
    view! {
        <AsideBlock title=t::aside_who_title(l)><p>{t::aside_who(l)}</p></AsideBlock>
        <AsideBlock title=t::aside_told_title(l)><p>{t::aside_told(l)}</p></AsideBlock>
    }
    .into_any()
}
