//! Two inmates who must not meet, nor those who visit them; and two visitors who must not.

use super::{SessionKind, facts::Session};
use crate::kernel::Instant;

/// Marks the id of such a pair.
#[derive(Debug)]
pub enum KeptApart {}

/// Marks the id of two visitors.
#[derive(Debug)]
pub enum VisitorsApart {}

/// Why they are kept apart. A closed list, so that nothing is told of either beyond it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApartReason {
    Threats,
    Conflict,
    /// Accused in one case.
    OneCase,
    Safety,
}

impl ApartReason {
    pub const ALL: [Self; 4] = [Self::Threats, Self::Conflict, Self::OneCase, Self::Safety];

    pub fn code(self) -> &'static str {
        match self {
            Self::Threats => "threats",
            Self::Conflict => "conflict",
            Self::OneCase => "one_case",
            Self::Safety => "safety",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// A visit of the other one. Its time is widened by what lies between two visits: nobody meets at the gate either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ApartVisit {
    pub starts_at: Instant,
    pub ends_at: Instant,
    /// Minutes between the two at the least.
    pub minutes: i64,
    /// It is of visitors, not of inmates: on a screen they meet nobody.
    pub visitors: bool,
}

impl ApartVisit {
    pub fn touches(&self, session: &Session) -> bool {
        (!self.visitors || session.kind != SessionKind::Video)
            && self.starts_at.plus_minutes(-self.minutes) < session.ends_at
            && session.starts_at < self.ends_at.plus_minutes(self.minutes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::visits::booking::{hindrances, joining::join_hindrances, tests as stage};

    #[test]
    fn visitors_meet_in_rooms_alone_and_a_guest_who_comes_along_is_asked_too() {
        let session = stage::session();
        let at = |minutes: i64, visitors| ApartVisit {
            starts_at: session.ends_at.plus_minutes(minutes),
            ends_at: session.ends_at.plus_minutes(minutes + 60),
            minutes: 30,
            visitors,
        };
        let video = Session { kind: SessionKind::Video, ..session.clone() };
        let table = [
            (at(29, true), &session, true),
            (at(30, true), &session, false),
            (at(29, true), &video, false),
            (at(29, false), &video, true),
        ];
        for (visit, session, expected) in table {
            assert_eq!(visit.touches(session), expected, "{visit:?} {:?}", session.kind);
        }
        let (guest, before) = (crate::kernel::Id::new("ask"), session.starts_at.plus_days(-3));
        for (visit, joins, books) in
            [(at(0, true), false, false), (at(0, false), true, false), (at(30, true), true, true)]
        {
            let mut facts = stage::facts();
            facts.apart.push(visit);
            assert_eq!(join_hindrances(&session, &facts, &guest, 2, before).is_empty(), joins, "{visit:?}");
            assert_eq!(hindrances(&session, &facts, before.date(), before).is_empty(), books, "{visit:?}");
        }
    }
}
