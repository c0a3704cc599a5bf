//! Its holder gives up her leave to visit, at once and for everybody she applied for. To all others it has run out: they read
//! the same day and the same words, and nothing says who ended it.

use domain::{
    kernel::{CivilDate, Instant, Public},
    visits::{
        booking::By,
        clearance::{Refusal, last_day},
    },
};

use super::{
    Application,
    mine::letter,
    rows::{LOAD_OWN, Row},
};
use crate::{
    Result, args, audit,
    ctx::{Actor, Citizen, Ctx},
    db::{Command, Tx},
    visits::booking::{cancel_rest, rest},
};

/// Booked visits with him that go with it. None if the leave is not hers, has ended, or is not decided yet.
pub async fn to_give_up(
    ctx: &Ctx,
    who: &Citizen,
    public: &Public<Application>,
) -> Result<Option<Vec<Instant>>> {
    let now = ctx.now();
    let Some(row) = ctx.db.optional::<Row>(HELD, args![public, &who.person, now.date()]).await? else {
        return Ok(None);
    };
    let Some(inmate) = row.inmate() else { return Ok(None) };
    rest(ctx, &who.person, &inmate).await.map(Some)
}

/// Ends each leave she has for him, and the visits that are booked with it.
pub async fn give_up(ctx: &Ctx, who: &Citizen, public: &Public<Application>) -> Result<Result<(), Refusal>> {
    ctx.db.write(GiveUp { ctx: ctx.clone(), who: who.clone(), public: public.clone() }).await
}

struct GiveUp {
    ctx: Ctx,
    who: Citizen,
    public: Public<Application>,
}

impl Command for GiveUp {
    type Out = Result<(), Refusal>;

    async fn run(&self, tx: &mut Tx) -> Result<Result<(), Refusal>> {
        let (now, person) = (self.ctx.now(), &self.who.person);
        let today: CivilDate = now.date();
        let found: Option<Row> = tx.optional(LOAD_OWN, args![&self.public, person]).await?;
        let Some(row) = found else { return Ok(Err(Refusal::Hidden)) };
        let Some(inmate) = row.inmate() else { return Ok(Err(Refusal::MovedOn)) };
        if tx.optional::<Row>(HELD, args![&self.public, person, today]).await?.is_none() {
            return Ok(Err(Refusal::MovedOn));
        }
        // Another window may have been first.
        if tx.execute(END, args![last_day(today), now, person, &inmate, today]).await? == 0 {
            return Ok(Err(Refusal::MovedOn));
        }
        let actor = Actor::Citizen(self.who.clone());
        cancel_rest(&self.ctx, tx, &actor, By::Person, (person, &inmate)).await?;
        letter(&row, "given_up").save(&self.ctx, tx).await?;
        let entry = audit::Entry::new(&self.ctx, &actor, "given_up");
        entry.about("application", &row.id()).save(tx).await?;
        Ok(Ok(()))
    }
}

pub const HELD: &str = "SELECT a.id, a.person_id, a.inmate_id, a.unit_id, a.locale, a.state, a.state_at, a.answered_on, \
    a.police_outcome, a.police_on, a.version FROM application a WHERE a.public_id = $1 AND a.person_id = $2 \
    AND a.state = 'decided' AND EXISTS (SELECT 1 FROM clearance c WHERE c.application_id = a.id \
    AND c.person_id = a.person_id AND c.outcome = 'granted' AND c.valid_to >= $3)";
/// Also the leaves of the children she named, and one that a newer application gave.
pub const END: &str = "UPDATE clearance SET valid_to = $1, ended_at = $2 WHERE inmate_id = $4 AND outcome = 'granted' \
    AND valid_to >= $5 AND application_id IN (SELECT id FROM application WHERE person_id = $3)";
