//! The page: each part with why, by which law and for how long, what it holds folded away, and what there is nothing of.

use backend::{Result, held::Section, held::Topic, rules::Rules, wiring::held};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{names, words};
use crate::{
    i18n::held as t,
    identity::here::{Here, page},
    routes,
    ui::{
        AsideBlock, ButtonKind, Details, Link, LinkButton, LinkRow, LinkRows, PageGrid, PageHead, SummaryList,
    },
};

/// Most things of a part on the page; the version for printing has all.
const MOST: usize = 20;

#[component]
pub fn DataPage() -> impl IntoView {
    page("held", data)
}

async fn data(here: Here) -> Result<AnyView> {
    let l = here.locale();
    let rules = Rules::on(&here.ctx.db, here.page.now.date()).await?;
    let sections = held::held(&here.ctx, &here.who).await?;
    let (empty, there): (Vec<Section>, Vec<Section>) =
        sections.into_iter().partition(|section| section.things.is_empty() && !section.locked);
    let there: Vec<AnyView> = there.iter().map(|section| shown(l, section, &rules)).collect::<Result<_>>()?;
    let (aside, nothing, ways) = (aside(l), nothing(l, &empty), ways(l));
    Ok(view! {
        <PageGrid aside=aside>
            <PageHead title=t::title(l) lead=t::lead(l) back=Link::new(routes::MY, t::back(l))/>
            <LinkRows rows=ways/>
            {there}
            {nothing}
        </PageGrid>
    }
    .into_any())
}

fn ways(l: Locale) -> Vec<LinkRow> {
    vec![
        LinkRow::new(routes::MY_DATA_LOOKS, t::looks(l)),
        LinkRow::new(routes::MY_DATA_FILE, t::download(l)).text(t::download_text(l)),
        LinkRow::new(routes::MY_DATA_PAPER, t::paper(l)),
        LinkRow::new(routes::MY_CORRECTIONS, t::rights_ask(l)),
    ]
}

fn shown(l: Locale, section: &Section, rules: &Rules) -> Result<AnyView> {
    let about = words::about(l, section, rules)?;
    let (id, title) = (section.topic.code(), names::topic(l, section.topic));
    let body = body(l, section);
    Ok(view! {
        <section class="section-rule stack" id=id>
            <h2>{title}</h2>
            <SummaryList rows=about/>
            {body}
        </section>
    }
    .into_any())
}

fn body(l: Locale, section: &Section) -> AnyView {
    if section.locked {
        let way = routes::prove_high(routes::MY_DATA);
        return view! {
            <p>{t::locked(l)}</p>
            <p><LinkButton href=way text=t::locked_link(l) kind=ButtonKind::Secondary/></p>
        }
        .into_any();
    }
    let all = section.things.len();
    let summary = t::show(l, i64::try_from(all).unwrap_or(i64::MAX));
    let only_file = section.topic == Topic::Trail;
    let some = if only_file { &[] } else { &section.things[..all.min(MOST)] };
    let rest = match (only_file, all > MOST) {
        (true, _) => Some(t::only_file(l)),
        (false, true) => Some(t::rest(l)),
        (false, false) => None,
    };
    let (some, rest) = (words::groups(l, some), rest.map(|rest| view! { <p>{rest}</p> }));
    view! { <Details summary=summary>{some}{rest}</Details> }.into_any()
}

fn nothing(l: Locale, empty: &[Section]) -> Option<AnyView> {
    let names = empty.iter().map(|section| {
        let name = names::topic(l, section.topic);
        view! { <li>{name}</li> }
    });
    let names = names.collect_view();
    (!empty.is_empty()).then(|| {
        view! { <section class="section-rule stack"><h2>{t::nothing_title(l)}</h2><ul>{names}</ul></section> }
            .into_any()
    })
}

/// What is not here, and what she can do about what is wrong.
fn aside(l: Locale) -> AnyView {
    view! {
        <AsideBlock title=t::rights_title(l)>
            <p>{t::rights_text(l)}</p>
            <p><a href=routes::PRIVACY>{t::rights_link(l)}</a></p>
        </AsideBlock>
        <AsideBlock title=t::not_here_title(l)>
            <ul>
                <li>{t::not_here_others(l)}</li>
                <li>{t::not_here_worry(l)}</li>
                <li>{t::not_here_elsewhere(l)}</li>
            </ul>
        </AsideBlock>
    }
    .into_any()
}
