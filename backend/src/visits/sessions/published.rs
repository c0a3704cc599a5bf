//! What anybody may know of a unit's plan. Lawyers' times are not among it: they are shown to lawyers.

use domain::{
    access::Unit,
    kernel::{CivilDate, Id},
    visits::booking::{
        Blocked, LONGEST_WINDOW, SessionKind, Template, UnitRules, plan::versions, text::UnitText,
    },
};

use super::{
    plan::{BLOCKED, BlockedRow},
    rules::{RULES, RuleRow},
    texts::texts_on,
    view::{Paused, grouped, pauses_of, times_now},
};
use crate::{Result, args, ctx::Ctx, visits::booking::From};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// In force today.
    pub rules: Option<UnitRules>,
    /// The next version, when one is coming.
    pub coming: Option<UnitRules>,
    /// In force or coming, by weekday and clock.
    pub times: Vec<Template>,
    /// Of these times, those that are not held for a while.
    pub paused: Vec<Paused>,
    pub closed: Vec<Blocked>,
    /// The unit's own words, as they hold today.
    pub texts: Vec<UnitText>,
    /// The day this holds for.
    pub today: CivilDate,
}

/// What holds at a unit that can be visited.
pub async fn published(ctx: &Ctx, unit: &Id<Unit>) -> Result<Published> {
    let today = ctx.now().date();
    let last = today.plus_days(LONGEST_WINDOW);
    let (mut one, mut other) = (From::Db(&ctx.db), From::Db(&ctx.db));
    let (rules, mut times, pauses, closed): (Vec<RuleRow>, _, _, Vec<BlockedRow>) = tokio::try_join!(
        ctx.db.all(RULES, args![unit]),
        times_now(&mut one, unit, today),
        pauses_of(&mut other, unit, today),
        ctx.db.all(BLOCKED, args![unit, today, last]),
    )?;
    times.retain(|time| time.template.kind != SessionKind::Lawyer);
    let rules: Vec<UnitRules> = rules.into_iter().map(RuleRow::rules).collect::<Result<_>>()?;
    let (now, coming) = versions(&rules, today);
    Ok(Published {
        rules: now.cloned(),
        coming: coming.first().map(|r| (*r).clone()),
        paused: grouped(&times, &pauses),
        times: times.into_iter().map(|time| time.template).collect(),
        texts: texts_on(ctx, unit, today).await?,
        closed: closed.into_iter().map(BlockedRow::blocked).collect::<Result<_>>()?,
        today,
    })
}
