//! Somebody inside, found in the units of whoever looks. The search is written down by its caller, before it is made.

use domain::kernel::{CivilDate, Public};

use super::inmates::Inmate;
use crate::{
    Error, Result, args,
    ctx::Ctx,
    db::{Tx, Value},
    identity::names::sort_key,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub public: Public<Inmate>,
    pub name: String,
    pub birth_date: CivilDate,
    pub unit_name: String,
}

#[derive(sqlx::FromRow)]
pub(crate) struct FoundRow {
    public_id: String,
    name: String,
    birth_date: String,
    unit_name: String,
}

impl FoundRow {
    pub fn found(self) -> Result<Found> {
        Ok(Found {
            public: Public::parse(&self.public_id).ok_or(Error::Broken("an inmate"))?,
            name: self.name,
            birth_date: CivilDate::parse_iso(&self.birth_date)
                .ok_or(Error::Broken("birth date of an inmate"))?,
            unit_name: self.unit_name,
        })
    }
}

/// What a name is searched for by; None for one that says nothing. No wildcard of the searcher's own.
pub fn part_of(name: &str) -> Option<String> {
    Some(sort_key(name).replace(['%', '_', '\\'], "")).filter(|part| !part.is_empty())
}

/// By a part of the name; `units` are ids with a space on each side.
pub async fn by_name(ctx: &Ctx, units: Value, part: &str) -> Result<Vec<Found>> {
    let rows: Vec<FoundRow> = ctx.db.all(BY_NAME, args![units, format!("%{part}%")]).await?;
    rows.into_iter().map(FoundRow::found).collect()
}

/// By the fingerprint of the national identity number.
pub async fn by_number(ctx: &Ctx, units: Value, hash: Vec<u8>) -> Result<Vec<Found>> {
    let rows: Vec<FoundRow> = ctx.db.all(BY_NUMBER, args![units, hash]).await?;
    rows.into_iter().map(FoundRow::found).collect()
}

/// Whoever alone has this name and was born on this day, wherever he is: his id and his unit's.
pub(crate) async fn alone(tx: &mut Tx, name: &str, born: CivilDate) -> Result<Option<(String, String)>> {
    let mut found: Vec<(String, String)> = tx.all(ALONE, args![sort_key(name), born]).await?;
    Ok(found.pop().filter(|_| found.is_empty()))
}

/// Those whom a name and a day of birth may mean: the name or the day is the same.
pub(crate) async fn meant(
    ctx: &Ctx,
    units: Value,
    (name, born): (&str, CivilDate),
    known: Option<String>,
) -> Result<Vec<Found>> {
    let known = known.unwrap_or_default();
    let rows: Vec<FoundRow> = ctx.db.all(MEANT, args![units, sort_key(name), born, known]).await?;
    rows.into_iter().map(FoundRow::found).collect()
}

macro_rules! found {
    ($rest:literal) => {
        concat!(
            "SELECT i.public_id, i.name, i.birth_date, u.name AS unit_name FROM inmate i ",
            "JOIN placement p ON p.inmate_id = i.id AND p.ended_at IS NULL JOIN unit u ON u.id = p.unit_id ",
            "WHERE $1 LIKE '% ' || p.unit_id || ' %' AND ",
            $rest
        )
    };
}
pub const BY_NAME: &str = found!("i.sort_name LIKE $2 ORDER BY i.sort_name, i.id LIMIT 50");
pub const MEANT: &str = found!(
    "(i.sort_name = $2 OR i.birth_date = $3 OR i.id = $4) ORDER BY CASE WHEN i.id = $4 THEN 0 ELSE 1 END, i.sort_name, i.id LIMIT 20"
);
pub const ALONE: &str = "SELECT i.id, p.unit_id FROM inmate i JOIN placement p ON p.inmate_id = i.id AND p.ended_at IS NULL \
    WHERE i.sort_name = $1 AND i.birth_date = $2 LIMIT 2";
pub const BY_NUMBER: &str = found!("i.number_hash = $2 LIMIT 50");
