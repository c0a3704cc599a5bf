//! What the pages of this area have in common: a head that says the same word everywhere, and whom to ring.

use backend::ctx::Ctx;
use domain::kernel::Locale;
use leptos::prelude::*;

use super::here::Here;
use crate::{
    i18n::{common, notices_mine as t},
    routes,
    ui::{Actions, Button, ErrorSummary, FieldError, Form, HiddenInput, Link, PageGrid, PageHead},
};

/// A page under the same heading as all the others; `title` says what one does here, and stands in the page alone.
pub(super) fn whole(
    l: Locale,
    title: String,
    lead: Option<String>,
    errors: Vec<FieldError>,
    body: AnyView,
) -> AnyView {
    let tab =
        if errors.is_empty() { t::title(l) } else { format!("{} {}", common::error_prefix(l), t::title(l)) };
    view! {
        <PageGrid>
            <ErrorSummary title=t::error_summary(l) errors=errors/>
            <PageHead title=t::title(l) tab=tab back=Link::new(routes::MESSAGE, t::back(l))/>
            <h2>{title}</h2>
            {lead.map(|lead| view! { <p>{lead}</p> })}
            {body}
        </PageGrid>
    }
    .into_any()
}

/// Nothing is registered for her, so there is nothing to set here yet.
pub(super) fn nothing_yet(l: Locale, title: String) -> AnyView {
    let body =
        view! { <p>{t::nothing_yet(l)}" "<a href=routes::MESSAGE_ASK>{t::nothing_yet_link(l)}</a>"."</p> };
    whole(l, title, None, vec![], body.into_any())
}

/// She signs in anew, and comes back to this page.
pub(super) fn prove_form(l: Locale, back: &str) -> AnyView {
    view! { <p>{t::prove_text(l)}</p>{start_form(back, t::prove_button(l))} }.into_any()
}

/// Whoever comes in proves who she is then and there, at the high level: what she came to read opens at once.
pub(super) fn start_form(back: &str, button: String) -> AnyView {
    let back = back.to_owned();
    view! {
        <Form action=routes::auth_start(domain::access::Area::Victim.code())>
            <HiddenInput name="return_to" value=back/>
            <HiddenInput name="fresh" value="yes"/>
            <HiddenInput name="level" value="high"/>
            <Actions><Button text=button/></Actions>
        </Form>
    }
    .into_any()
}

/// Whom to ring now, the nearest danger first.
pub(in crate::notices) fn ring_now(l: Locale, ctx: &Ctx) -> AnyView {
    let ours = ctx.settings.notices.answered_at.clone();
    let row = |number: &str, words: String| {
        let (href, number) = (format!("tel:{}", number.replace(' ', "")), number.replace(' ', "\u{a0}"));
        view! { <li><a href=href>{number}</a>" "{words}</li> }
    };
    view! {
        <h2>{t::ring_title(l)}</h2>
        <ul>
            {row("112", t::ring_danger(l))}
            {row("02800", t::ring_police(l))}
            {row(&ours, t::ring_ours(l))}
            {row("116 006", t::ring_crisis(l))}
        </ul>
    }
    .into_any()
}

/// What was done, said once, by the mark in the address; a page checks that it is so.
pub(super) fn is_done(here: &Here, what: &str) -> bool {
    here.page.query("done").is_some_and(|done| done == what)
}
