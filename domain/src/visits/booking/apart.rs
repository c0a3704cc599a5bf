//! Two inmates who must not meet, nor those who visit them.

use super::facts::Session;
use crate::kernel::Instant;

/// Marks the id of such a pair.
#[derive(Debug)]
pub enum KeptApart {}

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
}

impl ApartVisit {
    pub fn touches(&self, session: &Session) -> bool {
        self.starts_at.plus_minutes(-self.minutes) < session.ends_at
            && session.starts_at < self.ends_at.plus_minutes(self.minutes)
    }
}
