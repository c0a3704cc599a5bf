//! Who of the staff has looked at what is hers, over all slices: role, unit, time and reason, never a name.

use backend::{Result, looks::Look, wiring::held};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::names;
use crate::{
    i18n::{dates, held as t},
    identity::here::{Here, page},
    routes,
    ui::{Cell, Column, DataTable, EmptyState, Link, PageGrid, PageHead, Row},
};

/// Most lines on the page; the file has all.
const MOST: usize = 200;

#[component]
pub fn LooksPage() -> impl IntoView {
    page("held", looks)
}

async fn looks(here: Here) -> Result<AnyView> {
    let l = here.locale();
    let looks = held::looks(&here.ctx, &here.who).await?;
    let full = (looks.len() > MOST).then(|| view! { <p class="muted">{t::looks_full(l, MOST)}</p> });
    let body = match looks.is_empty() {
        true => view! { <EmptyState title=t::looks_none(l)/> }.into_any(),
        false => looks_table(l, &looks),
    };
    Ok(view! {
        <PageGrid>
            <PageHead title=t::looks_title(l) lead=t::looks_lead(l)
                back=Link::new(routes::MY_DATA, t::looks_back(l))/>
            {body}
            {full}
            <p class="small muted">{t::looks_later(l)}</p>
        </PageGrid>
    }
    .into_any())
}

/// Also for the page of one thing that was looked at.
pub(crate) fn looks_table(l: Locale, looks: &[Look]) -> AnyView {
    let l = t::lang(l);
    let head = vec![
        Column::new(t::looks_when(l)),
        Column::new(t::looks_what(l)),
        Column::new(t::looks_who(l)),
        Column::new(t::looks_why(l)),
    ];
    let rows: Vec<Row> = looks.iter().take(MOST).map(|look| row(l, look)).collect();
    view! { <DataTable caption=t::looks_title(l) head=head rows=rows labels=true/> }.into_any()
}

fn row(l: Locale, look: &Look) -> Row {
    let role = names::role(l, look.role);
    let who = match &look.unit_name {
        Some(unit) if !unit.is_empty() => t::looks_at_unit(l, role, unit),
        _ => role,
    };
    Row::new(vec![
        Cell::text(dates::date_time_with_year(l, look.at)),
        Cell::text(names::about(l, look.about)),
        Cell::text(who),
        Cell::text(names::why(l, look.why)),
    ])
}
