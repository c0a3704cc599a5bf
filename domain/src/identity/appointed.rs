//! An appointment that a lawyer declares before anybody has registered it: to be checked by an officer, who confirms it (which
//! registers her mandate) or refuses it, or taken back by herself. Never: an answer that differs by whether somebody is inside.

use crate::{
    access::StaffMember,
    kernel::{CivilDate, Id, Instant},
};

/// What she declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// Whom she is appointed for.
    pub name: String,
    pub born: CivilDate,
    pub court: String,
    pub case_number: String,
    /// The first day on which she would meet him; none: as soon as it can be.
    pub earliest: Option<CivilDate>,
}

impl Declared {
    /// All of it as one text: the same again is the same declaration.
    pub fn whole(&self) -> String {
        let earliest = self.earliest.map(CivilDate::iso).unwrap_or_default();
        [&self.name, &self.born.iso(), &self.court, &self.case_number, &earliest]
            .map(String::as_str)
            .join("\n\u{1f}")
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeclaredState {
    ToCheck { at: Instant },
    Confirmed { at: Instant, by: Id<StaffMember> },
    Refused { at: Instant, by: Id<StaffMember>, why: NotConfirmed },
    Withdrawn { at: Instant },
}

/// Why it is refused. None of them says whether anybody is in prison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotConfirmed {
    /// Nothing was found that bears it out; also where nobody was found.
    NotFound,
    /// The court, or whoever engaged her, does not say the same.
    Differs,
    /// It has ended, or somebody else has it now.
    Over,
}

impl NotConfirmed {
    pub const ALL: [Self; 3] = [Self::NotFound, Self::Differs, Self::Over];

    pub fn code(self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::Differs => "differs",
            Self::Over => "over",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.code() == code)
    }
}

/// Why nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeclaredRefusal {
    /// No such thing for whoever asks.
    Hidden,
    /// It is not where it was.
    MovedOn,
    /// The lawyers' register does not say today that she is one.
    NotListed,
    /// The same, since it does not answer.
    Silent,
    /// Whom it is for is not in the officer's units.
    NotHere,
}

impl DeclaredRefusal {
    pub const ALL: [Self; 5] = [Self::Hidden, Self::MovedOn, Self::NotListed, Self::Silent, Self::NotHere];

    pub fn code(self) -> &'static str {
        match self {
            Self::Hidden => "declared_hidden",
            Self::MovedOn => "declared_moved_on",
            Self::NotListed => "declared_not_listed",
            Self::Silent => "declared_silent",
            Self::NotHere => "declared_not_here",
        }
    }
}

impl DeclaredState {
    pub fn code(&self) -> &'static str {
        match self {
            Self::ToCheck { .. } => "to_check",
            Self::Confirmed { .. } => "confirmed",
            Self::Refused { .. } => "refused",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }

    pub fn is_open(&self) -> bool {
        matches!(self, Self::ToCheck { .. })
    }

    fn step(self, next: Self) -> Result<Self, DeclaredRefusal> {
        if self.is_open() { Ok(next) } else { Err(DeclaredRefusal::MovedOn) }
    }

    pub fn confirmed(self, by: Id<StaffMember>, at: Instant) -> Result<Self, DeclaredRefusal> {
        self.step(Self::Confirmed { at, by })
    }

    pub fn refused(
        self,
        by: Id<StaffMember>,
        why: NotConfirmed,
        at: Instant,
    ) -> Result<Self, DeclaredRefusal> {
        self.step(Self::Refused { at, by, why })
    }

    /// Another unit checks it. Its clock goes on.
    pub fn passed(self) -> Result<Self, DeclaredRefusal> {
        if self.is_open() { Ok(self) } else { Err(DeclaredRefusal::MovedOn) }
    }

    pub fn withdrawn(self, at: Instant) -> Result<Self, DeclaredRefusal> {
        self.step(Self::Withdrawn { at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Instant = Instant(1);
    const NOW: Instant = Instant(2);

    #[test]
    fn each_state_and_each_event() {
        let by = || Id::<StaffMember>::new("a");
        let why = NotConfirmed::Differs;
        let all = [
            DeclaredState::ToCheck { at: AT },
            DeclaredState::Confirmed { at: AT, by: by() },
            DeclaredState::Refused { at: AT, by: by(), why },
            DeclaredState::Withdrawn { at: AT },
        ];
        let open = [true, false, false, false];
        for (state, open) in all.into_iter().zip(open) {
            let did = [
                (state.clone().confirmed(by(), NOW), "confirmed"),
                (state.clone().refused(by(), why, NOW), "refused"),
                (state.clone().passed(), "to_check"),
                (state.clone().withdrawn(NOW), "withdrawn"),
            ];
            for (did, code) in did {
                let expected = if open { Ok(code) } else { Err(DeclaredRefusal::MovedOn) };
                assert_eq!(did.as_ref().map(DeclaredState::code).map_err(|e| *e), expected, "{state:?}");
            }
            assert_eq!(state.is_open(), open, "{state:?}");
        }
        for why in NotConfirmed::ALL {
            assert_eq!(NotConfirmed::parse(why.code()), Some(why));
        }
    }

    #[test]
    fn the_same_words_elsewhere_are_another_declaration() {
        let born = CivilDate::parse_iso("1990-02-03").unwrap();
        let declared = |court: &str, case_number: &str| Declared {
            name: "Even".into(),
            born,
            court: court.into(),
            case_number: case_number.into(),
            earliest: None,
        };
        assert_eq!(declared("a", "b").whole(), declared("a", "b").whole());
        assert_ne!(declared("ab", "").whole(), declared("a", "b").whole());
        assert_ne!(
            Declared { earliest: Some(born), ..declared("a", "b") }.whole(),
            declared("a", "b").whole()
        );
    }
}
