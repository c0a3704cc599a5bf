//! Which case it is, as it stands in the papers; the same questions for a request and for somebody at the office.

use domain::kernel::Locale;
use leptos::prelude::*;

use super::fields::{Fields, date_labels};
use crate::{
    i18n::notices_desk as t,
    ui::{Choice, DateEntry, Field, RadioGroup, Width},
};

#[component]
pub(super) fn CaseFields(l: Locale, fields: Fields) -> impl IntoView {
    let roles = vec![Choice::new("victim", t::role_victim(l)), Choice::new("bereaved", t::role_bereaved(l))];
    let (error, wrong) = (fields.error(l, "born"), fields.wrong("born"));
    let born = match wrong {
        Some(wrong) => view! {
            <DateEntry name="born" legend=t::case_born(l) labels=date_labels(l) value=fields.date("born")
                error=error wrong=wrong/>
        }
        .into_any(),
        None => view! {
            <DateEntry name="born" legend=t::case_born(l) labels=date_labels(l) value=fields.date("born")
                error=error/>
        }
        .into_any(),
    };
    view! {
        <Field name="reference" label=t::case_reference(l) hint=t::case_reference_hint(l) width=Width::Half
            value=fields.value("reference") error=fields.error(l, "reference") autocomplete="off"/>
        <Field name="inmate" label=t::case_inmate(l) value=fields.value("inmate")
            error=fields.error(l, "inmate") autocomplete="off"/>
        {born}
        <RadioGroup name="role" legend=t::case_role(l) options=roles value=fields.value("role")
            error=fields.error(l, "role")/>
    }
}
