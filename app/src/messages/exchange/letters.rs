//! What has passed between the two, the oldest first: hers at the right with where each stands, his at the left. A letter that was
//! held back carries its decision: why, by which law, and how to appeal by when.

use backend::{
    appeals::Mine,
    messages::exchange::{HeldBack, MyLetter},
};
use domain::kernel::{Instant, Locale};
use leptos::prelude::*;

use super::words;
use crate::{
    appeals::way_to_appeal,
    i18n::{dates, messages_exchange as t},
    ui::{Details, SummaryList, SummaryRow, Tag},
};

pub(super) fn thread(l: Locale, name: &str, letters: &[MyLetter], appeals: &[Mine], now: Instant) -> AnyView {
    if letters.is_empty() {
        return view! { <p>{t::thread_none(l, name)}</p> }.into_any();
    }
    let rows = letters.iter().map(|letter| one(l, name, letter, appeals, now)).collect_view();
    view! { <ol class="thread">{rows}</ol> }.into_any()
}

fn one(l: Locale, name: &str, letter: &MyLetter, appeals: &[Mine], now: Instant) -> AnyView {
    let at = dates::date_time(l, letter.written_at);
    let (class, head) = if letter.from_you {
        ("thread-mine", t::thread_you(l, at))
    } else {
        ("thread-theirs", t::thread_them(l, name, at))
    };
    let state = letter.from_you.then(|| {
        let (kind, text) = words::state(l, letter, now);
        view! { <p class="thread-state"><Tag text=text kind=kind/></p> }
    });
    let cut = (letter.cut && !letter.from_you).then(|| view! { <p>{t::thread_cut(l)}</p> });
    let held = letter.held_back.as_ref().map(|held| held_back(l, letter, held, appeals));
    view! {
        <li class=class>
            <p class="small muted">{head}</p>
            {lines(&letter.words)}
            {state}
            {cut}
            {held}
        </li>
    }
    .into_any()
}

/// Text and nothing else, with its line breaks; its own language is not known, its direction is its own.
pub(super) fn lines(words: &str) -> AnyView {
    let words = words.to_owned();
    view! { <p class="letter-words" dir="auto">{words}</p> }.into_any()
}

fn held_back(l: Locale, letter: &MyLetter, held: &HeldBack, appeals: &[Mine]) -> AnyView {
    let what = if letter.cut { t::held_part(l) } else { t::held_all(l) };
    let rows = decision(l, held);
    let about = dates::date_time(l, letter.written_at);
    let way = way_to_appeal(l, &[&held.decision], appeals, t::held_about(l, about));
    view! {
        <div class="thread-decision">
            <p><strong>{what}</strong>" "{deadline(l, held)}</p>
            <Details summary=t::held_open(l)>
                <SummaryList rows=rows/>
                <p>{t::held_how(l)}</p>
            </Details>
            {way}
        </div>
    }
    .into_any()
}

/// The last day once word of it has reached her; before that the length alone.
fn deadline(l: Locale, held: &HeldBack) -> String {
    match held.appeal_by {
        Some(day) => t::held_by(l, dates::long_date(l, day)),
        None => t::held_days(l, held.appeal_days),
    }
}

pub(super) fn decision(l: Locale, held: &HeldBack) -> Vec<SummaryRow> {
    let lang = domain::kernel::Locale::parse(&held.text_locale).unwrap_or(Locale::Nb).code();
    let address = format!("{}\n{}", held.unit_name, held.unit_address);
    vec![
        SummaryRow::new(t::held_why(l), words::category(l, held.category)),
        SummaryRow::new(t::held_reason(l), &held.reason).lang(lang),
        SummaryRow::new(t::held_milder(l), &held.milder).lang(lang),
        SummaryRow::new(t::held_basis(l), &held.legal_basis).lang("nb"),
        SummaryRow::new(t::held_made(l), dates::plain(l, held.made_at.date())),
        SummaryRow::new(t::held_appeal(l), deadline(l, held)),
        SummaryRow::new(t::held_address(l), address).lang("nb"),
    ]
}
