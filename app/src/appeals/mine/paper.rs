//! All of an appeal on one page, to print or to keep as a file.

use backend::{Result, appeals::Appeal};
use leptos::prelude::*;

use super::{
    parts::{self, named, own},
    show::{decided, statement, waits},
};
use crate::{
    appeals::words,
    i18n::{appeals_mine as t, dates},
    identity::here::{Here, page},
    public::NotFound,
    routes,
    ui::{Link, PageGrid, PageHead, PrintButton, SummaryList},
};

#[component]
pub fn PaperPage() -> impl IntoView {
    let public = named();
    page("appeals_mine", move |here| paper(here, public))
}

async fn paper(here: Here, public: String) -> Result<AnyView> {
    let Some(appeal) = own(&here, &public).await? else { return Ok(view! { <NotFound/> }.into_any()) };
    Ok(whole(&here, &appeal))
}

fn whole(here: &Here, appeal: &Appeal) -> AnyView {
    let l = here.locale();
    let title = t::show_title(l, words::subject(l, appeal.target.subject));
    let tab = t::show_tab(l, appeal.reference.to_string());
    let sent = dates::date_time_with_year(l, appeal.sent_at);
    let note = t::paper_note(l, appeal.reference.to_string(), sent);
    let from = here.who.name.clone();
    let deadline = words::deadline(l, appeal.target.deadline);
    let (back, hers) = (routes::my_appeal(&appeal.public), parts::words(l, appeal));
    let (target, decided) = (words::target(l, &appeal.target), decided(l, appeal));
    let (waits, statement) = (waits(l, appeal), statement(l, appeal));
    view! {
        <PageGrid>
            <PageHead title=title tab=tab note=note
                back=Link::new(back, t::paper_back(l))/>
            <p class="no-print"><PrintButton text=t::print(l)/></p>
            <p>{t::paper_from(l, from)}</p>
            <p>{t::receipt_deadline(l)}": "{deadline}</p>
            <h2>{t::show_words(l)}</h2>
            <SummaryList rows=hers/>
            <h2>{t::show_decision(l)}</h2>
            <SummaryList rows=target/>
            {waits}
            {statement}
            {decided}
        </PageGrid>
    }
    .into_any()
}
