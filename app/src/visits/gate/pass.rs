//! The visit pass: a code for the scanner, the reference for whoever types, and when to be where. It names nobody.

use backend::{
    Result,
    visits::{booking::VisitView, gate},
};
use domain::{kernel::Clock, visits::booking::somebody_comes};
use leptos::prelude::*;

use super::{keep, qr};
use crate::{
    i18n::{dates, visits_gate as t},
    public::NotFound,
    request, routes,
    ui::{Actions, Link, PageGrid, PageHead, PrintButton, SummaryList, SummaryRow},
    visits::{Here, booking::own_or_along, page, unit_texts},
};

#[component]
pub fn PassPage() -> impl IntoView {
    let public = request::param("public").unwrap_or_default();
    page("visits_gate", move |here| one(here, public))
}

async fn one(here: Here, public: String) -> Result<AnyView> {
    let visit = own_or_along(&here, &public).await?;
    // A pass of a visit that was cancelled, or is over, opens nothing: there is none.
    let visit = visit.filter(|v| v.visit.cancelled.is_none() && here.page.now < v.visit.ends_at);
    // Nobody stands at the gate for a visit on a screen or by telephone.
    let visit = visit.filter(|v| somebody_comes(v.kind, v.way));
    let Some(visit) = visit else { return Ok(view! { <NotFound/> }.into_any()) };
    Ok(shown(&here, &visit))
}

fn shown(here: &Here, visit: &VisitView) -> AnyView {
    let (l, v) = (t::lang(here.page.locale), &visit.visit);
    let reference = visit.reference.to_string();
    let code = qr::code(&gate::pass(&here.ctx, visit), t::pass_code(l, &reference));
    let before = visit.rules.as_ref().map_or(0, |rules| rules.arrive_before);
    let minute = (i64::from(v.start.0) - before).max(0);
    let gate = Clock(u16::try_from(minute).unwrap_or(v.start.0));
    let when = format!(
        "{}\n{}",
        dates::capital(&dates::with_year(l, v.date)),
        dates::clock_range(l, v.start, v.end)
    );
    let rows = vec![
        SummaryRow::new(t::pass_when(l), when),
        SummaryRow::new(t::pass_gate(l), dates::clock(l, gate)),
        SummaryRow::new(t::pass_where(l), v.unit_name.clone()).lang("nb"),
        SummaryRow::new(t::pass_people(l), visit.people.len().to_string()),
    ];
    let rows = rows.into_iter().chain(unit_texts::rows(here.page.locale, &visit.texts)).collect();
    let keep = keep::keep(l, v.ends_at);
    let back = Link::new(routes::booking(&v.public), t::visit_title(l, dates::clock(l, v.start)));
    view! {
        <PageGrid>
            <PageHead title=t::pass_title(l) lead=t::pass_lead(l) back=back/>
            <div class="pass">
                {code}
                <p class="pass-reference">{reference}</p>
            </div>
            <SummaryList rows=rows/>
            <Actions><PrintButton text=t::pass_print(l)/></Actions>
            {keep}
        </PageGrid>
    }
    .into_any()
}
