//! How a file stands. Only a clean one is ever given to anybody; only a whole one is ever handed in.

use super::Rejection;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Bytes are coming, or have stopped coming.
    Uploading,
    /// All of it is there, has been read back and hashed. Nobody has scanned it.
    Received,
    /// A scanner has been asked. It stays here as long as none answers.
    Checking,
    Clean,
    /// A scanner found something. Nobody gets it.
    Infected,
    /// It is not what is taken here.
    Rejected(Rejection),
    /// Its bytes are gone.
    Ended(End),
}

/// Why a file has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// Nobody went on with it, or nobody handed it in.
    Expired,
    /// Its sender took it away before handing it in.
    Removed,
    /// What it belonged to has ended, by its slice's rule.
    Retention,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// Every byte is there, and what was stored is what was sent.
    Completed,
    /// A scanner is about to be asked.
    CheckBegun,
    FoundClean,
    FoundInfected,
    Refused(Rejection),
    Ended(End),
}

impl State {
    /// The state after an event; none where it cannot happen.
    pub fn after(self, event: Event) -> Option<Self> {
        Some(match (self, event) {
            (Self::Uploading, Event::Completed) => Self::Received,
            // Asked again, as often as it takes.
            (Self::Received | Self::Checking, Event::CheckBegun) => Self::Checking,
            (Self::Checking, Event::FoundClean) => Self::Clean,
            (Self::Checking, Event::FoundInfected) => Self::Infected,
            (Self::Received | Self::Checking, Event::Refused(why)) => Self::Rejected(why),
            (Self::Ended(_), Event::Ended(_)) => return None,
            (_, Event::Ended(why)) => Self::Ended(why),
            _ => return None,
        })
    }

    /// Whether it may become part of something: whole, and not found to be bad.
    pub fn may_be_handed_in(self) -> bool {
        matches!(self, Self::Received | Self::Checking | Self::Clean)
    }

    /// Whether anybody is given its bytes.
    pub fn may_be_read(self) -> bool {
        self == Self::Clean
    }

    pub fn code(self) -> &'static str {
        match self {
            Self::Uploading => "uploading",
            Self::Received => "received",
            Self::Checking => "checking",
            Self::Clean => "clean",
            Self::Infected => "infected",
            Self::Rejected(_) => "rejected",
            Self::Ended(_) => "ended",
        }
    }

    pub fn reason(self) -> Option<&'static str> {
        match self {
            Self::Rejected(why) => Some(why.code()),
            Self::Ended(why) => Some(why.code()),
            _ => None,
        }
    }

    pub fn parse(code: &str, reason: Option<&str>) -> Option<Self> {
        Some(match (code, reason) {
            ("uploading", None) => Self::Uploading,
            ("received", None) => Self::Received,
            ("checking", None) => Self::Checking,
            ("clean", None) => Self::Clean,
            ("infected", None) => Self::Infected,
            ("rejected", Some(why)) => Self::Rejected(Rejection::parse(why)?),
            ("ended", Some(why)) => Self::Ended(End::parse(why)?),
            _ => return None,
        })
    }
}

impl End {
    pub const ALL: [Self; 3] = [Self::Expired, Self::Removed, Self::Retention];

    pub fn code(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::Removed => "removed",
            Self::Retention => "retention",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHY: Rejection = Rejection::Active;
    const END: End = End::Expired;

    fn states() -> [State; 7] {
        use State::*;
        [Uploading, Received, Checking, Clean, Infected, Rejected(WHY), Ended(END)]
    }

    #[test]
    fn each_state_goes_where_the_table_says() {
        use Event::*;
        use State as S;
        let (rejected, ended) = (Some(S::Rejected(WHY)), Some(S::Ended(END)));
        let events = [Completed, CheckBegun, FoundClean, FoundInfected, Refused(WHY), Ended(END)];
        let table = [
            [Some(S::Received), None, None, None, None, ended],
            [None, Some(S::Checking), None, None, rejected, ended],
            [None, Some(S::Checking), Some(S::Clean), Some(S::Infected), rejected, ended],
            [None, None, None, None, None, ended],
            [None, None, None, None, None, ended],
            [None, None, None, None, None, ended],
            [None, None, None, None, None, None],
        ];
        for (state, row) in states().into_iter().zip(table) {
            for (event, expected) in events.into_iter().zip(row) {
                assert_eq!(state.after(event), expected, "{state:?} {event:?}");
            }
        }
    }

    #[test]
    fn t18_one_state_is_read_and_three_are_handed_in() {
        let read = [false, false, false, true, false, false, false];
        let handed = [false, true, true, true, false, false, false];
        for ((state, read), handed) in states().into_iter().zip(read).zip(handed) {
            assert_eq!((state.may_be_read(), state.may_be_handed_in()), (read, handed), "{state:?}");
        }
    }

    #[test]
    fn what_is_stored_is_read_again() {
        let all = Rejection::ALL.map(State::Rejected).into_iter().chain(End::ALL.map(State::Ended));
        for state in states().into_iter().chain(all) {
            assert_eq!(State::parse(state.code(), state.reason()), Some(state));
        }
        for (code, reason) in
            [("clean", Some("type")), ("rejected", None), ("ended", Some("type")), ("", None)]
        {
            assert_eq!(State::parse(code, reason), None, "{code} {reason:?}");
        }
    }
}
