//! The wings of a unit (ADR 46): its list, for which of them a time of the week is, and in which one an inmate lives. A time that is not for
//! his wing is not there for those who visit him, a lawyer no more than a relative; what was booked in one before comes to the list of
//! work. Never: a word of it to a visitor.

mod inmate;
#[cfg(test)]
mod tests;

use domain::{
    access::Unit,
    kernel::{Id, Public},
    visits::booking::{
        Template, may_plan,
        plan::stamp,
        wings::{ForWings, TimeWings, Wing, WingsChoice},
    },
};

use super::{booking::From, units};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
};

pub use inmate::{NOW, OfInmate, PUT_INMATE, of_inmate, put_inmate};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitWing {
    pub public: Public<Wing>,
    pub code: String,
    pub name: String,
}

/// The wings of a unit, and the times of the week that are for some of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitWings {
    pub all: Vec<UnitWing>,
    times: Vec<(Public<Template>, ForWings, Public<Wing>)>,
}

impl UnitWings {
    /// For whom this time is, and the wings that it names.
    pub fn of_time(&self, time: &Public<Template>) -> (ForWings, Vec<&UnitWing>) {
        let named = || self.times.iter().filter(|(of, ..)| of == time);
        let which = named().next().map_or(ForWings::All, |(_, which, _)| *which);
        let is_named = |wing: &&UnitWing| named().any(|(.., of)| *of == wing.public);
        (which, self.all.iter().filter(is_named).collect())
    }

    /// Stands for whom this time is for, as a page shows it.
    pub fn seen(&self, time: &Public<Template>) -> String {
        let (which, named) = self.of_time(time);
        let named: Vec<&str> = named.into_iter().map(|wing| wing.public.as_str()).collect();
        stamp(&[(which, named)])
    }

    /// Whether a time is for these already.
    pub(in crate::visits) fn is_for(&self, time: &Public<Template>, choice: &WingsChoice) -> bool {
        let (which, named) = self.of_time(time);
        let chosen = |wing: &&UnitWing| choice.wings.contains(&wing.public);
        which == choice.which && named.len() == choice.wings.len() && named.iter().all(chosen)
    }
}

fn wing((public, code, name): (String, String, String)) -> Result<UnitWing> {
    Ok(UnitWing { public: Public::parse(&public).ok_or(Error::Broken("public id"))?, code, name })
}

pub(in crate::visits) async fn of_unit(from: &mut From<'_>, unit: &Id<Unit>) -> Result<UnitWings> {
    let all: Vec<(String, String, String)> = from.all(WINGS, args![unit]).await?;
    let times: Vec<(String, String, String)> = from.all(OF_TIMES, args![unit]).await?;
    let time = |(time, which, wing): (String, String, String)| {
        let broken = || Error::Broken("a time's wings");
        Ok((
            Public::parse(&time).ok_or_else(broken)?,
            ForWings::parse(&which).ok_or_else(broken)?,
            Public::parse(&wing).ok_or_else(broken)?,
        ))
    };
    let all = all.into_iter().map(wing).collect::<Result<_>>()?;
    Ok(UnitWings { all, times: times.into_iter().map(time).collect::<Result<_>>()? })
}

/// A wing is there, or has another name, from now on. None: it is not her work, or not her unit.
pub async fn put(ctx: &Ctx, staff: &Staff, unit: &str, (code, name): (String, String)) -> Result<Option<()>> {
    let (id, public) = (ctx.chance.id(ctx.now()), ctx.chance.public());
    act(ctx, staff, Act::Put { unit: unit.to_owned(), code, name, id, public })
        .await
        .map(|done| done.map(|_| ()))
}

/// It is there no more. False: somebody lives in it, or a time names it.
pub async fn end(ctx: &Ctx, staff: &Staff, wing: &Public<Wing>) -> Result<Option<bool>> {
    act(ctx, staff, Act::End(wing.clone())).await
}

enum Act {
    Put { unit: String, code: String, name: String, id: Id<Wing>, public: Public<Wing> },
    End(Public<Wing>),
}

async fn act(ctx: &Ctx, staff: &Staff, act: Act) -> Result<Option<bool>> {
    if !may_plan(&staff.roles) {
        return Ok(None);
    }
    ctx.db.write(Change { ctx: ctx.clone(), staff: staff.clone(), act }).await
}

struct Change {
    ctx: Ctx,
    staff: Staff,
    act: Act,
}

impl Command for Change {
    type Out = Option<bool>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let hers = units(&self.staff);
        match &self.act {
            Act::Put { unit, code, name, id, public } => {
                let of: Option<(String,)> = tx.optional(UNIT, vec![unit.into(), hers]).await?;
                let Some((unit,)) = of else { return Ok(None) };
                tx.later(PUT, args![id, public, &unit, code, name]).await?;
                self.trace("wing_put", &unit).save(tx).await?;
                Ok(Some(true))
            }
            Act::End(wing) => {
                let of: Option<(String, String, Option<i64>)> =
                    tx.optional(ONE, vec![wing.into(), hers]).await?;
                let Some((id, unit, ended)) = of else { return Ok(None) };
                if ended.is_some() {
                    return Ok(Some(true));
                }
                if tx.execute(END, args![id, self.ctx.now(), self.ctx.now().date()]).await? == 0 {
                    return Ok(Some(false));
                }
                self.trace("wing_ended", &unit).save(tx).await?;
                Ok(Some(true))
            }
        }
    }
}

