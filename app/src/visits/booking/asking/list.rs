//! What she has asked for as a part of the page of her visits.

use backend::{
    Result,
    visits::booking::request::{self as asking, MyRequest},
};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::words;
use crate::{
    i18n::{dates, visits_request as t},
    routes,
    ui::{LinkRow, LinkRows},
    visits::Here,
};

/// What waits for an answer, and until its day what came to nothing.
pub(in crate::visits) async fn section(here: &Here) -> Result<Option<AnyView>> {
    let all = asking::requests(&here.ctx, &here.who).await?;
    if all.is_empty() {
        return Ok(None);
    }
    let l = here.locale();
    let rows: Vec<LinkRow> = all.iter().map(|one| row(l, one)).collect();
    let lang = crate::i18n::lang_of("visits_request", l).code();
    Ok(Some(
        view! {
            <section class="stack" lang=lang aria-labelledby="asked">
                <h2 id="asked">{t::list_title(l)}</h2>
                <LinkRows rows=rows/>
            </section>
        }
        .into_any(),
    ))
}

fn row(l: Locale, one: &MyRequest) -> LinkRow {
    let day = dates::capital(&dates::with_year(l, one.date));
    let title = t::list_row(l, day, dates::clock(l, one.start));
    let state = words::state(l, one);
    LinkRow::new(routes::visit_request(&one.public), title).text(t::list_text(l, &one.inmate_name, state))
}
