//! Confirming: everything is checked again, every refusal told together, and one write makes the booking, drops the
//! draft, and leaves the letter and the trace. Saying it twice gives the same booking.

use domain::{
    access::Person,
    kernel::{Id, Instant, Public, Reference},
    visits::booking::{self, Booking, Confirmed, Event, Held, Hold, Refusal, Session},
};

use super::{
    LETTER, Letter,
    draft::{CLEAR_PARTY, DROP_DRAFT},
    facts::{DraftRow, From, SESSION_BY_ID, SessionRow, load},
    hold::HoldRow,
};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Citizen, Ctx},
    db::{Command, Tx},
    outbox,
};

/// `asked` is the hold that her page showed: a time chosen since in another window is not booked in its place.
pub async fn confirm(
    ctx: &Ctx,
    who: &Citizen,
    asked: Public<Hold>,
) -> Result<std::result::Result<Public<Booking>, Vec<Refusal>>> {
    let id: Id<Booking> = ctx.chance.id(ctx.now());
    let letter = Letter {
        booking: id.as_str().to_owned(),
        person: who.person.as_str().to_owned(),
        event: Event::Booked.code().to_owned(),
    };
    let command = Confirm {
        public: ctx.chance.public(),
        reference: ctx.chance.reference(),
        who: who.person.clone(),
        asked,
        now: ctx.now(),
        letter: outbox::Job::new(ctx, LETTER, &letter)?,
        entry: audit::Entry::new(ctx, &Actor::Citizen(who.clone()), "visit_booked").about("booking", &id),
        id,
    };
    ctx.db.write(command).await
}

struct Confirm {
    id: Id<Booking>,
    public: Public<Booking>,
    reference: Reference,
    who: Id<Person>,
    asked: Public<Hold>,
    now: Instant,
    letter: outbox::Job,
    entry: audit::Entry,
}

impl Command for Confirm {
    type Out = std::result::Result<Public<Booking>, Vec<Refusal>>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        match self.judge(tx).await? {
            Ok((draft, held, confirmed)) => self.save(tx, &draft, &held, confirmed).await.map(Ok),
            Err(refusals) => Ok(self.booked_before(tx).await?.ok_or(refusals)),
        }
    }
}

impl Confirm {
    async fn judge(
        &self,
        tx: &mut Tx,
    ) -> Result<std::result::Result<(DraftRow, Held, Confirmed), Vec<Refusal>>> {
        let mut from = From::Tx(tx);
        let Some(draft) = DraftRow::of(&mut from, &self.who).await? else {
            return Ok(Err(vec![Refusal::HoldExpired]));
        };
        let held = self.held(&mut from, &draft).await?;
        let Some(date) = held.session.as_ref().map(|s| s.date) else {
            return Ok(Err(vec![Refusal::HoldExpired]));
        };
        let facts = load(&mut from, &draft, date, date).await?;
        Ok(booking::confirm(&held, &facts, self.now).map(|confirmed| (draft, held, confirmed)))
    }

    /// What the first of two clicks has made. Its hold went with it, so that this is asked only after a refusal; asked
    /// before, it would lie in the way of everybody who confirms at the same moment.
    async fn booked_before(&self, tx: &mut Tx) -> Result<Option<Public<Booking>>> {
        let found: Option<(String,)> = tx.optional(BOOKED_BEFORE, args![&self.asked, &self.who]).await?;
        found.map(|(public,)| Public::parse(&public).ok_or(Error::Broken("public id"))).transpose()
    }

    async fn held(&self, from: &mut From<'_>, draft: &DraftRow) -> Result<Held> {
        let hold = HoldRow::of(from, &draft.id).await?;
        let session: Option<Session> = match &hold {
            Some(hold) => {
                let values = args![self.now, &draft.id, &hold.session_id];
                from.optional::<SessionRow>(SESSION_BY_ID, values)
                    .await?
                    .map(SessionRow::session)
                    .transpose()?
            }
            None => None,
        };
        Ok(Held { asked: self.asked.clone(), now: hold.map(|h| h.hold()).transpose()?, session })
    }

    /// The hold goes first: of two confirmations at once the second one meets its row. Its place stays taken.
    async fn save(
        &self,
        tx: &mut Tx,
        draft: &DraftRow,
        held: &Held,
        c: Confirmed,
    ) -> Result<Public<Booking>> {
        tx.execute(USE_HOLD, args![&self.asked]).await?;
        tx.execute(CLEAR_PARTY, args![&draft.id]).await?;
        tx.execute(DROP_DRAFT, args![&draft.id]).await?;
        let kind = held.session.as_ref().map(|s| s.kind.code());
        let values = args![
            &self.id,
            &self.public,
            &self.reference,
            &draft.id,
            &self.asked,
            &self.who,
            &draft.inmate_id,
            &draft.unit_id,
            &c.session,
            kind,
            c.date,
            c.starts_at,
            c.ends_at,
            self.now
        ];
        tx.execute(INSERT_BOOKING, values).await?;
        for (person, role) in &c.party {
            tx.execute(INSERT_PARTY, args![&self.id, person, role.code()]).await?;
        }
        self.letter.save(tx).await?;
        self.entry.save(tx).await?;
        Ok(self.public.clone())
    }
}

pub const BOOKED_BEFORE: &str = "SELECT public_id FROM booking WHERE hold_public_id = $1 AND person_id = $2";
pub const USE_HOLD: &str = "DELETE FROM visit_hold WHERE public_id = $1";
pub const INSERT_BOOKING: &str = "INSERT INTO booking (id, public_id, reference, draft_id, hold_public_id, person_id, \
    inmate_id, unit_id, session_id, kind, date, starts_at, ends_at, booked_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
pub const INSERT_PARTY: &str = "INSERT INTO booking_party (booking_id, person_id, role) VALUES ($1, $2, $3)";
