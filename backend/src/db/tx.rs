//! The inside of a transaction, on either engine.

use sqlx::{Postgres, Transaction};

use super::{Record, Value, lite::Lite, value};
use crate::{Error, Result};

/// Owned, so that commands need no lifetimes.
pub enum Tx {
    Sqlite(Lite),
    Postgres(Transaction<'static, Postgres>),
}

impl Tx {
    pub async fn all<R: Record>(&mut self, sql: &'static str, args: Vec<Value>) -> Result<Vec<R>> {
        match self {
            Self::Sqlite(c) => c.all(sql, args).await,
            Self::Postgres(t) => Ok(value::postgres(sql, args).fetch_all(&mut **t).await?),
        }
    }

    pub async fn optional<R: Record>(&mut self, sql: &'static str, args: Vec<Value>) -> Result<Option<R>> {
        match self {
            Self::Sqlite(c) => c.optional(sql, args).await,
            Self::Postgres(t) => Ok(value::postgres(sql, args).fetch_optional(&mut **t).await?),
        }
    }

    pub async fn one<R: Record>(&mut self, sql: &'static str, args: Vec<Value>) -> Result<R> {
        self.optional(sql, args).await?.ok_or(Error::Database(sqlx::Error::RowNotFound))
    }

    /// A statement that nobody waits for: how many rows it changes is not asked. Where the trips are dear it is said together with the
    /// next one; what is wrong with it is wrong with the command, and told there or at its end.
    pub async fn later(&mut self, sql: &'static str, args: Vec<Value>) -> Result<()> {
        match self {
            Self::Sqlite(c) => c.later(sql, args).await,
            Self::Postgres(_) => self.execute(sql, args).await.map(|_| ()),
        }
    }

    /// Runs a statement and tells how many rows it changed.
    pub async fn execute(&mut self, sql: &'static str, args: Vec<Value>) -> Result<u64> {
        match self {
            Self::Sqlite(c) => c.execute(sql, args).await,
            Self::Postgres(t) => {
                Ok(value::postgres_execute(sql, args).execute(&mut **t).await?.rows_affected())
            }
        }
    }
}
