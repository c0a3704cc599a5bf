//! That she herself has opened a page of the organisation that has named her. Only then can a colleague take her along: a number that
//! somebody else has typed would tell by it who has ever signed in.

use domain::{
    access::Level,
    kernel::{Instant, Public},
    visits::organisations::Organisation,
};

use crate::{
    Result, args,
    ctx::{Citizen, Ctx},
    db::{Command, Tx},
};

/// Of this organisation alone; noted once.
pub async fn seen(ctx: &Ctx, who: &Citizen, of: &Public<Organisation>) -> Result<()> {
    if who.level < Level::High || who.by.is_some() {
        return Ok(());
    }
    let fresh: Option<(String,)> = ctx.db.optional(FRESH, args![&who.person, of]).await?;
    if fresh.is_none() {
        return Ok(());
    }
    ctx.db.write(Seen { person: who.person.as_str().to_owned(), of: of.clone(), now: ctx.now() }).await
}

struct Seen {
    person: String,
    of: Public<Organisation>,
    now: Instant,
}

impl Command for Seen {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        tx.later(SEEN, args![self.now, &self.person, &self.of]).await
    }
}

pub const FRESH: &str = "SELECT m.id FROM organisation_person m JOIN person_number n ON n.hash = m.number_hash \
    WHERE n.person_id = $1 AND m.organisation_id = (SELECT o.id FROM organisation o WHERE o.public_id = $2) AND m.opened_at IS NULL AND m.ended_at IS NULL LIMIT 1";
pub const SEEN: &str = "UPDATE organisation_person SET opened_at = $1 WHERE number_hash = (SELECT n.hash FROM person_number n \
    WHERE n.person_id = $2) AND organisation_id = (SELECT o.id FROM organisation o WHERE o.public_id = $3) AND opened_at IS NULL AND ended_at IS NULL";
