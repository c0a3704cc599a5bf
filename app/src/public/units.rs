//! The prisons and what holds for visits there.

use backend::{custody::PublicUnit, visits::sessions::Published};
use domain::{kernel::Locale, visits::booking::text::Topic};
use leptos::prelude::*;

use super::{NotFound, broken, queries, visiting::visiting};
use crate::{
    i18n::{public as t, worried},
    request, routes,
    ui::{
        Actions, AsideBlock, EmptyState, Link, LinkButton, LinkRow, LinkRows, PageGrid, PageHead,
        SummaryList, SummaryRow,
    },
    visits::unit_texts,
};

#[component]
pub fn UnitsPage() -> impl IntoView {
    let l = request::page().locale;
    let ctx = queries::ctx();
    let list = Suspend::new(async move {
        match queries::units(ctx).await {
            Ok(units) => list_of(l, units),
            Err(error) => broken(&error),
        }
    });
    view! { <Suspense>{list}</Suspense> }
}

fn list_of(l: Locale, units: Vec<PublicUnit>) -> AnyView {
    let way_on = Link::new(routes::HOW, t::how_title(l));
    let rows: Vec<LinkRow> = units
        .into_iter()
        .map(|u| {
            LinkRow::new(routes::unit(&u.slug), u.name).text(t::units_row(l, u.place, level(l, &u.level)))
        })
        .collect();
    let list = if rows.is_empty() {
        view! { <EmptyState title=t::units_empty(l) link=Some(way_on)/> }.into_any()
    } else {
        view! { <LinkRows rows=rows/> }.into_any()
    };
    view! {
        <PageGrid>
            <PageHead title=t::units_title(l) lead=t::units_lead(l)/>
            {list}
        </PageGrid>
    }
    .into_any()
}

#[component]
pub fn UnitPage() -> impl IntoView {
    let l = request::page().locale;
    let slug = request::param("slug").unwrap_or_default();
    let ctx = queries::ctx();
    let unit = Suspend::new(async move {
        match queries::unit(ctx, &slug).await {
            Ok(Some((unit, plan))) => unit_view(l, unit, plan),
            Ok(None) => view! { <NotFound/> }.into_any(),
            Err(error) => broken(&error),
        }
    });
    view! { <Suspense>{unit}</Suspense> }
}

/// What there is to say of a prison, once it is read.
pub fn unit_view(l: Locale, unit: PublicUnit, plan: Published) -> AnyView {
    let facts = vec![
        SummaryRow::new(t::unit_level(l), level(l, &unit.level)),
        SummaryRow::new(t::unit_phone(l), unit.phone),
        SummaryRow::new(t::unit_email(l), unit.email),
        SummaryRow::new(t::unit_address(l), unit.address),
    ];
    let aside = view! {
        <AsideBlock title=t::how_needs_title(l)><p>{t::how_needs_text(l)}</p></AsideBlock>
        <AsideBlock title=t::help_worried_title(l)>
            <p>{t::help_worried_text(l)}</p>
            <p><a href=routes::worried_at(&unit.slug)>{worried::link(l)}</a></p>
        </AsideBlock>
    };
    let visits = visiting(l, &unit.name, &plan);
    let own = |topic| {
        let text = unit_texts::of(&plan.texts, topic)?;
        let (title, body) = (unit_texts::title(l, topic), unit_texts::body(l, text));
        Some(view! { <h2>{title}</h2>{body} }.into_any())
    };
    let (hours, bring, identity) = (own(Topic::Hours), own(Topic::Bring), own(Topic::Identity));
    let identity = identity.unwrap_or_else(|| view! { <p>{t::unit_id(l)}</p> }.into_any());
    let travel = own(Topic::Travel).or_else(|| usual_way(l, unit.travel));
    view! {
        <PageGrid aside=aside.into_any()>
            <PageHead title=unit.name lead=unit.place back=Link::new(routes::UNITS, t::unit_all(l))/>
            <SummaryList rows=facts/>
            {visits}
            {hours}
            {bring}
            {identity}
            {travel}
            <Actions><LinkButton href=routes::APPLY text=t::unit_apply(l)/></Actions>
        </PageGrid>
    }
    .into_any()
}

fn usual_way(l: Locale, travel: String) -> Option<AnyView> {
    (!travel.is_empty()).then(|| view! { <h2>{t::unit_travel(l)}</h2><p lang="nb">{travel}</p> }.into_any())
}

/// The security level in words; a level this version does not know is shown as its code.
fn level(l: Locale, code: &str) -> String {
    match code {
        "special_high" => t::unit_level_special(l),
        "high" => t::unit_level_high(l),
        "lower" => t::unit_level_low(l),
        "transitional" => t::unit_level_transition(l),
        other => other.to_owned(),
    }
}
