//! SQLite's one writer: a task that owns the connection. Commands that wait together share one commit, each in
//! its savepoint, and each is answered only after that commit is on disk.

use std::{
    future::Future,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    task::Poll,
};

use sqlx::{Connection, SqliteConnection, migrate::Migrator};
use tokio::sync::{mpsc, oneshot};

use super::{Command, Tx, lite::Lite};
use crate::{Error, Result};

/// How many waiting commands one commit may carry.
const GROUP: usize = 64;

/// A way to the writer task; the task ends when it is told to or when the last one is gone.
#[derive(Clone)]
pub struct Writer(mpsc::Sender<Box<dyn Job>>);

type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What came of one job's part.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ran {
    Keep,
    Undo,
    /// The disk took no more. SQLite may have undone the whole transaction by itself.
    NoRoom,
}

/// Why a whole group was undone.
#[derive(Clone, Copy)]
enum Undone {
    Busy,
    Storage,
}

/// How a job wants to be run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Together,
    /// It opens its own transactions.
    Alone,
    /// After it there is no writer.
    Last,
}

trait Job: Send {
    /// Runs inside a savepoint.
    fn run<'a>(&'a mut self, tx: &'a mut Tx) -> Boxed<'a, Ran>;
    /// Called once, after the commit or its failure.
    fn answer(self: Box<Self>, commit: std::result::Result<(), Undone>);
    fn kind(&self) -> Kind {
        Kind::Together
    }
}

struct Pending<C: Command> {
    command: C,
    out: Option<Result<C::Out>>,
    reply: oneshot::Sender<Result<C::Out>>,
}

impl<C: Command> Job for Pending<C> {
    fn run<'a>(&'a mut self, tx: &'a mut Tx) -> Boxed<'a, Ran> {
        Box::pin(async move {
            let out = caught(to_its_end(&self.command, tx)).await;
            let ran = match &out {
                Ok(_) => Ran::Keep,
                Err(Error::Storage(_)) => Ran::NoRoom,
                Err(_) => Ran::Undo,
            };
            self.out = Some(out);
            ran
        })
    }

    fn answer(self: Box<Self>, commit: std::result::Result<(), Undone>) {
        let out = match (self.out, commit) {
            (Some(Err(e)), _) => Err(e),
            (Some(Ok(out)), Ok(())) => Ok(out),
            (_, Err(Undone::Storage)) => Err(no_room()),
            _ => Err(Error::Busy),
        };
        // Nobody waits any more: the caller was cancelled. What was committed stays committed.
        let _ = self.reply.send(out);
    }
}

/// With the statements that it has waited for nowhere.
async fn to_its_end<C: Command>(command: &C, tx: &mut Tx) -> Result<C::Out> {
    let out = command.run(tx).await?;
    own(tx)?.flush().await.map(|()| out)
}

/// Told to those who met the full disk in another's command.
fn no_room() -> Error {
    Error::Storage("the disk of the database takes no more")
}

/// A command that panics takes its own savepoint with it and not the writer, which everybody needs.
async fn caught<T>(run: impl Future<Output = Result<T>>) -> Result<T> {
    let mut run = std::pin::pin!(run);
    std::future::poll_fn(|cx| {
        let polled = catch_unwind(AssertUnwindSafe(|| run.as_mut().poll(cx)));
        polled.unwrap_or(Poll::Ready(Err(Error::Broken("a command panicked"))))
    })
    .await
}

struct Migration {
    migrator: &'static Migrator,
    out: Option<Result<()>>,
    reply: oneshot::Sender<Result<()>>,
}

impl Job for Migration {
    fn run<'a>(&'a mut self, tx: &'a mut Tx) -> Boxed<'a, Ran> {
        Box::pin(async move {
            let Ok(lite) = own(tx) else { return Ran::Undo };
            self.out =
                Some(self.migrator.run_direct(None, &mut lite.connection, false).await.map_err(Error::from));
            Ran::Keep
        })
    }

    fn answer(self: Box<Self>, _: std::result::Result<(), Undone>) {
        let _ = self.reply.send(self.out.unwrap_or(Err(Error::Stopped)));
    }

    fn kind(&self) -> Kind {
        Kind::Alone
    }
}

struct Stop(oneshot::Sender<()>);

impl Job for Stop {
    fn run<'a>(&'a mut self, _: &'a mut Tx) -> Boxed<'a, Ran> {
        Box::pin(async { Ran::Undo })
    }

