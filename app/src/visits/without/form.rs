//! What she writes, on one page: who she is, whom she wants to visit, and that she knows that the police are asked.

use backend::{Result, custody::PublicUnit};
use domain::{
    kernel::Locale,
    visits::{
        clearance::{
            Relation,
            forms::{FormErrors, LONGEST_NOTE},
        },
        handin::{HandInForm, Purpose},
    },
};
use leptos::prelude::*;

use super::{
    api::FORM,
    fields::{date, error, summary, tab},
    parts::{Guest, ended, led, shown},
    words,
};
use crate::{
    i18n::{common, visits_without as t},
    public::queries,
    routes,
    ui::{
        Actions, AsideBlock, Button, Checkbox, Choice, ErrorSummary, Field, Form, Kind, PageGrid, PageHead,
        Select, TextArea, Width,
    },
};

#[component]
pub fn FormPage() -> impl IntoView {
    shown(|guest| async move { form(guest).await })
}

async fn form(guest: Guest) -> Result<AnyView> {
    let l = guest.l();
    let session = match guest.session(Purpose::Write).await? {
        None => return Ok(led(&ended(routes::WITHOUT_EID))),
        Some(session) if session.is_done() => return Ok(led(routes::WITHOUT_EID_RECEIPT)),
        Some(session) => session,
    };
    let form = session.form();
    let judged = session.is_begun() && guest.page.query("wrong").is_some();
    let errors: FormErrors =
        if judged { form.parse(guest.page.now.date()).err().unwrap_or_default() } else { vec![] };
    let units = queries::units(Some(guest.ctx.clone())).await?;
    let (wrong, tab) = (summary(l, &errors), tab(l, !errors.is_empty(), t::form_title(l)));
    let (her, whom, rest) =
        (her(l, &form, &errors), whom(l, &form, &errors, &units), rest(l, &form, &errors));
    let aside = view! {
        <AsideBlock title=t::police_whom_title(l)><p>{t::police_whom_text(l)}</p></AsideBlock>
        <AsideBlock title=t::police_what_title(l)><p>{t::police_what_text(l)}</p></AsideBlock>
        <AsideBlock title=t::police_law_title(l)><p>{t::police_law_text(l)}</p></AsideBlock>
    };
    Ok(view! {
        <PageGrid aside=aside.into_any()>
            <ErrorSummary title=common::error_summary(l) errors=wrong/>
            <PageHead title=t::form_title(l) tab=tab lead=t::form_lead(l)/>
            <Form action=format!("/api/{FORM}")>
                <h2>{t::her_title(l)}</h2>
                {her}
                <h2>{t::whom_title(l)}</h2>
                {whom}
                {rest}
                <Actions><Button text=t::form_button(l)/></Actions>
            </Form>
        </PageGrid>
    }
    .into_any())
}

fn optional(l: Locale) -> String {
    format!("({})", common::optional(l))
}

fn her(l: Locale, form: &HandInForm, errors: &FormErrors) -> AnyView {
    let HandInForm { name, country, address, email, phone, .. } = form.clone();
    let [no_name, no_country, no_address, no_email, no_phone] =
        ["name", "country", "address", "email", "phone"].map(|field| error(l, errors, field));
    let typed = [&form.birth_day, &form.birth_month, &form.birth_year];
    let born = date(l, errors, ("birth", t::birth(l), t::date_hint(l)), typed);
    view! {
        <Field name="name" label=t::name(l) hint=t::name_hint(l) value=name error=no_name autocomplete="name"/>
        {born}
        <Field name="country" label=t::country(l) hint=t::country_hint(l) value=country error=no_country
            autocomplete="off" width=Width::Half optional=optional(l)/>
        <TextArea name="address" label=t::address(l) hint=t::address_hint(l) rows=3 value=address error=no_address/>
        <Field name="email" label=t::email(l) value=email error=no_email kind=Kind::Email autocomplete="email"/>
        <Field name="phone" label=t::phone(l) hint=t::phone_hint(l) value=phone error=no_phone kind=Kind::Tel
            width=Width::Half autocomplete="tel"/>
    }
    .into_any()
}

fn whom(l: Locale, form: &HandInForm, errors: &FormErrors, units: &[PublicUnit]) -> AnyView {
    let HandInForm { whom, unit, relation, .. } = form.clone();
    let [no_whom, no_unit, no_relation] = ["whom", "unit", "relation"].map(|field| error(l, errors, field));
    let units = units.iter().map(|unit| Choice::new(&unit.slug, &unit.name)).collect();
    let relations = Relation::ALL.map(|of| Choice::new(of.code(), words::relation(l, of))).into();
    let typed = [&form.whom_birth_day, &form.whom_birth_month, &form.whom_birth_year];
    let born = date(l, errors, ("whom_birth", t::whom_birth(l), t::whom_birth_hint(l)), typed);
    view! {
        <Field name="whom" label=t::whom(l) value=whom error=no_whom autocomplete="off"/>
        {born}
        <Select name="unit" label=t::unit(l) hint=t::unit_hint(l) options=units value=unit
            placeholder=t::unit_unknown(l) error=no_unit/>
        <Select name="relation" label=t::relation(l) options=relations value=relation
            placeholder=t::relation_choose(l) error=no_relation/>
    }
    .into_any()
}

fn rest(l: Locale, form: &HandInForm, errors: &FormErrors) -> AnyView {
    let (note, read) = (form.note.clone(), form.read == "yes");
    let (no_note, no_read) = (error(l, errors, "note"), error(l, errors, "read"));
    let longest = u32::try_from(LONGEST_NOTE).unwrap_or(u32::MAX);
    view! {
        <TextArea name="note" label=t::note(l) hint=t::note_hint(l) value=note error=no_note optional=optional(l)
            max=longest left=t::note_left(l, "{n}") over=t::note_over(l, "{n}")/>
        <h2>{t::police_title(l)}</h2>
        <p>{t::police_lead(l)}</p>
        <Checkbox name="read" label=t::police_read(l) checked=read error=no_read/>
    }
    .into_any()
}
