//! Somebody who does not ask by herself: she has no eID, or was met at the office.

use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    case_fields::CaseFields,
    fields::Fields,
    forms,
    parts::{self, action},
};
use crate::{
    i18n::{common, notices_desk as t},
    routes,
    ui::{
        Actions, AsideBlock, Button, Checkbox, Choice, ErrorSummary, Field, Form, Kind, Link, PageGrid,
        PageHead, RadioGroup, TextArea, Width,
    },
};
use domain::access::Role;

#[component]
pub fn RegisterPage() -> impl IntoView {
    parts::page(|desk| async move {
        if !desk.has(Role::VictimOfficer) {
            return Ok(None);
        }
        let fields = desk.tried(forms::REGISTER).await?.unwrap_or_default();
        Ok(Some(shown(desk.l, fields)))
    })
}

fn shown(l: Locale, fields: Fields) -> AnyView {
    let tab = fields.tab(l, t::register_title(l));
    let aside = view! { <AsideBlock title=t::register_how(l)><p>{t::register_how_text(l)}</p></AsideBlock> };
    view! {
        <ErrorSummary title=common::error_summary(l) errors=fields.summary(l)/>
        <PageGrid aside=aside.into_any()>
            <PageHead title=t::register_title(l) tab=tab lead=t::register_lead(l)
                back=Link::new(routes::STAFF_NOTICES, t::list_title(l))/>
            <Form action=action(forms::REGISTER)>
                <h2>{t::register_person(l)}</h2>
                <PersonFields l=l fields=fields.clone()/>
                <h2>{t::register_case(l)}</h2>
                <CaseFields l=l fields=fields/>
                <Actions><Button text=t::register_button(l)/></Actions>
            </Form>
        </PageGrid>
    }
    .into_any()
}

#[component]
fn PersonFields(l: Locale, fields: Fields) -> impl IntoView {
    let wishes = vec![
        Choice::new("wants", t::register_wants(l)).hint(t::register_wants_hint(l)),
        Choice::new("asked", t::register_asked(l)),
        Choice::new("never_asked", t::register_never_asked(l)),
    ];
    let optional = common::optional(l);
    let optional = format!("({optional})");
    view! {
        <Field name="name" label=t::fact_name(l) value=fields.value("name") error=fields.error(l, "name")
            autocomplete="off"/>
        <RadioGroup name="wish" legend=t::register_wish(l) options=wishes value=fields.value("wish")
            error=fields.error(l, "wish")/>
        <Field name="telephone" label=t::fact_telephone(l) hint=t::register_telephone_hint(l) kind=Kind::Tel
            width=Width::Half value=fields.value("telephone") error=fields.error(l, "telephone")
            optional=optional.clone() autocomplete="off"/>
        <Field name="safe_word" label=t::register_safe_word(l) hint=t::register_safe_word_hint(l)
            width=Width::Half value=fields.value("safe_word") error=fields.error(l, "safe_word")
            autocomplete="off"/>
        <Checkbox name="protected" label=t::register_protected(l) hint=t::register_protected_hint(l)
            checked=fields.value("protected") == "yes"/>
        <TextArea name="address" label=t::register_address(l) hint=t::register_address_hint(l) rows=3
            value=fields.value("address") error=fields.error(l, "address") optional=optional.clone()/>
        <Field name="number" label=t::register_number(l) hint=t::register_number_hint(l) kind=Kind::Number
            width=Width::Half value=fields.value("number") error=fields.error(l, "number") optional=optional
            autocomplete="off"/>
    }
}
