//! What staff change in the plan of their own unit. Role and unit are asked inside, every change leaves a trace, and
//! who saw something that is gone meanwhile is told instead of writing over it.

use domain::{
    access::Unit,
    kernel::{CivilDate, Id, Instant, Public},
    visits::booking::{
        PlanChange, Template, may_plan,
        plan::{PlanRefusal, clash},
    },
};

use super::{
    expand::{DROP_DEAD, GIVE_BACK, tend},
    judge::{REASON, Step, judge, times},
    plan::{ChangeDay, NewTemplate, PutTemplate, block, unblock},
    rules::PutRules,
    touched::{Touched, touches},
    view::{Own, own},
};
use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
    visits::booking::From,
};

/// None: not hers, or not her duty.
pub type Answer<T> = Option<std::result::Result<T, PlanRefusal>>;

async fn planned(ctx: &Ctx, staff: &Staff, slug: &str) -> Result<Option<Own>> {
    if !may_plan(&staff.roles) {
        return Ok(None);
    }
    Ok(own(ctx, staff, Some(slug)).await?.map(|(unit, _)| unit))
}

/// The change stands already; what it leaves to be made, the worker makes if this round cannot.
async fn make_sessions(ctx: &Ctx) {
    if let Err(error) = tend(ctx).await {
        tracing::warn!(%error, "sessions are left to the worker");
    }
}

/// What a change would touch, before it is saved; what stands in its way is told now.
pub async fn preview(ctx: &Ctx, staff: &Staff, slug: &str, change: &PlanChange) -> Result<Answer<Touched>> {
    let Some(unit) = planned(ctx, staff, slug).await? else { return Ok(None) };
    let mut from = From::Db(&ctx.db);
    if let Err(refusal) = judge(&mut from, &unit.id, change).await? {
        return Ok(Some(Err(refusal)));
    }
    touches(&mut from, &unit.id, change, ctx.now()).await.map(|found| Some(Ok(found)))
}

/// Saves it, unless it touches a visit that is not among the shown ones. What it touches is looked at again by the
/// worker, and stands in the list of work until somebody has settled or cancelled it.
pub async fn carry_out(
    ctx: &Ctx,
    staff: &Staff,
    slug: &str,
    change: PlanChange,
    shown: &str,
) -> Result<Answer<()>> {
    let Some(unit) = planned(ctx, staff, slug).await? else { return Ok(None) };
    let write = Written::new(ctx, &Actor::Staff(staff.clone()), &unit.id, &change);
    let (shown, now) = (shown.to_owned(), ctx.now());
    let done = ctx.db.write(CarryOut { unit: unit.id, change, shown, now, write }).await?;
    make_sessions(ctx).await;
    Ok(Some(done))
}

struct CarryOut {
    unit: Id<Unit>,
    change: PlanChange,
    shown: String,
    now: Instant,
    write: Written,
}

impl Command for CarryOut {
    type Out = std::result::Result<(), PlanRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let mut from = From::Tx(tx);
        match judge(&mut from, &self.unit, &self.change).await? {
            Err(refusal) => return Ok(Err(refusal)),
            // The second click of a double click.
            Ok(Step::Done) => return Ok(Ok(())),
            Ok(Step::New) => {}
        }
        let found = touches(&mut from, &self.unit, &self.change, self.now).await?;
        if found.is_more_than(&self.shown) {
            return Ok(Err(PlanRefusal::More));
        }
        self.write.run(tx).await?;
        tx.execute(LOOK_AGAIN, args![&self.unit, self.now.date()]).await?;
        Ok(Ok(()))
    }
}

/// What a change writes.
enum Written {
    Rules(Box<PutRules>),
    End(EndTime),
    Day(ChangeDay),
}

