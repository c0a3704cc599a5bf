//! The entrance, when nobody is signed in, and the page where she proves anew who she is. It says no more than that there
//! may be messages.

use domain::kernel::Locale;
use leptos::prelude::*;

use super::parts::{prove_form, start_form};
use crate::{
    i18n::{self, identity, notices_mine as t},
    request::Page,
    routes,
    ui::{Notice, NoticeKind, PageGrid, PageHead},
};

/// Where she was going, if that is in this area.
pub(super) fn back(page: &Page) -> String {
    let asked = page.query("return_to").map(|path| routes::local(&path)).unwrap_or_default();
    let inside = asked.strip_prefix(routes::MESSAGE);
    let inside = inside.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
    if inside { asked } else { routes::MESSAGE.to_owned() }
}

pub(super) fn entrance(page: &Page) -> AnyView {
    let l = i18n::lang_of("notices_mine", page.locale);
    let (outcome, back) = (outcome(page, l), back(page));
    view! {
        <div lang=l.code()>
            <PageGrid>
                <PageHead title=t::title(l)/>
                {outcome}
                <p>{t::entrance_text(l)}</p>
                {start_form(&back, t::entrance_button(l))}
                <p class="small">{t::entrance_shared(l)}</p>
            </PageGrid>
        </div>
    }
    .into_any()
}

/// She is signed in, and what she is about to do or read asks that she proves anew who she is.
pub(super) fn prove(page: &Page, l: Locale) -> AnyView {
    let (outcome, form) = (outcome(page, l), prove_form(l, &back(page)));
    view! {
        <PageGrid>
            <PageHead title=t::title(l)/>
            {outcome}
            {form}
            <p class="small">{t::prove_kept(l)}</p>
            <p><a href=routes::MESSAGE>{t::back(l)}</a></p>
        </PageGrid>
    }
    .into_any()
}

/// Why one is here again: `?outcome=failed` or `?outcome=ended`.
fn outcome(page: &Page, l: Locale) -> Option<AnyView> {
    let (kind, title, text) = match page.query("outcome")?.as_str() {
        "failed" => (NoticeKind::Warn, identity::sign_in_failed_title(l), failure(page, l)),
        "ended" => (NoticeKind::Info, identity::sign_in_ended_title(l), identity::sign_in_ended_text(l)),
        _ => return None,
    };
    Some(view! { <Notice kind=kind title=title>{text}</Notice> }.into_any())
}

/// What stopped the sign-in, by the code that came back; an unknown code gets the general words.
fn failure(page: &Page, l: Locale) -> String {
    match page.query("problem").unwrap_or_default().as_str() {
        "cancelled" => identity::sign_in_failed_cancelled(l),
        "expired" => identity::sign_in_failed_expired(l),
        "level" => identity::sign_in_failed_level(l),
        "unreachable" => identity::sign_in_failed_unreachable(l),
        "not-allowed" => t::not_allowed(l),
        _ => identity::sign_in_failed_text(l),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use backend::ctx::Actor;
    use domain::{access::Area, kernel::Instant};

    use super::*;

    #[test]
    fn nobody_is_led_out_of_the_area() {
        let table = [
            ("/message", "/message"),
            ("/message?return_to=/message/wishes", "/message/wishes"),
            ("/message?return_to=/message%3Ftry%3Da", "/message?try=a"),
            ("/message?return_to=/my", "/message"),
            ("/message?return_to=/messages", "/message"),
            ("/message?return_to=//evil.example/message", "/message"),
        ];
        for (path, expected) in table {
            let page = Page {
                locale: Locale::Nb,
                path: path.to_owned(),
                area: Area::Victim,
                actor: Actor::Anonymous,
                session: None,
                unread: Default::default(),
                work: Default::default(),
                now: Instant(0),
                demo: false,
                assets: Arc::default(),
            };
            assert_eq!(back(&page), expected, "{path}");
        }
    }
}
