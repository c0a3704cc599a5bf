//! What goes wrong below the rules. A refusal by a rule is a value, never one of these.

/// The backend's failures. None carries personal data or SQL text to a page.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("database: {0}")]
    Database(sqlx::Error),
    #[error("migration: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// Too many conflicting writes: try again in a moment.
    #[error("busy")]
    Busy,
    /// The disk is full or fails: nothing was written.
    #[error("storage: {0}")]
    Storage(&'static str),
    /// The engine would not keep through a power cut what it has answered.
    #[error("{0}")]
    NotDurable(&'static str),
    /// Stored data that cannot be what Varde wrote.
    #[error("stored data is broken: {0}")]
    Broken(&'static str),
    #[error("sealed data cannot be opened")]
    Sealed,
    #[error("stopped")]
    Stopped,
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            // Every connection was at work for as long as anybody waits.
            sqlx::Error::PoolTimedOut => Self::Busy,
            sqlx::Error::Database(e) if e.code().is_some_and(|code| is_storage(&code)) => {
                Self::Storage("the disk of the database is full or fails")
            }
            _ => Self::Database(error),
        }
    }
}

/// SQLite: 13 full, 10 with all its kinds (the low byte) an I/O error. PostgreSQL: disk full, I/O error.
fn is_storage(code: &str) -> bool {
    matches!(code, "53100" | "58030")
        || (code.len() < 5 && code.parse::<u32>().is_ok_and(|code| matches!(code & 0xff, 10 | 13)))
}

impl Error {
    /// A conflict between two writes that running again solves.
    pub(crate) fn is_conflict(&self) -> bool {
        let Self::Database(sqlx::Error::Database(e)) = self else { return false };
        matches!(e.code().as_deref(), Some("40001" | "40P01"))
    }

    /// Nothing is wrong with what was asked: the same again will work when there is room.
    pub fn passes(&self) -> bool {
        matches!(self, Self::Busy | Self::Storage(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_or_failing_disk_is_known_by_its_code() {
        for code in ["13", "10", "778", "1034", "53100", "58030"] {
            assert!(is_storage(code), "{code}");
        }
        for code in ["5", "19", "517", "2067", "40001", "23505", ""] {
            assert!(!is_storage(code), "{code}");
        }
    }
}
