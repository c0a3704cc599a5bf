//! Booking a room: everything is checked again, and one write takes the place, makes the booking and leaves the letter and the
//! trace. The key of the form makes two clicks one booking.

use domain::{
    access::Person,
    kernel::{Id, Instant, Public, Reference},
    visits::{
        booking::{Booking, Event, Refusal, Session, SessionKind, VisitSession, Way},
        organisations::OrganisationPerson,
    },
};

use super::{
    Entitled, Judged, bringing,
    cancel::{RoomRow, call_off, hers, judged},
    company, entitled, judge,
};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Citizen, Ctx},
    custody::inmates::Inmate,
    db::{Command, Tx},
    identity::delegates::{Act, ActDone, Acting, acted},
    rules::Rules,
    visits::booking::{
        Letter,
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

/// Which room; and the booking of hers that it takes the place of, if it does.
#[derive(Clone, Debug)]
pub struct Wish {
    pub inmate: Public<Inmate>,
    pub session: Public<VisitSession>,
    pub key: Public<RoomKey>,
    pub instead: Option<Public<Booking>>,
    /// Those of the same organisation who come along.
    pub with: Vec<Public<OrganisationPerson>>,
}

/// By a lawyer herself.
pub async fn book(
    ctx: &Ctx,
    who: &Citizen,
    inmate: &Public<Inmate>,
    session: &Public<VisitSession>,
    key: &Public<RoomKey>,
) -> Result<Booked> {
    let (inmate, session, key) = (inmate.clone(), session.clone(), key.clone());
    book_under(ctx, who.into(), Wish { inmate, session, key, instead: None, with: vec![] }).await
}

/// By her or by a delegate of hers: she is who comes, and she has the letter.
pub async fn book_under(ctx: &Ctx, acting: Acting, wish: Wish) -> Result<Booked> {
    let command = Book {
        id: ctx.chance.id(ctx.now()),
        public: ctx.chance.public(),
        reference: ctx.chance.reference(),
        ctx: ctx.clone(),
        acting,
        wish,
        now: ctx.now(),
    };
    ctx.db.write(command).await
}

/// A room that is about to be hers.
pub(super) struct NewRoom<'a> {
    pub id: &'a Id<Booking>,
    pub public: &'a Public<Booking>,
    pub reference: &'a Reference,
    /// What it came from: the same twice is one.
    pub key: &'a str,
    pub now: Instant,
}

/// Takes the place, makes the booking and leaves her letter. False: the place is taken.
pub(super) async fn put_room(
    tx: &mut Tx,
    ctx: &Ctx,
    new: &NewRoom<'_>,
    entitled: &Entitled,
    session: &Session,
) -> Result<bool> {
    if tx.execute(TAKE, args![1, &session.id]).await? == 0 {
        return Ok(false);
    }
    let (client, lawyer) = (&entitled.client, &entitled.lawyer);
    let values = args![
        new.id,
        new.public,
        new.reference,
        // Nothing was drafted: the booking is its own.
        new.id,
        new.key,
        lawyer,
        &client.inmate_id,
        client.unit_id.as_deref(),
        &session.id,
        SessionKind::Lawyer.code(),
        session.date,
        session.starts_at,
        session.ends_at,
        new.now
    ];
    tx.later(INSERT_BOOKING, values).await?;
    tx.later(INSERT_PARTY, args![new.id, lawyer, "adult"]).await?;
    if let Some(it) = &entitled.for_it {
        tx.later(FOR_IT, args![&it.organisation, new.id]).await?;
    }
    Letter::job(ctx, new.id.as_str(), lawyer.as_str(), Event::Booked)?.save(tx).await?;
    Ok(true)
}

struct Book {
    ctx: Ctx,
    acting: Acting,
    wish: Wish,
    id: Id<Booking>,
    public: Public<Booking>,
    reference: Reference,
    now: Instant,
}

