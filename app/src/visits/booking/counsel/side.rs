//! Whose side a page of rooms is seen from: the lawyer's own, or a delegate's, whose address names the delegation before the client.

use backend::{
    Result,
    custody::inmates::Inmate,
    identity::delegates::{self, Acting, DelegationMark},
};
use domain::{
    kernel::{Locale, Public},
    visits::booking::{Booking, VisitSession},
};

use crate::{i18n::visits_counsel as t, request, routes, ui::Link, visits::Here};

/// What the address says, read before the page is made.
pub(super) struct Address {
    client: String,
    under: Option<String>,
}

impl Address {
    pub fn read() -> Self {
        let public = request::param("public").unwrap_or_default();
        match request::param("client") {
            Some(client) => Self { client, under: Some(public) },
            None => Self { client: public, under: None },
        }
    }

    /// None: there is no such address.
    pub async fn side(self, here: &Here) -> Result<Option<(Side, Public<Inmate>)>> {
        let Some(inmate) = Public::parse(&self.client) else { return Ok(None) };
        let side = match self.under {
            None => Some(Side::own(here)),
            Some(under) => match Public::parse(&under) {
                Some(under) => Side::under(here, under).await?,
                None => None,
            },
        };
        Ok(side.map(|side| (side, inmate)))
    }
}

pub(super) struct Side {
    pub acting: Acting,
    /// Who comes, if that is not who books.
    pub lawyer: Option<String>,
    /// The booking that the new one takes the place of.
    instead: Option<Public<Booking>>,
}

impl Side {
    fn own(here: &Here) -> Self {
        Self { acting: (&here.who).into(), lawyer: None, instead: instead(here) }
    }

    /// None: no delegation of his stands there.
    pub async fn under(here: &Here, under: Public<DelegationMark>) -> Result<Option<Self>> {
        let asked = delegates::his_one(&here.ctx, &here.who, &under).await?;
        Ok(asked.map(|asked| Self {
            acting: Acting::under(&here.who, under),
            lawyer: Some(asked.lawyer),
            instead: instead(here),
        }))
    }

    pub fn rooms(&self, inmate: &Public<Inmate>) -> String {
        rooms(self.acting.under.as_ref(), inmate, self.instead.as_ref())
    }

    pub fn room(&self, inmate: &Public<Inmate>, session: &Public<VisitSession>) -> String {
        let path = match &self.acting.under {
            Some(under) => routes::my_lawyer_room(under, inmate, session),
            None => routes::my_client_room(inmate, session),
        };
        with_instead(path, self.instead.as_ref())
    }

    pub fn back(&self, l: Locale) -> Link {
        match (&self.acting.under, &self.lawyer) {
            (Some(under), Some(lawyer)) => Link::new(routes::my_lawyer(under), t::back_lawyer(l, lawyer)),
            _ => Link::new(routes::MY_CLIENTS, t::back(l)),
        }
    }

    /// What its form sends beside the room: under which delegation, and in place of what.
    pub fn sent(&self) -> [String; 2] {
        let text = |id: Option<String>| id.unwrap_or_default();
        [
            text(self.acting.under.as_ref().map(ToString::to_string)),
            text(self.instead.as_ref().map(ToString::to_string)),
        ]
    }

    pub fn moves(&self) -> bool {
        self.instead.is_some()
    }
}

fn instead(here: &Here) -> Option<Public<Booking>> {
    here.page.query("instead").and_then(|public| Public::parse(&public))
}

/// The free rooms, seen from this side.
pub(in super::super) fn rooms(
    under: Option<&Public<DelegationMark>>,
    inmate: &Public<Inmate>,
    instead: Option<&Public<Booking>>,
) -> String {
    let path = match under {
        Some(under) => routes::my_lawyer_rooms(under, inmate),
        None => routes::my_client_rooms(inmate),
    };
    with_instead(path, instead)
}

fn with_instead(path: String, instead: Option<&Public<Booking>>) -> String {
    match instead {
        Some(instead) => format!("{path}?instead={instead}"),
        None => path,
    }
}
