//! What ends a seat: taken back, given up, a leave that ends, a visit that is moved. Each with its letter and its trace, in the
//! transaction of what ended it.

use domain::{
    access::Person,
    kernel::Id,
    visits::booking::{
        Booking,
        joining::{JoinEnd, Joining},
    },
};

use super::{super::TextNews, Done, OF_VISIT, Row, WITH_INMATE, tell, trace};
use crate::{
    Result, args,
    ctx::{Actor, Ctx},
    db::Tx,
};

/// Ends one, unless it has ended. Whoever did not do it and has to know is told.
pub(super) async fn end(ctx: &Ctx, tx: &mut Tx, actor: &Actor, row: &Row, by: JoinEnd) -> Result<Done> {
    let was = row.state()?;
    if let Err(refusal) = was.ended(by) {
        return Ok(Err(refusal));
    }
    tx.later(END, args![&row.id, by.code(), ctx.now()]).await?;
    let came = row.guest_id.as_ref().filter(|_| was == Joining::Coming);
    if let Some(guest) = came {
        tx.later(LEAVE_PARTY, args![&row.booking_id, guest]).await?;
    }
    match (by, came) {
        (JoinEnd::Booker | JoinEnd::Moved, Some(guest)) => tell(ctx, tx, guest).await?,
        (JoinEnd::Guest | JoinEnd::Leave, _) => tell(ctx, tx, &row.booker_id).await?,
        _ => {}
    }
    trace(ctx, tx, actor, "join_ended", &row.booking_id).await.map(Ok)
}

/// The leave of somebody who was to come along is given up or taken back. An invitation that is not answered lapses by itself: to
/// end it now would tell.
pub(in crate::visits::booking) async fn end_of_leave(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    (guest, inmate): (&Id<Person>, &str),
) -> Result<()> {
    let rows: Vec<Row> = tx.all(WITH_INMATE, args![ctx.now(), guest, inmate]).await?;
    for row in rows.iter().filter(|row| row.state == Joining::Coming.code()) {
        // The state was read in this transaction.
        let _ = end(ctx, tx, actor, row, JoinEnd::Leave).await?;
    }
    Ok(())
}

/// The visit is at another time now. Whoever was asked has to be asked anew.
pub(in crate::visits::booking) async fn moved(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    booking: &Id<Booking>,
) -> Result<()> {
    let rows: Vec<Row> = tx.all(OF_VISIT, args![ctx.now(), booking]).await?;
    for row in &rows {
        // What has ended is not ended again.
        let _ = end(ctx, tx, actor, row, JoinEnd::Moved).await?;
    }
    Ok(())
}

/// The visit does not take place: whoever was to come along is told, in a letter of their own, and by text where whoever booked is.
pub(in crate::visits::booking) async fn off(
    ctx: &Ctx,
    tx: &mut Tx,
    booking: &str,
    texts: bool,
) -> Result<()> {
    let rows: Vec<Row> = tx.all(OF_VISIT, args![ctx.now(), booking]).await?;
    for row in rows.iter().filter(|row| row.state == Joining::Coming.code()) {
        if let Some(guest) = &row.guest_id {
            tell(ctx, tx, guest).await?;
            if texts {
                TextNews::job(ctx, guest)?.save(tx).await?;
            }
        }
    }
    Ok(())
}

pub const END: &str = "UPDATE visit_invitation SET state = 'ended', end_reason = $2, state_at = $3 WHERE id = $1 \
    AND state IN ('asked', 'coming')";
pub const LEAVE_PARTY: &str = "DELETE FROM booking_party WHERE booking_id = $1 AND person_id = $2";
