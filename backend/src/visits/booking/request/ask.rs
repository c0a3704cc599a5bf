//! Asking: the held time becomes a request, the draft is gone. Asked twice it is one.

use domain::{
    access::Person,
    kernel::{Id, Instant, Public, Reference},
    visits::booking::{self, Confirmed, Hold, Need, Refusal, request::VisitRequest},
};

use super::{
    super::{
        confirm::{Judged, USE_HOLD, judged},
        draft::{CLEAR_PARTY, DROP_DRAFT},
        facts::From,
    },
    rules_of,
};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Citizen, Ctx},
    db::{Command, Tx},
    rules::Rules,
};

/// What the last step will do with what she holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreseen {
    Booked,
    /// She asks, and is answered by then.
    Asked {
        until: Instant,
    },
    /// The unit has to say yes, and there is no time left for it.
    Late,
    /// The unit has to say yes to this change: she keeps what she has, or cancels it and asks.
    Kept,
}

/// For the page before the last step. What stands in the way besides is told when she goes on.
pub async fn foreseen(ctx: &Ctx, who: &Citizen, asked: &Public<Hold>) -> Result<Foreseen> {
    let (mut from, now) = (From::Db(&ctx.db), ctx.now());
    let Some(found) = judged(&mut from, who, asked, now).await? else { return Ok(Foreseen::Booked) };
    let Some(session) = &found.held.session else { return Ok(Foreseen::Booked) };
    if found.old.is_some() {
        let kept = booking::confirm(&found.held, &found.facts, now) == Err(vec![Refusal::NeedsApproval]);
        return Ok(if kept { Foreseen::Kept } else { Foreseen::Booked });
    }
    if found.facts.needs_approval(session.date).is_none() {
        return Ok(Foreseen::Booked);
    }
    let until = rules_of(&Rules::on(&ctx.db, now.date()).await?)?.answer_by(session.starts_at, now);
    Ok(until.map_or(Foreseen::Late, |until| Foreseen::Asked { until }))
}

/// `asked` is the hold that her page showed. Refused without a word: the unit need not look at it any more, and it can be booked.
pub async fn ask(
    ctx: &Ctx,
    who: &Citizen,
    asked: Public<Hold>,
) -> Result<std::result::Result<Public<VisitRequest>, Vec<Refusal>>> {
    let command = Ask { new: Asking::new(ctx), ctx: ctx.clone(), who: who.clone(), asked, now: ctx.now() };
    ctx.db.write(command).await
}

/// Drawn before the command runs.
pub(in crate::visits::booking) struct Asking {
    id: Id<VisitRequest>,
    pub public: Public<VisitRequest>,
    reference: Reference,
}

impl Asking {
    pub fn new(ctx: &Ctx) -> Self {
        Self { id: ctx.chance.id(ctx.now()), public: ctx.chance.public(), reference: ctx.chance.reference() }
    }
}

struct Ask {
    new: Asking,
    ctx: Ctx,
    who: Citizen,
    asked: Public<Hold>,
    now: Instant,
}

impl Command for Ask {
    type Out = std::result::Result<Public<VisitRequest>, Vec<Refusal>>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        match self.judge(tx).await? {
            Ok((found, confirmed, need)) => self.save(tx, &found, &confirmed, need).await,
            Err(refusals) => Ok(asked_before(tx, &self.asked, &self.who.person).await?.ok_or(refusals)),
        }
    }
}

impl Ask {
    async fn judge(
        &self,
        tx: &mut Tx,
    ) -> Result<std::result::Result<(Judged, Confirmed, Need), Vec<Refusal>>> {
        let Some(found) = judged(&mut From::Tx(tx), &self.who, &self.asked, self.now).await? else {
            return Ok(Err(vec![Refusal::HoldExpired]));
        };
        let confirmed = match booking::approve(&found.held, &found.facts, self.now) {
            Ok(confirmed) => confirmed,
            Err(refusals) => return Ok(Err(refusals)),
        };
        if found.old.is_some() {
            return Ok(Err(vec![Refusal::NeedsApproval]));
        }
        let need = found.facts.needs_approval(confirmed.date);
        Ok(need.map(|need| (found, confirmed, need)).ok_or_else(Vec::new))
    }

