//! The demo's past weeks: nobody has to ring about them today.

use domain::{access::Person, kernel::Id};

use crate::{Result, args, config::Environment, ctx::Ctx};

/// This letter is of the past that the demo was made with, and its person has had it: all but those who are helped at the counter.
pub(crate) async fn was_told(ctx: &Ctx, job: &str, person: &Id<Person>) -> Result<bool> {
    if ctx.settings.environment != Environment::Demo {
        return Ok(false);
    }
    let (past,): (i64,) = ctx.db.one(PAST, args![job, ctx.now().plus_days(-1), person]).await?;
    Ok(past > 0)
}

pub const PAST: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox o WHERE o.id = $1 AND o.created_at < $2 \
    AND NOT EXISTS (SELECT 1 FROM assist_contact t WHERE t.person_id = $3)";
