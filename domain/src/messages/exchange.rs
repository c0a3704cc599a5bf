//! Whether a relative and an inmate may write to each other today. Neither is told why not: that the other has stopped, that
//! a court forbids it, that a clearance has run out and that the unit has no exchange are one and the same word.

use super::Refusal;
use crate::kernel::CivilDate;

/// What one of the two wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    #[default]
    Open,
    /// For now, until she takes it up again.
    Paused,
    /// For good, until she says otherwise.
    Blocked,
}

impl Side {
    pub const ALL: [Self; 3] = [Self::Open, Self::Paused, Self::Blocked];

    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Paused => "paused",
            Self::Blocked => "blocked",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }

    /// What was on its way to whoever says this is not handed over. A pause lets it wait.
    pub fn turns_away(self) -> bool {
        self == Self::Blocked
    }
}

/// What one of the two does about the exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    Open,
    Pause,
    Block,
}

impl Wish {
    pub fn parse(code: &str) -> Option<Self> {
        match code {
            "open" => Some(Self::Open),
            "pause" => Some(Self::Pause),
            "block" => Some(Self::Block),
            _ => None,
        }
    }

    pub fn side(self) -> Side {
        match self {
            Self::Open => Side::Open,
            Self::Pause => Side::Paused,
            Self::Block => Side::Blocked,
        }
    }
}

/// All that decides.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The unit where he is has the exchange on; off unless it says so ([F] § 3-27).
    pub unit_on: bool,
    /// Until when she is cleared for him; none if she is not.
    pub cleared_to: Option<CivilDate>,
    pub relative: Side,
    pub inmate: Side,
    /// A court's letter ban stands.
    pub banned: bool,
}

pub fn is_open(facts: &Facts, today: CivilDate) -> bool {
    facts.unit_on
        && !facts.banned
        && facts.cleared_to.is_some_and(|last| today <= last)
        && facts.relative == Side::Open
        && facts.inmate == Side::Open
}

/// Ordering that they write in Norwegian. Where Sámi may be used with relatives ([SAM] § 3-4 c, Troms and Finnmark) whoever
/// orders it has read so first.
pub fn language_order(sami_area: bool, read: bool) -> Result<(), Refusal> {
    if sami_area && !read { Err(Refusal::SamiUnread) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fact_alone_closes_it() {
        let today = CivilDate::parse_iso("2026-09-09").unwrap();
        let open = || Facts {
            unit_on: true,
            cleared_to: Some(today),
            relative: Side::Open,
            inmate: Side::Open,
            banned: false,
        };
        assert!(is_open(&open(), today), "the last day counts");
        let closed = [
            Facts { unit_on: false, ..open() },
            Facts { cleared_to: None, ..open() },
            Facts { cleared_to: Some(today.plus_days(-1)), ..open() },
            Facts { relative: Side::Paused, ..open() },
            Facts { relative: Side::Blocked, ..open() },
            Facts { inmate: Side::Paused, ..open() },
            Facts { inmate: Side::Blocked, ..open() },
            Facts { banned: true, ..open() },
        ];
        for facts in closed {
            assert!(!is_open(&facts, today), "{facts:?}");
        }
    }

    #[test]
    fn sami_is_warned_of_first() {
        let table = [(false, false, true), (false, true, true), (true, false, false), (true, true, true)];
        for (area, read, may) in table {
            assert_eq!(language_order(area, read).is_ok(), may, "{area} {read}");
        }
        for side in Side::ALL {
            assert_eq!(Side::parse(side.code()), Some(side));
            assert_eq!(side.turns_away(), side == Side::Blocked);
        }
        for (code, side) in [("open", Side::Open), ("pause", Side::Paused), ("block", Side::Blocked)] {
            assert_eq!(Wish::parse(code).map(Wish::side), Some(side));
        }
    }
}
