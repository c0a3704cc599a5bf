//! Search in her own conversations. What she searched for stands in no address.

use backend::{
    Result,
    custody::inmates::Inmate,
    messages::{
        ThreadRow,
        search::{self, Hit},
    },
};
use domain::kernel::{Locale, Public};
use leptos::prelude::*;

use super::{api, list::search_form, parts::tried, words};
use crate::{
    i18n::{common, messages_mine as t},
    identity::here::{Here, page},
    messages::talk,
    routes,
    ui::{EmptyState, ErrorSummary, Link, LinkRow, LinkRows, PageGrid, PageHead},
};

#[component]
pub fn SearchPage() -> impl IntoView {
    page("messages_mine", found)
}

async fn found(here: Here) -> Result<AnyView> {
    let l = here.locale();
    let fields = tried(&here, api::SEARCH).await?.unwrap_or_default();
    let text = fields.value("text");
    let hits =
        if text.trim().is_empty() { None } else { Some(search::search(&here.ctx, &here.who, &text).await?) };
    let errors = fields.summary(|field, code| words::wrong(l, field, code));
    let tab = fields.tab(l, t::search_title(l));
    Ok(view! {
        <PageGrid>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=t::search_title(l) tab=tab back=Link::new(routes::MESSAGES, t::list_title(l))/>
            {search_form(&here, &fields)}
            {hits.map(|hits| results(l, hits))}
        </PageGrid>
    }
    .into_any())
}

/// Each says where it is: a conversation with the officers, or letters with somebody; and who wrote it.
fn results(l: Locale, hits: Vec<Hit>) -> AnyView {
    let rows: Vec<LinkRow> = hits.into_iter().filter_map(|hit| result(l, hit)).collect();
    if rows.is_empty() {
        return view! { <EmptyState title=t::search_none(l) text=t::search_none_text(l)/> }.into_any();
    }
    let count = t::search_found(l, i64::try_from(rows.len()).unwrap_or(i64::MAX));
    view! { <p role="status">{count}</p><LinkRows rows=rows/> }.into_any()
}

fn result(l: Locale, hit: Hit) -> Option<LinkRow> {
    let (href, place) = match hit.kind.as_str() {
        "thread" => {
            let thread: Public<ThreadRow> = Public::parse(&hit.public)?;
            (routes::thread(&thread), t::search_in_thread(l, words::topic_of(l, &hit.whereabouts)))
        }
        "letter" => {
            let inmate: Public<Inmate> = Public::parse(&hit.public)?;
            (routes::my_letters_of(&inmate), t::search_in_letters(l, &hit.whereabouts))
        }
        _ => return None,
    };
    let (from_you, letter) = (hit.from_you, hit.kind == "letter");
    let by = match (from_you, letter) {
        (true, _) => t::search_you(l),
        (false, true) => hit.whereabouts,
        (false, false) => t::search_officer(l),
    };
    let when = talk::at(l, hit.written_at);
    Some(LinkRow::new(href, place).about(when.clone()).text(format!("{by}, {when}: {}", hit.around)))
}
