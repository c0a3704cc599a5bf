//! Whom an organisation is to meet, written down by the unit itself: for one that asks on paper or by telephone.

use domain::{
    access::Unit,
    kernel::{CivilDate, Id, Instant, Public},
    visits::{
        clearance::forms::{FieldError, FormErrors},
        organisations::{Organisation, OrganisationTask, TaskForm, may_register},
    },
};

use super::{Hidden, over, people::OF_UNITS, recheck};
use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    custody::{
        finding::{Found, by_name, part_of},
        inmates::Inmate,
    },
    db::{Command, Tx},
    rules::Rules,
    visits::{clearance::LookReason, him::Him, units},
};

/// Inmates of her units by a part of the name; an empty one finds nobody. The search is written first.
pub async fn find(ctx: &Ctx, staff: &Staff, name: &str) -> Result<Vec<Found>> {
    let Some(part) = part_of(name).filter(|_| may_register(&staff.roles)) else { return Ok(vec![]) };
    let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "inmate_search");
    audit::record(ctx, entry.because(LookReason::HandleCase.code())).await?;
    by_name(ctx, units(staff), &part).await
}

/// Written twice it is one, which stands until the later day named.
pub async fn write(
    ctx: &Ctx,
    staff: &Staff,
    (of, inmate): (&Public<Organisation>, &Public<Inmate>),
    form: &TaskForm,
) -> Result<std::result::Result<std::result::Result<(), FormErrors>, Hidden>> {
    if !may_register(&staff.roles) {
        return Ok(Err(Hidden));
    }
    let today = ctx.now().date();
    let days = Rules::on(&ctx.db, today).await?.days("organisations.days")?;
    let command = Write {
        ctx: ctx.clone(),
        staff: staff.clone(),
        of: of.clone(),
        inmate: inmate.clone(),
        to: form.parse(today, days),
        id: ctx.chance.id(ctx.now()),
        public: ctx.chance.public(),
    };
    ctx.db.write(command).await
}

struct Write {
    ctx: Ctx,
    staff: Staff,
    of: Public<Organisation>,
    inmate: Public<Inmate>,
    /// What is wrong with a form is told to nobody whom it is not there for.
    to: std::result::Result<CivilDate, FormErrors>,
    id: Id<OrganisationTask>,
    public: Public<OrganisationTask>,
}

impl Command for Write {
    type Out = std::result::Result<std::result::Result<(), FormErrors>, Hidden>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let found: Option<(String,)> = tx.optional(OF_UNITS, args![&self.of, units(&self.staff)]).await?;
        let him = Him::of(tx, &self.staff, &self.inmate).await?;
        let (Some((organisation,)), Some(him)) = (found, him) else { return Ok(Err(Hidden)) };
        let to = match &self.to {
            Ok(to) => *to,
            Err(errors) => return Ok(Ok(Err(errors.clone()))),
        };
        let (now, staff) = (self.ctx.now(), &self.staff.staff);
        if !is_cleared(tx, &organisation, &him.unit_id, now.date()).await? {
            return Ok(Ok(Err(vec![FieldError { field: "inmate", code: "uncleared" }])));
        }
        end_standing(tx, &organisation, &him.id, (self.ctx.now(), staff.as_str())).await?;
        let values =
            args![&self.id, &self.public, &organisation, &him.unit_id, &him.id, now, to, staff, over(to)];
        tx.later(WRITE, values).await?;
        recheck(tx, &organisation, now.date()).await?;
        let entry =
            audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), "organisation_task_given");
        let entry = entry.at_unit(&Id::<Unit>::new(him.unit_id.as_str()));
        entry.about("organisation_task", &self.id).save(tx).await?;
        Ok(Ok(Ok(())))
    }
}

/// Whether the unit has cleared it today: nobody's name is told to one that is not.
pub(super) async fn is_cleared(
    tx: &mut Tx,
    organisation: &str,
    unit: &str,
    today: CivilDate,
) -> Result<bool> {
    Ok(tx.optional::<(String,)>(CLEARED, args![organisation, unit, today]).await?.is_some())
}

/// The one that stands makes room for the new one.
pub(super) async fn end_standing(
    tx: &mut Tx,
    organisation: &str,
    inmate: &str,
    (now, staff): (Instant, &str),
) -> Result<()> {
    tx.later(END_STANDING, args![organisation, inmate, now, staff]).await
}

/// It meets him no more. False: that was so before.
pub async fn end(
    ctx: &Ctx,
    staff: &Staff,
    task: &Public<OrganisationTask>,
) -> Result<std::result::Result<bool, Hidden>> {
    if !may_register(&staff.roles) {
        return Ok(Err(Hidden));
    }
    ctx.db.write(End { ctx: ctx.clone(), staff: staff.clone(), task: task.clone() }).await
}

struct End {
    ctx: Ctx,
    staff: Staff,
    task: Public<OrganisationTask>,
}

impl Command for End {
    type Out = std::result::Result<bool, Hidden>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let found: Option<(String, String, String)> =
            tx.optional(ONE, args![&self.task, units(&self.staff)]).await?;
        let Some((id, organisation, unit)) = found else { return Ok(Err(Hidden)) };
        let now = self.ctx.now();
        if tx.execute(END, args![&id, now, &self.staff.staff]).await? == 0 {
            return Ok(Ok(false));
        }
        recheck(tx, &organisation, now.date()).await?;
        let entry =
            audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), "organisation_task_ended");
        let entry = entry.at_unit(&Id::<Unit>::new(unit));
        entry.about("organisation_task", &Id::<OrganisationTask>::new(id)).save(tx).await?;
        Ok(Ok(true))
    }
}

pub const WRITE: &str = "INSERT INTO organisation_task (id, public_id, organisation_id, unit_id, inmate_id, asked_at, due_at, valid_to, \
    state, decided_at, decided_by, over_at) VALUES ($1, $2, $3, $4, $5, $6, $6, $7, 'standing', $6, $8, $9)";
pub const END_STANDING: &str = "UPDATE organisation_task SET state = 'ended', decided_at = $3, over_at = $3, decided_by = $4 WHERE organisation_id = $1 \
    AND inmate_id = $2 AND state = 'standing'";
/// For whoever has him now, wherever it was written down.
pub const ONE: &str = "SELECT t.id, t.organisation_id, p.unit_id FROM organisation_task t JOIN placement p ON p.inmate_id = t.inmate_id \
    AND p.ended_at IS NULL WHERE t.public_id = $1 AND $2 LIKE '% ' || p.unit_id || ' %'";
pub const END: &str = "UPDATE organisation_task SET state = 'ended', decided_at = $2, over_at = $2, decided_by = $3 WHERE id = $1 AND state = 'standing'";
pub const CLEARED: &str = "SELECT id FROM organisation_clearance WHERE organisation_id = $1 AND unit_id = $2 AND ended_at IS NULL \
    AND $3 BETWEEN valid_from AND valid_to";
