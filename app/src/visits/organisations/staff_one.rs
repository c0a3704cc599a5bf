//! One organisation as the unit sees it: until when it is cleared, its people, and whom it meets here.

use backend::visits::organisations::{self, Cleared, Opened, Task};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    parts::{self, Desk, named},
    person::listed,
    staff_api::{MEET_END, STAFF_END, UNCLEAR},
    words,
};
use crate::{
    i18n::{dates, visits_organisations as t},
    routes,
    ui::{
        Actions, Button, ButtonKind, Form, HiddenInput, Link, LinkButton, Notice, NoticeKind, PageGrid,
        PageHead, SummaryList, SummaryRow,
    },
};

#[component]
pub fn StaffOnePage() -> impl IntoView {
    let id = named();
    parts::page(|desk| async move {
        let Some(id) = id else { return Ok(None) };
        Ok(organisations::opened(&desk.ctx, &desk.who, &id).await?.map(|one| shown(&desk, &one)))
    })
}

fn shown(desk: &Desk, one: &Opened) -> AnyView {
    let l = desk.l;
    let done = match desk.page.query("done").as_deref() {
        Some("cleared") => Some(t::done_cleared(l)),
        Some("uncleared") => Some(t::done_uncleared(l)),
        Some("added") => Some(t::done_added(l)),
        Some("ended") => Some(t::done_ended(l)),
        Some("meets") => Some(t::done_meets(l)),
        Some("met") => Some(t::done_met(l)),
        _ => None,
    };
    let done = done.map(|title| view! { <Notice kind=NoticeKind::Done title=title/> });
    let rows = vec![
        SummaryRow::new(t::fact_kind(l), words::kind(l, one.kind)),
        SummaryRow::new(t::new_number(l), &one.number),
    ];
    let (cleared, people, tasks) = (cleared(l, one), people(l, one), tasks(l, one));
    let (title, back) = (one.name.clone(), Link::new(routes::STAFF_ORGANISATIONS, t::staff_title(l)));
    view! {
        <PageGrid>
            <PageHead title=title tab=t::tab(l) back=back/>
            {done}
            <SummaryList rows=rows/>
            {cleared}
            {tasks}
            {people}
        </PageGrid>
    }
    .into_any()
}

fn cleared(l: Locale, one: &Opened) -> AnyView {
    if one.cleared.is_empty() {
        let again = routes::STAFF_ORGANISATIONS_NEW;
        return view! {
            <Notice kind=NoticeKind::Warn title=t::cleared_none(l)>
                <p><a href=again>{t::cleared_again(l)}</a></p>
            </Notice>
        }
        .into_any();
    }
    let each = one.cleared.iter().map(|cleared| one_cleared(l, one, cleared)).collect_view();
    view! { <h2>{t::cleared_title(l)}</h2>{each} }.into_any()
}

fn one_cleared(l: Locale, one: &Opened, (slug, name, to, measures): &Cleared) -> AnyView {
    let rows = vec![
        SummaryRow::new(t::fact_unit(l), name),
        SummaryRow::new(t::fact_until(l), dates::with_year(l, *to)),
        SummaryRow::new(t::new_watch(l), words::watched(l, measures)),
    ];
    let (of, unit, button) = (one.public.to_string(), slug.clone(), t::cleared_end(l, name));
    view! {
        <SummaryList rows=rows/>
        <Form action=format!("/api/{UNCLEAR}")>
            <HiddenInput name="public" value=of/>
            <HiddenInput name="unit" value=unit/>
            <Actions><Button text=button kind=ButtonKind::Quiet/></Actions>
        </Form>
    }
    .into_any()
}

fn tasks(l: Locale, one: &Opened) -> AnyView {
    let each = match one.tasks.is_empty() {
        true => view! { <p>{t::tasks_none(l)}</p> }.into_any(),
        false => one.tasks.iter().map(|task| one_task(l, one, task)).collect_view().into_any(),
    };
    let add = routes::staff_organisation_meet(&one.public);
    view! {
        <h2>{t::tasks_title(l)}</h2>
        {each}
        <Actions><LinkButton href=add text=t::tasks_add(l) kind=ButtonKind::Secondary/></Actions>
    }
    .into_any()
}

fn one_task(l: Locale, one: &Opened, task: &Task) -> AnyView {
    let rows = vec![
        SummaryRow::new(t::fact_inmate(l), &task.inmate),
        SummaryRow::new(t::fact_until(l), dates::with_year(l, task.valid_to)),
    ];
    let (of, public) = (one.public.to_string(), task.public.to_string());
    let button = t::tasks_end(l, &task.inmate);
    view! {
        <SummaryList rows=rows/>
        <Form action=format!("/api/{MEET_END}")>
            <HiddenInput name="public" value=of/>
            <HiddenInput name="task" value=public/>
            <Actions><Button text=button kind=ButtonKind::Quiet/></Actions>
        </Form>
    }
    .into_any()
}

fn people(l: Locale, one: &Opened) -> AnyView {
    let each = one.people.iter().map(|person| listed(l, one.public.to_string(), person, Some(STAFF_END)));
    let each = each.collect_view();
    let add = routes::staff_organisation_people(&one.public);
    view! {
        <h2>{t::people_title(l)}</h2>
        {each}
        <Actions><LinkButton href=add text=t::people_add(l) kind=ButtonKind::Secondary/></Actions>
    }
    .into_any()
}
