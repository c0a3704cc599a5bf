//! By the calendar: who has not answered is reminded once, and what is over is erased with a trace that it was.

use domain::kernel::{CivilDate, EmailAddress, Id, Instant};

use super::{CaseMark, Invite, email_place, invite, opened_text};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx},
    db::{Command, Tx},
    rules::Rules,
};

/// Cases of one round.
const ROUND: i64 = 50;

/// Where an invitation goes; none if there is nobody to invite any more, or no address of hers.
pub async fn invitation(ctx: &Ctx, job: &Invite) -> Result<Option<EmailAddress>> {
    let row: Option<(String, Vec<u8>)> = ctx.db.optional(TO, args![job.person.as_str()]).await?;
    let Some((id, sealed)) = row else { return Ok(None) };
    let typed = opened_text(ctx, &email_place(&id), &sealed)?;
    Ok(Some(EmailAddress::parse(&typed).map_err(|_| Error::Broken("address of one at home"))?))
}

/// Once, some days before the last day to answer. Tells of how many.
pub async fn remind_due(ctx: &Ctx) -> Result<usize> {
    let today = ctx.now().date();
    let days = Rules::on(&ctx.db, today).await?.days("consents.remind_days")?;
    ctx.db.write(Remind { ctx: ctx.clone(), today, until: today.plus_days(days) }).await
}

struct Remind {
    ctx: Ctx,
    today: CivilDate,
    until: CivilDate,
}

impl Command for Remind {
    type Out = usize;

    async fn run(&self, tx: &mut Tx) -> Result<usize> {
        let due: Vec<(String,)> = tx.all(UNREMINDED, args![self.today, self.until, ROUND]).await?;
        for (person,) in &due {
            tx.later(REMINDED, args![self.ctx.now(), person.as_str()]).await?;
            invite(tx, &self.ctx, person).await?;
        }
        Ok(due.len())
    }
}

/// Erases what has been closed for as long as the rule says. Tells of how many cases.
pub async fn sweep(ctx: &Ctx) -> Result<usize> {
    let days = Rules::on(&ctx.db, ctx.now().date()).await?.days("consents.keep_days")?;
    ctx.db.write(Sweep { ctx: ctx.clone(), before: ctx.now().plus_days(-days) }).await
}

struct Sweep {
    ctx: Ctx,
    before: Instant,
}

impl Command for Sweep {
    type Out = usize;

    async fn run(&self, tx: &mut Tx) -> Result<usize> {
        let old: Vec<(String,)> = tx.all(OLD, args![self.before, ROUND]).await?;
        for (case,) in &old {
            for sql in [DROP_WORDS, DROP_PEOPLE, DROP_CASE] {
                tx.later(sql, args![case.as_str()]).await?;
            }
            let entry = audit::Entry::new(&self.ctx, &Actor::System, "kept_no_longer");
            entry.about("home_case", &Id::<CaseMark>::new(case.as_str())).save(tx).await?;
        }
        Ok(old.len())
    }
}

pub const TO: &str = "SELECT p.id, p.email FROM consent_person p JOIN consent_case h ON h.id = p.case_id WHERE p.id = $1 \
    AND p.removed_at IS NULL AND p.email IS NOT NULL AND h.closed_at IS NULL";
pub const UNREMINDED: &str = "SELECT p.id FROM consent_person p JOIN consent_case h ON h.id = p.case_id \
    WHERE h.closed_at IS NULL AND h.answer_by > $1 AND h.answer_by <= $2 AND p.removed_at IS NULL \
    AND p.reminded_at IS NULL AND p.email IS NOT NULL AND NOT EXISTS (SELECT 1 FROM consent_word w \
    WHERE w.person_id = p.id) ORDER BY p.id LIMIT $3";
pub const REMINDED: &str = "UPDATE consent_person SET reminded_at = $1 WHERE id = $2";
pub const OLD: &str =
    "SELECT id FROM consent_case WHERE closed_at IS NOT NULL AND closed_at < $1 ORDER BY closed_at LIMIT $2";
pub const DROP_WORDS: &str =
    "DELETE FROM consent_word WHERE person_id IN (SELECT id FROM consent_person WHERE case_id = $1)";
pub const DROP_PEOPLE: &str = "DELETE FROM consent_person WHERE case_id = $1";
pub const DROP_CASE: &str = "DELETE FROM consent_case WHERE id = $1";
