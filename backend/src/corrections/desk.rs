//! The desk: what waits for an answer, by its clock, and one request. Every opening is a look, written before anything is read.

use domain::{
    corrections::{About, Wish, may_handle},
    kernel::{Instant, Public, Reference},
};

use super::{
    Correction, CorrectionMark, public,
    read::{OF_STAFF, Row},
    units,
};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
};

/// Why staff look, in the trail.
const WORK: &str = "handle_case";

/// A line of the desk's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskRow {
    pub public: Public<CorrectionMark>,
    pub reference: Reference,
    pub person: String,
    pub wish: Wish,
    pub about: About,
    pub unit_name: String,
    pub sent_at: Instant,
    pub state: String,
    pub state_at: Instant,
    /// None: it is answered.
    pub due_at: Option<Instant>,
}

#[derive(sqlx::FromRow)]
struct Line {
    public_id: String,
    reference: String,
    person: String,
    wish: String,
    about: String,
    unit_name: String,
    sent_at: i64,
    state: String,
    state_at: i64,
    due_at: Option<i64>,
}

/// A request as the desk reads it.
#[derive(Clone, Debug)]
pub struct DeskCorrection {
    pub correction: Correction,
    pub person: String,
    /// Who has it now.
    pub unit_name: String,
    pub version: i64,
    /// She has taken it.
    pub own_work: bool,
}

/// What waits first, by its clock; then what is answered, the newest first. One read after the trace of it.
pub async fn desk(ctx: &Ctx, staff: &Staff) -> Result<Option<Vec<DeskRow>>> {
    if !may_handle(&staff.roles) {
        return Ok(None);
    }
    let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "correction_list");
    audit::record(ctx, entry.because(WORK)).await?;
    let lines: Vec<Line> = ctx.db.all(LIST, args![units(staff)]).await?;
    lines.into_iter().map(Line::row).collect::<Result<_>>().map(Some)
}

impl Line {
    fn row(self) -> Result<DeskRow> {
        Ok(DeskRow {
            public: public(&self.public_id)?,
            reference: Reference::parse(&self.reference).ok_or(Error::Broken("reference"))?,
            person: self.person,
            wish: Wish::parse(&self.wish).ok_or(Error::Broken("wish of a correction"))?,
            about: About::parse(&self.about).ok_or(Error::Broken("what a correction is about"))?,
            unit_name: self.unit_name,
            sent_at: Instant(self.sent_at),
            state: self.state,
            state_at: Instant(self.state_at),
            due_at: self.due_at.map(Instant),
        })
    }
}

/// Opened, which is a look. None if it is not hers to work on.
pub async fn opened(
    ctx: &Ctx,
    staff: &Staff,
    correction: &Public<CorrectionMark>,
) -> Result<Option<DeskCorrection>> {
    let look = Look { ctx: ctx.clone(), staff: staff.clone(), correction: correction.clone() };
    let Some(row) = ctx.db.write(look).await? else { return Ok(None) };
    Ok(Some(DeskCorrection {
        person: row.person.clone(),
        unit_name: row.unit_name.clone(),
        version: row.version,
        own_work: row.officer().as_ref() == Some(&staff.staff),
        correction: row.correction(ctx).await?,
    }))
}

/// The row, if it is hers to work on.
pub(super) async fn of_staff(
    tx: &mut Tx,
    staff: &Staff,
    correction: &Public<CorrectionMark>,
) -> Result<Option<Row>> {
    if !may_handle(&staff.roles) {
        return Ok(None);
    }
    tx.optional(OF_STAFF, args![correction, units(staff)]).await
}

struct Look {
    ctx: Ctx,
    staff: Staff,
    correction: Public<CorrectionMark>,
}

impl Command for Look {
    type Out = Option<Row>;

    async fn run(&self, tx: &mut Tx) -> Result<Option<Row>> {
        let Some(row) = of_staff(tx, &self.staff, &self.correction).await? else { return Ok(None) };
        let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), "look");
        entry.at_unit(&row.unit()).about("correction", &row.id()).because(WORK).save(tx).await?;
        Ok(Some(row))
    }
}

pub const LIST: &str = "SELECT c.public_id, c.reference, p.name AS person, c.wish, c.about, u.name AS unit_name, c.sent_at, c.state, \
    c.state_at, c.due_at FROM correction c JOIN person p ON p.id = c.person_id JOIN unit u ON u.id = c.unit_id \
    WHERE $1 LIKE '% ' || c.unit_id || ' %' AND c.state <> 'withdrawn' \
    ORDER BY CASE WHEN c.due_at IS NULL THEN 1 ELSE 0 END, c.due_at, c.state_at DESC, c.id LIMIT 300";
