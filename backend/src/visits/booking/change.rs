//! Changing a visit: a draft that is to take its place, with its people and its own time chosen beforehand. Until that is
//! confirmed nothing of the visit is touched.

use domain::{
    access::Person,
    kernel::{CivilDate, Clock, Id, Instant, Public},
    visits::booking::{
        Booking, BookingDraft, CancelRefusal, Changing, Confirmed, Makes, VisitSession, may_change,
    },
};

use super::{
    cancel::Target,
    draft::drop_draft,
    facts::{DraftRow, From},
    hold::GIVE,
    joining, waiting,
};
use crate::{
    Error, Result, args,
    ctx::{Actor, Citizen, Ctx},
    db::{Command, Tx},
    visits::keeping::DROP_DELAY,
};

/// The visit that is being changed, as pages show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangingView {
    pub public: Public<Booking>,
    pub session: Public<VisitSession>,
    pub date: CivilDate,
    pub start: Clock,
    pub end: Clock,
    /// False once it has begun or is cancelled: then there is nothing to change any more.
    pub open: bool,
}

/// Begins it; another draft of hers is dropped. Said twice it goes on with what was begun. None when it is not hers, or a
/// lawyer's: hers are booked by the client.
pub async fn begin_change(
    ctx: &Ctx,
    who: &Citizen,
    target: Target,
) -> Result<Option<std::result::Result<(), CancelRefusal>>> {
    let (id, now) = (ctx.chance.id(ctx.now()), ctx.now());
    ctx.db.write(Begin { id, who: who.person.clone(), target, now }).await
}

struct Begin {
    id: Id<BookingDraft>,
    who: Id<Person>,
    target: Target,
    now: Instant,
}

#[derive(sqlx::FromRow)]
pub(super) struct OwnRow {
    pub id: String,
    inmate_id: String,
    pub unit_id: String,
    pub state: String,
    pub starts_at: i64,
    version: i64,
    pub has_come: i64,
}

impl Command for Begin {
    type Out = Option<std::result::Result<(), CancelRefusal>>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let row: Option<OwnRow> = tx.optional(TO_CHANGE, args![&self.target.public, &self.who]).await?;
        let Some(row) = row else { return Ok(None) };
        let (booked, come) = (row.state == "booked", row.has_come == 1);
        if let Err(refusal) = may_change(booked, come, Instant(row.starts_at), self.now) {
            return Ok(Some(Err(refusal)));
        }
        if row.version != self.target.version {
            return Ok(Some(Err(CancelRefusal::Stale)));
        }
        if let Some(known) = DraftRow::of(&mut From::Tx(tx), &self.who).await? {
            if known.changes.as_ref() == Some(&row.id) {
                return Ok(Some(Ok(())));
            }
            drop_draft(tx, &known.id).await?;
        }
        let values = args![&self.id, &self.who, &row.inmate_id, &row.unit_id, self.now, &row.id];
        tx.later(INSERT_CHANGE, values).await?;
        tx.later(COPY_PARTY, args![&self.id, &row.id]).await?;
        Ok(Some(Ok(())))
    }
}

/// The visit whose place a draft is to take, inside the transaction that confirms it.
pub(super) struct Old {
    pub id: Id<Booking>,
    pub public: Public<Booking>,
    pub now: Changing,
    date: String,
    ends_at: i64,
}

#[derive(sqlx::FromRow)]
struct OldRow {
    public_id: String,
    session_id: String,
    date: String,
    starts_at: i64,
    ends_at: i64,
    state: String,
    has_come: i64,
}

impl Old {
    pub async fn of(from: &mut From<'_>, draft: &DraftRow) -> Result<Option<Self>> {
        let Some(booking) = &draft.changes else { return Ok(None) };
        let row: Option<OldRow> = from.optional(OLD, args![booking]).await?;
        let Some(row) = row else { return Ok(None) };
        let party: Vec<(String,)> = from.all(PARTY_IDS, args![booking]).await?;
        Ok(Some(Self {
            id: Id::new(booking.as_str()),
            public: Public::parse(&row.public_id).ok_or(Error::Broken("public id"))?,
            now: Changing {
                is_booked: row.state == "booked",
                has_come: row.has_come == 1,
                session: Id::new(row.session_id),
                starts_at: Instant(row.starts_at),
                party: party.into_iter().map(|(person,)| Id::new(person)).collect(),
            },
            date: row.date,
            ends_at: row.ends_at,
        }))
    }

