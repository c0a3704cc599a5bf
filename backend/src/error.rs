//! What goes wrong below the rules. A refusal by a rule is a value, never one of these.

/// The backend's failures. None carries personal data or SQL text to a page.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    #[error("migration: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// Too many conflicting writes: try again in a moment.
    #[error("busy")]
    Busy,
    /// Stored data that cannot be what Varde wrote.
    #[error("stored data is broken: {0}")]
    Broken(&'static str),
    #[error("sealed data cannot be opened")]
    Sealed,
    #[error("stopped")]
    Stopped,
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// A conflict between two writes that running again solves.
    pub(crate) fn is_conflict(&self) -> bool {
        let Self::Database(sqlx::Error::Database(e)) = self else { return false };
        matches!(e.code().as_deref(), Some("40001" | "40P01"))
    }
}
