//! Where she is reached. Adding answers the same whether or not the address is also somebody else's.

use backend::{
    Result,
    form_try::FormTry,
    notices::{
        channels::ChannelView,
        ladder::ChannelKind,
        mine::{self, Home},
    },
};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    api,
    here::{Here, page, tried},
    parts::{nothing_yet, whole},
    words,
};
use crate::{
    i18n::notices_mine as t,
    routes,
    ui::{
        Actions, Button, ButtonKind, Choice, Field, FieldError, Form, LinkRow, LinkRows, Notice, NoticeKind,
        RadioGroup,
    },
};

#[component]
pub fn ChannelsPage() -> impl IntoView {
    page(channels)
}

async fn channels(here: Here) -> Result<AnyView> {
    let l = here.l;
    if here.who.recipient.is_none() {
        return Ok(nothing_yet(l, t::channels_title(l)));
    }
    let home = mine::home(&here.ctx, &here.who).await?;
    let tried = tried(&here, api::ADD).await?.unwrap_or_default();
    let errors = words::add_errors(l, &tried);
    let off = home.off_at.map(|at| view! { <p>{t::stands_off_at(l, words::when(l, at))}</p> });
    let body = view! {
        {gone(&here, &home)}
        {off}
        {list(l, &home.channels)}
        <h2>{t::add_title(l)}</h2>
        {form(l, tried, errors.clone(), home.channels.is_empty())}
    };
    Ok(whole(l, t::channels_title(l), Some(t::channels_lead(l)), errors, body.into_any()))
}

/// That a channel was stopped, if it is no longer there.
fn gone(here: &Here, home: &Home) -> Option<AnyView> {
    let gone = here.page.query("gone")?;
    let there = home.channels.iter().any(|one| one.public.to_string() == gone);
    let said = t::channel_gone(here.l);
    (!there).then(|| view! { <Notice kind=NoticeKind::Done><p>{said}</p></Notice> }.into_any())
}

fn list(l: Locale, channels: &[ChannelView]) -> AnyView {
    if channels.is_empty() {
        return view! { <p>{t::channels_none(l)}</p> }.into_any();
    }
    let row = |one: &ChannelView| {
        let state = words::channel_state(l, one);
        LinkRow::new(routes::message_channel(&one.public), one.address.clone()).text(state)
    };
    view! { <LinkRows rows=channels.iter().map(row).collect()/> }.into_any()
}

fn form(l: Locale, tried: FormTry, errors: Vec<FieldError>, first: bool) -> AnyView {
    let value = move |name: &str| tried.values.get(name).cloned().unwrap_or_default();
    let error = move |name: &str| FieldError::of(&errors, name);
    let kinds = ChannelKind::ALL.map(|kind| Choice::new(kind.code(), words::channel_kind(l, kind)));
    let weight = if first { ButtonKind::Primary } else { ButtonKind::Secondary };
    view! {
        <Form action=api::action(api::ADD)>
            <RadioGroup name="kind" legend=t::add_kind(l) options=kinds.to_vec() value=value("kind") error=error("kind")/>
            <Field name="address" label=t::add_address(l) hint=t::add_address_hint(l) value=value("address")
                error=error("address")/>
            <Actions><Button text=t::add_button(l) kind=weight/></Actions>
        </Form>
    }
    .into_any()
}
