//! Her answer to an offer. A yes is judged by all the rules of booking once more and saved as any booking is.

use domain::{
    access::Person,
    kernel::{Id, Instant, Public, Reference},
    visits::booking::{
        self, Booking, Confirmed, Held, Hold, Need, Refusal, Session,
        request::VisitRequest,
        waiting::{OfferState, Offered, WaitEnd},
    },
};

use super::{
    super::{
        confirm::NewVisit,
        facts::{From, SessionRow},
        request::{Asking, NewRequest, asked_before},
    },
    end::end,
    offer::{close, give_back},
    rows::{WaitRow, Waiting},
};
use crate::{
    Error, Result, args,
    ctx::{Actor, Citizen, Ctx},
    db::{Command, Tx},
};

/// What came of her yes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Accepted {
    Booked(Public<Booking>),
    /// The unit looks at it first.
    Asked(Public<VisitRequest>),
    /// The offer is given back.
    Refused(Vec<Refusal>),
    /// It was answered before, or its time is over.
    Over,
}

/// None when it is not hers. Said twice it gives the same booking.
pub async fn accept(ctx: &Ctx, who: &Citizen, offer: Public<Offered>) -> Result<Option<Accepted>> {
    let command = Accept {
        id: ctx.chance.id(ctx.now()),
        public: ctx.chance.public(),
        reference: ctx.chance.reference(),
        asking: Asking::new(ctx),
        ctx: ctx.clone(),
        who: who.clone(),
        offer,
        now: ctx.now(),
    };
    ctx.db.write(command).await
}

struct Accept {
    id: Id<Booking>,
    public: Public<Booking>,
    reference: Reference,
    asking: Asking,
    ctx: Ctx,
    who: Citizen,
    offer: Public<Offered>,
    now: Instant,
}

#[derive(Clone, sqlx::FromRow)]
struct OfferRow {
    id: String,
    public_id: String,
    wait_id: String,
    session_id: String,
    made_at: i64,
    answer_by: i64,
    state: String,
}

impl OfferRow {
    async fn of(tx: &mut Tx, offer: &Public<Offered>, person: &Id<Person>) -> Result<Option<Self>> {
        tx.optional(OWN, args![offer, person]).await
    }

    fn state(&self) -> Result<OfferState> {
        OfferState::parse(&self.state).ok_or(Error::Broken("the state of an offer"))
    }

    /// An offer is a hold that lasts for hours.
    fn hold(&self) -> Result<Hold> {
        Ok(Hold {
            public: Public::parse(&self.public_id).ok_or(Error::Broken("public id"))?,
            session: Id::new(self.session_id.as_str()),
            made_at: Instant(self.made_at),
            expires_at: Instant(self.answer_by),
            extended: true,
        })
    }
}

impl Command for Accept {
    type Out = Option<Accepted>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let Some(row) = OfferRow::of(tx, &self.offer, &self.who.person).await? else { return Ok(None) };
        match row.state()? {
            OfferState::Open => self.answered(tx, &row).await.map(Some),
            OfferState::Booked => {
                let (public,): (String,) = tx.one(BOOKED_FROM, args![&row.id]).await?;
                let public = Public::parse(&public).ok_or(Error::Broken("public id"))?;
                Ok(Some(Accepted::Booked(public)))
            }
            _ => {
                let asked = asked_before(tx, &self.offer, &self.who.person).await?;
                Ok(Some(asked.map_or(Accepted::Over, Accepted::Asked)))
            }
        }
    }
}

impl Accept {
    async fn answered(&self, tx: &mut Tx, row: &OfferRow) -> Result<Accepted> {
        let wait: WaitRow = tx.one(WAIT, args![&row.wait_id]).await?;
        let (wait, hold, mut from) = (wait.waiting()?, row.hold()?, From::Tx(tx));
        let values = args![self.now, &row.id, &row.session_id];
        let session: Option<SessionRow> = from.optional(OFFERED, values).await?;
        let session: Session = session.ok_or(Error::Broken("an offer without its time"))?.session()?;
        let facts = wait.facts(&mut from, (session.date, session.date), self.now).await?;
        let (asked, kind) = (hold.public.clone(), session.kind.code());
        let held = Held { asked: asked.clone(), now: Some(hold), session: Some(session), changes: None };
        let actor = Actor::Citizen(self.who.clone());
        let need = held.session.as_ref().and_then(|session| facts.needs_approval(session.date));
        let confirmed = match booking::approve(&held, &facts, self.now) {
            Ok(confirmed) => confirmed,
            Err(found) => return self.refused(tx, row, found).await,
        };
        if let Some(need) = need {
            return self.asked(tx, row, (&wait, &asked, kind), (&confirmed, need)).await;
        }
        if close(tx, &row.id, OfferState::Booked, self.now).await?.is_none() {
            return Ok(Accepted::Over);
        }
        end(&self.ctx, tx, &actor, &row.wait_id, WaitEnd::Booked).await?;
        let new = NewVisit {
            ctx: &self.ctx,
            actor: &actor,
            person: &self.who.person,
            ids: (&self.id, &self.public, &self.reference),
            draft: &row.id,
            hold: &asked,
            inmate: &wait.inmate,
            unit: &wait.unit,
            kind,
            now: self.now,
        };
        new.save(tx, &confirmed).await?;
        Ok(Accepted::Booked(self.public.clone()))
    }

