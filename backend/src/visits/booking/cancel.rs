//! Cancelling, by the one who booked or by the unit with a reason. The place is free for others in the same moment.

use domain::{
    access::{Level, Person},
    kernel::{Id, Instant, Public},
    visits::booking::{self, Booking, By, CancelRefusal, Event, StaffReason, may_cancel},
};

use super::{Inmate, Letter, TextNews, counsel::company, hold::GIVE, joining, request, waiting};
use crate::{
    Result, args, audit,
    ctx::{Actor, Citizen, Ctx, Staff},
    db::{Command, Tx, Value},
    outbox,
    rules::Rules,
    visits::units,
};

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    person_id: String,
    unit_id: String,
    session_id: String,
    state: String,
    starts_at: i64,
    version: i64,
}

/// Which booking, as its page showed it.
#[derive(Clone, Debug)]
pub struct Target {
    pub public: Public<Booking>,
    pub version: i64,
}

type Answer = Option<std::result::Result<(), CancelRefusal>>;

/// Before it starts. None when it is not hers.
pub async fn cancel(ctx: &Ctx, who: &Citizen, target: Target) -> Result<Answer> {
    let scope = Scope::Own(who.person.clone(), who.level >= Level::High);
    run(ctx, &Actor::Citizen(who.clone()), scope, target, By::Person).await
}

/// By staff of its unit; the visitor gets the reason at once. None when it is another unit's or not their duty.
pub async fn cancel_by_unit(ctx: &Ctx, staff: &Staff, target: Target, reason: StaffReason) -> Result<Answer> {
    if !may_cancel(&staff.roles) || StaffReason::of_cancelling().all(|one| one != reason) {
        return Ok(None);
    }
    run(ctx, &Actor::Staff(staff.clone()), Scope::Units(units(staff)), target, By::Unit(reason)).await
}

enum Scope {
    /// With what is told at the high level alone, or without.
    Own(Id<Person>, bool),
    Units(Value),
}

async fn run(ctx: &Ctx, actor: &Actor, scope: Scope, target: Target, by: By) -> Result<Answer> {
    let found = match &scope {
        Scope::Own(who, high) => ctx.db.optional(OWN, args![&target.public, who, *high]).await?,
        Scope::Units(units) => {
            let values = vec![Value::from(&target.public), units.clone()];
            ctx.db.optional(OF_UNITS, values).await?
        }
    };
    let Some(row): Option<Row> = found else { return Ok(None) };
    let id: Id<Booking> = Id::new(row.id.as_str());
    let entry = traced(ctx, actor, by, &row);
    let letter = Letter::job(ctx, &row.id, &row.person_id, event(by))?;
    let command = Cancel { ctx: ctx.clone(), id, version: target.version, by, now: ctx.now(), letter, entry };
    ctx.db.write(command).await.map(Some)
}

/// The booking was found under the actor's scope before; its state is judged again inside.
struct Cancel {
    ctx: Ctx,
    id: Id<Booking>,
    version: i64,
    by: By,
    now: Instant,
    letter: outbox::Job,
    entry: audit::Entry,
}

impl Command for Cancel {
    type Out = std::result::Result<(), CancelRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let row: Row = tx.one(BY_ID, args![&self.id]).await?;
        let decided = booking::cancel(row.state == "booked", Instant(row.starts_at), self.by, self.now);
        let cancelled = match decided {
            Ok(_) if row.version != self.version => return Ok(Err(CancelRefusal::Stale)),
            Ok(cancelled) => cancelled,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let (by, reason) = stored(cancelled.by);
        tx.later(CANCEL, args![cancelled.at, by, reason, &self.id]).await?;
        tx.later(GIVE, args![1, &row.session_id]).await?;
        tx.later(LOOK_AGAIN, args![&row.unit_id]).await?;
        self.letter.save(tx).await?;
        let texts = is_told_by_text(&self.ctx, tx, self.by, &row).await?;
        if texts {
            TextNews::job(&self.ctx, &row.person_id)?.save(tx).await?;
        }
        self.entry.save(tx).await?;
        company::tell(&self.ctx, tx, &row.id, (event(self.by), texts)).await?;
        joining::off(&self.ctx, tx, &row.id, texts).await?;
        waiting::pass_on(&self.ctx, tx, &row.session_id).await?;
        Ok(Ok(()))
    }
}

/// What she has booked with him and has not begun, when her leave ends by her own wish.
pub(in crate::visits) async fn rest(
    ctx: &Ctx,
    person: &Id<Person>,
    inmate: &Id<Inmate>,
) -> Result<Vec<Instant>> {
    let rows: Vec<Row> = ctx.db.all(REST, args![person, inmate, ctx.now()]).await?;
    Ok(rows.iter().map(|row| Instant(row.starts_at)).collect())
}

/// Cancels it, by her or by the unit, each with its letter.
pub(in crate::visits) async fn cancel_rest(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    by: By,
    (person, inmate): (&Id<Person>, &Id<Inmate>),
) -> Result<()> {
    waiting::end_without_leave(ctx, tx, actor, person, inmate.as_str()).await?;
    joining::end_of_leave(ctx, tx, actor, (person, inmate.as_str())).await?;
    request::end_of_leave(ctx, tx, actor, by, (person, inmate.as_str())).await?;
    let rows: Vec<Row> = tx.all(REST, args![person, inmate, ctx.now()]).await?;
    for row in &rows {
        call_off(ctx, tx, actor, by, row).await?;
    }
    Ok(())
}