    /// The hold goes first, as when a visit is confirmed. Its place stays taken.
    async fn save(
        &self,
        tx: &mut Tx,
        found: &Judged,
        confirmed: &Confirmed,
        need: Need,
    ) -> Result<<Self as Command>::Out> {
        let draft = &found.draft;
        let kind = found.held.session.as_ref().map(|s| s.kind.code()).unwrap_or_default();
        let new = NewRequest {
            asking: &self.new,
            ctx: &self.ctx,
            who: &self.who,
            hold: &self.asked,
            inmate: &draft.inmate_id,
            unit: &draft.unit_id,
            kind,
        };
        if let Err(refusal) = new.save(tx, confirmed, need).await? {
            return Ok(Err(vec![refusal]));
        }
        tx.later(USE_HOLD, args![&self.asked]).await?;
        tx.later(CLEAR_PARTY, args![&draft.id]).await?;
        tx.later(DROP_DRAFT, args![&draft.id]).await?;
        Ok(Ok(self.new.public.clone()))
    }
}

/// What the first of two clicks has asked for, from this hold or offer of hers.
pub(in crate::visits::booking) async fn asked_before<T>(
    tx: &mut Tx,
    held: &Public<T>,
    person: &Id<Person>,
) -> Result<Option<Public<VisitRequest>>> {
    let found: Option<(String,)> = tx.optional(ASKED_BEFORE, args![held, person]).await?;
    found.map(|(public,)| Public::parse(&public).ok_or(Error::Broken("public id"))).transpose()
}

/// One that was not there before, from a hold of hers or an offer to her, whose place it takes over.
pub(in crate::visits::booking) struct NewRequest<'a> {
    pub asking: &'a Asking,
    pub ctx: &'a Ctx,
    pub who: &'a Citizen,
    pub hold: &'a Public<Hold>,
    pub inmate: &'a str,
    pub unit: &'a str,
    pub kind: &'a str,
}

impl NewRequest<'_> {
    pub async fn save(
        &self,
        tx: &mut Tx,
        c: &Confirmed,
        need: Need,
    ) -> Result<std::result::Result<(), Refusal>> {
        let (now, person): (_, &Id<Person>) = (self.ctx.now(), &self.who.person);
        let rules = rules_of(&Rules::within(tx, now.date()).await?)?;
        let Some(until) = rules.answer_by(c.starts_at, now) else { return Ok(Err(Refusal::RequestLate)) };
        // Whoever asks need not come herself.
        if tx.optional::<(String,)>(OPEN_OF, args![person, self.inmate]).await?.is_some() {
            return Ok(Err(Refusal::RequestOpen));
        }
        let Asking { id, public, reference } = self.asking;
        let values = args![
            id,
            public,
            reference,
            self.hold,
            person,
            self.inmate,
            self.unit,
            &c.session,
            self.kind,
            c.date,
            c.starts_at,
            c.ends_at,
            need.code(),
            now,
            until
        ];
        tx.later(INSERT, values).await?;
        for (guest, role) in &c.party {
            tx.later(INSERT_PARTY, args![id, guest, i64::from(role.code() == "child")]).await?;
        }
        let entry = audit::Entry::new(self.ctx, &Actor::Citizen(self.who.clone()), "visit_requested");
        entry.about("visit_request", id).because(need.code()).save(tx).await.map(Ok)
    }
}

pub const ASKED_BEFORE: &str =
    "SELECT public_id FROM visit_request WHERE hold_public_id = $1 AND person_id = $2";
pub const OPEN_OF: &str =
    "SELECT id FROM visit_request WHERE person_id = $1 AND inmate_id = $2 AND state = 'open'";
pub const INSERT: &str = "INSERT INTO visit_request (id, public_id, reference, hold_public_id, person_id, inmate_id, unit_id, \
    session_id, kind, date, starts_at, ends_at, why, asked_at, expires_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
pub const INSERT_PARTY: &str =
    "INSERT INTO visit_request_party (request_id, person_id, child) VALUES ($1, $2, $3)";
