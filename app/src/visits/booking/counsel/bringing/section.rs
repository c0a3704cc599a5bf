//! What is asked for and what was said of it, on the visit's page and for the door.

use backend::{
    Result,
    identity::delegates::Acting,
    visits::booking::{
        DayRow, VisitView,
        counsel::{
            self,
            bringing::{self, Bring},
        },
    },
};
use domain::{kernel::Locale, visits::booking::Way};
use leptos::prelude::*;

use super::words;
use crate::{
    i18n::visits_bringing as t,
    routes,
    ui::{SummaryList, SummaryRow},
    visits::Here,
};

/// Of a lawyer's visit that is ahead, with the way to ask for more; nothing for other visits.
pub(in crate::visits::booking) async fn section(
    here: &Here,
    visit: &VisitView,
    acting: &Acting,
) -> Result<Option<AnyView>> {
    let is_ahead = visit.visit.cancelled.is_none() && here.page.now < visit.visit.starts_at;
    let comes = visit.way == Way::Room;
    if !super::super::super::visit::is_counsel(visit) || !comes || !is_ahead {
        return Ok(None);
    }
    let l = t::lang(here.page.locale);
    let all = bringing::of_visit(&here.ctx, &visit.visit.public).await?;
    // Whose mandate has ended can ask for nothing more.
    let may = counsel::visit_under(&here.ctx, acting, &visit.visit.public).await?.is_some();
    let path = match acting.delegation() {
        Some(under) => routes::my_lawyer_bring(under, &visit.visit.public),
        None => routes::booking_bring(&visit.visit.public),
    };
    if all.is_empty() && !may {
        return Ok(None);
    }
    let link = if all.is_empty() { t::link(l) } else { t::link_more(l) };
    let list = (!all.is_empty()).then(|| {
        view! { <SummaryList rows=rows(l, &all)/> }
    });
    Ok(Some(
        view! {
            <section class="stack">
                <h2>{t::title(l)}</h2>
                {list}
                {may.then(|| view! { <p><a href=path>{link}</a></p> })}
            </section>
        }
        .into_any(),
    ))
}

fn rows(l: Locale, all: &[Bring]) -> Vec<SummaryRow> {
    all.iter().map(|bring| row(l, bring)).collect()
}

pub(super) fn row(l: Locale, bring: &Bring) -> SummaryRow {
    let value = format!("{}\n{}", bring.detail, words::state(l, bring.state));
    SummaryRow::new(words::what(l, bring.what), value)
}

/// A line each.
pub(in crate::visits) fn at_the_door(l: Locale, row: &DayRow) -> Vec<String> {
    let l = t::lang(l);
    row.brings.iter().map(|bring| words::door(l, bring)).collect()
}
