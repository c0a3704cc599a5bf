//! A document that was handed in: received, being read, answered; or more is asked for; or she took it back in time.

use super::Refusal;
use crate::blobs;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nobody has opened it.
    Received,
    Reading,
    Accepted,
    /// A new request says what is missing.
    More,
    /// Her files are gone, and nobody has read them.
    TakenBack,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    Opened,
    Accepted,
    MoreAsked,
    TakenBack,
}

/// How it stands, as it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// A file waits for the scanner.
    Checking,
    /// A file was stopped: nobody gets it.
    Stopped,
    Received,
    Reading,
    Accepted,
    More,
    TakenBack,
}

impl State {
    pub const ALL: [Self; 5] = [Self::Received, Self::Reading, Self::Accepted, Self::More, Self::TakenBack];

    pub fn code(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Reading => "reading",
            Self::Accepted => "accepted",
            Self::More => "more",
            Self::TakenBack => "taken_back",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }

    /// Staff have it to do.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Received | Self::Reading)
    }

    pub fn after(self, event: Event) -> Result<Self, Refusal> {
        match (self, event) {
            (Self::TakenBack, _) => Err(Refusal::MovedOn),
            (Self::Received, Event::Opened) => Ok(Self::Reading),
            (stays, Event::Opened) => Ok(stays),
            (Self::Received, Event::TakenBack) => Ok(Self::TakenBack),
            (_, Event::TakenBack) => Err(Refusal::Opened),
            // Whoever answers has opened it: the page that she answers on is a look.
            (Self::Reading, Event::Accepted) => Ok(Self::Accepted),
            (Self::Reading, Event::MoreAsked) => Ok(Self::More),
            _ => Err(Refusal::MovedOn),
        }
    }

    /// With the states of its files.
    pub fn shown(self, files: impl IntoIterator<Item = blobs::State>) -> Shown {
        let (mut stopped, mut checking) = (false, false);
        for file in files {
            stopped |= matches!(file, blobs::State::Infected | blobs::State::Rejected(_));
            checking |= file.may_be_handed_in() && !file.may_be_read();
        }
        match self {
            Self::Received | Self::Reading if stopped => Shown::Stopped,
            Self::Received | Self::Reading if checking => Shown::Checking,
            Self::Received => Shown::Received,
            Self::Reading => Shown::Reading,
            Self::Accepted => Shown::Accepted,
            Self::More => Shown::More,
            Self::TakenBack => Shown::TakenBack,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_document_goes_where_the_table_says() {
        use Event::*;
        use Refusal as R;
        use State as S;
        let events = [Opened, Accepted, MoreAsked, TakenBack];
        let table = [
            (S::Received, [Ok(S::Reading), Err(R::MovedOn), Err(R::MovedOn), Ok(S::TakenBack)]),
            (S::Reading, [Ok(S::Reading), Ok(S::Accepted), Ok(S::More), Err(R::Opened)]),
            (S::Accepted, [Ok(S::Accepted), Err(R::MovedOn), Err(R::MovedOn), Err(R::Opened)]),
            (S::More, [Ok(S::More), Err(R::MovedOn), Err(R::MovedOn), Err(R::Opened)]),
            (S::TakenBack, [Err(R::MovedOn); 4]),
        ];
        for (state, row) in table {
            for (event, expected) in events.into_iter().zip(row) {
                assert_eq!(state.after(event), expected, "{state:?} {event:?}");
            }
            assert_eq!(S::parse(state.code()), Some(state));
        }
    }

    #[test]
    fn t18_what_is_not_clean_is_told_as_such_until_it_is_answered() {
        use blobs::State as B;
        for (state, files, shown) in [
            (State::Received, vec![B::Clean, B::Checking], Shown::Checking),
            (State::Reading, vec![B::Received], Shown::Checking),
            (State::Received, vec![B::Received, B::Infected], Shown::Stopped),
            (State::Received, vec![B::Clean], Shown::Received),
            (State::Received, vec![], Shown::Received),
            (State::Reading, vec![B::Clean], Shown::Reading),
            (State::Accepted, vec![B::Ended(blobs::End::Retention)], Shown::Accepted),
            (State::More, vec![B::Clean], Shown::More),
            (State::TakenBack, vec![B::Ended(blobs::End::Retention)], Shown::TakenBack),
        ] {
            assert_eq!(state.shown(files.clone()), shown, "{state:?} {files:?}");
        }
    }
}
