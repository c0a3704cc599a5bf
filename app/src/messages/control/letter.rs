//! One letter: its words with watched ones marked at the left, what is known, what the law says and the decision at the right.

use backend::messages::{
    LetterRow,
    exchange::{DeskLetter, desk_letter},
};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    beside::{self, Opinion, Translation},
    decide::{Decide, HoldBack, Second},
    facts::{facts, law},
    forms,
    parts::{self, Desk},
    words,
};
use crate::{
    appeals::to_decide_anew,
    i18n::{common, messages_control as t},
    messages::kept::Kept,
    routes,
    ui::{ErrorSummary, FieldError, Link, Notice, PageHead, SummaryList},
};

/// What was kept of each form of the page.
#[derive(Clone, Default)]
struct Tried {
    decision: Kept,
    opinion: Kept,
    translation: Kept,
}

impl Tried {
    fn summary(&self, l: Locale) -> Vec<FieldError> {
        [&self.decision, &self.opinion, &self.translation]
            .iter()
            .flat_map(|k| k.summary(l, words::wrong))
            .collect()
    }

    fn tab(&self, l: Locale) -> String {
        let wrong = [&self.opinion, &self.translation].into_iter().find(|kept| kept.is_wrong());
        wrong.unwrap_or(&self.decision).tab(l, t::letter_tab(l))
    }
}

#[component]
pub fn LetterPage() -> impl IntoView {
    let id = parts::named::<LetterRow>();
    parts::page(|desk| async move {
        let Some(id) = id else { return Ok(None) };
        let Some(letter) = desk_letter(&desk.ctx, &desk.who, &id).await? else { return Ok(None) };
        let told = desk.tried(forms::DECIDE).await?.unwrap_or_default();
        let mut tried = Tried::default();
        for (form, kept) in [
            (forms::DECIDE, &mut tried.decision),
            (forms::OPINION, &mut tried.opinion),
            (forms::TRANSLATE, &mut tried.translation),
        ] {
            *kept = desk.tried(form).await?.filter(|kept| kept.is_about(&id)).unwrap_or_default();
        }
        Ok(Some(shown(&desk, &letter, &told, &tried)))
    })
}

fn shown(desk: &Desk, letter: &DeskLetter, told: &Kept, tried: &Tried) -> AnyView {
    let l = desk.l;
    let waits = letter.state == "in_control";
    let note = if waits { words::due(l, desk.now(), letter.row.due_at) } else { String::new() };
    let skip = letter.next.as_ref().filter(|_| waits).map(|next| {
        view! { <p><a href=routes::staff_control(next)>{t::letter_skip(l)}</a></p> }
    });
    view! {
        {words::done(l, told)}
        <ErrorSummary title=common::error_summary(l) errors=tried.summary(l)/>
        <PageHead title=words::direction(l, &letter.row) tab=tried.tab(l) note=note
            back=Link::new(routes::STAFF_LETTERS, t::queue_title(l))/>
        {to_decide_anew(l, letter.ruling.as_ref())}
        <div class="case">
            <div class="case-main">
                <h2>{t::letter_words(l)}</h2>
                {marked(letter)}
                {(!letter.marks.is_empty()).then(|| view! { <p class="muted">{t::letter_marks(l)}</p> })}
                {beside::notes(l, &letter.notes)}
                {waits.then(|| translation(desk, letter, tried))}
                {skip}
            </div>
            <div class="case-side">
                <h2>{t::letter_facts(l)}</h2>
                <SummaryList rows=facts(l, letter)/>
                {law(l, letter)}
                {side(desk, letter, tried)}
            </div>
        </div>
    }
    .into_any()
}

/// Text and nothing else; a watched word is marked for the eye and decides nothing. Marks are cut between characters.
fn marked(letter: &DeskLetter) -> AnyView {
    let (words, mut from, mut parts) = (letter.words.as_str(), 0, Vec::new());
    let piece = |from: usize, to: usize| words.get(from..to).unwrap_or_default().to_owned();
    for (start, end) in &letter.marks {
        let (before, word) = (piece(from, *start), piece(*start, *end));
        parts.push(view! { {before}<mark>{word}</mark> }.into_any());
        from = *end;
    }
    parts.push(piece(from, words.len()).into_any());
    view! { <div class="panel panel--plain letter-words" dir="auto">{parts.into_iter().collect_view()}</div> }
        .into_any()
}

fn translation(desk: &Desk, letter: &DeskLetter, tried: &Tried) -> AnyView {
    let (id, kept) = (letter.row.public.to_string(), tried.translation.clone());
    view! { <Translation l=desk.l id=id key=beside::key(&desk.ctx, &kept) kept=kept/> }.into_any()
}

/// The one next step: deciding; giving one's view where another has asked for it; or waiting for it.
fn side(desk: &Desk, letter: &DeskLetter, tried: &Tried) -> AnyView {
    let (l, id) = (desk.l, letter.row.public.to_string());
    if letter.state != "in_control" {
        return view! { <Notice title=t::letter_decided(l)/> }.into_any();
    }
    if letter.row.second != "asked" {
        let (version, kept) = (letter.version.to_string(), tried.decision.clone());
        let second = (letter.row.second == "none")
            .then(|| view! { <Second l=l id=id.clone() version=version.clone()/> });
        return view! {
            <Decide l=l id=id.clone() version=version.clone()/>
            <HoldBack l=l id=id version=version kept=kept/>
            {second}
        }
        .into_any();
    }
    if letter.row.asked_by_you {
        return view! { <Notice title=t::second_wait(l)><p>{t::second_wait_text(l)}</p></Notice> }.into_any();
    }
    let kept = tried.opinion.clone();
    view! { <Opinion l=l id=id key=beside::key(&desk.ctx, &kept) kept=kept/> }.into_any()
}
