//! How much is open in each unit, for whoever leads it: by when it is due, of all kinds together, and of the compartment nothing.
//! Names nobody, and no case.

use std::{collections::BTreeMap, sync::LazyLock};

use domain::{
    access::Unit,
    kernel::{Clock, Id, Instant},
    work::Kind,
};

use super::SOURCES;
use crate::{
    Result, args,
    ctx::{Ctx, Staff},
};

/// Of one unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Open {
    pub late: i64,
    /// Until the end of Sunday.
    pub week: i64,
    pub later: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    unit_id: String,
    late: i64,
    week: i64,
    later: i64,
}

/// More rows of a slice than this are not counted.
const MOST: i64 = 1_000_000;

/// One read. Units without anything are not in it.
pub async fn open(ctx: &Ctx, staff: &Staff) -> Result<BTreeMap<Id<Unit>, Open>> {
    let now = ctx.now();
    let units: Vec<&str> = staff.units.iter().map(Id::as_str).collect();
    // An alert may be about whoever reads.
    let hers = |kind: &Kind| !kind.is_apart() && *kind != Kind::AlertLook;
    let kinds: Vec<&str> = Kind::ALL.into_iter().filter(hers).map(Kind::code).collect();
    let values = args![
        format!(" {} ", units.join(" ")),
        format!(" {} ", kinds.join(" ")),
        &staff.staff,
        " mine nobody others ",
        i64::MIN / 2,
        "",
        i64::MAX / 2,
        now.date(),
        MOST,
        0_i64,
        now,
        Instant::of_wall(now.date().monday().plus_days(7), Clock(0))
    ];
    let rows: Vec<Row> = ctx.db.all(OPEN.as_str(), values).await?;
    let one = |row: Row| (Id::new(row.unit_id), Open { late: row.late, week: row.week, later: row.later });
    Ok(rows.into_iter().map(one).collect())
}

/// The slices' statements, counted; $11 is now, $12 the end of the week.
static OPEN: LazyLock<String> = LazyLock::new(|| {
    let rows: Vec<String> = SOURCES
        .iter()
        .map(|source| format!("SELECT {0}.unit_id, {0}.due_at FROM ({1}) {0}", source.code, source.rows))
        .collect();
    format!(
        "SELECT w.unit_id, CAST(COUNT(CASE WHEN w.due_at < $11 THEN 1 END) AS BIGINT) AS late, \
         CAST(COUNT(CASE WHEN w.due_at >= $11 AND w.due_at < $12 THEN 1 END) AS BIGINT) AS week, \
         CAST(COUNT(CASE WHEN w.due_at >= $11 AND w.due_at >= $12 THEN 1 END) AS BIGINT) AS later \
         FROM ({}) w GROUP BY w.unit_id",
        rows.join(" UNION ALL ")
    )
});
