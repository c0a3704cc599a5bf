//! What her pages share: a form that was refused, and what stands round the words that she writes.

use backend::{
    Result, form_try,
    messages::{FormKey, drafts::Draft, officer::Expect},
};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::words;
use crate::{
    i18n::{dates, messages_mine as t},
    identity::here::Here,
    messages::{
        fields::{Fields, beside},
        talk,
    },
    ui::{Actions, Button, ButtonKind, HiddenInput, TextArea},
};

/// The form behind `?try=`, if it is this person's.
pub(super) async fn tried(here: &Here, form: &'static str) -> Result<Option<Fields>> {
    let Some(key) = here.page.query("try") else { return Ok(None) };
    Ok(form_try::find(&here.ctx, &here.actor(), form, &key).await?.map(Fields::of))
}

/// The address of a form.
pub(super) fn action(form: &str) -> String {
    format!("/api/{form}")
}

/// The words, by when they are answered, and the two ways on: sent, or kept.
pub(super) fn writing(
    here: &Here,
    fields: &Fields,
    draft: Option<&Draft>,
    expect: &Expect,
    label: String,
) -> AnyView {
    let l = here.locale();
    let typed = fields.value("key");
    let key = if typed.is_empty() {
        let drawn: FormKey = here.ctx.chance.public();
        drawn.to_string()
    } else {
        typed
    };
    let version = fields.value("draft");
    let version = if version.is_empty() { "0".to_owned() } else { version };
    let longest = i64::try_from(expect.longest).unwrap_or(i64::MAX);
    let error = fields.code("words").map(|code| words::wrong(l, "words", code));
    view! {
        <HiddenInput name="key" value=key/>
        <HiddenInput name="draft" value=version/>
        {talk::beside(&t::beside(l), beside(draft, fields))}
        <TextArea name="words" label=label hint=t::words_hint(l, longest) rows=7
            value=fields.value("words") error=error/>
        <p class="small muted">{expected(l, expect)}</p>
        <Actions>
            <Button text=t::send(l) name="then" value="send"/>
            <Button text=t::save(l) kind=ButtonKind::Secondary name="then" value="save"/>
        </Actions>
    }
    .into_any()
}

/// By when she can expect an answer to what she sends now.
fn expected(l: Locale, expect: &Expect) -> String {
    t::expected(l, dates::long_date(l, expect.due.date()))
}
