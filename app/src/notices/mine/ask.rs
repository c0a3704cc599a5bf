//! The request to be told. The answer is the same whoever was named, and no page ever tells whether there is a case.

use backend::{Result, form_try::FormTry, notices::mine};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    api,
    here::{Here, page, tried},
    parts::{is_done, whole},
    words,
};
use crate::{
    i18n::notices_mine as t,
    routes,
    ui::{Actions, Button, Choice, Field, FieldError, Form, Kind, LinkButton, RadioGroup, TextArea, Width},
};

#[component]
pub fn AskPage() -> impl IntoView {
    page(ask)
}

async fn ask(here: Here) -> Result<AnyView> {
    let l = here.l;
    if is_done(&here, "sent") && has_asked(&here).await? {
        return Ok(sent(l));
    }
    let tried = tried(&here, api::ASK).await?.unwrap_or_default();
    let errors = words::ask_errors(l, &tried);
    Ok(whole(l, t::ask_title(l), Some(t::ask_lead(l)), errors.clone(), form(l, tried, errors)))
}

/// No address alone says that something was sent.
async fn has_asked(here: &Here) -> Result<bool> {
    Ok(mine::home(&here.ctx, &here.who).await?.standing != mine::Standing::Nothing)
}

fn sent(l: Locale) -> AnyView {
    let body = view! {
        <p>{t::sent_next(l)}</p>
        <p>{t::sent_meanwhile(l)}</p>
        <Actions><LinkButton href=routes::MESSAGE_CHANNELS text=t::sent_channels(l)/></Actions>
    };
    whole(l, t::sent_title(l), None, vec![], body.into_any())
}

fn form(l: Locale, tried: FormTry, errors: Vec<FieldError>) -> AnyView {
    let value = move |name: &str| tried.values.get(name).cloned().unwrap_or_default();
    let error = move |name: &str| FieldError::of(&errors, name);
    let roles = vec![Choice::new("victim", t::role_victim(l)), Choice::new("bereaved", t::role_bereaved(l))];
    view! {
        <Form action=api::action(api::ASK)>
            <Field name="whom" label=t::whom(l) value=value("whom") error=error("whom")/>
            <Field name="reference" label=t::reference(l) hint=t::reference_hint(l) optional=t::optional(l)
                width=Width::Half value=value("reference") error=error("reference")/>
            <RadioGroup name="role" legend=t::role(l) options=roles value=value("role") error=error("role")/>
            <TextArea name="story" label=t::story(l) hint=t::story_hint(l) optional=t::optional(l)
                value=value("story") error=error("story")/>
            <Field name="telephone" label=t::telephone(l) hint=t::telephone_hint(l) kind=Kind::Tel autocomplete="tel"
                width=Width::Half value=value("telephone") error=error("telephone")/>
            <Actions><Button text=t::ask_send(l)/></Actions>
        </Form>
    }
    .into_any()
}
