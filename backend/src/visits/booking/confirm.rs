//! Confirming: everything is checked again, every refusal told together, and one write makes the booking, drops the
//! draft, and leaves the letter and the trace. Saying it twice gives the same booking. A draft that changes a visit changes
//! its row: reference, address and calendar entry stay the same.

use domain::{
    access::Person,
    kernel::{Id, Instant, Public, Reference},
    visits::booking::{self, Booking, Confirmed, Event, Facts, Held, Hold, Makes, Refusal, Session},
};

use super::{
    Letter,
    change::Old,
    draft::{CLEAR_PARTY, DROP_DRAFT},
    facts::{DraftRow, From, SESSION_BY_ID, SessionRow, load},
    hold::HoldRow,
    priority,
};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Citizen, Ctx},
    db::{Command, Tx},
};

/// `asked` is the hold that her page showed: a time chosen since in another window is not booked in its place.
pub async fn confirm(
    ctx: &Ctx,
    who: &Citizen,
    asked: Public<Hold>,
) -> Result<std::result::Result<Public<Booking>, Vec<Refusal>>> {
    let command = Confirm {
        id: ctx.chance.id(ctx.now()),
        public: ctx.chance.public(),
        reference: ctx.chance.reference(),
        ctx: ctx.clone(),
        who: who.clone(),
        asked,
        now: ctx.now(),
    };
    ctx.db.write(command).await
}

struct Confirm {
    id: Id<Booking>,
    public: Public<Booking>,
    reference: Reference,
    ctx: Ctx,
    who: Citizen,
    asked: Public<Hold>,
    now: Instant,
}

/// What was found in the transaction.
struct Found {
    draft: DraftRow,
    held: Held,
    old: Option<Old>,
    confirmed: Confirmed,
}

impl Command for Confirm {
    type Out = std::result::Result<Public<Booking>, Vec<Refusal>>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        match self.judge(tx).await? {
            Ok(found) => self.save(tx, &found).await.map(Ok),
            Err(refusals) => Ok(self.booked_before(tx).await?.ok_or(refusals)),
        }
    }
}

impl Confirm {
    async fn judge(&self, tx: &mut Tx) -> Result<std::result::Result<Found, Vec<Refusal>>> {
        let Some(judged) = judged(&mut From::Tx(tx), &self.who, &self.asked, self.now).await? else {
            return Ok(Err(vec![Refusal::HoldExpired]));
        };
        let Judged { draft, held, old, facts } = judged;
        let decided = booking::confirm(&held, &facts, self.now);
        Ok(decided.map(|confirmed| Found { draft, held, old, confirmed }))
    }

    /// What the first of two clicks has made. Its hold went with it, so that this is asked only after a refusal; asked
    /// before, it would lie in the way of everybody who confirms at the same moment.
    async fn booked_before(&self, tx: &mut Tx) -> Result<Option<Public<Booking>>> {
        let found: Option<(String,)> =
            tx.optional(BOOKED_BEFORE, args![&self.asked, &self.who.person]).await?;
        found.map(|(public,)| Public::parse(&public).ok_or(Error::Broken("public id"))).transpose()
    }

    /// The hold goes first: of two confirmations at once the second one meets its row. Its place stays taken.
    async fn save(&self, tx: &mut Tx, found: &Found) -> Result<Public<Booking>> {
        tx.later(USE_HOLD, args![&self.asked]).await?;
        tx.later(CLEAR_PARTY, args![&found.draft.id]).await?;
        tx.later(DROP_DRAFT, args![&found.draft.id]).await?;
        let kind = found.held.session.as_ref().map(|s| s.kind.code()).unwrap_or_default();
        let (c, hold) = (&found.confirmed, self.asked.to_string());
        let Some(old) = &found.old else {
            let actor = Actor::Citizen(self.who.clone());
            self.new_visit(&actor, &found.draft, kind).save(tx, c).await?;
            return Ok(self.public.clone());
        };
        if c.makes == Makes::Nothing {
            old.keep(tx, &hold).await?;
        } else {
            let actor = Actor::Citizen(self.who.clone());
            old.replace(tx, (&self.ctx, &actor), (&hold, kind), c).await?;
            let whose = (&actor, &self.who.person);
            tell(tx, &self.ctx, whose, &old.id, c, (Event::Changed, "visit_changed")).await?;
        }
        Ok(old.public.clone())
    }

