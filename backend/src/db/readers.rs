//! SQLite's readers: connections that are lent for one statement each. A pool that asks a connection at its return
//! whether it still lives doubles the trips to its thread; a file does not go away.

use std::{
    ops::{Deref, DerefMut},
    sync::{Arc, Mutex, PoisonError},
};

use sqlx::{ConnectOptions, Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{
    PATIENCE, Record, Value,
    patience::patiently,
    value::{self, Text},
};
use crate::{Error, Result};

/// How many read at once; whoever comes then waits.
const READERS: u32 = 8;

#[derive(Clone)]
pub struct Readers(Arc<Shelf>);

struct Shelf {
    options: SqliteConnectOptions,
    permits: Arc<Semaphore>,
    /// The one used last is taken first: its cache is warm.
    idle: Mutex<Vec<SqliteConnection>>,
}

/// One connection, until it is given back. Dropped before, as when its reader is gone in the middle of a statement, it is closed.
pub struct Lent {
    connection: SqliteConnection,
    shelf: Arc<Shelf>,
    _permit: OwnedSemaphorePermit,
}

impl Readers {
    /// One is there at once, so that a file that cannot be read is told now.
    pub(super) async fn open(options: SqliteConnectOptions) -> Result<Self> {
        let permits = Arc::new(Semaphore::new(READERS as usize));
        let idle = Mutex::new(vec![options.connect().await?]);
        Ok(Self(Arc::new(Shelf { options, permits, idle })))
    }

    /// Waits for one that is free, but not longer than a request may last.
    pub async fn lend(&self) -> Result<Lent> {
        let permit = tokio::time::timeout(PATIENCE, self.0.permits.clone().acquire_owned()).await;
        let permit = permit.map_err(|_| Error::Busy)?.map_err(|_| Error::Stopped)?;
        let idle = self.0.idle().pop();
        let connection = match idle {
            Some(connection) => connection,
            None => self.0.options.connect().await?,
        };
        Ok(Lent { connection, shelf: self.0.clone(), _permit: permit })
    }

    pub(super) async fn all<R: Record>(&self, sql: &'static str, args: Vec<Value>) -> Result<Vec<R>> {
        value::heard(sql, &args);
        let mut lent = self.lend().await?;
        let rows = patiently(value::sqlite(Text::One(sql), args).fetch_all(&mut *lent)).await?;
        lent.give_back();
        Ok(rows)
    }

    pub(super) async fn optional<R: Record>(&self, sql: &'static str, args: Vec<Value>) -> Result<Option<R>> {
        value::heard(sql, &args);
        let mut lent = self.lend().await?;
        let row = patiently(value::sqlite(Text::One(sql), args).fetch_optional(&mut *lent)).await?;
        lent.give_back();
        Ok(row)
    }

    /// Waits for what is read, then closes.
    pub(super) async fn close(&self) {
        if let Ok(all) = self.0.permits.acquire_many(READERS).await {
            self.0.permits.close();
            drop(all);
        }
        let idle = std::mem::take(&mut *self.0.idle());
        for connection in idle {
            let _ = connection.close().await;
        }
    }
}

impl Shelf {
    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<SqliteConnection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lent {
    /// It has answered, so that it can be lent again.
    pub fn give_back(self) {
        let Self { connection, shelf, .. } = self;
        shelf.idle().push(connection);
    }
}

impl Deref for Lent {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.connection
    }
}

impl DerefMut for Lent {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.connection
    }
}
