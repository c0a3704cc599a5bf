//! The one place that knows which engine runs. Elsewhere: one SQL text, one row type.
//!
//! Reads go through `Db::{all, optional, one}`; every write is a [`Command`] through [`Db::write`], which
//! opens and commits the transaction, runs the command again after a conflict, and answers after the commit.

pub mod backup;
mod command;
mod counted;
mod durable;
mod lite;
mod patience;
mod readers;
#[cfg(test)]
mod tests;
mod turn;
mod tx;
mod value;
mod writer;

use std::{
    str::FromStr,
    sync::Arc,
    time::{Duration, Instant},
};

use sqlx::{
    ConnectOptions, PgPool,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

pub use command::Command;
pub use counted::reads;
pub use durable::{doubts, travels_unsealed};
use readers::Readers;
pub use turn::Turn;
pub use tx::Tx;
pub use value::{Record, Value};
use writer::Writer;

use crate::{Error, Result};

pub(crate) static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
pub(crate) static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// How long a write that has the turn is run again after a serialisation conflict before it is *busy*. Only another
/// server can throw it back twice.
const AGAIN: Duration = Duration::from_secs(5);
const LONGEST_PAUSE: Duration = Duration::from_millis(128);

/// How long a read or a write waits for a connection before it is *busy*: less than a request may last.
const PATIENCE: Duration = Duration::from_secs(15);

/// A handle to the database; cheap to clone.
#[derive(Clone)]
pub enum Db {
    Sqlite { read: Readers, writer: Writer },
    Postgres { pool: PgPool, turn: Arc<Turn> },
}

impl Db {
    /// Opens `sqlite:path` or `postgres://…`, creating the SQLite file, and brings the schema up to date.
    /// Refuses a SQLite file that would not keep through a power cut what it has answered.
    pub async fn open(url: &str) -> Result<Self> {
        let db = Self::connect(url, true).await?;
        db.migrate().await?;
        Ok(db)
    }

    /// The same database as it is: nothing is made and nothing brought up to date. For whoever watches one that others
    /// work on.
    pub async fn attach(url: &str) -> Result<Self> {
        Self::connect(url, false).await
    }

    async fn connect(url: &str, create: bool) -> Result<Self> {
        if url.starts_with("sqlite:") {
            Self::open_sqlite(url, create).await
        } else {
            Self::open_postgres(url).await
        }
    }

    async fn open_sqlite(url: &str, create: bool) -> Result<Self> {
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(create)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
            .pragma("secure_delete", "ON")
            // What a savepoint would undo is kept in memory: no page of ours lies in a file beside the database.
            .pragma("temp_store", "MEMORY")
            .pragma("trusted_schema", "OFF");
        let mut connection = options.connect().await?;
        durable::demand(&mut connection).await?;
        let writer = Writer::start(connection);
        let read = Readers::open(options.read_only(true)).await?;
        Ok(Self::Sqlite { read, writer })
    }

    async fn open_postgres(url: &str) -> Result<Self> {
        let options = turn::noticed(PgConnectOptions::from_str(url)?);
        let pool = PgPoolOptions::new().max_connections(16).acquire_timeout(PATIENCE);
        let pool = pool.connect_with(options.clone()).await?;
        Ok(Self::Postgres { pool, turn: Arc::new(Turn::new(options, turn::BOUNDS)) })
    }

    pub async fn migrate(&self) -> Result<()> {
        match self {
            Self::Sqlite { writer, .. } => writer.migrate(&SQLITE).await,
            Self::Postgres { pool, .. } => Ok(POSTGRES.run(pool).await?),
        }
    }

    /// Runs one command in one transaction. `Err` from the command rolls everything back; any `Ok` commits.
    pub async fn write<C: Command>(&self, command: C) -> Result<C::Out> {
        let out = match self {
            Self::Sqlite { writer, .. } => writer.run(command).await,
            Self::Postgres { pool, turn } => write_to_postgres(pool, turn, &command).await,
        };
        if let Err(Error::Storage(error)) = &out {
            metrics::counter!("varde_storage_failures").increment(1);
            tracing::error!(error, "nothing can be written");
        }
        out
    }

    pub async fn all<R: Record>(&self, sql: &'static str, args: Vec<Value>) -> Result<Vec<R>> {
        counted::read();
        match self {
            Self::Sqlite { read, .. } => read.all(sql, args).await,
            Self::Postgres { pool, .. } => Ok(value::postgres(sql, args).fetch_all(pool).await?),
        }
    }

    pub async fn optional<R: Record>(&self, sql: &'static str, args: Vec<Value>) -> Result<Option<R>> {
        counted::read();
        match self {
            Self::Sqlite { read, .. } => read.optional(sql, args).await,
            Self::Postgres { pool, .. } => Ok(value::postgres(sql, args).fetch_optional(pool).await?),
        }
    }

    pub async fn one<R: Record>(&self, sql: &'static str, args: Vec<Value>) -> Result<R> {
        self.optional(sql, args).await?.ok_or(Error::Database(sqlx::Error::RowNotFound))
    }

    /// Answers when the engine does: for the readiness probe.
    pub async fn ping(&self) -> Result<()> {
        self.one::<(i64,)>("SELECT CAST(1 AS BIGINT)", vec![]).await.map(|_| ())
    }

    /// Waits for what runs, then closes.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { read, writer } => {
                read.close().await;
                writer.close().await;
            }
            Self::Postgres { pool, .. } => pool.close().await,
        }
    }
}

async fn write_to_postgres<C: Command>(pool: &PgPool, turn: &Turn, command: &C) -> Result<C::Out> {
    let room = turn.beside().await;
    let out = run_serializable(pool, command).await;
    drop(room);
    match out {
        // Boxed: what is rare makes the frame of every write no larger.
        Err(e) if e.is_conflict() => turn.wait(Box::pin(run_again(pool, turn, command))).await,
        other => other,
    }
}

/// What ran into others once, with a pause that grows before each further try. From the second on nobody of this
/// process begins beside it: those who come new would throw it back for as long as they come.
async fn run_again<C: Command>(pool: &PgPool, turn: &Turn, command: &C) -> Result<C::Out> {
    let until = Instant::now() + AGAIN;
    let mut pause = Duration::from_millis(2);
    let mut room = None;
    loop {
        let out = run_serializable(pool, command).await;
        drop(room.take());
        match out {
            Err(e) if e.is_conflict() && Instant::now() >= until => return Err(Error::Busy),
            Err(e) if e.is_conflict() => {}
            other => return other,
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
        room = Some(turn.alone().await);
    }
}

const BEGIN: &str = "BEGIN ISOLATION LEVEL SERIALIZABLE";

async fn run_serializable<C: Command>(pool: &PgPool, command: &C) -> Result<C::Out> {
    value::heard(BEGIN, &[]);
    let transaction = pool.begin_with(BEGIN).await?;
    let mut tx = Tx::Postgres(transaction);
    let out = command.run(&mut tx).await;
    let Tx::Postgres(transaction) = tx else { return Err(Error::Broken("engine changed")) };
    match out {
        Ok(out) => {
            value::heard("COMMIT", &[]);
            transaction.commit().await.map(|()| out).map_err(Error::from)
        }
        Err(e) => {
            transaction.rollback().await?;
            Err(e)
        }
    }
}
