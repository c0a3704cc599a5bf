//! What is bound to a statement and what comes back, alike on both engines.

use std::sync::Arc;

use domain::kernel::{CivilDate, Clock, Id, Instant, Public, Reference};
use sqlx::{
    FromRow, Postgres, SqlSafeStr, SqlStr, Sqlite,
    postgres::{PgArguments, PgRow},
    query::{Query, QueryAs},
    sqlite::{SqliteArguments, SqliteRow},
};

/// A parameter. Absent values keep their type, which PostgreSQL needs.
#[derive(Clone, Debug)]
pub enum Value {
    Text(Option<String>),
    Int(Option<i64>),
    Blob(Option<Vec<u8>>),
}

/// A row type that both engines can fill.
pub trait Record: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}
impl<T> Record for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

/// What is said to SQLite: a statement, or several behind one another.
pub(super) enum Text {
    One(&'static str),
    Several(Arc<str>),
}

impl SqlSafeStr for Text {
    fn into_sql_str(self) -> SqlStr {
        match self {
            Self::One(sql) => sql.into_sql_str(),
            // Constants behind one another, and nothing between them but semicolons.
            Self::Several(text) => sqlx::AssertSqlSafe(text).into_sql_str(),
        }
    }
}

pub(super) fn sqlite<R: Record>(sql: Text, args: Vec<Value>) -> QueryAs<'static, Sqlite, R, SqliteArguments> {
    args.into_iter().fold(sqlx::query_as(sql), |q, value| match value {
        Value::Text(v) => q.bind(v),
        Value::Int(v) => q.bind(v),
        Value::Blob(v) => q.bind(v),
    })
}

pub(super) fn postgres<R: Record>(
    sql: &'static str,
    args: Vec<Value>,
) -> QueryAs<'static, Postgres, R, PgArguments> {
    heard(sql, &args);
    args.into_iter().fold(sqlx::query_as(sql), |q, value| match value {
        Value::Text(v) => q.bind(v),
        Value::Int(v) => q.bind(v),
        Value::Blob(v) => q.bind(v),
    })
}

pub(super) fn sqlite_execute(sql: Text, args: Vec<Value>) -> Query<'static, Sqlite, SqliteArguments> {
    args.into_iter().fold(sqlx::query(sql), |q, value| match value {
        Value::Text(v) => q.bind(v),
        Value::Int(v) => q.bind(v),
        Value::Blob(v) => q.bind(v),
    })
}

pub(super) fn postgres_execute(sql: &'static str, args: Vec<Value>) -> Query<'static, Postgres, PgArguments> {
    heard(sql, &args);
    args.into_iter().fold(sqlx::query(sql), |q, value| match value {
        Value::Text(v) => q.bind(v),
        Value::Int(v) => q.bind(v),
        Value::Blob(v) => q.bind(v),
    })
}

/// The bench repeats what was said, bare; in what ships nobody listens.
pub(super) fn heard(sql: &'static str, args: &[Value]) {
    #[cfg(any(test, feature = "testing"))]
    crate::testing::recorded::note(sql, args);
    #[cfg(not(any(test, feature = "testing")))]
    let _ = (sql, args);
}

macro_rules! into_value {
    ($($from:ty => $variant:ident, |$v:ident| $e:expr;)*) => {$(
        impl From<$from> for Value {
            fn from($v: $from) -> Self { Self::$variant(Some($e)) }
        }
        impl From<Option<$from>> for Value {
            fn from(v: Option<$from>) -> Self { Self::$variant(v.map(|$v| $e)) }
        }
    )*};
}
into_value! {
    String => Text, |v| v;
    &str => Text, |v| v.to_owned();
    &String => Text, |v| v.clone();
    CivilDate => Text, |v| v.iso();
    Reference => Text, |v| v.stored().to_owned();
    &Reference => Text, |v| v.stored().to_owned();
    i64 => Int, |v| v;
    i32 => Int, |v| i64::from(v);
    bool => Int, |v| i64::from(v);
    Instant => Int, |v| v.micros();
    Clock => Int, |v| i64::from(v.0);
    Vec<u8> => Blob, |v| v;
    &[u8] => Blob, |v| v.to_vec();
}

impl<T> From<&Id<T>> for Value {
    fn from(id: &Id<T>) -> Self {
        Self::Text(Some(id.as_str().to_owned()))
    }
}

impl<T> From<Option<&Id<T>>> for Value {
    fn from(id: Option<&Id<T>>) -> Self {
        Self::Text(id.map(|i| i.as_str().to_owned()))
    }
}

impl<T> From<&Public<T>> for Value {
    fn from(id: &Public<T>) -> Self {
        Self::Text(Some(id.as_str().to_owned()))
    }
}

/// `args![a, b]`: each converted to a [`Value`].
#[macro_export]
macro_rules! args {
    ($($v:expr),* $(,)?) => { vec![$($crate::db::Value::from($v)),*] };
}
