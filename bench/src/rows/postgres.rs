//! P8: bookings on PostgreSQL against `pgbench` saying the same statements with as many clients.

use std::{fmt::Write as _, path::Path, process::Stdio};

use backend::{db::Value, testing::recorded::Said};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, postgres::PgConnectOptions};
use tokio::process::Command;

use crate::{
    Failure,
    booking::{A_WEEK, book, prepare, record},
    load::ASKING,
    process::Portal,
    report::{Row, Target},
    stats::{median, ratio},
};

const ROUNDS: usize = 7;
const CLIENTS: usize = A_WEEK;
/// Bookings of one client in one round.
const EACH: usize = 20;
const SERVER: &str = "postgres:///";

pub async fn rows(server: &str, folder: &Path, table: &Path) -> Result<Vec<Row>, Failure> {
    let mut databases = Databases::new(server).await?;
    let held = databases.create("bench_held", None).await?;
    let holding = prepare(&held, ROUNDS * CLIENTS * EACH).await?;
    let recorded = databases.create("bench_recorded", Some("bench_held")).await?;
    let script = Script::of(record(&recorded, &holding).await?)?;
    let bare = databases.create("bench_bare", Some("bench_held")).await?;
    let booked = databases.create("bench_booked", Some("bench_held")).await?;
    let file = script.place(&bare, folder).await?;
    let portal = Portal::start(folder, &booked, table).await?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for (round, some) in holding.chunks(CLIENTS * EACH).enumerate() {
        ours.push(some.len() as f64 / book(&portal.process.base, some, CLIENTS).await?);
        theirs.push(pgbench(&databases, "bench_bare", &file, round).await?);
    }
    let beside = format!(
        "{:.0} bookings/s, {:.0}/s of {} statements",
        median(&ours),
        median(&theirs),
        script.said.len()
    );
    let what = "booking on PostgreSQL by 8 clients ÷ pgbench with the same statements and clients";
    Ok(vec![Row::new("P8", what, ratio(&ours, &theirs), Target::AtLeast(0.7), beside)])
}

/// One server's databases.
struct Databases {
    options: PgConnectOptions,
    server: PgConnection,
    url: String,
}

impl Databases {
    async fn new(server: &str) -> Result<Self, Failure> {
        let options: PgConnectOptions = server.parse()?;
        Ok(Self { server: options.connect().await?, options, url: server.to_owned() })
    }

    /// The address of a new database, a copy of another where one is named.
    async fn create(&mut self, name: &str, like: Option<&str>) -> Result<String, Failure> {
        let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        let create = format!("CREATE DATABASE {name} TEMPLATE {}", like.unwrap_or("template1"));
        for sql in [drop, create] {
            sqlx::query(AssertSqlSafe(sql)).execute(&mut self.server).await?;
        }
        let (_, query) = self.url.split_once('?').unwrap_or((&self.url, ""));
        Ok(format!("{SERVER}{name}?{query}"))
    }
}

/// What every booking says, with a column for each value that differs from booking to booking.
struct Script {
    said: Vec<Said>,
    /// `(statement, argument)` of each column.
    columns: Vec<(usize, usize)>,
    /// One row a booking.
    rows: Vec<Vec<String>>,
}

impl Script {
    /// All bookings have to say the same, or nothing is compared.
    fn of(all: Vec<Vec<Said>>) -> Result<Self, Failure> {
        let first = all.first().ok_or("no booking was recorded")?.clone();
        let words = |said: &[Said]| said.iter().map(|said| said.sql).collect::<Vec<_>>();
        if let Some(other) = all.iter().find(|said| words(said) != words(&first)) {
            return Err(
                format!("two bookings say different things: {:?} {:?}", words(&first), words(other)).into()
            );
        }
        let places =
            first.iter().enumerate().flat_map(|(at, said)| (0..said.args.len()).map(move |arg| (at, arg)));
        let value = |said: &[Said], (at, arg): (usize, usize)| text(&said[at].args[arg]);
        let columns: Vec<_> = places
            .filter(|place| all.iter().any(|said| value(said, *place) != value(&first, *place)))
            .collect();
        let rows = all.iter().map(|said| columns.iter().map(|place| value(said, *place)).collect()).collect();
        Ok(Self { said: first, columns, rows })
    }

