//! One letter on paper with the sheet to answer on. Printing is a look; the sheet's number opens nothing.

use backend::messages::{
    LetterRow,
    exchange::{Printed, print},
};
use domain::kernel::{Locale, Public};
use leptos::prelude::*;

use super::{
    barcode::Barcode,
    forms,
    parts::{self, action},
    words,
};
use crate::{
    i18n::messages_control as t,
    routes,
    ui::{Actions, Button, Form, HiddenInput, Link, PageHead},
};

#[component]
pub fn SheetPage() -> impl IntoView {
    let id = parts::named::<LetterRow>();
    parts::page(|desk| async move {
        let Some(id) = id else { return Ok(None) };
        let Some(printed) = print(&desk.ctx, &desk.who, &id).await? else { return Ok(None) };
        Ok(Some(shown(desk.l, &id, &printed)))
    })
}

fn shown(l: Locale, id: &Public<LetterRow>, printed: &Printed) -> AnyView {
    let back = Link::new(routes::STAFF_LETTERS_PAPER, t::paper_title(l));
    let note = words::at(l, printed.written_at);
    let text = printed.words.clone();
    view! {
        <PageHead title=t::from_to(l, &printed.relative, &printed.inmate) tab=t::sheet_tab(l) note=note back=back/>
        <p class="no-print">{t::sheet_how(l)}</p>
        <div class="panel panel--plain letter-words" dir="auto">{text}</div>
        <section class="section-rule stack sheet">
            <h2>{t::sheet_answer(l, &printed.relative)}</h2>
            <Barcode text=printed.sheet.stored().to_owned()/>
            <p class="panel-large">{t::sheet_number(l, printed.sheet.to_string())}</p>
            <p>{t::sheet_text(l)}</p>
        </section>
        <div class="no-print">{handed(l, id, printed.version)}</div>
    }
    .into_any()
}

fn handed(l: Locale, id: &Public<LetterRow>, version: i64) -> AnyView {
    let (id, version) = (id.to_string(), version.to_string());
    view! {
        <Form action=action(forms::HANDED)>
            <HiddenInput name="id" value=id/>
            <HiddenInput name="version" value=version/>
            <Actions><Button text=t::sheet_handed(l)/></Actions>
        </Form>
    }
    .into_any()
}
