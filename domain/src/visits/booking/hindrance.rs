//! What stands in the way of a time for these people. Everything is told together, so that nobody mends one thing
//! to meet the next.

use super::{
    engaged::is_engaged,
    facts::{Blocked, Facts, Session, Visit},
    rules::in_force,
};
use crate::{
    access::Person,
    kernel::{CivilDate, Holiday, Id, Instant},
};

/// Why a unit has no visits on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Closed {
    /// In the unit's own words, which are public.
    Blocked(String),
    Holiday(Holiday),
}

/// Why a booking cannot be made. Pages turn each into words, exhaustively.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Ten minutes have passed, or nothing was held.
    HoldExpired,
    /// Another time was held meanwhile, in another window.
    OtherHold,
    /// Already extended once.
    ExtendedBefore,
    /// The visit that was to be changed has begun, or is cancelled.
    ChangeGone,
    /// Somebody else has it, or the inmate is taken then. The two look alike, so that nobody learns of others' visits.
    SessionGone,
    Closed(Closed),
    Started,
    /// Too early or too late to book this day.
    Window,
    NotCleared(Id<Person>),
    /// Somebody of the same organisation cannot come along. Why is not said.
    Colleague(Id<Person>),
    /// The inmate cannot be visited that day. Why is not said.
    Restricted,
    /// The measures of the clearance call for another kind of time.
    WrongKind,
    /// They have used the week's visits; the last of them is on this day.
    WeekUsed {
        on: CivilDate,
    },
    /// They have used the month's visits; the last of them is on this day.
    MonthUsed {
        on: CivilDate,
    },
    /// One of them is on another visit then.
    Overlap {
        at: Instant,
    },
    TooMany {
        most: i64,
    },
    NoAdult,
    Nobody,
    /// She has asked for a visit to him, and has no answer yet.
    RequestOpen,
    /// The unit has to say yes, and too little time is left for that.
    RequestLate,
    /// The unit has to say yes first. Told when nothing else is in the way.
    NeedsApproval,
}

impl Refusal {
    pub fn code(&self) -> &'static str {
        match self {
            Self::HoldExpired => "hold_expired",
            Self::OtherHold => "other_hold",
            Self::ExtendedBefore => "extended_before",
            Self::ChangeGone => "change_gone",
            Self::SessionGone => "session_gone",
            Self::Closed(_) => "closed",
            Self::Started => "started",
            Self::Window => "window",
            Self::NotCleared(_) => "not_cleared",
            Self::Colleague(_) => "colleague",
            Self::Restricted => "restricted",
            Self::WrongKind => "wrong_kind",
            Self::WeekUsed { .. } => "week_used",
            Self::MonthUsed { .. } => "month_used",
            Self::Overlap { .. } => "overlap",
            Self::TooMany { .. } => "too_many",
            Self::NoAdult => "no_adult",
            Self::Nobody => "nobody",
            Self::RequestOpen => "request_open",
            Self::RequestLate => "request_late",
            Self::NeedsApproval => "needs_approval",
        }
    }
}

/// All that stands in the way of this time. `asked_on` is the day the time was chosen: a time that was held before
/// midnight is not lost at midnight.
pub fn hindrances(session: &Session, facts: &Facts, asked_on: CivilDate, now: Instant) -> Vec<Refusal> {
    let date = session.date;
    let mut found = Vec::new();
    if session.starts_at <= now {
        found.push(Refusal::Started);
    } else if facts.keeps.as_ref() != Some(&session.id) && !in_window(facts, asked_on, date) {
        found.push(Refusal::Window);
    }
    // One that is not for his wing is not there at all.
    if session.free() < 1 || facts.not_his.contains(&session.time) {
        found.push(Refusal::SessionGone);
    }
    found.extend(closed_by(session, &facts.blocked).map(Refusal::Closed));
    let seats = if facts.keeps.as_ref() == Some(&session.id) { facts.invited } else { 0 };
    found.extend(party_refusals(facts, date, seats));
    if facts.is_hindered_on(date) || facts.has_left_by(session.starts_at) {
        found.push(Refusal::Restricted);
    }
    let with_child = facts.guests.iter().any(|g| !g.is_adult_on(date));
    if !session.kind.carries(&facts.measures_on(date), with_child) {
        found.push(Refusal::WrongKind);
    }
    found.extend(week_used(session, facts));
    found.extend(month_used(session, facts));
    // That there is somebody whom he, or one of them, must not meet is nobody else's to know.
    found.extend(facts.apart.iter().any(|visit| visit.touches(session)).then_some(Refusal::SessionGone));
    found.extend(is_engaged(session, &facts.engaged).then_some(Refusal::SessionGone));
    found.extend(overlap_with(session, &facts.visits));
    found.extend((facts.review.requested && facts.keeps.is_none()).then_some(Refusal::RequestOpen));
    each_once(found)
}

