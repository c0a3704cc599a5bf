//! A PostgreSQL database of a test's own. A run makes hundreds of some ten MB each: whichever test has ended, the
//! next one takes its database away.

#![expect(clippy::disallowed_types, reason = "the name of a database cannot be bound")]

use std::{ops::Deref, sync::Mutex};

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

use super::{next, setting};

/// Names of databases that nobody uses any more.
static LEFT: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Its URL.
pub struct Database {
    name: String,
    url: String,
}

impl Database {
    /// None if the part was left out on purpose.
    pub async fn new() -> Option<Self> {
        let Some(server) = setting("VARDE_TEST_PG_URL") else {
            assert_eq!(
                setting("VARDE_TEST_WITHOUT").as_deref(),
                Some("postgres"),
                "VARDE_TEST_PG_URL is not set"
            );
            return None;
        };
        let name = format!("varde_test_{}_{}", std::process::id(), next());
        let mut connection = PgConnection::connect(&server).await.expect("the test server answers");
        let left = std::mem::take(&mut *LEFT.lock().expect("no test panics here"));
        for old in left {
            let drop = format!("DROP DATABASE IF EXISTS {old} WITH (FORCE)");
            connection.execute(AssertSqlSafe(drop)).await.expect("a database is taken away");
        }
        // Copied as files: written through the log it would take its ten MB twice.
        let create = format!("CREATE DATABASE {name} STRATEGY file_copy");
        connection.execute(AssertSqlSafe(create)).await.expect("a database is made");
        let (start, query) = server.split_once('?').unwrap_or((&server, ""));
        let (host, _) = start.rsplit_once('/').expect("a database URL");
        let url = format!("{host}/{name}?{query}");
        Some(Self { name, url })
    }
}

impl Deref for Database {
    type Target = str;

    fn deref(&self) -> &str {
        &self.url
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Ok(mut left) = LEFT.lock() {
            left.push(std::mem::take(&mut self.name));
        }
    }
}
