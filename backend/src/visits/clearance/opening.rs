//! Opening what was decided: what no letter has told her of has reached her then, and the days of its appeal run.

use domain::kernel::Public;

use super::{
    Application, Tracked,
    rows::{LOAD_OWN, Row},
    tracked,
};
use crate::{
    Result, args, audit,
    ctx::{Actor, Citizen, Ctx},
    db::{Command, Tx},
    decision::DecisionView,
};

impl Tracked {
    /// Something here can be appealed, and nothing has told her of it yet.
    fn is_untold(&self) -> bool {
        let decided = || self.people.iter().filter_map(|p| p.decision.as_ref());
        decided().any(DecisionView::is_untold) || self.closed.is_some_and(|closed| closed.by.is_none())
    }
}

/// One of her own, read by herself; anybody else's is not found.
pub async fn open(ctx: &Ctx, who: &Citizen, public: &Public<Application>) -> Result<Option<Tracked>> {
    match tracked(ctx, who, public).await? {
        Some(case) if case.is_untold() => {
            let open = Open { ctx: ctx.clone(), who: who.clone(), public: public.clone() };
            match ctx.db.write(open).await {
                Ok(()) => tracked(ctx, who, public).await,
                // She reads it all the same; her days begin when it can be noted.
                Err(error) if error.passes() => {
                    tracing::warn!(%error, "the opening of a decision could not be noted");
                    Ok(Some(case))
                }
                Err(error) => Err(error),
            }
        }
        case => Ok(case),
    }
}

struct Open {
    ctx: Ctx,
    who: Citizen,
    public: Public<Application>,
}

impl Command for Open {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let found: Option<Row> = tx.optional(LOAD_OWN, args![&self.public, &self.who.person]).await?;
        let Some(row) = found else { return Ok(()) };
        let now = self.ctx.now();
        tx.later(OPEN_DECISIONS, args![now, &row.id]).await?;
        tx.later(OPEN_CLOSED, args![now, &row.id]).await?;
        let entry = audit::Entry::new(&self.ctx, &Actor::Citizen(self.who.clone()), "notice_opened");
        entry.about("application", &row.id()).save(tx).await
    }
}

pub const OPEN_DECISIONS: &str = "UPDATE decision SET opened_at = $1 WHERE opened_at IS NULL \
    AND notice_sent_at IS NULL AND subject_kind = 'clearance' \
    AND subject_id IN (SELECT id FROM clearance WHERE application_id = $2)";
pub const OPEN_CLOSED: &str = "UPDATE application SET opened_at = $1 WHERE id = $2 AND state = 'not_processed' \
    AND opened_at IS NULL AND notice_sent_at IS NULL";
