//! Booking a room: everything is checked again, and one write takes the place, makes the booking and leaves the letter and the
//! trace. The key of the form makes two clicks one booking.

use domain::{
    kernel::{Id, Instant, Public, Reference},
    visits::booking::{Booking, Event, Refusal, Session, SessionKind, VisitSession},
};

use super::{client, judge, notice};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Citizen, Ctx},
    custody::inmates::Inmate,
    db::{Command, Tx},
    identity::mandates::Client,
    outbox,
    rules::Rules,
    visits::booking::{
        LETTER, Letter,
        confirm::{BOOKED_BEFORE, INSERT_BOOKING, INSERT_PARTY},
        facts::From,
        hold::TAKE,
    },
};

/// The mark of a form: sent twice it is one booking.
#[derive(Debug)]
pub enum RoomKey {}

/// None: he is no client of hers.
pub type Booked = Option<std::result::Result<Public<Booking>, Vec<Refusal>>>;

pub async fn book(
    ctx: &Ctx,
    who: &Citizen,
    inmate: &Public<Inmate>,
    session: &Public<VisitSession>,
    key: &Public<RoomKey>,
) -> Result<Booked> {
    let id: Id<Booking> = ctx.chance.id(ctx.now());
    let letter = Letter {
        booking: id.as_str().to_owned(),
        person: who.person.as_str().to_owned(),
        event: Event::Booked.code().to_owned(),
    };
    let command = Book {
        public: ctx.chance.public(),
        reference: ctx.chance.reference(),
        letter: outbox::Job::new(ctx, LETTER, &letter)?,
        entry: audit::Entry::new(ctx, &Actor::Citizen(who.clone()), "visit_booked").about("booking", &id),
        id,
        ctx: ctx.clone(),
        who: who.clone(),
        inmate: inmate.clone(),
        session: session.clone(),
        key: key.clone(),
        now: ctx.now(),
    };
    ctx.db.write(command).await
}

struct Book {
    ctx: Ctx,
    who: Citizen,
    inmate: Public<Inmate>,
    session: Public<VisitSession>,
    key: Public<RoomKey>,
    id: Id<Booking>,
    public: Public<Booking>,
    reference: Reference,
    letter: outbox::Job,
    entry: audit::Entry,
    now: Instant,
}

impl Command for Book {
    type Out = Booked;

    async fn run(&self, tx: &mut Tx) -> Result<Booked> {
        let found = client(&mut From::Tx(tx), &self.ctx, &self.who, &self.inmate, self.now).await?;
        let Some(client) = found else { return Ok(None) };
        let before: Option<(String,)> =
            tx.optional(BOOKED_BEFORE, args![&self.key, &self.who.person]).await?;
        if let Some((public,)) = before {
            return Ok(Some(Ok(Public::parse(&public).ok_or(Error::Broken("public id"))?)));
        }
        let notice = notice(&Rules::within(tx, self.now.date()).await?)?;
        let mut from = From::Tx(tx);
        let judged = judge(&mut from, &client, &self.who.person, &self.session, notice, self.now).await?;
        let Some((session, refusals)) = judged else { return Ok(Some(Err(vec![Refusal::SessionGone]))) };
        if !refusals.is_empty() {
            return Ok(Some(Err(refusals)));
        }
        self.save(tx, &client, &session).await.map(Some)
    }
}

impl Book {
    /// The session's own row is the arbiter, as it is of what families hold.
    async fn save(
        &self,
        tx: &mut Tx,
        client: &Client,
        session: &Session,
    ) -> Result<std::result::Result<Public<Booking>, Vec<Refusal>>> {
        if tx.execute(TAKE, args![1, &session.id]).await? == 0 {
            return Ok(Err(vec![Refusal::SessionGone]));
        }
        let values = args![
            &self.id,
            &self.public,
            &self.reference,
            // Nothing was drafted: the booking is its own.
            &self.id,
            &self.key,
            &self.who.person,
            &client.inmate_id,
            client.unit_id.as_deref(),
            &session.id,
            SessionKind::Lawyer.code(),
            session.date,
            session.starts_at,
            session.ends_at,
            self.now
        ];
        tx.execute(INSERT_BOOKING, values).await?;
        tx.execute(INSERT_PARTY, args![&self.id, &self.who.person, "adult"]).await?;
        self.letter.save(tx).await?;
        self.entry.save(tx).await?;
        Ok(Ok(self.public.clone()))
    }
}
