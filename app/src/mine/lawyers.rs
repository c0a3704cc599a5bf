//! For which lawyers somebody acts: the list with the field for a code; what he is asked; and once he has said yes, her clients with
//! what is next for each. The rooms are of another slice: this page puts them beside the clients.

use std::collections::BTreeMap;

use backend::{
    Result,
    identity::delegates::{self, Asked, DelegationMark, ForHer, Step},
};
use domain::{
    access::Level,
    kernel::{Locale, Public},
};
use leptos::prelude::*;

use crate::{
    i18n::{common, dates, messages_delegates as t, visits_counsel},
    identity::here::{Here, page},
    messages::delegates::{ask, end_form, higher, typed},
    public::NotFound,
    request, routes,
    ui::{
        Actions, AsideBlock, ButtonKind, ErrorSummary, Link, LinkButton, LinkRow, LinkRows, PageGrid,
        PageHead,
    },
    visits::booking,
};

#[component]
pub fn LawyersPage() -> impl IntoView {
    page("messages_delegates", list)
}

async fn list(here: Here) -> Result<AnyView> {
    let l = here.locale();
    let back = Link::new(routes::MY, t::back_my(l));
    if here.who.level < Level::High {
        let body = higher(l, routes::MY_LAWYERS, t::his_level(l));
        return Ok(
            view! { <PageGrid><PageHead title=t::his_title(l) back=back/>{body}</PageGrid> }.into_any()
        );
    }
    let all = delegates::his(&here.ctx, &here.who).await?;
    let (errors, tab, typed) = typed(&here).await?;
    let rows: Vec<LinkRow> = all.iter().map(|one| row(l, one)).collect();
    let rows = (!rows.is_empty()).then(|| view! { <LinkRows rows=rows/> });
    Ok(view! {
        <PageGrid>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=t::his_title(l) tab=tab lead=t::his_lead(l) back=back/>
            {rows}
            {typed}
        </PageGrid>
    }
    .into_any())
}

fn row(l: Locale, asked: &Asked) -> LinkRow {
    let row = LinkRow::new(routes::my_lawyer(&asked.public), asked.lawyer.as_str());
    match asked.step {
        Step::ToAnswer => row.text(t::his_to_answer(l, &asked.named.firm)).unread(t::his_waits(l)),
        Step::Acts => row.text(t::his_until(l, &asked.named.firm, dates::with_year(l, asked.valid_to))),
    }
}

#[component]
pub fn LawyerPage() -> impl IntoView {
    let id: Option<Public<DelegationMark>> = request::param("public").and_then(|id| Public::parse(&id));
    page("messages_delegates", move |here| async move {
        let Some(id) = id else { return Ok(view! { <NotFound/> }.into_any()) };
        match delegates::his_one(&here.ctx, &here.who, &id).await? {
            Some(asked) if asked.step == Step::ToAnswer => Ok(ask(&here, &asked)),
            Some(asked) => clients(&here, &asked).await,
            None => Ok(view! { <NotFound/> }.into_any()),
        }
    })
}

async fn clients(here: &Here, asked: &Asked) -> Result<AnyView> {
    let l = here.locale();
    let mut next = booking::counsel::next_under(here, &asked.public).await?;
    let clients = delegates::for_clients(&here.ctx, &here.who, &asked.public).await?;
    let one = |client: &ForHer| one(l, asked, client, &mut next);
    let people = clients.iter().map(one).collect_view();
    let lead = t::clients_lead(l, dates::with_year(l, asked.valid_to));
    let (title, end, aside) =
        (t::clients_title(l, &asked.lawyer), end_form(l, asked), aside(l, &asked.lawyer));
    let firm = asked.named.firm.clone();
    Ok(view! {
        <PageGrid aside=aside>
            <PageHead title=title tab=t::clients_tab(l) lead=lead note=firm
                back=Link::new(routes::MY_LAWYERS, t::his_title(l))/>
            {people}
            {end}
        </PageGrid>
    }
    .into_any())
}

fn one(l: Locale, asked: &Asked, client: &ForHer, next: &mut BTreeMap<String, Vec<LinkRow>>) -> AnyView {
    let rows = next.remove(client.inmate.as_str()).unwrap_or_default();
    let ahead = match rows.is_empty() {
        true => view! { <p>{t::clients_nothing(l)}</p> }.into_any(),
        false => view! { <LinkRows rows=rows/> }.into_any(),
    };
    let (order, with) = (visits_counsel::order(l), visits_counsel::with(l, &client.name));
    let rooms = routes::my_lawyer_rooms(&asked.public, &client.inmate);
    let (name, unit) = (client.name.clone(), client.unit.clone());
    let unit = unit.map(|unit| view! { <p class="small muted" lang="nb">{unit}</p> });
    view! {
        <section class="section-rule stack">
            <h2>{name}</h2>
            {unit}
            {ahead}
            <Actions><LinkButton href=rooms text=order about=with kind=ButtonKind::Secondary/></Actions>
        </section>
    }
    .into_any()
}

fn aside(l: Locale, lawyer: &str) -> AnyView {
    let (comes, log) = (t::act_comes(l, lawyer), t::act_log(l, lawyer));
    view! {
        <AsideBlock title=t::act_title(l)>
            <p>{comes}</p>
            <p>{log}</p>
            <p>{t::ask_not(l)}</p>
        </AsideBlock>
    }
    .into_any()
}