    /// The offer is given back, unless its time was over before.
    async fn refused(&self, tx: &mut Tx, row: &OfferRow, found: Vec<Refusal>) -> Result<Accepted> {
        if found.contains(&Refusal::HoldExpired) {
            give_back(&self.ctx, tx, &Actor::System, &row.id, OfferState::Lapsed).await?;
            return Ok(Accepted::Over);
        }
        let actor = Actor::Citizen(self.who.clone());
        give_back(&self.ctx, tx, &actor, &row.id, OfferState::Refused).await?;
        Ok(Accepted::Refused(found))
    }

    /// The unit looks at it first: her yes asks for it, and the request has the place of the offer. She goes on waiting until the unit
    /// has said yes.
    async fn asked(
        &self,
        tx: &mut Tx,
        row: &OfferRow,
        (wait, hold, kind): (&Waiting, &Public<Hold>, &str),
        (confirmed, need): (&Confirmed, Need),
    ) -> Result<Accepted> {
        let new = NewRequest {
            asking: &self.asking,
            ctx: &self.ctx,
            who: &self.who,
            hold,
            inmate: &wait.inmate,
            unit: &wait.unit,
            kind,
        };
        if let Err(refusal) = new.save(tx, confirmed, need).await? {
            return self.refused(tx, row, vec![refusal]).await;
        }
        close(tx, &row.id, OfferState::Withdrawn, self.now).await?;
        Ok(Accepted::Asked(self.asking.public.clone()))
    }
}

/// No to this one. `stays`: she goes on waiting, where she stands in the line. Tells whether it could still be answered; none
/// when it is not hers.
pub async fn decline(ctx: &Ctx, who: &Citizen, offer: Public<Offered>, stays: bool) -> Result<Option<bool>> {
    ctx.db.write(Decline { ctx: ctx.clone(), who: who.clone(), offer, stays }).await
}

struct Decline {
    ctx: Ctx,
    who: Citizen,
    offer: Public<Offered>,
    stays: bool,
}

impl Command for Decline {
    type Out = Option<bool>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let Some(row) = OfferRow::of(tx, &self.offer, &self.who.person).await? else { return Ok(None) };
        let actor = Actor::Citizen(self.who.clone());
        let open = row.state()? == OfferState::Open;
        if open && !row.hold()?.is_live(self.ctx.now()) {
            give_back(&self.ctx, tx, &Actor::System, &row.id, OfferState::Lapsed).await?;
            return Ok(Some(false));
        }
        if open {
            give_back(&self.ctx, tx, &actor, &row.id, OfferState::Declined).await?;
        } else if row.state()? != OfferState::Declined {
            return Ok(Some(false));
        }
        if !self.stays {
            end(&self.ctx, tx, &actor, &row.wait_id, WaitEnd::Left).await?;
        }
        Ok(Some(true))
    }
}

pub const OWN: &str = "SELECT o.id, o.public_id, o.wait_id, o.session_id, o.made_at, o.answer_by, o.state \
    FROM visit_offer o JOIN visit_wait w ON w.id = o.wait_id WHERE o.public_id = $1 AND w.person_id = $2";
/// By what it was made from: a change gives it another hold.
pub const BOOKED_FROM: &str = "SELECT public_id FROM booking WHERE draft_id = $1";
pub const WAIT: &str = "SELECT id, person_id, inmate_id, unit_id, first_day, last_day, suits, created_at FROM visit_wait \
    WHERE id = $1";
/// Neither dead holds nor the place of the offer itself count as taken.
pub const OFFERED: &str = "SELECT s.id, s.template_id, s.public_id, s.kind, s.date, s.start_minute, s.end_minute, s.starts_at, \
    s.ends_at, s.room, s.on_holidays, s.capacity, CAST(s.taken - COALESCE((SELECT SUM(h.places) FROM visit_hold h \
    WHERE h.session_id = s.id AND h.expires_at <= $1), 0) - (SELECT COUNT(*) FROM visit_offer o WHERE o.id = $2 \
    AND o.session_id = s.id AND o.state = 'open') AS BIGINT) AS taken FROM visit_session s WHERE s.id = $3";
