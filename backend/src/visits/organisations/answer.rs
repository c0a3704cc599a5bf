//! The unit's answer to what was asked for: whom it may meet until when, or no with a reason.

use domain::{
    access::Unit,
    kernel::{CivilDate, Id, Public},
    visits::{
        clearance::forms::{FieldError, FormErrors},
        organisations::{AnswerForm, OrganisationTask, Reply, TaskNo, may_register},
    },
};

use super::{
    Hidden, news, over, recheck,
    task::{end_standing, is_cleared},
};
use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
    rules::Rules,
    visits::{him::Him, units},
};

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answered {
    Done,
    /// Somebody answered before, or it was taken back.
    Over,
    Wrong(FormErrors),
}

pub async fn answer(
    ctx: &Ctx,
    staff: &Staff,
    task: &Public<OrganisationTask>,
    form: &AnswerForm,
) -> Result<std::result::Result<Answered, Hidden>> {
    if !may_register(&staff.roles) {
        return Ok(Err(Hidden));
    }
    let today = ctx.now().date();
    let days = Rules::on(&ctx.db, today).await?.days("organisations.days")?;
    let (task, reply) = (task.clone(), form.parse(today, days));
    ctx.db.write(Answer { ctx: ctx.clone(), staff: staff.clone(), task, reply }).await
}

struct Answer {
    ctx: Ctx,
    staff: Staff,
    task: Public<OrganisationTask>,
    reply: std::result::Result<Reply, FormErrors>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    organisation_id: String,
    unit_id: String,
    asked_by: Option<String>,
    state: String,
}

impl Command for Answer {
    type Out = std::result::Result<Answered, Hidden>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let row: Option<Row> = tx.optional(TO_ANSWER, args![&self.task, units(&self.staff)]).await?;
        let Some(row) = row else { return Ok(Err(Hidden)) };
        if row.state != "asked" {
            return Ok(Ok(Answered::Over));
        }
        match &self.reply {
            Err(errors) => return Ok(Ok(Answered::Wrong(errors.clone()))),
            Ok(Reply::Refuse(why)) => self.refuse(tx, &row, *why).await?,
            Ok(Reply::Meet(inmate, to)) => {
                if !self.meet(tx, &row, inmate, *to).await? {
                    let wrong = FieldError { field: "inmate", code: "choose" };
                    return Ok(Ok(Answered::Wrong(vec![wrong])));
                }
            }
        }
        if let Some(person) = &row.asked_by {
            news(&self.ctx, tx, person).await?;
        }
        Ok(Ok(Answered::Done))
    }
}

impl Answer {
    async fn refuse(&self, tx: &mut Tx, row: &Row, why: TaskNo) -> Result<()> {
        tx.later(REFUSE, args![&row.id, why.code(), self.ctx.now(), &self.staff.staff]).await?;
        self.trace(row, "organisation_task_refused").because(why.code()).save(tx).await
    }

    /// False: nobody of this id is in a unit of hers that has cleared it.
    async fn meet(&self, tx: &mut Tx, row: &Row, inmate: &str, to: CivilDate) -> Result<bool> {
        let Some(inmate) = Public::parse(inmate) else { return Ok(false) };
        let Some(him) = Him::of(tx, &self.staff, &inmate).await? else { return Ok(false) };
        if !is_cleared(tx, &row.organisation_id, &him.unit_id, self.ctx.now().date()).await? {
            return Ok(false);
        }
        let (now, staff) = (self.ctx.now(), &self.staff.staff);
        end_standing(tx, &row.organisation_id, &him.id, (now, staff.as_str())).await?;
        tx.later(MEET, args![&row.id, &him.id, to, now, staff, over(to)]).await?;
        recheck(tx, &row.organisation_id, now.date()).await?;
        self.trace(row, "organisation_task_given").save(tx).await?;
        Ok(true)
    }

    fn trace(&self, row: &Row, action: &'static str) -> audit::Entry {
        let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), action);
        let entry = entry.at_unit(&Id::<Unit>::new(row.unit_id.as_str()));
        entry.about("organisation_task", &Id::<OrganisationTask>::new(row.id.as_str()))
    }
}

pub const TO_ANSWER: &str = "SELECT id, organisation_id, unit_id, asked_by, state FROM organisation_task WHERE public_id = $1 \
    AND $2 LIKE '% ' || unit_id || ' %'";
pub const REFUSE: &str = "UPDATE organisation_task SET state = 'refused', refusal = $2, decided_at = $3, over_at = $3, decided_by = $4 WHERE id = $1";
pub const MEET: &str = "UPDATE organisation_task SET state = 'standing', inmate_id = $2, valid_to = $3, decided_at = $4, decided_by = $5, over_at = $6 \
    WHERE id = $1";
