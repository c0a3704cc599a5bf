//! The life of a letter between a relative and an inmate, the same in both directions.
//! Written → in control → released | stopped → delivered → read; without control it is released when it is written.

use super::Refusal;
use crate::{
    access::StaffMember,
    kernel::{Id, Instant},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Letter {
    /// A person reads it before it goes on. Nothing but a person's word, or a rule of the unit, lets it out.
    InControl {
        since: Instant,
        due: Instant,
        second: Second,
    },
    /// All of it was held back.
    Stopped {
        at: Instant,
    },
    /// It may be handed over; some of it may have been held back.
    Released {
        at: Instant,
        cut: bool,
    },
    Delivered {
        at: Instant,
        cut: bool,
        by: Means,
    },
    Read {
        at: Instant,
        cut: bool,
    },
    /// The exchange ended before it was handed over. It is kept for its sender, and goes to nobody.
    Lapsed {
        at: Instant,
    },
}

/// How a letter reaches the one inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    Screen,
    Print,
}

impl Means {
    pub fn code(self) -> &'static str {
        match self {
            Self::Screen => "screen",
            Self::Print => "print",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        [Self::Screen, Self::Print].into_iter().find(|m| m.code() == code)
    }
}

/// Another person's view, if the first wanted one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Second {
    #[default]
    None,
    Asked {
        by: Id<StaffMember>,
    },
    Given {
        by: Id<StaffMember>,
    },
}

impl Letter {
    /// A letter that is controlled waits until then; another goes on at once.
    pub fn written(controlled: bool, now: Instant, due: Instant) -> Self {
        match controlled {
            true => Self::InControl { since: now, due, second: Second::None },
            false => Self::Released { at: now, cut: false },
        }
    }

    /// He has been moved to where letters are controlled before this one was handed over, and nobody has read it.
    pub fn controlled_anew(self, now: Instant, due: Instant) -> Result<Self, Refusal> {
        match self {
            Self::Released { cut: false, .. } => Ok(Self::written(true, now, due)),
            _ => Err(Refusal::MovedOn),
        }
    }

    pub fn released(self, now: Instant, cut: bool) -> Result<Self, Refusal> {
        self.may_be_decided().map(|()| Self::Released { at: now, cut })
    }

    pub fn stopped(self, now: Instant) -> Result<Self, Refusal> {
        self.may_be_decided().map(|()| Self::Stopped { at: now })
    }

    fn may_be_decided(&self) -> Result<(), Refusal> {
        match self {
            Self::InControl { second: Second::Asked { .. }, .. } => Err(Refusal::SecondWaits),
            Self::InControl { .. } => Ok(()),
            _ => Err(Refusal::MovedOn),
        }
    }

    /// A controller wants another's view first.
    pub fn second_asked(self, by: Id<StaffMember>) -> Result<Self, Refusal> {
        match self {
            Self::InControl { since, due, second: Second::None } => {
                Ok(Self::InControl { since, due, second: Second::Asked { by } })
            }
            _ => Err(Refusal::MovedOn),
        }
    }

    /// The other gives it.
    pub fn second_given(self, by: Id<StaffMember>) -> Result<Self, Refusal> {
        match self {
            Self::InControl { second: Second::Asked { by: first }, .. } if first == by => {
                Err(Refusal::SamePerson)
            }
            Self::InControl { since, due, second: Second::Asked { .. } } => {
                Ok(Self::InControl { since, due, second: Second::Given { by } })
            }
            _ => Err(Refusal::MovedOn),
        }
    }

    pub fn delivered(self, now: Instant, by: Means) -> Result<Self, Refusal> {
        match self {
            Self::Released { cut, .. } => Ok(Self::Delivered { at: now, cut, by }),
            _ => Err(Refusal::MovedOn),
        }
    }

    /// Its reader has opened it, which is also proof that it was delivered. Once more changes nothing.
    pub fn read(self, now: Instant) -> Result<Self, Refusal> {
        match self {
            Self::Released { cut, .. } | Self::Delivered { cut, .. } => Ok(Self::Read { at: now, cut }),
            Self::Read { .. } => Ok(self),
            _ => Err(Refusal::MovedOn),
        }
    }

