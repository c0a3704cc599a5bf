//! On the page of a case: what is asked, by when, what came and what is missing; and the way to ask for something.

use backend::{
    Result,
    ctx::{Ctx, Staff},
    documents::{self, Asked, Came},
};
use domain::kernel::{CivilDate, Locale};
use leptos::prelude::*;

use crate::{
    documents::words,
    i18n::{dates, documents_desk as t},
    routes,
    ui::{Cell, Column, DataTable, Row, Tag},
};

/// `case`: its public id. None where documents are not the reader's work.
pub(crate) async fn of_case(ctx: Ctx, staff: Staff, case: String, l: Locale) -> Result<Option<AnyView>> {
    let Some(found) = documents::of_case(&ctx, &staff, &case).await? else { return Ok(None) };
    let (l, today) = (t::lang(l), ctx.now().date());
    let asked = found.asked.iter().map(|asked| asked_row(l, asked, today));
    let rows: Vec<Row> = asked.chain(found.came.iter().map(|came| came_row(l, came))).collect();
    let body = match rows.is_empty() {
        true => view! { <p>{t::case_none(l)}</p> }.into_any(),
        false => {
            let head =
                vec![Column::new(t::col_what(l)), Column::new(t::col_state(l)), Column::new(t::col_when(l))];
            view! { <DataTable caption=t::list_title(l) head=head rows=rows labels=true/> }.into_any()
        }
    };
    Ok(Some(
        view! {
            <section lang=l.code()>
                <h2>{t::list_title(l)}</h2>
                {body}
                <p><a href=routes::staff_document_ask(&case)>{t::case_ask(l)}</a></p>
            </section>
        }
        .into_any(),
    ))
}

fn asked_row(l: Locale, asked: &Asked, today: CivilDate) -> Row {
    let (state, kind) = words::request(l, asked, today);
    let due = words::due(l, asked.due, today);
    let when = match asked.state.is_missing() {
        true if asked.is_overdue(today) => Cell::late(due),
        true => Cell::text(due),
        false => Cell::text(dates::plain(l, asked.state_at.date())),
    };
    Row::new(vec![
        Cell::link(routes::staff_document_request(&asked.public), t::case_asked(l, asked.names.name(l))),
        Cell::view(view! { <Tag text=state kind=kind/> }),
        when,
    ])
}

fn came_row(l: Locale, came: &Came) -> Row {
    let (state, kind) = words::shown(l, came.state.shown([]));
    Row::new(vec![
        Cell::link(routes::staff_document(&came.public), came.names.name(l)),
        Cell::view(view! { <Tag text=state kind=kind/> }),
        Cell::text(dates::date_time_with_year(l, came.handed_at)),
    ])
}
