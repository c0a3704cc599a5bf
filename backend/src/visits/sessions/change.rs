//! What staff change in the plan of their own unit. Role and unit are asked inside, every change leaves a trace, and
//! who saw something that is gone meanwhile is told instead of writing over it.

use domain::{
    access::Unit,
    kernel::{CivilDate, Id, Instant, Public},
    visits::booking::{
        Blocked, Template, UnitRules, may_plan,
        plan::{PlanRefusal, clash, stamp},
    },
};

use super::{
    expand::{DROP_DEAD, GIVE_BACK, tend},
    plan::{Change, ChangeDay, NewTemplate, PutTemplate, TemplateRow, block, unblock},
    rules::{PutRules, RULES, RuleRow},
    view::{Own, TIME, own},
};
use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
    visits::units,
};

/// None: not hers, or not her duty.
pub type Answer<T> = Option<std::result::Result<T, PlanRefusal>>;

async fn planned(ctx: &Ctx, staff: &Staff, slug: &str) -> Result<Option<Own>> {
    if !may_plan(&staff.roles) {
        return Ok(None);
    }
    Ok(own(ctx, staff, Some(slug)).await?.map(|(unit, _)| unit))
}

/// The change stands already; what it leaves to be made, the worker makes if this round cannot.
async fn make_sessions(ctx: &Ctx) {
    if let Err(error) = tend(ctx).await {
        tracing::warn!(%error, "sessions are left to the worker");
    }
}

/// A new version of the rules, or the coming one of that day replaced. `seen` stamps the versions that the page showed.
pub async fn add_rules(
    ctx: &Ctx,
    staff: &Staff,
    slug: &str,
    seen: &str,
    rules: UnitRules,
) -> Result<Answer<()>> {
    let Some(unit) = planned(ctx, staff, slug).await? else { return Ok(None) };
    let put = PutRules::new(ctx, &Actor::Staff(staff.clone()), &unit.id, rules);
    let done = ctx.db.write(AddRules { seen: seen.to_owned(), put }).await?;
    make_sessions(ctx).await;
    Ok(Some(done))
}

struct AddRules {
    seen: String,
    put: PutRules,
}

impl Command for AddRules {
    type Out = std::result::Result<(), PlanRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let rows: Vec<RuleRow> = tx.all(RULES, args![&self.put.unit]).await?;
        let there: Vec<UnitRules> = rows.into_iter().map(RuleRow::rules).collect::<Result<_>>()?;
        // The second click of a double click.
        if there.contains(&self.put.rules) {
            return Ok(Ok(()));
        }
        if stamp(&there) != self.seen {
            return Ok(Err(PlanRefusal::Stale));
        }
        self.put.run(tx).await.map(Ok)
    }
}

/// A new time of the week; its sessions are there at once.
pub async fn add_time(
    ctx: &Ctx,
    staff: &Staff,
    slug: &str,
    template: Template,
) -> Result<Answer<Public<Template>>> {
    let Some(unit) = planned(ctx, staff, slug).await? else { return Ok(None) };
    let new = NewTemplate { unit: unit.id, template };
    let put = PutTemplate::new(ctx, &Actor::Staff(staff.clone()), new);
    let done = ctx.db.write(AddTime(put)).await?;
    make_sessions(ctx).await;
    Ok(Some(done))
}

struct AddTime(PutTemplate);

impl Command for AddTime {
    type Out = std::result::Result<Public<Template>, PlanRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let new = &self.0.new;
        for (public, there) in times(tx, &new.unit).await? {
            if there == new.template {
                return Ok(Ok(public));
            }
            if clash(&there, &new.template) {
                return Ok(Err(PlanRefusal::Clash));
            }
        }
        self.0.run(tx).await.map(Ok)
    }
}

async fn times(tx: &mut Tx, unit: &Id<Unit>) -> Result<Vec<(Public<Template>, Template)>> {
    let rows: Vec<TemplateRow> = tx.all(TIMES_OF, args![unit]).await?;
    rows.into_iter().map(|row| Ok((row.public()?, row.template()?))).collect()
}

/// What is left of a time after its last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    /// Visits booked after it: they stand until staff cancel them.
    pub booked: i64,
}

/// Ends a time of the week, or moves its end. Sessions after it go, but for those with a booking or a live hold,
/// which nobody else can book any more. `seen` is the last day that the page showed.
pub async fn end_time(
    ctx: &Ctx,
    staff: &Staff,
    public: &Public<Template>,
    seen: Option<CivilDate>,
    last: CivilDate,
) -> Result<Answer<Ended>> {
    if !may_plan(&staff.roles) {
        return Ok(None);
    }
    let row: Option<TemplateRow> = ctx.db.optional(TIME, vec![public.into(), units(staff)]).await?;
    let Some(row) = row else { return Ok(None) };
    let (id, unit): (Id<Template>, Id<Unit>) = (Id::new(row.id.as_str()), Id::new(row.unit_id.as_str()));
    let entry =
        audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "time_ended").about("visit_template", &id);
    let entry = entry.at_unit(&unit).detail(last.iso());
    let done = ctx.db.write(EndTime { id, unit, seen, last, now: ctx.now(), entry }).await?;
    make_sessions(ctx).await;
    Ok(Some(done))
}