fn each_once(found: Vec<Refusal>) -> Vec<Refusal> {
    found.into_iter().fold(Vec::new(), |mut kept, refusal| {
        if !kept.contains(&refusal) {
            kept.push(refusal);
        }
        kept
    })
}

/// What is wrong with the company itself on a day: clearances, number, age. `seats` are for others besides.
pub fn party_refusals(facts: &Facts, date: CivilDate, seats: i64) -> Vec<Refusal> {
    let guests = &facts.guests;
    let mut found = Vec::new();
    if guests.is_empty() {
        found.push(Refusal::Nobody);
    }
    let without = guests.iter().filter(|g| g.standing_on(date).is_none());
    found.extend(without.map(|g| Refusal::NotCleared(g.person.clone())));
    if let Some(rules) = in_force(&facts.rules, date)
        && guests.len() as i64 + seats > rules.people
    {
        found.push(Refusal::TooMany { most: rules.people });
    }
    if guests.iter().any(|g| g.needs_adult_on(date)) && !guests.iter().any(|g| g.is_adult_on(date)) {
        found.push(Refusal::NoAdult);
    }
    found
}

/// The window is the rule of the day one asks; without a rule on the day itself nothing is booked there.
fn in_window(facts: &Facts, asked_on: CivilDate, date: CivilDate) -> bool {
    let Some(today) = in_force(&facts.rules, asked_on) else { return false };
    let (first, last) = today.window(asked_on);
    let last = last.plus_days(facts.ahead_days);
    first <= date && date <= last && in_force(&facts.rules, date).is_some()
}

pub(super) fn closed_by(session: &Session, blocked: &[Blocked]) -> Option<Closed> {
    let blocked = blocked.iter().find(|b| b.date == session.date);
    let holiday = || Holiday::on(session.date).filter(|_| !session.on_holidays);
    blocked.map(|b| Closed::Blocked(b.reason.clone())).or_else(|| holiday().map(Closed::Holiday))
}

fn week_used(session: &Session, facts: &Facts) -> Option<Refusal> {
    let most = in_force(&facts.rules, session.date)?.per_week;
    let monday = session.date.monday();
    used(session, facts, most, |date| date.monday() == monday, |on| Refusal::WeekUsed { on })
}

fn month_used(session: &Session, facts: &Facts) -> Option<Refusal> {
    let most = in_force(&facts.rules, session.date).map(|rules| rules.per_month).filter(|most| *most > 0)?;
    let month = session.date.month();
    used(session, facts, most, |date| month.contains(&date), |on| Refusal::MonthUsed { on })
}

/// The quota is the inmate's. If their own visits fill it they are told so; if somebody else's do, it looks full.
fn used(
    session: &Session,
    facts: &Facts,
    most: i64,
    within: impl Fn(CivilDate) -> bool,
    refusal: impl Fn(CivilDate) -> Refusal,
) -> Option<Refusal> {
    let counted = |v: &&Visit| v.same_inmate && v.kind.counts() && within(v.date);
    let all: Vec<&Visit> = facts.visits.iter().filter(counted).collect();
    if !session.kind.counts() || (all.len() as i64) < most {
        return None;
    }
    let ours = all.iter().filter(|v| v.ours).map(|v| v.date).max();
    Some(ours.map_or(Refusal::SessionGone, refusal))
}

/// Somebody else's visit to the inmate looks like a full time.
pub(super) fn overlap_with(session: &Session, visits: &[Visit]) -> Option<Refusal> {
    let meets = |v: &&Visit| v.starts_at < session.ends_at && session.starts_at < v.ends_at;
    let mut at_once = visits.iter().filter(meets);
    let ours = at_once.clone().find(|v| v.ours);
    match ours {
        Some(visit) => Some(Refusal::Overlap { at: visit.starts_at }),
        None => at_once.any(|v| v.same_inmate).then_some(Refusal::SessionGone),
    }
}
