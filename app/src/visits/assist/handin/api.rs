//! What the unit does with one: it is this case, something is needed from her, or it is closed and why.

use backend::{
    form_try::FormTry,
    visits::assisted::handin::{self, Act, Acted},
};
use domain::{
    kernel::{Public, Reference},
    visits::handin::{Closed, HandIn},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::super::parts::{Answer, Desk, hidden, posting};
use crate::{forms::Row, request, routes, visits::failed};

pub(super) const LINK: &str = "staff/hand-ins/link";
pub(super) const ASK: &str = "staff/hand-ins/ask";
pub(super) const CLOSE: &str = "staff/hand-ins/close";

/// The names that each form sends.
pub const FORMS: &[Row] =
    &[(LINK, &["public", "reference"]), (ASK, &["public"]), (CLOSE, &["public", "why"])];

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LinkPost {
    public: String,
    reference: String,
}

/// The case of this reference is what it has become.
#[server(endpoint = "staff/hand-ins/link")]
pub async fn link_hand_in(#[server(flatten)] form: LinkPost) -> Answer {
    let desk = posting()?;
    let LinkPost { public, reference } = form;
    match Reference::parse(&reference) {
        Some(case) => done(&desk, &public, Act::Link(case), (LINK, [("reference", reference)])).await,
        None => {
            let typed = FormTry::new([("reference", reference)]).with([("reference", "reference")]);
            back(&desk, &public, LINK, &typed).await
        }
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AskPost {
    public: String,
}

/// She reads that the unit needs something, and rings.
#[server(endpoint = "staff/hand-ins/ask")]
pub async fn ask_about_hand_in(#[server(flatten)] form: AskPost) -> Answer {
    done(&posting()?, &form.public, Act::Ask, (ASK, [("why", String::new())])).await
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ClosePost {
    public: String,
    why: String,
}

#[server(endpoint = "staff/hand-ins/close")]
pub async fn close_hand_in(#[server(flatten)] form: ClosePost) -> Answer {
    let desk = posting()?;
    match Closed::parse(&form.why) {
        Some(why) => done(&desk, &form.public, Act::Close(why), (CLOSE, [("why", form.why)])).await,
        None => {
            let typed = FormTry::new([("why", form.why)]).with([("why", "choose")]);
            back(&desk, &form.public, CLOSE, &typed).await
        }
    }
}

fn read(public: &str) -> Result<Public<HandIn>, crate::error::WireError> {
    Public::parse(public).ok_or_else(hidden)
}

async fn back(desk: &Desk, public: &str, form: &'static str, typed: &FormTry) -> Answer {
    desk.back(form, &routes::staff_hand_in(&read(public)?), typed).await
}

async fn done(
    desk: &Desk,
    public: &str,
    act: Act,
    (form, typed): (&'static str, [(&'static str, String); 1]),
) -> Answer {
    let of = read(public)?;
    match handin::act(&desk.ctx, &desk.who, &of, act).await.map_err(failed)? {
        None => return Err(hidden()),
        Some(Acted::NoCase) => {
            let typed = FormTry::new(typed).with([("reference", "no_case")]);
            return desk.back(form, &routes::staff_hand_in(&of), &typed).await;
        }
        Some(Acted::Done) => request::redirect(&routes::staff_hand_in(&of)),
        Some(Acted::MovedOn) => {
            request::redirect(&format!("{}?refused=moved_on", routes::staff_hand_in(&of)));
        }
    }
    Ok(())
}