struct EndTime {
    id: Id<Template>,
    unit: Id<Unit>,
    seen: Option<CivilDate>,
    last: CivilDate,
    now: Instant,
    entry: audit::Entry,
}

impl Command for EndTime {
    type Out = std::result::Result<Ended, PlanRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let row: TemplateRow = tx.one(TIME_BY_ID, args![&self.id]).await?;
        let (public, before) = (row.public()?, row.template()?);
        if before.valid_to == Some(self.last) {
            return self.left(tx).await.map(Ok);
        }
        if before.valid_to != self.seen {
            return Ok(Err(PlanRefusal::Stale));
        }
        let after = Template { valid_to: Some(self.last), ..before };
        let others = times(tx, &self.unit).await?;
        if others.iter().any(|(other, there)| *other != public && clash(there, &after)) {
            return Ok(Err(PlanRefusal::Clash));
        }
        tx.execute(END_TIME, args![self.last, &self.id]).await?;
        tx.execute(GIVE_BACK, args![self.now]).await?;
        tx.execute(DROP_DEAD, args![self.now]).await?;
        tx.execute(DROP_AFTER, args![&self.id, self.last]).await?;
        self.entry.save(tx).await?;
        self.left(tx).await.map(Ok)
    }
}

impl EndTime {
    async fn left(&self, tx: &mut Tx) -> Result<Ended> {
        let (booked,): (i64,) = tx.one(BOOKED_AFTER, args![&self.id, self.last]).await?;
        Ok(Ended { booked })
    }
}

/// Closes a day for booking. Gives how many visits are booked that day all the same.
pub async fn close_day(ctx: &Ctx, staff: &Staff, slug: &str, day: Blocked) -> Result<Answer<i64>> {
    let Some(unit) = planned(ctx, staff, slug).await? else { return Ok(None) };
    let change = block(ctx, &Actor::Staff(staff.clone()), &unit.id, day.date, &day.reason);
    ctx.db.write(TurnDay(change)).await.map(Some)
}

/// Opens a closed day again; one that is open already stays so.
pub async fn open_day(ctx: &Ctx, staff: &Staff, slug: &str, day: CivilDate) -> Result<Answer<()>> {
    let Some(unit) = planned(ctx, staff, slug).await? else { return Ok(None) };
    let change = unblock(ctx, &Actor::Staff(staff.clone()), &unit.id, day);
    let done = ctx.db.write(TurnDay(change)).await?;
    Ok(Some(done.map(|_| ())))
}

struct TurnDay(ChangeDay);

impl Command for TurnDay {
    type Out = std::result::Result<i64, PlanRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let day = &self.0;
        let there: Option<(String,)> = tx.optional(REASON, args![&day.unit, day.day]).await?;
        let there = there.map(|(reason,)| reason);
        match (&day.change, there) {
            (Change::Block { reason, .. }, Some(other)) if *reason != other => {
                return Ok(Err(PlanRefusal::ClosedBefore));
            }
            (Change::Block { .. }, None) | (Change::Unblock, Some(_)) => day.run(tx).await?,
            (Change::Block { .. }, Some(_)) | (Change::Unblock, None) => {}
        }
        let (booked,): (i64,) = tx.one(BOOKED_ON, args![&day.unit, day.day]).await?;
        Ok(Ok(booked))
    }
}

pub const TIMES_OF: &str = "SELECT id, public_id, unit_id, kind, weekday, start_minute, minutes, room, capacity, \
    every_weeks, on_holidays, valid_from, valid_to FROM visit_template WHERE unit_id = $1 ORDER BY id";
pub const TIME_BY_ID: &str = "SELECT id, public_id, unit_id, kind, weekday, start_minute, minutes, room, capacity, \
    every_weeks, on_holidays, valid_from, valid_to FROM visit_template WHERE id = $1";
pub const END_TIME: &str = "UPDATE visit_template SET valid_to = $1 WHERE id = $2";
/// A cancelled booking names its session too, so that one stays: whoever asks is told where it was.
pub const DROP_AFTER: &str = "DELETE FROM visit_session WHERE template_id = $1 AND date > $2 \
    AND NOT EXISTS (SELECT 1 FROM booking b WHERE b.session_id = visit_session.id) \
    AND NOT EXISTS (SELECT 1 FROM visit_hold h WHERE h.session_id = visit_session.id)";
pub const BOOKED_AFTER: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS booked FROM booking b \
    JOIN visit_session s ON s.id = b.session_id WHERE s.template_id = $1 AND b.date > $2 AND b.state = 'booked'";
pub const REASON: &str = "SELECT reason FROM blocked_date WHERE unit_id = $1 AND date = $2";
pub const BOOKED_ON: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS booked FROM booking \
    WHERE unit_id = $1 AND date = $2 AND state = 'booked'";
