//! A database of a test's own on each engine: a copy of one that has been brought up to date once, for to bring it up to date
//! takes longer than most tests. A run makes hundreds of some ten MB each on PostgreSQL: whichever test has ended, the next one
//! takes its database away.

#![expect(clippy::disallowed_types, reason = "the name of a database cannot be bound")]

use std::{
    ops::Deref,
    path::{Path, PathBuf},
    sync::Mutex,
};

use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection,
    sqlite::{SqliteConnectOptions, SqliteConnection},
};
use tokio::sync::OnceCell;

use super::{next, setting};
use crate::db::{POSTGRES, SQLITE};

/// Copied for each test of this process.
static FILE: OnceCell<PathBuf> = OnceCell::const_new();
static MODEL: OnceCell<String> = OnceCell::const_new();

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
        let server = server()?;
        let model = MODEL.get_or_init(|| model(&server)).await;
        Some(Self::copied(&server, model).await)
    }

    /// One with all that is in this one now; nobody may be connected to it.
    pub async fn copy(&self) -> Self {
        let server = server().expect("it was there for this one");
        Self::copied(&server, &self.name).await
    }

    async fn copied(server: &str, model: &str) -> Self {
        let name = format!("varde_test_{}_{}", std::process::id(), next());
        let mut connection = PgConnection::connect(server).await.expect("the test server answers");
        let left = std::mem::take(&mut *LEFT.lock().expect("no test panics here"));
        for old in left {
            let drop = format!("DROP DATABASE IF EXISTS {old} WITH (FORCE)");
            connection.execute(AssertSqlSafe(drop)).await.expect("a database is taken away");
        }
        // Copied as files: written through the log it would take its ten MB twice.
        let create = format!("CREATE DATABASE {name} TEMPLATE {model} STRATEGY file_copy");
        connection.execute(AssertSqlSafe(create)).await.expect("a database is made");
        let url = url_of(server, &name);
        Self { name, url }
    }
}

/// None if the part was left out on purpose.
fn server() -> Option<String> {
    let server = setting("VARDE_TEST_PG_URL");
    let left_out = setting("VARDE_TEST_WITHOUT").as_deref() == Some("postgres");
    assert!(server.is_some() || left_out, "VARDE_TEST_PG_URL is not set");
    server
}

fn url_of(server: &str, name: &str) -> String {
    let (start, query) = server.split_once('?').unwrap_or((server, ""));
    let (host, _) = start.rsplit_once('/').expect("a database URL");
    format!("{host}/{name}?{query}")
}

/// One that nobody is connected to, or it could not be copied.
async fn model(server: &str) -> String {
    let name = format!("varde_model_{}", std::process::id());
    let mut connection = PgConnection::connect(server).await.expect("the test server answers");
    let there: Vec<(String,)> =
        sqlx::query_as("SELECT CAST(datname AS TEXT) FROM pg_database WHERE datname LIKE 'varde_%'")
            .fetch_all(&mut connection)
            .await
            .expect("names of databases");
    // Those that a run has left behind.
    let ours = |name: &str| name.starts_with("varde_model_") || name.starts_with("varde_test_");
    for (old,) in there.into_iter().filter(|(old,)| ours(old) && is_left(old)) {
        let drop = format!("DROP DATABASE IF EXISTS {old} WITH (FORCE)");
        // Another that has begun with us may be at the same.
        let _ = connection.execute(AssertSqlSafe(drop)).await;
    }
    for sql in [format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"), format!("CREATE DATABASE {name}")] {
        connection.execute(AssertSqlSafe(sql)).await.expect("a model is made");
    }
    let mut inside = PgConnection::connect(&url_of(server, &name)).await.expect("the model answers");
    POSTGRES.run(&mut inside).await.expect("the model is up to date");
    inside.close().await.expect("the model is left alone");
    name
}

/// Of a process that is gone, as its name says.
fn is_left(name: &str) -> bool {
    let id = name.split(['_', '-', '.']).find_map(|part| part.parse::<u32>().ok());
    id.is_some_and(|id| Path::new("/proc/self").exists() && !Path::new(&format!("/proc/{id}")).exists())
}

/// Files of tests that are over; a model has no end of its own.
fn clear_files() {
    let files = std::fs::read_dir(std::env::temp_dir()).into_iter().flatten().flatten();
    let ours = ["varde-model-", "varde-seeded-", "varde-test-"];
    for file in files {
        let name = file.file_name().to_string_lossy().into_owned();
        if ours.iter().any(|start| name.starts_with(start)) && is_left(&name) {
            let _ = std::fs::remove_file(file.path());
        }
    }
}

/// Puts a SQLite file there.
pub async fn put_file(path: &Path) {
    let model = FILE.get_or_init(|| async {
        let file = std::env::temp_dir().join(format!("varde-model-{}.db", std::process::id()));
        clear_files();
        let _ = std::fs::remove_file(&file);
        let options = SqliteConnectOptions::new().filename(&file).create_if_missing(true);
        let mut inside: SqliteConnection = options.connect().await.expect("the model opens");
        SQLITE.run(&mut inside).await.expect("the model is up to date");
        inside.close().await.expect("the model is left alone");
        file
    });
    std::fs::copy(model.await, path).expect("a file is copied");
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
