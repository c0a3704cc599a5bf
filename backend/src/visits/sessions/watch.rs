//! From how many touched visits on somebody else has to approve a change: the unit's own number, or the service's.

use domain::{
    access::Unit,
    kernel::{CivilDate, Id},
    visits::booking::UnitRules,
};

use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx},
    db::{Command, Tx},
    visits::booking::From,
};

/// The number in force.
pub(super) async fn watch_of(from: &mut From<'_>, unit: &Id<Unit>, today: CivilDate) -> Result<i64> {
    let own: Option<(i64,)> = from.optional(WATCH, args![unit, today]).await?;
    if let Some((own,)) = own {
        return Ok(own);
    }
    let service: Option<(String,)> = from.optional(SERVICE, args![today]).await?;
    service.and_then(|(text,)| text.parse().ok()).ok_or(Error::Broken("a rule is missing"))
}

/// The unit's own number from today on. For the demo and its tests; staff change it as any part of the plan.
pub async fn put_watch(ctx: &Ctx, actor: &Actor, unit: &Id<Unit>, at_least: i64, source: &str) -> Result<()> {
    ctx.db.write(PutWatch::new(ctx, actor, unit, (at_least, source))).await
}

pub(super) struct PutWatch {
    id: Id<UnitRules>,
    unit: Id<Unit>,
    at_least: i64,
    source: String,
    today: CivilDate,
    entry: audit::Entry,
}

impl PutWatch {
    pub fn new(ctx: &Ctx, actor: &Actor, unit: &Id<Unit>, (at_least, source): (i64, &str)) -> Self {
        let entry = audit::Entry::new(ctx, actor, "watch_put").about("unit", unit).at_unit(unit);
        Self {
            id: ctx.chance.id(ctx.now()),
            unit: unit.clone(),
            at_least,
            source: source.to_owned(),
            today: ctx.now().date(),
            entry: entry.detail(at_least.to_string()),
        }
    }
}

impl Command for PutWatch {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let values = args![&self.id, &self.unit, self.today, self.at_least, &self.source];
        tx.later(PUT_WATCH, values).await?;
        self.entry.save(tx).await
    }
}

pub const WATCH: &str = "SELECT at_least FROM visit_watch WHERE unit_id = $1 AND valid_from <= $2 \
    ORDER BY valid_from DESC LIMIT 1";
pub const SERVICE: &str = "SELECT value FROM rule WHERE key = 'visits.second_from' AND valid_from <= $1 \
    ORDER BY valid_from DESC LIMIT 1";
pub const PUT_WATCH: &str = "INSERT INTO visit_watch (id, unit_id, valid_from, at_least, source) \
    VALUES ($1, $2, $3, $4, $5) ON CONFLICT (unit_id, valid_from) \
    DO UPDATE SET at_least = excluded.at_least, source = excluded.source";
