//! On her own page of a case: what is asked, by when, what came and what is missing.

use backend::{
    Result,
    documents::{self, Asked, Came},
};
use domain::kernel::{CivilDate, Locale};
use leptos::prelude::*;

use crate::{
    documents::words,
    i18n::{dates, documents_mine as t},
    identity::here::Here,
    routes,
    ui::{LinkRow, LinkRows},
};

/// `case`: its public id. None for a case that is not hers.
pub(crate) async fn of_case(here: Here, case: String) -> Result<Option<AnyView>> {
    let l = t::lang(here.locale());
    if !documents::cases(&here.ctx, &here.who).await?.iter().any(|own| own.public == case) {
        return Ok(None);
    }
    let found = documents::of_my_case(&here.ctx, &here.who, &case).await?;
    let today = here.page.now.date();
    let asked = found.asked.iter().map(|asked| row(l, asked, today));
    // What came for a request stands behind it.
    let rows: Vec<LinkRow> = asked.chain(found.came.iter().map(|came| came_row(l, came))).collect();
    let some = !rows.is_empty();
    let rows = some.then(|| view! { <LinkRows rows=rows/> });
    let none = (!some).then(|| view! { <p>{t::case_none(l)}</p> });
    let href = routes::documents_about(&case);
    Ok(Some(
        view! {
            <section lang=l.code()>
                <h2 id="documents">{t::list_title(l)}</h2>
                {none}
                {rows}
                <p><a href=href>{t::case_send(l)}</a></p>
            </section>
        }
        .into_any(),
    ))
}

fn row(l: Locale, asked: &Asked, today: CivilDate) -> LinkRow {
    let state = words::request(l, asked, today).0;
    let text = match asked.state.is_missing() {
        true => format!("{state}. {}", words::due(l, asked.due, today)),
        false => state,
    };
    let row = LinkRow::new(routes::document_request(&asked.public), asked.names.name(l)).text(text);
    row.about(asked.reference.to_string())
}

fn came_row(l: Locale, came: &Came) -> LinkRow {
    let title = t::case_came(l, came.names.name(l));
    let text = t::case_came_text(l, dates::plain(l, came.handed_at.date()), came.reference.to_string());
    LinkRow::new(routes::document(&came.public), title).text(text)
}