    fn new_visit<'a>(&'a self, actor: &'a Actor, draft: &'a DraftRow, kind: &'a str) -> NewVisit<'a> {
        NewVisit {
            ctx: &self.ctx,
            actor,
            person: &self.who.person,
            ids: (&self.id, &self.public, &self.reference),
            draft: &draft.id,
            hold: &self.asked,
            inmate: &draft.inmate_id,
            unit: &draft.unit_id,
            kind,
            now: self.now,
        }
    }
}

/// What decides about the time that a draft holds.
pub(super) struct Judged {
    pub draft: DraftRow,
    pub held: Held,
    pub old: Option<Old>,
    pub facts: Facts,
}

/// None: nothing is held any more.
pub(super) async fn judged(
    from: &mut From<'_>,
    who: &Citizen,
    asked: &Public<Hold>,
    now: Instant,
) -> Result<Option<Judged>> {
    let Some(draft) = DraftRow::of(from, &who.person).await? else { return Ok(None) };
    let old = Old::of(from, &draft).await?;
    let held = held(from, &draft, (asked, old.as_ref()), now).await?;
    let Some(date) = held.session.as_ref().map(|s| s.date) else { return Ok(None) };
    let first = priority::of_draft(from, &draft, now).await?;
    let facts = load(from, (&draft, now), (date, date), first).await?;
    Ok(Some(Judged { draft, held, old, facts }))
}

async fn held(
    from: &mut From<'_>,
    draft: &DraftRow,
    (asked, old): (&Public<Hold>, Option<&Old>),
    now: Instant,
) -> Result<Held> {
    let hold = HoldRow::of(from, &draft.id).await?;
    let session: Option<Session> = match &hold {
        Some(hold) => {
            let values = args![now, &draft.id, &hold.session_id];
            from.optional::<SessionRow>(SESSION_BY_ID, values).await?.map(SessionRow::session).transpose()?
        }
        None => None,
    };
    let changes = old.map(|old| old.now.clone());
    Ok(Held { asked: asked.clone(), now: hold.map(|h| h.hold()).transpose()?, session, changes })
}

/// A visit that was not there before, chosen by her, offered to her or asked for. A held place becomes its place.
pub(super) struct NewVisit<'a> {
    pub ctx: &'a Ctx,
    /// Whoever said the last yes.
    pub actor: &'a Actor,
    pub person: &'a Id<Person>,
    pub ids: (&'a Id<Booking>, &'a Public<Booking>, &'a Reference),
    /// What makes it one booking however often it is said.
    pub draft: &'a str,
    pub hold: &'a Public<Hold>,
    pub inmate: &'a str,
    pub unit: &'a str,
    pub kind: &'a str,
    pub now: Instant,
}

impl NewVisit<'_> {
    pub async fn save(&self, tx: &mut Tx, c: &Confirmed) -> Result<()> {
        let (id, public, reference) = self.ids;
        let values = args![
            id,
            public,
            reference,
            self.draft,
            self.hold,
            self.person,
            self.inmate,
            self.unit,
            &c.session,
            self.kind,
            c.date,
            c.starts_at,
            c.ends_at,
            self.now
        ];
        tx.later(INSERT_BOOKING, values).await?;
        tell(tx, self.ctx, (self.actor, self.person), id, c, (Event::Booked, "visit_booked")).await
    }
}

/// Who comes, the letter and the trace.
async fn tell(
    tx: &mut Tx,
    ctx: &Ctx,
    (actor, who): (&Actor, &Id<Person>),
    id: &Id<Booking>,
    c: &Confirmed,
    (event, action): (Event, &'static str),
) -> Result<()> {
    for (person, role) in &c.party {
        tx.later(INSERT_PARTY, args![id, person, role.code()]).await?;
    }
    Letter::job(ctx, id.as_str(), who.as_str(), event)?.save(tx).await?;
    audit::Entry::new(ctx, actor, action).about("booking", id).save(tx).await
}

pub const BOOKED_BEFORE: &str = "SELECT public_id FROM booking WHERE hold_public_id = $1 AND person_id = $2";
pub const USE_HOLD: &str = "DELETE FROM visit_hold WHERE public_id = $1";
pub const INSERT_BOOKING: &str = "INSERT INTO booking (id, public_id, reference, draft_id, hold_public_id, person_id, \
    inmate_id, unit_id, session_id, kind, date, starts_at, ends_at, booked_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
/// Whoever comes along by a yes of their own is there already.
pub const INSERT_PARTY: &str = "INSERT INTO booking_party (booking_id, person_id, role) VALUES ($1, $2, $3) \
    ON CONFLICT (booking_id, person_id) DO NOTHING";
