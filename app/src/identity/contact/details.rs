//! Address, number, language, and how plain letters may be. What is known stands in the fields.

use backend::{
    Result,
    form_try::{self, FormTry},
    identity::contacts::{self, Contacts},
};
use domain::{identity::Remind, kernel::Locale};
use leptos::prelude::*;

use super::{
    super::here::{Here, page},
    api, words,
};
use crate::{
    i18n::{identity_contact as t, own_name},
    request::Page,
    routes,
    ui::{
        Actions, AsideBlock, Button, Checkbox, Choice, ErrorSummary, Field, FieldError, Form, Kind, Link,
        Notice, NoticeKind, PageGrid, PageHead, Select, Width,
    },
};

#[component]
pub fn ContactPage() -> impl IntoView {
    page("identity_contact", |here: Here| async move {
        let known = contacts::load(&here.ctx, &here.who.person).await?;
        let tried = tried(&here, api::DETAILS).await?;
        Ok(whole(&here.page, (&known, here.ctx.settings.offers_texts()), tried))
    })
}

/// What was typed and refused, or kept when the session ran out.
pub(super) async fn tried(here: &Here, form: &'static str) -> Result<Option<FormTry>> {
    match here.page.query("try") {
        Some(key) => form_try::find(&here.ctx, &here.actor(), form, &key).await,
        None => Ok(None),
    }
}

fn whole(page: &Page, (known, texts): (&Contacts, bool), tried: Option<FormTry>) -> AnyView {
    let l = page.locale;
    let errors = tried.as_ref().map(|tried| words::errors(l, tried)).unwrap_or_default();
    let tab = (!errors.is_empty()).then(|| t::error_tab(l, t::title(l)));
    let fields = tried.unwrap_or_else(|| stored(l, known));
    let (done, known, summary) = (done(page, known), known.clone(), errors.clone());
    view! {
        <PageGrid aside=aside(page)>
            <ErrorSummary title=t::error_summary(l) errors=summary/>
            <PageHead title=t::title(l) tab=tab lead=t::lead(l) back=Link::new(routes::MY, t::back(l))/>
            {done}
            <Unconfirmed l=l known=known/>
            {form(l, texts, fields, errors)}
        </PageGrid>
    }
    .into_any()
}

fn stored(l: Locale, known: &Contacts) -> FormTry {
    let email = known.email.as_ref().map(|email| email.address.as_str()).unwrap_or_default();
    let phone = known.phone.as_ref().map(|phone| phone.as_str()).unwrap_or_default();
    let plain = if known.plain_words { "yes" } else { "" };
    let language = known.locale.unwrap_or(l).code();
    let text = if known.by_text { "yes" } else { "" };
    let reminders = [("remind", known.remind.code()), ("by_text", text)];
    let wishes = [("letters_in", language), ("plain", plain)].into_iter().chain(reminders);
    let pairs = [("email", email), ("phone", phone)].into_iter().chain(wishes);
    let values = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    FormTry { values, errors: vec![] }
}

fn form(l: Locale, texts: bool, fields: FormTry, errors: Vec<FieldError>) -> AnyView {
    let value = move |name: &str| fields.values.get(name).cloned().unwrap_or_default();
    let error = move |name: &str| FieldError::of(&errors, name);
    let languages = Locale::ALL.into_iter().map(|one| Choice::new(one.code(), own_name(one))).collect();
    let reminders =
        Remind::ALL.into_iter().map(|one| Choice::new(one.code(), words::remind(l, one))).collect();
    let by_text = texts.then(|| {
        view! {
            <Checkbox name="by_text" label=t::by_text(l) hint=t::by_text_hint(l)
                checked=!value("by_text").is_empty()/>
        }
    });
    view! {
        <Form action=api::action(api::DETAILS)>
            <Field name="email" label=t::email(l) hint=t::email_hint(l) kind=Kind::Email autocomplete="email"
                value=value("email") error=error("email")/>
            <Field name="phone" label=t::phone(l) hint=t::phone_hint(l) kind=Kind::Tel autocomplete="tel"
                width=Width::Half value=value("phone") error=error("phone")/>
            <Select name="letters_in" label=t::language(l) options=languages placeholder=t::language_choose(l)
                value=value("letters_in") error=error("letters_in")/>
            <Select name="remind" label=t::remind(l) hint=t::remind_hint(l) options=reminders value=value("remind")
                error=error("remind")/>
            {by_text}
            <Checkbox name="plain" label=t::plain(l) hint=t::plain_hint(l) checked=!value("plain").is_empty()/>
            <Actions><Button text=t::save(l)/></Actions>
        </Form>
    }
    .into_any()
}

/// What was just done, if it is so.
fn done(page: &Page, known: &Contacts) -> Option<AnyView> {
    let l = page.locale;
    let view = match page.query("done")?.as_str() {
        "saved" => view! { <Notice kind=NoticeKind::Done title=t::saved_title(l)/> }.into_any(),
        "confirmed" if known.confirmed_email().is_some() => view! {
            <Notice kind=NoticeKind::Done title=t::confirmed_title(l)><p>{t::confirmed_text(l)}</p></Notice>
        }
        .into_any(),
        "number" if known.number.confirmed => view! {
            <Notice kind=NoticeKind::Done title=t::number_confirmed_title(l)>
                <p>{t::number_confirmed_text(l)}</p>
            </Notice>
        }
        .into_any(),
        _ => return None,
    };
    Some(view)
}

/// An address or a number that waits for its code, and the way to type it. Nothing when there is none.
#[component]
pub(crate) fn Unconfirmed(l: Locale, known: Contacts) -> impl IntoView {
    let waits = |title: String, text: String, way: &'static str| {
        view! {
            <Notice kind=NoticeKind::Now title=title>
                <p>{text}" "<a href=way>{t::waits_link(l)}</a>"."</p>
            </Notice>
        }
    };
    let address = known.awaits_code().then(|| waits(t::waits_title(l), t::waits_text(l), routes::MY_CODE));
    let number = known
        .number_awaits_code()
        .then(|| waits(t::number_waits_title(l), t::number_waits_text(l), routes::MY_NUMBER));
    view! {
        {address}
        {number}
    }
}

/// Why we ask; and in the demo, where the letters are.
pub(super) fn aside(page: &Page) -> AnyView {
    let l = page.locale;
    let demo = page.demo.then(|| {
        view! {
            <AsideBlock title=t::demo_title(l)>
                <p>{t::demo_text(l)}" "<a href=routes::DEMO_MAIL>{t::demo_link(l)}</a>"."</p>
            </AsideBlock>
        }
    });
    view! {
        <AsideBlock title=t::why_title(l)><p>{t::why_text(l)}</p></AsideBlock>
        <AsideBlock title=t::shared_title(l)><p>{t::shared_text(l)}</p></AsideBlock>
        {demo}
    }
    .into_any()
}
