//! New rules for a unit, filled in with those in force: what is changed stands out, the rest stays.

use backend::Result;
use domain::{
    kernel::Locale,
    visits::booking::{
        Approval,
        plan::{stamp, versions},
    },
};
use leptos::prelude::*;

use super::{
    fields::Fields,
    forms,
    parts::{self, DayField, Desk, form_head},
    show::Plan,
    words,
};
use crate::{
    i18n::{dates, visits_plan as t},
    routes,
    ui::{
        Actions, AsideBlock, Button, ButtonKind, Field, Form, HiddenInput, Kind, Link, LinkButton, MaybeText,
        Notice, NoticeKind, PageGrid, RadioGroup, SummaryList, Width,
    },
};

#[component]
pub fn RulesPage() -> impl IntoView {
    parts::page(|desk| async move { ask(desk).await })
}

async fn ask(desk: Desk) -> Result<Option<AnyView>> {
    let Some(plan) = desk.to_change().await? else { return Ok(None) };
    let kept = desk.tried(forms::RULES).await?;
    Ok(Some(question(&desk, &plan, kept)))
}

fn question(desk: &Desk, plan: &Plan, kept: Option<Fields>) -> AnyView {
    let l = desk.l;
    let now = versions(&plan.rules, desk.today()).0;
    let fields = kept.unwrap_or_else(|| forms::rules_opened(now, desk.today()));
    let back = routes::staff_visiting_of(&plan.unit_slug);
    let head = form_head(
        l,
        t::rules_form_title(l),
        t::rules_form_lead(l),
        Link::new(back.clone(), t::title(l, &plan.unit_name)),
        &fields,
    );
    let stale = fields.is_stale().then(|| stale(desk, plan));
    let aside =
        view! { <AsideBlock title=t::rules_aside_title(l)><p>{t::rules_aside_text(l)}</p></AsideBlock> };
    let (unit, seen) = (plan.unit_slug.clone(), forms::still_seen(&fields, stamp(&plan.rules)));
    view! {
        <PageGrid aside=aside.into_any()>
            {head}
            {stale}
            <Form action=forms::action(forms::RULES)>
                <HiddenInput name="unit" value=unit/>
                <HiddenInput name="seen" value=seen/>
                <Numbers l=l fields=fields.clone()/>
                <DayField l=l name="from" legend=t::rules_label_from(l) hint=t::rules_hint_from(l) fields=fields.clone()/>
                <DayField l=l name="to" legend=optional(l, t::rules_label_to(l)) hint=t::rules_hint_to(l) fields=fields.clone()/>
                <Source l=l fields=fields/>
                <Actions>
                    <Button text=t::go_on(l)/>
                    <LinkButton href=back text=t::cancel(l) kind=ButtonKind::Quiet/>
                </Actions>
            </Form>
        </PageGrid>
    }
    .into_any()
}

/// A legend with the word that says it may be left out.
pub(super) fn optional(l: Locale, legend: String) -> String {
    format!("{legend} {}", t::optional(l))
}

/// Another officer was first: what she left stands above what was typed here.
fn stale(desk: &Desk, plan: &Plan) -> AnyView {
    let l = desk.l;
    view! {
        <Notice kind=NoticeKind::Error title=t::stale_rules_title(l)><p>{t::stale_rules_text(l)}</p></Notice>
        {there(desk, plan)}
    }
    .into_any()
}

fn there(desk: &Desk, plan: &Plan) -> AnyView {
    let l = desk.l;
    let (now, coming) = versions(&plan.rules, desk.today());
    let all = now.into_iter().chain(coming).map(|rules| {
        let title = t::rules_coming(l, dates::plain(l, rules.valid_from));
        view! { <h2>{title}</h2><SummaryList rows=words::rules(l, rules)/> }
    });
    all.collect_view().into_any()
}

#[component]
fn Numbers(l: Locale, fields: Fields) -> impl IntoView {
    let number = |name: &'static str, label: String, hint: MaybeText| {
        view! {
            <Field name=name label=label hint=hint value=fields.value(name) error=fields.error(l, name)
                kind=Kind::Number width=Width::Short/>
        }
    };
    let none = MaybeText::default;
    // A form that was kept before there was a choice has none.
    let approval = Some(fields.value("approval")).filter(|code| !code.is_empty());
    let approval = approval.unwrap_or_else(|| Approval::Never.code().to_owned());
    view! {
        {number("first_day", t::rules_label_first(l), t::rules_hint_first(l).into())}
        {number("last_day", t::rules_label_last(l), none())}
        {number("per_week", t::rules_label_week(l), none())}
        {number("per_month", t::rules_label_month(l), t::rules_hint_month(l).into())}
        {number("people", t::rules_label_people(l), none())}
        {number("arrive_before", t::rules_label_arrive(l), none())}
        {number("latest_arrival", t::rules_label_late(l), none())}
        {number("join_hours", t::rules_label_join(l), t::rules_hint_join(l).into())}
        <RadioGroup name="approval" legend=t::rules_label_approval(l) hint=t::rules_hint_approval(l)
            options=words::approvals(l) value=approval error=fields.error(l, "approval")/>
    }
}

#[component]
fn Source(l: Locale, fields: Fields) -> impl IntoView {
    view! {
        <Field name="source" label=t::rules_label_source(l) hint=t::rules_hint_source(l)
            value=fields.value("source") error=fields.error(l, "source")/>
    }
}
