//! What is sent by post: that there is something for her, and how she learns of it. Nothing of what it is, for others may open it.

use backend::visits::assisted::unreached::{One, one};
use domain::{kernel::Public, visits::unreached::Unreached};
use leptos::prelude::*;

use super::super::parts::{self, Desk};
use crate::{
    i18n::{dates, visits_unreached as t},
    request, routes,
    ui::{Link, PageGrid, PageHead, PrintButton},
};

#[component]
pub fn LetterPage() -> impl IntoView {
    let public = request::param("public").and_then(|text| Public::<Unreached>::parse(&text));
    parts::page(|desk| async move {
        let Some(public) = public else { return Ok(None) };
        Ok(one(&desk.ctx, &desk.who, &public).await?.map(|one| shown(&desk, &one)))
    })
}

fn shown(desk: &Desk, one: &One) -> AnyView {
    let l = t::lang(desk.page.locale);
    let back = Link::new(routes::staff_unreached_one(&one.listed.public), t::letter_back(l));
    let today = dates::capital(&dates::with_year(l, desk.page.now.date()));
    let site = desk.ctx.settings.server.base_url.clone();
    let ring = t::letter_ring(l, &one.listed.unit_name, &one.unit_phone);
    let (name, unit) = (one.listed.name.clone(), one.listed.unit_name.clone());
    let address = one.unit_address.clone();
    view! {
        <PageGrid>
            <PageHead title=t::letter_title(l) tab=t::letter_tab(l) note=today back=back/>
            <p>{name}</p>
            <p>{t::letter_news(l)}</p>
            <p>{t::letter_online(l, site)}</p>
            <p>{ring}</p>
            <p>{t::letter_address(l)}</p>
            <p>{unit}<br/>{address}</p>
            <p class="no-print"><PrintButton text=t::print(l)/></p>
        </PageGrid>
    }
    .into_any()
}
