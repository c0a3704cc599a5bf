//! Which clients, for somebody she has named.

use backend::{
    Result, form_try,
    identity::delegates::{self, DelegationMark},
};
use domain::kernel::Public;
use leptos::prelude::*;

use super::{
    api::CLIENTS,
    new::{LIST, options},
    words::wrong,
};
use crate::{
    i18n::{common, messages_delegates as t},
    identity::here::{Here, page},
    messages::kept::Kept,
    public::NotFound,
    request, routes,
    ui::{Actions, Button, CheckboxGroup, ErrorSummary, Form, HiddenInput, Link, PageGrid, PageHead},
};

#[component]
pub fn ChoosePage() -> impl IntoView {
    let id: Option<Public<DelegationMark>> = request::param("public").and_then(|id| Public::parse(&id));
    page("messages_delegates", move |here| choose(here, id))
}

async fn choose(here: Here, id: Option<Public<DelegationMark>>) -> Result<AnyView> {
    let l = here.locale();
    let Some(id) = id else { return Ok(view! { <NotFound/> }.into_any()) };
    let Some((name, clients, chosen)) = delegates::choice(&here.ctx, &here.who, &id).await? else {
        return Ok(view! { <NotFound/> }.into_any());
    };
    let kept = match here.page.query("try") {
        Some(key) => form_try::find(&here.ctx, &here.actor(), CLIENTS, &key).await?.map(Kept::of),
        None => None,
    };
    let kept = kept.filter(|kept| kept.is_about(&id)).unwrap_or_default();
    let (errors, tab, error) =
        (kept.summary(l, wrong), kept.tab(l, t::choose_tab(l)), kept.error(l, wrong, LIST));
    let chosen = if kept.is_wrong() { vec![] } else { chosen };
    let (options, public) = (options(&clients), id.to_string());
    let back = Link::new(routes::my_delegate(&id), name);
    Ok(view! {
        <PageGrid>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=t::clients_label(l) tab=tab lead=t::choose_lead(l) back=back/>
            <Form action=format!("/api/{CLIENTS}")>
                <HiddenInput name="id" value=public/>
                <CheckboxGroup name=LIST legend=t::clients_label(l) legend_hidden=true options=options values=chosen
                    error=error/>
                <Actions><Button text=t::choose_save(l)/></Actions>
            </Form>
        </PageGrid>
    }
    .into_any())
}
