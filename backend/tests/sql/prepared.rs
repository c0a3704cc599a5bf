//! Every SQL constant prepares on both engines, and on PostgreSQL gives back only types that both have.

use backend::{db::Db, testing::Portal};
use sqlx::{
    Acquire, Column, Executor, PgConnection, Row, SqlSafeStr, Statement, TypeInfo,
    postgres::{PgStatement, PgTypeInfo, types::Oid},
    sqlite::SqliteRow,
};

use crate::source::{Sql, statements};

/// What `Value` can bind and a row can hold on both engines. A sum or count without a CAST is another.
const TYPES: [&str; 4] = ["TEXT", "INT8", "BYTEA", "VARCHAR"];

fn all() -> Vec<Sql> {
    let all = statements();
    assert!(all.len() > 40, "the statements were found: {}", all.len());
    all
}

/// Prepared statements want a text that lives for ever; a test may leak one.
fn leaked(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

#[tokio::test]
async fn every_statement_prepares_on_sqlite() {
    let portal = Portal::sqlite().await;
    let Db::Sqlite { read, .. } = &portal.ctx.db else { panic!("sqlite") };
    let mut connection = read.lend().await.expect("a connection");
    let mut broken = Vec::new();
    for sql in all() {
        if let Err(error) = connection.prepare(leaked(&sql.text).into_sql_str()).await {
            broken.push(format!("{}: {error}", sql.place));
        }
    }
    crate::verdict("every statement prepares on SQLite", &broken);
}

/// Of few rows, or known and to be mended.
const BUILT: [(&str, &str); 2] = [
    ("booking/joining/mod.rs: KNOWN", "over one company"),
    ("clearance/desk.rs: FIND_INMATES", "over the units for intake"),
];

/// Where SQLite makes an index of its own for one statement it reads whole tables, each time: two joined rows want an index of ours,
/// or an order (`CROSS JOIN`) that begins with the few.
#[tokio::test]
async fn no_statement_builds_an_index_for_itself() {
    let portal = Portal::sqlite().await;
    let Db::Sqlite { read, .. } = &portal.ctx.db else { panic!("sqlite") };
    let mut connection = read.lend().await.expect("a connection");
    let mut broken = Vec::new();
    for sql in all() {
        let plan = leaked(&format!("EXPLAIN QUERY PLAN {}", sql.text));
        let steps = sqlx::query(plan).fetch_all(&mut *connection).await.expect("a plan");
        let step = |row: &SqliteRow| row.get::<String, _>("detail");
        let built = steps.iter().map(step).find(|step| step.contains("AUTOMATIC"));
        let known = BUILT.iter().any(|(place, _)| sql.place.ends_with(place));
        if known != built.is_some() {
            let told = built.unwrap_or_else(|| "builds none any more".to_owned());
            broken.push(format!("{}: {told}", sql.place));
        }
    }
    crate::verdict("no statement builds an index for itself", &broken);
}

#[tokio::test]
async fn every_statement_prepares_on_postgres_and_gives_portable_types() {
    let Some(portal) = Portal::postgres().await else { return };
    let Db::Postgres { pool, .. } = &portal.ctx.db else { panic!("postgres") };
    let mut connection = pool.acquire().await.expect("a connection");
    let connection = connection.acquire().await.expect("a connection");
    let mut broken = Vec::new();
    for sql in all() {
        match prepare(connection, leaked(&sql.text)).await {
            Err(error) => broken.push(format!("{}: {error}", sql.place)),
            Ok(statement) => broken.extend(strange(&sql.place, &statement)),
        }
    }
    crate::verdict("every statement prepares on PostgreSQL", &broken);
}

/// At run time each parameter brings its type. Here one that stands before `IS NULL` alone is taken for a text.
async fn prepare(connection: &mut PgConnection, sql: &'static str) -> sqlx::Result<PgStatement> {
    let mut types: Vec<PgTypeInfo> = Vec::new();
    loop {
        let error = match connection.prepare_with(sql.into_sql_str(), &types).await {
            Ok(statement) => return Ok(statement),
            Err(error) => error,
        };
        let message = error.to_string();
        let unknown = message.split("could not determine data type of parameter $").nth(1);
        let number = unknown.and_then(|rest| rest.split(' ').next()?.parse::<usize>().ok());
        let Some(number) = number.filter(|number| *number > types.len()) else { return Err(error) };
        types.resize(number, PgTypeInfo::with_oid(Oid(0)));
        types[number - 1] = PgTypeInfo::with_name("text");
    }
}

fn strange(place: &str, statement: &PgStatement) -> Vec<String> {
    let bound = statement.parameters().and_then(|p| p.left()).unwrap_or_default().iter().enumerate();
    let bound = bound.map(|(at, kind)| (format!("${}", at + 1), kind.name().to_owned()));
    let columns = statement.columns().iter().map(|c| (c.name().to_owned(), c.type_info().name().to_owned()));
    let odd = bound.chain(columns).filter(|(_, kind)| !TYPES.contains(&kind.as_str()));
    odd.map(|(name, kind)| format!("{place}: {name} is {kind}")).collect()
}
