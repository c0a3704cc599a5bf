//! His answer on a sheet: its number is scanned or typed to find the letter, then it is typed in as it stands. A letter of
//! his, controlled as all are.

use backend::messages::{
    LetterRow,
    exchange::{Sheet, sheet_of},
};
use domain::kernel::{Locale, Public};
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
    ui::{
        Actions, Button, ErrorSummary, Field, Form, HiddenInput, Link, PageHead, SummaryList, SummaryRow,
        TextArea,
    },
};

#[component]
pub fn AnswerPage() -> impl IntoView {
    parts::page(|desk| async move {
        if !desk.may_control() {
            return Ok(None);
        }
        let tried = desk.tried(forms::SHEET).await?.unwrap_or_default();
        Ok(Some(find(desk.l, &tried)))
    })
}

fn find(l: Locale, tried: &Kept) -> AnyView {
    let back = Link::new(routes::STAFF_LETTERS_PAPER, t::paper_title(l));
    let tab = tried.tab(l, t::answer_title(l));
    let (number, error) = (tried.value("number"), tried.error(l, words::wrong, "number"));
    view! {
        <ErrorSummary title=common::error_summary(l) errors=tried.summary(l, words::wrong)/>
        <PageHead title=t::answer_title(l) tab=tab lead=t::answer_find(l) back=back/>
        <Form action=action(forms::SHEET)>
            <Field name="number" label=t::answer_number(l) hint=t::answer_number_hint(l) value=number error=error
                autocomplete="off"/>
            <Actions><Button text=t::answer_next(l)/></Actions>
        </Form>
    }
    .into_any()
}

#[component]
pub fn SheetAnswerPage() -> impl IntoView {
    let id = parts::named::<LetterRow>();
    parts::page(|desk| async move {
        let Some(id) = id else { return Ok(None) };
        let Some(sheet) = sheet_of(&desk.ctx, &desk.who, &id).await? else { return Ok(None) };
        let tried = desk.tried(forms::ANSWER).await?.filter(|kept| kept.is_about(&id)).unwrap_or_default();
        let key = beside::key(&desk.ctx, &tried);
        Ok(Some(typed(desk.l, &id, &sheet, &tried, key)))
    })
}

fn typed(l: Locale, id: &Public<LetterRow>, sheet: &Sheet, tried: &Kept, key: String) -> AnyView {
    let back = Link::new(routes::STAFF_LETTERS_ANSWER, t::answer_title(l));
    let (text, error) = (tried.value("words"), tried.error(l, words::wrong, "words"));
    let rows = vec![
        SummaryRow::new(t::fact_from(l), t::fact_inmate(l, &sheet.inmate)),
        SummaryRow::new(t::fact_to(l), t::fact_relative(l, &sheet.relative)),
        SummaryRow::new(t::fact_unit(l), &sheet.unit_name),
        SummaryRow::new(t::answer_number(l), sheet.number.to_string()),
        SummaryRow::new(t::answer_to(l), words::at(l, sheet.written_at)),
    ];
    let id = id.to_string();
    view! {
        <ErrorSummary title=common::error_summary(l) errors=tried.summary(l, words::wrong)/>
        <PageHead title=t::answer_title(l) tab=tried.tab(l, t::answer_title(l)) lead=t::answer_lead(l) back=back/>
        <SummaryList rows=rows/>
        <Form action=action(forms::ANSWER)>
            <HiddenInput name="id" value=id/>
            <HiddenInput name="key" value=key/>
            <TextArea name="words" label=t::answer_words(l) hint=t::answer_words_hint(l) rows=10 value=text
                error=error/>
            <Actions><Button text=t::answer_button(l)/></Actions>
        </Form>
    }
    .into_any()
}
