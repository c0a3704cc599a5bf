//! What staff change in the plan of their own unit. Role and unit are asked inside, every change leaves a trace, and
//! who saw something that is gone meanwhile is told instead of writing over it.

use domain::{
    access::Unit,
    kernel::{CivilDate, Id, Instant, Public},
    visits::booking::{
        PlanChange, PlanForm, Template, may_plan,
        plan::{PlanRefusal, clash},
        wings::{ForWings, WingsChoice},
    },
};

use super::{
    expand::tend,
    judge::{REASON, Step, judge, times},
    plan::{ChangeDay, NewTemplate, PutTemplate, unblock},
    proposals::{Proposal, Propose},
    touched::{Touched, touches},
    view::{Own, own},
    write::Written,
};
use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
    visits::{
        booking::From,
        wings::{named, of_unit},
    },
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
pub(super) async fn make_sessions(ctx: &Ctx) {
    if let Err(error) = tend(ctx).await {
        tracing::warn!(%error, "sessions are left to the worker");
    }
}

/// What a change would touch, before it is saved; what stands in its way is told now.
pub async fn preview(ctx: &Ctx, staff: &Staff, slug: &str, change: &PlanChange) -> Result<Answer<Touched>> {
    let Some(unit) = planned(ctx, staff, slug).await? else { return Ok(None) };
    let mut from = From::Db(&ctx.db);
    if let Err(refusal) = judge(&mut from, &unit.id, change, ctx.now().date()).await? {
        return Ok(Some(Err(refusal)));
    }
    touches(&mut from, &unit.id, change, ctx.now()).await.map(|found| Some(Ok(found)))
}

/// What has become of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Carried {
    Saved,
    /// Somebody else has to approve it.
    Proposed(Public<Proposal>),
}

/// Saves it, unless it touches a visit that is not among the shown ones, or somebody else has to approve it. What it touches is looked at again by the
/// worker, and stands in the list of work until somebody has settled or cancelled it.
pub async fn carry_out(
    ctx: &Ctx,
    staff: &Staff,
    slug: &str,
    (form, change): (&PlanForm, PlanChange),
    shown: &str,
) -> Result<Answer<Carried>> {
    let Some(unit) = planned(ctx, staff, slug).await? else { return Ok(None) };
    let write = Written::new(ctx, &Actor::Staff(staff.clone()), &unit.id, &change);
    let propose = Propose::new(ctx, staff, &unit.id, form)?;
    let (shown, now) = (shown.to_owned(), ctx.now());
    let done = ctx.db.write(CarryOut { unit: unit.id, change, shown, now, write, propose }).await?;
    make_sessions(ctx).await;
    Ok(Some(done))
}

struct CarryOut {
    unit: Id<Unit>,
    change: PlanChange,
    shown: String,
    now: Instant,
    write: Written,
    propose: Propose,
}

impl Command for CarryOut {
    type Out = std::result::Result<Carried, PlanRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let mut from = From::Tx(tx);
        match judge(&mut from, &self.unit, &self.change, self.now.date()).await? {
            Err(refusal) => return Ok(Err(refusal)),
            // The second click of a double click.
            Ok(Step::Done) => return Ok(Ok(Carried::Saved)),
            Ok(Step::New) => {}
        }
        let found = touches(&mut from, &self.unit, &self.change, self.now).await?;
        if found.is_more_than(&self.shown) {
            return Ok(Err(PlanRefusal::More));
        }
        if found.needs_second {
            return self.propose.run(tx, &found).await.map(|public| Ok(Carried::Proposed(public)));
        }
        self.write.run(tx).await?;
        tx.later(LOOK_AGAIN, args![&self.unit, self.now.date()]).await?;
        Ok(Ok(Carried::Saved))
    }
}

/// A new time of the week for these wings; its sessions are there at once.
pub async fn add_time(
    ctx: &Ctx,
    staff: &Staff,
    slug: &str,
    (template, wings): (Template, WingsChoice),
) -> Result<Answer<Public<Template>>> {
    let Some(unit) = planned(ctx, staff, slug).await? else { return Ok(None) };
    let actor = Actor::Staff(staff.clone());
    let for_wings = audit::Entry::new(ctx, &actor, "time_wings").at_unit(&unit.id).detail(wings.which.code());
    let put = PutTemplate::new(ctx, &actor, NewTemplate { unit: unit.id, template });
    let done = ctx.db.write(AddTime { put, wings, for_wings }).await?;
    make_sessions(ctx).await;
    Ok(Some(done))
}

