//! The unit's answer. A yes is judged by all the rules of booking once more and saved as any booking is; what stands in the way is
//! told, and nothing is booked.

use domain::{
    kernel::{Id, Public},
    visits::booking::{
        self, Booking, Refusal, StaffReason,
        request::{RequestEnd, VisitRequest, may_answer, rejection},
        waiting::WaitEnd,
    },
};

use super::{
    super::{confirm::NewVisit, facts::From, waiting},
    OpenRow,
    end::end,
};
use crate::{
    Error, Result, args,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
    visits::units,
};

/// What came of the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answered {
    Booked(Public<Booking>),
    Rejected,
    /// It is still open.
    Hindered(Vec<Refusal>),
    /// It was answered or taken back before, or its time is over.
    Over,
    /// Nobody answers what she has asked for in somebody's name.
    Own,
}

/// None when it is another unit's or not her duty.
pub async fn approve(ctx: &Ctx, staff: &Staff, request: &Public<VisitRequest>) -> Result<Option<Answered>> {
    if !may_answer(&staff.roles) {
        return Ok(None);
    }
    let (id, public) = (ctx.chance.id(ctx.now()), ctx.chance.public());
    let (ctx, staff, request) = (ctx.clone(), staff.clone(), request.clone());
    ctx.db.clone().write(Approve { ctx, staff, request, id, public }).await
}

struct Approve {
    ctx: Ctx,
    staff: Staff,
    request: Public<VisitRequest>,
    id: Id<Booking>,
    public: Public<Booking>,
}

impl Command for Approve {
    type Out = Option<Answered>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let Some(row) = OpenRow::of_units(tx, &self.staff, &self.request).await? else { return Ok(None) };
        let row = match row {
            Ok(row) => row,
            Err(answered) => return Ok(Some(answered)),
        };
        let now = self.ctx.now();
        let (held, facts) = row.judged(&mut From::Tx(tx), now).await?;
        match booking::approve(&held, &facts, now) {
            Ok(confirmed) => self.book(tx, &row, &confirmed).await.map(Some),
            Err(found) if found.contains(&Refusal::HoldExpired) => {
                end(&self.ctx, tx, &Actor::System, &row.id, RequestEnd::Lapsed).await?;
                Ok(Some(Answered::Over))
            }
            Err(found) => Ok(Some(Answered::Hindered(found))),
        }
    }
}

impl Approve {
    async fn book(&self, tx: &mut Tx, row: &OpenRow, confirmed: &booking::Confirmed) -> Result<Answered> {
        let actor = Actor::Staff(self.staff.clone());
        if !end(&self.ctx, tx, &actor, &row.id, RequestEnd::Approved).await? {
            return Ok(Answered::Over);
        }
        let person = Id::new(row.person_id.as_str());
        let reference = domain::kernel::Reference::parse(&row.reference).ok_or(Error::Broken("reference"))?;
        let hold = Public::parse(&row.hold_public_id).ok_or(Error::Broken("public id"))?;
        let new = NewVisit {
            ctx: &self.ctx,
            actor: &actor,
            person: &person,
            ids: (&self.id, &self.public, &reference),
            draft: &row.id,
            hold: &hold,
            inmate: &row.inmate_id,
            unit: &row.unit_id,
            kind: &row.kind,
            now: self.ctx.now(),
        };
        new.save(tx, confirmed).await?;
        // It was offered to her, and now it is hers.
        let wait: Option<(String,)> =
            tx.optional(OFFERED_BY, args![&person, &row.inmate_id, &row.session_id]).await?;
        if let Some((wait,)) = wait {
            waiting::end(&self.ctx, tx, &actor, &wait, WaitEnd::Booked).await?;
        }
        Ok(Answered::Booked(self.public.clone()))
    }
}

/// With a reason that she reads; one for security only once control was considered. None when it is another unit's or not her duty.
pub async fn reject(
    ctx: &Ctx,
    staff: &Staff,
    request: &Public<VisitRequest>,
    (reason, considered): (StaffReason, bool),
) -> Result<Option<Answered>> {
    if !may_answer(&staff.roles) || rejection(reason.code(), considered).is_err() {
        return Ok(None);
    }
    let (ctx, staff, request) = (ctx.clone(), staff.clone(), request.clone());
    ctx.db.clone().write(Reject { ctx, staff, request, reason }).await
}

struct Reject {
    ctx: Ctx,
    staff: Staff,
    request: Public<VisitRequest>,
    reason: StaffReason,
}

impl Command for Reject {
    type Out = Option<Answered>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let Some(row) = OpenRow::of_units(tx, &self.staff, &self.request).await? else { return Ok(None) };
        let row = match row {
            Ok(row) => row,
            Err(answered) => return Ok(Some(answered)),
        };
        let actor = Actor::Staff(self.staff.clone());
        let ended = end(&self.ctx, tx, &actor, &row.id, RequestEnd::Rejected(self.reason)).await?;
        Ok(Some(if ended { Answered::Rejected } else { Answered::Over }))
    }
}

impl OpenRow {
    /// Of the units of whoever answers; one that she cannot answer says why.
    async fn of_units(
        tx: &mut Tx,
        staff: &Staff,
        request: &Public<VisitRequest>,
    ) -> Result<Option<std::result::Result<Self, Answered>>> {
        let found: Option<(String, String)> =
            tx.optional(OF_UNITS, vec![request.into(), units(staff)]).await?;
        let Some((id, state)) = found else { return Ok(None) };
        if state != "open" {
            return Ok(Some(Err(Answered::Over)));
        }
        if tx.optional::<(String,)>(ASKED_BY, args![&id, &staff.staff]).await?.is_some() {
            return Ok(Some(Err(Answered::Own)));
        }
        tx.one(OPEN, args![&id]).await.map(|row| Some(Ok(row)))
    }
}

pub const OF_UNITS: &str =
    "SELECT id, state FROM visit_request WHERE public_id = $1 AND $2 LIKE '% ' || unit_id || ' %'";
pub const ASKED_BY: &str = "SELECT x.id FROM assist_act x JOIN assist_contact t ON t.id = x.contact_id \
    WHERE x.subject_kind = 'visit_request' AND x.subject_id = $1 AND t.staff_id = $2 LIMIT 1";
pub const OPEN: &str = "SELECT id, reference, hold_public_id, person_id, inmate_id, unit_id, session_id, kind, asked_at, \
    expires_at FROM visit_request WHERE id = $1 AND state = 'open'";
pub const OFFERED_BY: &str = "SELECT w.id FROM visit_wait w JOIN visit_offer o ON o.wait_id = w.id AND o.session_id = $3 \
    WHERE w.person_id = $1 AND w.inmate_id = $2 AND w.ended_at IS NULL";
