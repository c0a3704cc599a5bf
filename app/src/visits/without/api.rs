//! The posts of whoever has no eID. Nobody has to be signed in for them, and whoever is, is not written down.

use backend::{
    form_try::FormTry,
    visits::assisted::handin::{self, Asked, Handed},
};
use domain::{
    identity::typed_code,
    kernel::Reference,
    visits::handin::{HandInForm, Purpose, Reached},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::parts::{Done, ended, posting};
use crate::{forms::Row, request, routes, visits::failed};

/// Where each form is sent, which is also the name it is kept under.
pub(super) const ASK: &str = "without-eid/ask";
pub(super) const CODE: &str = "without-eid/code";
pub(super) const FORM: &str = "without-eid/form";
pub(super) const SEND: &str = "without-eid/send";
pub(super) const TRACK: &str = "track/ask";
pub(super) const TRACK_CODE: &str = "track/code";
pub(super) const WITHDRAW: &str = "track/withdraw";

/// The names that each server function takes.
pub const FORMS: &[Row] = &[
    (ASK, &["reached"]),
    (CODE, &["code"]),
    (
        FORM,
        &[
            "name",
            "birth_day",
            "birth_month",
            "birth_year",
            "country",
            "address",
            "email",
            "phone",
            "whom",
            "whom_birth_day",
            "whom_birth_month",
            "whom_birth_year",
            "unit",
            "relation",
            "note",
            "read",
        ],
    ),
    (SEND, &[]),
    (TRACK, &["reference", "reached"]),
    (TRACK_CODE, &["code"]),
    (WITHDRAW, &[]),
];

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AskPost {
    reached: String,
}

#[server(endpoint = "without-eid/ask")]
pub async fn ask_to_write(#[server(flatten)] form: AskPost) -> Done {
    let (guest, network) = (posting()?, request::network());
    let parsed = Reached::parse(&form.reached, guest.ctx.settings.offers_texts());
    let typed = FormTry::new([("reached", form.reached)]);
    let reached = match parsed {
        Ok(reached) => reached,
        Err(code) => return guest.back(ASK, routes::WITHOUT_EID, &typed.with([("reached", code)])).await,
    };
    let locale = guest.l();
    let asked = Asked { purpose: Purpose::Write, reached, reference: None, network, locale };
    guest.ask(&asked, (ASK, typed), (routes::WITHOUT_EID, routes::WITHOUT_EID_CODE)).await
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TrackPost {
    reference: String,
    reached: String,
}

/// A wrong reference is told only for what anybody can see: that it is none at all.
#[server(endpoint = "track/ask")]
pub async fn ask_to_track(#[server(flatten)] form: TrackPost) -> Done {
    let (guest, network) = (posting()?, request::network());
    let reference = Reference::parse(&form.reference);
    let reached = Reached::parse(&form.reached, guest.ctx.settings.offers_texts());
    let typed = FormTry::new([("reference", form.reference), ("reached", form.reached)]);
    let (reference, reached) = match (reference, reached) {
        (Some(reference), Ok(reached)) => (reference, reached),
        (reference, reached) => {
            let no_reference = reference.is_none().then_some(("reference", "reference"));
            let wrong: Vec<(&str, &str)> =
                no_reference.into_iter().chain(reached.err().map(|code| ("reached", code))).collect();
            return guest.back(TRACK, routes::TRACK, &typed.with(wrong)).await;
        }
    };
    let locale = guest.l();
    let asked = Asked { purpose: Purpose::Track, reached, reference: Some(reference), network, locale };
    guest.ask(&asked, (TRACK, typed), (routes::TRACK, routes::TRACK_CODE)).await
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CodePost {
    code: String,
}

#[server(endpoint = "without-eid/code")]
pub async fn open_to_write(#[server(flatten)] form: CodePost) -> Done {
    open(Purpose::Write, form.code).await
}

#[server(endpoint = "track/code")]
pub async fn open_to_track(#[server(flatten)] form: CodePost) -> Done {
    open(Purpose::Track, form.code).await
}

async fn open(purpose: Purpose, typed: String) -> Done {
    let guest = posting()?;
    let (form, here, on) = match purpose {
        Purpose::Write => (CODE, routes::WITHOUT_EID_CODE, routes::WITHOUT_EID_FORM),
        Purpose::Track => (TRACK_CODE, routes::TRACK_CODE, routes::TRACK_CASE),
    };
    let Some(token) = guest.token(purpose) else {
        request::redirect(here);
        return Ok(());
    };
    let verdict = match typed_code(&typed) {
        Ok(code) => handin::open(&guest.ctx, purpose, token, &code).await.map_err(failed)?,
        Err(refusal) => Err(refusal),
    };
    match verdict {
        Ok(fresh) => {
            guest.remember(purpose, &fresh);
            request::redirect(on);
            Ok(())
        }
        Err(refusal) => {
            let typed = FormTry::new([("code", typed)]).with([("code", refusal.code())]);
            guest.back(form, here, &typed).await
        }
    }
}

/// What was typed is kept with her session, whether or not it is right.
#[server(endpoint = "without-eid/form")]
pub async fn write_hand_in(#[server(flatten)] form: HandInForm) -> Done {
    let guest = posting()?;
    let live = match guest.token(Purpose::Write) {
        Some(token) => handin::keep(&guest.ctx, token, &form).await.map_err(failed)?,
        None => false,
    };
    let whole = form.parse(guest.page.now.date()).is_ok();
    match (live, whole) {
        (false, _) => request::redirect(&ended(routes::WITHOUT_EID)),
        (true, true) => request::redirect(routes::WITHOUT_EID_CHECK),
        (true, false) => request::redirect(&format!("{}?wrong=1", routes::WITHOUT_EID_FORM)),
    }
    Ok(())
}

#[server(endpoint = "without-eid/send")]
pub async fn send_hand_in() -> Done {
    let guest = posting()?;
    let handed = match guest.token(Purpose::Write) {
        Some(token) => handin::hand_in(&guest.ctx, token, guest.l()).await.map_err(failed)?,
        None => Handed::Ended,
    };
    match handed {
        Handed::In => request::redirect(routes::WITHOUT_EID_RECEIPT),
        Handed::Wrong => request::redirect(&format!("{}?wrong=1", routes::WITHOUT_EID_FORM)),
        Handed::TooMany => request::redirect(&format!("{}?refused=day", routes::WITHOUT_EID_CHECK)),
        Handed::Ended => request::redirect(&ended(routes::WITHOUT_EID)),
    }
    Ok(())
}

/// The page of it says what came of it.
#[server(endpoint = "track/withdraw")]
pub async fn withdraw_hand_in() -> Done {
    let guest = posting()?;
    let Some(session) = guest.session(Purpose::Track).await.map_err(failed)? else {
        request::redirect(&ended(routes::TRACK));
        return Ok(());
    };
    let done = handin::withdraw(&guest.ctx, &session).await.map_err(failed)?;
    let refused = format!("{}?refused=moved_on", routes::TRACK_CASE);
    request::redirect(if done { routes::TRACK_CASE } else { &refused });
    Ok(())
}
