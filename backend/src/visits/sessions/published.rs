//! What anybody may know of a unit's plan. Lawyers' times are not among it: they are shown to lawyers.

use domain::{
    access::Unit,
    kernel::{CivilDate, Id},
    visits::booking::{Blocked, LONGEST_WINDOW, SessionKind, Template, UnitRules, plan::versions},
};

use super::{
    plan::{BLOCKED, BlockedRow, TemplateRow},
    rules::{RULES, RuleRow},
    view::TIMES,
};
use crate::{Result, args, ctx::Ctx};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// In force today.
    pub rules: Option<UnitRules>,
    /// The next version, when one is coming.
    pub coming: Option<UnitRules>,
    /// In force or coming, by weekday and clock.
    pub times: Vec<Template>,
    pub closed: Vec<Blocked>,
    /// The day this holds for.
    pub today: CivilDate,
}

/// What holds at a unit that can be visited.
pub async fn published(ctx: &Ctx, unit: &Id<Unit>) -> Result<Published> {
    let today = ctx.now().date();
    let last = today.plus_days(LONGEST_WINDOW);
    let (rules, times, closed): (Vec<RuleRow>, Vec<TemplateRow>, Vec<BlockedRow>) = tokio::try_join!(
        ctx.db.all(RULES, args![unit]),
        ctx.db.all(TIMES, args![unit, today]),
        ctx.db.all(BLOCKED, args![unit, today, last]),
    )?;
    let rules: Vec<UnitRules> = rules.into_iter().map(RuleRow::rules).collect::<Result<_>>()?;
    let times: Vec<Template> = times.iter().map(TemplateRow::template).collect::<Result<_>>()?;
    let (now, coming) = versions(&rules, today);
    Ok(Published {
        rules: now.cloned(),
        coming: coming.first().map(|r| (*r).clone()),
        times: times.into_iter().filter(|t| t.kind != SessionKind::Lawyer).collect(),
        closed: closed.into_iter().map(BlockedRow::blocked).collect::<Result<_>>()?,
        today,
    })
}
