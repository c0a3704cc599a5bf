//! Everything that decides about a time, loaded for a draft and a span of days: by a page from the database, by a
//! command inside its transaction, with the same statements.

use domain::{
    access::{Person, Unit},
    kernel::{CivilDate, Clock, Id, Instant, Public},
    visits::booking::{Facts, Guest, Restriction, Session, SessionKind, Standing, Visit},
};

use super::{Inmate, Priority};
use crate::{
    Error, Result, args,
    db::{Db, Record, Tx, Value},
    decision::measures,
    visits::sessions::rows::{BLOCKED, BlockedRow, RULES, RuleRow, date},
};

/// Where rows are read from.
pub(super) enum From<'a> {
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

    pub async fn of(from: &mut From<'_>, person: &Id<Person>) -> Result<Option<Self>> {
        from.optional(DRAFT, args![person]).await
    }
}

#[derive(sqlx::FromRow)]
pub(super) struct GuestRow {
    person_id: String,
    birth_date: Option<String>,
    child: i64,
    measures: Option<String>,
    valid_from: Option<String>,
    valid_to: Option<String>,
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
    public_id: String,
    kind: String,
    date: String,
    start_minute: i64,
    end_minute: i64,
    starts_at: i64,
    ends_at: i64,
    room: String,
    on_holidays: i64,
    capacity: i64,
    taken: i64,
}

pub(super) fn kind(stored: &str) -> Result<SessionKind> {
    SessionKind::parse(stored).ok_or(Error::Broken("a session's kind"))
}

pub(super) fn wall(minutes: i64) -> Result<Clock> {
    u16::try_from(minutes).map(Clock).map_err(|_| Error::Broken("a clock time"))
}

impl SessionRow {
    pub fn session(self) -> Result<Session> {
        Ok(Session {
            id: Id::new(self.id),
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
        })
    }
}

/// Whose facts are asked for: whom they visit, and where the company stands.
pub(super) struct Whose<'a> {
    pub inmate: &'a str,
    pub unit: &'a str,
    /// The id that the company's rows hang on, and the two statements that read them.
    pub party: &'a str,
    pub guests: &'static str,
    pub visits: &'static str,
    /// The booking that is to be changed, and when that is asked.
    pub changes: Option<(&'a str, Instant)>,
}

/// The facts for a draft on these days, both ends included; `ahead`: that she is first, which her page tells too.
pub(super) async fn load(
    from: &mut From<'_>,
    (draft, now): (&DraftRow, Instant),
    (first, last): (CivilDate, CivilDate),
    ahead: Option<Priority>,
) -> Result<Facts> {
    let whose = Whose {
        inmate: &draft.inmate_id,
        unit: &draft.unit_id,
        party: &draft.id,
        guests: GUESTS,
        visits: VISITS,
        changes: draft.changes.as_deref().map(|booking| (booking, now)),
    };
    let facts = gather(from, &whose, first, last).await?;
    Ok(Facts { ahead_days: ahead.map_or(0, |first| first.ahead_days), ..facts })
}

/// The days that the limits of a week and of a month look at.
pub(super) fn counted(first: CivilDate, last: CivilDate) -> (CivilDate, CivilDate) {
    let (monday, sunday) = (first.monday(), last.monday().plus_days(6));
    (monday.min(*first.month().start()), sunday.max(*last.month().end()))
}

