//! The guest's side: the code is typed, and answered with yes or no; a yes is taken back as long as the visit has not begun.

use domain::{
    identity::InviteCode,
    kernel::{Id, Public},
    visits::booking::{
        Refusal, Role, Session,
        joining::{JoinEnd, JoinRefusal, Joining, join_hindrances},
    },
};

use super::{
    super::{
        confirm::INSERT_PARTY,
        facts::{From, SESSION_BY_ID, SessionRow},
        known::Known,
    },
    BY_CODE, Done, Invitation, OF_GUEST, Row, broken,
    ending::end,
    hash, tell, trace,
};
use crate::{
    Result, args,
    ctx::{Actor, Citizen, Ctx},
    db::{Command, Tx},
};

/// What came of a yes or a no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answered {
    Done,
    /// What stands in the way of the guest, who can still say no.
    Refused(Vec<Refusal>),
    /// It was answered before, or it is too late.
    Over,
}

/// From now on the invitation is the guest's. The same code by the same guest leads to the same one.
pub async fn open(ctx: &Ctx, who: &Citizen, typed: &str) -> Result<Done<Public<Invitation>>> {
    let Some(code) = InviteCode::parse(typed) else { return Ok(Err(JoinRefusal::Code)) };
    ctx.db.write(Open { ctx: ctx.clone(), who: who.clone(), hash: hash(ctx, &code) }).await
}

struct Open {
    ctx: Ctx,
    who: Citizen,
    hash: Vec<u8>,
}

impl Command for Open {
    type Out = Done<Public<Invitation>>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let own: Option<(String,)> =
            tx.optional(OWN_BY_CODE, args![self.hash.clone(), &self.who.person]).await?;
        if let Some((public,)) = own {
            return Ok(Ok(Public::parse(&public).ok_or_else(broken)?));
        }
        let values = args![self.ctx.now(), self.hash.clone(), &self.who.person];
        let row: Option<Row> = tx.optional(BY_CODE, values).await?;
        let Some(row) = row else { return Ok(Err(JoinRefusal::Code)) };
        tx.later(UNANSWERED, args![&row.booking_id, &self.who.person, self.ctx.now()]).await?;
        let (public,): (String,) = tx.one(OPEN, args![&row.id, &self.who.person]).await?;
        trace(&self.ctx, tx, &Actor::Citizen(self.who.clone()), "join_opened", &row.booking_id).await?;
        Ok(Ok(Public::parse(&public).ok_or_else(broken)?))
    }
}

/// None when it is not the guest's.
pub async fn answer(
    ctx: &Ctx,
    who: &Citizen,
    invitation: Public<Invitation>,
    yes: bool,
) -> Result<Option<Answered>> {
    ctx.db.write(Answer { ctx: ctx.clone(), who: who.clone(), invitation, yes }).await
}

struct Answer {
    ctx: Ctx,
    who: Citizen,
    invitation: Public<Invitation>,
    yes: bool,
}

impl Command for Answer {
    type Out = Option<Answered>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let now = self.ctx.now();
        let row: Option<Row> = tx.optional(OF_GUEST, args![now, &self.invitation, &self.who.person]).await?;
        let Some(row) = row else { return Ok(None) };
        let next = row.state()?.answered(self.yes, now).ok().filter(|_| !row.is_over(now));
        let Some(next) = next else {
            // Said twice it is the same.
            let same =
                matches!((row.state()?, self.yes), (Joining::Coming, true) | (Joining::Declined, false));
            return Ok(Some(if same { Answered::Done } else { Answered::Over }));
        };
        if self.yes {
            let (session, found) = judged(&mut From::Tx(tx), &self.ctx, &row).await?;
            if !found.0.is_empty() {
                return Ok(Some(Answered::Refused(found.0)));
            }
            let role = if found.1 { Role::Adult } else { Role::Child };
            tx.later(INSERT_PARTY, args![&row.booking_id, &self.who.person, role.code()]).await?;
            tx.later(LOOK_AGAIN, args![&row.booking_id, session.date]).await?;
        }
        tx.later(ANSWER, args![&row.id, next.code(), now]).await?;
        tell(&self.ctx, tx, &row.booker_id).await?;
        let action = if self.yes { "join_accepted" } else { "join_declined" };
        trace(&self.ctx, tx, &Actor::Citizen(self.who.clone()), action, &row.booking_id).await?;
        Ok(Some(Answered::Done))
    }
}

/// The time, what stands in the way of the guest, and whether the guest is of age.
pub(super) async fn judged(
    from: &mut From<'_>,
    ctx: &Ctx,
    row: &Row,
) -> Result<(Session, (Vec<Refusal>, bool))> {
    let now = ctx.now();
    let session: Option<SessionRow> = from.optional(SESSION_BY_ID, args![now, "", &row.session_id]).await?;
    let session = session.ok_or_else(broken)?.session()?;
    let facts = Known::of(from, &row.whose(now), session.date, session.date).await?.facts;
    let guest = Id::new(row.guest_id.as_deref().ok_or_else(broken)?);
    let found = join_hindrances(&session, &facts, &guest, row.others(now)?, now);
    let adult = facts.guests.iter().any(|g| g.person == guest && g.is_adult_on(session.date));
    Ok((session, (found, adult)))
}

/// The guest cannot come after all. None when it is not the guest's.
pub async fn leave(ctx: &Ctx, who: &Citizen, invitation: Public<Invitation>) -> Result<Option<bool>> {
    ctx.db.write(Leave { ctx: ctx.clone(), who: who.clone(), invitation }).await
}

struct Leave {
    ctx: Ctx,
    who: Citizen,
    invitation: Public<Invitation>,
}

impl Command for Leave {
    type Out = Option<bool>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let now = self.ctx.now();
        let row: Option<Row> = tx.optional(OF_GUEST, args![now, &self.invitation, &self.who.person]).await?;
        let Some(row) = row else { return Ok(None) };
        if row.is_over(now) {
            return Ok(Some(false));
        }
        let actor = Actor::Citizen(self.who.clone());
        let ended = end(&self.ctx, tx, &actor, &row, JoinEnd::Guest).await?;
        Ok(Some(ended.is_ok() || row.state()? == Joining::Ended(JoinEnd::Guest)))
    }
}

pub const OWN_BY_CODE: &str = "SELECT public_id FROM visit_invitation WHERE code_hash = $1 AND guest_id = $2";
/// What the same guest let pass unanswered is a no, so that another code for this visit can be the guest's.
pub const UNANSWERED: &str = "UPDATE visit_invitation SET state = 'declined', state_at = $3 WHERE booking_id = $1 AND guest_id = $2 \
    AND state = 'asked' AND answer_by <= $3";
pub const OPEN: &str =
    "UPDATE visit_invitation SET guest_id = $2 WHERE id = $1 AND guest_id IS NULL RETURNING public_id";
pub const ANSWER: &str =
    "UPDATE visit_invitation SET state = $2, state_at = $3 WHERE id = $1 AND state = 'asked'";
/// The company is another one: it is looked at anew.
pub const LOOK_AGAIN: &str =
    "UPDATE booking SET checked_on = '' WHERE id = $1 AND date = $2 AND state = 'booked'";
