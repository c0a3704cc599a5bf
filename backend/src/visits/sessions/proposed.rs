//! A proposal as its page and the plan show it.

use domain::{
    kernel::{Instant, Public},
    visits::booking::{PlanChange, PlanForm, ProposalState, may_plan, plan::PlanRefusal},
};

use super::{
    proposals::{self, OF_UNIT, ONE, Proposal, Row},
    touched::Touched,
    view::own,
};
use crate::{
    Result, args,
    ctx::{Ctx, Staff},
    visits::units,
};

/// How long the plan shows one that is over.
const SHOWN_DAYS: i64 = 30;

/// One proposal among the unit's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    pub public: Public<Proposal>,
    pub form: PlanForm,
    pub state: ProposalState,
    pub proposed_at: Instant,
    pub lapses_at: Instant,
    pub decided_at: Option<Instant>,
    /// By name, a colleague of the same duty.
    pub proposer: String,
    pub decider: Option<String>,
    pub word: Option<String>,
    /// It is the reader's own.
    pub is_own: bool,
}

/// One of them, with what it would do now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposalView {
    pub proposed: Proposed,
    pub unit_slug: String,
    pub unit_name: String,
    /// None: it can be made no more.
    pub change: Option<PlanChange>,
    pub now: std::result::Result<Touched, PlanRefusal>,
    /// How many visits it touches that were not shown to whoever proposed it.
    pub more: i64,
}

fn proposed(row: &Row, staff: &Staff, now: Instant) -> Result<Proposed> {
    Ok(Proposed {
        public: row.public()?,
        form: row.form()?,
        state: row.state(now)?,
        proposed_at: Instant(row.proposed_at),
        lapses_at: Instant(row.lapses_at),
        decided_at: row.decided_at.map(Instant),
        proposer: row.proposer.clone(),
        decider: row.decider.clone(),
        word: row.word.clone(),
        is_own: row.proposed_by == staff.staff.as_str(),
    })
}

/// Open, and over since a while, of the unit with this slug. None when it is not hers, or not her duty.
pub async fn proposals(ctx: &Ctx, staff: &Staff, slug: &str) -> Result<Option<Vec<Proposed>>> {
    if !may_plan(&staff.roles) {
        return Ok(None);
    }
    let Some((unit, _)) = own(ctx, staff, Some(slug)).await? else { return Ok(None) };
    let rows: Vec<Row> = ctx.db.all(OF_UNIT, args![&unit.id, ctx.now().plus_days(-SHOWN_DAYS)]).await?;
    rows.iter().map(|row| proposed(row, staff, ctx.now())).collect::<Result<_>>().map(Some)
}

/// One of her units. None when it is not hers, or not her duty.
pub async fn proposal(ctx: &Ctx, staff: &Staff, public: &Public<Proposal>) -> Result<Option<ProposalView>> {
    if !may_plan(&staff.roles) {
        return Ok(None);
    }
    let row: Option<Row> = ctx.db.optional(ONE, vec![public.into(), units(staff)]).await?;
    let Some(row) = row else { return Ok(None) };
    let (change, now) = proposals::now(ctx, &row).await?;
    Ok(Some(ProposalView {
        proposed: proposed(&row, staff, ctx.now())?,
        unit_slug: row.unit_slug.clone(),
        unit_name: row.unit_name.clone(),
        change,
        more: now.as_ref().map_or(0, |found| found.not_among(&row.shown)),
        now,
    }))
}
