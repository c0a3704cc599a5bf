//! SQLite's one writer: a task that owns the connection. Commands that wait together share one commit, each in
//! its savepoint, and each is answered only after that commit is on disk.

use std::{future::Future, pin::Pin};

use sqlx::{ConnectOptions, Connection, migrate::Migrator, sqlite::SqliteConnectOptions};
use tokio::sync::{mpsc, oneshot};

use super::{Command, Tx};
use crate::{Error, Result};

/// How many waiting commands one commit may carry.
const GROUP: usize = 64;

/// A way to the writer task; the task ends when the last one is gone.
#[derive(Clone)]
pub struct Writer(mpsc::Sender<Box<dyn Job>>);

type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

trait Job: Send {
    /// Runs inside a savepoint; true keeps what was written.
    fn run<'a>(&'a mut self, tx: &'a mut Tx) -> Boxed<'a, bool>;
    /// Called once, after the commit or its failure.
    fn answer(self: Box<Self>, committed: bool);
    /// A job that opens its own transactions.
    fn alone(&self) -> bool {
        false
    }
}

struct Pending<C: Command> {
    command: C,
    out: Option<Result<C::Out>>,
    reply: oneshot::Sender<Result<C::Out>>,
}

impl<C: Command> Job for Pending<C> {
    fn run<'a>(&'a mut self, tx: &'a mut Tx) -> Boxed<'a, bool> {
        Box::pin(async move {
            let out = self.command.run(tx).await;
            let keep = out.is_ok();
            self.out = Some(out);
            keep
        })
    }

    fn answer(self: Box<Self>, committed: bool) {
        let out = match self.out {
            Some(Ok(out)) if committed => Ok(out),
            Some(Err(e)) => Err(e),
            _ => Err(Error::Busy),
        };
        // Nobody waits any more: the caller was cancelled. What was committed stays committed.
        let _ = self.reply.send(out);
    }
}

struct Migration {
    migrator: &'static Migrator,
    out: Option<Result<()>>,
    reply: oneshot::Sender<Result<()>>,
}

impl Job for Migration {
    fn run<'a>(&'a mut self, tx: &'a mut Tx) -> Boxed<'a, bool> {
        Box::pin(async move {
            let Tx::Sqlite(connection) = tx else { return false };
            self.out = Some(self.migrator.run_direct(None, connection, false).await.map_err(Error::from));
            true
        })
    }

    fn answer(self: Box<Self>, _: bool) {
        let _ = self.reply.send(self.out.unwrap_or(Err(Error::Stopped)));
    }

    fn alone(&self) -> bool {
        true
    }
}

impl Writer {
    pub(super) async fn start(options: &SqliteConnectOptions) -> Result<Self> {
        let connection = options.connect().await?;
        let (send, receive) = mpsc::channel(1024);
        tokio::spawn(work(Tx::Sqlite(connection), receive));
        Ok(Self(send))
    }

    pub(super) async fn run<C: Command>(&self, command: C) -> Result<C::Out> {
        let (reply, answer) = oneshot::channel();
        self.0.send(Box::new(Pending { command, out: None, reply })).await.map_err(|_| Error::Stopped)?;
        answer.await.map_err(|_| Error::Stopped)?
    }

    pub(super) async fn migrate(&self, migrator: &'static Migrator) -> Result<()> {
        let (reply, answer) = oneshot::channel();
        self.0.send(Box::new(Migration { migrator, out: None, reply })).await.map_err(|_| Error::Stopped)?;
        answer.await.map_err(|_| Error::Stopped)?
    }
}

async fn work(mut tx: Tx, mut jobs: mpsc::Receiver<Box<dyn Job>>) {
    let mut group = Vec::with_capacity(GROUP);
    while jobs.recv_many(&mut group, GROUP).await > 0 {
        if group.iter().any(|job| job.alone()) {
            for mut job in group.drain(..) {
                let committed = if job.alone() {
                    job.run(&mut tx).await
                } else {
                    commit(&mut tx, std::slice::from_mut(&mut job)).await
                };
                job.answer(committed);
            }
            continue;
        }
        let committed = commit(&mut tx, &mut group).await;
        for job in group.drain(..) {
            job.answer(committed);
        }
    }
    if let Tx::Sqlite(connection) = tx {
        // Closing checkpoints the log; if it cannot, the next start does.
        let _ = connection.close().await;
    }
}

async fn commit(tx: &mut Tx, group: &mut [Box<dyn Job>]) -> bool {
    if tx.execute("BEGIN IMMEDIATE", vec![]).await.is_err() {
        return false;
    }
    for job in group.iter_mut() {
        if tx.execute("SAVEPOINT one", vec![]).await.is_err() {
            break;
        }
        if !job.run(tx).await && tx.execute("ROLLBACK TO one", vec![]).await.is_err() {
            break;
        }
        if tx.execute("RELEASE one", vec![]).await.is_err() {
            break;
        }
    }
    match tx.execute("COMMIT", vec![]).await {
        Ok(_) => true,
        Err(e) => {
            tracing::error!(error = %e, "commit failed");
            let _ = tx.execute("ROLLBACK", vec![]).await;
            false
        }
    }
}
