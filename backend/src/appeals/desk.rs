//! The desk: what waits for the level that decided and for the level above, by the clock; and one appeal. Every opening is a
//! look, written before anything is read.

use domain::{
    appeals::{Subject, may_decide, may_prepare, may_see},
    kernel::{Instant, Public, Reference},
};

use super::{
    Appeal, AppealMark, public,
    read::{OF_STAFF, Row},
    units,
};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx, Value},
    rules::Rules,
};

/// Why staff look, in the trail.
const WORK: &str = "handle_case";

/// A line of the desk's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskRow {
    pub public: Public<AppealMark>,
    pub reference: Reference,
    pub subject: Subject,
    pub appellant: String,
    pub unit_name: String,
    pub sent_at: Instant,
    pub late: bool,
    /// She asked that the decision waits, and nobody has answered.
    pub asks_to_wait: bool,
    pub state: String,
    pub state_at: Instant,
    /// None: it is nobody's turn any more.
    pub due_at: Option<Instant>,
}

#[derive(sqlx::FromRow)]
struct Line {
    public_id: String,
    reference: String,
    subject_kind: String,
    appellant: String,
    unit_name: String,
    sent_at: i64,
    late: i64,
    waits: String,
    state: String,
    state_at: i64,
    due_at: Option<i64>,
}

/// An appeal as the desk reads it.
#[derive(Clone, Debug)]
pub struct DeskAppeal {
    pub appeal: Appeal,
    pub appellant: String,
    pub version: i64,
    /// She made the decision, or prepared the appeal.
    pub own_work: bool,
    pub may_prepare: bool,
    pub may_decide: bool,
    /// What a decision on it names, unless another is typed.
    pub legal_basis: String,
}

/// The kinds that staff prepare, with a space on each side, and whether they decide above.
pub(super) fn duty(staff: &Staff) -> (Value, i64) {
    let kinds = Subject::ALL.into_iter().filter(|subject| may_prepare(&staff.roles, *subject));
    let kinds: Vec<&str> = kinds.map(Subject::code).collect();
    (Value::from(format!(" {} ", kinds.join(" "))), i64::from(may_decide(&staff.roles)))
}

/// What waits first, by its clock; then what is done, the newest first. One read after the trace of it.
pub async fn desk(ctx: &Ctx, staff: &Staff) -> Result<Vec<DeskRow>> {
    if !may_see(&staff.roles) {
        return Ok(vec![]);
    }
    let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "appeal_list");
    audit::record(ctx, entry.because(WORK)).await?;
    let (kinds, above) = duty(staff);
    let lines: Vec<Line> = ctx.db.all(LIST, args![units(staff), kinds, above]).await?;
    lines.into_iter().map(Line::row).collect()
}

impl Line {
    fn row(self) -> Result<DeskRow> {
        Ok(DeskRow {
            public: public(&self.public_id)?,
            reference: Reference::parse(&self.reference).ok_or(Error::Broken("reference"))?,
            subject: Subject::parse(&self.subject_kind).ok_or(Error::Broken("subject of an appeal"))?,
            appellant: self.appellant,
            unit_name: self.unit_name,
            sent_at: Instant(self.sent_at),
            late: self.late == 1,
            asks_to_wait: self.waits == "asked",
            state: self.state,
            state_at: Instant(self.state_at),
            due_at: self.due_at.map(Instant),
        })
    }
}

/// One that is her duty; any other is not found, and its look is not written.
pub async fn opened(ctx: &Ctx, staff: &Staff, appeal: &Public<AppealMark>) -> Result<Option<DeskAppeal>> {
    if !may_see(&staff.roles) {
        return Ok(None);
    }
    let look = Look { ctx: ctx.clone(), staff: staff.clone(), appeal: appeal.clone() };
    let Some(row) = ctx.db.write(look).await? else { return Ok(None) };
    let rules = Rules::on(&ctx.db, ctx.now().date()).await?;
    let subject = Subject::parse(&row.target.subject_kind).ok_or(Error::Broken("subject of an appeal"))?;
    let own = |id: &str| id == staff.staff.as_str();
    Ok(Some(DeskAppeal {
        appellant: row.appellant.clone(),
        version: row.version,
        own_work: own(&row.target.made_by) || row.prepared_by().is_some_and(|by| own(by.as_str())),
        may_prepare: may_prepare(&staff.roles, subject),
        may_decide: may_decide(&staff.roles),
        legal_basis: rules.text("appeal.legal_basis")?.to_owned(),
        appeal: row.appeal(ctx).await?,
    }))
}

/// The row, if it is hers to work on.
pub(super) async fn of_staff(tx: &mut Tx, staff: &Staff, appeal: &Public<AppealMark>) -> Result<Option<Row>> {
    let (kinds, above) = duty(staff);
    tx.optional(OF_STAFF, args![appeal, units(staff), kinds, above]).await
}

struct Look {
    ctx: Ctx,
    staff: Staff,
    appeal: Public<AppealMark>,
}

impl Command for Look {
    type Out = Option<Row>;

    async fn run(&self, tx: &mut Tx) -> Result<Option<Row>> {
        let Some(row) = of_staff(tx, &self.staff, &self.appeal).await? else { return Ok(None) };
        let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), "look");
        entry.at_unit(&row.unit()).about("appeal", &row.id()).because(WORK).save(tx).await?;
        Ok(Some(row))
    }
}

pub const LIST: &str = "SELECT a.public_id, a.reference, d.subject_kind, p.name AS appellant, u.name AS unit_name, \
    a.sent_at, a.late, a.waits, a.state, a.state_at, a.due_at FROM appeal a JOIN decision d ON d.id = a.decision_id \
    JOIN person p ON p.id = a.person_id JOIN unit u ON u.id = a.unit_id WHERE $1 LIKE '% ' || a.unit_id || ' %' \
    AND ($2 LIKE '% ' || d.subject_kind || ' %' OR (CAST($3 AS BIGINT) = 1 AND a.forwarded_at IS NOT NULL)) \
    ORDER BY CASE WHEN a.due_at IS NULL THEN 1 ELSE 0 END, a.due_at, a.state_at DESC, a.id LIMIT 300";
