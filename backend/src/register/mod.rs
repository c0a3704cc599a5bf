//! The register of what is kept: every table, what it is for, on what ground, for how long (the record of processing, GDPR
//! Article 30). One text for three readers: `docs/data-register.md` is written from it, the pages where somebody sees what is
//! held about her take ground and time from it, and the worker's nightly job erases by it. A table without a row here fails
//! `backend/tests/sql`.

mod document;
mod ground;
mod messages;
mod notices;
mod slices;
mod visits;

pub use document::document;

/// On what ground something is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ground {
    Visits,
    Decisions,
    Notices,
    Messages,
    Counsel,
    Worry,
    Consents,
    Service,
    Security,
}

impl Ground {
    pub const ALL: [Self; 9] = [
        Self::Visits,
        Self::Decisions,
        Self::Notices,
        Self::Messages,
        Self::Counsel,
        Self::Worry,
        Self::Consents,
        Self::Service,
        Self::Security,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Visits => "visits",
            Self::Decisions => "decisions",
            Self::Notices => "notices",
            Self::Messages => "messages",
            Self::Counsel => "counsel",
            Self::Worry => "worry",
            Self::Consents => "consents",
            Self::Service => "service",
            Self::Security => "security",
        }
    }
}

/// How long something is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It holds nobody's data.
    ForEver,
    /// So many days by each of these rules (`rule`), then the worker erases it.
    Days(&'static [&'static str], &'static str),
    /// The same, by the row of its kind.
    ByKind(&'static str),
    /// For minutes, hours or days that stand in the code, then the worker erases it.
    Short(&'static str),
    /// The bytes, the key and the name of a file go as what it belongs to; its row a while later.
    Blob,
    /// As another table.
    As(&'static str),
    /// As the archive act requires, and no longer than ten years after the sentence is served; nothing erases it yet.
    Case,
    /// With the last case; nothing erases it yet.
    LastCase,
    /// By the rule of the custody register; nothing erases it here.
    Custody,
    /// Rows are only ever added.
    Appended(&'static str),
    While(&'static str),
}

/// A row of the register.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    pub name: &'static str,
    pub holds: &'static str,
    pub purpose: &'static str,
    /// None: it holds no personal data.
    pub grounds: &'static [Ground],
    /// A law beside those of the grounds.
    law: &'static str,
    pub kept: Kept,
}

const fn row(
    name: &'static str,
    holds: &'static str,
    purpose: &'static str,
    (grounds, law): (&'static [Ground], &'static str),
    kept: Kept,
) -> Table {
    Table { name, holds, purpose, grounds, law, kept }
}

/// Every table.
pub fn tables() -> impl Iterator<Item = &'static Table> {
    [ground::ROWS, slices::ROWS, visits::ROWS, messages::ROWS, notices::ROWS].into_iter().flatten()
}

pub fn table(name: &str) -> Option<&'static Table> {
    tables().find(|table| table.name == name)
}

impl Table {
    /// The row whose time it shares.
    pub fn root(&'static self) -> &'static Self {
        match self.kept {
            Kept::As(other) => table(other).map_or(self, Self::root),
            _ => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_says_what_it_is_for_and_names_rows_that_are_there() {
        for table in tables() {
            assert!(!table.holds.is_empty() && !table.purpose.is_empty(), "{}", table.name);
            assert_eq!(tables().filter(|other| other.name == table.name).count(), 1, "{}", table.name);
            if let Kept::As(other) = table.kept {
                assert!(super::table(other).is_some(), "{} is kept as {other}", table.name);
            }
            let nobodys = table.kept == Kept::ForEver;
            assert!(!nobodys || table.grounds.is_empty(), "{} holds data and is kept for ever", table.name);
        }
    }

    #[test]
    fn each_ground_has_a_code_of_its_own() {
        let mut codes = Ground::ALL.map(Ground::code).to_vec();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), Ground::ALL.len());
    }
}
