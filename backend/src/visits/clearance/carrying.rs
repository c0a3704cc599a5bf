//! He was moved: what was applied for goes with him, and nobody applies anew. The new unit decides what is open. A leave holds
//! there at once if its level asks for no stricter control; else it waits, kept as it is, until that unit has looked at it.

use domain::{
    kernel::{Instant, Public},
    visits::clearance::{Refusal, carry::holds_at_once},
};

use super::{
    Application,
    mine::letter,
    officer::{Officer, Step, step},
    rechecking,
    rows::Row,
};
use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
};

/// By the inmate's inner id. Twice is once: it is done by where he is now.
pub(crate) async fn carry(ctx: &Ctx, inmate: &str) -> Result<()> {
    ctx.db.write(Carry { ctx: ctx.clone(), inmate: inmate.to_owned(), now: ctx.now() }).await
}

struct Carry {
    ctx: Ctx,
    inmate: String,
    now: Instant,
}

/// A leave, or one that is asked for, with the level of the unit where it holds or would.
#[derive(sqlx::FromRow)]
struct Of {
    id: String,
    granted: i64,
    unit_id: String,
    level: String,
}

impl Command for Carry {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let here: Option<(String, String)> = tx.optional(HERE, args![&self.inmate]).await?;
        // Where he is in no unit nobody visits him; what there is stays where it is.
        let Some((unit, level)) = here else { return Ok(()) };
        let rows: Vec<Row> = tx.all(ELSEWHERE, args![&self.inmate, &unit, self.now.date()]).await?;
        for row in &rows {
            self.one(tx, row, (&unit, &level)).await?;
        }
        Ok(())
    }
}

impl Carry {
    async fn one(&self, tx: &mut Tx, row: &Row, (unit, level): (&str, &str)) -> Result<()> {
        let all: Vec<Of> = tx.all(OF, args![&row.id]).await?;
        for of in &all {
            if of.granted == 0 || holds_at_once(&of.level, level) {
                tx.later(HOLDS, args![unit, &of.id]).await?;
            }
        }
        // Back where it was decided there is nothing to look at.
        let is_new = all.iter().any(|of| of.granted == 1 && of.unit_id != unit);
        let seen = (!is_new).then_some(self.now);
        tx.later(CARRY, args![unit, self.now, seen, &row.id]).await?;
        if is_new {
            letter(row, "carried").save(&self.ctx, tx).await?;
        }
        let entry = audit::Entry::new(&self.ctx, &Actor::System, "carried");
        entry.about("application", &row.id()).save(tx).await
    }
}

/// The new unit has looked at it: it holds there as it is.
pub async fn confirm_carried(
    ctx: &Ctx,
    staff: &Staff,
    public: &Public<Application>,
    version: i64,
) -> Result<std::result::Result<(), Refusal>> {
    step(ctx, staff, public, version, Step::Carried).await
}

impl Officer {
    pub(super) async fn carried(&self, tx: &mut Tx, row: &Row) -> Result<std::result::Result<(), Refusal>> {
        if tx.execute(SEEN, args![self.ctx.now(), &row.id]).await? != 1 {
            return Ok(Err(Refusal::MovedOn));
        }
        if tx.execute(HOLD_ALL, args![&row.unit_id, &row.id]).await? > 0 {
            letter(row, "carried").save(&self.ctx, tx).await?;
        }
        rechecking::note(tx, row, self.ctx.now().date()).await?;
        self.trace(tx, row, "carry_confirmed").await?;
        Ok(Ok(()))
    }
}

pub const HERE: &str = "SELECT u.id, u.level FROM placement p JOIN unit u ON u.id = p.unit_id WHERE p.inmate_id = $1 \
    AND p.ended_at IS NULL";
pub const ELSEWHERE: &str = "SELECT a.id, a.person_id, a.inmate_id, a.unit_id, a.locale, a.state, a.state_at, a.answered_on, \
    a.police_outcome, a.police_on, a.version FROM application a WHERE a.inmate_id = $1 AND a.unit_id <> $2 \
    AND (a.state IN ('received', 'declined', 'awaiting_police', 'awaiting_decision') OR (a.state = 'decided' \
    AND EXISTS (SELECT 1 FROM clearance c WHERE c.application_id = a.id AND c.outcome = 'granted' AND c.valid_to >= $3))) \
    ORDER BY a.id";
pub const OF: &str = "SELECT c.id, CAST(CASE WHEN c.outcome = 'granted' THEN 1 ELSE 0 END AS BIGINT) AS granted, c.unit_id, \
    u.level FROM clearance c JOIN unit u ON u.id = c.unit_id WHERE c.application_id = $1 \
    AND c.outcome IN ('pending', 'granted') ORDER BY c.id";
pub const HOLDS: &str = "UPDATE clearance SET unit_id = $1 WHERE id = $2";
pub const CARRY: &str = "UPDATE application SET carried_from = unit_id, unit_id = $1, officer_id = NULL, carried_at = $2, \
    carried_seen_at = $3, version = version + 1 WHERE id = $4";
pub const SEEN: &str = "UPDATE application SET carried_seen_at = $1, version = version + 1 WHERE id = $2 \
    AND state = 'decided' AND carried_at IS NOT NULL AND carried_seen_at IS NULL";
pub const HOLD_ALL: &str = "UPDATE clearance SET unit_id = $1 WHERE application_id = $2 AND outcome = 'granted' \
    AND unit_id <> $1";