impl Command for Book {
    type Out = Booked;

    async fn run(&self, tx: &mut Tx) -> Result<Booked> {
        let (ctx, wish, now) = (&self.ctx, &self.wish, self.now);
        let found = entitled(&mut From::Tx(tx), ctx, &self.acting, &wish.inmate, now).await?;
        let Some(entitled) = found else { return Ok(None) };
        let before: Option<(String,)> =
            tx.optional(BOOKED_BEFORE, args![&wish.key, &entitled.lawyer]).await?;
        if let Some((public,)) = before {
            return Ok(Some(Ok(Public::parse(&public).ok_or(Error::Broken("public id"))?)));
        }
        let old = match &wish.instead {
            Some(public) => match hers(&mut From::Tx(tx), &entitled, public).await? {
                Some(old) if judged(&old, now).is_ok() => Some(old),
                Some(_) => return Ok(Some(Err(vec![Refusal::Started]))),
                None => return Ok(None),
            },
            None => None,
        };
        let rules = Rules::within(tx, now.date()).await?;
        let instead = old.as_ref().map(|old| old.id.as_str());
        let at = (entitled.notice(&rules)?, now);
        let judged = judge(&mut From::Tx(tx), &entitled, &wish.session, instead, at).await?;
        let Some(Judged { session, refusals, .. }) = judged else {
            return Ok(Some(Err(vec![Refusal::SessionGone])));
        };
        if !refusals.is_empty() {
            return Ok(Some(Err(refusals)));
        }
        let chosen = (&session, &wish.with[..]);
        let company = company::judged(&mut From::Tx(tx), (&entitled, instead), chosen, &rules).await?;
        match company {
            Ok(company) => self.save(tx, &entitled, &session, (old, &company)).await.map(Some),
            Err(refusals) => Ok(Some(Err(refusals))),
        }
    }
}

impl Book {
    /// The session's own row is the arbiter, as it is of what families hold.
    async fn save(
        &self,
        tx: &mut Tx,
        entitled: &Entitled,
        session: &Session,
        (old, company): (Option<RoomRow>, &[Id<Person>]),
    ) -> Result<std::result::Result<Public<Booking>, Vec<Refusal>>> {
        let new = NewRoom {
            id: &self.id,
            public: &self.public,
            reference: &self.reference,
            key: self.wish.key.as_str(),
            now: self.now,
        };
        if !put_room(tx, &self.ctx, &new, entitled, session).await? {
            return Ok(Err(vec![Refusal::SessionGone]));
        }
        let actor = Actor::Citizen(self.acting.who.clone());
        company::put(tx, (&self.ctx, &actor), &self.id, company).await?;
        if let Some(old) = old {
            // There is no gate before a screen or a telephone: what was to come along has lapsed with the old one.
            if session.way == Way::Room && entitled.for_it.is_none() {
                bringing::carry(tx, &self.ctx, (&self.acting, entitled), (&old.id, &self.id)).await?;
            }
            call_off(tx, &self.ctx, &self.acting, entitled, &old).await?;
        }
        self.trace(tx, entitled).await?;
        Ok(Ok(self.public.clone()))
    }

    async fn trace(&self, tx: &mut Tx, entitled: &Entitled) -> Result<()> {
        let (ctx, booking) = (&self.ctx, self.id.as_str());
        let actor = Actor::Citizen(self.acting.who.clone());
        let mut entry = audit::Entry::new(ctx, &actor, "visit_booked").about("booking", &self.id);
        if let Some(under) = &entitled.under {
            entry = entry.detail(entitled.for_her());
            let (inmate, what) = (entitled.client.inmate_id.as_str(), ActDone::Booked);
            acted(tx, ctx, Act { under, inmate, booking, what }).await?;
        }
        entry.save(tx).await
    }
}

pub const FOR_IT: &str = "UPDATE booking SET organisation_id = $1 WHERE id = $2";
