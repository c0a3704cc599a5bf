//! Whom a lawyer lets act for her: somebody of her firm who books rooms for her, with his own sign-in and in his own name. Invited
//! by a code that she passes on, he says yes or no; either of them ends it; a day ends it by itself. Never: a right that outlasts
//! hers, or one to what she and a client write (ADR 31).

use crate::kernel::{Instant, crockford};

/// Characters of a code: 80 bits.
const CODE: usize = 16;

/// What opens an invitation, once.
#[derive(Clone, PartialEq, Eq)]
pub struct InviteCode(String);

/// Never shown by a trace.
impl std::fmt::Debug for InviteCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("InviteCode(…)")
    }
}

impl InviteCode {
    pub fn of(bytes: [u8; 10]) -> Self {
        let bits = bytes.iter().fold(0_u128, |bits, byte| bits << 8 | u128::from(*byte));
        Self((0..CODE).rev().map(|i| crockford(bits >> (i * 5))).collect())
    }

    /// As somebody types it: spaces, hyphens and small letters are as good, and so is what looks alike.
    pub fn parse(text: &str) -> Option<Self> {
        let typed = text.chars().filter(|c| !c.is_whitespace() && *c != '-').map(|c| match c {
            'o' | 'O' => '0',
            'i' | 'I' | 'l' | 'L' => '1',
            c => c.to_ascii_uppercase(),
        });
        let code: String = typed.take(CODE + 1).collect();
        let known = |c: char| (0..32).any(|value| crockford(value) == c);
        (code.len() == CODE && code.chars().all(known)).then_some(Self(code))
    }

    pub fn expose(&self) -> &str {
        &self.0
    }

    /// In fours, to be read aloud or typed.
    pub fn shown(&self) -> String {
        let fours: Vec<&str> = (0..CODE).step_by(4).map(|at| &self.0[at..at + 4]).collect();
        fours.join("-")
    }
}

/// Who has ended it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndedBy {
    Lawyer,
    Delegate,
}

impl EndedBy {
    pub const ALL: [Self; 2] = [Self::Lawyer, Self::Delegate];

    pub fn code(self) -> &'static str {
        match self {
            Self::Lawyer => "lawyer",
            Self::Delegate => "delegate",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.code() == code)
    }
}

/// As it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delegation {
    /// Invited; the code is good until then.
    Waiting {
        until: Instant,
    },
    /// He acts for her until then.
    Accepted {
        at: Instant,
        until: Instant,
    },
    Declined {
        at: Instant,
    },
    Ended {
        at: Instant,
        by: EndedBy,
    },
}

/// How it stands at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delegated {
    Waiting,
    /// Nobody has answered in time.
    Lapsed,
    /// It counts.
    Stands,
    /// Its last day is over.
    RunOut,
    Declined,
    Ended(EndedBy),
}

/// Why nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DelegateRefusal {
    /// No such thing for whoever asks.
    Hidden,
    /// It is not where it was.
    MovedOn,
    /// Nothing waits for this code: wrong, used, too old, or one's own.
    Code,
}

impl DelegateRefusal {
    pub const ALL: [Self; 3] = [Self::Hidden, Self::MovedOn, Self::Code];

    pub fn code(self) -> &'static str {
        match self {
            Self::Hidden => "delegate_hidden",
            Self::MovedOn => "delegate_moved_on",
            Self::Code => "delegate_code",
        }
    }
}

