//! What a unit plans: its times of the week, and the days on which there are no visits.

use domain::{
    access::Unit,
    kernel::{CivilDate, Clock, Id, Instant, Public},
    visits::booking::{Blocked, HeldFor, SessionKind, Template, Way},
};

use super::rules::date;
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx},
    db::{Command, Tx},
};

/// A time of the week for a unit.
#[derive(Clone, Debug)]
pub struct NewTemplate {
    pub unit: Id<Unit>,
    pub template: Template,
}

#[derive(sqlx::FromRow)]
pub(super) struct TemplateRow {
    pub id: String,
    pub public_id: String,
    pub unit_id: String,
    kind: String,
    way: String,
    held_for: String,
    weekday: i64,
    start_minute: i64,
    minutes: i64,
    room: String,
    capacity: i64,
    every_weeks: i64,
    on_holidays: i64,
    valid_from: String,
    valid_to: Option<String>,
}

impl TemplateRow {
    pub fn public(&self) -> Result<Public<Template>> {
        Public::parse(&self.public_id).ok_or(Error::Broken("public id"))
    }

    pub fn template(&self) -> Result<Template> {
        let broken = || Error::Broken("a visit template");
        Ok(Template {
            kind: SessionKind::parse(&self.kind).ok_or_else(broken)?,
            way: Way::parse(&self.way).ok_or_else(broken)?,
            held_for: HeldFor::parse(&self.held_for).ok_or_else(broken)?,
            weekday: u8::try_from(self.weekday).map_err(|_| broken())?,
            start: Clock(u16::try_from(self.start_minute).map_err(|_| broken())?),
            minutes: self.minutes,
            room: self.room.clone(),
            capacity: self.capacity,
            every_weeks: self.every_weeks,
            on_holidays: self.on_holidays == 1,
            valid_from: date(&self.valid_from)?,
            valid_to: self.valid_to.as_deref().map(date).transpose()?,
        })
    }
}

/// Adds a time of the week, or brings the same one up to date. Sessions already made keep what they were made with.
pub async fn put_template(ctx: &Ctx, actor: &Actor, new: NewTemplate) -> Result<()> {
    ctx.db.write(PutTemplate::new(ctx, actor, new)).await.map(|_| ())
}

pub(super) struct PutTemplate {
    id: Id<Template>,
    public: Public<Template>,
    pub new: NewTemplate,
    entry: audit::Entry,
}

impl PutTemplate {
    pub fn new(ctx: &Ctx, actor: &Actor, new: NewTemplate) -> Self {
        let (id, public) = (ctx.chance.id(ctx.now()), ctx.chance.public());
        let entry = audit::Entry::new(ctx, actor, "time_put").about("visit_template", &id).at_unit(&new.unit);
        Self { id, public, new, entry }
    }
}

impl Command for PutTemplate {
    /// What the time goes by now: one that was there before, by its own.
    type Out = (Id<Template>, Public<Template>);

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let t = &self.new.template;
        let values = args![
            &self.id,
            &self.public,
            &self.new.unit,
            t.kind.code(),
            i64::from(t.weekday),
            t.start,
            t.minutes,
            &t.room,
            t.capacity,
            t.every_weeks,
            t.on_holidays,
            t.valid_from,
            t.valid_to,
            t.way.code(),
            t.held_for.code()
        ];
        let (id, public): (String, String) = tx.one(PUT_TEMPLATE, values).await?;
        let id = Id::new(id);
        self.entry.clone().about("visit_template", &id).save(tx).await?;
        Ok((id, Public::parse(&public).ok_or(Error::Broken("public id"))?))
    }
}

/// Closes a day for booking, with the reason that visitors read. What is booked already stays booked; staff cancel it.
pub async fn block_day(
    ctx: &Ctx,
    actor: &Actor,
    unit: &Id<Unit>,
    day: CivilDate,
    reason: &str,
) -> Result<()> {
    ctx.db.write(block(ctx, actor, unit, day, reason)).await
}

