//! What is held about one person: ground for every slice, each of which supplies its own part under its own reads
//! (`wiring::held` knows them all). Facts with codes for names; words are where pages are. Promises that nothing is read of
//! anybody else, that a read leaves nothing behind, and that nothing is told here that her other pages do not tell yet: an
//! inmate's *no* looks like no answer, a letter that was not let through to her is not there. Never: a row of the notices.

mod codes;
mod file;
mod topics;

use domain::kernel::{CivilDate, Instant, Reference};

pub use codes::{Kind, Name, Set, Topic};
pub use file::{file, notices_file};
pub use topics::{NOTICES, Part};

use crate::{Error, Result};

/// As text, for what was sealed.
pub(crate) fn text(plain: &[u8]) -> String {
    String::from_utf8_lossy(plain).into_owned()
}

/// One part of what is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    pub topic: Topic,
    /// Told at the high level alone: whether there is anything shows there.
    pub locked: bool,
    pub things: Vec<Thing>,
}

/// One thing, such as an application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thing {
    pub kind: Kind,
    pub facts: Vec<Fact>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    pub name: Name,
    pub value: Value,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Text(String),
    /// Whole in the file; on a page its end is covered.
    Secret(String),
    Number(i64),
    Bytes(i64),
    At(Instant),
    On(CivilDate),
    Yes(bool),
    /// Codes of a closed set, with words.
    Codes(Set, Vec<String>),
    /// Named by a row that changes as data: bokmål, nynorsk, English.
    Named([String; 3]),
}

impl Thing {
    pub fn new(kind: Kind) -> Self {
        Self { kind, facts: vec![] }
    }

    #[must_use]
    fn with(mut self, name: Name, value: Option<Value>) -> Self {
        self.facts.extend(value.map(|value| Fact { name, value }));
        self
    }

    /// Nothing for an empty text.
    #[must_use]
    pub fn text(self, name: Name, text: impl Into<Option<String>>) -> Self {
        let text = text.into().filter(|text| !text.is_empty());
        self.with(name, text.map(Value::Text))
    }

    /// As people say it.
    #[must_use]
    pub fn reference(self, stored: &str) -> Self {
        let said =
            Reference::parse(stored).map_or_else(|| stored.to_owned(), |reference| reference.to_string());
        self.text(Name::Reference, said)
    }

    #[must_use]
    pub fn secret(self, name: Name, text: Option<String>) -> Self {
        self.with(name, text.map(Value::Secret))
    }

    #[must_use]
    pub fn at(self, name: Name, at: impl Into<Option<i64>>) -> Self {
        self.with(name, at.into().map(|at| Value::At(Instant(at))))
    }

    /// A day as it is stored.
    pub fn on(self, name: Name, day: impl Into<Option<String>>) -> Result<Self> {
        let read = |day: String| CivilDate::parse_iso(&day).ok_or(Error::Broken("a day of what is held"));
        let day = day.into().map(read).transpose()?;
        Ok(self.with(name, day.map(Value::On)))
    }

    #[must_use]
    pub fn number(self, name: Name, number: i64) -> Self {
        self.with(name, Some(Value::Number(number)))
    }

    #[must_use]
    pub fn bytes(self, name: Name, bytes: Option<i64>) -> Self {
        self.with(name, bytes.map(Value::Bytes))
    }

    #[must_use]
    pub fn yes(self, name: Name, yes: bool) -> Self {
        self.with(name, Some(Value::Yes(yes)))
    }

    #[must_use]
    pub fn code(self, name: Name, set: Set, code: impl Into<Option<String>>) -> Self {
        self.with(name, code.into().map(|code| Value::Codes(set, vec![code])))
    }

    /// Codes with spaces between; nothing for none.
    #[must_use]
    pub fn codes(self, name: Name, set: Set, codes: &str) -> Self {
        let codes: Vec<String> = codes.split_whitespace().map(str::to_owned).collect();
        self.with(name, (!codes.is_empty()).then_some(Value::Codes(set, codes)))
    }

    #[must_use]
    pub fn named(self, name: Name, names: [String; 3]) -> Self {
        self.with(name, Some(Value::Named(names)))
    }
}
