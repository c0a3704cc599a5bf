//! The signed-in person's own page: her name and the next thing to do.

use domain::access::Area;
use leptos::prelude::*;

use super::require;
use crate::{
    i18n::identity as t,
    request, routes,
    ui::{EmptyState, Link, LinkRow, LinkRows, PageGrid, PageHead},
};

#[component]
pub fn MyPage() -> impl IntoView {
    require(Area::Citizen).then(|| {
        let page = request::page();
        let l = page.locale;
        let first =
            page.name().and_then(|name| name.split_whitespace().next()).unwrap_or_default().to_owned();
        let rows = vec![
            LinkRow::new(routes::UNITS, crate::i18n::common::nav_units(l)),
            LinkRow::new(routes::HOW, t::my_how(l)).text(t::my_how_text(l)),
        ];
        view! {
            <div lang=crate::i18n::lang_of("identity", l).code()>
                <PageGrid>
                    <PageHead title=t::my_hello(l, first) tab=t::my_title(l)/>
                    <EmptyState title=t::my_empty_title(l) text=t::my_empty_text(l)
                        link=Some(Link::new(routes::HOW, t::my_how(l)))/>
                    <h2>{t::my_links_title(l)}</h2>
                    <LinkRows rows=rows/>
                </PageGrid>
            </div>
        }
    })
}
