//! The posts of the waiting list.

use backend::{
    Error,
    form_try::{self, FormTry},
    visits::booking::waiting::{self, Accepted},
};
use domain::{
    kernel::Public,
    visits::booking::waiting::{Offered, Wait, WaitForm},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::super::told::{self, Told};
use crate::{
    error::WireError,
    forms::Row,
    request, routes,
    visits::{Here, failed, here},
};

/// The names each form here sends.
pub const FORMS: &[Row] = &[
    (WAIT, &["from_day", "from_month", "from_year", "to_day", "to_month", "to_year", "suits"]),
    ("visits/waits/end", &["public"]),
    (ACCEPT, &["public"]),
    ("visits/offers/decline", &["public"]),
    ("visits/offers/leave", &["public"]),
];

pub(super) const WAIT: &str = "visits/book/wait";
pub(super) const ACCEPT: &str = "visits/offers/accept";
pub(super) const END: &str = "/api/visits/waits/end";
pub(super) const DECLINE: &str = "/api/visits/offers/decline";
pub(super) const LEAVE: &str = "/api/visits/offers/leave";

/// What one posts to.
pub(super) fn action(endpoint: &str) -> String {
    format!("/api/{endpoint}")
}

type Done = Result<(), WireError>;

fn signed_in() -> Result<Here, WireError> {
    here().ok_or_else(|| WireError::Hidden.answered())
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PublicPost {
    public: String,
}

impl PublicPost {
    fn public<T>(&self) -> Result<Public<T>, WireError> {
        Public::parse(&self.public).ok_or_else(|| WireError::Malformed.answered())
    }
}

/// As typed.
fn typed(form: &WaitForm) -> FormTry {
    FormTry::new([
        ("from_day", form.from_day.clone()),
        ("from_month", form.from_month.clone()),
        ("from_year", form.from_year.clone()),
        ("to_day", form.to_day.clone()),
        ("to_month", form.to_month.clone()),
        ("to_year", form.to_year.clone()),
        ("suits", form.suits.clone()),
    ])
}

#[server(endpoint = "visits/book/wait")]
pub async fn put_on_list(#[server(flatten)] form: WaitForm) -> Done {
    let here = signed_in()?;
    let period = match form.parse(here.page.now.date()) {
        Ok(period) => period,
        Err(errors) => {
            let kept = typed(&form).with(errors.iter().map(|e| (e.field, e.code)));
            let key = form_try::keep(&here.ctx, &here.actor(), WAIT, &kept).await.map_err(failed)?;
            request::redirect(&routes::with_try(routes::BOOK_WAIT, &key));
            return Ok(());
        }
    };
    // Who comes is asked first.
    request::redirect(&match waiting::put(&here.ctx, &here.who, period).await.map_err(failed)? {
        Some(put) if put.replaced => format!("{}?done=replaced", routes::wait(&put.public)),
        Some(put) => format!("{}?done=waiting", routes::wait(&put.public)),
        None => routes::BOOK.to_owned(),
    });
    Ok(())
}

/// The wait's own page says what came of it; one that is not hers is not found there.
#[server(endpoint = "visits/waits/end")]
pub async fn end_wait(#[server(flatten)] form: PublicPost) -> Done {
    let here = signed_in()?;
    let public: Public<Wait> = form.public()?;
    let _ = waiting::take_back(&here.ctx, &here.who, public.clone()).await.map_err(failed)?;
    request::redirect(&routes::wait(&public));
    Ok(())
}

/// Yes: the receipt is the one of any booking. What stands in the way is told on the offer's page.
#[server(endpoint = "visits/offers/accept")]
pub async fn accept_offer(#[server(flatten)] form: PublicPost) -> Done {
    let here = signed_in()?;
    let public: Public<Offered> = form.public()?;
    let page = routes::offer(&public);
    let told = match waiting::accept(&here.ctx, &here.who, public).await {
        Ok(Some(Accepted::Booked(booking))) => {
            request::redirect(&format!("{}?done=booked", routes::booking(&booking)));
            return Ok(());
        }
        Ok(Some(Accepted::Asked(request))) => {
            request::redirect(&format!("{}?done=sent", routes::visit_request(&request)));
            return Ok(());
        }
        Ok(Some(Accepted::Refused(refusals))) => refusals.into_iter().map(Told::from).collect(),
        Ok(Some(Accepted::Over) | None) => {
            request::redirect(&page);
            return Ok(());
        }
        Err(Error::Busy) => vec![Told::Busy],
        Err(error) => return Err(failed(error)),
    };
    let key = told::keep(&here, ACCEPT, told, &[]).await.map_err(failed)?;
    request::redirect(&routes::with_try(&page, &key));
    Ok(())
}

/// No to this one, and she goes on waiting.
#[server(endpoint = "visits/offers/decline")]
pub async fn decline_offer(#[server(flatten)] form: PublicPost) -> Done {
    said_no(&form, true).await
}

/// No, and she waits no longer.
#[server(endpoint = "visits/offers/leave")]
pub async fn leave_list(#[server(flatten)] form: PublicPost) -> Done {
    said_no(&form, false).await
}

async fn said_no(form: &PublicPost, stays: bool) -> Done {
    let here = signed_in()?;
    let public: Public<Offered> = form.public()?;
    let page = routes::offer(&public);
    let seen = waiting::offer(&here.ctx, &here.who, &public).await.map_err(failed)?;
    let said = waiting::decline(&here.ctx, &here.who, public, stays).await.map_err(failed)?;
    request::redirect(&match (said, seen) {
        (Some(true), Some(offer)) => format!("{}?done=declined", routes::wait(&offer.of.wait.public)),
        _ => page,
    });
    Ok(())
}
