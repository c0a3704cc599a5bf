//! What controllers write beside a letter for each other: another's view, and what it says in Norwegian.

use backend::{
    ctx::Ctx,
    messages::{FormKey, exchange::LetterNote},
};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{forms, parts::action, words};
use crate::{
    i18n::messages_control as t,
    messages::kept::Kept,
    ui::{Actions, Button, ButtonKind, Details, Form, HiddenInput, Panel, TextArea},
};

/// The key of a form: the one that was refused, so that the same words again are one note, else a new one.
pub(super) fn key(ctx: &Ctx, kept: &Kept) -> String {
    FormKey::parse(&kept.value("key")).unwrap_or_else(|| ctx.chance.public()).to_string()
}

pub(super) fn notes(l: Locale, notes: &[LetterNote]) -> Option<AnyView> {
    let row = |note: &LetterNote| {
        let title = if note.kind == "second" { t::note_second(l) } else { t::note_translation(l) };
        let by = t::note_by(l, &note.staff, words::at(l, note.written_at));
        let text = note.words.clone();
        view! {
            <section class="stack">
                <h3>{title}</h3>
                <p class="small muted">{by}</p>
                <p class="officer-text" dir="auto">{text}</p>
            </section>
        }
    };
    let rows = notes.iter().map(row).collect_view();
    (!notes.is_empty()).then(|| rows.into_any())
}

#[component]
pub(super) fn Opinion(l: Locale, id: String, key: String, kept: Kept) -> impl IntoView {
    view! {
        <Panel>
            <h2>{t::opinion_title(l)}</h2>
            <p>{t::opinion_text(l)}</p>
            <Form action=action(forms::OPINION)>
                <HiddenInput name="id" value=id/>
                <HiddenInput name="key" value=key/>
                <TextArea name="opinion" label=t::opinion_label(l) rows=4 value=kept.value("opinion")
                    error=kept.error(l, words::wrong, "opinion")/>
                <Actions><Button text=t::opinion_button(l)/></Actions>
            </Form>
        </Panel>
    }
}

#[component]
pub(super) fn Translation(l: Locale, id: String, key: String, kept: Kept) -> impl IntoView {
    let wrong = kept.is_wrong();
    view! {
        <Details summary=t::translation_title(l) open=wrong>
            <Form action=action(forms::TRANSLATE)>
                <HiddenInput name="id" value=id/>
                <HiddenInput name="key" value=key/>
                <TextArea name="translation" label=t::translation_label(l) hint=t::translation_hint(l) rows=5
                    value=kept.value("translation") error=kept.error(l, words::wrong, "translation")/>
                <Actions><Button text=t::translation_button(l) kind=ButtonKind::Secondary/></Actions>
            </Form>
        </Details>
    }
}
