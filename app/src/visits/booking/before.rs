//! What to know before coming, beside a visit: for whoever booked it and for whoever comes along.

use backend::visits::booking::VisitView;
use domain::visits::booking::{
    UnitRules,
    text::{Topic, UnitText},
};
use leptos::prelude::*;

use crate::{
    i18n::visits_booking as t,
    routes,
    ui::AsideBlock,
    visits::{Here, unit_texts},
};

pub(super) struct Before<'a> {
    pub slug: &'a str,
    pub unit_name: &'a str,
    /// Where the unit has no words of its own for the way there.
    pub travel: &'a str,
    pub rules: Option<&'a UnitRules>,
    /// What holds on the day of the visit.
    pub texts: &'a [UnitText],
    /// Where to write about it.
    pub write: Option<String>,
}

impl<'a> Before<'a> {
    /// Of a visit that she has booked, or on which she comes along for an organisation.
    pub fn of(visit: &'a VisitView, write: Option<String>) -> Self {
        Self {
            slug: &visit.unit_slug,
            unit_name: &visit.visit.unit_name,
            travel: &visit.unit_travel,
            rules: visit.rules.as_ref(),
            texts: &visit.texts,
            write,
        }
    }
}

pub(super) fn aside(here: &Here, before: &Before) -> AnyView {
    let (l, said) = (here.locale(), here.page.locale);
    let late = before.rules.map(|r| view! { <p>{t::rules_late(l, r.latest_arrival)}</p> });
    let arrive = before.rules.map(|r| view! { <p>{t::rules_arrive(l, r.arrive_before)}</p> });
    let own = |topic| unit_texts::of(before.texts, topic).map(|text| unit_texts::body(said, text));
    let block = |topic: Topic| {
        let (title, body) = (unit_texts::title(l, topic), own(topic)?);
        Some(view! { <AsideBlock title=title>{body}</AsideBlock> }.into_any())
    };
    let (hours, bring, identity) = (block(Topic::Hours), block(Topic::Bring), block(Topic::Identity));
    let usual = || view! { <AsideBlock title=t::bring_title(l)><p>{t::bring_text(l)}</p></AsideBlock> };
    let identity = identity.unwrap_or_else(|| usual().into_any());
    let usual = || view! { <p lang="nb">{before.travel.to_owned()}</p> }.into_any();
    let travel = own(Topic::Travel).or_else(|| (!before.travel.is_empty()).then(usual));
    let (unit, name) = (routes::unit(before.slug), t::travel_unit(l, before.unit_name));
    let write = before.write.clone().map(|href| view! { <br/><a href=href>{t::write(l)}</a> });
    view! {
        {identity}
        {bring}
        <AsideBlock title=t::leave_title(l)><p>{t::leave_text(l)}</p></AsideBlock>
        <AsideBlock title=t::travel_title(l)>
            {travel}
            {arrive}
            {late}
            <a href=unit>{name}</a>
            {write}
        </AsideBlock>
        {hours}
    }
    .into_any()
}