impl Written {
    fn new(ctx: &Ctx, actor: &Actor, unit: &Id<Unit>, change: &PlanChange) -> Self {
        match change {
            PlanChange::Rules { rules, .. } => {
                Self::Rules(Box::new(PutRules::new(ctx, actor, unit, rules.clone())))
            }
            PlanChange::End { time, last, .. } => Self::End(EndTime::new(ctx, actor, unit, (time, *last))),
            PlanChange::Close(day) => Self::Day(block(ctx, actor, unit, day.date, &day.reason)),
        }
    }

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        match self {
            Self::Rules(put) => put.run(tx).await,
            Self::End(end) => end.run(tx).await,
            Self::Day(day) => day.run(tx).await,
        }
    }
}

/// A new time of the week; its sessions are there at once.
pub async fn add_time(
    ctx: &Ctx,
    staff: &Staff,
    slug: &str,
    template: Template,
) -> Result<Answer<Public<Template>>> {
    let Some(unit) = planned(ctx, staff, slug).await? else { return Ok(None) };
    let new = NewTemplate { unit: unit.id, template };
    let put = PutTemplate::new(ctx, &Actor::Staff(staff.clone()), new);
    let done = ctx.db.write(AddTime(put)).await?;
    make_sessions(ctx).await;
    Ok(Some(done))
}

struct AddTime(PutTemplate);

impl Command for AddTime {
    type Out = std::result::Result<Public<Template>, PlanRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let new = &self.0.new;
        for (public, there) in times(&mut From::Tx(tx), &new.unit).await? {
            if there == new.template {
                return Ok(Ok(public));
            }
            if clash(&there, &new.template) {
                return Ok(Err(PlanRefusal::Clash));
            }
        }
        self.0.run(tx).await.map(Ok)
    }
}

/// Sessions after the last day go, but for those with a booking or a live hold, which nobody else can book any more.
struct EndTime {
    time: Public<Template>,
    last: CivilDate,
    now: Instant,
    entry: audit::Entry,
}

impl EndTime {
    fn new(ctx: &Ctx, actor: &Actor, unit: &Id<Unit>, (time, last): (&Public<Template>, CivilDate)) -> Self {
        let entry = audit::Entry::new(ctx, actor, "time_ended").at_unit(unit).detail(last.iso());
        Self { time: time.clone(), last, now: ctx.now(), entry }
    }

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let (id,): (String,) = tx.one(END_TIME, args![self.last, &self.time]).await?;
        let id: Id<Template> = Id::new(id);
        tx.execute(GIVE_BACK, args![self.now]).await?;
        tx.execute(DROP_DEAD, args![self.now]).await?;
        tx.execute(DROP_AFTER, args![&id, self.last]).await?;
        self.entry.clone().about("visit_template", &id).save(tx).await
    }
}

/// Opens a closed day again; one that is open already stays so.
pub async fn open_day(ctx: &Ctx, staff: &Staff, slug: &str, day: CivilDate) -> Result<Answer<()>> {
    let Some(unit) = planned(ctx, staff, slug).await? else { return Ok(None) };
    let change = unblock(ctx, &Actor::Staff(staff.clone()), &unit.id, day);
    ctx.db.write(OpenDay(change)).await.map(|()| Some(Ok(())))
}

struct OpenDay(ChangeDay);

impl Command for OpenDay {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let there: Option<(String,)> = tx.optional(REASON, args![&self.0.unit, self.0.day]).await?;
        if there.is_some() { self.0.run(tx).await } else { Ok(()) }
    }
}

pub const END_TIME: &str = "UPDATE visit_template SET valid_to = $1 WHERE public_id = $2 RETURNING id";
pub const LOOK_AGAIN: &str =
    "UPDATE booking SET checked_on = '' WHERE unit_id = $1 AND date >= $2 AND state = 'booked'";
/// A cancelled booking names its session too, so that one stays: whoever asks is told where it was.
pub const DROP_AFTER: &str = "DELETE FROM visit_session WHERE template_id = $1 AND date > $2 \
    AND NOT EXISTS (SELECT 1 FROM booking b WHERE b.session_id = visit_session.id) \
    AND NOT EXISTS (SELECT 1 FROM visit_hold h WHERE h.session_id = visit_session.id)";
