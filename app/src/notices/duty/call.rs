//! One task of the duty desk. Her number and word are shown to whoever has taken it alone: a task is taken first, so that
//! two never ring her.

use backend::notices::{
    TaskRow,
    duty::{self, Call, CallOutcome},
};
use leptos::prelude::*;

use super::{forms, script::Script, words};
use crate::{
    i18n::{common, dates, notices_duty as t},
    notices::desk::{
        fields::Fields,
        parts::{self, Desk, action},
        words as known,
    },
    routes,
    ui::{
        Actions, Button, ButtonKind, Choice, ErrorSummary, Form, HiddenInput, Icon, IconName, Link,
        LinkButton, PageHead, Panel, RadioGroup,
    },
};

#[component]
pub fn CallPage() -> impl IntoView {
    let id = parts::named::<TaskRow>();
    parts::page(|desk| async move {
        let Some(id) = id else { return Ok(None) };
        let Some(call) = duty::call(&desk.ctx, &desk.who, &id).await? else { return Ok(None) };
        let fields = desk.tried_of(forms::CALLED, &id).await?.unwrap_or_default();
        Ok(Some(shown(&desk, call, fields)))
    })
}

fn shown(desk: &Desk, call: Call, fields: Fields) -> AnyView {
    let (l, now) = (desk.l, desk.now());
    let (left, over) = words::left(l, call.deadline, now);
    let what = match &call.notice {
        Some(notice) => known::kind(l, notice.kind),
        None => known::task(l, call.kind),
    };
    let tab = fields.tab(l, t::call_tab(l));
    let body = if call.mine { mine(desk, call.clone(), fields.clone()) } else { not_mine(desk, &call) };
    view! {
        <ErrorSummary title=common::error_summary(l) errors=fields.summary(l)/>
        <PageHead title=what tab=tab back=Link::new(routes::STAFF_DUTY, t::list_title(l))/>
        <div class=if call.mine { "duty-taken" } else { "stack" }>
            <div class="duty-head">
                <p class=if over { "duty-left due-late" } else { "duty-left" }>
                    {left}<span class="duty-deadline">{words::deadline(l, call.deadline, now)}</span>
                </p>
                {tries(desk, &call)}
                {call.mine.then(|| view! { <p class="due-now"><strong>{t::yours(l)}</strong></p> })}
            </div>
            {body}
        </div>
        {call.mine.then(|| view! { <GiveBack desk=desk.clone() id=call.public.to_string()/> })}
    }
    .into_any()
}

/// Each earlier try with its time, and when she is to be rung again.
fn tries(desk: &Desk, call: &Call) -> AnyView {
    let l = desk.l;
    let row = |(outcome, at): &(CallOutcome, domain::kernel::Instant)| {
        let said = format!("{}: {}", dates::capital(&dates::date_time(l, *at)), words::outcome(l, *outcome));
        view! { <li class="duty-state"><Icon name=IconName::Phone/>{said}</li> }
    };
    let next = call.next_try_at.map(|at| {
        let said = t::next_try(l, dates::clock_of(l, at));
        view! { <li class="duty-state"><Icon name=IconName::Clock/>{said}</li> }
    });
    let any = !call.tries.is_empty() || next.is_some();
    any.then(|| view! { <ul class="duty-tries">{call.tries.iter().map(row).collect_view()}{next}</ul> })
        .into_any()
}

fn not_mine(desk: &Desk, call: &Call) -> AnyView {
    let l = desk.l;
    let by = call.by.clone().map(|name| t::taken_by(l, name)).unwrap_or_else(|| t::nobodys(l));
    let (take, id) = (if call.by.is_some() { t::take_over(l) } else { t::take(l) }, call.public.to_string());
    view! {
        <Panel plain=true>
            <h2>{by}</h2>
            <p>{t::take_first(l)}</p>
            <Form action=action(forms::TAKE)>
                <HiddenInput name="id" value=id/>
                <Actions><Button text=take/></Actions>
            </Form>
        </Panel>
    }
    .into_any()
}

fn mine(desk: &Desk, call: Call, fields: Fields) -> AnyView {
    let l = desk.l;
    if let Some(question) = &call.question {
        let href = routes::staff_question(question);
        return view! {
            <p>{t::assess_text(l)}</p>
            <Actions><LinkButton href=href text=t::assess_button(l)/></Actions>
        }
        .into_any();
    }
    let (id, next_try) = (call.public.to_string(), call.next_try);
    let may = |o: &CallOutcome| !(call.protected && *o == CallOutcome::LetterSent);
    let options: Vec<Choice> = CallOutcome::ALL
        .into_iter()
        .filter(may)
        .map(|o| Choice::new(o.code(), words::outcome(l, o)).hint(words::outcome_hint(l, o, next_try)))
        .collect();
    view! {
        <div class="duty-columns">
            <Script desk=desk.clone() call=call/>
            <Form action=action(forms::CALLED)>
                <HiddenInput name="id" value=id/>
                <RadioGroup name="outcome" legend=t::outcome_legend(l) options=options
                    value=fields.value("outcome") error=fields.error(l, "outcome")/>
                <Actions><Button text=t::outcome_button(l)/></Actions>
            </Form>
        </div>
    }
    .into_any()
}

#[component]
fn GiveBack(desk: Desk, id: String) -> impl IntoView {
    let l = desk.l;
    view! {
        <div class="duty-back">
            <p>{t::back_text(l)}</p>
            <Form action=action(forms::BACK)>
                <HiddenInput name="id" value=id/>
                <Actions><Button text=t::back_button(l) kind=ButtonKind::Secondary/></Actions>
            </Form>
        </div>
    }
}
