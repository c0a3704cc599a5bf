//! Her posts, and a delegate's: asking for one more, and taking one back. Which visit is not hers is not there.

use backend::{
    form_try::{self, FormTry},
    identity::delegates::{Acting, DelegationMark},
    visits::booking::counsel::bringing::{self, Unasked},
};
use domain::{
    kernel::Public,
    visits::booking::{
        Booking,
        bringing::{BringForm, Brought},
    },
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::super::api::{hidden, left};
use crate::{
    error::WireError,
    forms::Row,
    request, routes,
    visits::{Here, failed, here},
};

pub(super) const ASK: &str = "visits/bookings/bring";
pub(super) const WITHDRAW: &str = "visits/bookings/bring/withdraw";

/// The names that each form sends.
pub const FORMS: &[Row] = &[
    (ASK, &["booking", "delegation", "key", "what", "detail"]),
    (WITHDRAW, &["booking", "delegation", "public"]),
    ("staff/visits/bringing/answer", &["public", "answer", "reason"]),
];

type Done = Result<(), WireError>;

/// `delegation` is empty for a lawyer herself.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct BringPost {
    booking: String,
    delegation: String,
    key: String,
    public: String,
    what: String,
    detail: String,
}

/// Whose, under what, and of which visit.
struct Side {
    here: Here,
    under: Option<Public<DelegationMark>>,
    booking: Public<Booking>,
}

impl Side {
    fn of(form: &BringPost) -> Result<Self, WireError> {
        let here = here().ok_or_else(hidden)?;
        let booking = Public::parse(&form.booking).ok_or_else(hidden)?;
        Ok(Self { here, under: left(&form.delegation)?, booking })
    }

    fn acting(&self) -> Acting {
        let who = &self.here.who;
        self.under.clone().map_or_else(|| Acting::from(who), |under| Acting::under(who, under))
    }

    fn path(&self) -> String {
        match &self.under {
            Some(under) => routes::my_lawyer_bring(under, &self.booking),
            None => routes::booking_bring(&self.booking),
        }
    }
}

#[server(endpoint = "visits/bookings/bring")]
pub async fn ask_to_bring(#[server(flatten)] form: BringPost) -> Done {
    let side = Side::of(&form)?;
    let key: Public<Brought> = Public::parse(&form.key).ok_or_else(hidden)?;
    let typed = BringForm { what: form.what.clone(), detail: form.detail.clone() };
    let asked = bringing::ask(&side.here.ctx, &side.acting(), &side.booking, &key, &typed).await;
    let kept = FormTry::new([("what", form.what), ("detail", form.detail)]);
    let kept = match asked.map_err(failed)?.ok_or_else(hidden)? {
        Ok(()) => {
            request::redirect(&format!("{}?done=asked", side.path()));
            return Ok(());
        }
        // The page leads on to the visit, which says that it has begun or was called off.
        Err(Unasked::Over) => {
            request::redirect(&side.path());
            return Ok(());
        }
        Err(Unasked::Form(errors)) => kept.with(errors.iter().map(|e| (e.field, e.code))),
        Err(Unasked::Many { most }) => kept.with([("many", most.to_string().as_str())]),
    };
    let here = &side.here;
    let key = form_try::keep(&here.ctx, &here.actor(), ASK, &kept).await.map_err(failed)?;
    request::redirect(&routes::with_try(&side.path(), &key));
    Ok(())
}

#[server(endpoint = "visits/bookings/bring/withdraw")]
pub async fn withdraw_bring(#[server(flatten)] form: BringPost) -> Done {
    let side = Side::of(&form)?;
    let public: Public<Brought> = Public::parse(&form.public).ok_or_else(hidden)?;
    let done = bringing::withdraw(&side.here.ctx, &side.acting(), &side.booking, &public).await;
    let said = if done.map_err(failed)?.ok_or_else(hidden)? { "?done=withdrawn" } else { "" };
    request::redirect(&format!("{}{said}", side.path()));
    Ok(())
}
