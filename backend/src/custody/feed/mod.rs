//! The feed: what the case system says has been decided or has happened. One transaction takes a batch, each item for
//! itself; a duplicate gets the answer that the first one got, whatever came between. Nothing that was answered is lost,
//! and nothing that was refused has changed anything.

mod effects;
mod health;
pub mod register;
mod take;
#[cfg(test)]
mod tests;

pub use effects::{EFFECT, Effect, MOVED, take_effect};
pub use health::{FeedHealth, Heard, LastEvent, Refused, health, kept, quietest};
pub use take::{Stood, Together, opened, take};

use domain::{custody::Event, kernel::Public};

/// Marks the receipt of an event.
#[derive(Debug)]
pub enum CustodyEvent {}

/// One item, as it was read: an event, or what is wrong with it and how it called itself.
pub type Item = Result<Event, Unreadable>;

/// An item that could not be read: its key and version as far as they could.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    pub decision: String,
    pub version: u32,
    pub faults: Vec<(String, &'static str)>,
}

/// What became of one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is kept; the receipt is the same however often it comes.
    Accepted(Public<CustodyEvent>),
    Refused(Refusal),
}

/// Why an item was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It could not be read: fields and codes.
    Unreadable(Vec<(String, &'static str)>),
    /// The source has no inmate of that key.
    UnknownInmate,
    /// No unit has that name.
    UnknownUnit,
    /// The decision is about somebody else.
    OtherInmate,
    /// This version has come before and said something else.
    VersionClash,
}

impl Refusal {
    /// Stable, for the API.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "item_unreadable",
            Self::UnknownInmate => "inmate_unknown",
            Self::UnknownUnit => "unit_unknown",
            Self::OtherInmate => "decision_of_other_inmate",
            Self::VersionClash => "version_clash",
        }
    }

    /// The field that it is about.
    pub fn field(&self) -> &str {
        match self {
            Self::Unreadable(faults) => faults.first().map_or("", |(field, _)| field.as_str()),
            Self::UnknownInmate | Self::OtherInmate => "inmate",
            Self::UnknownUnit => "unit",
            Self::VersionClash => "version",
        }
    }
}
