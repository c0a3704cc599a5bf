//! The code from the e-mail or the text message. One field, one button; a new code is a form of its own.

use backend::{
    form_try::FormTry,
    identity::contacts::{self, Via},
};
use domain::{identity::CODE_MINUTES, kernel::Locale};
use leptos::prelude::*;

use super::{
    super::here::{Here, page},
    api,
    details::{aside, tried},
    words,
};
use crate::{
    i18n::identity_contact as t,
    request::{self, Page},
    routes,
    ui::{
        Actions, Button, ButtonKind, ErrorSummary, Field, FieldError, Form, Kind, Link, Notice, NoticeKind,
        PageGrid, PageHead, Width,
    },
};

#[component]
pub fn CodePage() -> impl IntoView {
    page("identity_contact", |here: Here| async move {
        let known = contacts::load(&here.ctx, &here.who.person).await?;
        let Some(email) = known.email.filter(|email| !email.confirmed) else {
            request::redirect(routes::MY_CONTACT);
            return Ok(().into_any());
        };
        let waits = email.code_until.is_some_and(|until| until > here.page.now);
        let tried = tried(&here, api::CODE).await?.unwrap_or_default();
        Ok(whole(&here.page, Via::Email, (email.address.as_str(), waits), &tried))
    })
}

#[component]
pub fn NumberPage() -> impl IntoView {
    page("identity_contact", |here: Here| async move {
        let known = contacts::load(&here.ctx, &here.who.person).await?;
        let Some(number) = known.phone.filter(|_| known.by_text && !known.number.confirmed) else {
            request::redirect(routes::MY_CONTACT);
            return Ok(().into_any());
        };
        let waits = known.number.code_until.is_some_and(|until| until > here.page.now);
        let tried = tried(&here, api::NUMBER).await?.unwrap_or_default();
        Ok(whole(&here.page, Via::Phone, (number.as_str(), waits), &tried))
    })
}

/// What differs between the two.
struct Words {
    tab: String,
    back: String,
    confirm: String,
    missing: String,
    form: &'static str,
}

fn words_of(l: Locale, via: Via) -> Words {
    match via {
        Via::Email => Words {
            tab: t::code_tab(l),
            back: t::code_back(l),
            confirm: t::code_confirm(l),
            missing: t::code_missing_text(l),
            form: api::CODE,
        },
        Via::Phone => Words {
            tab: t::number_tab(l),
            back: t::number_back(l),
            confirm: t::number_confirm(l),
            missing: t::number_missing_text(l),
            form: api::NUMBER,
        },
    }
}

fn whole(page: &Page, via: Via, (to, waits): (&str, bool), tried: &FormTry) -> AnyView {
    let l = page.locale;
    let w = words_of(l, via);
    let errors = words::errors(l, tried);
    let tab = if errors.is_empty() { w.tab } else { t::error_tab(l, w.tab) };
    let lead = if waits { t::code_lead(l, to, CODE_MINUTES) } else { t::code_lead_none(l, to) };
    let resent = page.query("done").is_some_and(|done| done == "resent").then(|| {
        view! {
            <Notice kind=NoticeKind::Done title=t::code_resent_title(l)><p>{t::code_resent_text(l)}</p></Notice>
        }
    });
    let value = tried.values.get("code").cloned().unwrap_or_default();
    view! {
        <PageGrid aside=aside(page)>
            <ErrorSummary title=t::error_summary(l) errors=errors.clone()/>
            <PageHead title=t::code_title(l) tab=tab lead=lead
                back=Link::new(routes::MY_CONTACT, w.back)/>
            {resent}
            <Form action=api::action(w.form)>
                <Field name="code" label=t::code_field(l) kind=Kind::Number width=Width::Short
                    autocomplete="one-time-code" value=value error=FieldError::of(&errors, "code")/>
                <Actions><Button text=w.confirm/></Actions>
            </Form>
            <h2>{t::code_missing_title(l)}</h2>
            <p>{w.missing}</p>
            <Form action=api::resend_action(via)>
                <Actions><Button text=t::code_resend(l) kind=ButtonKind::Secondary/></Actions>
            </Form>
        </PageGrid>
    }
    .into_any()
}
