//! Whether a change of a plan can be saved as it stands now: asked before it is shown and once more as it is saved.

use domain::{
    access::Unit,
    kernel::{Id, Public},
    visits::booking::{
        PlanChange, Template, UnitRules,
        plan::{PlanRefusal, clash, stamp},
    },
};

use super::{
    plan::TemplateRow,
    rules::{RULES, RuleRow},
};
use crate::{Result, args, visits::booking::From};

pub(super) enum Step {
    New,
    /// The plan is like that already.
    Done,
}

type Judged = std::result::Result<Step, PlanRefusal>;

pub(super) async fn judge(from: &mut From<'_>, unit: &Id<Unit>, change: &PlanChange) -> Result<Judged> {
    match change {
        PlanChange::Rules { seen, rules } => {
            let rows: Vec<RuleRow> = from.all(RULES, args![unit]).await?;
            let there: Vec<UnitRules> = rows.into_iter().map(RuleRow::rules).collect::<Result<_>>()?;
            Ok(fresh(there.contains(rules), stamp(&there) == *seen))
        }
        PlanChange::End { time, seen, last } => {
            let all = times(from, unit).await?;
            let Some((_, before)) = all.iter().find(|(public, _)| public == time) else {
                return Ok(Err(PlanRefusal::Stale));
            };
            let after = Template { valid_to: Some(*last), ..before.clone() };
            let meets = |(other, there): &(Public<Template>, Template)| other != time && clash(there, &after);
            match fresh(before.valid_to == Some(*last), before.valid_to == *seen) {
                Ok(Step::New) if all.iter().any(meets) => Ok(Err(PlanRefusal::Clash)),
                judged => Ok(judged),
            }
        }
        PlanChange::Close(day) => {
            let there: Option<(String,)> = from.optional(REASON, args![unit, day.date]).await?;
            Ok(match there {
                None => Ok(Step::New),
                Some((reason,)) if reason == day.reason => Ok(Step::Done),
                Some(_) => Err(PlanRefusal::ClosedBefore),
            })
        }
    }
}

/// Who saw something that is gone meanwhile writes nothing over it.
fn fresh(is_done: bool, as_seen: bool) -> Judged {
    match (is_done, as_seen) {
        (true, _) => Ok(Step::Done),
        (false, true) => Ok(Step::New),
        (false, false) => Err(PlanRefusal::Stale),
    }
}

pub(super) async fn times(from: &mut From<'_>, unit: &Id<Unit>) -> Result<Vec<(Public<Template>, Template)>> {
    let rows: Vec<TemplateRow> = from.all(TIMES_OF, args![unit]).await?;
    rows.into_iter().map(|row| Ok((row.public()?, row.template()?))).collect()
}

pub const TIMES_OF: &str = "SELECT id, public_id, unit_id, kind, weekday, start_minute, minutes, room, capacity, \
    every_weeks, on_holidays, valid_from, valid_to FROM visit_template WHERE unit_id = $1 ORDER BY id";
pub const REASON: &str = "SELECT reason FROM blocked_date WHERE unit_id = $1 AND date = $2";
