//! Everything that decides about a time, loaded for a draft and a span of days: by a page from the database, by a
//! command inside its transaction, with the same statements.

use domain::{
    access::{Person, Unit},
    kernel::{CivilDate, Clock, Id, Instant, Public},
    visits::booking::{Facts, HeldFor, Restriction, Session, SessionKind, Visit, Way},
};

use super::{
    Inmate, Priority,
    known::{Known, company_visits, known},
};
use crate::{
    Error, Result, args,
    db::{Db, Record, Tx, Value},
    visits::sessions::rows::date,
};

/// Where rows are read from.
pub(in crate::visits) enum From<'a> {
    Db(&'a Db),
    Tx(&'a mut Tx),
}

impl From<'_> {
    pub async fn all<R: Record>(&mut self, sql: &'static str, args: Vec<Value>) -> Result<Vec<R>> {
        match self {
            Self::Db(db) => db.all(sql, args).await,
            Self::Tx(tx) => tx.all(sql, args).await,
        }
    }

    pub async fn optional<R: Record>(&mut self, sql: &'static str, args: Vec<Value>) -> Result<Option<R>> {
        match self {
            Self::Db(db) => db.optional(sql, args).await,
            Self::Tx(tx) => tx.optional(sql, args).await,
        }
    }
}

/// A draft's row: whom, where.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct DraftRow {
    pub id: String,
    pub inmate_id: String,
    pub unit_id: String,
    /// The booking that this one is to take the place of.
    pub changes: Option<String>,
}

impl DraftRow {
    pub fn inmate(&self) -> Id<Inmate> {
        Id::new(self.inmate_id.as_str())
    }

    pub fn unit(&self) -> Id<Unit> {
        Id::new(self.unit_id.as_str())
    }

    pub fn whose(&self, now: Instant) -> Whose<'_> {
        Whose {
            inmate: &self.inmate_id,
            unit: &self.unit_id,
            party: &self.id,
            known: KNOWN,
            changes: self.changes.as_deref(),
            now,
        }
    }

    pub async fn of(from: &mut From<'_>, person: &Id<Person>) -> Result<Option<Self>> {
        from.optional(DRAFT, args![person]).await
    }
}

#[derive(sqlx::FromRow)]
pub(super) struct VisitRow {
    id: String,
    ours: i64,
    same_inmate: i64,
    kind: String,
    date: String,
    starts_at: i64,
    ends_at: i64,
}

#[derive(sqlx::FromRow)]
pub(super) struct SessionRow {
    id: String,
    template_id: String,
    public_id: String,
    kind: String,
    date: String,
    start_minute: i64,
    end_minute: i64,
    starts_at: i64,
    ends_at: i64,
    room: String,
    on_holidays: i64,
    /// Of times of no family alone; every other is in a room.
    #[sqlx(default)]
    way: Option<String>,
    #[sqlx(default)]
    held_for: Option<String>,
    capacity: i64,
    taken: i64,
}

pub(super) fn kind(stored: &str) -> Result<SessionKind> {
    SessionKind::parse(stored).ok_or(Error::Broken("a session's kind"))
}

pub(super) fn way(stored: &str) -> Result<Way> {
    Way::parse(stored).ok_or(Error::Broken("how a lawyer meets her client"))
}

pub(super) fn held_for(stored: &str) -> Result<HeldFor> {
    HeldFor::parse(stored).ok_or(Error::Broken("for whom a time is"))
}

pub(super) fn wall(minutes: i64) -> Result<Clock> {
    u16::try_from(minutes).map(Clock).map_err(|_| Error::Broken("a clock time"))
}

impl SessionRow {
    pub fn session(self) -> Result<Session> {
        Ok(Session {
            id: Id::new(self.id),
            time: Id::new(self.template_id),
            public: Public::parse(&self.public_id).ok_or(Error::Broken("public id"))?,
            kind: kind(&self.kind)?,
            date: date(&self.date)?,
            start: wall(self.start_minute)?,
            end: wall(self.end_minute)?,
            starts_at: Instant(self.starts_at),
            ends_at: Instant(self.ends_at),
            room: self.room,
            capacity: self.capacity,
            taken: self.taken,
            on_holidays: self.on_holidays == 1,
            way: self.way.as_deref().map_or(Ok(Way::Room), way)?,
            held_for: self.held_for.as_deref().map_or(Ok(HeldFor::Counsel), held_for)?,
        })
    }
}

/// Whose facts are asked for: whom they visit, and where the company stands.
pub(super) struct Whose<'a> {
    pub inmate: &'a str,
    pub unit: &'a str,
    /// The id that the company's rows hang on, and the statement that reads them.
    pub party: &'a str,
    pub known: &'static str,
    /// The booking that is to be changed, or the request that is to become one.
    pub changes: Option<&'a str>,
    pub now: Instant,
}

