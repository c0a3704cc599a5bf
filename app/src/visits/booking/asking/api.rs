//! What she posts: asking, and taking it back.

use backend::{
    Error,
    visits::booking::request::{self as asking, Foreseen},
};
use domain::{
    kernel::Public,
    visits::booking::{Hold, request::VisitRequest},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::super::{
    api::{CONFIRM, Done, public},
    told::{self, Told},
};
use crate::{
    error::WireError,
    forms::Row,
    request, routes,
    visits::{Here, failed, here},
};

/// The names each form here sends.
pub const FORMS: &[Row] = &[
    (ASK, &["hold"]),
    ("visits/requests/withdraw", &["public"]),
    ("staff/visits/requests/approve", &["public"]),
    ("staff/visits/requests/reject", &["public", "reason", "considered"]),
];

pub(in crate::visits::booking) const ASK: &str = "visits/book/request";
pub(super) const WITHDRAW: &str = "/api/visits/requests/withdraw";

fn signed_in() -> Result<Here, WireError> {
    here().ok_or_else(|| WireError::Hidden.answered())
}

/// The hold that the page showed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AskPost {
    hold: String,
}

/// What stands in the way is told where the visit was to be confirmed.
#[server(endpoint = "visits/book/request")]
pub async fn ask_for_visit(#[server(flatten)] form: AskPost) -> Done {
    let here = signed_in()?;
    let hold: Public<Hold> = public(&form.hold)?;
    let told = match asking::ask(&here.ctx, &here.who, hold).await {
        Ok(Ok(request)) => {
            request::redirect(&format!("{}?done=sent", routes::visit_request(&request)));
            return Ok(());
        }
        Ok(Err(refusals)) => refusals.into_iter().map(Told::from).collect(),
        Err(Error::Busy) => vec![Told::Busy],
        Err(error) => return Err(failed(error)),
    };
    let page = routes::book("check");
    if told.is_empty() {
        // The unit need not look at it any more: the page says that it can be booked.
        request::redirect(&page);
        return Ok(());
    }
    let key = told::keep(&here, CONFIRM, told, &[]).await.map_err(failed)?;
    request::redirect(&routes::with_try(&page, &key));
    Ok(())
}

/// What the last step does; with nothing held it is never asked.
pub(super) async fn foreseen(here: &Here, hold: &Public<Hold>) -> backend::Result<Foreseen> {
    asking::foreseen(&here.ctx, &here.who, hold).await
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RequestPost {
    pub(super) public: String,
    pub(super) reason: String,
    /// Control was considered and is not enough.
    pub(super) considered: String,
}

/// Its own page says what came of it; one that is not hers is not found there.
#[server(endpoint = "visits/requests/withdraw")]
pub async fn withdraw_request(#[server(flatten)] form: RequestPost) -> Done {
    let here = signed_in()?;
    let of: Public<VisitRequest> = public(&form.public)?;
    let _ = asking::withdraw(&here.ctx, &here.who, of.clone()).await.map_err(failed)?;
    request::redirect(&routes::visit_request(&of));
    Ok(())
}
