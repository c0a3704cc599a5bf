//! Before a case is opened its reader says why, once, from a closed list. Nothing is read for this page, so it
//! is the same for every address.

use domain::kernel::Locale;
use leptos::prelude::*;

use super::words;
use crate::{
    i18n::visits_desk as t,
    routes,
    ui::{Actions, Button, Link, PageGrid, PageHead, RadioGroup},
};

/// The question. A plain GET: the reason is no secret and opens the page that logs it.
#[component]
pub(super) fn Opening(l: Locale, path: String) -> impl IntoView {
    view! {
        <PageGrid>
            <PageHead title=t::opening_title(l) lead=t::opening_lead(l)
                back=Link::new(routes::STAFF, t::list_title(l))/>
            <form class="form" method="get" action=path>
                <RadioGroup name="reason" legend=t::opening_title(l) legend_hidden=true
                    options=words::reasons(l) value="handle_case"/>
                <Actions><Button text=t::opening_button(l)/></Actions>
            </form>
        </PageGrid>
    }
}
