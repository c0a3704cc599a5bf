//! The posts: whoever booked asks somebody, or takes it back; a guest types a code, says yes or no, and can take a yes back.

use backend::{
    Error,
    form_try::{self, FormTry},
    visits::booking::joining::{self, Answered, FormKey, Invitation},
};
use domain::{
    kernel::Public,
    visits::booking::{Booking, joining::JoinRefusal},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    error::WireError,
    forms::Row,
    request, routes,
    visits::{Here, failed, here},
};

/// The names each form here sends.
pub const FORMS: &[Row] = &[
    ("visits/bookings/ask", &["public", "key"]),
    ("visits/bookings/unask", &["public", "booking"]),
    (CODE, &["code"]),
    ("visits/join/answer", &["public", "answer"]),
    ("visits/join/leave", &["public"]),
];

/// The name the form of a code is kept under.
pub(super) const CODE: &str = "visits/join/code";
pub(super) const ASK: &str = "/api/visits/bookings/ask";
pub(super) const UNASK: &str = "/api/visits/bookings/unask";
pub(super) const ANSWER: &str = "/api/visits/join/answer";
pub(super) const LEAVE: &str = "/api/visits/join/leave";

type Done = Result<(), WireError>;

fn signed_in() -> Result<Here, WireError> {
    here().ok_or_else(|| WireError::Hidden.answered())
}

fn parsed<T>(text: &str) -> Result<Public<T>, WireError> {
    Public::parse(text).ok_or_else(|| WireError::Malformed.answered())
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AskPost {
    public: String,
    key: String,
}

/// Whatever came of it, the page of the others says so.
#[server(endpoint = "visits/bookings/ask")]
pub async fn ask_adult(#[server(flatten)] form: AskPost) -> Done {
    let here = signed_in()?;
    let (booking, key): (Public<Booking>, FormKey) = (parsed(&form.public)?, parsed(&form.key)?);
    let asked = joining::ask(&here.ctx, &here.who, booking.clone(), key).await.map_err(failed)?;
    back_to_others(&booking, asked.err(), "asked");
    Ok(())
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct UnaskPost {
    public: String,
    booking: String,
}

#[server(endpoint = "visits/bookings/unask")]
pub async fn unask_adult(#[server(flatten)] form: UnaskPost) -> Done {
    let here = signed_in()?;
    let (booking, invitation): (Public<Booking>, Public<Invitation>) =
        (parsed(&form.booking)?, parsed(&form.public)?);
    let ended = joining::take_back(&here.ctx, &here.who, invitation).await.map_err(failed)?;
    back_to_others(&booking, ended.err(), "taken_back");
    Ok(())
}

/// A visit that is not hers is not found there.
fn back_to_others(booking: &Public<Booking>, refused: Option<JoinRefusal>, done: &str) {
    let page = routes::booking_others(booking);
    request::redirect(&match refused {
        None => format!("{page}?done={done}"),
        Some(refusal) => format!("{page}?refused={}", refusal.code()),
    });
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CodePost {
    code: String,
}

/// A wrong code, a used one, one that is too late and one for a visit that is nothing to whoever types it are answered alike.
#[server(endpoint = "visits/join/code")]
pub async fn type_join_code(#[server(flatten)] form: CodePost) -> Done {
    let here = signed_in()?;
    match joining::open(&here.ctx, &here.who, &form.code).await.map_err(failed)? {
        Ok(invitation) => request::redirect(&routes::join(&invitation)),
        Err(refusal) => {
            let code = if form.code.trim().is_empty() { "empty" } else { refusal.code() };
            let kept = FormTry::new([("code", form.code)]).with([("code", code)]);
            let key = form_try::keep(&here.ctx, &here.actor(), CODE, &kept).await.map_err(failed)?;
            request::redirect(&routes::with_try(routes::JOIN, &key));
        }
    }
    Ok(())
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AnswerPost {
    public: String,
    answer: String,
}

/// The page of the visit tells what stands in the way: it judges by the same rules.
#[server(endpoint = "visits/join/answer")]
pub async fn answer_join(#[server(flatten)] form: AnswerPost) -> Done {
    let here = signed_in()?;
    let invitation: Public<Invitation> = parsed(&form.public)?;
    let yes = match form.answer.as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(WireError::Malformed.answered()),
    };
    let page = routes::join(&invitation);
    request::redirect(&match joining::answer(&here.ctx, &here.who, invitation, yes).await {
        Ok(Some(Answered::Done)) => format!("{page}?done={}", if yes { "coming" } else { "declined" }),
        Ok(Some(Answered::Refused(_) | Answered::Over) | None) => page,
        Err(Error::Busy) => format!("{page}?done=busy"),
        Err(error) => return Err(failed(error)),
    });
    Ok(())
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LeavePost {
    public: String,
}

#[server(endpoint = "visits/join/leave")]
pub async fn leave_visit(#[server(flatten)] form: LeavePost) -> Done {
    let here = signed_in()?;
    let invitation: Public<Invitation> = parsed(&form.public)?;
    let page = routes::join(&invitation);
    let left = joining::leave(&here.ctx, &here.who, invitation).await.map_err(failed)?;
    request::redirect(&if left == Some(true) { format!("{page}?done=left") } else { page });
    Ok(())
}
