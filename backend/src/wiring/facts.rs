//! What letters are made from, read when they are sent and not when they were ordered.

use domain::{
    access::Person,
    kernel::{Id, Instant, Public, Reference},
    visits::booking::Booking,
};

use crate::{
    Error, Result, args,
    ctx::Ctx,
    db::{Command, Tx},
    visits::{
        assisted::unreached::by_mail,
        booking::{self, VisitView},
    },
};

/// How long a letter waits for an address to open before it is old.
const WAITS_DAYS: i64 = 28;

/// The reference of an application, and when it came in.
pub(super) async fn received(ctx: &Ctx, application: &str) -> Result<(Reference, Instant)> {
    let (reference, at): (String, i64) = ctx.db.one(RECEIVED, args![application]).await?;
    Ok((Reference::parse(&reference).ok_or(Error::Broken("reference"))?, Instant(at)))
}

/// The visit that this person has booked or comes along on; none if she has stepped down from it.
pub(super) async fn visit(ctx: &Ctx, person: &Id<Person>, booking: &str) -> Result<Option<VisitView>> {
    let (public,): (String,) = ctx.db.one(PUBLIC_OF, args![booking]).await?;
    let public: Public<Booking> = Public::parse(&public).ok_or(Error::Broken("public id"))?;
    booking::visit_told(ctx, person, &public).await
}

/// A letter has told of what was decided on an application and nothing had told of before.
pub(super) struct NoticeSent {
    pub application: String,
    pub at: Instant,
}

impl Command for NoticeSent {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        tx.later(NOTICE_SENT, args![self.at, &self.application]).await?;
        tx.later(CLOSING_SENT, args![self.at, &self.application]).await
    }
}

/// An address has been opened: the newest letter of each kind that found none goes there now.
pub(super) struct SendWhatWaited {
    pub person: Id<Person>,
    pub now: Instant,
}

impl Command for SendWhatWaited {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let since = self.now.plus_days(-WAITS_DAYS);
        let waited: Vec<(String,)> = tx.all(WAITED, args![&self.person, since]).await?;
        for (id,) in waited {
            tx.later(DUE_AGAIN, args![self.now, &id]).await?;
            tx.later(NOT_LEFT, args![&id]).await?;
        }
        by_mail(tx, &self.person, self.now).await
    }
}

pub const RECEIVED: &str = "SELECT reference, submitted_at FROM application WHERE id = $1";
pub const PUBLIC_OF: &str = "SELECT public_id FROM booking WHERE id = $1";
pub const NOTICE_SENT: &str = "UPDATE decision SET notice_sent_at = $1 WHERE notice_sent_at IS NULL \
    AND opened_at IS NULL AND made_at <= $1 AND subject_kind = 'clearance' \
    AND subject_id IN (SELECT id FROM clearance WHERE application_id = $2)";
pub const CLOSING_SENT: &str = "UPDATE application SET notice_sent_at = $1 WHERE id = $2 \
    AND state = 'not_processed' AND notice_sent_at IS NULL AND opened_at IS NULL";
pub const WAITED: &str = "SELECT MAX(outbox_id) FROM delivery WHERE person_id = $1 AND outcome = 'no_channel' \
    AND outcome_at >= $2 GROUP BY kind";
pub const DUE_AGAIN: &str =
    "UPDATE outbox SET done_at = NULL, due_at = $1, attempts = 0 WHERE id = $2 AND done_at IS NOT NULL";
pub const NOT_LEFT: &str = "UPDATE delivery SET outcome = NULL, outcome_at = NULL WHERE outbox_id = $1";
