//! The end of a session, told in time on every signed-in page, and what was typed when it came too late.
//! The warning is an island, but its Wasm is fetched only when the end is near: no page pays for it before.

use backend::{ctx::Ctx, form_try};
use domain::kernel::{Instant, Locale};
use leptos::prelude::*;

use crate::{
    i18n::{self, identity as t},
    request::{self, Page, SessionEnd},
    routes,
    shell::IslandScript,
    ui::{Notice, NoticeKind, SessionWarning},
};

/// How long before the end it warns, in seconds; the words say two minutes. The warning itself and the fetching
/// of its Wasm take some of that, so it begins a little earlier.
const BEFORE: u32 = 120;
const FETCHING: u32 = 10;

/// Stands last on a signed-in page; nothing on any other.
#[component]
pub fn SessionEnding() -> impl IntoView {
    let page = request::page();
    page.session.map(|end| warning(&page, end))
}

fn warning(page: &Page, end: SessionEnd) -> AnyView {
    let l = page.locale;
    let (seconds, longest) = (left(page.now, end.idle), left(page.now, end.absolute));
    let action = routes::extend(page.area.code());
    view! {
        <div lang=words(l)>
            <SessionWarning seconds=seconds longest=longest before=BEFORE action=action
                warning=t::session_warning(l) go_on=t::session_extend(l) last=t::session_last(l)
                ended=t::session_ended(l)/>
        </div>
        <IslandScript after=seconds.saturating_sub(BEFORE + FETCHING)/>
    }
    .into_any()
}

fn left(now: Instant, end: Instant) -> u32 {
    u32::try_from((end.micros() - now.micros()) / 1_000_000).unwrap_or_default()
}

/// On the page of a form that was sent after the session had ended, if what was typed is there for whoever reads.
#[component]
pub fn StillHere() -> impl IntoView {
    let page = request::page();
    let key = page.query("try").filter(|_| page.query("kept").is_some() && page.name().is_some());
    key.zip(use_context::<Ctx>()).map(|(key, ctx)| {
        let notice = Suspend::new(async move {
            let kept = form_try::is_kept(&ctx, &page.actor, &key).await.unwrap_or(false);
            kept.then(|| still_here(page.locale))
        });
        view! { <Suspense>{notice}</Suspense> }
    })
}

fn still_here(l: Locale) -> impl IntoView {
    view! {
        <div lang=words(l)>
            <Notice kind=NoticeKind::Info title=t::kept_title(l)><p>{t::kept_text(l)}</p></Notice>
        </div>
    }
}

fn words(l: Locale) -> &'static str {
    i18n::lang_of("identity", l).code()
}
