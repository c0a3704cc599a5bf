//! What the reader can do to a document: take it, or ask for more with a deadline and a reason.

use backend::documents::{Document, FormKey};
use domain::{
    documents::State,
    kernel::{CivilDate, Locale},
};
use leptos::prelude::*;

use super::{
    forms::{ACCEPT, MORE},
    parts::{Desk, action, date_value},
};
use crate::{
    documents::fields::Fields,
    i18n::documents_desk as t,
    ui::{
        Actions, Button, ButtonKind, DateValue, Details, FieldError, Form, HiddenInput, Notice, Panel,
        TextArea,
    },
};

/// What was kept of each form of the page.
#[derive(Clone, Default)]
pub(super) struct Tried {
    pub accept: Fields,
    pub more: Fields,
}

impl Tried {
    fn wrong(&self) -> &Fields {
        if self.more.is_wrong() { &self.more } else { &self.accept }
    }

    /// What stands in the way of the whole form.
    pub fn moved(&self, l: Locale) -> Option<String> {
        self.wrong().error(l, "form")
    }

    pub fn summary(&self, l: Locale) -> Vec<FieldError> {
        self.wrong().summary(l)
    }

    pub fn tab(&self, l: Locale, title: String) -> String {
        self.wrong().tab(l, title)
    }
}

pub(super) fn work(desk: &Desk, open: &Document, tried: &Tried, due: Option<CivilDate>) -> AnyView {
    let l = desk.l;
    if open.state != State::Reading {
        return view! { <Notice title=t::nothing_title(l)/> }.into_any();
    }
    let (id, version) = (open.public.to_string(), open.version.to_string());
    let kept = &tried.accept;
    let (answer, wrong) = (kept.value("answer"), kept.error(l, "answer"));
    view! {
        <Panel plain=true>
            <h2>{t::accept_title(l)}</h2>
            <Form action=action(ACCEPT)>
                <HiddenInput name="id" value=id/>
                <HiddenInput name="version" value=version/>
                <TextArea name="answer" label=t::accept_label(l) hint=t::she_reads(l) rows=3
                    optional=t::optional(l) value=answer error=wrong/>
                <Actions><Button text=t::accept_button(l)/></Actions>
            </Form>
        </Panel>
        {more(desk, open, &tried.more, due)}
    }
    .into_any()
}

fn more(desk: &Desk, open: &Document, kept: &Fields, due: Option<CivilDate>) -> AnyView {
    let l = desk.l;
    let (id, version) = (open.public.to_string(), open.version.to_string());
    let wanted = wanted(desk, kept, due.map(date_value).unwrap_or_default());
    view! {
        <Details summary=t::more_title(l) open=kept.is_wrong()>
            <p>{t::more_text(l)}</p>
            <Form action=action(MORE)>
                <HiddenInput name="id" value=id/>
                <HiddenInput name="version" value=version/>
                {wanted}
                <Actions><Button text=t::more_button(l) kind=ButtonKind::Secondary/></Actions>
            </Form>
        </Details>
    }
    .into_any()
}

/// By when, and why: of every form that asks for something.
pub(super) fn wanted(desk: &Desk, kept: &Fields, due: DateValue) -> AnyView {
    let l = desk.l;
    let drawn: FormKey = desk.ctx.chance.public();
    let key = Some(kept.value("key")).filter(|key| !key.is_empty()).unwrap_or_else(|| drawn.to_string());
    let (reason, wrong) = (kept.value("reason"), kept.error(l, "reason"));
    let due = kept.date(l, "due", t::due_label(l), t::due_hint(l), due);
    view! {
        <HiddenInput name="key" value=key/>
        {due}
        <TextArea name="reason" label=t::reason_label(l) hint=t::she_reads(l) rows=4 value=reason error=wrong/>
    }
    .into_any()
}
