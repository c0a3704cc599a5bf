//! What her pages share: the appeal in the address, a form that was refused, her words.

use backend::{
    Result,
    appeals::{self, Appeal},
    form_try,
};
use domain::kernel::{Locale, Public};
use leptos::prelude::*;

use crate::{
    appeals::fields::Fields, i18n::appeals_mine as t, identity::here::Here, request, ui::SummaryRow,
};

/// The appeal in the address, if it is hers.
pub(super) async fn own(here: &Here, public: &str) -> Result<Option<Appeal>> {
    match Public::parse(public) {
        Some(public) => appeals::appeal(&here.ctx, &here.who, &public).await,
        None => Ok(None),
    }
}

pub(super) fn named() -> String {
    request::param("public").unwrap_or_default()
}

/// The form behind `?try=`, if it is hers.
pub(super) async fn tried(here: &Here, form: &'static str) -> Result<Option<Fields>> {
    let Some(key) = here.page.query("try") else { return Ok(None) };
    Ok(form_try::find(&here.ctx, &here.actor(), form, &key).await?.map(Fields::of))
}

/// What she wrote. Text and nothing else; whatever language it is in.
pub(super) fn words(l: Locale, appeal: &Appeal) -> Vec<SummaryRow> {
    let text = |words: &str| {
        let words = words.to_owned();
        view! { <span class="letter-words" dir="auto">{words}</span> }
    };
    let words = &appeal.words;
    let mut rows = vec![SummaryRow::view(t::disagree_label(l), text(&words.disagree))];
    rows.extend(words.want.as_ref().map(|want| SummaryRow::view(t::want_label(l), text(want))));
    rows.extend(words.late_reason.as_ref().map(|why| SummaryRow::view(t::late_label(l), text(why))));
    let waits = if words.waits { t::waits_yes(l) } else { t::waits_no(l) };
    rows.push(SummaryRow::new(t::waits_row(l), waits));
    rows
}

/// The address of a form.
pub(super) fn action(form: &str) -> String {
    format!("/api/{form}")
}
