//! From a held time to a booking: everything is checked again, and all that refuses it is told together. A booking can
//! take the place of one that she has: that one stays until this moment.

use super::{
    VisitSession,
    cancel::may_change,
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
    /// The visit that this one takes the place of.
    pub changes: Option<Changing>,
}

/// A visit that is being changed, as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changing {
    pub is_booked: bool,
    /// One of them was marked at the gate.
    pub has_come: bool,
    pub session: Id<VisitSession>,
    pub starts_at: Instant,
    pub party: Vec<Id<Person>>,
}

/// What confirming makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Makes {
    ANewVisit,
    /// The same visit at another time.
    AnotherTime,
    /// The same visit at its time, with other people.
    OtherPeople,
    /// She changed nothing after all.
    Nothing,
}

impl Makes {
    fn of(changes: Option<&Changing>, session: &Session, facts: &Facts) -> Self {
        let Some(old) = changes else { return Self::ANewVisit };
        if old.session != session.id {
            return Self::AnotherTime;
        }
        let mut people: Vec<&str> = facts.guests.iter().map(|g| g.person.as_str()).collect();
        let mut before: Vec<&str> = old.party.iter().map(Id::as_str).collect();
        people.sort_unstable();
        before.sort_unstable();
        if people == before { Self::Nothing } else { Self::OtherPeople }
    }
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
    pub makes: Makes,
    pub session: Id<VisitSession>,
    pub date: CivilDate,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub party: Vec<(Id<Person>, Role)>,
}

/// At once, by whoever books: what the unit has to look at is refused last, when nothing else is in the way.
pub fn confirm(held: &Held, facts: &Facts, now: Instant) -> Result<Confirmed, Vec<Refusal>> {
    let confirmed = approve(held, facts, now)?;
    if confirmed.makes != Makes::Nothing && facts.needs_approval(confirmed.date).is_some() {
        return Err(vec![Refusal::NeedsApproval]);
    }
    Ok(confirmed)
}

/// The same with the unit's yes, and when it is asked for.
pub fn approve(held: &Held, facts: &Facts, now: Instant) -> Result<Confirmed, Vec<Refusal>> {
    let (hold, session) = match (&held.now, &held.session) {
        (Some(hold), _) if hold.public != held.asked && hold.is_live(now) => {
            return Err(vec![Refusal::OtherHold]);
        }
        (Some(hold), Some(session)) if hold.public == held.asked => (hold, session),
        _ => return Err(vec![Refusal::HoldExpired]),
    };
    let expired = (!hold.is_live(now)).then_some(Refusal::HoldExpired);
    let is_over = |old: &&Changing| may_change(old.is_booked, old.has_come, old.starts_at, now).is_err();
    let gone = held.changes.as_ref().filter(is_over).map(|_| Refusal::ChangeGone);
    let found = hindrances(session, facts, hold.made_at.date(), now);
    let refusals: Vec<Refusal> = expired.into_iter().chain(gone).chain(found).collect();
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let role = |adult| if adult { Role::Adult } else { Role::Child };
    Ok(Confirmed {
        makes: Makes::of(held.changes.as_ref(), session, facts),
        session: session.id.clone(),
        date: session.date,
        starts_at: session.starts_at,
        ends_at: session.ends_at,
        party: facts.guests.iter().map(|g| (g.person.clone(), role(g.is_adult_on(session.date)))).collect(),
    })
}