    /// The exchange has ended before anybody handed it over.
    pub fn lapsed(self, now: Instant) -> Result<Self, Refusal> {
        match self {
            Self::InControl { .. } | Self::Released { .. } => Ok(Self::Lapsed { at: now }),
            _ => Err(Refusal::MovedOn),
        }
    }

    /// Its reader may have the words.
    pub fn is_open_to_reader(&self) -> bool {
        matches!(self, Self::Released { .. } | Self::Delivered { .. } | Self::Read { .. })
    }

    pub fn code(&self) -> &'static str {
        match self {
            Self::InControl { .. } => "in_control",
            Self::Stopped { .. } => "stopped",
            Self::Released { .. } => "released",
            Self::Delivered { .. } => "delivered",
            Self::Read { .. } => "read",
            Self::Lapsed { .. } => "lapsed",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Stepped = Result<Letter, Refusal>;

    fn steps(letter: &Letter, now: Instant) -> [Stepped; 8] {
        let (one, other) = (Id::new("one"), Id::new("other"));
        [
            letter.clone().released(now, false),
            letter.clone().stopped(now),
            letter.clone().second_asked(one.clone()),
            letter.clone().second_given(other),
            letter.clone().second_given(one),
            letter.clone().delivered(now, Means::Print),
            letter.clone().read(now),
            letter.clone().lapsed(now),
        ]
    }

    #[test]
    fn each_state_and_each_step() {
        let (since, due, now) = (Instant(1), Instant(2), Instant(3));
        let (one, other) = (Id::new("one"), Id::new("other"));
        let held = |second| Letter::InControl { since, due, second };
        let (asked, given) = (held(Second::Asked { by: one }), held(Second::Given { by: other }));
        let released = |cut| Letter::Released { at: since, cut };
        let delivered = Letter::Delivered { at: since, cut: true, by: Means::Screen };
        let read = |at, cut| Letter::Read { at, cut };
        let handed = |cut| Letter::Delivered { at: now, cut, by: Means::Print };
        let (out, stopped, lapsed) = (
            Letter::Released { at: now, cut: false },
            Letter::Stopped { at: now },
            Letter::Lapsed { at: now },
        );
        let no = || Err(Refusal::MovedOn);
        let waits = || Err(Refusal::SecondWaits);
        let same = || Err(Refusal::SamePerson);
        // state: release, stop, ask, the other gives, the same gives, deliver, read, lapse
        let table: [(Letter, [Stepped; 8]); 9] = [
            (
                held(Second::None),
                [
                    Ok(out.clone()),
                    Ok(stopped.clone()),
                    Ok(asked.clone()),
                    no(),
                    no(),
                    no(),
                    no(),
                    Ok(lapsed.clone()),
                ],
            ),
            (
                asked.clone(),
                [waits(), waits(), no(), Ok(given.clone()), same(), no(), no(), Ok(lapsed.clone())],
            ),
            (given, [Ok(out), Ok(stopped.clone()), no(), no(), no(), no(), no(), Ok(lapsed.clone())]),
            (
                released(false),
                [no(), no(), no(), no(), no(), Ok(handed(false)), Ok(read(now, false)), Ok(lapsed.clone())],
            ),
            (
                released(true),
                [no(), no(), no(), no(), no(), Ok(handed(true)), Ok(read(now, true)), Ok(lapsed.clone())],
            ),
            (delivered, [no(), no(), no(), no(), no(), no(), Ok(read(now, true)), no()]),
            (read(since, true), [no(), no(), no(), no(), no(), no(), Ok(read(since, true)), no()]),
            (stopped, [no(), no(), no(), no(), no(), no(), no(), no()]),
            (lapsed, [no(), no(), no(), no(), no(), no(), no(), no()]),
        ];
        for (state, expected) in table {
            assert_eq!(steps(&state, now), expected, "{state:?}");
        }
    }

    #[test]
    fn only_what_a_person_or_the_law_let_out_is_open_to_its_reader() {
        let written = |controlled| Letter::written(controlled, Instant(1), Instant(2));
        assert!(!written(true).is_open_to_reader());
        assert!(written(false).is_open_to_reader());
        assert!(!Letter::Stopped { at: Instant(1) }.is_open_to_reader());
        assert!(!Letter::Lapsed { at: Instant(1) }.is_open_to_reader());
    }
}
