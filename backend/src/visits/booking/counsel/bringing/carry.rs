//! What goes along when a room is moved, and what nobody answered in time.

use domain::{
    kernel::{Id, Public},
    visits::booking::{
        Booking,
        bringing::{BringState, Brought, What},
    },
};

use super::{super::Entitled, INSERT, said, trace};
use crate::{
    Error, Result, args,
    ctx::{Actor, Ctx},
    db::{Command, Tx},
    identity::delegates::Acting,
};

/// All that she wanted to bring is asked for anew: it is another day, and the unit may answer otherwise.
pub(in crate::visits::booking::counsel) async fn carry(
    tx: &mut Tx,
    ctx: &Ctx,
    whose: (&Acting, &Entitled),
    (old, new): (&str, &Id<Booking>),
) -> Result<()> {
    let live: Vec<(String, String)> = tx.all(LIVE_OF, args![old]).await?;
    for (what, detail) in live {
        let (id, public): (Id<Brought>, Public<Brought>) = (ctx.chance.id(ctx.now()), ctx.chance.public());
        tx.later(INSERT, args![&id, &public, new, &what, detail, ctx.now()]).await?;
        let what = What::parse(&what).ok_or(Error::Broken("what is brought"))?;
        said(tx, ctx, whose, new.as_str(), (BringState::Open, what)).await?;
    }
    Ok(())
}

/// A round of the worker: what is still open when its visit begins, or of a visit that was called off, has lapsed. Tells how many.
pub async fn tend(ctx: &Ctx) -> Result<usize> {
    let due: Vec<(String, String, String)> = ctx.db.all(DUE, args![ctx.now()]).await?;
    let mut ended = 0;
    for (id, booking, what) in due {
        ended += usize::from(ctx.db.write(Lapse { ctx: ctx.clone(), id, booking, what }).await?);
    }
    Ok(ended)
}

struct Lapse {
    ctx: Ctx,
    id: String,
    booking: String,
    what: String,
}

impl Command for Lapse {
    type Out = bool;

    async fn run(&self, tx: &mut Tx) -> Result<bool> {
        if tx.execute(LAPSE, args![&self.id, self.ctx.now()]).await? == 0 {
            return Ok(false);
        }
        let what = What::parse(&self.what).ok_or(Error::Broken("what is brought"))?;
        trace(&self.ctx, &Actor::System, &self.booking, (BringState::Lapsed, what)).save(tx).await?;
        Ok(true)
    }
}

pub const LIVE_OF: &str = "SELECT what, detail FROM visit_bring WHERE booking_id = $1 AND state IN ('open', 'approved') \
    ORDER BY asked_at, id";
pub const DUE: &str = "SELECT x.id, x.booking_id, x.what FROM visit_bring x JOIN booking b ON b.id = x.booking_id \
    WHERE x.state = 'open' AND (x.due_at <= $1 OR b.state <> 'booked') ORDER BY x.due_at, x.public_id LIMIT 500";
pub const LAPSE: &str =
    "UPDATE visit_bring SET state = 'lapsed', decided_at = $2 WHERE id = $1 AND state = 'open'";
