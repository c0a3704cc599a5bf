//! The one post: the room she saw on the page before. Who is no client of hers is not there.

use backend::{Error, custody::inmates::Inmate, visits::booking::counsel};
use domain::{kernel::Public, visits::booking::VisitSession};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::super::told::{self, Told};
use crate::{
    error::WireError,
    forms::Row,
    request, routes,
    visits::{Here, failed, here},
};

pub(super) const BOOK: &str = "my/clients/rooms/book";

/// The names that the form sends.
pub const FORMS: &[Row] = &[(BOOK, &["inmate", "session", "key"])];

type Done = Result<(), WireError>;

fn hidden() -> WireError {
    WireError::Hidden.answered()
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RoomPost {
    inmate: String,
    session: String,
    key: String,
}

#[server(endpoint = "my/clients/rooms/book")]
pub async fn book_room(#[server(flatten)] form: RoomPost) -> Done {
    let here = here().ok_or_else(hidden)?;
    let inmate: Public<Inmate> = Public::parse(&form.inmate).ok_or_else(hidden)?;
    let session: Public<VisitSession> = Public::parse(&form.session).ok_or_else(hidden)?;
    let key = Public::parse(&form.key).ok_or_else(hidden)?;
    let told = match counsel::book(&here.ctx, &here.who, &inmate, &session, &key).await {
        Ok(None) => return Err(hidden()),
        Ok(Some(Ok(booking))) => {
            request::redirect(&format!("{}?done=booked", routes::booking(&booking)));
            return Ok(());
        }
        Ok(Some(Err(refusals))) => refusals.into_iter().map(Told::from).collect(),
        Err(Error::Busy) => vec![Told::Busy],
        Err(error) => return Err(failed(error)),
    };
    again(&here, &inmate, told).await
}

/// Back to the free times, with why this one was not booked.
async fn again(here: &Here, inmate: &Public<Inmate>, told: Vec<Told>) -> Done {
    let key = told::keep(here, BOOK, told, &[]).await.map_err(failed)?;
    request::redirect(&routes::with_try(&routes::my_client_rooms(inmate), &key));
    Ok(())
}
