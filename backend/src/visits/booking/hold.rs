//! Holding a time. The session's own row is the sole arbiter: one conditional update, under its CHECK.

use domain::{
    access::Person,
    kernel::{Id, Instant, Public},
    visits::booking::{Hold, Refusal, Session, VisitSession, hindrances},
};

use super::{
    facts::{DraftRow, From, SESSION, SessionRow, load},
    priority,
};
use crate::{
    Error, Result, args,
    ctx::{Citizen, Ctx},
    db::{Command, Tx},
};

#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct HoldRow {
    public_id: String,
    pub session_id: String,
    made_at: i64,
    expires_at: i64,
    extended: i64,
}

impl HoldRow {
    pub async fn of(from: &mut From<'_>, draft: &str) -> Result<Option<Self>> {
        from.optional(HOLD_OF, args![draft]).await
    }

    pub fn hold(&self) -> Result<Hold> {
        Ok(Hold {
            public: Public::parse(&self.public_id).ok_or(Error::Broken("public id"))?,
            session: Id::new(self.session_id.as_str()),
            made_at: Instant(self.made_at),
            expires_at: Instant(self.expires_at),
            extended: self.extended == 1,
        })
    }
}

/// Holds a place of this session for ten minutes. Another time that was held before is given back, but only once
/// the new one is hers.
pub async fn hold(
    ctx: &Ctx,
    who: &Citizen,
    session: Public<VisitSession>,
) -> Result<std::result::Result<(), Vec<Refusal>>> {
    let (id, public, now) = (ctx.chance.id(ctx.now()), ctx.chance.public(), ctx.now());
    ctx.db.write(TakeHold { id, public, who: who.person.clone(), session, now }).await
}

struct TakeHold {
    id: Id<Hold>,
    public: Public<Hold>,
    who: Id<Person>,
    session: Public<VisitSession>,
    now: Instant,
}

impl Command for TakeHold {
    type Out = std::result::Result<(), Vec<Refusal>>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let mut from = From::Tx(tx);
        let Some(draft) = DraftRow::of(&mut from, &self.who).await? else {
            return Ok(Err(vec![Refusal::Nobody]));
        };
        let values = args![self.now, &draft.id, &draft.unit_id, &self.session];
        let Some(row) = from.optional::<SessionRow>(SESSION, values).await? else {
            return Ok(Err(vec![Refusal::SessionGone]));
        };
        let session = row.session()?;
        let first = priority::of_draft(&mut from, &draft, self.now).await?;
        let facts = load(&mut from, (&draft, self.now), (session.date, session.date), first).await?;
        let found = hindrances(&session, &facts, self.now.date(), self.now);
        if !found.is_empty() {
            return Ok(Err(found));
        }
        let current = HoldRow::of(&mut from, &draft.id).await?.map(|row| row.hold()).transpose()?;
        if current.is_some_and(|h| h.is_live(self.now) && h.session == session.id) {
            return Ok(Ok(()));
        }
        // Her own time is held without another place: it is hers already.
        let places = if facts.keeps.as_ref() == Some(&session.id) { 0 } else { 1 };
        self.take(tx, &draft.id, &session, places).await
    }
}

impl TakeHold {
    async fn take(
        &self,
        tx: &mut Tx,
        draft: &str,
        session: &Session,
        places: i64,
    ) -> Result<<Self as Command>::Out> {
        drop_dead(tx, session.id.as_str(), self.now).await?;
        if places > 0 && tx.execute(TAKE, args![places, &session.id]).await? == 0 {
            return Ok(Err(vec![Refusal::SessionGone]));
        }
        release(tx, draft).await?;
        let hold = Hold::new(self.public.clone(), session.id.clone(), self.now);
        let values =
            args![&self.id, &hold.public, draft, &hold.session, places, hold.made_at, hold.expires_at];
        tx.later(INSERT_HOLD, values).await?;
        Ok(Ok(()))
    }
}

/// The dead holds of a session are dropped and their places given back.
pub(super) async fn drop_dead(tx: &mut Tx, session: &str, now: Instant) -> Result<()> {
    let dead: Vec<(i64,)> = tx.all(DROP_DEAD_OF, args![session, now]).await?;
    let places: i64 = dead.iter().map(|(places,)| places).sum();
    if places > 0 {
        tx.later(GIVE, args![places, session]).await?;
    }
    Ok(())
}

/// What a draft holds is given back.
pub(super) async fn release(tx: &mut Tx, draft: &str) -> Result<()> {
    let held: Vec<(String, i64)> = tx.all(DROP_HOLD_OF, args![draft]).await?;
    for (session, places) in held {
        tx.later(GIVE, args![places, &session]).await?;
    }
    Ok(())
}

/// Ten minutes more, once, for the time that her page showed.
pub async fn extend_hold(
    ctx: &Ctx,
    who: &Citizen,
    hold: Public<Hold>,
) -> Result<std::result::Result<(), Refusal>> {
    ctx.db.write(Extend { who: who.person.clone(), hold, now: ctx.now() }).await
}

struct Extend {
    who: Id<Person>,
    hold: Public<Hold>,
    now: Instant,
}

impl Command for Extend {
    type Out = std::result::Result<(), Refusal>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let mut from = From::Tx(tx);
        let Some(draft) = DraftRow::of(&mut from, &self.who).await? else {
            return Ok(Err(Refusal::HoldExpired));
        };
        let Some(row) = HoldRow::of(&mut from, &draft.id).await? else {
            return Ok(Err(Refusal::HoldExpired));
        };
        let hold = row.hold()?;
        if hold.public != self.hold {
            return Ok(Err(Refusal::OtherHold));
        }
        match hold.extend(self.now) {
            Ok(hold) => {
                tx.later(EXTEND, args![hold.expires_at, &hold.public]).await?;
                Ok(Ok(()))
            }
            Err(refusal) => Ok(Err(refusal)),
        }
    }
}

pub const HOLD_OF: &str =
    "SELECT public_id, session_id, made_at, expires_at, extended FROM visit_hold WHERE draft_id = $1";
pub const DROP_DEAD_OF: &str =
    "DELETE FROM visit_hold WHERE session_id = $1 AND expires_at <= $2 RETURNING places";
pub const DROP_HOLD_OF: &str = "DELETE FROM visit_hold WHERE draft_id = $1 RETURNING session_id, places";
pub const GIVE: &str = "UPDATE visit_session SET taken = taken - $1 WHERE id = $2";
pub const TAKE: &str = "UPDATE visit_session SET taken = taken + $1 WHERE id = $2 \
    AND taken + $1 <= COALESCE(planned, capacity)";
pub const INSERT_HOLD: &str = "INSERT INTO visit_hold (id, public_id, draft_id, session_id, places, made_at, expires_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
pub const EXTEND: &str = "UPDATE visit_hold SET expires_at = $1, extended = 1 WHERE public_id = $2";
