//! Rules that can change: each value has a day from which it holds, and a source. Read at the time they apply.

use std::collections::BTreeMap;

use domain::kernel::CivilDate;

use crate::{
    Error, Result, args,
    db::{Db, Tx},
};

/// The rules in force on one day.
#[derive(Clone, Debug)]
pub struct Rules {
    values: BTreeMap<String, (String, String)>,
}

#[derive(sqlx::FromRow)]
struct Row {
    key: String,
    value: String,
    valid_from: String,
}

impl Rules {
    pub async fn on(db: &Db, day: CivilDate) -> Result<Self> {
        Ok(Self::collect(db.all(IN_FORCE, args![day]).await?))
    }

    pub async fn within(tx: &mut Tx, day: CivilDate) -> Result<Self> {
        Ok(Self::collect(tx.all(IN_FORCE, args![day]).await?))
    }

    /// Rows come oldest first, so the newest one in force stays.
    fn collect(rows: Vec<Row>) -> Self {
        Self { values: rows.into_iter().map(|r| (r.key, (r.value, r.valid_from))).collect() }
    }

    /// A whole number of days.
    pub fn days(&self, key: &'static str) -> Result<i64> {
        self.text(key)?.parse().map_err(|_| Error::Broken("a rule that is no number"))
    }

    pub fn text(&self, key: &'static str) -> Result<&str> {
        self.values.get(key).map(|(value, _)| value.as_str()).ok_or(Error::Broken("a rule is missing"))
    }

    /// The version that a decision notes: key and day it holds from.
    pub fn version(&self, key: &'static str) -> Result<String> {
        let (_, from) = self.values.get(key).ok_or(Error::Broken("a rule is missing"))?;
        Ok(format!("{key}@{from}"))
    }
}

pub const IN_FORCE: &str =
    "SELECT key, value, valid_from FROM rule WHERE valid_from <= $1 ORDER BY valid_from";
