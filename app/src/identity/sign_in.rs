//! The two entrances. What one is in Varde shows after signing in; nobody chooses a role here.

use backend::ctx::{Actor, Ctx};
use domain::{
    access::{Area, Level},
    kernel::Locale,
};
use leptos::prelude::*;

use crate::{
    i18n::{identity as t, visits_without},
    request::{self, Page},
    routes,
    ui::{
        Actions, AsideBlock, Button, ButtonKind, Form, HiddenInput, Icon, IconName, LinkButton, Notice,
        NoticeKind, PageGrid, PageHead,
    },
};

/// Whether somebody of this area is signed in; otherwise the answer becomes a way to the sign-in page and back.
pub fn require(area: Area) -> bool {
    let page = request::page();
    let inside = match page.actor {
        Actor::Citizen(_) => area == Area::Citizen,
        Actor::Staff(_) => area == Area::Staff,
        Actor::Anonymous | Actor::Visitor(_) | Actor::System => false,
    };
    if !inside {
        request::redirect(&routes::sign_in_to(&page.path));
    }
    inside
}

#[component]
pub fn SignInPage() -> impl IntoView {
    let page = request::page();
    let l = page.locale;
    let back = page.query("return_to").map(|path| routes::local(&path));
    if page.query("confirm").is_some() {
        return prove_yourself(&page, back).into_any();
    }
    let staff_back = back.clone().filter(|path| path.starts_with(routes::STAFF));
    let citizen_back = back.filter(|path| !path.starts_with(routes::STAFF));
    view! {
        <div lang=crate::i18n::lang_of("identity", l).code()>
            <PageGrid aside=aside(&page)>
                <PageHead title=t::sign_in_title(l) lead=t::sign_in_lead(l)/>
                {outcome(&page)}
                <ul class="link-rows" aria-label=t::sign_in_choices(l)>
                    <Entrance area=Area::Citizen back=citizen_back.unwrap_or_else(|| routes::MY.to_owned())
                        title=t::sign_in_citizen(l) text=t::sign_in_citizen_text(l)/>
                    <Entrance area=Area::Staff back=staff_back.unwrap_or_else(|| routes::STAFF_WORK.to_owned())
                        title=t::sign_in_staff(l) text=t::sign_in_staff_text(l)/>
                </ul>
                <p>{t::sign_in_none(l)}" "<a href=routes::UNITS>{t::sign_in_none_link(l)}</a>"."</p>
                <p lang=l.code()><a href=routes::WITHOUT_EID>{visits_without::link(l)}</a></p>
            </PageGrid>
        </div>
    }
    .into_any()
}

/// She is signed in, and what she is about to do asks that she proves anew who she is.
fn prove_yourself(page: &Page, back: Option<String>) -> AnyView {
    let l = page.locale;
    let usual = || use_context::<Ctx>().map(|ctx| ctx.settings.identity.contact_level().code());
    let high = page.query("confirm").as_deref() == Some("high");
    let level = if high { Some(Level::High.code()) } else { usual() };
    let (back, outcome) = (back.unwrap_or_else(|| routes::MY.to_owned()), outcome(page));
    view! {
        <div lang=crate::i18n::lang_of("identity", l).code()>
            <PageGrid>
                <PageHead title=t::prove_title(l) lead=t::prove_lead(l)/>
                {outcome}
                <Form action=routes::auth_start(Area::Citizen.code())>
                    <HiddenInput name="return_to" value=back/>
                    <HiddenInput name="fresh" value="yes"/>
                    <HiddenInput name="level" value=level.unwrap_or_default()/>
                    <Actions>
                        <Button text=t::prove_button(l)/>
                        <LinkButton href=routes::MY text=t::prove_not(l) kind=ButtonKind::Quiet/>
                    </Actions>
                </Form>
                <p>{t::prove_kept(l)}</p>
            </PageGrid>
        </div>
    }
    .into_any()
}

/// Why one is here again: `?outcome=failed` or `?outcome=ended`.
fn outcome(page: &Page) -> Option<AnyView> {
    let l: Locale = page.locale;
    let (kind, title, text) = match page.query("outcome")?.as_str() {
        "failed" => (NoticeKind::Warn, t::sign_in_failed_title(l), failure(page)),
        "ended" => (NoticeKind::Info, t::sign_in_ended_title(l), t::sign_in_ended_text(l)),
        _ => return None,
    };
    Some(view! { <Notice kind=kind title=title>{text}</Notice> }.into_any())
}

/// What stopped the sign-in, by the code that came back; an unknown code gets the general words.
fn failure(page: &Page) -> String {
    let l = page.locale;
    match page.query("problem").unwrap_or_default().as_str() {
        "cancelled" => t::sign_in_failed_cancelled(l),
        "expired" => t::sign_in_failed_expired(l),
        "level" => t::sign_in_failed_level(l),
        "unreachable" => t::sign_in_failed_unreachable(l),
        "not-allowed" => t::sign_in_failed_not_allowed(l),
        _ => t::sign_in_failed_text(l),
    }
}

/// A row that posts, since signing in begins something on the server.
#[component]
fn Entrance(area: Area, back: String, title: String, text: String) -> impl IntoView {
    // Her clients are there at the high level alone: asked for now, it is not asked for again.
    let high = [routes::MY_CLIENTS, routes::MY_LAWYERS, routes::MY_ORGANISATIONS]
        .iter()
        .any(|path| back.starts_with(path));
    let level = high.then(|| {
        view! { <input type="hidden" name="level" value=Level::High.code()/> }
    });
    view! {
        <li class="link-row">
            <form method="post" action=routes::auth_start(area.code())>
                <input type="hidden" name="return_to" value=back/>
                {level}
                <button type="submit" class="link-button link-row-title">{title}</button>
                <p class="link-row-text">{text}</p>
            </form>
            <Icon name=IconName::Right/>
        </li>
    }
}

fn aside(page: &Page) -> AnyView {
    let l = page.locale;
    let demo = page.demo.then(|| {
        view! { <AsideBlock title=t::sign_in_demo_title(l)><p>{t::sign_in_demo_text(l)}</p></AsideBlock> }
    });
    view! {
        <AsideBlock title=t::sign_in_saved_title(l)><p>{t::sign_in_saved_text(l)}</p></AsideBlock>
        <AsideBlock title=t::sign_in_shared_title(l)><p>{t::sign_in_shared_text(l)}</p></AsideBlock>
        {demo}
    }
    .into_any()
}
