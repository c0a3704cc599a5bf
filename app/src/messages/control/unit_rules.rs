//! Within which bounds a unit takes letters: what holds, what is to come, and what held before. What is shown here is what
//! relatives are told.

use backend::messages::exchange::{self, RulesOfUnit};
use domain::{
    kernel::Locale,
    messages::{UnitRules, may_set_rules, unit_rules::versions},
};
use leptos::prelude::*;

use super::{
    forms,
    parts::{self, Desk},
    settings_words as words, words as desk_words,
};
use crate::{
    i18n::{dates, messages_settings as t},
    messages::kept::Kept,
    routes,
    ui::{
        Actions, ButtonKind, Details, EmptyState, Link, LinkButton, LinkRow, LinkRows, Notice, NoticeKind,
        PageGrid, PageHead, SummaryList,
    },
};

#[component]
pub fn RulesPage() -> impl IntoView {
    parts::page(|desk| async move {
        let unit = desk.page.query("unit");
        let Some(unit) = exchange::unit_rules(&desk.ctx, &desk.who, unit.as_deref()).await? else {
            return Ok(None);
        };
        let told = desk.tried(forms::RULES).await?.unwrap_or_default();
        Ok(Some(shown(&desk, &unit, &told)))
    })
}

fn shown(desk: &Desk, unit: &RulesOfUnit, told: &Kept) -> AnyView {
    let l = desk.l;
    let (now, coming, past) = versions(&unit.rules, desk.now().date());
    let done =
        (told.what() == "rules").then(|| view! { <Notice kind=NoticeKind::Done title=t::done_rules(l)/> });
    let now = match now {
        Some(rules) => view! { <SummaryList rows=words::rules(l, rules)/> }.into_any(),
        None => {
            view! { <EmptyState title=t::rules_none(l) text=t::rules_none_text(l) link=None/> }.into_any()
        }
    };
    let coming = coming.into_iter().map(|rules| version(l, rules)).collect_view();
    let (title, who, change) = (t::rules_title(l, &unit.name), who_controls(l, unit), change(desk, unit));
    let (history, others) = (history(l, &past), others(l, unit));
    // For those who read no letters this is where their menu leads.
    let link = words::back(desk);
    let back = if desk.may_control() { link } else { Link::new(routes::STAFF_WORK, t::rules_back(l)) };
    view! {
        <PageGrid>
            {done}
            <PageHead title=title tab=t::rules_tab(l) lead=t::rules_lead(l) back=back/>
            <p>{who}</p>
            <h2>{t::rules_now(l)}</h2>
            {now}
            {coming}
            {change}
            {history}
            {others}
            <h2>{t::rules_more(l)}</h2>
            <LinkRows rows=words::more(l)/>
        </PageGrid>
    }
    .into_any()
}

/// Who reads letters follows from roles and from the level; the unit's rules say when they should be done.
fn who_controls(l: Locale, unit: &RulesOfUnit) -> String {
    format!("{} {}", desk_words::law(l, &unit.level), t::rules_who(l))
}

pub(super) fn version(l: Locale, rules: &UnitRules) -> AnyView {
    let title = t::rules_from(l, dates::plain(l, rules.valid_from));
    view! { <h3>{title}</h3><SummaryList rows=words::rules(l, rules)/> }.into_any()
}

fn change(desk: &Desk, unit: &RulesOfUnit) -> AnyView {
    let l = desk.l;
    if !may_set_rules(&desk.who.roles) {
        return view! { <p class="muted">{t::rules_read_only(l)}</p> }.into_any();
    }
    let href = routes::staff_letters_rules_change(&unit.slug);
    view! { <Actions><LinkButton href=href text=t::rules_change(l) kind=ButtonKind::Secondary/></Actions> }
        .into_any()
}

fn history(l: Locale, past: &[&UnitRules]) -> Option<AnyView> {
    let rows = past.iter().map(|rules| version(l, rules)).collect_view();
    (!past.is_empty()).then(|| view! { <Details summary=t::rules_past(l)>{rows}</Details> }.into_any())
}

fn others(l: Locale, unit: &RulesOfUnit) -> Option<AnyView> {
    let row = |(slug, name): &(String, String)| LinkRow::new(routes::staff_letters_rules_of(slug), name);
    let rows: Vec<LinkRow> = unit.others.iter().map(row).collect();
    (!rows.is_empty()).then(|| view! { <h2>{t::rules_units(l)}</h2><LinkRows rows=rows/> }.into_any())
}
