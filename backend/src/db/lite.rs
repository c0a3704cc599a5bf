//! SQLite's connection in the hands of the writer. Each statement that is waited for is a trip to the thread that owns
//! the file and back, which costs more than most statements: what nobody waits for goes along with the next that is.

use std::{collections::HashMap, sync::Arc};

use futures_util::TryStreamExt;
use sqlx::{Either, Executor, SqliteConnection};

use super::{Record, Value, patience::patiently, value};
use crate::Result;

/// How many statements go along at most: a loop over many rows says the same text again and again.
const TOGETHER: usize = 16;

/// How many combinations are remembered. Code has fewer ways through it; past them each text is put together anew.
const REMEMBERED: usize = 1024;

/// A connection with the statements that go along with the next one.
pub struct Lite {
    pub(super) connection: SqliteConnection,
    waiting: Vec<(&'static str, Vec<Value>)>,
    /// By where each statement stands, how long it is and how many values it has: the texts themselves are long.
    texts: HashMap<Vec<(usize, usize, usize)>, Arc<str>>,
    /// How often the connection has spoken.
    trips: u64,
}

/// A point that can be gone back to.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    at: usize,
    trips: u64,
}

impl Lite {
    pub(super) fn new(connection: SqliteConnection) -> Self {
        Self { connection, waiting: vec![], texts: HashMap::new(), trips: 0 }
    }

    pub(super) async fn later(&mut self, sql: &'static str, args: Vec<Value>) -> Result<()> {
        value::heard(sql, &args);
        self.waiting.push((sql, args));
        if self.waiting.len() < TOGETHER { Ok(()) } else { self.flush().await }
    }

    pub(super) fn mark(&self) -> Mark {
        Mark { at: self.waiting.len(), trips: self.trips }
    }

    /// Forgets what was to be said after the mark. False: something of it may have been said.
    pub(super) fn forget(&mut self, mark: Mark) -> bool {
        let unsaid = mark.trips == self.trips;
        self.waiting.truncate(if unsaid { mark.at } else { 0 });
        unsaid
    }

    pub(super) fn forget_all(&mut self) {
        self.waiting.clear();
    }

    /// Says what waits.
    pub(super) async fn flush(&mut self) -> Result<()> {
        let Some((last, args)) = self.waiting.pop() else { return Ok(()) };
        self.say(last, args).await.map(|_| ())
    }

    pub(super) async fn execute(&mut self, sql: &'static str, args: Vec<Value>) -> Result<u64> {
        value::heard(sql, &args);
        self.say(sql, args).await
    }

    /// Of several statements the last one's number.
    async fn say(&mut self, sql: &'static str, args: Vec<Value>) -> Result<u64> {
        patiently(self.said(sql, args)).await
    }

    async fn said(&mut self, sql: &'static str, args: Vec<Value>) -> Result<u64> {
        let (text, args) = self.together(sql, args);
        let mut stream = self.connection.fetch_many(value::sqlite_execute(text, args));
        let mut changed = 0;
        while let Some(part) = stream.try_next().await? {
            if let Either::Left(done) = part {
                changed = done.rows_affected();
            }
        }
        Ok(changed)
    }

    pub(super) async fn all<R: Record>(&mut self, sql: &'static str, args: Vec<Value>) -> Result<Vec<R>> {
        value::heard(sql, &args);
        let (text, args) = self.together(sql, args);
        Ok(patiently(value::sqlite(text, args).fetch_all(&mut self.connection)).await?)
    }

    pub(super) async fn optional<R: Record>(
        &mut self,
        sql: &'static str,
        args: Vec<Value>,
    ) -> Result<Option<R>> {
        value::heard(sql, &args);
        let (text, args) = self.together(sql, args);
        Ok(patiently(value::sqlite(text, args).fetch_optional(&mut self.connection)).await?)
    }

    /// What waits and this statement behind it, as one text.
    fn together(&mut self, sql: &'static str, args: Vec<Value>) -> (value::Text, Vec<Value>) {
        self.trips += 1;
        if self.waiting.is_empty() {
            return (value::Text::One(sql), args);
        }
        self.waiting.push((sql, args));
        let (parts, args): (Vec<_>, Vec<_>) = self.waiting.drain(..).unzip();
        let key =
            |(part, args): (&&'static str, &Vec<Value>)| (part.as_ptr() as usize, part.len(), args.len());
        let key: Vec<_> = parts.iter().zip(&args).map(key).collect();
        if self.texts.len() >= REMEMBERED {
            self.texts.clear();
        }
        let text = self.texts.entry(key).or_insert_with(|| joined(&parts, &args)).clone();
        (value::Text::Several(text), args.into_iter().flatten().collect())
    }
}

/// The statements behind one another, the parameters of each counted on from those before it.
fn joined(parts: &[&'static str], args: &[Vec<Value>]) -> Arc<str> {
    let (mut text, mut before) = (String::new(), 0);
    for (part, args) in parts.iter().zip(args) {
        if !text.is_empty() {
            text.push(';');
        }
        counted_on(&mut text, part, before);
        before += args.len();
    }
    text.into()
}

/// `$1` after three is `$4`; what stands between quotes is no parameter.
fn counted_on(text: &mut String, part: &str, before: usize) {
    let (mut quoted, mut rest) = (false, part);
    while let Some(at) = rest.find(['$', '\'']) {
        let (head, tail) = rest.split_at(at + 1);
        text.push_str(head);
        let digits = tail.len() - tail.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        rest = tail;
        if head.ends_with('\'') {
            quoted = !quoted;
        } else if let Ok(n) = tail[..digits].parse::<usize>()
            && !quoted
        {
            text.push_str(&(n + before).to_string());
            rest = &tail[digits..];
        }
    }
    text.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_counted_on_and_what_is_quoted_stays() {
        let table = [
            (0, "SELECT $1, $2", "SELECT $1, $2"),
            (3, "SELECT $1, $12, $1", "SELECT $4, $15, $4"),
            (2, "SELECT '$1', '' , $1 || 'it''s $2' || $2", "SELECT '$1', '' , $3 || 'it''s $2' || $4"),
            (2, "SELECT json_extract(a, '$.x'), $1", "SELECT json_extract(a, '$.x'), $3"),
            (9, "COMMIT", "COMMIT"),
        ];
        for (before, part, expected) in table {
            let mut text = String::new();
            counted_on(&mut text, part, before);
            assert_eq!(text, expected, "{part}");
        }
        let args = [crate::args![1_i64], vec![], crate::args![2_i64, 3_i64]];
        assert_eq!(&*joined(&["A $1", "B", "C $1 $2"], &args), "A $1;B;C $2 $3");
    }
}
