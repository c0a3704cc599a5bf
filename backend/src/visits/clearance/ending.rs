//! A leave to visit ends. Its holder is told once, in time, by a letter that names nobody; her case says until when it holds and
//! lets her apply again with what is known. A leave that something newer takes over for ends in silence.

use domain::{
    kernel::{CivilDate, Instant},
    visits::clearance::{Term, term},
};

use super::{mine::letter, rows::Row};
use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx},
    db::{Command, Tx},
    rules::Rules,
};

/// The rule of how early.
pub(super) const RENEW_DAYS: &str = "clearance.renew_days";

/// The holder's own leave as her case tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ends {
    /// The last day on which it holds.
    pub on: CivilDate,
    pub over: bool,
    /// She gave it up.
    pub given_up: bool,
    /// Something newer stands for it: an application that is open, or a leave that holds longer.
    pub renewed: bool,
}

/// The last day of her own leave.
#[derive(Clone, Copy, Debug)]
pub(super) struct Until {
    pub on: CivilDate,
    pub given_up: bool,
}

/// None while it runs on.
pub(super) async fn ends(
    ctx: &Ctx,
    application: &str,
    until: Option<Until>,
    renew_days: i64,
) -> Result<Option<Ends>> {
    let Some(Until { on, given_up }) = until else { return Ok(None) };
    let over = match term(on, ctx.now().date(), renew_days) {
        Term::Runs => return Ok(None),
        Term::EndsSoon => false,
        Term::Over => true,
    };
    let newer: Option<(String,)> = ctx.db.optional(NEWER, args![application]).await?;
    Ok(Some(Ends { on, over, given_up, renewed: newer.is_some() }))
}

/// Tells whoever is to be told; for the worker. Tells how many.
pub async fn tell_ending(ctx: &Ctx) -> Result<usize> {
    ctx.db.write(TellEnding { ctx: ctx.clone(), now: ctx.now() }).await
}

struct TellEnding {
    ctx: Ctx,
    now: Instant,
}

impl Command for TellEnding {
    type Out = usize;

    async fn run(&self, tx: &mut Tx) -> Result<usize> {
        let today = self.now.date();
        let until = today.plus_days(Rules::within(tx, today).await?.days(RENEW_DAYS)?);
        let rows: Vec<Row> = tx.all(ENDING, args![today, until]).await?;
        for row in &rows {
            tx.later(TOLD, args![self.now, &row.id]).await?;
            letter(row, "ending").save(&self.ctx, tx).await?;
            let entry = audit::Entry::new(&self.ctx, &Actor::System, "ending_told");
            entry.about("application", &row.id()).save(tx).await?;
        }
        Ok(rows.len())
    }
}

/// What newer stands for `a`. One that is open counts by what she typed: whether it matched anybody is not told by it.
macro_rules! newer {
    ($x:literal) => {
        concat!(
            "SELECT n.id FROM application n WHERE n.person_id = a.person_id AND n.submitted_at > a.submitted_at ",
            "AND ((n.typed_sort = a.typed_sort AND n.state IN ('received', 'declined', 'awaiting_police', ",
            "'awaiting_decision')) OR (n.inmate_id = a.inmate_id AND EXISTS (SELECT 1 FROM clearance f ",
            "WHERE f.application_id = n.id AND f.person_id = n.person_id AND f.outcome = 'granted' AND f.valid_to > ",
            $x,
            ")))"
        )
    };
}

pub const NEWER: &str = concat!(
    "SELECT a.id FROM application a JOIN clearance c ON c.application_id = a.id AND c.person_id = a.person_id ",
    "WHERE a.id = $1 AND EXISTS (",
    newer!("c.valid_to"),
    ")"
);
pub const ENDING: &str = concat!(
    "SELECT a.id, a.person_id, a.inmate_id, a.unit_id, a.locale, a.state, a.state_at, a.answered_on, a.police_outcome, ",
    "a.police_on, a.version FROM clearance c JOIN application a ON a.id = c.application_id AND a.person_id = c.person_id ",
    "WHERE c.outcome = 'granted' AND c.child = 0 AND c.valid_to >= $1 AND c.valid_to <= $2 AND a.state = 'decided' ",
    "AND a.ending_told_at IS NULL AND NOT EXISTS (",
    newer!("c.valid_to"),
    ") ORDER BY c.valid_to, a.id LIMIT 200"
);
pub const TOLD: &str = "UPDATE application SET ending_told_at = $1 WHERE id = $2";
