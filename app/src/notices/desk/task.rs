//! One task of an officer: whom to ring and with which word, what it is about, and what was done.

use backend::notices::{
    TaskKind, TaskRow,
    closing::{self, Done, TaskView},
};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    fields::Fields,
    forms,
    parts::{self, Desk, action},
    words,
};
use crate::{
    i18n::{common, notices_desk as t},
    routes,
    ui::{
        Actions, Button, Choice, ErrorSummary, Form, HiddenInput, Link, PageHead, Panel, RadioGroup,
        SummaryList, SummaryRow, TextArea,
    },
};

#[component]
pub fn TaskPage() -> impl IntoView {
    let id = parts::named::<TaskRow>();
    parts::page(|desk| async move {
        let Some(id) = id else { return Ok(None) };
        let Some(task) = closing::task(&desk.ctx, &desk.who, &id).await? else { return Ok(None) };
        let fields = desk.tried_of(forms::CLOSE, &id).await?.unwrap_or_default();
        Ok(Some(shown(&desk, &task, &fields)))
    })
}

fn shown(desk: &Desk, task: &TaskView, fields: &Fields) -> AnyView {
    let l = desk.l;
    let title = words::task(l, task.kind);
    let tab = fields.tab(l, title.clone());
    let party = routes::staff_party(&task.party);
    view! {
        <ErrorSummary title=common::error_summary(l) errors=fields.summary(l)/>
        <PageHead title=title tab=tab lead=words::task_text(l, task.kind)
            back=Link::new(routes::STAFF_NOTICES, t::list_title(l))/>
        <div class="case">
            <div class="case-main">
                <h2>{t::task_whom(l)}</h2>
                <SummaryList rows=facts(l, task)/>
                <p><a href=party>{t::done_open(l)}</a></p>
            </div>
            <div class="case-side">{form(l, task, fields)}</div>
        </div>
    }
    .into_any()
}

fn facts(l: Locale, task: &TaskView) -> Vec<SummaryRow> {
    let or_not = |text: &Option<String>| text.clone().unwrap_or_else(|| t::fact_not_given(l));
    let mut rows = vec![
        SummaryRow::new(t::fact_name(l), &task.name),
        SummaryRow::new(t::fact_telephone(l), or_not(&task.telephone)),
        SummaryRow::new(t::register_safe_word(l), or_not(&task.safe_word)),
    ];
    rows.extend(task.address.as_ref().map(|address| SummaryRow::new(t::fact_address(l), address)));
    rows
}

fn form(l: Locale, task: &TaskView, fields: &Fields) -> AnyView {
    let options = task.choices.iter().map(|done| choice(l, *done)).collect();
    let id = task.public.to_string();
    let (how, note) = (fields.value("how"), fields.value("note"));
    let (wrong_how, wrong_note) = (fields.error(l, "how"), fields.error(l, "note"));
    let hint =
        if task.kind == TaskKind::SharedContact { t::close_note_needed(l) } else { t::close_note_hint(l) };
    view! {
        <Panel plain=true>
            <Form action=action(forms::CLOSE)>
                <HiddenInput name="id" value=id/>
                <RadioGroup name="how" legend=t::close_legend(l) options=options value=how
                    error=wrong_how/>
                <TextArea name="note" label=t::close_note(l) hint=hint rows=3 value=note
                    error=wrong_note/>
                <Actions><Button text=t::close_button(l)/></Actions>
            </Form>
        </Panel>
    }
    .into_any()
}

fn choice(l: Locale, done: Done) -> Choice {
    let choice = Choice::new(done.code(), words::done(l, done));
    match words::done_hint(l, done) {
        Some(hint) => choice.hint(hint),
        None => choice,
    }
}
