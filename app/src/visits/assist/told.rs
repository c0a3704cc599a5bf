//! What staff have done in her name, on the page of her case or her visit.

use backend::visits::assisted::Told;
use domain::kernel::Locale;
use leptos::prelude::*;

use super::words;
use crate::i18n::{dates, visits_assist as t};

/// Nothing where she has done everything herself. The words have their own language, as this reader reads them.
pub(in crate::visits) fn list(reader: Locale, all: &[Told]) -> Option<AnyView> {
    let l = t::lang(reader);
    let line = |told: &Told| {
        let at = dates::date_time_with_year(l, told.at);
        let text = t::told_line(l, words::act(l, told.act), words::by(l, told.channel), at);
        view! { <li>{text}</li> }
    };
    let lines = all.iter().map(line).collect_view();
    (!all.is_empty()).then(|| {
        view! { <div class="stack" lang=l.code()><h2>{t::told_title(l)}</h2><ul>{lines}</ul></div> }
            .into_any()
    })
}
