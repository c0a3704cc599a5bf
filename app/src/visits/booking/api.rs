//! The posts of booking. Each parses, carries out and leads on; what is refused is kept sealed and told on the same
//! page, everything else still chosen.

use backend::{
    Error,
    visits::booking::{self, Inmate, Target},
};
use domain::{
    access::Person,
    kernel::{CivilDate, Public},
    visits::booking::{Booking, CancelRefusal, Hold, VisitSession},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::told::{self, Told};
use crate::{
    error::WireError,
    forms::Row,
    request, routes,
    visits::{Here, failed, here},
};

/// The names each form here sends.
pub const FORMS: &[Row] = &[
    (WHO, &["inmate", "people[]"]),
    (WHEN, &["session", "from"]),
    (EXTEND, &["hold"]),
    (CONFIRM, &["hold"]),
    ("visits/book/discard", &["hold"]),
    ("visits/book/anew", &[]),
    (super::feed::OPEN, &["key"]),
    (super::feed::CLOSE, &[]),
    ("visits/bookings/change", &["public", "version"]),
    ("visits/bookings/cancel", &["public", "version"]),
    ("staff/bookings/cancel", &["public", "version", "reason"]),
    ("staff/bookings/rung", &["public"]),
    ("staff/bookings/settle", &["public", "version", "why"]),
];

pub(super) const WHO: &str = "visits/book/who";
pub(super) const WHEN: &str = "visits/book/when";
pub(super) const EXTEND: &str = "visits/book/extend";
pub(super) const CONFIRM: &str = "visits/book/confirm";
pub(super) const DISCARD: &str = "/api/visits/book/discard";
pub(super) const ANEW: &str = "/api/visits/book/anew";
pub(super) const CHANGE: &str = "/api/visits/bookings/change";
pub(super) const CANCEL: &str = "/api/visits/bookings/cancel";
pub(super) const STAFF_SETTLE: &str = "/api/staff/bookings/settle";
pub(super) const STAFF_RUNG: &str = "/api/staff/bookings/rung";
pub(super) const STAFF_CANCEL: &str = "/api/staff/bookings/cancel";

/// What one posts to.
pub(super) fn action(endpoint: &str) -> String {
    format!("/api/{endpoint}")
}

pub(super) type Done = Result<(), WireError>;

/// The identify layer has turned everybody else away already; this is the second look.
fn signed_in() -> Result<Here, WireError> {
    here().ok_or_else(|| WireError::Hidden.answered())
}

/// A public id that one of our pages could have sent.
pub(super) fn public<T>(text: &str) -> Result<Public<T>, WireError> {
    Public::parse(text).ok_or_else(|| WireError::Malformed.answered())
}

/// Whom, and who comes along.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WhoPost {
    inmate: String,
    people: Vec<String>,
}

#[server(endpoint = "visits/book/who")]
pub async fn choose_party(#[server(flatten)] form: WhoPost) -> Done {
    let here = signed_in()?;
    let inmate: Public<Inmate> = public(&form.inmate)?;
    let people: Vec<Public<Person>> = form.people.iter().map(|p| public(p)).collect::<Result<_, _>>()?;
    let page = format!("{}?inmate={inmate}", routes::BOOK);
    match booking::choose_party(&here.ctx, &here.who, inmate, people).await.map_err(failed)? {
        Ok(()) => request::redirect(&routes::book("when")),
        Err(refusals) => {
            let chosen = [("people", form.people.join(" "))];
            let told = refusals.into_iter().map(Told::from).collect();
            let key = told::keep(&here, WHO, told, &chosen).await.map_err(failed)?;
            request::redirect(&format!("{page}&try={key}"));
        }
    }
    Ok(())
}

/// The time, and the week the page began with.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WhenPost {
    session: String,
    from: String,
}

#[server(endpoint = "visits/book/when")]
pub async fn hold_time(#[server(flatten)] form: WhenPost) -> Done {
    let here = signed_in()?;
    let told = if form.session.is_empty() {
        vec![Told::ChooseTime]
    } else {
        hold(&here, public(&form.session)?).await?
    };
    if told.is_empty() {
        request::redirect(&routes::book("check"));
        return Ok(());
    }
    let key = told::keep(&here, WHEN, told, &[("session", form.session)]).await.map_err(failed)?;
    let week = CivilDate::parse_iso(&form.from).map(|d| format!("&from={}", d.iso())).unwrap_or_default();
    request::redirect(&format!("{}?try={key}{week}", routes::book("when")));
    Ok(())
}

/// What stands in the way. So many at once that the database gave up is told as just that.
async fn hold(here: &Here, session: Public<VisitSession>) -> Result<Vec<Told>, WireError> {
    match booking::hold(&here.ctx, &here.who, session).await {
        Ok(Ok(())) => Ok(vec![]),
        Ok(Err(refusals)) => Ok(refusals.into_iter().map(Told::from).collect()),
        Err(Error::Busy) => Ok(vec![Told::Busy]),
        Err(error) => Err(failed(error)),
    }
}

