//! Writers that PostgreSQL threw back go one at a time, among all servers of one database: run again at the same moment
//! they would throw each other back. The turn is an advisory lock on a line of its own, which closes, and so gives the
//! turn on, if whoever has it is cancelled or dies. Nobody waits for it without end: a machine that died without a word
//! is noticed by the server, and whoever has waited long enough is told *busy*.

use std::time::Duration;

use sqlx::{Connection, PgConnection, postgres::PgConnectOptions};
use tokio::{
    sync::{Mutex, MutexGuard, RwLock, RwLockReadGuard, RwLockWriteGuard},
    time::timeout,
};

use crate::{Error, Result};

/// Any number that nothing else in the database uses: `varde` in bytes.
const LOCK: i64 = 0x76_61_72_64_65;

/// What PostgreSQL calls a wait that was longer than `lock_timeout`.
const NOT_AVAILABLE: &str = "55P03";

/// How long a turn may take. A request lasts at most twenty seconds, and so does what waits for this one.
#[derive(Clone, Copy)]
pub(super) struct Bounds {
    /// Until whoever waits is told *busy*: less than a request may last.
    pub wait: Duration,
    /// Until the server takes the turn from whoever has it and does not say a word on its line: a machine that stands
    /// still answers the keepalives all the same.
    pub hold: Duration,
}

pub(super) const BOUNDS: Bounds = Bounds { wait: super::PATIENCE, hold: Duration::from_secs(30) };

/// How the server notices a machine that is gone without a word, on every line of ours: within half a minute, not two
/// hours, which is how long the kernel waits by itself. What such a machine has locked is free then.
pub(super) fn noticed(options: PgConnectOptions) -> PgConnectOptions {
    options.options([
        ("tcp_keepalives_idle", "10"),
        ("tcp_keepalives_interval", "5"),
        ("tcp_keepalives_count", "3"),
        ("tcp_user_timeout", "25000"),
    ])
}

/// A process waits for the others with one line, whoever of it waits.
pub struct Turn {
    to: PgConnectOptions,
    wait: Duration,
    line: Mutex<Option<PgConnection>>,
    /// Where those of this process write: side by side, or one alone.
    pub(super) room: RwLock<()>,
}

/// What came of asking for the turn.
enum Asked {
    Mine,
    /// Somebody else has it, and has had it for too long.
    Taken,
    /// The line is dead.
    Dead,
}

impl Turn {
    pub(super) fn new(to: PgConnectOptions, bounds: Bounds) -> Self {
        let millis = |time: Duration| time.as_millis().to_string();
        let to = to.options([
            // Sooner than the waiting ends here, so that the line outlives it.
            ("lock_timeout", millis(bounds.wait * 3 / 4)),
            ("statement_timeout", millis(bounds.wait * 2)),
            ("idle_session_timeout", millis(bounds.hold)),
        ]);
        Self { to, wait: bounds.wait, line: Mutex::default(), room: RwLock::default() }
    }

    /// Room to work beside others, once nobody works alone.
    pub(super) async fn beside(&self) -> RwLockReadGuard<'_, ()> {
        self.room.read().await
    }

    /// The room alone, once all those of this process have ended their work.
    pub(super) async fn alone(&self) -> RwLockWriteGuard<'_, ()> {
        self.room.write().await
    }

    /// Does the work when nobody else has the turn. Without a line to ask by, only this process waits. If the turn does
    /// not come in time the work is not begun.
    pub(super) async fn wait<T>(&self, work: impl Future<Output = Result<T>>) -> Result<T> {
        // Also those of this process who wait for each other, and a server that does not pick up.
        let (mut place, line) = timeout(self.wait, self.mine()).await.map_err(|_| Error::Busy)??;
        let out = work.await;
        if let Some(mut line) = line {
            *place = ask(&mut line, "SELECT pg_advisory_unlock($1)").await.is_ok().then_some(line);
        }
        out
    }

    /// The line with the turn on it, out of its place: dropped with this future, it closes.
    async fn mine(&self) -> Result<(MutexGuard<'_, Option<PgConnection>>, Option<PgConnection>)> {
        let mut place = self.line.lock().await;
        if let Some(mut line) = place.take() {
            match take(&mut line).await {
                Asked::Mine => return Ok((place, Some(line))),
                Asked::Taken => {
                    *place = Some(line);
                    return Err(Error::Busy);
                }
                Asked::Dead => {}
            }
        }
        let Ok(mut line) = PgConnection::connect_with(&self.to).await else { return Ok((place, None)) };
        match take(&mut line).await {
            Asked::Mine => Ok((place, Some(line))),
            Asked::Taken => Err(Error::Busy),
            Asked::Dead => Ok((place, None)),
        }
    }
}

