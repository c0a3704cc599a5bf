//! The days that can be asked for, each with its free times, or the one reason that explains why it has none.

use std::collections::BTreeMap;

use super::{
    facts::{Facts, Session},
    hindrance::{Closed, Refusal, hindrances},
};
use crate::kernel::{CivilDate, Instant};

/// One day with sessions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    pub date: CivilDate,
    pub offer: Offer,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offer {
    /// In the order of the clock; never empty.
    Free(Vec<Session>),
    None(Why),
}

/// Why a day has nothing for these people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    Full,
    Closed(Closed),
    WeekUsed {
        on: CivilDate,
    },
    MonthUsed {
        on: CivilDate,
    },
    /// They are on another visit at the only times there are.
    Busy,
    /// Clearance, measures or a cause that is not told: these times are not for them.
    NotAllowed,
    Window,
    /// She has asked for a visit to him, and has no answer yet.
    Requested,
}

impl Why {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Closed(_) => "closed",
            Self::WeekUsed { .. } => "week_used",
            Self::MonthUsed { .. } => "month_used",
            Self::Busy => "busy",
            Self::NotAllowed => "not_allowed",
            Self::Window => "window",
            Self::Requested => "requested",
        }
    }
}

/// Days without any session are left out, and times that are not for the inmate's wing.
pub fn days(facts: &Facts, sessions: Vec<Session>, now: Instant) -> Vec<Day> {
    let today = now.date();
    let mut by_day: BTreeMap<CivilDate, Vec<Session>> = BTreeMap::new();
    for session in sessions.into_iter().filter(|session| !facts.not_his.contains(&session.time)) {
        by_day.entry(session.date).or_default().push(session);
    }
    by_day
        .into_iter()
        .map(|(date, sessions)| Day { date, offer: offer(facts, sessions, today, now) })
        .collect()
}

fn offer(facts: &Facts, sessions: Vec<Session>, today: CivilDate, now: Instant) -> Offer {
    let (mut free, mut against) = (Vec::new(), Vec::new());
    for session in sessions {
        let found = hindrances(&session, facts, today, now);
        if found.is_empty() {
            free.push(session);
        } else {
            against.push(found);
        }
    }
    free.sort_by_key(|s| (s.starts_at, s.room.clone()));
    if free.is_empty() { Offer::None(why(&against)) } else { Offer::Free(free) }
}

/// Of all that stands in the way of a day's times the reason that helps most. A time that these people could not
/// have anyway does not make the day full.
fn why(against: &[Vec<Refusal>]) -> Why {
    let all = || against.iter().flatten();
    let closed = all().find_map(|r| if let Refusal::Closed(c) = r { Some(c.clone()) } else { None });
    if let Some(closed) = closed {
        return Why::Closed(closed);
    }
    if all().any(|r| matches!(r, Refusal::Window | Refusal::Started)) {
        return Why::Window;
    }
    if all().any(|r| matches!(r, Refusal::RequestOpen)) {
        return Why::Requested;
    }
    let fitting = || against.iter().filter(|found| found.iter().all(passes_with_time));
    let used = fitting().flatten().find_map(|r| match r {
        Refusal::WeekUsed { on } => Some(Why::WeekUsed { on: *on }),
        Refusal::MonthUsed { on } => Some(Why::MonthUsed { on: *on }),
        _ => None,
    });
    if let Some(used) = used {
        return used;
    }
    if fitting().flatten().any(|r| matches!(r, Refusal::SessionGone)) {
        return Why::Full;
    }
    if fitting().next().is_some() { Why::Busy } else { Why::NotAllowed }
}

/// Whether the time would have been for them.
fn passes_with_time(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::SessionGone | Refusal::WeekUsed { .. } | Refusal::MonthUsed { .. } | Refusal::Overlap { .. }
    )
}
