//! The words that the unit watches. They are marked in what a controller reads, and nothing else follows from them.

use backend::messages::exchange::{self, WatchWord};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    forms,
    parts::{self, Desk, action},
    settings_words as words,
};
use crate::{
    i18n::{common, messages_settings as t},
    messages::kept::Kept,
    ui::{
        Actions, Button, ButtonKind, Cell, Column, DataTable, EmptyState, ErrorSummary, Field, Form,
        HiddenInput, Notice, NoticeKind, PageGrid, PageHead, Row,
    },
};

#[component]
pub fn WordsPage() -> impl IntoView {
    parts::page(|desk| async move {
        if !desk.may_oversee() {
            return Ok(None);
        }
        let list = exchange::words(&desk.ctx, &desk.who).await?;
        let mut tried = Kept::default();
        for form in [forms::WORD, forms::WORD_END] {
            tried = desk.tried(form).await?.unwrap_or(tried);
        }
        Ok(Some(shown(&desk, &list, &tried)))
    })
}

fn shown(desk: &Desk, list: &[WatchWord], tried: &Kept) -> AnyView {
    let l = desk.l;
    let add = desk.may_control().then(|| add(desk, tried));
    let (told, errors, tab) =
        (told(l, tried), tried.summary(l, words::wrong), tried.tab(l, t::words_title(l)));
    let (back, table) = (words::back(desk), table(desk, list));
    view! {
        <PageGrid>
            {told}
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=t::words_title(l) tab=tab lead=t::words_lead(l) back=back/>
            {add}
            {table}
        </PageGrid>
    }
    .into_any()
}

fn told(l: Locale, tried: &Kept) -> Option<AnyView> {
    let title = match tried.what().as_str() {
        "added" => t::done_word_added(l),
        "ended" => t::done_word_ended(l),
        _ => return None,
    };
    Some(view! { <Notice kind=NoticeKind::Done title=title/> }.into_any())
}

fn add(desk: &Desk, tried: &Kept) -> AnyView {
    let l = desk.l;
    let hint = t::words_add_hint(l, &desk.who.unit_name);
    let (word, error) = (tried.value("word"), tried.error(l, words::wrong, "word"));
    view! {
        <Form action=action(forms::WORD)>
            <Field name="word" label=t::words_add(l) hint=hint value=word error=error autocomplete="off"/>
            <Actions><Button text=t::words_add_button(l)/></Actions>
        </Form>
    }
    .into_any()
}

fn table(desk: &Desk, list: &[WatchWord]) -> AnyView {
    let l = desk.l;
    if list.is_empty() {
        return view! { <EmptyState title=t::words_empty(l) text=t::words_empty_text(l) link=None/> }
            .into_any();
    }
    let mut head = vec![Column::new(t::words_word(l)), Column::new(t::order_unit(l))];
    if desk.may_control() {
        head.push(Column::new(t::words_end(l)));
    }
    let rows = list.iter().map(|word| row(desk, word)).collect();
    view! { <DataTable caption=t::words_title(l) head=head rows=rows/> }.into_any()
}

fn row(desk: &Desk, word: &WatchWord) -> Row {
    let mut cells = vec![Cell::text(word.word.as_str()), Cell::text(word.unit_name.as_str())];
    if desk.may_control() {
        cells.push(end(desk.l, word));
    }
    Row::new(cells)
}

fn end(l: Locale, word: &WatchWord) -> Cell {
    let (id, about) = (word.public.to_string(), word.word.clone());
    Cell::view(view! {
        <form method="post" action=action(forms::WORD_END)>
            <HiddenInput name="id" value=id/>
            <Button text=t::words_end(l) kind=ButtonKind::Secondary about=about/>
        </form>
    })
}
