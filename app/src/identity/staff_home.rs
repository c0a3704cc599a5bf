//! Where a member of staff lands: the work list. It stays empty until the first slice brings its rows.

use domain::access::Area;
use leptos::prelude::*;

use super::require;
use crate::{
    i18n::{common, identity as t},
    request, routes,
    ui::{EmptyState, Link, PageGrid, PageHead},
};

#[component]
pub fn StaffHomePage() -> impl IntoView {
    require(Area::Staff).then(|| {
        let l = request::page().locale;
        view! {
            <PageGrid>
                <PageHead title=t::staff_title(l)/>
                <EmptyState title=t::staff_empty_title(l) text=t::staff_empty_text(l)
                    link=Some(Link::new(routes::HELP, common::nav_help(l)))/>
            </PageGrid>
        }
    })
}