async fn take(line: &mut PgConnection) -> Asked {
    match ask(line, "SELECT pg_advisory_lock($1)").await {
        Ok(()) => Asked::Mine,
        Err(sqlx::Error::Database(e)) if e.code().as_deref() == Some(NOT_AVAILABLE) => Asked::Taken,
        Err(_) => Asked::Dead,
    }
}

async fn ask(line: &mut PgConnection, sql: &'static str) -> sqlx::Result<()> {
    sqlx::query(sql).bind(LOCK).execute(line).await.map(|_| ())
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use super::*;
    use crate::testing::Database;

    const SHORT: Bounds = Bounds { wait: Duration::from_secs(1), hold: Duration::from_secs(2) };
    /// Much longer than any of it takes, also on a machine that has much to do.
    const AGES: Duration = Duration::from_secs(60);

    /// A server's turn at this database.
    fn turn(url: &str, bounds: Bounds) -> Turn {
        Turn::new(noticed(PgConnectOptions::from_str(url).unwrap()), bounds)
    }

    async fn done() -> Result<()> {
        Ok(())
    }

    #[tokio::test]
    async fn f16_nobody_waits_without_end_for_a_turn_that_is_not_given_on() {
        let Some(url) = Database::new().await else { return };
        let (turn, mut holder) = (turn(&url, SHORT), PgConnection::connect(&url).await.unwrap());
        ask(&mut holder, "SELECT pg_advisory_lock($1)").await.unwrap();
        // A new line, one that is known, and two of one process at once.
        for _ in 0..2 {
            let both = async { tokio::join!(turn.wait(done()), turn.wait(done())) };
            let (one, other) = timeout(AGES, both).await.expect("told in time");
            assert!(matches!((one, other), (Err(Error::Busy), Err(Error::Busy))));
        }
        holder.close().await.unwrap();
        for once_more in [false, true] {
            let free = async { while turn.wait(done()).await.is_err() {} };
            timeout(AGES, free)
                .await
                .unwrap_or_else(|_| panic!("it is free; the line is known: {once_more}"));
        }
    }

    #[tokio::test]
    async fn f16_the_turn_is_taken_from_whoever_stands_still_with_it() {
        let Some(url) = Database::new().await else { return };
        let (still, next) = (turn(&url, SHORT), turn(&url, Bounds { wait: AGES, ..SHORT }));
        let (has_it, it_has) = tokio::sync::oneshot::channel();
        let standing = async {
            has_it.send(()).unwrap();
            std::future::pending::<Result<()>>().await
        };
        let moving = async {
            it_has.await.unwrap();
            next.wait(done()).await
        };
        tokio::select! {
            _ = still.wait(standing) => panic!("it stands still"),
            moved = moving => moved.expect("it has the turn"),
        }
    }

    #[tokio::test]
    async fn f16_the_server_looks_whether_a_silent_line_is_alive() {
        let Some(url) = Database::new().await else { return };
        let mut line = PgConnection::connect_with(&turn(&url, BOUNDS).to).await.unwrap();
        let set = "SELECT name, reset_val FROM pg_settings WHERE name IN ('tcp_keepalives_idle', \
            'tcp_keepalives_interval', 'tcp_keepalives_count', 'tcp_user_timeout', 'lock_timeout', \
            'statement_timeout', 'idle_session_timeout') ORDER BY name";
        let found: Vec<(String, String)> = sqlx::query_as(set).fetch_all(&mut line).await.unwrap();
        let expected = [
            ("idle_session_timeout", "30000"),
            ("lock_timeout", "11250"),
            ("statement_timeout", "30000"),
            ("tcp_keepalives_count", "3"),
            ("tcp_keepalives_idle", "10"),
            ("tcp_keepalives_interval", "5"),
            ("tcp_user_timeout", "25000"),
        ];
        assert_eq!(found, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }
}
