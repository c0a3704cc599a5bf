//! Writing a letter: how long it may be and who reads it are said before she begins. What she types is kept as a draft when she
//! asks for it and when it could not be sent; words of another window are shown beside hers.

use backend::{
    Result,
    messages::{
        FormKey,
        exchange::{Exchange, Openness},
    },
};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    api::{WORDS, WRITE},
    letters::lines,
    parts::{action, grid, own, tried_of},
    show::aside,
    words,
};
use crate::{
    i18n::{common, messages_exchange as t},
    identity::here::{Here, page},
    messages::kept::Kept,
    public::NotFound,
    routes,
    shell::WithIslands,
    ui::{
        Actions, Button, ButtonKind, Details, ErrorSummary, Form, HiddenInput, Link, Notice, NoticeKind,
        PageHead, TextArea,
    },
};

#[component]
pub fn WritePage() -> impl IntoView {
    page("messages_exchange", new)
}

async fn new(here: Here) -> Result<AnyView> {
    let Some(exchange) = own(&here).await? else { return Ok(view! { <NotFound/> }.into_any()) };
    let tried = tried_of(&here, WRITE, &exchange.inmate).await?.unwrap_or_default();
    Ok(whole(&here, &exchange, &tried))
}

/// What stands in the field: what was just refused, else the draft.
fn typed(exchange: &Exchange, tried: &Kept) -> String {
    let draft = || exchange.draft.as_ref().and_then(|draft| draft.fields.get(WORDS).cloned());
    if tried.is_wrong() { tried.value(WORDS) } else { draft().unwrap_or_default() }
}

fn whole(here: &Here, exchange: &Exchange, tried: &Kept) -> AnyView {
    let l = here.locale();
    let back = Link::new(routes::my_letters_of(&exchange.inmate), t::show_title(l, &exchange.name));
    let body = match &exchange.open {
        Some(open) => form(here, exchange, open, tried),
        None => closed(l, exchange, tried),
    };
    let errors = if exchange.open.is_some() { tried.summary(l, words::wrong) } else { vec![] };
    let body = view! {
        <ErrorSummary title=common::error_summary(l) errors=errors/>
        <PageHead title=t::write_title(l, &exchange.name) tab=tried.tab(l, t::write_tab(l)) back=back/>
        {saved(l, tried)}
        {body}
        {earlier(l, exchange)}
        <WithIslands/>
    };
    grid(exchange.open.as_ref().map(|open| aside(l, open)), body.into_any())
}

fn saved(l: Locale, tried: &Kept) -> Option<AnyView> {
    let text = match tried.what().as_str() {
        "saved" => t::done_saved(l),
        "replaced" => t::done_replaced(l),
        _ => return None,
    };
    Some(view! { <Notice kind=NoticeKind::Done title=text/> }.into_any())
}

/// Words of another window, which the last ones took the place of.
fn earlier(l: Locale, exchange: &Exchange) -> Option<AnyView> {
    let earlier = exchange.draft.as_ref()?.earlier.as_ref()?.get(WORDS)?.clone();
    Some(view! { <Details summary=t::write_earlier(l)>{lines(&earlier)}</Details> }.into_any())
}

/// Nothing can be sent, and nothing that was typed is lost.
fn closed(l: Locale, exchange: &Exchange, tried: &Kept) -> AnyView {
    let words = typed(exchange, tried);
    let kept = (!words.is_empty()).then(|| {
        view! { <h2>{t::closed_kept(l)}</h2><div class="panel panel--plain">{lines(&words)}</div> }
    });
    view! {
        <Notice kind=NoticeKind::Warn title=t::closed_title(l, &exchange.name)><p>{t::closed_text(l)}</p></Notice>
        {kept}
    }
    .into_any()
}

fn form(here: &Here, exchange: &Exchange, open: &Openness, tried: &Kept) -> AnyView {
    let l = here.locale();
    let longest = open.bounds.longest;
    // The same form again is the same letter, also after it was refused.
    let key = FormKey::parse(&tried.value("key")).unwrap_or_else(|| here.ctx.chance.public());
    let draft = exchange.draft.as_ref().map_or(0, |draft| draft.version).to_string();
    let (inmate, text) = (exchange.inmate.to_string(), typed(exchange, tried));
    let error = tried.error(l, words::wrong, WORDS);
    let max = u32::try_from(longest).unwrap_or(u32::MAX);
    let discard = exchange.draft.is_some().then(|| {
        view! { <Button text=t::write_discard(l) kind=ButtonKind::Quiet name="then" value="discard"/> }
    });
    view! {
        <p>{if open.controlled { t::write_read(l) } else { t::write_not_read(l) }}</p>
        <p>{limits(l, open)}</p>
        <Form action=action(WRITE)>
            <HiddenInput name="inmate" value=inmate/>
            <HiddenInput name="key" value=key.to_string()/>
            <HiddenInput name="draft" value=draft/>
            <TextArea name=WORDS label=t::write_label(l) hint=t::write_hint(l) rows=12
                value=text error=error max=max
                left=t::write_left(l, "{n}") over=t::write_over(l, "{n}")/>
            <Actions>
                <Button text=t::write_send(l)/>
                <Button text=t::write_save(l) kind=ButtonKind::Secondary name="then" value="save"/>
                {discard}
            </Actions>
        </Form>
    }
    .into_any()
}

fn limits(l: Locale, open: &Openness) -> String {
    let longest = i64::try_from(open.bounds.longest).unwrap_or(i64::MAX);
    format!("{} {}", t::write_longest(l, longest), t::week_left(l, open.left_this_week))
}