/// The facts for a draft on these days, both ends included; `ahead`: that she is first, which her page tells too.
pub(super) async fn load(
    from: &mut From<'_>,
    (draft, now): (&DraftRow, Instant),
    (first, last): (CivilDate, CivilDate),
    ahead: Option<Priority>,
) -> Result<Facts> {
    let facts = Known::of(from, &draft.whose(now), first, last).await?.facts;
    Ok(Facts { ahead_days: ahead.map_or(0, |first| first.ahead_days), ..facts })
}

pub(super) fn visit(row: VisitRow) -> Result<Visit> {
    Ok(Visit {
        id: Id::new(row.id),
        ours: row.ours == 1,
        same_inmate: row.same_inmate == 1,
        kind: kind(&row.kind)?,
        date: date(&row.date)?,
        starts_at: Instant(row.starts_at),
        ends_at: Instant(row.ends_at),
    })
}

/// An order's kind and its days.
pub(super) type OrderRow = (String, String, String);

pub(super) fn order((kind, from, to): &OrderRow) -> Result<Restriction> {
    let (from, to) = (date(from)?, date(to)?);
    Ok(match kind.as_str() {
        "visit_control" => Restriction::Control { from, to },
        _ => Restriction::Ban { from, to },
    })
}

pub const DRAFT: &str = "SELECT id, inmate_id, unit_id, changes FROM booking_draft WHERE person_id = $1";
pub const KNOWN: &str = known!(
    "SELECT d.person_id, d.child FROM booking_draft_party d WHERE d.draft_id = $3",
    company_visits!("booking_draft_party", "draft_id"),
    "SELECT d.person_id FROM booking_draft_party d WHERE d.draft_id = $3"
);
pub const PRESENT: &str =
    "SELECT leaves_at FROM placement WHERE inmate_id = $1 AND unit_id = $2 AND ended_at IS NULL";
/// Dead holds, the asker's own hold and the place of the visit she changes do not count as taken. A session that its time has ended before is there for
/// those who have it, and offered to nobody else.
pub const SESSIONS: &str = "SELECT s.id, s.template_id, s.public_id, s.kind, s.date, s.start_minute, s.end_minute, s.starts_at, \
    s.ends_at, s.room, s.on_holidays, COALESCE(s.planned, s.capacity) AS capacity, CAST(s.taken - COALESCE((SELECT SUM(h.places) FROM visit_hold h \
    WHERE h.session_id = s.id AND (h.expires_at <= $1 OR h.draft_id = $2)), 0) - (SELECT COUNT(*) FROM booking_draft x \
    JOIN booking k ON k.id = x.changes WHERE x.id = $2 AND k.session_id = s.id AND k.state = 'booked') AS BIGINT) AS taken \
    FROM visit_session s JOIN visit_template t ON t.id = s.template_id AND (t.valid_to IS NULL OR t.valid_to >= s.date) \
    WHERE s.unit_id = $3 AND s.date BETWEEN $4 AND $5 AND s.kind <> 'lawyer' \
    ORDER BY s.starts_at, s.room, s.id";
pub const SESSION: &str = "SELECT s.id, s.template_id, s.public_id, s.kind, s.date, s.start_minute, s.end_minute, s.starts_at, \
    s.ends_at, s.room, s.on_holidays, COALESCE(s.planned, s.capacity) AS capacity, CAST(s.taken - COALESCE((SELECT SUM(h.places) FROM visit_hold h \
    WHERE h.session_id = s.id AND (h.expires_at <= $1 OR h.draft_id = $2)), 0) - (SELECT COUNT(*) FROM booking_draft x \
    JOIN booking k ON k.id = x.changes WHERE x.id = $2 AND k.session_id = s.id AND k.state = 'booked') AS BIGINT) AS taken \
    FROM visit_session s JOIN visit_template t ON t.id = s.template_id AND (t.valid_to IS NULL OR t.valid_to >= s.date) \
    WHERE s.unit_id = $3 AND s.public_id = $4";
pub const SESSION_BY_ID: &str = "SELECT s.id, s.template_id, s.public_id, s.kind, s.date, s.start_minute, s.end_minute, s.starts_at, \
    s.ends_at, s.room, s.on_holidays, s.capacity, CAST(s.taken - COALESCE((SELECT SUM(h.places) FROM visit_hold h \
    WHERE h.session_id = s.id AND (h.expires_at <= $1 OR h.draft_id = $2)), 0) - (SELECT COUNT(*) FROM booking_draft x \
    JOIN booking k ON k.id = x.changes WHERE x.id = $2 AND k.session_id = s.id AND k.state = 'booked') AS BIGINT) AS taken \
    FROM visit_session s WHERE s.id = $3";
