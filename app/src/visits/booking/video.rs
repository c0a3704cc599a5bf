//! A visit on a screen: the link when it is time, how to be ready, and in the demo the page that a provider would have.

use backend::{
    Result,
    visits::booking::{self, Screen, Video, VisitView},
};
use domain::kernel::{Instant, Locale};
use leptos::prelude::*;

use crate::{
    demo,
    i18n::{dates, visits_booking as t},
    ui::{Actions, AsideBlock, LinkButton, Notice, NoticeKind, PageGrid, PageHead},
    visits::Here,
};

/// Of her own visit; none for every other kind.
pub(super) async fn of(here: &Here, visit: &VisitView) -> Result<Option<Video>> {
    let v = &visit.visit;
    let screen = Screen {
        public: &v.public,
        kind: visit.kind,
        way: visit.way,
        starts_at: v.starts_at,
        ends_at: v.ends_at,
    };
    booking::video(&here.ctx, screen).await
}

/// The link, or from when it will be here. Nothing once the visit is over.
pub(in crate::visits) fn link(
    l: Locale,
    video: &Video,
    (now, ends_at): (Instant, Instant),
    phone: &str,
) -> Option<AnyView> {
    if now >= ends_at {
        return None;
    }
    let view = match (&video.link, video.has_link) {
        (Some(href), _) => {
            let href = href.clone();
            view! { <Actions><LinkButton href=href text=t::video_open(l)/></Actions> }.into_any()
        }
        (None, true) => {
            let title = t::video_later(l, dates::date_time(l, video.opens_at));
            view! { <Notice title=title><p>{t::video_later_text(l)}</p></Notice> }.into_any()
        }
        (None, false) => {
            let title = t::video_none(l, phone);
            view! { <Notice kind=NoticeKind::Info title=title/> }.into_any()
        }
    };
    Some(view)
}

/// In place of what to bring to a gate.
pub(super) fn aside(l: Locale, video: &Video, phone: &str) -> AnyView {
    let test = video.test.clone().map(|href| view! { <p><a href=href>{t::video_test(l)}</a></p> });
    let wrong = t::video_wrong_text(l, phone);
    view! {
        <AsideBlock title=t::video_ready_title(l)><p>{t::video_ready_text(l)}</p>{test}</AsideBlock>
        <AsideBlock title=t::video_rules_title(l)><p>{t::video_rules_text(l)}</p></AsideBlock>
        <AsideBlock title=t::video_wrong_title(l)><p>{wrong}</p></AsideBlock>
    }
    .into_any()
}

/// What a provider would show; nobody is called.
#[component]
pub fn DemoVideoPage() -> impl IntoView {
    demo::page(t::lang, |_, l| async move {
        let view = view! {
            <PageGrid><PageHead title=t::video_demo_title(l) lead=t::video_demo_lead(l)/></PageGrid>
        };
        Ok(Some(view.into_any()))
    })
}
