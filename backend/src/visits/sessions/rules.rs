//! A unit's rules, version by version.

use domain::{
    access::Unit,
    kernel::{CivilDate, Id},
    visits::booking::{Approval, UnitRules},
};

use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx},
    db::{Command, Tx},
};

#[derive(sqlx::FromRow)]
pub(in crate::visits) struct RuleRow {
    valid_from: String,
    valid_to: Option<String>,
    first_day: i64,
    last_day: i64,
    per_week: i64,
    per_month: i64,
    people: i64,
    arrive_before: i64,
    latest_arrival: i64,
    join_hours: i64,
    approval: String,
    source: String,
}

impl RuleRow {
    pub fn rules(self) -> Result<UnitRules> {
        Ok(UnitRules {
            valid_from: date(&self.valid_from)?,
            valid_to: self.valid_to.as_deref().map(date).transpose()?,
            first_day: self.first_day,
            last_day: self.last_day,
            per_week: self.per_week,
            per_month: self.per_month,
            people: self.people,
            arrive_before: self.arrive_before,
            latest_arrival: self.latest_arrival,
            join_hours: self.join_hours,
            approval: Approval::parse(&self.approval).ok_or(Error::Broken("which visits are looked at"))?,
            source: self.source,
        })
    }
}

pub(in crate::visits) fn date(stored: &str) -> Result<CivilDate> {
    CivilDate::parse_iso(stored).ok_or(Error::Broken("a stored date"))
}

/// All versions of a unit's rules, oldest first.
pub async fn rules_of(ctx: &Ctx, unit: &Id<Unit>) -> Result<Vec<UnitRules>> {
    let rows: Vec<RuleRow> = ctx.db.all(RULES, args![unit]).await?;
    rows.into_iter().map(RuleRow::rules).collect()
}

/// Adds a version, or replaces the one that holds from the same day.
pub async fn put_rules(ctx: &Ctx, actor: &Actor, unit: &Id<Unit>, rules: UnitRules) -> Result<()> {
    ctx.db.write(PutRules::new(ctx, actor, unit, rules)).await
}

pub(super) struct PutRules {
    id: Id<UnitRules>,
    pub unit: Id<Unit>,
    pub rules: UnitRules,
    entry: audit::Entry,
}

impl PutRules {
    pub fn new(ctx: &Ctx, actor: &Actor, unit: &Id<Unit>, rules: UnitRules) -> Self {
        let entry = audit::Entry::new(ctx, actor, "rules_put").about("unit", unit).at_unit(unit);
        let entry = entry.detail(rules.valid_from.iso());
        Self { id: ctx.chance.id(ctx.now()), unit: unit.clone(), rules, entry }
    }
}

impl Command for PutRules {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let r = &self.rules;
        let values = args![
            &self.id,
            &self.unit,
            r.valid_from,
            r.valid_to,
            r.first_day,
            r.last_day,
            r.per_week,
            r.people,
            r.arrive_before,
            r.latest_arrival,
            &r.source,
            r.per_month,
            r.join_hours,
            r.approval.code()
        ];
        tx.later(PUT_RULES, values).await?;
        self.entry.save(tx).await
    }
}

pub const RULES: &str = "SELECT valid_from, valid_to, first_day, last_day, per_week, people, arrive_before, \
    latest_arrival, source, per_month, join_hours, approval FROM visit_rule WHERE unit_id = $1 ORDER BY valid_from";
pub const PUT_RULES: &str = "INSERT INTO visit_rule (id, unit_id, valid_from, valid_to, first_day, last_day, per_week, \
    people, arrive_before, latest_arrival, source, per_month, join_hours, approval) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) \
    ON CONFLICT (unit_id, valid_from) DO UPDATE SET valid_to = excluded.valid_to, first_day = excluded.first_day, \
    last_day = excluded.last_day, per_week = excluded.per_week, people = excluded.people, \
    arrive_before = excluded.arrive_before, latest_arrival = excluded.latest_arrival, source = excluded.source, \
    per_month = excluded.per_month, join_hours = excluded.join_hours, approval = excluded.approval";
