//! The unit's answer.

use backend::visits::booking::counsel::bringing::{self, Answered};
use domain::{
    kernel::Public,
    visits::booking::bringing::{BringReason, BringState, Brought},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::super::super::{
    api::{Done, public},
    staff,
};
use crate::{error::WireError, request, routes, visits::failed};

pub(super) const ANSWER: &str = "/api/staff/visits/bringing/answer";

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AnswerPost {
    public: String,
    answer: String,
    reason: String,
}

/// Its own page says what came of it.
#[server(endpoint = "staff/visits/bringing/answer")]
pub async fn answer_bring(#[server(flatten)] form: AnswerPost) -> Done {
    let desk = staff::desk().ok_or_else(|| WireError::Hidden.answered())?;
    let of: Public<Brought> = public(&form.public)?;
    let page = routes::staff_visit_bring(&of);
    let how = match (form.answer.as_str(), BringReason::parse(&form.reason)) {
        ("yes", _) => BringState::Approved,
        (_, Some(why)) => BringState::Rejected(why),
        (_, None) => {
            request::redirect(&format!("{page}?refused=choose"));
            return Ok(());
        }
    };
    let said = match bringing::answer(&desk.ctx, &desk.who, &of, how).await.map_err(failed)? {
        None => return Err(WireError::Hidden.answered()),
        Some(Answered::Saved | Answered::Before) => "?done=answered",
        Some(Answered::Over) => "?refused=over",
    };
    request::redirect(&format!("{page}{said}"));
    Ok(())
}
