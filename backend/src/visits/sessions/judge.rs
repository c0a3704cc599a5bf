//! Whether a change of a plan can be saved as it stands now: asked before it is shown and once more as it is saved.

use domain::{
    access::Unit,
    kernel::{CivilDate, Id, Public},
    visits::booking::{
        PlanChange, Several, Template, UnitRules,
        plan::{PlanRefusal, clash, stamp},
        wings::{TimeWings, Wing},
    },
};

use super::{
    plan::TemplateRow,
    rules::{RULES, RuleRow},
    texts::texts_of,
    view::{Pause, PlanTime, pauses_of, times_now},
    watch::watch_of,
};
use crate::{
    Result, args,
    visits::{booking::From, wings::of_unit},
};

pub(super) enum Step {
    New,
    /// The plan is like that already.
    Done,
}

type Judged = std::result::Result<Step, PlanRefusal>;

pub(super) async fn judge(
    from: &mut From<'_>,
    unit: &Id<Unit>,
    change: &PlanChange,
    today: CivilDate,
) -> Result<Judged> {
    match change {
        PlanChange::Rules { seen, rules } => {
            let rows: Vec<RuleRow> = from.all(RULES, args![unit]).await?;
            let there: Vec<UnitRules> = rows.into_iter().map(RuleRow::rules).collect::<Result<_>>()?;
            Ok(fresh(there.contains(rules), stamp(&there) == *seen))
        }
        PlanChange::End { time, seen, last } => end(from, unit, (time, *seen, *last)).await,
        PlanChange::Close(day) => {
            let there: Option<(String,)> = from.optional(REASON, args![unit, day.date]).await?;
            Ok(match there {
                None => Ok(Step::New),
                Some((reason,)) if reason == day.reason => Ok(Step::Done),
                Some(_) => Err(PlanRefusal::ClosedBefore),
            })
        }
        PlanChange::Text { seen, text } => {
            let mut there = texts_of(from, unit).await?;
            there.retain(|other| other.topic == text.topic);
            Ok(fresh(there.contains(text), stamp(&there) == *seen))
        }
        PlanChange::Watch { seen, at_least, .. } => {
            let now = watch_of(from, unit, today).await?;
            Ok(fresh(now == *at_least, now == *seen))
        }
        PlanChange::Several { seen, times, what } => several(from, unit, (seen, times, *what), today).await,
        PlanChange::Wings { seen, new } => wings(from, unit, (seen, new)).await,
    }
}

async fn end(
    from: &mut From<'_>,
    unit: &Id<Unit>,
    (time, seen, last): (&Public<Template>, Option<CivilDate>, CivilDate),
) -> Result<Judged> {
    let all = times(from, unit).await?;
    let Some((_, before)) = all.iter().find(|(public, _)| public == time) else {
        return Ok(Err(PlanRefusal::Stale));
    };
    let after = Template { valid_to: Some(last), ..before.clone() };
    let meets = |(other, there): &(Public<Template>, Template)| other != time && clash(there, &after);
    match fresh(before.valid_to == Some(last), before.valid_to == seen) {
        Ok(Step::New) if all.iter().any(meets) => Ok(Err(PlanRefusal::Clash)),
        judged => Ok(judged),
    }
}

/// All chosen times are still there, as they were shown.
async fn several(
    from: &mut From<'_>,
    unit: &Id<Unit>,
    (seen, chosen, what): (&str, &[Public<Template>], Several),
    today: CivilDate,
) -> Result<Judged> {
    let all = times_now(from, unit, today).await?;
    let pauses = pauses_of(from, unit, today).await?;
    let is_chosen = |time: &&PlanTime| chosen.contains(&time.public);
    let of: Vec<&PlanTime> = all.iter().filter(is_chosen).collect();
    let done = |time: &&PlanTime| match what {
        Several::Places(places) => time.template.capacity == places,
        Several::Last(last) => time.template.valid_to == Some(last),
        Several::Pause { first, last } => {
            pauses.iter().any(|p| p.time == time.public && (p.first, p.last) == (first, last))
        }
    };
    if of.len() != chosen.len() {
        return Ok(Err(PlanRefusal::Stale));
    }
    match fresh(of.iter().all(done), stamp(&all) == seen) {
        Ok(Step::New) => Ok(in_the_way(&all, &pauses, &of, what).map_or(Ok(Step::New), Err)),
        judged => Ok(judged),
    }
}

/// The time is one of the unit's, and so is each wing that it is to name.
async fn wings(from: &mut From<'_>, unit: &Id<Unit>, (seen, new): (&str, &TimeWings)) -> Result<Judged> {
    let all = times(from, unit).await?;
    if !all.iter().any(|(public, _)| *public == new.time) {
        return Ok(Err(PlanRefusal::Stale));
    }
    let theirs = of_unit(from, unit).await?;
    let is_theirs = |wing: &Public<Wing>| theirs.all.iter().any(|one| one.public == *wing);
    if !new.choice.wings.iter().all(is_theirs) {
        return Ok(Err(PlanRefusal::WingGone));
    }
    Ok(fresh(theirs.is_for(&new.time, &new.choice), theirs.seen(&new.time) == seen))
}

fn in_the_way(all: &[PlanTime], pauses: &[Pause], of: &[&PlanTime], what: Several) -> Option<PlanRefusal> {
    let clashes = |time: &&PlanTime, last| {
        let after = Template { valid_to: Some(last), ..time.template.clone() };
        all.iter().any(|other| other.public != time.public && clash(&other.template, &after))
    };
    match what {
        Several::Places(_) => None,
        Several::Last(last) => of.iter().any(|time| clashes(time, last)).then_some(PlanRefusal::Clash),
        Several::Pause { first, last } => {
            let meets = |p: &Pause| p.first <= last && first <= p.last;
            let before = of.iter().any(|time| pauses.iter().any(|p| p.time == time.public && meets(p)));
            before.then_some(PlanRefusal::PausedBefore)
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

pub const TIMES_OF: &str = "SELECT id, public_id, unit_id, kind, way, held_for, weekday, start_minute, minutes, room, capacity, \
    every_weeks, on_holidays, valid_from, valid_to FROM visit_template WHERE unit_id = $1 ORDER BY id";
pub const REASON: &str = "SELECT reason FROM blocked_date WHERE unit_id = $1 AND date = $2";
