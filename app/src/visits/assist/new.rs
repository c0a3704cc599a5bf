//! Somebody who is not known yet is registered.

use backend::Result;
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    api::REGISTER,
    fields::{Fields, date_labels},
    handin,
    parts::{self, Desk},
    start::{asked, to_start},
};
use crate::{
    i18n::{common, visits_assist as t},
    ui::{
        Actions, AsideBlock, Button, DateEntry, ErrorSummary, Field, Form, HiddenInput, Kind, PageGrid,
        PageHead, Width,
    },
};

#[component]
pub fn NewPage() -> impl IntoView {
    parts::page(|desk| async move { shown(&desk).await.map(Some) })
}

async fn shown(desk: &Desk) -> Result<AnyView> {
    let (l, tried) = (desk.l, desk.tried(REGISTER).await?);
    let from = handin::hand_in(desk, tried.as_ref().unwrap_or(&Fields::default())).await?;
    let opens = || from.as_ref().map(|(_, form)| handin::newcomer(form)).unwrap_or_default();
    let fields = tried.unwrap_or_else(opens);
    let (errors, tab) = (fields.summary(l), fields.tab(l, t::new_title(l)));
    let key = fields.key(desk.ctx.chance.public::<()>().to_string());
    let (beside, input) = (from.as_ref().map(|(of, _)| of.aside(l)), from.as_ref().map(|(of, _)| of.input()));
    let aside = view! {
        {beside}
        <AsideBlock title=t::new_aside_title(l)><p>{t::new_aside(l)}</p></AsideBlock>
    };
    let whom = known_by(l, &fields, (t::new_name(l), t::new_number(l), t::new_birth(l)));
    let asked = asked(l, &fields);
    let (phone, no_phone) = (fields.value("phone"), fields.error(l, "phone"));
    Ok(view! {
        <PageGrid aside=aside.into_any()>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=t::new_title(l) tab=tab lead=t::new_lead(l) back=to_start(l)/>
            <Form action=format!("/api/{REGISTER}")>
                <HiddenInput name="key" value=key/>
                {input}
                {whom}
                <Field name="phone" label=t::new_phone(l) value=phone hint=t::new_phone_hint(l) error=no_phone
                    kind=Kind::Tel width=Width::Half autocomplete="off" optional=t::optional(l)/>
                {asked}
                <Actions><Button text=t::new_button(l)/></Actions>
            </Form>
        </PageGrid>
    }
    .into_any())
}

/// A name, and the number or the birth date.
pub(super) fn known_by(
    l: Locale,
    fields: &Fields,
    (name, number, birth): (String, String, String),
) -> AnyView {
    let [typed_name, typed_number] = ["name", "number"].map(|field| fields.value(field));
    let [no_name, no_number] = ["name", "number"].map(|field| fields.error(l, field));
    let born = date(l, fields, "birth", birth);
    view! {
        <Field name="name" label=name value=typed_name error=no_name autocomplete="off"/>
        <Field name="number" label=number value=typed_number hint=t::number_hint(l) error=no_number
            kind=Kind::Number width=Width::Half autocomplete="off"/>
        {born}
    }
    .into_any()
}

/// A date with what was typed, and the part of it that is wrong.
pub(super) fn date(l: Locale, fields: &Fields, stem: &'static str, legend: String) -> AnyView {
    let (value, error) = (fields.date(stem), fields.error(l, stem));
    match fields.part(stem) {
        Some(wrong) => view! {
            <DateEntry name=stem legend=legend labels=date_labels(l) value=value hint=t::date_hint(l) error=error
                wrong=wrong/>
        }
        .into_any(),
        None => view! {
            <DateEntry name=stem legend=legend labels=date_labels(l) value=value hint=t::date_hint(l) error=error/>
        }
        .into_any(),
    }
}
