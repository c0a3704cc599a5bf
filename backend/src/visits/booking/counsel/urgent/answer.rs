//! The unit's answer: one of the times that would do, booked for her, or no with a reason.

use domain::{
    kernel::{Id, Public, Reference},
    visits::booking::{
        Booking, VisitSession,
        urgent::{Urgent, UrgentNo, UrgentState, may_answer},
    },
};

use super::{
    Asked, news,
    staff::{Row, choices, found, still},
    trace,
};
use crate::{
    Result, args,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
    visits::booking::{
        counsel::{NewRoom, put_room},
        facts::From,
    },
};

/// What the unit says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum How {
    Book(Public<VisitSession>),
    Refuse(UrgentNo),
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answered {
    Booked(Public<Booking>),
    Refused,
    /// She has taken it back, somebody answered before, or its time is over.
    Over,
    /// This time is not free for the two any more.
    Gone,
}

/// None when it is another unit's or not her duty.
pub async fn answer(ctx: &Ctx, staff: &Staff, urgent: &Public<Urgent>, how: How) -> Result<Option<Answered>> {
    if !may_answer(&staff.roles) {
        return Ok(None);
    }
    let command = Answer {
        ctx: ctx.clone(),
        staff: staff.clone(),
        urgent: urgent.clone(),
        how,
        id: ctx.chance.id(ctx.now()),
        public: ctx.chance.public(),
        reference: ctx.chance.reference(),
    };
    ctx.db.write(command).await
}

struct Answer {
    ctx: Ctx,
    staff: Staff,
    urgent: Public<Urgent>,
    how: How,
    id: Id<Booking>,
    public: Public<Booking>,
    reference: Reference,
}

impl Command for Answer {
    type Out = Option<Answered>;

    async fn run(&self, tx: &mut Tx) -> Result<Option<Answered>> {
        let now = self.ctx.now();
        let found = found(&mut From::Tx(tx), &self.staff, &self.urgent).await?;
        let Some((row, asked)) = found else { return Ok(None) };
        if asked.state != UrgentState::Open || asked.wish.by <= now {
            return Ok(Some(Answered::Over));
        }
        match &self.how {
            How::Refuse(why) => self.refuse(tx, &row, *why).await.map(Some),
            How::Book(session) => self.book(tx, (&row, &asked), session).await.map(Some),
        }
    }
}

impl Answer {
    async fn refuse(&self, tx: &mut Tx, row: &Row, why: UrgentNo) -> Result<Answered> {
        let values =
            args![&row.id, "refused", self.ctx.now(), &self.staff.staff, Some(why.code()), None::<&str>];
        tx.later(DECIDE, values).await?;
        news(&self.ctx, tx, &row.person_id).await?;
        self.traced(tx, row, UrgentState::Refused(why)).await?;
        Ok(Answered::Refused)
    }

    async fn book(
        &self,
        tx: &mut Tx,
        (row, asked): (&Row, &Asked),
        session: &Public<VisitSession>,
    ) -> Result<Answered> {
        let (ctx, now) = (&self.ctx, self.ctx.now());
        let Some(entitled) = still(&mut From::Tx(tx), ctx, row, now).await? else {
            return Ok(Answered::Gone);
        };
        let free = choices(&mut From::Tx(tx), row, &entitled, asked, now).await?;
        let Some(session) = free.into_iter().find(|free| free.public == *session) else {
            return Ok(Answered::Gone);
        };
        let new = NewRoom {
            id: &self.id,
            public: &self.public,
            reference: &self.reference,
            key: self.urgent.as_str(),
            now,
        };
        if !put_room(tx, ctx, &new, &entitled, &session).await? {
            return Ok(Answered::Gone);
        }
        let values = args![&row.id, "booked", now, &self.staff.staff, None::<&str>, Some(self.id.as_str())];
        tx.later(DECIDE, values).await?;
        self.traced(tx, row, UrgentState::Booked).await?;
        Ok(Answered::Booked(self.public.clone()))
    }

    async fn traced(&self, tx: &mut Tx, row: &Row, state: UrgentState) -> Result<()> {
        let (actor, id) = (Actor::Staff(self.staff.clone()), Id::new(row.id.as_str()));
        let entry = trace(&self.ctx, &actor, &id, state);
        entry.at_unit(&Id::<domain::access::Unit>::new(row.unit_id.as_str())).save(tx).await
    }
}

pub const DECIDE: &str = "UPDATE urgent_room SET state = $2, decided_at = $3, decided_by = $4, refusal = $5, booking_id = $6 \
    WHERE id = $1 AND state = 'open'";