    fn answer(self: Box<Self>, _: std::result::Result<(), Undone>) {
        let _ = self.0.send(());
    }

    fn kind(&self) -> Kind {
        Kind::Last
    }
}

impl Writer {
    pub(super) fn start(connection: SqliteConnection) -> Self {
        let (send, receive) = mpsc::channel(1024);
        tokio::spawn(work(Tx::Sqlite(Lite::new(connection)), receive));
        Self(send)
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

    /// Finishes what waits and closes the file; what comes later is told that all has stopped.
    pub(super) async fn close(&self) {
        let (reply, closed) = oneshot::channel();
        if self.0.send(Box::new(Stop(reply))).await.is_ok() {
            let _ = closed.await;
        }
    }
}

async fn work(mut tx: Tx, mut jobs: mpsc::Receiver<Box<dyn Job>>) {
    let (mut group, mut last) = (Vec::with_capacity(GROUP), Vec::new());
    while last.is_empty() && jobs.recv_many(&mut group, GROUP).await > 0 {
        last.extend(group.extract_if(.., |job| job.kind() == Kind::Last));
        round(&mut tx, &mut group).await;
    }
    drop(jobs);
    if let Tx::Sqlite(lite) = tx {
        // Closing checkpoints the log; if it cannot, the next start does.
        let _ = lite.connection.close().await;
    }
    for job in last {
        job.answer(Ok(()));
    }
}

async fn round(tx: &mut Tx, group: &mut Vec<Box<dyn Job>>) {
    if group.iter().all(|job| job.kind() == Kind::Together) {
        let outcome = commit(tx, group).await;
        for job in group.drain(..) {
            job.answer(outcome);
        }
        return;
    }
    for mut job in group.drain(..) {
        let outcome = if job.kind() == Kind::Alone {
            job.run(tx).await;
            Ok(())
        } else {
            commit(tx, std::slice::from_mut(&mut job)).await
        };
        job.answer(outcome);
    }
}

/// All of the group that wants to be kept, or nothing of it.
async fn commit(tx: &mut Tx, group: &mut [Box<dyn Job>]) -> std::result::Result<(), Undone> {
    let Err(error) = transaction(tx, group).await else { return Ok(()) };
    tracing::error!(%error, "a group of writes was undone");
    if let Ok(lite) = own(tx) {
        lite.forget_all();
        // There may be none left to undo: a full disk makes SQLite undo by itself.
        let _ = lite.execute("ROLLBACK", vec![]).await;
    }
    Err(if matches!(error, Error::Storage(_)) { Undone::Storage } else { Undone::Busy })
}

async fn transaction(tx: &mut Tx, group: &mut [Box<dyn Job>]) -> Result<()> {
    if group.is_empty() {
        return Ok(());
    }
    tx.execute("BEGIN IMMEDIATE", vec![]).await?;
    let end = match group {
        [alone] => by_itself(tx, alone).await?,
        _ => savepoints(tx, group).await?,
    };
    tx.execute(end, vec![]).await.map(|_| ())
}

/// It needs no savepoint, which is two statements: what it undoes is all there is.
async fn by_itself(tx: &mut Tx, job: &mut Box<dyn Job>) -> Result<&'static str> {
    match job.run(tx).await {
        Ran::Keep => Ok("COMMIT"),
        Ran::Undo => {
            own(tx)?.forget_all();
            Ok("ROLLBACK")
        }
        Ran::NoRoom => Err(no_room()),
    }
}

/// A savepoint is set with the first statement of its command, and released with the first of the next one.
async fn savepoints(tx: &mut Tx, group: &mut [Box<dyn Job>]) -> Result<&'static str> {
    for job in group {
        let mark = own(tx)?.mark();
        own(tx)?.later("SAVEPOINT one", vec![]).await?;
        match job.run(tx).await {
            Ran::Keep => {}
            Ran::Undo if own(tx)?.forget(mark) => continue,
            Ran::Undo => drop(own(tx)?.execute("ROLLBACK TO one", vec![]).await?),
            Ran::NoRoom => return Err(no_room()),
        }
        own(tx)?.later("RELEASE one", vec![]).await?;
    }
    Ok("COMMIT")
}

/// The writer's own connection.
fn own(tx: &mut Tx) -> Result<&mut Lite> {
    match tx {
        Tx::Sqlite(lite) => Ok(lite),
        Tx::Postgres(_) => Err(Error::Broken("engine changed")),
    }
}
