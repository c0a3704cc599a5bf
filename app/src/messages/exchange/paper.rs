//! All her letters with one inmate on one page, to print or to keep as a file: hers with where each stands and every decision
//! in full, his as they came to her.

use backend::{
    Result,
    messages::exchange::{Exchange, MyLetter},
};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    letters::{decision, lines},
    parts::opened,
    words,
};
use crate::{
    i18n::{dates, messages_exchange as t},
    identity::here::{Here, page},
    public::NotFound,
    routes,
    ui::{Link, PageGrid, PageHead, SummaryList},
};

#[component]
pub fn PaperPage() -> impl IntoView {
    page("messages_exchange", paper)
}

async fn paper(here: Here) -> Result<AnyView> {
    let Some(exchange) = opened(&here).await? else { return Ok(view! { <NotFound/> }.into_any()) };
    Ok(whole(&here, &exchange))
}

fn whole(here: &Here, exchange: &Exchange) -> AnyView {
    let (l, now) = (here.locale(), here.page.now);
    let back = Link::new(routes::my_letters_of(&exchange.inmate), t::show_title(l, &exchange.name));
    let note = t::paper_note(l, dates::date_time_with_year(l, now));
    let state = |letter: &MyLetter| letter.from_you.then(|| words::state(l, letter, now).1);
    let letters = exchange.letters.iter().map(|letter| one(l, &exchange.name, letter, state(letter)));
    let (title, letters) = (t::show_title(l, &exchange.name), letters.collect_view());
    view! {
        <PageGrid>
            <PageHead title=title tab=t::paper_tab(l) note=note back=back/>
            <p class="no-print">{t::paper_how(l)}</p>
            {letters}
        </PageGrid>
    }
    .into_any()
}

fn one(l: Locale, name: &str, letter: &MyLetter, state: Option<String>) -> AnyView {
    let at = dates::date_time_with_year(l, letter.written_at);
    let head = if letter.from_you { t::thread_you(l, at) } else { t::thread_them(l, name, at) };
    let held = letter.held_back.as_ref().map(|held| view! { <SummaryList rows=decision(l, held)/> });
    let cut = (letter.cut && !letter.from_you).then(|| view! { <p>{t::thread_cut(l)}</p> });
    view! {
        <section class="section-rule stack">
            <h2>{head}</h2>
            <div class="prose">{lines(&letter.words)}</div>
            {state.map(|state| view! { <p><strong>{state}</strong></p> })}
            {cut}
            {held}
        </section>
    }
    .into_any()
}