impl Delegation {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Waiting { .. } => "waiting",
            Self::Accepted { .. } => "accepted",
            Self::Declined { .. } => "declined",
            Self::Ended { .. } => "ended",
        }
    }

    pub fn on(self, now: Instant) -> Delegated {
        match self {
            Self::Waiting { until } if until > now => Delegated::Waiting,
            Self::Waiting { .. } => Delegated::Lapsed,
            Self::Accepted { until, .. } if until > now => Delegated::Stands,
            Self::Accepted { .. } => Delegated::RunOut,
            Self::Declined { .. } => Delegated::Declined,
            Self::Ended { by, .. } => Delegated::Ended(by),
        }
    }

    /// A new code for whoever has not answered; the old one is good no more.
    pub fn invited(self, until: Instant) -> Result<Self, DelegateRefusal> {
        match self {
            Self::Waiting { .. } => Ok(Self::Waiting { until }),
            _ => Err(DelegateRefusal::MovedOn),
        }
    }

    /// He says yes, or no. `until`: the end of its last day.
    pub fn answered(self, yes: bool, until: Instant, now: Instant) -> Result<Self, DelegateRefusal> {
        match (self.on(now), yes) {
            (Delegated::Waiting, true) => Ok(Self::Accepted { at: now, until }),
            (Delegated::Waiting, false) => Ok(Self::Declined { at: now }),
            _ => Err(DelegateRefusal::MovedOn),
        }
    }

    /// She takes it back, whether or not he has answered; he, once he has said yes.
    pub fn ended(self, by: EndedBy, now: Instant) -> Result<Self, DelegateRefusal> {
        match (self.on(now), by) {
            (Delegated::Stands, _) | (Delegated::Waiting | Delegated::Lapsed, EndedBy::Lawyer) => {
                Ok(Self::Ended { at: now, by })
            }
            _ => Err(DelegateRefusal::MovedOn),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Instant = Instant(10);
    const BEFORE: Instant = Instant(10);
    const AFTER: Instant = Instant(11);

    #[test]
    fn each_state_and_each_event() {
        use Delegated::{Declined, Ended, Lapsed, RunOut, Stands, Waiting};
        let by = EndedBy::Lawyer;
        // State; how it stands; invited anew, yes, no, ended by her, ended by him.
        let table = [
            (Delegation::Waiting { until: AFTER }, Waiting, [true, true, true, true, false]),
            (Delegation::Waiting { until: BEFORE }, Lapsed, [true, false, false, true, false]),
            (Delegation::Accepted { at: NOW, until: AFTER }, Stands, [false, false, false, true, true]),
            (Delegation::Accepted { at: NOW, until: BEFORE }, RunOut, [false; 5]),
            (Delegation::Declined { at: NOW }, Declined, [false; 5]),
            (Delegation::Ended { at: NOW, by }, Ended(by), [false; 5]),
        ];
        for (state, stands, allowed) in table {
            assert_eq!(state.on(NOW), stands, "{state:?}");
            let did = [
                (state.invited(AFTER), Waiting),
                (state.answered(true, AFTER, NOW), Stands),
                (state.answered(false, AFTER, NOW), Declined),
                (state.ended(EndedBy::Lawyer, NOW), Ended(EndedBy::Lawyer)),
                (state.ended(EndedBy::Delegate, NOW), Ended(EndedBy::Delegate)),
            ];
            for ((did, then), allowed) in did.into_iter().zip(allowed) {
                let expected = if allowed { Ok(then) } else { Err(DelegateRefusal::MovedOn) };
                assert_eq!(did.map(|next| next.on(NOW)), expected, "{state:?} to {then:?}");
            }
        }
        for by in EndedBy::ALL {
            assert_eq!(EndedBy::parse(by.code()), Some(by));
        }
    }

    #[test]
    fn a_code_is_read_as_people_type_it_and_nothing_else_is() {
        let code = InviteCode::of([0xff, 0, 0x10, 0x42, 0x7a, 0x33, 0x99, 0x01, 0xab, 0xcd]);
        assert_eq!((code.shown().len(), code.expose().len()), (19, 16));
        let shown = code.shown();
        for typed in [shown.clone(), shown.to_lowercase(), shown.replace('-', " "), shown.replace('0', "o")] {
            assert_eq!(InviteCode::parse(&typed), Some(code.clone()), "{typed}");
        }
        for wrong in ["", "ABCD", &format!("{shown}A"), &shown.replacen(char::is_alphanumeric, "U", 1)] {
            assert_eq!(InviteCode::parse(wrong), None, "{wrong}");
        }
        assert_ne!(InviteCode::of([0; 10]), InviteCode::of([1; 10]));
        assert_eq!(format!("{code:?}"), "InviteCode(…)", "no trace shows it");
    }
}
