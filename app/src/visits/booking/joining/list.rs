//! The visits on which somebody comes along, as a part of the page of all visits: what is to be answered first.

use backend::{
    Result,
    visits::booking::joining::{self, MyJoining},
};
use domain::{kernel::Locale, visits::booking::joining::Joining};
use leptos::prelude::*;

use crate::{
    i18n::{dates, visits_joining as t},
    routes,
    ui::{LinkRow, LinkRows},
    visits::Here,
};

fn row(l: Locale, visit: &MyJoining) -> LinkRow {
    let day = dates::capital(&dates::with_year(l, visit.date));
    let title = t::row(l, day, dates::clock(l, visit.start));
    let row = LinkRow::new(routes::join(&visit.public), title);
    match visit.state {
        Joining::Asked { until } => {
            row.text(t::row_asked(l, &visit.booker_name, dates::date_time(l, until))).unread(t::row_waits(l))
        }
        _ if visit.is_booked => row.text(t::row_coming(l, &visit.inmate_name, &visit.unit_name)),
        _ => row.text(t::row_called_off(l, &visit.inmate_name, &visit.unit_name)),
    }
}

/// With the way to type a code, which whoever has not been asked needs to find.
pub(in crate::visits) async fn section(here: &Here) -> Result<AnyView> {
    let l = here.locale();
    let visits = joining::joinings(&here.ctx, &here.who).await?;
    let rows: Vec<LinkRow> = visits.iter().map(|visit| row(l, visit)).collect();
    let list = (!rows.is_empty()).then(|| view! { <LinkRows rows=rows/> });
    let lang = crate::i18n::lang_of("visits_joining", l).code();
    Ok(view! {
        <section class="stack" lang=lang aria-labelledby="joining">
            <h2 id="joining">{t::section_title(l)}</h2>
            {list}
            <p><a href=routes::JOIN>{t::section_link(l)}</a></p>
        </section>
    }
    .into_any())
}

/// On the own page: what waits for an answer.
pub(in crate::visits) async fn asked(here: &Here) -> Result<Vec<LinkRow>> {
    let l = here.locale();
    let visits = joining::joinings(&here.ctx, &here.who).await?;
    let asked = visits.iter().filter(|visit| matches!(visit.state, Joining::Asked { .. }));
    Ok(asked.map(|visit| row(l, visit)).collect())
}
