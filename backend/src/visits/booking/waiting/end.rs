//! A wait that ends: taken back, replaced, booked, over. What was offered to it goes to the next.

use domain::{
    access::Person,
    kernel::{Id, Public},
    visits::booking::waiting::{OfferState, Wait, WaitEnd},
};

use super::offer::{give_back, offer_next};
use crate::{
    Result, args, audit,
    ctx::{Actor, Citizen, Ctx},
    db::{Command, Tx},
};

/// Ends it, unless it has ended.
pub(in crate::visits::booking) async fn end(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    wait: &str,
    why: WaitEnd,
) -> Result<()> {
    if tx.execute(END, args![wait, why.code(), ctx.now()]).await? == 0 {
        return Ok(());
    }
    let id = Id::<Wait>::new(wait);
    let entry = audit::Entry::new(ctx, actor, "wait_ended").about("visit_wait", &id).because(why.code());
    entry.save(tx).await?;
    let open: Option<(String,)> = tx.optional(OPEN_OFFER, args![wait]).await?;
    if let Some((offer,)) = open {
        // Boxed: whoever is next may end in the same way.
        Box::pin(give_back(ctx, tx, actor, &offer, OfferState::Withdrawn)).await?;
    }
    Ok(())
}

/// She waits no longer. Said twice it is the same; none when it is not hers.
pub async fn take_back(ctx: &Ctx, who: &Citizen, wait: Public<Wait>) -> Result<Option<()>> {
    ctx.db.write(TakeBack { ctx: ctx.clone(), who: who.clone(), wait }).await
}

struct TakeBack {
    ctx: Ctx,
    who: Citizen,
    wait: Public<Wait>,
}

impl Command for TakeBack {
    type Out = Option<()>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let own: Option<(String,)> = tx.optional(OWN, args![&self.wait, &self.who.person]).await?;
        let Some((id,)) = own else { return Ok(None) };
        let actor = Actor::Citizen(self.who.clone());
        end(&self.ctx, tx, &actor, &id, WaitEnd::TakenBack).await.map(Some)
    }
}

/// Her leave to visit him is given up or taken back, and with it what she waits for.
pub(in crate::visits::booking) async fn end_without_leave(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    person: &Id<Person>,
    inmate: &str,
) -> Result<()> {
    let open: Option<(String,)> = tx.optional(OPEN_OF, args![person, inmate]).await?;
    match open {
        Some((id,)) => end(ctx, tx, actor, &id, WaitEnd::NoLeave).await,
        None => Ok(()),
    }
}

/// A place of this session was given back: it is offered to the next in the same transaction.
pub(in crate::visits::booking) async fn pass_on(ctx: &Ctx, tx: &mut Tx, session: &str) -> Result<()> {
    offer_next(ctx, tx, session).await.map(|_| ())
}

pub const END: &str =
    "UPDATE visit_wait SET end_reason = $2, ended_at = $3 WHERE id = $1 AND ended_at IS NULL";
pub const OPEN_OFFER: &str = "SELECT id FROM visit_offer WHERE wait_id = $1 AND state = 'open'";
pub const OWN: &str = "SELECT id FROM visit_wait WHERE public_id = $1 AND person_id = $2";
pub const OPEN_OF: &str =
    "SELECT id FROM visit_wait WHERE person_id = $1 AND inmate_id = $2 AND ended_at IS NULL";
