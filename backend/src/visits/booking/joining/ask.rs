//! Whoever booked asks another adult, or takes it back.

use domain::{
    kernel::{Id, Instant, Public},
    visits::booking::{
        Booking, UnitRules,
        joining::{Asking, JoinEnd, JoinRefusal, may_ask},
    },
};

use super::{
    super::change::{OwnRow, TO_CHANGE},
    Done, FormKey, Invitation, OF_BOOKER, Row, drawn,
    ending::end,
    hash, trace,
};
use crate::{
    Result, args,
    ctx::{Actor, Citizen, Ctx},
    db::{Command, Tx},
    visits::sessions::rows::{RULES, RuleRow},
};

/// The code stands on the page of the visit from then on. The same form twice asks once.
pub async fn ask(ctx: &Ctx, who: &Citizen, booking: Public<Booking>, key: FormKey) -> Result<Done> {
    let (id, public, now) = (ctx.chance.id(ctx.now()), ctx.chance.public(), ctx.now());
    ctx.db.write(Ask { ctx: ctx.clone(), who: who.clone(), booking, key, id, public, now }).await
}

struct Ask {
    ctx: Ctx,
    who: Citizen,
    booking: Public<Booking>,
    key: FormKey,
    id: Id<Invitation>,
    public: Public<Invitation>,
    now: Instant,
}

impl Command for Ask {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let row: Option<OwnRow> = tx.optional(TO_CHANGE, args![&self.booking, &self.who.person]).await?;
        let Some(row) = row else { return Ok(Err(JoinRefusal::Hidden)) };
        if tx.optional::<(String,)>(ASKED_BEFORE, args![&row.id, &self.key]).await?.is_some() {
            return Ok(Ok(()));
        }
        let (seats,): (i64,) = tx.one(SEATS, args![&row.id, self.now]).await?;
        let rules: Vec<RuleRow> = tx.all(RULES, args![&row.unit_id]).await?;
        let rules: Vec<UnitRules> = rules.into_iter().map(RuleRow::rules).collect::<Result<_>>()?;
        let until = match may_ask(&row.asking(seats), &rules, self.now) {
            Ok(until) => until,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let code = drawn(&self.ctx, &row.id, self.key.as_str());
        let values =
            args![&self.id, &self.public, &row.id, &self.key, hash(&self.ctx, &code), self.now, until];
        tx.later(INSERT, values).await?;
        trace(&self.ctx, tx, &Actor::Citizen(self.who.clone()), "join_asked", &row.id).await?;
        Ok(Ok(()))
    }
}

impl OwnRow {
    pub(super) fn asking(&self, seats: i64) -> Asking {
        Asking {
            is_booked: self.state == "booked",
            has_come: self.has_come == 1,
            starts_at: Instant(self.starts_at),
            seats,
        }
    }
}

/// Answered or not; a guest who was to come is told. Said twice it is the same.
pub async fn take_back(ctx: &Ctx, who: &Citizen, invitation: Public<Invitation>) -> Result<Done> {
    ctx.db.write(TakeBack { ctx: ctx.clone(), who: who.clone(), invitation }).await
}

struct TakeBack {
    ctx: Ctx,
    who: Citizen,
    invitation: Public<Invitation>,
}

impl Command for TakeBack {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let values = args![self.ctx.now(), &self.invitation, &self.who.person];
        let row: Option<Row> = tx.optional(OF_BOOKER, values).await?;
        let Some(row) = row else { return Ok(Err(JoinRefusal::Hidden)) };
        if row.is_over(self.ctx.now()) {
            return Ok(Err(JoinRefusal::Closed));
        }
        end(&self.ctx, tx, &Actor::Citizen(self.who.clone()), &row, JoinEnd::Booker).await
    }
}

pub const ASKED_BEFORE: &str = "SELECT id FROM visit_invitation WHERE booking_id = $1 AND form_key = $2";
pub const SEATS: &str = "SELECT CAST((SELECT COUNT(*) FROM booking_party p WHERE p.booking_id = $1) \
    + (SELECT COUNT(*) FROM visit_invitation i WHERE i.booking_id = $1 AND i.state = 'asked' AND i.answer_by > $2) AS BIGINT)";
pub const INSERT: &str = "INSERT INTO visit_invitation (id, public_id, booking_id, form_key, code_hash, asked_at, answer_by, state_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $6)";
