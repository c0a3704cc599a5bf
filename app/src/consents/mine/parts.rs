//! What her pages share: the home in the address, a form that was refused, the way to the high level, the words of codes.

use backend::{
    Result,
    consents::{self, MyCase},
    form_try,
};
use domain::{
    access::{Area, Level},
    consents::{Answer, Kind, Said, Standing, Word},
    kernel::{Locale, Public},
};
use leptos::prelude::*;

use crate::{
    appeals::fields::Fields,
    i18n::consents_mine as t,
    identity::here::Here,
    request, routes,
    ui::{Actions, AsideBlock, Button, Form, HiddenInput, Notice, TagKind},
};

/// The home in the address, if she is asked about it and has signed in at the high level.
pub(super) async fn own(here: &Here, named: Option<String>) -> Result<Option<MyCase>> {
    match named.as_deref().and_then(Public::parse) {
        Some(public) => consents::one(&here.ctx, &here.who, &public).await,
        None => Ok(None),
    }
}

pub(super) fn named() -> Option<String> {
    request::param("public")
}

/// The form behind `?try=`, if it is hers and about this home.
pub(super) async fn tried(here: &Here, form: &'static str, home: &MyCase) -> Result<Fields> {
    let Some(key) = here.page.query("try") else { return Ok(Fields::default()) };
    let kept = form_try::find(&here.ctx, &here.actor(), form, &key).await?.map(Fields::of);
    Ok(kept.filter(|kept| kept.value("id") == home.public.as_str()).unwrap_or_default())
}

/// To nobody below the high level is it said whether she is asked anything; and back to where she was.
pub(super) fn higher(l: Locale, back: &str) -> AnyView {
    let back = back.to_owned();
    view! {
        <Notice title=t::level_title(l)><p>{t::level_text(l)}</p></Notice>
        <Form action=routes::auth_start(Area::Citizen.code())>
            <HiddenInput name="return_to" value=back/>
            <HiddenInput name="level" value=Level::High.code()/>
            <Actions><Button text=t::level_button(l)/></Actions>
        </Form>
    }
    .into_any()
}

pub(super) fn standing(l: Locale, standing: Standing) -> (String, TagKind) {
    match standing {
        Standing::Unanswered => (t::stands_unanswered(l), TagKind::Now),
        Standing::Said(Word { said, .. }) => (said_words(l, said), kind(said)),
    }
}

fn kind(said: Said) -> TagKind {
    match said {
        Said::Answered(Answer::Yes) => TagKind::Done,
        Said::Answered(Answer::Talk) => TagKind::Now,
        Said::Answered(Answer::No) | Said::Withdrawn => TagKind::Plain,
    }
}

pub(super) fn said_words(l: Locale, said: Said) -> String {
    match said {
        Said::Answered(Answer::Yes) => t::said_yes(l),
        Said::Answered(Answer::No) => t::said_no(l),
        Said::Answered(Answer::Talk) => t::said_talk(l),
        Said::Withdrawn => t::said_withdrawn(l),
    }
}

/// What she is asked.
pub(super) fn title(l: Locale, home: &MyCase) -> String {
    if home.kind == Kind::Home { t::show_title(l) } else { t::child_title(l) }
}

/// Who sees what she answers, and whom she can ring.
pub(super) fn beside(l: Locale, home: &MyCase) -> AnyView {
    let (unit, phone) = (home.unit_name.clone(), home.unit_phone.clone());
    let told = if home.kind == Kind::Home { t::alone_told(l) } else { t::child_alone_told(l) };
    view! {
        <AsideBlock title=t::alone_title(l)>
            <p>{t::alone_text(l)}</p>
            <p>{told}</p>
        </AsideBlock>
        <AsideBlock title=t::ring_title(l)>
            <p>{t::ring_text(l, unit, phone)}</p>
            <p>{t::ring_danger(l)}</p>
        </AsideBlock>
    }
    .into_any()
}

/// The words for what is wrong with a field.
pub(super) fn wrong(l: Locale, _field: &str, code: &str) -> String {
    match code {
        "choose" => t::wrong_choose(l),
        "read_first" => t::wrong_read(l),
        "text_changed" => t::wrong_text(l),
        "said_already" => t::wrong_said(l),
        "closed" => t::wrong_closed(l),
        "too_long" => t::wrong_long(l),
        _ => t::wrong_other(l),
    }
}

/// The address of a form.
pub(super) fn action(form: &str) -> String {
    format!("/api/{form}")
}