impl Change {
    fn trace(&self, action: &'static str, unit: &str) -> audit::Entry {
        let unit: Id<Unit> = Id::new(unit);
        let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), action);
        entry.at_unit(&unit).about("unit", &unit)
    }
}

/// For which wings a time is, from now on: a change of the plan, which has judged that all of them are the unit's.
pub(in crate::visits) struct PutTimeWings {
    unit: Id<Unit>,
    new: TimeWings,
    entry: audit::Entry,
}

impl PutTimeWings {
    pub fn new(ctx: &Ctx, actor: &Actor, unit: &Id<Unit>, new: &TimeWings) -> Self {
        let entry = audit::Entry::new(ctx, actor, "time_wings").at_unit(unit);
        Self { unit: unit.clone(), new: new.clone(), entry: entry.detail(new.choice.which.code()) }
    }

    pub async fn run(&self, tx: &mut Tx) -> Result<()> {
        let (time,): (String,) = tx.one(TIME, args![&self.new.time, &self.unit]).await?;
        let named = named(tx, self.unit.as_str(), &self.new.choice).await?;
        let named = named.ok_or(Error::Broken("a time's wings"))?;
        tx.later(CLEAR, args![&time]).await?;
        named.put(tx, &time).await?;
        let id: Id<Template> = Id::new(time);
        self.entry.clone().about("visit_template", &id).save(tx).await
    }
}

/// For whom a time is to be, with what the wings are to us.
pub(in crate::visits) struct Named {
    which: ForWings,
    wings: Vec<String>,
}

/// None: a wing is none of this unit, or no longer.
pub(in crate::visits) async fn named(tx: &mut Tx, unit: &str, choice: &WingsChoice) -> Result<Option<Named>> {
    let mut wings: Vec<String> = vec![];
    for wing in &choice.wings {
        let found: Option<(String,)> = tx.optional(OF_UNIT, args![wing, unit]).await?;
        let Some((id,)) = found else { return Ok(None) };
        wings.push(id);
    }
    Ok(Some(Named { which: choice.which, wings }))
}

impl Named {
    /// Of a time that names none as yet.
    pub async fn put(&self, tx: &mut Tx, time: &str) -> Result<()> {
        tx.later(WHICH, args![time, self.which.code()]).await?;
        for wing in &self.wings {
            tx.later(NAME, args![time, wing]).await?;
        }
        Ok(())
    }
}

/// Whether the time `t` is not for the wing where an inmate is now.
macro_rules! not_for_his_wing {
    ($inmate:literal) => {
        concat!(
            "(t.wings <> 'all' AND (t.wings = 'only') <> EXISTS (SELECT 1 FROM template_wing f JOIN placement n ",
            "ON n.wing_id = f.wing_id AND n.inmate_id = ",
            $inmate,
            " AND n.ended_at IS NULL WHERE f.template_id = t.id))"
        )
    };
}

/// The times of the week that are not for the wing of the inmate, as rows of what is known of a time. No session is read by it: what is
/// read is what others' writes are measured against.
macro_rules! times_not_his {
    () => {
        concat!(
            "UNION ALL SELECT 'not_his', t.id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL ",
            "FROM visit_template t WHERE t.unit_id = $2 AND ",
            $crate::visits::wings::not_for_his_wing!("$1"),
            " "
        )
    };
}

pub(in crate::visits) use {not_for_his_wing, times_not_his};

pub const WINGS: &str =
    "SELECT public_id, code, name FROM unit_wing WHERE unit_id = $1 AND ended_at IS NULL ORDER BY code, id";
pub const OF_TIMES: &str = "SELECT t.public_id AS time, t.wings, w.public_id AS wing FROM visit_template t \
    JOIN template_wing x ON x.template_id = t.id JOIN unit_wing w ON w.id = x.wing_id WHERE t.unit_id = $1 ORDER BY t.id, w.code, w.id";
pub const UNIT: &str = "SELECT id FROM unit WHERE slug = $1 AND $2 LIKE '% ' || id || ' %'";
pub const PUT: &str = "INSERT INTO unit_wing (id, public_id, unit_id, code, name) VALUES ($1, $2, $3, $4, $5) \
    ON CONFLICT (unit_id, code) WHERE ended_at IS NULL DO UPDATE SET name = excluded.name";
pub const ONE: &str =
    "SELECT id, unit_id, ended_at FROM unit_wing WHERE public_id = $1 AND $2 LIKE '% ' || unit_id || ' %'";
pub const END: &str = "UPDATE unit_wing SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL \
    AND NOT EXISTS (SELECT 1 FROM placement p WHERE p.wing_id = unit_wing.id AND p.ended_at IS NULL) \
    AND NOT EXISTS (SELECT 1 FROM template_wing x JOIN visit_template t ON t.id = x.template_id \
    AND (t.valid_to IS NULL OR t.valid_to >= $3) WHERE x.wing_id = unit_wing.id)";
pub const OF_UNIT: &str =
    "SELECT id FROM unit_wing WHERE public_id = $1 AND unit_id = $2 AND ended_at IS NULL";
pub const TIME: &str = "SELECT id FROM visit_template WHERE public_id = $1 AND unit_id = $2";
pub const CLEAR: &str = "DELETE FROM template_wing WHERE template_id = $1";
pub const WHICH: &str = "UPDATE visit_template SET wings = $2 WHERE id = $1";
pub const NAME: &str =
    "INSERT INTO template_wing (template_id, wing_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
