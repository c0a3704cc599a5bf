//! Whom an inmate has named as visitors ([F] § 3-28: up to four when he comes, each exchangeable). Written down by staff; an officer who
//! handles an application sees whether he has named her. It decides nothing: his consent and the unit's decision are asked as ever.

#[cfg(test)]
mod tests;

use domain::{
    inmates::may_open,
    kernel::{Id, Instant, Public, TextError, line},
};

use super::{
    clearance::{Application, LookReason},
    him::{Him, look},
};
use crate::{
    Error, Result, args,
    ctx::{Ctx, Staff},
    custody::inmates::Inmate,
    db::{Command, Tx},
    identity::names::sort_key,
    rules::Rules,
};

/// Marks the ids of rows.
#[derive(Debug)]
pub enum NamedVisitor {}

/// Longest name, in characters.
pub const LONGEST: usize = 120;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub public: Public<NamedVisitor>,
    pub name: String,
    pub since: Instant,
}

/// The page about one inmate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    pub name: String,
    /// In the order in which he named them.
    pub named: Vec<Named>,
    /// How many he may name.
    pub most: i64,
}

/// Why nothing was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NamedRefusal {
    /// No such inmate for whoever asks.
    Hidden,
    Name(TextError),
    /// As many as he may name: one of them has to go first.
    Full {
        most: i64,
    },
}

fn most(rules: &Rules) -> Result<i64> {
    rules.days("visits.named_most")
}

/// None: it is not her work, or he is not in her units.
pub async fn open(
    ctx: &Ctx,
    staff: &Staff,
    inmate: &Public<Inmate>,
    reason: LookReason,
) -> Result<Option<Opened>> {
    let Some(him) = look(ctx, staff, inmate, reason).await? else { return Ok(None) };
    let rows: Vec<(String, String, i64)> = ctx.db.all(STANDING, args![&him.id]).await?;
    let named = |(public, name, since): (String, String, i64)| {
        let public = Public::parse(&public).ok_or(Error::Broken("public id"))?;
        Ok(Named { public, name, since: Instant(since) })
    };
    let most = most(&Rules::on(&ctx.db, ctx.now().date()).await?)?;
    Ok(Some(Opened { name: him.name, named: rows.into_iter().map(named).collect::<Result<_>>()?, most }))
}

/// Named twice she is one.
pub async fn name(
    ctx: &Ctx,
    staff: &Staff,
    inmate: &Public<Inmate>,
    typed: &str,
) -> Result<std::result::Result<(), NamedRefusal>> {
    if !may_open(&staff.roles) {
        return Ok(Err(NamedRefusal::Hidden));
    }
    let name = match line(typed, LONGEST) {
        Ok(name) => name,
        Err(error) => return Ok(Err(NamedRefusal::Name(error))),
    };
    let command = Name {
        ctx: ctx.clone(),
        staff: staff.clone(),
        inmate: inmate.clone(),
        name,
        id: ctx.chance.id(ctx.now()),
        public: ctx.chance.public(),
    };
    ctx.db.write(command).await
}

struct Name {
    ctx: Ctx,
    staff: Staff,
    inmate: Public<Inmate>,
    name: String,
    id: Id<NamedVisitor>,
    public: Public<NamedVisitor>,
}

impl Command for Name {
    type Out = std::result::Result<(), NamedRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let Some(him) = Him::of(tx, &self.staff, &self.inmate).await? else {
            return Ok(Err(NamedRefusal::Hidden));
        };
        let (now, sort) = (self.ctx.now(), sort_key(&self.name));
        let most = most(&Rules::within(tx, now.date()).await?)?;
        let standing: Vec<(String,)> = tx.all(SORTS, args![&him.id]).await?;
        if standing.iter().any(|(other,)| *other == sort) {
            return Ok(Ok(()));
        }
        if standing.len() as i64 >= most {
            return Ok(Err(NamedRefusal::Full { most }));
        }
        let values = args![&self.id, &self.public, &him.id, &self.name, sort, &self.staff.staff, now];
        tx.later(INSERT, values).await?;
        him.trace(&self.ctx, &self.staff, "visitor_named").save(tx).await?;
        Ok(Ok(()))
    }
}

/// She is named no longer. False: that was so before. None: he is not there for whoever asks.
pub async fn end(
    ctx: &Ctx,
    staff: &Staff,
    inmate: &Public<Inmate>,
    named: &Public<NamedVisitor>,
) -> Result<Option<bool>> {
    if !may_open(&staff.roles) {
        return Ok(None);
    }
    let (inmate, named) = (inmate.clone(), named.clone());
    ctx.db.write(End { ctx: ctx.clone(), staff: staff.clone(), inmate, named }).await
}

struct End {
    ctx: Ctx,
    staff: Staff,
    inmate: Public<Inmate>,
    named: Public<NamedVisitor>,
}

impl Command for End {
    type Out = Option<bool>;

    async fn run(&self, tx: &mut Tx) -> Result<Option<bool>> {
        let Some(him) = Him::of(tx, &self.staff, &self.inmate).await? else { return Ok(None) };
        let values = args![&self.named, &him.id, self.ctx.now(), &self.staff.staff];
        if tx.execute(END, values).await? == 0 {
            return Ok(Some(false));
        }
        him.trace(&self.ctx, &self.staff, "visitor_unnamed").save(tx).await?;
        Ok(Some(true))
    }
}

/// Since when he has named whoever applies, if he has. For whoever may read the case: that is asked before.
pub async fn of_case(ctx: &Ctx, application: &Public<Application>) -> Result<Option<Instant>> {
    let since: Option<(i64,)> = ctx.db.optional(OF_CASE, args![application]).await?;
    Ok(since.map(|(since,)| Instant(since)))
}

pub const STANDING: &str = "SELECT public_id, name, since FROM named_visitor WHERE inmate_id = $1 AND ended_at IS NULL \
    ORDER BY since, id";
pub const SORTS: &str = "SELECT sort_name FROM named_visitor WHERE inmate_id = $1 AND ended_at IS NULL";
pub const INSERT: &str = "INSERT INTO named_visitor (id, public_id, inmate_id, name, sort_name, staff_id, since) \
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
pub const END: &str = "UPDATE named_visitor SET ended_at = $3, ended_by = $4 WHERE public_id = $1 AND inmate_id = $2 \
    AND ended_at IS NULL";
pub const OF_CASE: &str = "SELECT n.since FROM application a JOIN person p ON p.id = a.person_id JOIN named_visitor n \
    ON n.inmate_id = a.inmate_id AND n.sort_name = p.sort_name AND n.ended_at IS NULL WHERE a.public_id = $1 \
    ORDER BY n.since LIMIT 1";
