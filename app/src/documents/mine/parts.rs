//! What her pages share: what is named in the address, a form that was refused, and where something goes.

use backend::{
    Result,
    documents::{self, Document, Draft},
    form_try,
};
use domain::kernel::{Locale, Public};
use leptos::prelude::*;

use crate::{
    documents::{fields::Fields, words},
    i18n::documents_mine as t,
    identity::here::Here,
    request,
    ui::{Notice, NoticeKind, SummaryRow},
};

pub(super) fn named() -> String {
    request::param("public").unwrap_or_default()
}

/// The document in the address, if it is hers.
pub(super) async fn own(here: &Here, public: &str) -> Result<Option<Document>> {
    match Public::parse(public) {
        Some(public) => documents::document(&here.ctx, &here.who, &public).await,
        None => Ok(None),
    }
}

/// The draft in the address, if it is hers.
pub(super) async fn begun(here: &Here, public: &str) -> Result<Option<Draft>> {
    match Public::parse(public) {
        Some(public) => documents::draft(&here.ctx, &here.who, &public).await,
        None => Ok(None),
    }
}

/// The form behind `?try=`, if it is hers and one of these.
pub(super) async fn tried(here: &Here, forms: &[&'static str]) -> Result<Option<Fields>> {
    let Some(key) = here.page.query("try") else { return Ok(None) };
    for form in forms {
        if let Some(kept) = form_try::find(&here.ctx, &here.actor(), form, &key).await? {
            return Ok(Some(Fields::of(kept)));
        }
    }
    Ok(None)
}

/// What stands in the way of the whole form, under the field `form`.
pub(super) fn stopped(l: Locale, fields: &Fields) -> Option<AnyView> {
    let title = fields.error(l, "form")?;
    Some(view! { <Notice kind=NoticeKind::Error title=title/> }.into_any())
}

/// To the case, or to the unit. Where it is about a case no unit is named: which one has it is told by the case.
pub(super) fn to(l: Locale, document: &Document) -> SummaryRow {
    let to = match &document.about {
        Some(about) => words::about(l, about),
        None => document.unit_name.clone(),
    };
    SummaryRow::new(t::to(l), to)
}

/// What she wrote. Text and nothing else; whatever language it is in.
pub(super) fn hers(l: Locale, text: &str) -> SummaryRow {
    let text = text.to_owned();
    SummaryRow::view(t::words(l), view! { <span class="letter-words" dir="auto">{text}</span> })
}

/// The address of a form.
pub(super) fn action(form: &str) -> String {
    format!("/api/{form}")
}
