//! Something that was asked of a person: open, told of (it is given elsewhere, or somebody else sends it), sent, done; or
//! withdrawn by whoever asked.

/// How a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestState {
    Open,
    /// She says that it came, or comes, another way. Nobody has found it yet.
    Told,
    /// A document has come for it and is not answered.
    Sent,
    Done,
    Withdrawn,
}

/// What she says instead of sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    Later,
    Elsewhere,
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestEvent {
    Told(Told),
    HandedIn,
    /// She took back what she had sent.
    TakenBack,
    /// Staff took what came, or asked for more in a request of its own.
    Answered,
    /// It came on paper, or was found where she had given it.
    OnPaper,
    Withdrawn,
}

impl Told {
    pub const ALL: [Self; 3] = [Self::Later, Self::Elsewhere, Self::Other];

    pub fn code(self) -> &'static str {
        match self {
            Self::Later => "later",
            Self::Elsewhere => "elsewhere",
            Self::Other => "other",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.code() == code)
    }
}

impl RequestState {
    pub const ALL: [Self; 5] = [Self::Open, Self::Told, Self::Sent, Self::Done, Self::Withdrawn];

    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Told => "told",
            Self::Sent => "sent",
            Self::Done => "done",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }

    /// Something is still missing.
    pub fn is_missing(self) -> bool {
        matches!(self, Self::Open | Self::Told)
    }

    /// The state after an event; none where it cannot happen.
    pub fn after(self, event: RequestEvent) -> Option<Self> {
        use RequestEvent as E;
        Some(match (self, event) {
            // "Later" takes back what she said before.
            (Self::Open | Self::Told, E::Told(Told::Later)) => Self::Open,
            (Self::Open | Self::Told, E::Told(_)) => Self::Told,
            (Self::Open | Self::Told, E::HandedIn) => Self::Sent,
            (Self::Open | Self::Told, E::OnPaper) => Self::Done,
            (Self::Open | Self::Told, E::Withdrawn) => Self::Withdrawn,
            (Self::Sent, E::TakenBack) => Self::Open,
            (Self::Sent, E::Answered) => Self::Done,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_request_goes_where_the_table_says() {
        use RequestEvent as E;
        use RequestState as S;
        let events = [
            E::Told(Told::Later),
            E::Told(Told::Elsewhere),
            E::Told(Told::Other),
            E::HandedIn,
            E::TakenBack,
            E::Answered,
            E::OnPaper,
            E::Withdrawn,
        ];
        let missing = [
            Some(S::Open),
            Some(S::Told),
            Some(S::Told),
            Some(S::Sent),
            None,
            None,
            Some(S::Done),
            Some(S::Withdrawn),
        ];
        let table = [
            (S::Open, missing),
            (S::Told, missing),
            (S::Sent, [None, None, None, None, Some(S::Open), Some(S::Done), None, None]),
            (S::Done, [None; 8]),
            (S::Withdrawn, [None; 8]),
        ];
        for (state, row) in table {
            for (event, expected) in events.into_iter().zip(row) {
                assert_eq!(state.after(event), expected, "{state:?} {event:?}");
            }
            assert_eq!(S::parse(state.code()), Some(state));
            assert_eq!(state.is_missing(), state.after(E::HandedIn).is_some());
        }
        assert!(Told::ALL.into_iter().all(|told| Told::parse(told.code()) == Some(told)));
    }
}
