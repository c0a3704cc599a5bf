//! What staff of a unit see of its plan: rules, times of the week, closed days ahead. Nothing in it is about a
//! person, so a look at it is not written; whose unit it is not finds nothing.

use domain::{
    access::Unit,
    kernel::{CivilDate, Id, Public},
    visits::booking::{Blocked, Template, UnitRules, may_see_day, text::UnitText},
};

use super::{
    plan::TemplateRow,
    proposed::{Proposed, proposals},
    rules::{date, rules_of},
    texts::texts_of,
    watch::watch_of,
};
use crate::{
    Error, Result, args,
    ctx::{Ctx, Staff},
    visits::{
        booking::From,
        units,
        wings::{UnitWings, of_unit},
    },
};

/// The plan of one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitPlan {
    pub unit_slug: String,
    pub unit_name: String,
    /// All versions, the oldest first.
    pub rules: Vec<UnitRules>,
    /// In force and coming, by weekday and clock.
    pub times: Vec<PlanTime>,
    /// Not held for a while, by their days.
    pub paused: Vec<Paused>,
    /// From today on.
    pub closed: Vec<ClosedDay>,
    /// What visitors read, all versions, the oldest first.
    pub texts: Vec<UnitText>,
    /// From how many touched visits on somebody else has to approve a change; 0 is never.
    pub watch: i64,
    /// For those alone whose duty it is: open, and over since a while.
    pub proposals: Vec<Proposed>,
    /// Its wings, and which times are for some of them.
    pub wings: UnitWings,
    /// How many wait for a time here. Who they are is not told.
    pub waiting: i64,
    /// The officer's other units, by slug and name.
    pub units: Vec<(String, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanTime {
    pub public: Public<Template>,
    pub template: Template,
}

/// Times of the week that are not held on these days, both included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paused {
    pub first: CivilDate,
    pub last: CivilDate,
    pub times: Vec<Template>,
}

/// That one time of the week is not held on these days.
pub(super) struct Pause {
    pub time: Public<Template>,
    pub first: CivilDate,
    pub last: CivilDate,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedDay {
    pub blocked: Blocked,
    /// Visits that are booked all the same.
    pub booked: i64,
}

/// One time of the week, for those who are about to end or copy it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeView {
    pub unit_slug: String,
    pub unit_name: String,
    pub time: PlanTime,
    /// The unit's wings, and for which of them it is.
    pub wings: UnitWings,
    /// Days from today on with visits booked at this time, and how many.
    pub booked: Vec<(CivilDate, i64)>,
}

/// A unit of the officer.
#[derive(Clone, Debug)]
pub(super) struct Own {
    pub id: Id<Unit>,
    pub slug: String,
    pub name: String,
}

/// The unit with this slug, or the officer's first one, and her others.
pub(super) async fn own(ctx: &Ctx, staff: &Staff, slug: Option<&str>) -> Result<Option<(Own, Vec<Own>)>> {
    let rows: Vec<(String, String, String)> = ctx.db.all(UNITS_OF_STAFF, vec![units(staff)]).await?;
    let mut all: Vec<Own> =
        rows.into_iter().map(|(id, slug, name)| Own { id: Id::new(id), slug, name }).collect();
    all.sort_by_key(|own| staff.units.iter().position(|u| *u == own.id));
    let here = all.iter().position(|own| slug.is_none_or(|slug| slug == own.slug));
    Ok(here.map(|here| (all.remove(here), all)))
}

/// None when it is not hers, or not her duty.
pub async fn plan(ctx: &Ctx, staff: &Staff, slug: Option<&str>) -> Result<Option<UnitPlan>> {
    if !may_see_day(&staff.roles) {
        return Ok(None);
    }
    let Some((unit, others)) = own(ctx, staff, slug).await? else { return Ok(None) };
    let today = ctx.now().date();
    let mut from = From::Db(&ctx.db);
    let times = times_now(&mut from, &unit.id, today).await?;
    let pauses = pauses_of(&mut from, &unit.id, today).await?;
    let closed: Vec<(String, String, i64)> = ctx.db.all(CLOSED_AHEAD, args![&unit.id, today]).await?;
    let (waiting,): (i64,) = ctx.db.one(WAITING, args![&unit.id, today]).await?;
    let watch = watch_of(&mut from, &unit.id, today).await?;
    let proposals = proposals(ctx, staff, &unit.slug).await?.unwrap_or_default();
    Ok(Some(UnitPlan {
        texts: texts_of(&mut from, &unit.id).await?,
        wings: of_unit(&mut from, &unit.id).await?,
        watch,
        proposals,
        waiting,
        rules: rules_of(ctx, &unit.id).await?,
        paused: grouped(&times, &pauses),
        times,
        closed: closed.into_iter().map(closed_day).collect::<Result<_>>()?,
        unit_slug: unit.slug,
        unit_name: unit.name,
        units: others.into_iter().map(|own| (own.slug, own.name)).collect(),
    }))
}

/// In force and coming, by weekday and clock.
pub(super) async fn times_now(
    from: &mut From<'_>,
    unit: &Id<Unit>,
    today: CivilDate,
) -> Result<Vec<PlanTime>> {
    let rows: Vec<TemplateRow> = from.all(TIMES, args![unit, today]).await?;
    rows.into_iter().map(plan_time).collect()
}

