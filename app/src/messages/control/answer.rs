//! His answer on a sheet, typed in as it stands: a letter of his, controlled as all are.

use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    beside, forms,
    parts::{self, action},
    words,
};
use crate::{
    i18n::{common, messages_control as t},
    messages::kept::Kept,
    routes,
    ui::{Actions, Button, ErrorSummary, Field, Form, HiddenInput, Link, PageHead, TextArea},
};

#[component]
pub fn AnswerPage() -> impl IntoView {
    parts::page(|desk| async move {
        if !desk.may_control() {
            return Ok(None);
        }
        let tried = desk.tried(forms::ANSWER).await?.unwrap_or_default();
        let key = beside::key(&desk.ctx, &tried);
        Ok(Some(shown(desk.l, &tried, key)))
    })
}

fn shown(l: Locale, tried: &Kept, key: String) -> AnyView {
    let back = Link::new(routes::STAFF_LETTERS_PAPER, t::paper_title(l));
    let tab = tried.tab(l, t::answer_title(l));
    let [number, words] = ["number", "words"].map(|f| (tried.value(f), tried.error(l, words::wrong, f)));
    view! {
        <ErrorSummary title=common::error_summary(l) errors=tried.summary(l, words::wrong)/>
        <PageHead title=t::answer_title(l) tab=tab lead=t::answer_lead(l) back=back/>
        <Form action=action(forms::ANSWER)>
            <HiddenInput name="key" value=key/>
            <Field name="number" label=t::answer_number(l) hint=t::answer_number_hint(l) value=number.0
                error=number.1/>
            <TextArea name="words" label=t::answer_words(l) hint=t::answer_words_hint(l) rows=10 value=words.0
                error=words.1/>
            <Actions><Button text=t::answer_button(l)/></Actions>
        </Form>
    }
    .into_any()
}