/// Those of anybody: nobody is first here.
pub(super) async fn gather(
    from: &mut From<'_>,
    whose: &Whose<'_>,
    first: CivilDate,
    last: CivilDate,
) -> Result<Facts> {
    let Whose { inmate, unit, party, .. } = *whose;
    let rules: Vec<RuleRow> = from.all(RULES, args![unit]).await?;
    let blocked: Vec<BlockedRow> = from.all(BLOCKED, args![unit, first, last]).await?;
    let guests: Vec<GuestRow> = from.all(whose.guests, args![inmate, unit, party]).await?;
    let (from_day, to_day) = counted(first, last);
    let visits: Vec<VisitRow> = from.all(whose.visits, args![inmate, party, from_day, to_day]).await?;
    let kept: Option<(String, i64)> = match whose.changes {
        Some((booking, now)) => from.optional(KEEPS, args![booking, now]).await?,
        None => None,
    };
    let present: Option<(Option<i64>,)> = from.optional(PRESENT, args![inmate, unit]).await?;
    Ok(Facts {
        rules: rules.into_iter().map(RuleRow::rules).collect::<Result<_>>()?,
        blocked: blocked.into_iter().map(BlockedRow::blocked).collect::<Result<_>>()?,
        guests: guests_of(guests)?,
        visits: visits.into_iter().map(visit).collect::<Result<_>>()?,
        restrictions: restrictions(from, inmate, first).await?,
        present: present.is_some(),
        leaves_at: present.and_then(|(leaves,)| leaves).map(Instant),
        invited: kept.as_ref().map_or(0, |(_, invited)| *invited),
        keeps: kept.map(|(session, _)| Id::new(session)),
        ahead_days: 0,
    })
}

