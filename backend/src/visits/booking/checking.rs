//! Booked visits are looked at again: once a day, and as soon as something has changed about the inmate, the leaves or the day. What
//! is found stands in the list of work (`super::work`) until the visit is cancelled, it is found no more, or somebody lets it stand.
//! Never: a visit that is cancelled by it. What a visitor reads does not depend on it.

use domain::{
    access::Unit,
    kernel::{CivilDate, Id, Instant, Public},
    visits::booking::{Booking, Doubt, Settled, may_cancel, unsettled},
};

use super::{
    Inmate, Target,
    door::Known,
    facts::{held_for, kind},
};
use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
    rules::Rules,
    visits::{sessions::rows::date, units},
};

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    inmate_id: String,
    kind: String,
    held_for: String,
    authority: Option<i64>,
    present: i64,
    doubts: String,
    doubts_settled: String,
}

/// A round of the worker: some days of some units that nobody has looked at today. Tells how many visits.
pub async fn check_ahead(ctx: &Ctx) -> Result<usize> {
    let today = ctx.now().date();
    let last = today.plus_days(Rules::on(&ctx.db, today).await?.days("booking.check_days")?);
    let due: Vec<(String, String)> = ctx.db.all(DUE, args![today, last]).await?;
    let mut checked = 0;
    for (unit, on) in due {
        checked += check(ctx, &Id::new(unit), date(&on)?).await?;
    }
    Ok(checked)
}

async fn check(ctx: &Ctx, unit: &Id<Unit>, on: CivilDate) -> Result<usize> {
    let rows: Vec<Row> = ctx.db.all(BOOKED, args![unit, on]).await?;
    let known = Known::of_day(ctx, unit, on).await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in &rows {
        let kind = (kind(&row.kind)?, held_for(&row.held_for)?);
        let guests = known.guests_of(&row.id, on)?;
        let facts =
            known.facts(&row.id, &guests, (&row.inmate_id, row.present == 1, row.authority == Some(1)));
        let all = known.doubts(&row.id, &facts, kind, on);
        let codes = all.iter().map(Doubt::code);
        let settled: Vec<&str> = row.doubts_settled.split(' ').filter(|code| !code.is_empty()).collect();
        let (open, stands) = unsettled(&codes.collect::<Vec<_>>(), &settled);
        found.push(Found {
            id: row.id.clone(),
            changed: open.join(" ") != row.doubts,
            open: open.join(" "),
            stands: stands.join(" "),
        });
    }
    ctx.db.write(Note { found, today: ctx.now().date(), now: ctx.now() }).await?;
    Ok(rows.len())
}

struct Found {
    id: String,
    open: String,
    stands: String,
    changed: bool,
}

struct Note {
    found: Vec<Found>,
    today: CivilDate,
    now: Instant,
}

impl Command for Note {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        for found in &self.found {
            let since = found.changed.then_some(self.now);
            let values = args![self.today, &found.open, &found.stands, since, &found.id];
            tx.later(NOTE, values).await?;
        }
        Ok(())
    }
}

/// Something has changed about him: his visits are looked at in the worker's next round.
pub(crate) async fn recheck(tx: &mut Tx, inmate: &Id<Inmate>, today: CivilDate) -> Result<()> {
    tx.later(RECHECK, args![inmate, today]).await
}

/// The same, by a job of its own.
pub(crate) async fn recheck_of(ctx: &Ctx, inmate: &str) -> Result<()> {
    ctx.db.write(Recheck { inmate: Id::new(inmate), today: ctx.now().date() }).await
}

struct Recheck {
    inmate: Id<Inmate>,
    today: CivilDate,
}

impl Command for Recheck {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        recheck(tx, &self.inmate, self.today).await
    }
}

/// Somebody lets the visit stand. False if there is nothing to settle any more, or it has changed since she saw it; none: it is not
/// there for her.
pub async fn settle(ctx: &Ctx, staff: &Staff, target: Target, why: Settled) -> Result<Option<bool>> {
    if !may_cancel(&staff.roles) {
        return Ok(None);
    }
    ctx.db.write(Settle { ctx: ctx.clone(), staff: staff.clone(), target, why }).await
}

struct Settle {
    ctx: Ctx,
    staff: Staff,
    target: Target,
    why: Settled,
}

impl Command for Settle {
    type Out = Option<bool>;

    async fn run(&self, tx: &mut Tx) -> Result<Option<bool>> {
        let public: &Public<Booking> = &self.target.public;
        let found: Option<(String, String, i64)> =
            tx.optional(TO_SETTLE, args![public, units(&self.staff)]).await?;
        let Some((id, unit, version)) = found else { return Ok(None) };
        if version != self.target.version || tx.execute(SETTLE, args![&id]).await? == 0 {
            return Ok(Some(false));
        }
        let id: Id<Booking> = Id::new(id);
        let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), "visit_settled");
        let entry = entry.at_unit(&Id::new(unit)).about("booking", &id);
        entry.because(self.why.code()).save(tx).await?;
        Ok(Some(true))
    }
}

pub const DUE: &str = "SELECT DISTINCT unit_id, date FROM booking WHERE state = 'booked' AND checked_on < $1 \
    AND date BETWEEN $1 AND $2 ORDER BY date, unit_id LIMIT 20";
pub const BOOKED: &str = "SELECT b.id, b.inmate_id, b.kind, s.held_for, o.authority, b.doubts, b.doubts_settled, CAST(CASE WHEN EXISTS (SELECT 1 FROM placement p \
    WHERE p.inmate_id = b.inmate_id AND p.unit_id = b.unit_id AND p.ended_at IS NULL AND COALESCE(p.leaves_at, b.starts_at + 1) > b.starts_at) \
    THEN 1 ELSE 0 END AS BIGINT) AS present FROM booking b JOIN visit_session s ON s.id = b.session_id \
    LEFT JOIN organisation o ON o.id = b.organisation_id WHERE b.unit_id = $1 AND b.date = $2 AND b.state = 'booked' ORDER BY b.id";
pub const NOTE: &str = "UPDATE booking SET checked_on = $1, doubts = $2, doubts_settled = $3, doubts_at = COALESCE($4, doubts_at) \
    WHERE id = $5 AND state = 'booked'";
pub const RECHECK: &str =
    "UPDATE booking SET checked_on = '' WHERE inmate_id = $1 AND state = 'booked' AND date >= $2";
pub const TO_SETTLE: &str =
    "SELECT id, unit_id, version FROM booking WHERE public_id = $1 AND $2 LIKE '% ' || unit_id || ' %'";
pub const SETTLE: &str = "UPDATE booking SET doubts_settled = TRIM(doubts_settled || ' ' || doubts), doubts = '' \
    WHERE id = $1 AND state = 'booked' AND doubts <> ''";
