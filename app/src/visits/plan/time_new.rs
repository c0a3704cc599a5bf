//! A new time of the week, empty or as a copy of another one.

use backend::{Result, visits::sessions};
use domain::{
    kernel::{Locale, Public},
    visits::booking::{OFFERED, Template, plan_forms::EVERY_WEEKS},
};
use leptos::prelude::*;

use super::{
    fields::Fields,
    forms,
    parts::{self, DayField, Desk, form_head},
    rules::optional,
    show::Plan,
    wings, words,
};
use crate::{
    i18n::{dates, visits_plan as t},
    routes,
    ui::{
        Actions, Button, ButtonKind, Checkbox, Choice, Field, Form, HiddenInput, Kind, Link, LinkButton,
        PageGrid, RadioGroup, Select, Width,
    },
};

#[component]
pub fn NewTimePage() -> impl IntoView {
    parts::page(|desk| async move { ask(desk).await })
}

async fn ask(desk: Desk) -> Result<Option<AnyView>> {
    let Some(plan) = desk.to_change().await? else { return Ok(None) };
    let fields = match desk.tried(forms::ADD).await? {
        Some(kept) => kept,
        None => opened(&desk).await?,
    };
    Ok(Some(question(&desk, &plan, fields)))
}

/// As a copy of the time in the address, if it is one of hers.
async fn opened(desk: &Desk) -> Result<Fields> {
    let copied = desk.page.query("copy").and_then(|text| Public::<Template>::parse(&text));
    let copied = match copied {
        Some(public) => sessions::time(&desk.ctx, &desk.who, &public).await?,
        None => None,
    };
    let copied = copied.as_ref().map(|view| (&view.time.template, wings::of(view)));
    Ok(forms::time_opened(copied, desk.today()))
}

fn question(desk: &Desk, plan: &Plan, fields: Fields) -> AnyView {
    let l = desk.l;
    let back = routes::staff_visiting_of(&plan.unit_slug);
    let way_back = Link::new(back.clone(), t::title(l, &plan.unit_name));
    let head = form_head(l, t::times_new_title(l), t::times_new_lead(l), way_back, &fields);
    let (unit, for_wings) = (plan.unit_slug.clone(), wings::choice(l, &plan.wings, &fields));
    view! {
        <PageGrid>
            {head}
            <Form action=forms::action(forms::ADD)>
                <HiddenInput name="unit" value=unit/>
                <What l=l fields=fields.clone()/>
                <Which l=l fields=fields.clone()/>
                {for_wings}
                <DayField l=l name="from" legend=t::times_label_from(l) fields=fields.clone()/>
                <DayField l=l name="to" legend=optional(l, t::times_label_to(l)) hint=t::times_hint_to(l) fields=fields/>
                <Actions>
                    <Button text=t::times_new_button(l)/>
                    <LinkButton href=back text=t::cancel(l) kind=ButtonKind::Quiet/>
                </Actions>
            </Form>
        </PageGrid>
    }
    .into_any()
}

/// Kind, day, hour and room.
#[component]
fn What(l: Locale, fields: Fields) -> impl IntoView {
    let kinds = OFFERED
        .map(|(code, kind, way, held_for)| Choice::new(code, words::time_kind(l, kind, (way, held_for))))
        .into();
    let days =
        (1..=7).map(|day: u8| Choice::new(day.to_string(), dates::capital(&dates::weekday_name(l, day))));
    view! {
        <RadioGroup name="kind" legend=t::times_label_kind(l) options=kinds value=fields.value("kind")
            error=fields.error(l, "kind")/>
        <Select name="weekday" label=t::times_label_weekday(l) options=days.collect()
            placeholder=t::times_choose_weekday(l) value=fields.value("weekday") error=fields.error(l, "weekday")/>
        <Field name="start" label=t::times_label_start(l) hint=t::times_hint_start(l) value=fields.value("start")
            error=fields.error(l, "start") width=Width::Short/>
        <Field name="minutes" label=t::times_label_minutes(l) value=fields.value("minutes")
            error=fields.error(l, "minutes") kind=Kind::Number width=Width::Short/>
        <Field name="room" label=t::times_label_room(l) hint=t::times_hint_room(l) value=fields.value("room")
            error=fields.error(l, "room") width=Width::Half/>
    }
}

/// How many, how often, and on holidays.
#[component]
fn Which(l: Locale, fields: Fields) -> impl IntoView {
    let every = EVERY_WEEKS.map(|weeks| Choice::new(weeks.to_string(), words::every(l, weeks)));
    view! {
        <Field name="capacity" label=t::times_label_capacity(l) hint=t::times_hint_capacity(l)
            value=fields.value("capacity") error=fields.error(l, "capacity") kind=Kind::Number width=Width::Short/>
        <Select name="every" label=t::times_label_every(l) hint=t::times_hint_every(l) options=every.collect()
            value=fields.value("every") error=fields.error(l, "every")/>
        <Checkbox name="on_holidays" label=t::times_label_holidays(l) checked=fields.value("on_holidays") == "yes"/>
    }
}
