//! Inmates who must not meet, nor those who visit them (ADR 37): set and ended by staff for a reason of a closed list; the rules of
//! booking make such a time look full, and what was booked before comes to the list of work. Never: a word of it to a visitor.

#[cfg(test)]
mod tests;
pub mod visitors;

use domain::{
    access::Unit,
    inmates::may_open,
    kernel::{Id, Instant, Public},
    visits::booking::apart::{ApartReason, KeptApart},
};

use super::{
    booking::recheck,
    clearance::LookReason,
    him::{Him, look},
    units,
};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    custody::inmates::Inmate,
    db::{Command, Tx, Value},
};

/// From whom he is kept apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    pub public: Public<KeptApart>,
    /// None: he is in a unit that is not the reader's.
    pub other_name: Option<String>,
    pub reason: ApartReason,
    pub since: Instant,
}

/// The page about one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    pub name: String,
    pub pairs: Vec<Pair>,
}

/// Why nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApartRefusal {
    /// No such person for whoever asks.
    Hidden,
    /// The two are one.
    Himself,
}

/// None: it is not her work, or he is not in her units.
pub async fn open(
    ctx: &Ctx,
    staff: &Staff,
    inmate: &Public<Inmate>,
    reason: LookReason,
) -> Result<Option<Opened>> {
    let Some(him) = look(ctx, staff, inmate, reason).await? else { return Ok(None) };
    let rows: Vec<PairRow> = ctx.db.all(PAIRS, vec![Value::from(him.id.as_str()), units(staff)]).await?;
    let pairs = rows.into_iter().map(PairRow::pair).collect::<Result<_>>()?;
    Ok(Some(Opened { name: him.name, pairs }))
}

#[derive(sqlx::FromRow)]
struct PairRow {
    public_id: String,
    other_name: Option<String>,
    reason: String,
    since: i64,
}

impl PairRow {
    fn pair(self) -> Result<Pair> {
        Ok(Pair {
            public: Public::parse(&self.public_id).ok_or(Error::Broken("public id"))?,
            other_name: self.other_name,
            reason: ApartReason::parse(&self.reason).ok_or(Error::Broken("a reason to keep apart"))?,
            since: Instant(self.since),
        })
    }
}

/// From now on. Both are in her units. Said twice it is one pair.
pub async fn keep_apart(
    ctx: &Ctx,
    staff: &Staff,
    (inmate, other): (&Public<Inmate>, &Public<Inmate>),
    reason: ApartReason,
) -> Result<std::result::Result<(), ApartRefusal>> {
    if !may_open(&staff.roles) {
        return Ok(Err(ApartRefusal::Hidden));
    }
    let command = Keep {
        ctx: ctx.clone(),
        staff: staff.clone(),
        two: [inmate.clone(), other.clone()],
        reason,
        id: ctx.chance.id(ctx.now()),
        public: ctx.chance.public(),
    };
    ctx.db.write(command).await
}

struct Keep {
    ctx: Ctx,
    staff: Staff,
    two: [Public<Inmate>; 2],
    reason: ApartReason,
    id: Id<KeptApart>,
    public: Public<KeptApart>,
}

impl Command for Keep {
    type Out = std::result::Result<(), ApartRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let [one, other] = &self.two;
        let (Some(one), Some(other)) =
            (Him::of(tx, &self.staff, one).await?, Him::of(tx, &self.staff, other).await?)
        else {
            return Ok(Err(ApartRefusal::Hidden));
        };
        if one.id == other.id {
            return Ok(Err(ApartRefusal::Himself));
        }
        let (a, b) = if one.id < other.id { (&one.id, &other.id) } else { (&other.id, &one.id) };
        let values =
            args![&self.id, &self.public, a, b, self.reason.code(), &self.staff.staff, self.ctx.now()];
        if tx.execute(KEEP, values).await? == 0 {
            return Ok(Ok(()));
        }
        for him in [&one, &other] {
            changed(&self.ctx, tx, &self.staff, (&him.id, &him.unit_id), ("kept_apart", Some(self.reason)))
                .await?;
        }
        Ok(Ok(()))
    }
}

/// The trace, and a look at what he has booked.
async fn changed(
    ctx: &Ctx,
    tx: &mut Tx,
    staff: &Staff,
    (inmate, unit): (&str, &str),
    (action, reason): (&'static str, Option<ApartReason>),
) -> Result<()> {
    let id: Id<Inmate> = Id::new(inmate);
    let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), action).about("inmate", &id);
    let entry = entry.at_unit(&Id::<Unit>::new(unit));
    match reason {
        Some(reason) => entry.because(reason.code()).save(tx).await?,
        None => entry.save(tx).await?,
    }
    recheck(tx, &Id::new(inmate), ctx.now().date()).await
}

/// They may meet again. False: it had ended. None: he is not hers to see.
pub async fn end(
    ctx: &Ctx,
    staff: &Staff,
    inmate: &Public<Inmate>,
    pair: &Public<KeptApart>,
) -> Result<Option<bool>> {
    if !may_open(&staff.roles) {
        return Ok(None);
    }
    let (inmate, pair) = (inmate.clone(), pair.clone());
    ctx.db.write(End { ctx: ctx.clone(), staff: staff.clone(), inmate, pair }).await
}

struct End {
    ctx: Ctx,
    staff: Staff,
    inmate: Public<Inmate>,
    pair: Public<KeptApart>,
}

impl Command for End {
    type Out = Option<bool>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let Some(him) = Him::of(tx, &self.staff, &self.inmate).await? else { return Ok(None) };
        let values = args![&self.pair, &him.id, self.ctx.now(), &self.staff.staff];
        let ended: Option<(String, String)> = tx.optional(END, values).await?;
        let Some((a, b)) = ended else { return Ok(Some(false)) };
        for inmate in [a, b] {
            let two = (inmate.as_str(), him.unit_id.as_str());
            changed(&self.ctx, tx, &self.staff, two, ("no_longer_apart", None)).await?;
        }
        Ok(Some(true))
    }
}

/// With the other one's name if he is in the reader's units.
pub const PAIRS: &str = "SELECT k.public_id, (SELECT o.name FROM inmate o JOIN placement p ON p.inmate_id = o.id AND p.ended_at IS NULL \
    WHERE o.id = CASE WHEN k.inmate_a = $1 THEN k.inmate_b ELSE k.inmate_a END AND $2 LIKE '% ' || p.unit_id || ' %') AS other_name, \
    k.reason, k.since FROM kept_apart k WHERE (k.inmate_a = $1 OR k.inmate_b = $1) AND k.ended_at IS NULL ORDER BY k.since, k.id";
pub const KEEP: &str = "INSERT INTO kept_apart (id, public_id, inmate_a, inmate_b, reason, staff_id, since) \
    VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
pub const END: &str = "UPDATE kept_apart SET ended_at = $3, ended_by = $4 WHERE public_id = $1 AND ended_at IS NULL \
    AND (inmate_a = $2 OR inmate_b = $2) RETURNING inmate_a, inmate_b";
