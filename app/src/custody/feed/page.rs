//! One page: which source is silent, what came last, what was refused and why.

use backend::custody::feed::{self, FeedHealth};
use domain::kernel::{Instant, Locale};
use leptos::prelude::*;

use super::tables;
use crate::{
    i18n::custody_feed as t,
    identity::here::{staff, staff_page},
    ui::{EmptyState, Notice, NoticeKind, PageHead},
};

#[component]
pub fn FeedPage() -> impl IntoView {
    staff().map(|(ctx, who, page)| {
        let (l, now) = (t::lang(page.locale), page.now);
        staff_page(l, async move {
            let health = feed::health(&ctx, &who).await?;
            Ok(health.map(|health| shown(l, &health, now)))
        })
    })
}

fn shown(l: Locale, health: &FeedHealth, now: Instant) -> AnyView {
    view! {
        <div class="stack">
            {silent(l, health)}
            <PageHead title=t::title(l) lead=t::lead(l)/>
            {section("sources-title", t::sources_title(l), sources(l, health, now))}
            {section("last-title", t::last_title(l), last(l, health))}
            {section("refused-title", t::refused_title(l), refused(l, health))}
        </div>
    }
    .into_any()
}

fn section(id: &'static str, title: String, content: AnyView) -> AnyView {
    view! { <section class="stack" aria-labelledby=id><h2 id=id>{title}</h2>{content}</section> }.into_any()
}

/// That somebody has to ring comes first.
fn silent(l: Locale, health: &FeedHealth) -> Option<AnyView> {
    let count = health.sources.iter().filter(|source| source.silent).count();
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    (count > 0).then(|| {
        view! {
            <Notice kind=NoticeKind::Warn title=t::silent_title(l, count)><p>{t::silent_text(l)}</p></Notice>
        }
        .into_any()
    })
}

fn sources(l: Locale, health: &FeedHealth, now: Instant) -> AnyView {
    if health.sources.is_empty() {
        let (title, text) = (t::sources_none_title(l), t::sources_none_text(l));
        return view! { <EmptyState title=title text=text/> }.into_any();
    }
    tables::sources(l, &health.sources, now)
}

fn last(l: Locale, health: &FeedHealth) -> AnyView {
    if health.last.is_empty() {
        return view! { <p>{t::last_none(l)}</p> }.into_any();
    }
    tables::last(l, &health.last)
}

fn refused(l: Locale, health: &FeedHealth) -> AnyView {
    if health.refused.is_empty() {
        return view! { <p>{t::refused_none(l)}</p> }.into_any();
    }
    view! { <p>{t::refused_text(l)}</p>{tables::refused(l, &health.refused)} }.into_any()
}
