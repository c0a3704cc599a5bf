//! One of an organisation's own asks to meet somebody: she writes who it is and why. Whether there is such a person in the unit is told by
//! nothing but the unit's answer.

use domain::{
    access::Level,
    kernel::{Id, Public},
    visits::{
        clearance::forms::FormErrors,
        organisations::{AskForm, Organisation, OrganisationTask},
    },
};

use super::{Hidden, body_place, broken};
use crate::{
    Result, args, audit,
    ctx::{Actor, Citizen, Ctx},
    db::{Command, Tx},
    rules::Rules,
};

/// Sent twice it is one.
pub async fn ask(
    ctx: &Ctx,
    who: &Citizen,
    (of, key): (&Public<Organisation>, &Public<OrganisationTask>),
    form: &AskForm,
) -> Result<std::result::Result<std::result::Result<(), FormErrors>, Hidden>> {
    if who.level < Level::High {
        return Ok(Err(Hidden));
    }
    let command = Ask {
        ctx: ctx.clone(),
        who: who.clone(),
        of: of.clone(),
        key: key.clone(),
        form: form.clone(),
        id: ctx.chance.id(ctx.now()),
    };
    ctx.db.write(command).await
}

struct Ask {
    ctx: Ctx,
    who: Citizen,
    of: Public<Organisation>,
    key: Public<OrganisationTask>,
    form: AskForm,
    id: Id<OrganisationTask>,
}

impl Command for Ask {
    type Out = std::result::Result<std::result::Result<(), FormErrors>, Hidden>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let (ctx, now) = (&self.ctx, self.ctx.now());
        let today = now.date();
        // A unit that has not cleared it, or is none, is one that she has not chosen.
        let found: Option<(String, Option<String>)> =
            tx.optional(OWN, args![&self.of, &self.who.person, today, &self.form.unit]).await?;
        let Some((organisation, unit)) = found else { return Ok(Err(Hidden)) };
        let form = AskForm { unit: unit.clone().unwrap_or_default(), ..self.form.clone() };
        let asked = match form.parse(today) {
            Ok((_, asked)) => asked,
            Err(errors) => return Ok(Ok(Err(errors))),
        };
        let days = Rules::within(tx, today).await?.days("organisations.answer_days")?;
        let plain = serde_json::to_vec(&asked).map_err(|_| broken())?;
        let key = ctx.vault.subject(tx, self.who.person.as_str()).await?;
        let body = key.seal(&ctx.chance, &body_place(self.id.as_str()), &plain)?;
        let due = now.plus_days(days);
        let values =
            args![&self.id, &self.key, &organisation, unit.as_deref(), &self.who.person, body, now, due];
        if tx.execute(ASK, values).await? > 0 {
            let entry = audit::Entry::new(ctx, &Actor::Citizen(self.who.clone()), "organisation_task_asked");
            entry.about("organisation_task", &self.id).save(tx).await?;
        }
        Ok(Ok(Ok(())))
    }
}

/// She does not ask any more. False: it was answered before, or it is not hers.
pub async fn withdraw(ctx: &Ctx, who: &Citizen, task: &Public<OrganisationTask>) -> Result<bool> {
    ctx.db.write(Withdraw { ctx: ctx.clone(), who: who.clone(), task: task.clone() }).await
}

struct Withdraw {
    ctx: Ctx,
    who: Citizen,
    task: Public<OrganisationTask>,
}

impl Command for Withdraw {
    type Out = bool;

    async fn run(&self, tx: &mut Tx) -> Result<bool> {
        let values = args![&self.task, &self.who.person, self.ctx.now()];
        let found: Option<(String,)> = tx.optional(WITHDRAW, values).await?;
        let Some((id,)) = found else { return Ok(false) };
        let actor = Actor::Citizen(self.who.clone());
        let entry = audit::Entry::new(&self.ctx, &actor, "organisation_task_withdrawn");
        entry.about("organisation_task", &Id::<OrganisationTask>::new(id)).save(tx).await?;
        Ok(true)
    }
}

/// Hers, and the unit of this slug if it has cleared it.
pub const OWN: &str = "SELECT o.id, (SELECT c.unit_id FROM organisation_clearance c JOIN unit u ON u.id = c.unit_id \
    WHERE c.organisation_id = o.id AND c.ended_at IS NULL AND $3 BETWEEN c.valid_from AND c.valid_to AND u.slug = $4) AS unit_id \
    FROM organisation o JOIN organisation_person m ON m.organisation_id = o.id AND m.ended_at IS NULL AND m.valid_to >= $3 \
    JOIN person_number n ON n.hash = m.number_hash WHERE o.public_id = $1 AND n.person_id = $2";
pub const ASK: &str = "INSERT INTO organisation_task (id, public_id, organisation_id, unit_id, asked_by, body, asked_at, due_at, state) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'asked') ON CONFLICT (public_id) DO NOTHING";
pub const WITHDRAW: &str = "UPDATE organisation_task SET state = 'withdrawn', decided_at = $3, over_at = $3 WHERE public_id = $1 AND asked_by = $2 \
    AND state = 'asked' RETURNING id";
