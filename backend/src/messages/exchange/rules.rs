//! What a unit has on and within which bounds, as data with a day and a source.

use domain::{
    access::Unit,
    kernel::{CivilDate, Id},
    messages::Means,
};

use super::pair::{Bounds, RuleRow};
use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx},
    db::{Command, Tx},
};

/// A unit's rules from a day on. Times in minutes after midnight.
#[derive(Clone, Debug)]
pub struct UnitRules {
    pub valid_from: CivilDate,
    /// [F] § 3-27: off unless the unit says otherwise.
    pub exchange_on: bool,
    pub longest: i64,
    pub per_week: i64,
    pub control_hours: i64,
    /// None: nothing goes on without a person.
    pub release_hours: Option<i64>,
    pub means: Means,
    /// `weekdays` or `daily`.
    pub reads_days: String,
    pub reads_from: i64,
    pub reads_to: i64,
    pub duty_phone: String,
    pub sami: bool,
    pub source: String,
}

/// Adds a version, or corrects the one of that day.
pub async fn put_rules(ctx: &Ctx, actor: &Actor, unit: &Id<Unit>, rules: UnitRules) -> Result<()> {
    let entry = audit::Entry::new(ctx, actor, "message_rules").at_unit(unit).about("unit", unit);
    ctx.db.write(Put { unit: unit.clone(), rules, entry }).await
}

struct Put {
    unit: Id<Unit>,
    rules: UnitRules,
    entry: audit::Entry,
}

impl Command for Put {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let r = &self.rules;
        let values = args![
            &self.unit,
            r.valid_from,
            r.exchange_on,
            r.longest,
            r.per_week,
            r.control_hours,
            r.release_hours,
            r.means.code(),
            &r.reads_days,
            r.reads_from,
            r.reads_to,
            &r.duty_phone,
            r.sami,
            &r.source
        ];
        tx.execute(PUT, values).await?;
        self.entry.save(tx).await
    }
}

/// What a unit's pages say of it today, by its slug; none where nothing is said.
pub async fn bounds_of(ctx: &Ctx, slug: &str) -> Result<Option<Bounds>> {
    let row: Option<RuleRow> = ctx.db.optional(RULE, args![slug, ctx.now().date()]).await?;
    Ok(row.and_then(|row| row.bounds()))
}

pub const PUT: &str = "INSERT INTO message_rule (unit_id, valid_from, exchange_on, longest, per_week, control_hours, \
    release_hours, means, reads_days, reads_from, reads_to, duty_phone, sami, source) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT (unit_id, valid_from) DO UPDATE SET \
    exchange_on = excluded.exchange_on, longest = excluded.longest, per_week = excluded.per_week, \
    control_hours = excluded.control_hours, release_hours = excluded.release_hours, means = excluded.means, \
    reads_days = excluded.reads_days, reads_from = excluded.reads_from, reads_to = excluded.reads_to, \
    duty_phone = excluded.duty_phone, sami = excluded.sami, source = excluded.source";
pub const RULE: &str = "SELECT m.exchange_on, m.longest, m.per_week, m.control_hours, m.release_hours, m.means, \
    m.reads_days, m.reads_from, m.reads_to, m.duty_phone FROM message_rule m JOIN unit u ON u.id = m.unit_id \
    WHERE u.slug = $1 AND u.open = 1 AND m.valid_from <= $2 ORDER BY m.valid_from DESC LIMIT 1";
