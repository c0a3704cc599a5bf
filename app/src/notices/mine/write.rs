//! Between her and her officer: what was said, a question, and the wish to be rung.

use backend::{
    Result,
    form_try::FormTry,
    notices::mine::{self, LONGEST, Message},
};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    api,
    here::{Here, page, tried},
    parts::{nothing_yet, ring_now, whole},
    words,
};
use crate::{
    i18n::notices_mine as t,
    ui::{Actions, Button, ButtonKind, FieldError, Form, IconName, Notice, NoticeKind, TextArea},
};

#[component]
pub fn WritePage() -> impl IntoView {
    page(write)
}

async fn write(here: Here) -> Result<AnyView> {
    let l = here.l;
    if here.who.recipient.is_none() {
        return Ok(nothing_yet(l, t::write_title(l)));
    }
    let thread = mine::thread(&here.ctx, &here.who).await?;
    let tried = tried(&here, api::WRITE).await?.unwrap_or_default();
    let errors = words::write_errors(l, &tried);
    let body = view! {
        {done(&here, &thread)}
        {said(l, &thread)}
        {form(l, &tried, &errors)}
        {ring_now(l, &here.ctx)}
    };
    Ok(whole(l, t::write_title(l), Some(t::write_lead(l)), errors, body.into_any()))
}

/// That it was sent, if the last word is hers.
fn done(here: &Here, thread: &[Message]) -> Option<AnyView> {
    let text = match here.page.query("done")?.as_str() {
        "ring" => t::done_ring(here.l),
        "sent" => t::done_sent(here.l),
        _ => return None,
    };
    thread.last().filter(|last| last.from_her)?;
    Some(view! { <Notice kind=NoticeKind::Done><p>{text}</p></Notice> }.into_any())
}

fn said(l: Locale, thread: &[Message]) -> Option<AnyView> {
    let rows = thread.iter().map(|one| {
        let (who, class) =
            if one.from_her { (t::thread_you(l), "thread-mine") } else { (t::thread_us(l), "thread-theirs") };
        let words = if one.words.is_empty() { t::thread_ring(l) } else { one.words.clone() };
        let lines = words.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view();
        view! {
            <li class=class>
                <p class="small muted">{t::thread_head(l, who, words::when(l, one.at))}</p>
                {lines}
            </li>
        }
    });
    let rows = rows.collect_view();
    (!thread.is_empty()).then(|| view! { <ol class="thread">{rows}</ol> }.into_any())
}

fn form(l: Locale, tried: &FormTry, errors: &[FieldError]) -> AnyView {
    let value = tried.values.get("words").cloned().unwrap_or_default();
    let error = FieldError::of(errors, "words");
    view! {
        <Form action=api::action(api::WRITE)>
            <TextArea name="words" label=t::words(l) hint=t::words_hint(l, LONGEST) value=value
                error=error/>
            <Actions>
                <Button text=t::write_send(l)/>
                <Button text=t::ring_me(l) kind=ButtonKind::Secondary name="ring_me" value="yes" icon=IconName::Phone/>
            </Actions>
        </Form>
    }
    .into_any()
}
