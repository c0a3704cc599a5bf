//! The inside of a transaction, on either engine.

use sqlx::{Postgres, SqliteConnection, Transaction};

use super::{Record, Value, value};
use crate::{Error, Result};

/// Owned, so that commands need no lifetimes.
pub enum Tx {
    Sqlite(SqliteConnection),
    Postgres(Transaction<'static, Postgres>),
}

impl Tx {
    pub async fn all<R: Record>(&mut self, sql: &'static str, args: Vec<Value>) -> Result<Vec<R>> {
        match self {
            Self::Sqlite(c) => Ok(value::sqlite(sql, args).fetch_all(c).await?),
            Self::Postgres(t) => Ok(value::postgres(sql, args).fetch_all(&mut **t).await?),
        }
    }

    pub async fn optional<R: Record>(&mut self, sql: &'static str, args: Vec<Value>) -> Result<Option<R>> {
        match self {
            Self::Sqlite(c) => Ok(value::sqlite(sql, args).fetch_optional(c).await?),
            Self::Postgres(t) => Ok(value::postgres(sql, args).fetch_optional(&mut **t).await?),
        }
    }

    pub async fn one<R: Record>(&mut self, sql: &'static str, args: Vec<Value>) -> Result<R> {
        self.optional(sql, args).await?.ok_or(Error::Database(sqlx::Error::RowNotFound))
    }

    /// Runs a statement and tells how many rows it changed.
    pub async fn execute(&mut self, sql: &'static str, args: Vec<Value>) -> Result<u64> {
        match self {
            Self::Sqlite(c) => Ok(value::sqlite_execute(sql, args).execute(c).await?.rows_affected()),
            Self::Postgres(t) => {
                Ok(value::postgres_execute(sql, args).execute(&mut **t).await?.rows_affected())
            }
        }
    }
}
