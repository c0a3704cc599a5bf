//! Whose side a page of rooms is seen from: the lawyer's own, a delegate's, whose address names the delegation before the client, or that of
//! somebody who comes for an organisation, which stands there likewise.

use backend::{
    Result,
    custody::inmates::Inmate,
    identity::delegates::{self, Acting, DelegationMark, Right},
    visits::{booking::VisitView, organisations},
};
use domain::{
    kernel::{Locale, Public},
    visits::{
        booking::{Booking, VisitSession},
        organisations::Organisation,
    },
};

use crate::{i18n::visits_counsel as t, request, routes, ui::Link, visits::Here};

/// What the address says, read before the page is made.
pub(super) struct Address {
    client: String,
    right: Named,
}

/// The name before the client's.
enum Named {
    Nobody,
    Delegation(String),
    Organisation(String),
}

impl Address {
    pub fn read() -> Self {
        let public = request::param("public").unwrap_or_default();
        match (request::param("client"), request::param("organisation")) {
            (Some(client), Some(of)) => Self { client, right: Named::Organisation(of) },
            (Some(client), None) => Self { client, right: Named::Delegation(public) },
            (None, _) => Self { client: public, right: Named::Nobody },
        }
    }

    /// None: there is no such address.
    pub async fn side(self, here: &Here) -> Result<Option<(Side, Public<Inmate>)>> {
        let Some(inmate) = Public::parse(&self.client) else { return Ok(None) };
        let side = match self.right {
            Named::Nobody => Some(Side::own(here)),
            Named::Delegation(under) => match Public::parse(&under) {
                Some(under) => Side::under(here, under).await?,
                None => None,
            },
            Named::Organisation(of) => match Public::parse(&of) {
                Some(of) => Side::organisation(here, of).await?,
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
    /// For which organisation she comes, by name.
    pub organisation: Option<String>,
    /// The booking that the new one takes the place of.
    instead: Option<Public<Booking>>,
    /// The key of what was chosen before, so that another time is asked about with it.
    tried: Option<String>,
}

impl Side {
    fn own(here: &Here) -> Self {
        let acting = (&here.who).into();
        Self { acting, lawyer: None, organisation: None, instead: instead(here), tried: None }
    }

    /// None: no delegation of his stands there.
    pub async fn under(here: &Here, under: Public<DelegationMark>) -> Result<Option<Self>> {
        let asked = delegates::his_one(&here.ctx, &here.who, &under).await?;
        Ok(asked.map(|asked| Self {
            acting: Acting::under(&here.who, under),
            lawyer: Some(asked.lawyer),
            organisation: None,
            instead: instead(here),
            tried: None,
        }))
    }

    /// None: she does not come for it.
    async fn organisation(here: &Here, of: Public<Organisation>) -> Result<Option<Self>> {
        let mine = organisations::mine(&here.ctx, &here.who).await?;
        let found = mine.into_iter().find(|one| one.public == of);
        Ok(found.map(|one| Self {
            acting: Acting { who: here.who.clone(), right: Right::Organisation(of) },
            lawyer: None,
            organisation: Some(one.name),
            instead: instead(here),
            tried: here.page.query("try"),
        }))
    }

    pub fn rooms(&self, inmate: &Public<Inmate>) -> String {
        rooms(&self.acting.right, inmate, self.instead.as_ref())
    }

    /// Where a client is whom she has to meet soon.
    pub fn urgent(&self, inmate: &Public<Inmate>) -> String {
        urgent(self.acting.delegation(), inmate)
    }

    pub fn room(&self, inmate: &Public<Inmate>, session: &Public<VisitSession>) -> String {
        let path = with_instead(room(&self.acting.right, inmate, session), self.instead.as_ref());
        match &self.tried {
            Some(key) => routes::with_try(&path, key),
            None => path,
        }
    }

    pub fn back(&self, l: Locale) -> Link {
        match (&self.acting.right, &self.lawyer, &self.organisation) {
            (Right::Delegated(under), Some(lawyer), _) => {
                Link::new(routes::my_lawyer(under), t::back_lawyer(l, lawyer))
            }
            (Right::Organisation(of), _, Some(name)) => Link::new(routes::my_organisation(of), name.clone()),
            _ => Link::new(routes::MY_CLIENTS, t::back(l)),
        }
    }

    /// What its form sends beside the room: under which delegation or for which organisation, and in place of what.
    pub fn sent(&self) -> [String; 3] {
        let text = |id: Option<String>| id.unwrap_or_default();
        let of = match &self.acting.right {
            Right::Organisation(of) => Some(of.to_string()),
            Right::Own | Right::Delegated(_) => None,
        };
        [
            text(self.acting.delegation().map(ToString::to_string)),
            text(of),
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

/// What is urgent, seen from her side or a delegate's.
pub(super) fn urgent(under: Option<&Public<DelegationMark>>, inmate: &Public<Inmate>) -> String {
    match under {
        Some(under) => routes::my_lawyer_urgent(under, inmate),
        None => routes::my_client_urgent(inmate),
    }
}

/// The free rooms, seen from this side.
pub(in super::super) fn rooms(
    right: &Right,
    inmate: &Public<Inmate>,
    instead: Option<&Public<Booking>>,
) -> String {
    let path = match right {
        Right::Own => routes::my_client_rooms(inmate),
        Right::Delegated(under) => routes::my_lawyer_rooms(under, inmate),
        Right::Organisation(of) => routes::my_organisation_rooms(of, inmate),
    };
    with_instead(path, instead)
}

/// One of them.
pub(super) fn room(right: &Right, inmate: &Public<Inmate>, session: &Public<VisitSession>) -> String {
    match right {
        Right::Own => routes::my_client_room(inmate, session),
        Right::Delegated(under) => routes::my_lawyer_room(under, inmate, session),
        Right::Organisation(of) => routes::my_organisation_room(of, inmate, session),
    }
}

/// By what right she has booked it who comes: a lawyer's own, or an organisation's.
pub(in super::super) fn right_of(visit: &VisitView) -> Right {
    match &visit.organisation {
        None => Right::Own,
        Some((of, _)) => Right::Organisation(of.clone()),
    }
}

pub(super) fn with_instead(path: String, instead: Option<&Public<Booking>>) -> String {
    match instead {
        Some(instead) => format!("{path}?instead={instead}"),
        None => path,
    }
}
