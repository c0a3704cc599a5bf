//! What the clearance of a child learns of its other parent, and which children there are to ask about.

use domain::{
    access::Unit,
    kernel::{Id, Public},
    visits::clearance::{OtherParent, may_decide},
};

use super::{Application, ClearanceRow, rows};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::Tx,
    visits::units,
};

/// A child of an application, as an officer of its unit has it.
#[derive(Clone, Debug)]
pub struct NamedInCase {
    pub clearance: Public<ClearanceRow>,
    /// The id within.
    pub id: String,
    pub application: Public<Application>,
    pub unit: Id<Unit>,
    pub name: String,
    pub applicant: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    public_id: String,
    application: String,
    unit_id: String,
    name: String,
    applicant: String,
}

impl Row {
    fn child(self) -> Result<NamedInCase> {
        Ok(NamedInCase {
            clearance: rows::public(&self.public_id)?,
            application: rows::public(&self.application)?,
            unit: Id::new(self.unit_id),
            id: self.id,
            name: self.name,
            applicant: self.applicant,
        })
    }
}

/// Those of one application of her units.
pub async fn children(
    ctx: &Ctx,
    staff: &Staff,
    application: &Public<Application>,
) -> Result<Vec<NamedInCase>> {
    if !may_decide(&staff.roles) {
        return Ok(vec![]);
    }
    let rows: Vec<Row> = ctx.db.all(CHILDREN, args![application, units(staff)]).await?;
    rows.into_iter().map(Row::child).collect()
}

/// One of them, by its clearance.
pub async fn child(
    ctx: &Ctx,
    staff: &Staff,
    clearance: &Public<ClearanceRow>,
) -> Result<Option<NamedInCase>> {
    if !may_decide(&staff.roles) {
        return Ok(None);
    }
    let row: Option<Row> = ctx.db.optional(CHILD, args![clearance, units(staff)]).await?;
    row.map(Row::child).transpose()
}

/// Keeps the fact. What was granted and is not settled any more is for nobody to use, from this moment.
pub(crate) async fn other_parent(tx: &mut Tx, ctx: &Ctx, clearance: &str, fact: OtherParent) -> Result<()> {
    let known: Option<(String,)> = tx.optional(OTHER_PARENT, args![fact.code(), clearance]).await?;
    let (application,) = known.ok_or(Error::Broken("a child's clearance"))?;
    let action = if fact.is_settled() { "other_parent_settled" } else { "other_parent_open" };
    let entry = audit::Entry::new(ctx, &Actor::System, action);
    entry.about("application", &Id::<Application>::new(application)).save(tx).await
}

/// Whether one of these may not be granted: the other parent is asked, and has not said yes.
pub(super) async fn is_unsettled(tx: &mut Tx, clearances: &[&str]) -> Result<bool> {
    for clearance in clearances {
        let (fact,): (Option<String>,) = tx.one(FACT, args![*clearance]).await?;
        let fact = fact.as_deref().map(|code| OtherParent::parse(code).ok_or(Error::Broken("other parent")));
        if fact.transpose()?.is_some_and(|fact| !fact.is_settled()) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Those of these that are over: refused, run out, taken back, or closed undecided.
pub(crate) async fn ended(ctx: &Ctx, clearances: &[String]) -> Result<Vec<String>> {
    let all = format!(" {} ", clearances.join(" "));
    let rows: Vec<(String,)> = ctx.db.all(ENDED, args![all, ctx.now().date()]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

macro_rules! children {
    ($rest:literal) => {
        concat!(
            "SELECT c.id, c.public_id, a.public_id AS application, a.unit_id, p.name, q.name AS applicant ",
            "FROM clearance c JOIN application a ON a.id = c.application_id JOIN person p ON p.id = c.person_id ",
            "JOIN person q ON q.id = a.person_id WHERE c.child = 1 AND $2 LIKE '% ' || a.unit_id || ' %' ",
            $rest
        )
    };
}

pub const CHILDREN: &str = children!("AND a.public_id = $1 ORDER BY p.sort_name, c.id");
pub const CHILD: &str = children!("AND c.public_id = $1");
pub const OTHER_PARENT: &str =
    "UPDATE clearance SET other_parent = $1 WHERE id = $2 RETURNING application_id";
pub const FACT: &str = "SELECT other_parent FROM clearance WHERE id = $1";
pub const ENDED: &str = "SELECT c.id FROM clearance c JOIN application a ON a.id = c.application_id \
    WHERE $1 LIKE '% ' || c.id || ' %' AND (c.outcome IN ('refused', 'withdrawn') OR c.valid_to < $2 \
    OR a.state IN ('withdrawn', 'not_processed')) ORDER BY c.id";
