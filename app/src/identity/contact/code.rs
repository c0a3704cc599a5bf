//! The code from the e-mail. One field, one button; a new code is a form of its own.

use backend::{form_try::FormTry, identity::contacts};
use domain::{identity::CODE_MINUTES, kernel::EmailAddress};
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
        Ok(whole(&here.page, &email.address, waits, &tried))
    })
}

fn whole(page: &Page, address: &EmailAddress, waits: bool, tried: &FormTry) -> AnyView {
    let l = page.locale;
    let errors = words::errors(l, tried);
    let tab = if errors.is_empty() { t::code_tab(l) } else { t::error_tab(l, t::code_tab(l)) };
    let lead = if waits {
        t::code_lead(l, address.as_str(), CODE_MINUTES)
    } else {
        t::code_lead_none(l, address.as_str())
    };
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
                back=Link::new(routes::MY_CONTACT, t::code_back(l))/>
            {resent}
            <Form action=api::action(api::CODE)>
                <Field name="code" label=t::code_field(l) kind=Kind::Number width=Width::Short
                    autocomplete="one-time-code" value=value error=FieldError::of(&errors, "code")/>
                <Actions><Button text=t::code_confirm(l)/></Actions>
            </Form>
            <h2>{t::code_missing_title(l)}</h2>
            <p>{t::code_missing_text(l)}</p>
            <Form action=api::resend_action()>
                <Actions><Button text=t::code_resend(l) kind=ButtonKind::Secondary/></Actions>
            </Form>
        </PageGrid>
    }
    .into_any()
}
