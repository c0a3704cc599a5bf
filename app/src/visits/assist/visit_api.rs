//! The posts of booking for somebody: who comes, a time, another time, and that she does not come.

use backend::{
    Error,
    form_try::FormTry,
    visits::{
        assisted::{self, Taken},
        booking::{Inmate, Target},
    },
};
use domain::{
    access::Person,
    kernel::Public,
    visits::booking::{Booking, VisitSession},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    api::{TAKE, WHO},
    parts::{Answer, hidden, posting},
};
use crate::{
    error::WireError,
    request, routes,
    visits::{booking, failed},
};

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WhoPost {
    contact: String,
    inmate: String,
    people: Vec<String>,
}

#[server(endpoint = "staff/assist/who")]
pub async fn choose_who(#[server(flatten)] form: WhoPost) -> Answer {
    let desk = posting()?;
    let contact = desk.contact(&form.contact).await?;
    let inmate: Public<Inmate> = Public::parse(&form.inmate).ok_or_else(hidden)?;
    let people = form.people.iter().map(|id| Public::<Person>::parse(id).ok_or_else(hidden));
    let people = people.collect::<Result<Vec<_>, _>>()?;
    let chosen = assisted::choose_party(&desk.ctx, &contact, inmate.clone(), people).await.map_err(failed)?;
    match chosen.ok_or_else(hidden)? {
        Ok(()) => request::redirect(&routes::staff_assist_to(&contact.public, "when")),
        Err(refusals) => {
            let kept = booking::refused(refusals, ("people", form.people.join(" ")));
            let page = format!("{}?inmate={inmate}", routes::staff_assist_to(&contact.public, "book"));
            return desk.back(WHO, &page, &kept).await;
        }
    }
    Ok(())
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TakePost {
    contact: String,
    session: String,
}

#[server(endpoint = "staff/assist/take")]
pub async fn take_time(#[server(flatten)] form: TakePost) -> Answer {
    let desk = posting()?;
    let contact = desk.contact(&form.contact).await?;
    let page = routes::staff_assist_to(&contact.public, "when");
    if form.session.is_empty() {
        return desk.back(TAKE, &page, &booking::nothing_chosen()).await;
    }
    let session: Public<VisitSession> = Public::parse(&form.session).ok_or_else(hidden)?;
    let chosen = ("session", form.session);
    let kept: FormTry = match assisted::take(&desk.ctx, &contact, session).await {
        Ok(None) => return Err(hidden()),
        Ok(Some(Ok(taken))) => {
            let done = if matches!(taken, Taken::Asked(_)) { "asked" } else { "booked" };
            request::redirect(&format!("{}?done={done}", routes::staff_assist(&contact.public)));
            return Ok(());
        }
        Ok(Some(Err(refusals))) => booking::refused(refusals, chosen),
        Err(Error::Busy) => booking::busy(chosen),
        Err(error) => return Err(failed(error)),
    };
    desk.back(TAKE, &page, &kept).await
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ChangePost {
    contact: String,
    public: String,
}

/// Begins to move a visit; it stays as it is until a new time is taken.
#[server(endpoint = "staff/assist/change")]
pub async fn change_for(#[server(flatten)] form: ChangePost) -> Answer {
    let desk = posting()?;
    let contact = desk.contact(&form.contact).await?;
    let public: Public<Booking> = Public::parse(&form.public).ok_or_else(hidden)?;
    let visit = assisted::visit(&desk.ctx, &contact, &public).await.map_err(failed)?.ok_or_else(hidden)?;
    let target = Target { public, version: visit.version };
    let begun = assisted::begin_change(&desk.ctx, &contact, target).await.map_err(failed)?;
    let page = match begun.ok_or_else(hidden)? {
        Ok(()) => routes::staff_assist_to(&contact.public, "when"),
        Err(_) => format!("{}?done=moved_on", routes::staff_assist(&contact.public)),
    };
    request::redirect(&page);
    Ok(())
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CancelPost {
    contact: String,
    public: String,
    version: String,
}

#[server(endpoint = "staff/assist/cancel")]
pub async fn cancel_for(#[server(flatten)] form: CancelPost) -> Answer {
    let desk = posting()?;
    let contact = desk.contact(&form.contact).await?;
    let public: Public<Booking> = Public::parse(&form.public).ok_or_else(hidden)?;
    let version = form.version.parse().map_err(|_| WireError::Malformed.answered())?;
    let target = Target { public, version };
    let done =
        match assisted::cancel(&desk.ctx, &contact, target).await.map_err(failed)?.ok_or_else(hidden)? {
            Ok(()) => "cancelled",
            Err(_) => "moved_on",
        };
    request::redirect(&format!("{}?done={done}", routes::staff_assist(&contact.public)));
    Ok(())
}
