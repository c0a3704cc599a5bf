//! The plan of a unit on one page: rules in force and coming, times of the week, closed days ahead.

use backend::{Result, visits::sessions};
use domain::{
    kernel::{CivilDate, Locale},
    visits::booking::plan::versions,
};
use leptos::prelude::*;

use super::{
    parts::{self, Desk},
    proposal, tables, text, words,
};
use crate::{
    i18n::{dates, visits_plan as t},
    routes,
    ui::{
        Actions, ButtonKind, EmptyState, Link, LinkButton, LinkRow, LinkRows, Notice, NoticeKind, PageHead,
        SummaryList,
    },
};

/// The plan as it was read.
pub(super) type Plan = sessions::UnitPlan;

#[component]
pub fn PlanPage() -> impl IntoView {
    parts::page(|desk| async move {
        let unit = desk.page.query("unit");
        let found: Result<Option<Plan>> = sessions::plan(&desk.ctx, &desk.who, unit.as_deref()).await;
        Ok(found?.map(|plan| shown(&desk, &plan)))
    })
}

fn shown(desk: &Desk, plan: &Plan) -> AnyView {
    let l = desk.l;
    let public = Link::new(routes::unit(&plan.unit_slug), t::public_page(l));
    let waiting = (plan.waiting > 0).then(|| view! { <p>{t::waiting(l, plan.waiting)}</p> });
    let read_only = (!desk.may_plan()).then(|| view! { <p class="muted">{t::read_only(l)}</p> });
    view! {
        <div class="stack">
            {done(desk, plan)}
            <PageHead title=t::title(l, &plan.unit_name) lead=t::lead(l)/>
            <p><a href=public.href>{public.text}</a></p>
            {read_only}
            {waiting}
            {rules(desk, plan)}
            {tables::times(desk, plan)}
            {tables::closed(desk, plan)}
            {text::section(desk, plan)}
            {proposal::section(desk, plan)}
            {others(l, plan)}
        </div>
    }
    .into_any()
}

/// What was just done. A day that was closed with visits on it says so, and leads there.
fn done(desk: &Desk, plan: &Plan) -> Option<AnyView> {
    let l = desk.l;
    let on = desk.page.query("date").and_then(|date| CivilDate::parse_iso(&date));
    let day = on.map(|on| dates::capital(&dates::long_date(l, on)));
    let title = match (desk.done()?.as_str(), day) {
        ("rules", _) => t::done_rules(l),
        ("added", _) => t::done_added(l),
        ("closed", Some(day)) => t::done_closed(l, day),
        ("several", _) => t::done_several(l),
        ("watch", _) => t::done_watch(l),
        ("text", _) => t::done_text(l),
        ("approved", _) => t::done_approved(l),
        ("declined", _) => t::done_declined(l),
        ("withdrawn", _) => t::done_withdrawn(l),
        ("opened", Some(day)) => return Some(taken_back(l, t::done_opened(l, day))),
        ("resumed", Some(day)) => return Some(taken_back(l, t::done_resumed(l, day))),
        ("begun", _) => {
            return Some(view! { <Notice kind=NoticeKind::Error title=t::error_begun(l)/> }.into_any());
        }
        _ => return None,
    };
    let booked = plan.closed.iter().find(|c| Some(c.blocked.date) == on && c.booked > 0);
    let left = booked.map(|c| left(l, plan, c.blocked.date, c.booked));
    Some(view! { <Notice kind=NoticeKind::Done title=title/>{left} }.into_any())
}

/// Whoever was cancelled meanwhile is not booked anew by it.
fn taken_back(l: Locale, title: String) -> AnyView {
    view! { <Notice kind=NoticeKind::Done title=title><p>{t::done_not_rebooked(l)}</p></Notice> }.into_any()
}

fn left(l: Locale, plan: &Plan, on: CivilDate, booked: i64) -> AnyView {
    let href = routes::staff_day(&plan.unit_slug, &on.iso());
    let text = t::closed_to_day(l, dates::long_date(l, on));
    view! {
        <Notice kind=NoticeKind::Warn title=t::closed_left(l, booked)><p><a href=href>{text}</a></p></Notice>
    }
    .into_any()
}

fn rules(desk: &Desk, plan: &Plan) -> AnyView {
    let l = desk.l;
    let (now, coming) = versions(&plan.rules, desk.today());
    let now = match now {
        Some(rules) => view! { <SummaryList rows=words::rules(l, rules)/> }.into_any(),
        None => view! { <EmptyState title=t::rules_none_title(l) text=t::rules_none_text(l)/> }.into_any(),
    };
    let coming = coming.into_iter().map(|rules| {
        let title = t::rules_coming(l, dates::plain(l, rules.valid_from));
        view! { <h3>{title}</h3><SummaryList rows=words::rules(l, rules)/> }
    });
    let change = desk.may_plan().then(|| {
        let href = routes::staff_visiting_rules(&plan.unit_slug);
        view! {
            <Actions><LinkButton href=href text=t::rules_change(l) kind=ButtonKind::Secondary/></Actions>
        }
    });
    view! {
        <section class="stack" aria-labelledby="rules-title">
            <h2 id="rules-title">{t::rules_title(l)}</h2>
            {now}
            {coming.collect_view()}
            {change}
        </section>
    }
    .into_any()
}

/// The officer's other units.
fn others(l: Locale, plan: &Plan) -> Option<AnyView> {
    let row = |(slug, name): &(String, String)| LinkRow::new(routes::staff_visiting_of(slug), name);
    let rows: Vec<LinkRow> = plan.units.iter().map(row).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="stack" aria-labelledby="units-title">
                <h2 id="units-title">{t::units(l)}</h2>
                <LinkRows rows=rows/>
            </section>
        }
        .into_any()
    })
}
