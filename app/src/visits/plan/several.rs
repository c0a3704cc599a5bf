//! Several times of the week changed in one go: chosen by boxes, one change for all of them.

use backend::{Result, visits::sessions::PlanTime};
use domain::{
    kernel::Locale,
    visits::booking::{plan::stamp, plan_several::Several},
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
    i18n::visits_plan as t,
    routes,
    ui::{
        Actions, Button, ButtonKind, CheckboxGroup, Choice, Field, Form, HiddenInput, Kind, Link, LinkButton,
        Notice, NoticeKind, PageGrid, RadioGroup, Width,
    },
};

#[component]
pub fn SeveralPage() -> impl IntoView {
    parts::page(|desk| async move { ask(desk).await })
}

async fn ask(desk: Desk) -> Result<Option<AnyView>> {
    let Some(plan) = desk.to_change().await? else { return Ok(None) };
    let fields = desk.tried(forms::SEVERAL).await?.unwrap_or_default();
    Ok(Some(question(&desk, &plan, fields)))
}

fn question(desk: &Desk, plan: &Plan, fields: Fields) -> AnyView {
    let l = desk.l;
    let back = routes::staff_visiting_of(&plan.unit_slug);
    let way_back = Link::new(back.clone(), t::title(l, &plan.unit_name));
    let head = form_head(l, t::several_title(l), t::several_lead(l), way_back, &fields);
    let stale = fields.is_stale().then(|| {
        let text = t::stale_times_text(l);
        view! { <Notice kind=NoticeKind::Error title=t::stale_times_title(l)><p>{text}</p></Notice> }
    });
    let (unit, seen) = (plan.unit_slug.clone(), forms::still_seen(&fields, stamp(&plan.times)));
    let times = plan.times.clone();
    view! {
        <PageGrid>
            {head}
            {stale}
            <Form action=forms::action(forms::SEVERAL)>
                <HiddenInput name="unit" value=unit/>
                <HiddenInput name="seen" value=seen/>
                <Which l=l times=times fields=fields.clone()/>
                <What l=l fields=fields/>
                <Actions>
                    <Button text=t::go_on(l)/>
                    <LinkButton href=back text=t::cancel(l) kind=ButtonKind::Quiet/>
                </Actions>
            </Form>
        </PageGrid>
    }
    .into_any()
}

#[component]
fn Which(l: Locale, times: Vec<PlanTime>, fields: Fields) -> impl IntoView {
    let choice = |time: &PlanTime| {
        let of = &time.template;
        let hint = format!(
            "{}, {}. {}",
            of.room,
            words::time_kind(l, of.kind, (of.way, of.held_for)),
            t::times_places(l, of.capacity)
        );
        Choice::new(time.public.to_string(), words::time_title(l, of)).hint(hint)
    };
    let options = times.iter().map(choice).collect();
    let chosen = fields.value("times").split(' ').map(str::to_owned).collect();
    view! {
        <CheckboxGroup name="times[]" legend=t::several_which(l) options=options values=chosen
            error=fields.error(l, "times")/>
    }
}

/// Without script all fields are there; only those of what is chosen are read.
#[component]
fn What(l: Locale, fields: Fields) -> impl IntoView {
    let word = |code: &str| match code {
        "places" => t::several_places(l),
        "last" => t::several_last(l),
        _ => t::several_pause(l),
    };
    let options = Several::CODES.map(|code| Choice::new(code, word(code))).into();
    view! {
        <RadioGroup name="what" legend=t::several_what(l) hint=t::several_what_hint(l) options=options
            value=fields.value("what") error=fields.error(l, "what")/>
        <Field name="capacity" label=t::several_label_places(l) value=fields.value("capacity")
            error=fields.error(l, "capacity") kind=Kind::Number width=Width::Short/>
        <DayField l=l name="last" legend=t::several_label_last(l) fields=fields.clone()/>
        <DayField l=l name="from" legend=t::several_label_from(l) fields=fields.clone()/>
        <DayField l=l name="to" legend=t::several_label_to(l) fields=fields/>
    }
}