/// The hold that the page showed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct HoldPost {
    hold: String,
}

#[server(endpoint = "visits/book/extend")]
pub async fn extend_hold(#[server(flatten)] form: HoldPost) -> Done {
    let here = signed_in()?;
    match booking::extend_hold(&here.ctx, &here.who, public(&form.hold)?).await.map_err(failed)? {
        Ok(()) => request::redirect(&routes::book("check")),
        Err(refusal) => again(&here, EXTEND, vec![refusal.into()]).await?,
    }
    Ok(())
}

#[server(endpoint = "visits/book/confirm")]
pub async fn confirm_booking(#[server(flatten)] form: HoldPost) -> Done {
    let here = signed_in()?;
    match booking::confirm(&here.ctx, &here.who, public(&form.hold)?).await {
        Ok(Ok(booking)) => request::redirect(&format!("{}?done=booked", routes::booking(&booking))),
        Ok(Err(refusals)) => again(&here, CONFIRM, refusals.into_iter().map(Told::from).collect()).await?,
        Err(Error::Busy) => again(&here, CONFIRM, vec![Told::Busy]).await?,
        Err(error) => return Err(failed(error)),
    }
    Ok(())
}

/// Back to the last question with all that refuses it.
async fn again(here: &Here, form: &'static str, told: Vec<Told>) -> Done {
    let key = told::keep(here, form, told, &[]).await.map_err(failed)?;
    request::redirect(&routes::with_try(&routes::book("check"), &key));
    Ok(())
}

/// She books nothing; what was held is free at once. A visit that was to be changed stays as it is.
#[server(endpoint = "visits/book/discard")]
pub async fn discard_booking(#[server(flatten)] form: HoldPost) -> Done {
    let here = signed_in()?;
    let hold: Public<Hold> = public(&form.hold)?;
    let draft = booking::draft(&here.ctx, &here.who).await.map_err(failed)?;
    let kept = draft.and_then(|draft| draft.changes).map(|old| routes::booking(&old.public));
    match booking::discard(&here.ctx, &here.who, Some(hold)).await.map_err(failed)? {
        Ok(()) => request::redirect(kept.as_deref().unwrap_or(routes::VISITS)),
        Err(refusal) => again(&here, EXTEND, vec![refusal.into()]).await?,
    }
    Ok(())
}

/// Another visit, and no change of the one she has.
#[server(endpoint = "visits/book/anew")]
pub async fn book_anew() -> Done {
    let here = signed_in()?;
    // Without a hold that a page showed nothing is refused.
    let _ = booking::discard(&here.ctx, &here.who, None).await.map_err(failed)?;
    request::redirect(routes::BOOK);
    Ok(())
}

/// Begins to change a visit; the steps are those of booking, its people and its time chosen beforehand.
#[server(endpoint = "visits/bookings/change")]
pub async fn change_visit(#[server(flatten)] form: CancelPost) -> Done {
    let here = signed_in()?;
    let target = form.target()?;
    let page = routes::booking(&target.public);
    let outcome = booking::begin_change(&here.ctx, &here.who, target).await.map_err(failed)?;
    request::redirect(&match outcome {
        Some(Ok(())) => routes::book("when"),
        Some(Err(refusal)) => format!("{page}?refused={}", refusal.code()),
        None => page,
    });
    Ok(())
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CancelPost {
    pub(super) public: String,
    pub(super) version: String,
    pub(super) reason: String,
}

impl CancelPost {
    pub(super) fn target(&self) -> Result<Target, WireError> {
        let version = self.version.parse().map_err(|_| WireError::Malformed.answered())?;
        Ok(Target { public: public::<Booking>(&self.public)?, version })
    }
}

/// Whatever came of it, the visit's own page says so; one that is not hers is not found there.
#[server(endpoint = "visits/bookings/cancel")]
pub async fn cancel_visit(#[server(flatten)] form: CancelPost) -> Done {
    let here = signed_in()?;
    let target = form.target()?;
    let page = routes::booking(&target.public);
    let outcome = booking::cancel(&here.ctx, &here.who, target).await.map_err(failed)?;
    request::redirect(&match outcome {
        None | Some(Ok(())) => page,
        Some(Err(refusal)) => format!("{page}?refused={}", refusal.code()),
    });
    Ok(())
}

/// The refusal behind the code in an address; any other word says nothing.
pub(super) fn refused(code: Option<String>) -> Option<CancelRefusal> {
    let all = [CancelRefusal::TooLate, CancelRefusal::Already, CancelRefusal::Stale];
    let code = code?;
    all.into_iter().find(|r| r.code() == code)
}