/// Those that are not over, the first ones first.
pub(super) async fn pauses_of(from: &mut From<'_>, unit: &Id<Unit>, today: CivilDate) -> Result<Vec<Pause>> {
    let rows: Vec<(String, String, String)> = from.all(PAUSES_OF, args![unit, today]).await?;
    let pause = |(time, first, last): (String, String, String)| {
        let time = Public::parse(&time).ok_or(Error::Broken("public id"))?;
        Ok(Pause { time, first: date(&first)?, last: date(&last)? })
    };
    rows.into_iter().map(pause).collect()
}

/// Those of the same days together.
pub(super) fn grouped(times: &[PlanTime], pauses: &[Pause]) -> Vec<Paused> {
    let mut all: Vec<Paused> = Vec::new();
    for pause in pauses {
        let Some(time) = times.iter().find(|time| time.public == pause.time) else { continue };
        match all.iter_mut().find(|p| (p.first, p.last) == (pause.first, pause.last)) {
            Some(there) => there.times.push(time.template.clone()),
            None => {
                let times = vec![time.template.clone()];
                all.push(Paused { first: pause.first, last: pause.last, times });
            }
        }
    }
    all
}

fn plan_time(row: TemplateRow) -> Result<PlanTime> {
    let public = Public::parse(&row.public_id).ok_or(Error::Broken("public id"))?;
    Ok(PlanTime { public, template: row.template()? })
}

fn closed_day((on, reason, booked): (String, String, i64)) -> Result<ClosedDay> {
    Ok(ClosedDay { blocked: Blocked { date: date(&on)?, reason }, booked })
}

/// One time of the officer's units. None when it is not hers, or not her duty.
pub async fn time(ctx: &Ctx, staff: &Staff, public: &Public<Template>) -> Result<Option<TimeView>> {
    if !may_see_day(&staff.roles) {
        return Ok(None);
    }
    let row: Option<TemplateRow> = ctx.db.optional(TIME, vec![public.into(), units(staff)]).await?;
    let Some(row) = row else { return Ok(None) };
    let slug_and_name: Option<(String, String)> = ctx.db.optional(UNIT_WORDS, args![&row.unit_id]).await?;
    let Some((unit_slug, unit_name)) = slug_and_name else { return Ok(None) };
    let booked: Vec<(String, i64)> = ctx.db.all(BOOKED_AT, args![&row.id, ctx.now().date()]).await?;
    let booked = booked.into_iter().map(|(on, n)| Ok((date(&on)?, n))).collect::<Result<_>>()?;
    let wings = of_unit(&mut From::Db(&ctx.db), &Id::new(row.unit_id.as_str())).await?;
    Ok(Some(TimeView { unit_slug, unit_name, wings, time: plan_time(row)?, booked }))
}

pub const PAUSES_OF: &str = "SELECT t.public_id AS time, p.first_day, p.last_day FROM visit_pause p \
    JOIN visit_template t ON t.id = p.template_id WHERE p.unit_id = $1 AND p.last_day >= $2 \
    ORDER BY p.first_day, p.last_day, t.weekday, t.start_minute, t.room, t.id";
pub const WAITING: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM visit_wait WHERE unit_id = $1 AND ended_at IS NULL \
    AND last_day >= $2";
pub const UNITS_OF_STAFF: &str =
    "SELECT id, slug, name FROM unit WHERE $1 LIKE '% ' || id || ' %' AND level <> 'intake'";
pub const UNIT_WORDS: &str = "SELECT slug, name FROM unit WHERE id = $1";
/// One that was ended before it began holds never and is left out.
pub const TIMES: &str = "SELECT id, public_id, unit_id, kind, way, held_for, weekday, start_minute, minutes, room, capacity, \
    every_weeks, on_holidays, valid_from, valid_to FROM visit_template WHERE unit_id = $1 \
    AND (valid_to IS NULL OR (valid_to >= $2 AND valid_to >= valid_from)) \
    ORDER BY weekday, start_minute, kind, room, valid_from, id";
pub const TIME: &str = "SELECT id, public_id, unit_id, kind, way, held_for, weekday, start_minute, minutes, room, capacity, \
    every_weeks, on_holidays, valid_from, valid_to FROM visit_template \
    WHERE public_id = $1 AND $2 LIKE '% ' || unit_id || ' %'";
pub const CLOSED_AHEAD: &str = "SELECT d.date, d.reason, CAST((SELECT COUNT(*) FROM booking b \
    WHERE b.unit_id = d.unit_id AND b.date = d.date AND b.state = 'booked') AS BIGINT) AS booked \
    FROM blocked_date d WHERE d.unit_id = $1 AND d.date >= $2 ORDER BY d.date";
pub const BOOKED_AT: &str = "SELECT b.date, CAST(COUNT(*) AS BIGINT) AS booked FROM booking b \
    JOIN visit_session s ON s.id = b.session_id WHERE s.template_id = $1 AND b.date >= $2 AND b.state = 'booked' \
    GROUP BY b.date ORDER BY b.date";
