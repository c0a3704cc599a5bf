//! From a held time to a booking: everything is checked again, and all that refuses it is told together.

use super::{
    VisitSession,
    facts::{Facts, Session},
    hindrance::{Refusal, hindrances},
    hold::Hold,
};
use crate::{
    access::Person,
    kernel::{CivilDate, Id, Instant, Public},
};

/// The hold that the page spoke of, and the one the draft has now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub asked: Public<Hold>,
    pub now: Option<Hold>,
    /// The time that is held, as it is now; none when it does not exist any more.
    pub session: Option<Session>,
}

/// As what somebody takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Adult,
    Child,
}

impl Role {
    pub fn code(self) -> &'static str {
        match self {
            Self::Adult => "adult",
            Self::Child => "child",
        }
    }
}

/// A booking that may be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmed {
    pub session: Id<VisitSession>,
    pub date: CivilDate,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub party: Vec<(Id<Person>, Role)>,
}

pub fn confirm(held: &Held, facts: &Facts, now: Instant) -> Result<Confirmed, Vec<Refusal>> {
    let (hold, session) = match (&held.now, &held.session) {
        (Some(hold), _) if hold.public != held.asked && hold.is_live(now) => {
            return Err(vec![Refusal::OtherHold]);
        }
        (Some(hold), Some(session)) if hold.public == held.asked => (hold, session),
        _ => return Err(vec![Refusal::HoldExpired]),
    };
    let expired = (!hold.is_live(now)).then_some(Refusal::HoldExpired);
    let found = hindrances(session, facts, hold.made_at.date(), now);
    let refusals: Vec<Refusal> = expired.into_iter().chain(found).collect();
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let role = |adult| if adult { Role::Adult } else { Role::Child };
    Ok(Confirmed {
        session: session.id.clone(),
        date: session.date,
        starts_at: session.starts_at,
        ends_at: session.ends_at,
        party: facts.guests.iter().map(|g| (g.person.clone(), role(g.is_adult_on(session.date)))).collect(),
    })
}