pub(super) fn block(ctx: &Ctx, actor: &Actor, unit: &Id<Unit>, day: CivilDate, reason: &str) -> ChangeDay {
    let change = Change::Block { id: ctx.chance.id(ctx.now()), reason: reason.to_owned(), now: ctx.now() };
    ChangeDay::new(ctx, actor, unit, day, change)
}

pub(super) fn unblock(ctx: &Ctx, actor: &Actor, unit: &Id<Unit>, day: CivilDate) -> ChangeDay {
    ChangeDay::new(ctx, actor, unit, day, Change::Unblock)
}

pub(super) enum Change {
    Block { id: Id<Blocked>, reason: String, now: Instant },
    Unblock,
}

pub(super) struct ChangeDay {
    pub unit: Id<Unit>,
    pub day: CivilDate,
    pub change: Change,
    entry: audit::Entry,
}

impl ChangeDay {
    fn new(ctx: &Ctx, actor: &Actor, unit: &Id<Unit>, day: CivilDate, change: Change) -> Self {
        let action = if matches!(change, Change::Unblock) { "day_unblocked" } else { "day_blocked" };
        let entry = audit::Entry::new(ctx, actor, action).about("unit", unit).at_unit(unit).detail(day.iso());
        Self { unit: unit.clone(), day, change, entry }
    }
}

impl Command for ChangeDay {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        match &self.change {
            Change::Block { id, reason, now } => {
                tx.later(BLOCK, args![id, &self.unit, self.day, reason, *now]).await?;
            }
            Change::Unblock => {
                tx.later(UNBLOCK, args![&self.unit, self.day]).await?;
            }
        }
        // What is booked that day is looked at again.
        tx.later(RECHECK_DAY, args![&self.unit, self.day]).await?;
        self.entry.save(tx).await
    }
}

#[derive(sqlx::FromRow)]
pub(in crate::visits) struct BlockedRow {
    date: String,
    reason: String,
}

impl BlockedRow {
    pub fn blocked(self) -> Result<Blocked> {
        Ok(Blocked { date: date(&self.date)?, reason: self.reason })
    }
}

/// The closed days of a unit in this span, both ends included.
pub async fn blocked_days(
    ctx: &Ctx,
    unit: &Id<Unit>,
    from: CivilDate,
    to: CivilDate,
) -> Result<Vec<Blocked>> {
    let rows: Vec<BlockedRow> = ctx.db.all(BLOCKED, args![unit, from, to]).await?;
    rows.into_iter().map(BlockedRow::blocked).collect()
}

pub const PUT_TEMPLATE: &str = "INSERT INTO visit_template (id, public_id, unit_id, kind, weekday, start_minute, \
    minutes, room, capacity, every_weeks, on_holidays, valid_from, valid_to, way, held_for) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) \
    ON CONFLICT (unit_id, kind, weekday, start_minute, room, valid_from) DO UPDATE SET minutes = excluded.minutes, \
    capacity = excluded.capacity, every_weeks = excluded.every_weeks, on_holidays = excluded.on_holidays, \
    valid_to = excluded.valid_to, way = excluded.way, held_for = excluded.held_for RETURNING id, public_id";
pub const BLOCK: &str = "INSERT INTO blocked_date (id, unit_id, date, reason, created_at) VALUES ($1, $2, $3, $4, $5) \
    ON CONFLICT (unit_id, date) DO UPDATE SET reason = excluded.reason";
pub const RECHECK_DAY: &str =
    "UPDATE booking SET checked_on = '' WHERE unit_id = $1 AND date = $2 AND state = 'booked'";
pub const UNBLOCK: &str = "DELETE FROM blocked_date WHERE unit_id = $1 AND date = $2";
pub const BLOCKED: &str =
    "SELECT date, reason FROM blocked_date WHERE unit_id = $1 AND date BETWEEN $2 AND $3 ORDER BY date";