struct AddTime {
    put: PutTemplate,
    wings: WingsChoice,
    for_wings: audit::Entry,
}

impl Command for AddTime {
    type Out = std::result::Result<Public<Template>, PlanRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let (new, mut from) = (&self.put.new, From::Tx(tx));
        let (there, theirs) = (times(&mut from, &new.unit).await?, of_unit(&mut from, &new.unit).await?);
        for (public, there) in there {
            if there == new.template && theirs.is_for(&public, &self.wings) {
                return Ok(Ok(public));
            }
            if clash(&there, &new.template) {
                return Ok(Err(PlanRefusal::Clash));
            }
        }
        let Some(wings) = named(tx, new.unit.as_str(), &self.wings).await? else {
            return Ok(Err(PlanRefusal::WingGone));
        };
        let (id, public) = self.put.run(tx).await?;
        if self.wings.which != ForWings::All {
            wings.put(tx, id.as_str()).await?;
            self.for_wings.clone().about("visit_template", &id).save(tx).await?;
        }
        Ok(Ok(public))
    }
}

/// Opens a closed day again; one that is open already stays so. Whoever was cancelled is not booked anew by it.
pub async fn open_day(ctx: &Ctx, staff: &Staff, slug: &str, day: CivilDate) -> Result<Answer<()>> {
    let Some(unit) = planned(ctx, staff, slug).await? else { return Ok(None) };
    if day <= ctx.now().date() {
        return Ok(Some(Err(PlanRefusal::Begun)));
    }
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

/// Holds again all times that were not to be held on just these days; what is held already stays so.
pub async fn resume(
    ctx: &Ctx,
    staff: &Staff,
    slug: &str,
    (first, last): (CivilDate, CivilDate),
) -> Result<Answer<()>> {
    let Some(unit) = planned(ctx, staff, slug).await? else { return Ok(None) };
    if first <= ctx.now().date() {
        return Ok(Some(Err(PlanRefusal::Begun)));
    }
    let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "time_resumed").at_unit(&unit.id);
    let entry = entry.about("unit", &unit.id).detail(format!("{}/{}", first.iso(), last.iso()));
    ctx.db.write(Resume { unit: unit.id, first, last, entry }).await?;
    make_sessions(ctx).await;
    Ok(Some(Ok(())))
}

struct Resume {
    unit: Id<Unit>,
    first: CivilDate,
    last: CivilDate,
    entry: audit::Entry,
}

impl Command for Resume {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let back: Vec<(String,)> = tx.all(RESUME, args![&self.unit, self.first, self.last]).await?;
        if back.is_empty() {
            return Ok(());
        }
        for (template,) in back {
            tx.later(AS_BEFORE, args![&template, self.first, self.last]).await?;
        }
        tx.later(LOOK_AGAIN, args![&self.unit, self.first]).await?;
        self.entry.save(tx).await
    }
}

pub const RESUME: &str = "DELETE FROM visit_pause WHERE unit_id = $1 AND first_day = $2 AND last_day = $3 \
    RETURNING template_id";
/// As many places as its time has now; more can be taken already.
pub const AS_BEFORE: &str = "UPDATE visit_session SET planned = (SELECT t.capacity FROM visit_template t \
    WHERE t.id = visit_session.template_id), capacity = CASE WHEN (SELECT t.capacity FROM visit_template t \
    WHERE t.id = visit_session.template_id) > capacity THEN (SELECT t.capacity FROM visit_template t \
    WHERE t.id = visit_session.template_id) ELSE capacity END WHERE template_id = $1 AND date BETWEEN $2 AND $3";
pub const LOOK_AGAIN: &str =
    "UPDATE booking SET checked_on = '' WHERE unit_id = $1 AND date >= $2 AND state = 'booked'";
