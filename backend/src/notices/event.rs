//! Something has happened to an inmate, or is going to: each victim who is to be told gets her matter, in the same
//! transaction. Whoever has no victim pays one read.

use domain::custody::Event;

use super::opening::{Decision, Wanting, meet};
use crate::{Result, args, ctx::Ctx, custody::feed::Stood, db::Tx};

pub async fn on_event(tx: &mut Tx, ctx: &Ctx, stood: &Stood<'_>) -> Result<()> {
    let parties: Vec<Wanting> = tx.all(WANTING, args![stood.inmate]).await?;
    let event: &Event = stood.event;
    for party in parties {
        meet(tx, ctx, &Decision::of(stood.decision, event), &party, stood.now).await?;
    }
    Ok(())
}

pub const WANTING: &str = "SELECT p.id, p.recipient_id, p.kinds FROM notice_party p \
    JOIN notice_case c ON c.id = p.case_id \
    WHERE c.inmate_id = $1 AND p.state = 'active' AND p.wish = 'wants' ORDER BY p.id";