    /// The rows into a table of the database, and the script for pgbench into a file.
    async fn place(&self, database: &str, folder: &Path) -> Result<std::path::PathBuf, Failure> {
        let mut connection = PgConnection::connect(database).await?;
        let names: Vec<String> = (0..self.columns.len()).map(|at| format!("a{at}")).collect();
        let create = format!("CREATE TABLE bench_said (at INT PRIMARY KEY, {} TEXT)", names.join(" TEXT, "));
        sqlx::query(AssertSqlSafe(create)).execute(&mut connection).await?;
        for (at, row) in self.rows.iter().enumerate() {
            let marks: Vec<String> = (2..row.len() + 2).map(|at| format!("${at}")).collect();
            let insert = format!("INSERT INTO bench_said VALUES ($1, {})", marks.join(", "));
            let query = sqlx::query(AssertSqlSafe(insert)).bind(i32::try_from(at)?);
            row.iter().fold(query, |query, value| query.bind(value)).execute(&mut connection).await?;
        }
        for sql in ["ANALYZE bench_said", "CHECKPOINT"] {
            sqlx::query(sql).execute(&mut connection).await?;
        }
        connection.close().await?;
        let file = folder.join("booking.pgbench");
        std::fs::write(&file, self.text(&names))?;
        Ok(file)
    }

    /// A client takes the next of its own rows and says with it what a booking says.
    fn text(&self, names: &[String]) -> String {
        let mut script = format!(
            "\\set at :from + :client_id * {EACH} + :done\nSELECT {} FROM bench_said WHERE at = :at \\gset\n",
            names.join(", ")
        );
        for (at, said) in self.said.iter().enumerate() {
            let mut sql = said.sql.to_owned();
            // From the last to the first, so that $1 is not found in $10.
            for arg in (0..said.args.len()).rev() {
                let column = self.columns.iter().position(|place| *place == (at, arg));
                let with = column.map_or_else(|| literal(&said.args[arg]), |column| format!(":a{column}"));
                sql = sql.replace(&format!("${}", arg + 1), &with);
            }
            let _ = writeln!(script, "{sql};");
        }
        // Last, for a script that is tried again begins anew with the variables as they are.
        script.push_str("\\set done :done + 1\n");
        script
    }
}

/// As PostgreSQL reads it where the type is known from the place.
fn text(value: &Value) -> String {
    match value {
        Value::Text(value) => value.clone().unwrap_or_default(),
        Value::Int(value) => value.map(|value| value.to_string()).unwrap_or_default(),
        Value::Blob(value) => value.as_deref().map(hex).unwrap_or_default(),
    }
}

fn literal(value: &Value) -> String {
    match value {
        Value::Text(None) | Value::Int(None) | Value::Blob(None) => "NULL".to_owned(),
        Value::Int(Some(value)) => value.to_string(),
        other => format!("'{}'", text(other).replace('\'', "''")),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold("\\x".to_owned(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// Transactions a second, conflicts tried again as ours are.
async fn pgbench(databases: &Databases, name: &str, script: &Path, round: usize) -> Result<f64, Failure> {
    let options = &databases.options;
    let host =
        options.get_socket().map_or_else(|| options.get_host().to_owned(), |path| path.display().to_string());
    let mut command = Command::new("taskset");
    command.args(["-c", ASKING, "pgbench", "--no-vacuum", "-M", "prepared", "--max-tries=100", "-j", "1"]);
    command.args(["-c", &CLIENTS.to_string(), "-t", &EACH.to_string(), "-D", "done=0"]);
    command.args([
        "-D",
        &format!("from={}", round * CLIENTS * EACH),
        "-h",
        &host,
        "-U",
        options.get_username(),
    ]);
    let output = command.arg("-f").arg(script).arg(name).stdin(Stdio::null()).output().await?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let told = || format!("pgbench: {said}{}", String::from_utf8_lossy(&output.stderr));
    let whole = format!("actually processed: {}/{}", CLIENTS * EACH, CLIENTS * EACH);
    if !output.status.success() || !said.contains(&whole) {
        return Err(told().into());
    }
    let rate = said.lines().find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok());
    rate.ok_or_else(|| told().into())
}