/// He has left a unit: what is booked there does not take place. By the inmate's inner id; twice is once.
pub(crate) async fn cancel_left(ctx: &Ctx, inmate: &str) -> Result<()> {
    ctx.db.write(Left { ctx: ctx.clone(), inmate: inmate.to_owned() }).await
}

struct Left {
    ctx: Ctx,
    inmate: String,
}

impl Command for Left {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let rows: Vec<Row> = tx.all(ELSEWHERE, args![&self.inmate, self.ctx.now()]).await?;
        for row in &rows {
            call_off(&self.ctx, tx, &Actor::System, By::Unit(StaffReason::CannotReceive), row).await?;
        }
        request::end_left(&self.ctx, tx, &self.inmate).await
    }
}

/// One that nobody else has cancelled, as the transaction has read it.
async fn call_off(ctx: &Ctx, tx: &mut Tx, actor: &Actor, by: By, row: &Row) -> Result<()> {
    let id: Id<Booking> = Id::new(row.id.as_str());
    let ((code, reason), event) = (stored(by), event(by));
    tx.later(CANCEL, args![ctx.now(), code, reason, &id]).await?;
    tx.later(GIVE, args![1, &row.session_id]).await?;
    tx.later(LOOK_AGAIN, args![&row.unit_id]).await?;
    Letter::job(ctx, &row.id, &row.person_id, event)?.save(tx).await?;
    let texts = is_told_by_text(ctx, tx, by, row).await?;
    if texts {
        TextNews::job(ctx, &row.person_id)?.save(tx).await?;
    }
    traced(ctx, actor, by, row).save(tx).await?;
    company::tell(ctx, tx, &row.id, (event, texts)).await?;
    joining::off(ctx, tx, &row.id, texts).await?;
    waiting::pass_on(ctx, tx, &row.session_id).await
}

/// Where the unit cancels at short notice, the word goes by text too: they may be on their way.
async fn is_told_by_text(ctx: &Ctx, tx: &mut Tx, by: By, row: &Row) -> Result<bool> {
    let (By::Unit(_), now) = (by, ctx.now()) else { return Ok(false) };
    if Instant(row.starts_at) <= now {
        return Ok(false);
    }
    let hours = Rules::within(tx, now.date()).await?.days("booking.short_notice_hours")?;
    Ok(Instant(row.starts_at) <= now.plus_minutes(60 * hours))
}

fn event(by: By) -> Event {
    match by {
        By::Person => Event::Cancelled,
        By::Unit(_) => Event::CancelledByUnit,
    }
}

/// As the booking's row says who, and why.
fn stored(by: By) -> (&'static str, Option<&'static str>) {
    match by {
        By::Person => ("person", None),
        By::Unit(reason) => ("unit", Some(reason.code())),
    }
}

fn traced(ctx: &Ctx, actor: &Actor, by: By, row: &Row) -> audit::Entry {
    let id: Id<Booking> = Id::new(row.id.as_str());
    let entry = audit::Entry::new(ctx, actor, "visit_cancelled").about("booking", &id);
    match by {
        By::Person => entry,
        By::Unit(reason) => entry.at_unit(&Id::new(row.unit_id.as_str())).because(reason.code()),
    }
}

pub const REST: &str = "SELECT id, person_id, unit_id, session_id, state, starts_at, version FROM booking \
    WHERE person_id = $1 AND inmate_id = $2 AND state = 'booked' AND kind <> 'lawyer' AND starts_at > $3 \
    ORDER BY starts_at, id";
pub const ELSEWHERE: &str = "SELECT b.id, b.person_id, b.unit_id, b.session_id, b.state, b.starts_at, b.version FROM booking b \
    WHERE b.inmate_id = $1 AND b.state = 'booked' AND b.starts_at > $2 AND NOT EXISTS (SELECT 1 FROM placement p \
    WHERE p.inmate_id = b.inmate_id AND p.unit_id = b.unit_id AND p.ended_at IS NULL) ORDER BY b.starts_at, b.id";
/// Where another is cancelled there can be room again for those that there was none for.
pub const LOOK_AGAIN: &str =
    "UPDATE booking SET checked_on = '' WHERE unit_id = $1 AND state = 'booked' AND doubts <> ''";
pub const OWN: &str = "SELECT id, person_id, unit_id, session_id, state, starts_at, version FROM booking \
    WHERE public_id = $1 AND person_id = $2 AND (CAST($3 AS BIGINT) = 1 OR kind <> 'lawyer')";
pub const OF_UNITS: &str = "SELECT id, person_id, unit_id, session_id, state, starts_at, version FROM booking \
    WHERE public_id = $1 AND $2 LIKE '% ' || unit_id || ' %'";
pub const BY_ID: &str =
    "SELECT id, person_id, unit_id, session_id, state, starts_at, version FROM booking WHERE id = $1";
pub const CANCEL: &str = "UPDATE booking SET state = 'cancelled', cancelled_at = $1, cancelled_by = $2, \
    cancel_reason = $3, version = version + 1 WHERE id = $4 AND state = 'booked'";
