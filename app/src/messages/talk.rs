//! What was said, the oldest first, the newest at the foot: who, when, and the words as they were written.

use domain::kernel::Locale;
use leptos::prelude::*;

use crate::i18n::dates;

/// Whose words they are, seen from whoever reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    Me,
    Them,
    /// For colleagues alone.
    Note,
}

/// One message, ready to be shown.
pub(super) struct Said {
    pub by: By,
    pub who: String,
    /// When, and whether it has been read.
    pub when: String,
    pub words: String,
}

/// The newest has a place in the address of its own.
pub(super) const NEWEST: &str = "newest";

pub(super) fn talk(said: Vec<Said>) -> AnyView {
    let last = said.len().saturating_sub(1);
    let row = |(at, one): (usize, Said)| {
        let class = match one.by {
            By::Me => "talk-mine",
            By::Them => "talk-theirs",
            By::Note => "talk-note",
        };
        view! {
            <li class=class id=(at == last).then_some(NEWEST)>
                <p class="talk-head"><strong>{one.who}</strong>" "<span>{one.when}</span></p>
                <p class="talk-words">{one.words}</p>
            </li>
        }
    };
    view! { <ol class="talk">{said.into_iter().enumerate().map(row).collect_view()}</ol> }.into_any()
}

/// Texts of another window, to be copied from.
pub(super) fn beside(title: &str, texts: Vec<String>) -> Option<AnyView> {
    let rows = texts.into_iter().map(|text| view! { <p class="talk-words talk-beside">{text}</p> });
    let rows: Vec<_> = rows.collect();
    (!rows.is_empty())
        .then(|| view! { <div class="stack"><p class="label">{title.to_owned()}</p>{rows}</div> }.into_any())
}

/// When, to the minute.
pub(super) fn at(l: Locale, at: domain::kernel::Instant) -> String {
    dates::capital(&dates::date_time(l, at))
}
