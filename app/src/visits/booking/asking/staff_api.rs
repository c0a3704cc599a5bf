//! The unit's answer.

use backend::visits::booking::request::{self as asking, Answered};
use domain::{
    kernel::Public,
    visits::booking::request::{VisitRequest, rejection},
};
use leptos::prelude::*;

use super::{
    super::{
        api::{Done, public},
        staff,
    },
    api::RequestPost,
};
use crate::{error::WireError, request, routes, visits::failed};

pub(super) const APPROVE: &str = "/api/staff/visits/requests/approve";
pub(super) const REJECT: &str = "/api/staff/visits/requests/reject";

/// The request's own page says what became of it, and what stands in the way of a yes.
fn lead(of: &Public<VisitRequest>, answered: Option<Answered>) -> Done {
    let said = match answered {
        None => return Err(WireError::Hidden.answered()),
        Some(Answered::Booked(_)) => "?done=approved",
        Some(Answered::Rejected) => "?done=rejected",
        Some(Answered::Hindered(_)) => "?refused=hindered",
        Some(Answered::Over) => "?refused=over",
        Some(Answered::Own) => "?refused=own",
    };
    request::redirect(&format!("{}{said}", routes::staff_visit_request(of)));
    Ok(())
}

#[server(endpoint = "staff/visits/requests/approve")]
pub async fn approve_request(#[server(flatten)] form: RequestPost) -> Done {
    let desk = staff::desk().ok_or_else(|| WireError::Hidden.answered())?;
    let of: Public<VisitRequest> = public(&form.public)?;
    let answered = asking::approve(&desk.ctx, &desk.who, &of).await.map_err(failed)?;
    lead(&of, answered)
}

#[server(endpoint = "staff/visits/requests/reject")]
pub async fn reject_request(#[server(flatten)] form: RequestPost) -> Done {
    let desk = staff::desk().ok_or_else(|| WireError::Hidden.answered())?;
    let of: Public<VisitRequest> = public(&form.public)?;
    let considered = !form.considered.is_empty();
    let reason = match rejection(&form.reason, considered) {
        Ok(reason) => reason,
        Err(wrong) => {
            request::redirect(&format!("{}?refused={wrong}", routes::staff_visit_request(&of)));
            return Ok(());
        }
    };
    let answered = asking::reject(&desk.ctx, &desk.who, &of, (reason, considered)).await.map_err(failed)?;
    lead(&of, answered)
}
