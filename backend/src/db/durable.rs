//! Whether what was answered is still there after a power cut. SQLite is asked at each opening, for its settings are
//! ours; PostgreSQL's are its administrator's, and production does not start on the wrong ones.

use std::{net::IpAddr, str::FromStr};

use sqlx::{
    Connection, PgConnection, SqliteConnection,
    postgres::{PgConnectOptions, PgSslMode},
};

use crate::{Error, Result, config::Unsafe};

/// A log that is written before it is answered. A file system without shared memory quietly gives no WAL.
pub(super) async fn demand(connection: &mut SqliteConnection) -> Result<()> {
    let (mode,): (String,) = sqlx::query_as("PRAGMA journal_mode").fetch_one(&mut *connection).await?;
    if mode != "wal" {
        return Err(Error::NotDurable("database.url: SQLite keeps no write-ahead log there"));
    }
    let (synchronous,): (i64,) = sqlx::query_as("PRAGMA synchronous").fetch_one(&mut *connection).await?;
    if synchronous != FULL {
        return Err(Error::NotDurable("database.url: SQLite would answer before the disk has it"));
    }
    Ok(())
}

/// `synchronous=FULL`, as SQLite counts.
const FULL: i64 = 2;

/// What production may not start with, as only the database itself can say. SQLite says it when it is opened.
pub async fn doubts(url: &str) -> Vec<Unsafe> {
    if url.starts_with("sqlite:") {
        return vec![];
    }
    match settings(url).await {
        Ok(found) => found.into_iter().filter(|s| !s.is_safe()).map(|s| s.told()).collect(),
        Err(error) => {
            tracing::error!(error = %Error::from(error), "the database could not be asked");
            vec![Unsafe { key: "database.url", why: "does not answer" }]
        }
    }
}

struct Setting {
    name: &'static str,
    value: String,
}

impl Setting {
    /// `remote_apply` waits for more than `on`. `local` and `remote_write` lose answered writes at a failover.
    fn is_safe(&self) -> bool {
        self.value == "on" || (self.name == "synchronous_commit" && self.value == "remote_apply")
    }

    fn told(&self) -> Unsafe {
        let why = match self.name {
            "synchronous_commit" => "synchronous_commit is not on: an answered write could be lost",
            "fsync" => "fsync is off: a power cut could destroy the database",
            _ => "full_page_writes is off: a power cut could destroy the database",
        };
        Unsafe { key: "database.url", why }
    }
}

/// As our own connections have them: the address, the role and the database may each set their own.
async fn settings(url: &str) -> sqlx::Result<Vec<Setting>> {
    let mut connection = PgConnection::connect(url).await?;
    let mut found = Vec::new();
    for (name, show) in [
        ("synchronous_commit", "SHOW synchronous_commit"),
        ("fsync", "SHOW fsync"),
        ("full_page_writes", "SHOW full_page_writes"),
    ] {
        let (value,): (String,) = sqlx::query_as(show).fetch_one(&mut connection).await?;
        found.push(Setting { name, value });
    }
    connection.close().await?;
    Ok(found)
}

/// Whether rows would cross a network without TLS.
pub fn travels_unsealed(url: &str) -> bool {
    let Ok(options) = PgConnectOptions::from_str(url) else { return false };
    let host = options.get_host();
    let here = options.get_socket().is_some()
        || host.starts_with('/')
        || host == "localhost"
        || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    let sealed =
        matches!(options.get_ssl_mode(), PgSslMode::Require | PgSslMode::VerifyCa | PgSslMode::VerifyFull);
    url.starts_with("postgres") && !here && !sealed
}

#[cfg(test)]
mod tests {
    use sqlx::Executor;

    use super::*;
    use crate::testing::Database;

    #[tokio::test]
    async fn f03_only_a_log_that_reaches_the_disk_will_do() {
        let folder = std::env::temp_dir().join(format!("varde-durable-{}.db", std::process::id()));
        let url = format!("sqlite:{}?mode=rwc", folder.display());
        let mut connection = SqliteConnection::connect(&url).await.unwrap();
        let mut verdicts = Vec::new();
        for pragma in
            ["PRAGMA journal_mode = DELETE", "PRAGMA journal_mode = WAL", "PRAGMA synchronous = NORMAL"]
        {
            connection.execute(pragma).await.unwrap();
            verdicts.push(demand(&mut connection).await.is_ok());
        }
        assert_eq!(verdicts, [false, true, false]);
        connection.close().await.unwrap();
        std::fs::remove_file(folder).unwrap();
    }

    #[tokio::test]
    async fn f03_a_postgres_that_answers_too_early_is_named() {
        let Some(url) = Database::new().await else { return };
        let told = |found: Vec<Unsafe>| found.iter().any(|f| f.why.starts_with("synchronous_commit"));
        assert!(!told(doubts(&url).await));
        for weak in ["off", "local", "remote_write"] {
            assert!(
                told(doubts(&format!("{}&options=-c%20synchronous_commit%3D{weak}", &*url)).await),
                "{weak}"
            );
        }
        let nowhere = doubts("postgres://nobody@127.0.0.1:1/nothing").await;
        assert_eq!(nowhere, [Unsafe { key: "database.url", why: "does not answer" }]);
    }

    #[test]
    fn rows_cross_a_network_sealed_or_not_at_all() {
        for url in [
            "postgres:///varde?host=/run/postgresql",
            "postgres://varde@localhost/varde",
            "postgres://varde@127.0.0.1/varde",
            "postgres://varde@db.varde.no/varde?sslmode=verify-full",
            "sqlite:varde.db",
        ] {
            assert!(!travels_unsealed(url), "{url}");
        }
        for url in ["postgres://varde@db.varde.no/varde", "postgres://varde@10.0.0.2/varde?sslmode=prefer"] {
            assert!(travels_unsealed(url), "{url}");
        }
    }
}
