//! All of it on one page, to print or to keep.

use backend::{
    Result,
    held::{Section, Topic},
    rules::Rules,
    wiring::held,
};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{names, words};
use crate::{
    i18n::{dates, held as t},
    identity::here::{Here, page},
    routes,
    ui::{Link, PageGrid, PageHead, PrintButton, SummaryList},
};

#[component]
pub fn PaperPage() -> impl IntoView {
    page("held", paper)
}

async fn paper(here: Here) -> Result<AnyView> {
    let l = here.locale();
    let rules = Rules::on(&here.ctx.db, here.page.now.date()).await?;
    let sections = held::held(&here.ctx, &here.who).await?;
    let there = sections.iter().filter(|section| !section.things.is_empty() || section.locked);
    let there: Vec<AnyView> = there.map(|section| shown(l, section, &rules)).collect::<Result<_>>()?;
    let note = t::paper_note(l, dates::date_time_with_year(l, here.page.now), &here.who.name);
    Ok(view! {
        <PageGrid>
            <PageHead title=t::paper_title(l) note=note back=Link::new(routes::MY_DATA, t::paper_back(l))/>
            <p class="no-print"><PrintButton text=t::print(l)/></p>
            {there}
        </PageGrid>
    }
    .into_any())
}

/// Whole, but for the lines of the trail, which are for machines.
fn shown(l: Locale, section: &Section, rules: &Rules) -> Result<AnyView> {
    let about = words::about(l, section, rules)?;
    let title = names::topic(l, section.topic);
    let body = match (section.locked, section.topic) {
        (true, _) => view! { <p>{t::locked(l)}</p> }.into_any(),
        (false, Topic::Trail) => view! { <p>{t::only_file(l)}</p> }.into_any(),
        _ => words::groups(l, &section.things),
    };
    Ok(view! {
        <section class="section-rule stack"><h2>{title}</h2><SummaryList rows=about/>{body}</section>
    }
    .into_any())
}