/// One row a clearance, rows of a person together.
pub(super) fn guests_of(rows: Vec<GuestRow>) -> Result<Vec<Guest>> {
    let mut guests: Vec<Guest> = Vec::new();
    for row in rows {
        let standing = match (&row.measures, &row.valid_from, &row.valid_to) {
            (Some(codes), Some(from), Some(to)) => {
                Some(Standing { measures: measures(codes), from: date(from)?, to: date(to)? })
            }
            _ => None,
        };
        match guests.last_mut().filter(|g| g.person.as_str() == row.person_id) {
            Some(guest) => guest.standing.extend(standing),
            None => guests.push(Guest {
                person: Id::new(row.person_id),
                born: row.birth_date.as_deref().map(date).transpose()?,
                child: row.child == 1,
                standing: standing.into_iter().collect(),
            }),
        }
    }
    Ok(guests)
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

pub(super) async fn restrictions(
    from: &mut From<'_>,
    inmate: &str,
    first: CivilDate,
) -> Result<Vec<Restriction>> {
    let rows: Vec<OrderRow> = from.all(RESTRICTIONS, args![inmate, first]).await?;
    rows.iter().map(order).collect()
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
/// The time of the visit that is being changed, as long as it is booked, and the seats there of other adults.
pub const KEEPS: &str = "SELECT b.session_id, (SELECT COUNT(*) FROM visit_invitation i WHERE i.booking_id = b.id \
    AND (i.state = 'coming' OR (i.state = 'asked' AND i.answer_by > $2))) AS invited FROM booking b WHERE b.id = $1 AND b.state = 'booked'";
pub const GUESTS: &str = "SELECT d.person_id, p.birth_date, d.child, c.measures, c.valid_from, c.valid_to \
    FROM booking_draft_party d JOIN person p ON p.id = d.person_id \
    LEFT JOIN clearance c ON c.person_id = d.person_id AND c.inmate_id = $1 AND c.unit_id = $2 \
    AND c.outcome = 'granted' AND COALESCE(c.other_parent, 'given') IN ('given', 'without') WHERE d.draft_id = $3 ORDER BY d.child, d.person_id, c.valid_from, c.id";
/// All but the one that is being changed. Two halves, each by an index of its own: with one OR, PostgreSQL reads and locks all bookings, and confirmations
/// that have nothing to do with each other are thrown back.
pub const VISITS: &str = "SELECT b.id, CAST(CASE WHEN EXISTS (SELECT 1 FROM booking_draft_party d \
    JOIN booking_party p ON p.booking_id = b.id AND p.person_id = d.person_id WHERE d.draft_id = $2) \
    THEN 1 ELSE 0 END AS BIGINT) AS ours, CAST(1 AS BIGINT) AS same_inmate, b.kind, b.date, b.starts_at, b.ends_at \
    FROM booking b WHERE b.state = 'booked' AND b.inmate_id = $1 AND b.date BETWEEN $3 AND $4 \
    AND b.id <> COALESCE((SELECT x.changes FROM booking_draft x WHERE x.id = $2), '') \
    UNION SELECT b.id, CAST(1 AS BIGINT) AS ours, CAST(CASE WHEN b.inmate_id = $1 THEN 1 ELSE 0 END AS BIGINT) \
    AS same_inmate, b.kind, b.date, b.starts_at, b.ends_at FROM booking_draft_party d \
    JOIN booking_party p ON p.person_id = d.person_id JOIN booking b ON b.id = p.booking_id \
    WHERE d.draft_id = $2 AND b.state = 'booked' AND b.date BETWEEN $3 AND $4 \
    AND b.id <> COALESCE((SELECT x.changes FROM booking_draft x WHERE x.id = $2), '') ORDER BY starts_at, id";
pub const PRESENT: &str =
    "SELECT leaves_at FROM placement WHERE inmate_id = $1 AND unit_id = $2 AND ended_at IS NULL";
pub const RESTRICTIONS: &str = "SELECT kind, valid_from, valid_to FROM restriction WHERE inmate_id = $1 \
    AND valid_to >= $2 AND kind IN ('visit_ban', 'visit_control', 'isolation') ORDER BY id";
/// Dead holds, the asker's own hold and the place of the visit she changes do not count as taken. A session that its time has ended before is there for
/// those who have it, and offered to nobody else.
pub const SESSIONS: &str = "SELECT s.id, s.public_id, s.kind, s.date, s.start_minute, s.end_minute, s.starts_at, \
    s.ends_at, s.room, s.on_holidays, s.capacity, CAST(s.taken - COALESCE((SELECT SUM(h.places) FROM visit_hold h \
    WHERE h.session_id = s.id AND (h.expires_at <= $1 OR h.draft_id = $2)), 0) - (SELECT COUNT(*) FROM booking_draft x \
    JOIN booking k ON k.id = x.changes WHERE x.id = $2 AND k.session_id = s.id AND k.state = 'booked') AS BIGINT) AS taken \
    FROM visit_session s JOIN visit_template t ON t.id = s.template_id AND (t.valid_to IS NULL OR t.valid_to >= s.date) \
    WHERE s.unit_id = $3 AND s.date BETWEEN $4 AND $5 AND s.kind <> 'lawyer' \
    ORDER BY s.starts_at, s.room, s.id";
pub const SESSION: &str = "SELECT s.id, s.public_id, s.kind, s.date, s.start_minute, s.end_minute, s.starts_at, \
    s.ends_at, s.room, s.on_holidays, s.capacity, CAST(s.taken - COALESCE((SELECT SUM(h.places) FROM visit_hold h \
    WHERE h.session_id = s.id AND (h.expires_at <= $1 OR h.draft_id = $2)), 0) - (SELECT COUNT(*) FROM booking_draft x \
    JOIN booking k ON k.id = x.changes WHERE x.id = $2 AND k.session_id = s.id AND k.state = 'booked') AS BIGINT) AS taken \
    FROM visit_session s JOIN visit_template t ON t.id = s.template_id AND (t.valid_to IS NULL OR t.valid_to >= s.date) \
    WHERE s.unit_id = $3 AND s.public_id = $4";
pub const SESSION_BY_ID: &str = "SELECT s.id, s.public_id, s.kind, s.date, s.start_minute, s.end_minute, s.starts_at, \
    s.ends_at, s.room, s.on_holidays, s.capacity, CAST(s.taken - COALESCE((SELECT SUM(h.places) FROM visit_hold h \
    WHERE h.session_id = s.id AND (h.expires_at <= $1 OR h.draft_id = $2)), 0) - (SELECT COUNT(*) FROM booking_draft x \
    JOIN booking k ON k.id = x.changes WHERE x.id = $2 AND k.session_id = s.id AND k.state = 'booked') AS BIGINT) AS taken \
    FROM visit_session s WHERE s.id = $3";
