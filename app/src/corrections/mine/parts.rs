//! What her pages share: the request in the address, her words.

use backend::{
    Result,
    corrections::{self, Correction},
};
use domain::kernel::{Locale, Public};
use leptos::prelude::*;

use crate::{corrections::words, i18n::corrections as t, identity::here::Here, request, ui::SummaryRow};

/// The request in the address, if it is hers.
pub(super) async fn own(here: &Here, public: &str) -> Result<Option<Correction>> {
    match Public::parse(public) {
        Some(public) => corrections::correction(&here.ctx, &here.who, &public).await,
        None => Ok(None),
    }
}

pub(super) fn named() -> String {
    request::param("public").unwrap_or_default()
}

/// What she asked for. Text and nothing else; whatever language it is in.
pub(in crate::corrections) fn asked(l: Locale, correction: &Correction) -> Vec<SummaryRow> {
    let text = |words: &str| {
        let words = words.to_owned();
        view! { <span class="letter-words" dir="auto">{words}</span> }
    };
    let mut rows = vec![
        SummaryRow::new(t::wish_label(l), words::wish(l, correction.wish)),
        SummaryRow::new(t::about_label(l), words::about(l, correction.about)),
        SummaryRow::view(t::wrong_label(l), text(&correction.asked.wrong)),
    ];
    rows.extend(
        correction.asked.right.as_ref().map(|right| SummaryRow::view(t::right_label(l), text(right))),
    );
    rows
}

/// The address of a form.
pub(super) fn action(form: &str) -> String {
    format!("/api/{form}")
}
