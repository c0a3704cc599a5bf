//! Her words on paper, with the text that stands today.

use backend::{
    Result,
    consents::{MyCase, Text},
};
use domain::consents::Kind;
use leptos::prelude::*;

use super::parts;
use crate::{
    i18n::{consents_mine as t, dates},
    identity::here::{Here, page},
    public::NotFound,
    routes,
    ui::{Link, PageGrid, PageHead, PrintButton, SummaryList, SummaryRow},
};

#[component]
pub fn PaperPage() -> impl IntoView {
    let named = parts::named();
    page("consents_mine", move |here| paper(here, named))
}

async fn paper(here: Here, named: Option<String>) -> Result<AnyView> {
    let Some(home) = parts::own(&here, named).await? else { return Ok(view! { <NotFound/> }.into_any()) };
    let text = Text::on(&here.ctx, home.kind, here.page.locale, here.page.now.date()).await?;
    Ok(sheet(&here, &home, &text))
}

fn sheet(here: &Here, home: &MyCase, text: &Text) -> AnyView {
    let l = here.locale();
    let you = here.who.name.clone();
    let about = if home.kind == Kind::Home { t::paper_where(l) } else { t::paper_child(l) };
    let mut rows = vec![
        SummaryRow::new(t::paper_you(l), you),
        SummaryRow::new(t::paper_case(l), home.reference.to_string()),
        SummaryRow::new(about, &home.about),
        SummaryRow::new(t::paper_who(l), &home.unit_name),
    ];
    rows.extend(home.words.iter().map(|word| {
        let at = dates::date_time_with_year(l, word.at);
        let (said, hash) = (parts::said_words(l, word.said), word.sha256.clone());
        SummaryRow::view(at, view! { {said}<br/><span class="wire wire--long">{hash}</span> })
    }));
    let (lang, back) = (text.locale.code(), routes::my_home(&home.public));
    let body = text.body.split("\n\n").map(|part| view! { <p>{part.to_owned()}</p> }).collect_view();
    let back = Link::new(back, parts::title(l, home));
    view! {
        <PageGrid>
            <PageHead title=t::paper_title(l) tab=t::paper_title(l) back=back/>
            <p class="no-print"><PrintButton text=t::paper_print(l)/></p>
            <SummaryList rows=rows/>
            <h2>{t::text_title(l)}</h2>
            <blockquote class="stack" lang=lang>{body}</blockquote>
        </PageGrid>
    }
    .into_any()
}
