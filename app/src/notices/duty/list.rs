//! What is due, the least time left first. Time left is the largest text; who has it stands beside; no name of hers.

use backend::notices::{
    TaskKind,
    duty::{self, DutyDesk, Line},
};
use leptos::prelude::*;

use super::{forms, mass::Mass, words};
use crate::{
    i18n::{common, dates, notices_duty as t},
    notices::desk::{
        fields::Fields,
        parts::{self, Desk, action},
        words as known,
    },
    routes,
    ui::{
        Actions, Button, ButtonKind, EmptyState, ErrorSummary, Form, HeadRow, HiddenInput, Icon, IconName,
        LinkButton, Notice, NoticeKind, PageHead,
    },
};

#[component]
pub fn DutyPage() -> impl IntoView {
    parts::page(|desk| async move {
        let Some(found) = duty::desk(&desk.ctx, &desk.who).await? else { return Ok(None) };
        let said = desk.tried(forms::MASS).await?.unwrap_or_default();
        let mut told = Fields::default();
        // An assessment that has climbed is answered on the officer's page and leads back here.
        for form in [forms::TAKE, "staff/notices/answer"] {
            told = desk.tried(form).await?.unwrap_or(told);
        }
        Ok(Some(shown(&desk, found, &told, said)))
    })
}

fn shown(desk: &Desk, found: DutyDesk, told: &Fields, said: Fields) -> AnyView {
    let (l, now) = (desk.l, desk.now());
    // A refusal of a mass that has been settled since has nothing left to point at.
    let said = if found.mass.is_some() { said } else { Fields::default() };
    let tab = said.tab(l, t::list_title(l));
    let count = i64::try_from(found.tasks.len()).unwrap_or(i64::MAX);
    let note = match found.tasks.first() {
        Some(first) => {
            format!("{} {}", t::list_count(l, count), t::list_first(l, words::left(l, first.deadline, now).0))
        }
        None => t::list_none(l),
    };
    let empty = found.tasks.is_empty() && found.mass.is_none();
    let rows: Vec<_> =
        found.tasks.into_iter().map(|line| view! { <Task desk=desk.clone() line=line/> }).collect();
    let mass = found
        .mass
        .map(|(held, lines)| view! { <Mass desk=desk.clone() held=held lines=lines said=said.clone()/> });
    view! {
        <div class="stack">
            <ErrorSummary title=common::error_summary(l) errors=said.summary(l)/>
            {done(desk, told)}
            <HeadRow>
                <PageHead title=t::list_title(l) tab=tab note=note/>
                <Actions>
                    <LinkButton href=routes::STAFF_RING_IN text=t::ring_in_link(l) kind=ButtonKind::Secondary/>
                </Actions>
            </HeadRow>
            {mass}
            {empty.then(|| view! { <EmptyState title=t::list_empty_title(l) text=t::list_empty_text(l)/> })}
            {(!rows.is_empty()).then(|| view! { <ul class="duty">{rows.collect_view()}</ul> })}
        </div>
    }
    .into_any()
}

/// What was just done, or that somebody else was first.
pub(super) fn done(desk: &Desk, told: &Fields) -> Option<AnyView> {
    let l = desk.l;
    let (kind, words) = match told.what().as_str() {
        "told" => (NoticeKind::Done, t::done_told(l)),
        "letter" => (NoticeKind::Done, t::done_letter(l)),
        "later" => (NoticeKind::Done, t::done_later(l)),
        "back" => (NoticeKind::Done, t::done_back(l)),
        "released" => (NoticeKind::Done, t::done_released(l)),
        "dropped" => (NoticeKind::Done, t::done_dropped(l)),
        "answered" => (NoticeKind::Done, t::done_answered(l)),
        "gone" | "settled" => (NoticeKind::Error, t::done_gone(l)),
        _ => return None,
    };
    Some(view! { <Notice kind=kind title=words/> }.into_any())
}

#[component]
fn Task(desk: Desk, line: Line) -> impl IntoView {
    let (l, now) = (desk.l, desk.now());
    let (left, over) = words::left(l, line.deadline, now);
    let event = line.event.map(|kind| known::kind(l, kind));
    let what = event.clone().unwrap_or_else(|| known::task(l, line.kind));
    let how = event.is_some().then(|| known::task(l, line.kind));
    let next = line.next_try_at.map(|at| t::next_try(l, dates::clock_of(l, at)));
    let since = t::since(l, dates::date_time(l, line.since));
    view! {
        <li class="duty-row">
            <p class=if over { "duty-left due-late" } else { "duty-left" }>
                {left}<span class="duty-deadline">{words::deadline(l, line.deadline, now)}</span>
            </p>
            <div class="duty-what">
                <p><strong>{what.clone()}</strong></p>
                {how.map(|how| view! { <p>{how}</p> })}
                <p class="duty-since">{since}</p>
                {next.map(|next| view! { <p class="duty-state"><Icon name=IconName::Clock/>{next}</p> })}
            </div>
            <div class="duty-who">{who(&desk, &line, what)}</div>
        </li>
    }
}

/// Who has it, and the button. A mass stands above on the same page, and nobody alone can have it.
fn who(desk: &Desk, line: &Line, about: String) -> AnyView {
    let l = desk.l;
    if line.kind == TaskKind::Mass {
        return view! { <p><a href="#mass">{t::see_mass(l)}</a></p> }.into_any();
    }
    if line.mine {
        let href = routes::staff_call(&line.public);
        return view! {
            <p class="due-now"><strong>{t::yours(l)}</strong></p>
            <LinkButton href=href text=t::open(l) about=about/>
        }
        .into_any();
    }
    let by = line.by.clone().map(|name| t::taken_by(l, name)).unwrap_or_else(|| t::nobodys(l));
    let (take, id) = (if line.by.is_some() { t::take_over(l) } else { t::take(l) }, line.public.to_string());
    view! {
        <p>{by}</p>
        <Form action=action(forms::TAKE)>
            <HiddenInput name="id" value=id/>
            <Button text=take kind=ButtonKind::Secondary about=about/>
        </Form>
    }
    .into_any()
}
