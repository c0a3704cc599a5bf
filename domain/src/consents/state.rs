//! What one at home has said, word after word. Nothing is ever struck out: the last word stands.

use super::Refusal;
use crate::kernel::Instant;

/// What she can answer. A talk first is an answer too: it says neither yes nor no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Yes,
    No,
    Talk,
}

impl Answer {
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::Talk];

    pub fn code(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Talk => "talk",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.code() == code)
    }
}

/// One word of hers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    Answered(Answer),
    /// A yes is taken back.
    Withdrawn,
}

impl Said {
    pub const ALL: [Self; 4] = [
        Self::Answered(Answer::Yes),
        Self::Answered(Answer::No),
        Self::Answered(Answer::Talk),
        Self::Withdrawn,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Answered(answer) => answer.code(),
            Self::Withdrawn => "withdrawn",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|said| said.code() == code)
    }
}

/// A word and when it was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    pub said: Said,
    pub at: Instant,
}

/// Where she stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Unanswered,
    Said(Word),
}

impl Standing {
    pub fn is_yes(self) -> bool {
        matches!(self, Self::Said(Word { said: Said::Answered(Answer::Yes), .. }))
    }

    /// `unanswered`, or the code of her last word.
    pub fn code(self) -> &'static str {
        match self {
            Self::Unanswered => "unanswered",
            Self::Said(word) => word.said.code(),
        }
    }
}

/// `words` oldest first; only those before `until` count.
pub fn standing(words: &[Word], until: Option<Instant>) -> Standing {
    let counts = |word: &&Word| until.is_none_or(|until| word.at < until);
    words.iter().rfind(counts).map_or(Standing::Unanswered, |word| Standing::Said(*word))
}

/// She answers: for the first time, or otherwise than before. While a yes stands, only taking it back changes it, for that is
/// told what it brings about first.
pub fn answer(now: Standing, answer: Answer, closed: bool) -> Result<Said, Refusal> {
    if closed {
        return Err(Refusal::Closed);
    }
    match now {
        Standing::Said(Word { said: Said::Answered(Answer::Yes), .. }) => Err(Refusal::SaidAlready),
        Standing::Said(Word { said: Said::Answered(before), .. }) if before == answer => {
            Err(Refusal::SaidAlready)
        }
        _ => Ok(Said::Answered(answer)),
    }
}

/// She takes her yes back. Nobody asks why.
pub fn withdraw(now: Standing, closed: bool) -> Result<Said, Refusal> {
    match (closed, now.is_yes()) {
        (true, _) => Err(Refusal::Closed),
        (false, false) => Err(Refusal::SaidAlready),
        (false, true) => Ok(Said::Withdrawn),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(said: Said, at: i64) -> Word {
        Word { said, at: Instant(at) }
    }

    #[test]
    fn each_word_after_each_other() {
        use Answer::{No, Talk, Yes};
        let after =
            |said: Option<Said>| said.map_or(Standing::Unanswered, |said| Standing::Said(word(said, 1)));
        let said = [
            None,
            Some(Said::Answered(Yes)),
            Some(Said::Answered(No)),
            Some(Said::Answered(Talk)),
            Some(Said::Withdrawn),
        ];
        // Answered yes, no, talk; withdrawn.
        let table = [
            [true, true, true, false],
            [false, false, false, true],
            [true, false, true, false],
            [true, true, false, false],
            [true, true, true, false],
        ];
        for (before, may) in said.into_iter().zip(table) {
            let now = after(before);
            for (next, may) in Answer::ALL.into_iter().zip(may) {
                assert_eq!(answer(now, next, false).is_ok(), may, "{before:?} {next:?}");
                assert_eq!(answer(now, next, true), Err(Refusal::Closed));
            }
            assert_eq!(withdraw(now, false).is_ok(), may[3], "{before:?}");
            assert_eq!(withdraw(now, true), Err(Refusal::Closed));
        }
        for said in Said::ALL {
            assert_eq!(Said::parse(said.code()), Some(said));
        }
    }

    #[test]
    fn the_last_word_before_an_instant_stands() {
        let words = [word(Said::Answered(Answer::Yes), 10), word(Said::Withdrawn, 20)];
        let code = |until: Option<i64>| standing(&words, until.map(Instant)).code();
        let table = [
            (Some(10), "unanswered"),
            (Some(11), "yes"),
            (Some(20), "yes"),
            (Some(21), "withdrawn"),
            (None, "withdrawn"),
        ];
        for (until, expected) in table {
            assert_eq!(code(until), expected, "{until:?}");
        }
    }
}
