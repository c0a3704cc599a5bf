//! Writers that PostgreSQL threw back go one at a time, among all servers of one database: run again at the same moment
//! they would throw each other back. The turn is an advisory lock on a line of its own, which closes, and so gives the
//! turn on, if whoever has it is cancelled or dies.

use sqlx::{Connection, PgConnection, postgres::PgConnectOptions};
use tokio::sync::Mutex;

/// Any number that nothing else in the database uses: `varde` in bytes.
const LOCK: i64 = 0x76_61_72_64_65;

/// A process waits for the others with one line, whoever of it waits.
pub struct Turn {
    to: PgConnectOptions,
    line: Mutex<Option<PgConnection>>,
}

impl Turn {
    pub(super) fn new(to: PgConnectOptions) -> Self {
        Self { to, line: Mutex::default() }
    }

    /// Does the work when nobody else has the turn. Without a line to ask by, only this process waits.
    pub(super) async fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        let mut place = self.line.lock().await;
        // Out of its place: dropped with this future, it closes.
        let line = self.locked(place.take()).await;
        let out = work.await;
        if let Some(mut line) = line {
            *place = ask(&mut line, "SELECT pg_advisory_unlock($1)").await.then_some(line);
        }
        out
    }

    async fn locked(&self, known: Option<PgConnection>) -> Option<PgConnection> {
        if let Some(mut line) = known
            && take(&mut line).await
        {
            return Some(line);
        }
        let mut line = PgConnection::connect_with(&self.to).await.ok()?;
        take(&mut line).await.then_some(line)
    }
}

async fn take(line: &mut PgConnection) -> bool {
    ask(line, "SELECT pg_advisory_lock($1)").await
}

async fn ask(line: &mut PgConnection, sql: &'static str) -> bool {
    sqlx::query(sql).bind(LOCK).execute(line).await.is_ok()
}
