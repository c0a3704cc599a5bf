//! P6 and P7: a booking on SQLite against the same transaction in a bare loop, for one client and for many.

use std::{path::Path, time::Instant};

use backend::{db::Value, testing::recorded::Said};
use sqlx::{
    ConnectOptions, Connection, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

use crate::{
    Failure,
    booking::{book, copy, prepare, record},
    process::Portal,
    report::{Row, Target},
    stats::ratio,
};

const ROUNDS: usize = 7;
/// Bookings of one round by one client after the other, and by all at once.
const ALONE: usize = 40;
const TOGETHER: usize = 128;
const CLIENTS: usize = 64;

pub async fn rows(folder: &Path, table: &Path) -> Result<Vec<Row>, Failure> {
    let file = folder.join("held.db");
    let holding = prepare(&format!("sqlite:{}", file.display()), ROUNDS * (ALONE + TOGETHER)).await?;
    let said = record(&copy(&file, &folder.join("recorded.db"))?, &holding[..ROUNDS * ALONE]).await?;
    let said = said.into_iter().map(transaction).collect::<Result<Vec<_>, _>>()?;
    let portal = Portal::start(folder, &copy(&file, &folder.join("booked.db"))?, table).await?;
    copy(&file, &folder.join("bare.db"))?;
    let mut bare = alone(&folder.join("bare.db")).await?;
    let (mut ours, mut many, mut theirs) = (Vec::new(), Vec::new(), Vec::new());
    let (one_by_one, at_once) = holding.split_at(ROUNDS * ALONE);
    for round in 0..ROUNDS {
        let some = &one_by_one[round * ALONE..(round + 1) * ALONE];
        ours.push(ALONE as f64 / book(&portal.process.base, some, 1).await?);
        let start = Instant::now();
        for said in &said[round * ALONE..(round + 1) * ALONE] {
            say(&mut bare, said).await?;
        }
        theirs.push(ALONE as f64 / start.elapsed().as_secs_f64());
        let some = &at_once[round * TOGETHER..(round + 1) * TOGETHER];
        many.push(TOGETHER as f64 / book(&portal.process.base, some, CLIENTS).await?);
    }
    bare.close().await?;
    let statements = said.first().map_or(0, Vec::len);
    let told = |ours: &[f64]| {
        let (a, b) = (crate::stats::median(ours), crate::stats::median(&theirs));
        format!("{a:.0} bookings/s, {b:.0} transactions/s of {statements} statements")
    };
    let alone = "booking by one client ÷ its SQL transaction in a bare loop (one writer, FULL)";
    let together = "booking by 64 clients with group commit ÷ that bare loop";
    Ok(vec![
        Row::new("P6", alone, ratio(&ours, &theirs), Target::AtLeast(0.8), told(&ours)),
        Row::new("P7", together, ratio(&many, &theirs), Target::AtLeast(3.0), told(&many)),
    ])
}

/// What was said between the transaction's begin and its commit, without the portal's savepoints.
pub fn transaction(said: Vec<Said>) -> Result<Vec<Said>, Failure> {
    let of = |word: &str| said.iter().filter(|said| said.sql.starts_with(word)).count();
    if (of("BEGIN"), of("COMMIT")) != (1, 1) {
        return Err("a booking is no longer one transaction".into());
    }
    let from = said.iter().position(|said| said.sql.starts_with("BEGIN")).unwrap_or_default();
    let to = said.iter().position(|said| said.sql.starts_with("COMMIT")).unwrap_or_default();
    let savepoint = |said: &Said| said.sql.starts_with("SAVEPOINT") || said.sql.starts_with("RELEASE");
    Ok(said[from..=to].iter().filter(|said| !savepoint(said)).cloned().collect())
}

/// The connection of one writer who has the database for himself, as safe as ours.
pub async fn alone(file: &Path) -> Result<SqliteConnection, Failure> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .pragma("secure_delete", "ON")
        .disable_statement_logging();
    Ok(options.connect().await?)
}

pub async fn say(connection: &mut SqliteConnection, said: &[Said]) -> Result<(), Failure> {
    for Said { sql, args, .. } in said {
        let query = args.iter().cloned().fold(sqlx::query(*sql), |query, value| match value {
            Value::Text(value) => query.bind(value),
            Value::Int(value) => query.bind(value),
            Value::Blob(value) => query.bind(value),
        });
        query.fetch_all(&mut *connection).await?;
    }
    Ok(())
}
