//! The posts of the gate. Each parses, carries out and leads on.

use backend::{
    form_try::{self, FormTry},
    visits::gate::{self, Found, MarkRow, Marking, Undoing},
};
use domain::{
    kernel::{Instant, Public},
    visits::{
        booking::Booking,
        gate::{Mark, MarkRefusal},
    },
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    offline::whose,
    parts::{Desk, desk},
    words,
};
use crate::{
    error::WireError,
    forms::Row,
    request, routes,
    visits::{failed, parts::here},
};

pub(super) const FIND: &str = "staff/gate/find";
pub(super) const MARK: &str = "staff/gate/mark";
pub(super) const UNDO: &str = "staff/gate/undo";
pub(super) const DELAYED: &str = "visits/bookings/delayed";

/// The names each form here sends.
pub const FORMS: &[Row] = &[
    (FIND, &["text"]),
    (MARK, &["public", "kind", "reason", "seen", "key", "at", "unit", "whose"]),
    (UNDO, &["public", "seen"]),
    (DELAYED, &["public", "minutes"]),
];

pub(super) fn action(form: &str) -> String {
    format!("/api/{form}")
}

type Done = Result<(), WireError>;

fn hidden() -> WireError {
    WireError::Hidden.answered()
}

fn malformed() -> WireError {
    WireError::Malformed.answered()
}

fn signed_in() -> Result<Desk, WireError> {
    desk().ok_or_else(hidden)
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FindPost {
    text: String,
}

#[server(endpoint = "staff/gate/find")]
pub async fn find_visit(#[server(flatten)] form: FindPost) -> Done {
    let desk = signed_in()?;
    let found = gate::find(&desk.ctx, &desk.who, &form.text).await.map_err(failed)?.ok_or_else(hidden)?;
    let path = match (words::not_found(&found), &found) {
        (None, Found::Visit(visit)) => routes::staff_gate(visit),
        (code, found) => {
            let day = if let Found::OtherDay(day) = found { day.iso() } else { String::new() };
            let tried = FormTry::new([("text", form.text), ("day", day)]);
            let tried = tried.with([("text", code.unwrap_or_default())]);
            let key = form_try::keep(&desk.ctx, &desk.actor(), FIND, &tried).await.map_err(failed)?;
            routes::with_try(routes::STAFF_GATE, &key)
        }
    };
    request::redirect(&path);
    Ok(())
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct MarkPost {
    public: String,
    kind: String,
    reason: String,
    seen: String,
    key: String,
    /// Milliseconds since 1970, of a mark that was kept where there was no line; otherwise empty.
    at: String,
    /// The slug of the unit whose list it was pressed on; empty on the page of the visit.
    unit: String,
    /// Of a mark that a script sends: in whose page it was pressed. Such a one is answered by a status, and leads nowhere.
    whose: String,
}

#[server(endpoint = "staff/gate/mark")]
pub async fn mark_visit(#[server(flatten)] form: MarkPost) -> Done {
    let desk = signed_in()?;
    // Pressed in the page of somebody who is not signed in here any more: it says who saw it, and waits for her.
    if !form.whose.is_empty() && form.whose != whose(&desk) {
        request::status(http::StatusCode::UNAUTHORIZED);
        return Ok(());
    }
    let visit: Public<Booking> = Public::parse(&form.public).ok_or_else(malformed)?;
    let key: Public<MarkRow> = Public::parse(&form.key).ok_or_else(malformed)?;
    let seen = form.seen.parse().map_err(|_| malformed())?;
    let page = routes::staff_gate(&visit);
    // A reason that was chosen and does not belong is no mistake worth a word.
    let reason = (form.kind == "denied").then_some(form.reason.as_str());
    let Some(mark) = Mark::parse(&form.kind, reason) else {
        let code = if form.kind == "denied" { "choose_reason" } else { "choose" };
        refuse(&form, &page, code);
        return Ok(());
    };
    let kept = kept_at(&form.at, desk.page.now)?;
    let marking = Marking { visit, mark, at: kept, seen, key };
    let answer = gate::mark(&desk.ctx, &desk.who, marking).await.map_err(failed)?.ok_or_else(hidden)?;
    match answer {
        Err(refusal) => refuse(&form, &page, refusal.code()),
        Ok(()) if !form.whose.is_empty() => request::status(http::StatusCode::NO_CONTENT),
        Ok(()) if !form.unit.is_empty() => {
            request::redirect(&format!("{}&done=marked", routes::staff_gate_of(&form.unit)));
        }
        Ok(()) => after(&page, Ok(()), "marked"),
    }
    Ok(())
}

#[server(endpoint = "staff/gate/undo")]
pub async fn unmark_visit(#[server(flatten)] form: MarkPost) -> Done {
    let desk = signed_in()?;
    let visit: Public<Booking> = Public::parse(&form.public).ok_or_else(malformed)?;
    let page = routes::staff_gate(&visit);
    let undoing = Undoing { visit, seen: form.seen.parse().map_err(|_| malformed())? };
    let answer = gate::undo(&desk.ctx, &desk.who, undoing).await.map_err(failed)?.ok_or_else(hidden)?;
    after(&page, answer, "unmarked");
    Ok(())
}

/// On the page of the visit, or to the script, which leads there.
fn refuse(form: &MarkPost, page: &str, code: &str) {
    if form.whose.is_empty() {
        request::redirect(&format!("{page}?refused={code}"));
    } else {
        request::status(http::StatusCode::CONFLICT);
        request::header("x-refused", code);
    }
}

/// A clock that is fast does not see into the future.
fn kept_at(millis: &str, now: Instant) -> Result<Option<Instant>, WireError> {
    if millis.is_empty() {
        return Ok(None);
    }
    let millis: i64 = millis.parse().map_err(|_| malformed())?;
    let at = millis.checked_mul(1_000).filter(|micros| *micros > 0).ok_or_else(malformed)?;
    Ok(Some(Instant(at.min(now.micros()))))
}

fn after(page: &str, answer: Result<(), MarkRefusal>, done: &str) {
    request::redirect(&match answer {
        Ok(()) => format!("{page}?done={done}"),
        Err(refusal) => format!("{page}?refused={}", refusal.code()),
    });
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DelayPost {
    public: String,
    minutes: String,
}

/// Whatever comes of it, the visit's own page says so.
#[server(endpoint = "visits/bookings/delayed")]
pub async fn tell_delay(#[server(flatten)] form: DelayPost) -> Done {
    let here = here().ok_or_else(hidden)?;
    let visit: Public<Booking> = Public::parse(&form.public).ok_or_else(malformed)?;
    let minutes = form.minutes.parse().map_err(|_| malformed())?;
    gate::tell_delay(&here.ctx, &here.who, &visit, minutes).await.map_err(failed)?;
    request::redirect(&routes::booking(&visit));
    Ok(())
}