    /// She confirmed what she has: a second click finds it.
    pub async fn keep(&self, tx: &mut Tx, hold: &str) -> Result<()> {
        tx.later(KEEP, args![&self.id, hold]).await
    }

    /// Its place goes to others in the moment in which she has the new one; what she told the gate of its day is void.
    pub async fn replace(
        &self,
        tx: &mut Tx,
        (ctx, actor): (&Ctx, &Actor),
        (hold, kind): (&str, &str),
        c: &Confirmed,
    ) -> Result<()> {
        if c.makes == Makes::AnotherTime {
            tx.later(GIVE, args![1, &self.now.session]).await?;
            let id: Id<()> = ctx.chance.id(ctx.now());
            let values = args![&id, &self.id, &self.date, self.now.starts_at, self.ends_at, ctx.now()];
            tx.later(KEEP_OLD_TIME, values).await?;
            tx.later(DROP_DELAY, args![&self.id]).await?;
            joining::moved(ctx, tx, actor, &self.id).await?;
        }
        let values = args![&self.id, &c.session, kind, c.date, c.starts_at, c.ends_at, hold];
        tx.later(CHANGE, values).await?;
        tx.later(DROP_OWN_PARTY, args![&self.id]).await?;
        if c.makes == Makes::AnotherTime {
            waiting::pass_on(ctx, tx, self.now.session.as_str()).await?;
        }
        Ok(())
    }
}

pub const TO_CHANGE: &str = "SELECT b.id, b.inmate_id, b.unit_id, b.state, b.starts_at, b.version, CAST(CASE WHEN EXISTS \
    (SELECT 1 FROM visit_mark m WHERE m.booking_id = b.id AND m.undone_at IS NULL) THEN 1 ELSE 0 END AS BIGINT) AS has_come \
    FROM booking b WHERE b.public_id = $1 AND b.person_id = $2 AND b.kind <> 'lawyer'";
pub const INSERT_CHANGE: &str = "INSERT INTO booking_draft (id, person_id, inmate_id, unit_id, updated_at, changes) \
    VALUES ($1, $2, $3, $4, $5, $6)";
pub const COPY_PARTY: &str = "INSERT INTO booking_draft_party (draft_id, person_id, child) SELECT $1, p.person_id, \
    CAST(CASE p.role WHEN 'child' THEN 1 ELSE 0 END AS BIGINT) FROM booking_party p WHERE p.booking_id = $2 \
    AND NOT EXISTS (SELECT 1 FROM visit_invitation i WHERE i.booking_id = p.booking_id AND i.guest_id = p.person_id AND i.state = 'coming')";
pub const OLD: &str = "SELECT b.public_id, b.session_id, b.date, b.starts_at, b.ends_at, b.state, CAST(CASE WHEN EXISTS \
    (SELECT 1 FROM visit_mark m WHERE m.booking_id = b.id AND m.undone_at IS NULL) THEN 1 ELSE 0 END AS BIGINT) AS has_come \
    FROM booking b WHERE b.id = $1";
/// Without the adults who said yes themselves: they are no part of what is chosen here.
pub const PARTY_IDS: &str = "SELECT p.person_id FROM booking_party p WHERE p.booking_id = $1 AND NOT EXISTS (SELECT 1 \
    FROM visit_invitation i WHERE i.booking_id = p.booking_id AND i.guest_id = p.person_id AND i.state = 'coming')";
pub const DROP_OWN_PARTY: &str = "DELETE FROM booking_party WHERE booking_id = $1 AND person_id NOT IN (SELECT i.guest_id \
    FROM visit_invitation i WHERE i.booking_id = $1 AND i.state = 'coming')";
pub const KEEP_OLD_TIME: &str = "INSERT INTO booking_change (id, booking_id, date, starts_at, ends_at, at) VALUES ($1, $2, $3, $4, $5, $6)";
pub const CHANGE: &str = "UPDATE booking SET session_id = $2, kind = $3, date = $4, starts_at = $5, ends_at = $6, \
    hold_public_id = $7, version = version + 1 WHERE id = $1 AND state = 'booked'";
pub const KEEP: &str = "UPDATE booking SET hold_public_id = $2 WHERE id = $1";
