//! What a unit has on and within which bounds, as data with a day and a source.

use domain::{
    access::Unit,
    kernel::{CivilDate, Id},
    messages::{
        FormErrors, Level, Means, Refusal, UnitRules, UnitRulesForm, may_see_rules, may_set_rules,
        unit_rules::stamp,
    },
};

use super::pair::{Bounds, RuleRow};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
    messages::{Sent, units},
};

/// A unit of hers with all versions of its rules.
#[derive(Clone, Debug)]
pub struct RulesOfUnit {
    pub slug: String,
    pub name: String,
    pub level: String,
    /// Oldest first.
    pub rules: Vec<UnitRules>,
    /// Slug and name of her other units.
    pub others: Vec<(String, String)>,
}

#[derive(sqlx::FromRow)]
struct Own {
    id: String,
    slug: String,
    name: String,
    level: String,
}

#[derive(sqlx::FromRow)]
struct Version {
    valid_from: String,
    exchange_on: i64,
    longest: i64,
    per_week: i64,
    control_hours: i64,
    release_hours: Option<i64>,
    means: String,
    reads_days: String,
    reads_from: i64,
    reads_to: i64,
    duty_phone: String,
    sami: i64,
    source: String,
}

impl Version {
    fn rules(self) -> Result<UnitRules> {
        let day = CivilDate::parse_iso(&self.valid_from);
        Ok(UnitRules {
            valid_from: day.ok_or(Error::Broken("a stored date"))?,
            exchange_on: self.exchange_on == 1,
            longest: self.longest,
            per_week: self.per_week,
            control_hours: self.control_hours,
            release_hours: self.release_hours,
            means: Means::parse(&self.means).ok_or(Error::Broken("means of a unit"))?,
            reads_days: self.reads_days,
            reads_from: self.reads_from,
            reads_to: self.reads_to,
            duty_phone: self.duty_phone,
            sami: self.sami == 1,
            source: self.source,
        })
    }
}

async fn own(ctx: &Ctx, staff: &Staff, slug: Option<&str>) -> Result<Option<(Own, Vec<Own>)>> {
    let mut all: Vec<Own> = ctx.db.all(OWN_UNITS, args![units(staff)]).await?;
    all.sort_by_key(|own| staff.units.iter().position(|unit| unit.as_str() == own.id));
    let here = all.iter().position(|own| slug.is_none_or(|slug| slug == own.slug));
    Ok(here.map(|here| (all.remove(here), all)))
}

/// The rules of one of her units, or of her first. None: not hers, or not her duty.
pub async fn unit_rules(ctx: &Ctx, staff: &Staff, slug: Option<&str>) -> Result<Option<RulesOfUnit>> {
    if !may_see_rules(&staff.roles) {
        return Ok(None);
    }
    let Some((unit, others)) = own(ctx, staff, slug).await? else { return Ok(None) };
    let rows: Vec<Version> = ctx.db.all(VERSIONS, args![&unit.id]).await?;
    let (slug, name, level) = (unit.slug, unit.name, unit.level);
    let rules = rows.into_iter().map(Version::rules).collect::<Result<_>>()?;
    let others = others.into_iter().map(|own| (own.slug, own.name)).collect();
    Ok(Some(RulesOfUnit { slug, name, level, rules, others }))
}

/// A new version of the rules, or a coming one of that day replaced; none that has begun is ever changed.
pub async fn set_rules(ctx: &Ctx, staff: &Staff, form: &UnitRulesForm) -> Result<Sent<()>> {
    if !may_set_rules(&staff.roles) {
        return Ok(Err(Refusal::Hidden.into()));
    }
    let Some((unit, _)) = own(ctx, staff, Some(&form.unit)).await? else {
        return Ok(Err(Refusal::Hidden.into()));
    };
    let parsed: std::result::Result<UnitRules, FormErrors> =
        form.parse(Level::of(&unit.level), ctx.now().date());
    let rules = match parsed {
        Ok(rules) => rules,
        Err(errors) => return Ok(Err(errors.into())),
    };
    let id: Id<Unit> = Id::new(unit.id);
    let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "message_rules").at_unit(&id);
    let entry = entry.about("unit", &id).detail(rules.valid_from.iso());
    let set = Set { seen: form.seen.clone(), put: Put { unit: id, rules, entry } };
    Ok(ctx.db.write(set).await?.map_err(Into::into))
}

struct Set {
    seen: String,
    put: Put,
}

impl Command for Set {
    type Out = std::result::Result<(), Refusal>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let rows: Vec<Version> = tx.all(VERSIONS, args![&self.put.unit]).await?;
        let there: Vec<UnitRules> = rows.into_iter().map(Version::rules).collect::<Result<_>>()?;
        // The second click of a double click.
        if there.contains(&self.put.rules) {
            return Ok(Ok(()));
        }
        if stamp(&there) != self.seen {
            return Ok(Err(Refusal::Stale));
        }
        self.put.run(tx).await.map(Ok)
    }
}

/// Adds a version, or corrects the one of that day: for whoever sets a unit up.
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
        tx.later(PUT, values).await?;
        self.entry.save(tx).await
    }
}

/// What a unit's pages say of it today, by its slug; none where nothing is said.
pub async fn bounds_of(ctx: &Ctx, slug: &str) -> Result<Option<Bounds>> {
    let row: Option<RuleRow> = ctx.db.optional(RULE, args![slug, ctx.now().date()]).await?;
    Ok(row.and_then(|row| row.bounds()))
}

pub const OWN_UNITS: &str =
    "SELECT id, slug, name, level FROM unit WHERE $1 LIKE '% ' || id || ' %' ORDER BY name";
pub const VERSIONS: &str = "SELECT valid_from, exchange_on, longest, per_week, control_hours, release_hours, means, \
    reads_days, reads_from, reads_to, duty_phone, sami, source FROM message_rule WHERE unit_id = $1 ORDER BY valid_from";
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
