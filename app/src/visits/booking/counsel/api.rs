//! The posts: the room she saw on the page before, by herself or a delegate of hers; and taking it back, by him. Who is no client of
//! hers, or not for him, is not there.

use backend::{
    Error,
    custody::inmates::Inmate,
    identity::delegates::{Acting, DelegationMark, Right},
    visits::booking::{
        Target,
        counsel::{self, RoomKey, Wish},
    },
};
use domain::{
    kernel::Public,
    visits::{
        booking::{Booking, VisitSession},
        organisations::{Organisation, OrganisationPerson},
    },
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    super::told::{self, Told},
    company,
    side::{room, rooms, with_instead},
};
use crate::{
    error::WireError,
    forms::Row,
    request, routes,
    visits::{Here, failed, here},
};

pub(super) const BOOK: &str = "my/clients/rooms/book";
pub(super) const CANCEL: &str = "my/lawyers/rooms/cancel";

/// The names that each form sends.
pub const FORMS: &[Row] = &[
    super::others::OTHERS,
    (BOOK, &["inmate", "session", "key", "delegation", "organisation", "instead", "with[]"]),
    (CANCEL, &["delegation", "public", "version"]),
];

type Done = Result<(), WireError>;

pub(super) fn hidden() -> WireError {
    WireError::Hidden.answered()
}

/// `delegation` and `organisation` are empty for a lawyer herself; `instead` for a new booking.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RoomPost {
    inmate: String,
    session: String,
    key: String,
    delegation: String,
    organisation: String,
    instead: String,
    with: Vec<String>,
}

impl RoomPost {
    fn right(&self) -> Result<Right, WireError> {
        Ok(match (left::<DelegationMark>(&self.delegation)?, left::<Organisation>(&self.organisation)?) {
            (None, None) => Right::Own,
            (Some(under), None) => Right::Delegated(under),
            (None, Some(of)) => Right::Organisation(of),
            (Some(_), Some(_)) => return Err(hidden()),
        })
    }
}

/// None: it is left empty. What is no id is not there.
pub(super) fn left<T>(id: &str) -> Result<Option<Public<T>>, WireError> {
    if id.is_empty() {
        return Ok(None);
    }
    Public::parse(id).map(Some).ok_or_else(hidden)
}

#[server(endpoint = "my/clients/rooms/book")]
pub async fn book_room(#[server(flatten)] form: RoomPost) -> Done {
    let here = here().ok_or_else(hidden)?;
    let inmate: Public<Inmate> = Public::parse(&form.inmate).ok_or_else(hidden)?;
    let session: Public<VisitSession> = Public::parse(&form.session).ok_or_else(hidden)?;
    let key = Public::parse(&form.key).ok_or_else(hidden)?;
    let (right, instead) = (form.right()?, left::<Booking>(&form.instead)?);
    let with: Result<Vec<Public<OrganisationPerson>>, WireError> =
        form.with.iter().map(|one| Public::parse(one).ok_or_else(hidden)).collect();
    let with = with?;
    let kept = form.with.join(" ");
    let again = Tried { right, inmate, session, instead, kept };
    let acting = Acting { who: here.who.clone(), right: again.right.clone() };
    let told = match counsel::book_under(&here.ctx, acting, again.wish(key, with)).await {
        Ok(None) => return Err(hidden()),
        Ok(Some(Ok(booking))) => {
            let page = match &again.right {
                Right::Delegated(under) => routes::my_lawyer_visit(under, &booking),
                Right::Own | Right::Organisation(_) => routes::booking(&booking),
            };
            request::redirect(&format!("{page}?done=booked"));
            return Ok(());
        }
        Ok(Some(Err(refusals))) => refusals.into_iter().map(Told::from).collect(),
        Err(Error::Busy) => vec![Told::Busy],
        Err(error) => return Err(failed(error)),
    };
    back(&here, again, told).await
}

/// By what right, whom, when, in place of what, and with whom.
struct Tried {
    right: Right,
    inmate: Public<Inmate>,
    session: Public<VisitSession>,
    instead: Option<Public<Booking>>,
    kept: String,
}

impl Tried {
    fn wish(&self, key: Public<RoomKey>, with: Vec<Public<OrganisationPerson>>) -> Wish {
        let (inmate, session, instead) = (self.inmate.clone(), self.session.clone(), self.instead.clone());
        Wish { inmate, session, key, instead, with }
    }
}

/// Back to the free times, with why this one was not booked; to the last question, if only the others cannot come.
async fn back(here: &Here, tried: Tried, told: Vec<Told>) -> Done {
    let Tried { right, inmate, session, instead, kept } = tried;
    let of_company = |told: &Told| matches!(told, Told::Refused(why) if company::is_of_company(why));
    let path = if told.iter().all(of_company) {
        with_instead(room(&right, &inmate, &session), instead.as_ref())
    } else {
        rooms(&right, &inmate, instead.as_ref())
    };
    let key = told::keep(here, BOOK, told, &[(company::KEPT, kept)]).await.map_err(failed)?;
    request::redirect(&routes::with_try(&path, &key));
    Ok(())
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CancelRoomPost {
    delegation: String,
    public: String,
    version: String,
}

/// Whatever came of it, the room's own page says so.
#[server(endpoint = "my/lawyers/rooms/cancel")]
pub async fn cancel_room(#[server(flatten)] form: CancelRoomPost) -> Done {
    let here = here().ok_or_else(hidden)?;
    let under: Public<DelegationMark> = Public::parse(&form.delegation).ok_or_else(hidden)?;
    let public: Public<Booking> = Public::parse(&form.public).ok_or_else(hidden)?;
    let version = form.version.parse().map_err(|_| hidden())?;
    let page = routes::my_lawyer_visit(&under, &public);
    let acting = Acting::under(&here.who, under);
    match counsel::cancel_under(&here.ctx, &acting, Target { public, version }).await.map_err(failed)? {
        None => return Err(hidden()),
        Some(Ok(())) => request::redirect(&page),
        Some(Err(refusal)) => request::redirect(&format!("{page}?refused={}", refusal.code())),
    }
    Ok(())
}
