//! Rows of the trail between two days, of the auditor's units and of no unit, newest first. The search itself is written down
//! before it is made; what was searched for is not.

use domain::{
    kernel::{Clock, Instant},
    trail::{Search, may_audit},
};

use super::units;
use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx, Staff},
};

/// Rows of a page.
const PAGE: i64 = 50;
/// Rows of a file.
pub const MOST_ROWS: i64 = 10_000;

/// A row as it is read. Whoever is no member of staff is a kind and nothing more.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Row {
    pub id: String,
    pub at: i64,
    /// `anonymous`, `citizen`, `staff` or `system`.
    pub actor_kind: String,
    pub who: Option<String>,
    pub role: Option<String>,
    pub unit_name: Option<String>,
    pub action: String,
    pub subject_kind: Option<String>,
    pub reason: Option<String>,
}

/// Where a page begins: after this row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    pub at: i64,
    pub id: String,
}

#[derive(Clone, Debug)]
pub struct Found {
    pub rows: Vec<Row>,
    /// There are more after the last.
    pub next: Option<Page>,
}

/// A page of what was found; `subject` is the id behind the reference, if it is anybody's. None: it is not her work.
pub async fn search(
    ctx: &Ctx,
    staff: &Staff,
    search: &Search,
    subject: Option<&str>,
    after: Option<&Page>,
) -> Result<Option<Found>> {
    let Some(mut rows) = found(ctx, staff, search, subject, after, "trail_searched", PAGE + 1).await? else {
        return Ok(None);
    };
    let more = rows.len() > PAGE as usize;
    rows.truncate(PAGE as usize);
    let next = rows.last().filter(|_| more).map(|row| Page { at: row.at, id: row.id.clone() });
    Ok(Some(Found { rows, next }))
}

/// All of it, as a file takes it. None: it is not her work.
pub async fn rows(
    ctx: &Ctx,
    staff: &Staff,
    search: &Search,
    subject: Option<&str>,
) -> Result<Option<Vec<Row>>> {
    found(ctx, staff, search, subject, None, "trail_exported", MOST_ROWS).await
}

async fn found(
    ctx: &Ctx,
    staff: &Staff,
    search: &Search,
    subject: Option<&str>,
    after: Option<&Page>,
    action: &'static str,
    most: i64,
) -> Result<Option<Vec<Row>>> {
    if !may_audit(&staff.roles) {
        return Ok(None);
    }
    let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), action);
    audit::record(ctx, entry.because(search.reason.code())).await?;
    // A reference that is nobody's finds nothing.
    if search.reference.is_some() && subject.is_none() {
        return Ok(Some(vec![]));
    }
    let ((from, to), who) = (span(search), like(search));
    let (before, last) = after.map_or((to.micros(), ""), |page| (page.at, page.id.as_str()));
    // An engine that folds some letters alone finds the others as they were typed.
    let folded = who.as_ref().map(|who| who.to_lowercase());
    let values = args![
        audit::GENERAL,
        from,
        units(staff),
        who,
        search.looks.then_some("look"),
        subject,
        before,
        last,
        most,
        folded
    ];
    Ok(Some(ctx.db.all(ROWS, values).await?))
}

/// From the start of the first day to the end of the last.
fn span(search: &Search) -> (Instant, Instant) {
    (Instant::of_wall(search.from, Clock(0)), Instant::of_wall(search.to.plus_days(1), Clock(0)))
}

/// No wildcard of the searcher's own.
fn like(search: &Search) -> Option<String> {
    search.who.as_ref().map(|who| format!("%{}%", who.replace(['%', '_', '\\'], "")))
}

pub const ROWS: &str = "SELECT a.id, a.at, a.actor_kind, m.name AS who, a.role, u.name AS unit_name, a.action, \
    a.subject_kind, a.reason FROM audit a LEFT JOIN staff_member m ON m.id = a.actor_id AND a.actor_kind = 'staff' \
    LEFT JOIN unit u ON u.id = a.unit_id WHERE a.stream = $1 AND a.at >= $2 AND (a.at, a.id) < ($7, $8) \
    AND (a.unit_id IS NULL OR $3 LIKE '% ' || a.unit_id || ' %') AND ($4 IS NULL OR m.name LIKE $4 \
    OR LOWER(m.name) LIKE $10) \
    AND ($5 IS NULL OR a.action = $5) AND ($6 IS NULL OR a.subject_id = $6) ORDER BY a.at DESC, a.id DESC LIMIT $9";
