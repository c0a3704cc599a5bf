//! What a search has found, a page at a time, with the way to the same as a file.

use backend::{
    Result,
    trail::{self, Found, Page as After, Row as TrailRow},
    wiring,
};
use domain::kernel::{Instant, Locale};
use leptos::prelude::*;

use super::{
    api::kept_search,
    parts::{self, Desk},
    words,
};
use crate::{
    i18n::{dates, trail as t},
    request, routes,
    ui::{Cell, Column, DataTable, EmptyState, Link, PageHead, Pager, Row},
};

#[component]
pub fn FoundPage() -> impl IntoView {
    parts::page(|desk| async move { shown(&desk).await })
}

async fn shown(desk: &Desk) -> Result<Option<AnyView>> {
    let key = desk.page.query("try").unwrap_or_default();
    let Some(search) = kept_search(&desk.ctx, &desk.who, &key).await? else {
        request::redirect(routes::STAFF_TRAIL);
        return Ok(Some(().into_any()));
    };
    let subject = match &search.reference {
        Some(reference) => wiring::subject_of(&desk.ctx, reference).await?,
        None => None,
    };
    let after = desk.page.query("after").as_deref().and_then(after);
    let found = trail::search(&desk.ctx, &desk.who, &search, subject.as_deref(), after.as_ref()).await?;
    Ok(found.map(|found| list(desk.l, &key, &found)))
}

/// `micros-id`, as the link to the next page has it.
fn after(text: &str) -> Option<After> {
    let (at, id) = text.split_once('-')?;
    Some(After { at: at.parse().ok()?, id: id.to_owned() })
}

fn list(l: Locale, key: &str, found: &Found) -> AnyView {
    let back = Link::new(routes::with_try(routes::STAFF_TRAIL, key), t::found_back(l));
    let body = if found.rows.is_empty() {
        view! { <EmptyState title=t::found_none(l) text=t::found_none_text(l)/> }.into_any()
    } else {
        let head = [t::col_when(l), t::col_who(l), t::col_what(l), t::col_why(l)];
        let head = head.into_iter().map(Column::new).collect();
        let rows = found.rows.iter().map(|one| row(l, one)).collect();
        let file = routes::with_try(routes::STAFF_TRAIL_FILE, key);
        let next = found.next.as_ref().map(|after| {
            let path = routes::with_try(routes::STAFF_TRAIL_FOUND, key);
            Link::new(format!("{path}&after={}-{}", after.at, after.id), t::found_older(l))
        });
        view! {
            <p><a href=file>{t::found_file(l)}</a></p>
            <DataTable caption=t::found_title(l) head=head rows=rows labels=true/>
            <Pager label=t::found_pages(l) next=next/>
        }
        .into_any()
    };
    view! {
        <div class="stack">
            <PageHead title=t::found_title(l) lead=t::found_lead(l) back=back/>
            {body}
        </div>
    }
    .into_any()
}

fn row(l: Locale, row: &TrailRow) -> Row {
    let at = dates::capital(&dates::date_time_with_year(l, Instant(row.at)));
    let what = words::action(l, &row.action);
    let about = row.subject_kind.as_deref().map(|kind| words::subject(l, kind)).unwrap_or_default();
    let place = row.unit_name.clone().unwrap_or_default();
    let role = row.role.as_deref().map(|role| words::role(l, role)).unwrap_or_default();
    let small = [role, place].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    Row::new(vec![
        Cell::text(at),
        Cell::two(words::who(l, row), small),
        Cell::two(what, about),
        Cell::text(row.reason.as_deref().map(|code| words::reason(l, code)).unwrap_or_default()),
    ])
}
