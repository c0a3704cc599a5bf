//! What anybody may know of a unit's plan. Lawyers' times are not among it: they are shown to lawyers.

use domain::{
    kernel::CivilDate,
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

/// None when there is no such unit to visit.
pub async fn published(ctx: &Ctx, slug: &str) -> Result<Option<Published>> {
    let Some((unit,)) = ctx.db.optional::<(String,)>(UNIT_TO_VISIT, args![slug]).await? else {
        return Ok(None);
    };
    let today = ctx.now().date();
    let rules: Vec<RuleRow> = ctx.db.all(RULES, args![&unit]).await?;
    let rules: Vec<UnitRules> = rules.into_iter().map(RuleRow::rules).collect::<Result<_>>()?;
    let times: Vec<TemplateRow> = ctx.db.all(TIMES, args![&unit, today]).await?;
    let times: Vec<Template> = times.iter().map(TemplateRow::template).collect::<Result<_>>()?;
    let closed: Vec<BlockedRow> =
        ctx.db.all(BLOCKED, args![&unit, today, today.plus_days(LONGEST_WINDOW)]).await?;
    let (now, coming) = versions(&rules, today);
    Ok(Some(Published {
        rules: now.cloned(),
        coming: coming.first().map(|r| (*r).clone()),
        times: times.into_iter().filter(|t| t.kind != SessionKind::Lawyer).collect(),
        closed: closed.into_iter().map(BlockedRow::blocked).collect::<Result<_>>()?,
        today,
    }))
}

pub const UNIT_TO_VISIT: &str = "SELECT id FROM unit WHERE slug = $1 AND open = 1 AND level <> 'intake'";
