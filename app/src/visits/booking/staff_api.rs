//! What staff do to a booked visit: cancel it, let it stand although something was found, note that somebody was rung.

use backend::visits::booking;
use domain::visits::booking::{Booking, Settled, StaffReason};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    api::{CancelPost, Done, public},
    staff,
};
use crate::{error::WireError, request, routes, visits::failed};

#[server(endpoint = "staff/bookings/cancel")]
pub async fn cancel_for_unit(#[server(flatten)] form: CancelPost) -> Done {
    let desk = staff::desk().ok_or_else(|| WireError::Hidden.answered())?;
    let target = form.target()?;
    let page = routes::staff_cancel(&target.public);
    let Some(reason) = StaffReason::of_cancelling().find(|one| one.code() == form.reason) else {
        request::redirect(&format!("{page}?refused=choose"));
        return Ok(());
    };
    let after = staff::after_cancelling(&desk, &target.public).await.map_err(failed)?;
    let outcome = booking::cancel_by_unit(&desk.ctx, &desk.who, target, reason).await.map_err(failed)?;
    match (outcome, after) {
        (Some(Ok(())), Some(after)) => request::redirect(&after),
        (Some(Err(refusal)), _) => request::redirect(&format!("{page}?refused={}", refusal.code())),
        _ => request::redirect(&page),
    }
    Ok(())
}

/// Which booking.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RungPost {
    public: String,
}

/// She was told. Whoever was first, the day says what became of it.
#[server(endpoint = "staff/bookings/rung")]
pub async fn rung(#[server(flatten)] form: RungPost) -> Done {
    let desk = staff::desk().ok_or_else(|| WireError::Hidden.answered())?;
    let public = public::<Booking>(&form.public)?;
    match booking::rung(&desk.ctx, &desk.who, &public).await.map_err(failed)? {
        None => return Err(WireError::Hidden.answered()),
        Some(_) => request::redirect(&staff::day_of(&desk, &public, "rung").await.map_err(failed)?),
    }
    Ok(())
}

/// Which booking as she saw it, and why it stands.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SettlePost {
    public: String,
    version: String,
    why: String,
}

#[server(endpoint = "staff/bookings/settle")]
pub async fn settle_visit(#[server(flatten)] form: SettlePost) -> Done {
    let desk = staff::desk().ok_or_else(|| WireError::Hidden.answered())?;
    let target = CancelPost { public: form.public, version: form.version, reason: String::new() }.target()?;
    let page = routes::staff_cancel(&target.public);
    let Some(why) = Settled::parse(&form.why) else {
        request::redirect(&format!("{page}?refused=settle"));
        return Ok(());
    };
    let public = target.public.clone();
    match booking::settle(&desk.ctx, &desk.who, target, why).await.map_err(failed)? {
        None => return Err(WireError::Hidden.answered()),
        Some(true) => request::redirect(&staff::day_of(&desk, &public, "settled").await.map_err(failed)?),
        Some(false) => request::redirect(&format!("{page}?refused=booking_stale")),
    }
    Ok(())
}
