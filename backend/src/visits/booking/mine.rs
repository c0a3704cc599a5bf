//! A person's visits: what is ahead first, and one visit with everything to know before coming.

use domain::{
    access::{Level, Person},
    kernel::{CivilDate, Clock, Id, Instant, Public, Reference},
    visits::{
        booking::{Booking, SessionKind, StaffReason, UnitRules, Way, in_force, text::UnitText},
        organisations::Organisation,
    },
};

use super::{
    counsel::organisation,
    facts::{kind, wall, way},
};
use crate::{
    Error, Result, args,
    ctx::{Citizen, Ctx},
    custody::inmates::Inmate,
    visits::sessions::rows::{RULES, RuleRow, date, texts_on},
};

/// One row of her list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MyVisit {
    pub public: Public<Booking>,
    pub inmate_name: String,
    pub unit_name: String,
    pub date: CivilDate,
    pub start: Clock,
    pub end: Clock,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub cancelled: Option<Cancellation>,
    /// Somebody else of the organisation has booked it, and she comes along.
    pub along: bool,
    /// She was to come along, and whoever booked took her off.
    pub off: bool,
}

/// Who cancelled, and when; the unit says why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancellation {
    pub at: Instant,
    /// The unit's reason; none when she cancelled herself.
    pub by_unit: Option<StaffReason>,
}

/// One visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitView {
    pub visit: MyVisit,
    pub version: i64,
    pub reference: Reference,
    pub kind: SessionKind,
    pub way: Way,
    pub room: String,
    pub booked_at: Instant,
    /// When it was to begin before it was last moved.
    pub moved_from: Option<Instant>,
    pub inmate: Public<Inmate>,
    /// She has read that the unit cancelled it.
    pub off_seen: bool,
    /// The delegate who booked it for a lawyer, by name.
    pub delegate: Option<String>,
    /// For which organisation she comes, by its name.
    pub organisation: Option<(Public<Organisation>, String)>,
    /// Who was to come along for the organisation and has said that she does not.
    pub stepped_down: Vec<String>,
    /// Names, adults first; of children with the birth date.
    pub people: Vec<(String, Option<CivilDate>)>,
    pub unit_slug: String,
    pub unit_address: String,
    pub unit_travel: String,
    pub unit_phone: String,
    /// The unit's own words, as they hold on the day of the visit.
    pub texts: Vec<UnitText>,
    pub rules: Option<UnitRules>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    public_id: String,
    reference: String,
    version: i64,
    inmate_name: String,
    unit_id: String,
    unit_name: String,
    unit_slug: String,
    unit_address: String,
    unit_travel: String,
    unit_phone: String,
    kind: String,
    way: String,
    room: String,
    date: String,
    start_minute: i64,
    end_minute: i64,
    starts_at: i64,
    ends_at: i64,
    booked_at: i64,
    cancelled_at: Option<i64>,
    cancelled_by: Option<String>,
    cancel_reason: Option<String>,
    moved_from: Option<i64>,
    inmate: String,
    off_seen_at: Option<i64>,
    delegate: Option<String>,
    along: i64,
    #[sqlx(default)]
    off: i64,
    #[sqlx(default)]
    organisation: Option<String>,
    #[sqlx(default)]
    organisation_name: Option<String>,
}

impl Row {
    fn visit(&self) -> Result<MyVisit> {
        Ok(MyVisit {
            public: Public::parse(&self.public_id).ok_or(Error::Broken("public id"))?,
            inmate_name: self.inmate_name.clone(),
            unit_name: self.unit_name.clone(),
            date: date(&self.date)?,
            start: wall(self.start_minute)?,
            end: wall(self.end_minute)?,
            starts_at: Instant(self.starts_at),
            ends_at: Instant(self.ends_at),
            cancelled: cancellation(
                self.cancelled_at,
                self.cancelled_by.as_deref(),
                self.cancel_reason.as_deref(),
            )?,
            along: self.along == 1,
            off: self.off == 1,
        })
    }
}

pub(super) fn cancellation(
    at: Option<i64>,
    by: Option<&str>,
    reason: Option<&str>,
) -> Result<Option<Cancellation>> {
    let Some(at) = at.map(Instant) else { return Ok(None) };
    let by_unit = match (by, reason) {
        (Some("person"), None) => None,
        (Some("unit"), Some(code)) => {
            Some(StaffReason::parse(code).ok_or(Error::Broken("reason of a cancellation"))?)
        }
        _ => return Err(Error::Broken("a cancellation")),
    };
    Ok(Some(Cancellation { at, by_unit }))
}

/// Who is a lawyer's client is told at the high level alone.
fn is_told(who: &Citizen, row: &Row) -> bool {
    who.level >= Level::High || row.kind != SessionKind::Lawyer.code()
}

/// Hers, and those on which she comes along for an organisation: those ahead first, the next one on top; then those that are over, the
/// latest first.
pub async fn my_visits(ctx: &Ctx, who: &Citizen) -> Result<Vec<MyVisit>> {
    let rows: Vec<Row> = ctx.db.all(MINE, args![&who.person]).await?;
    let told = rows.iter().filter(|row| is_told(who, row));
    let visits: Vec<MyVisit> = told.map(Row::visit).collect::<Result<_>>()?;
    let now = ctx.now();
    let (mut ahead, over): (Vec<_>, Vec<_>) =
        visits.into_iter().partition(|v| v.ends_at > now && v.cancelled.is_none());
    ahead.reverse();
    ahead.extend(over);
    Ok(ahead)
}

pub async fn visit(ctx: &Ctx, who: &Citizen, public: &Public<Booking>) -> Result<Option<VisitView>> {
    let found = visit_of(ctx, &who.person, public).await?;
    Ok(found.filter(|visit| who.level >= Level::High || visit.kind != SessionKind::Lawyer))
}

/// The same, or one on which she comes along for an organisation.
pub async fn visit_or_along(ctx: &Ctx, who: &Citizen, public: &Public<Booking>) -> Result<Option<VisitView>> {
    let found = one(ctx, &who.person, public, true).await?;
    Ok(found.filter(|visit| who.level >= Level::High || visit.kind != SessionKind::Lawyer))
}

/// The visit that this person has booked.
pub async fn visit_of(ctx: &Ctx, person: &Id<Person>, public: &Public<Booking>) -> Result<Option<VisitView>> {
    one(ctx, person, public, false).await
}

/// For letters to her: what she has booked, or comes along on.
pub(crate) async fn visit_told(
    ctx: &Ctx,
    person: &Id<Person>,
    public: &Public<Booking>,
) -> Result<Option<VisitView>> {
    one(ctx, person, public, true).await
}

async fn one(
    ctx: &Ctx,
    person: &Id<Person>,
    public: &Public<Booking>,
    along: bool,
) -> Result<Option<VisitView>> {
    let Some(row): Option<Row> = ctx.db.optional(ONE, args![public, person, along]).await? else {
        return Ok(None);
    };
    let people: Vec<(String, Option<String>)> = ctx.db.all(PARTY, args![&row.id]).await?;
    let born = |(name, born): (String, Option<String>)| Ok((name, born.as_deref().map(date).transpose()?));
    let stepped_down = stepped_down(ctx, &row).await?;
    let rules: Vec<RuleRow> = ctx.db.all(RULES, args![&row.unit_id]).await?;
    let rules: Vec<UnitRules> = rules.into_iter().map(RuleRow::rules).collect::<Result<_>>()?;
    let visit = row.visit()?;
    let texts = texts_on(ctx, &Id::new(row.unit_id.as_str()), visit.date).await?;
    Ok(Some(VisitView {
        texts,
        rules: in_force(&rules, visit.date).cloned(),
        visit,
        version: row.version,
        reference: Reference::parse(&row.reference).ok_or(Error::Broken("reference"))?,
        kind: kind(&row.kind)?,
        way: way(&row.way)?,
        room: row.room,
        booked_at: Instant(row.booked_at),
        moved_from: row.moved_from.map(Instant),
        inmate: Public::parse(&row.inmate).ok_or(Error::Broken("an inmate"))?,
        off_seen: row.off_seen_at.is_some(),
        delegate: row.delegate,
        organisation: row.organisation.map(organisation).transpose()?.zip(row.organisation_name),
        stepped_down,
        people: people.into_iter().map(born).collect::<Result<_>>()?,
        unit_slug: row.unit_slug,
        unit_address: row.unit_address,
        unit_travel: row.unit_travel,
        unit_phone: row.unit_phone,
    }))
}

/// Only among those who come for an organisation.
async fn stepped_down(ctx: &Ctx, row: &Row) -> Result<Vec<String>> {
    if row.organisation.is_none() {
        return Ok(vec![]);
    }
    let names: Vec<(String,)> = ctx.db.all(STEPPED_DOWN, args![&row.id]).await?;
    Ok(names.into_iter().map(|(name,)| name).collect())
}

pub const MINE: &str = "SELECT b.id, b.public_id, b.reference, b.version, i.name AS inmate_name, b.unit_id, \
    u.name AS unit_name, u.slug AS unit_slug, u.address AS unit_address, u.travel AS unit_travel, \
    u.phone AS unit_phone, b.kind, s.way, s.room, s.date, s.start_minute, s.end_minute, b.starts_at, b.ends_at, b.booked_at, \
    b.cancelled_at, b.cancelled_by, b.cancel_reason, CAST(NULL AS BIGINT) AS moved_from, i.public_id AS inmate, b.off_seen_at, CAST(NULL AS TEXT) AS delegate, \
    CAST(CASE WHEN b.person_id = $1 THEN 0 ELSE 1 END AS BIGINT) AS along, CAST(CASE WHEN b.person_id = $1 OR EXISTS (SELECT 1 FROM booking_party y \
    WHERE y.booking_id = b.id AND y.person_id = $1) THEN 0 ELSE 1 END AS BIGINT) AS off FROM booking b JOIN inmate i ON i.id = b.inmate_id \
    JOIN unit u ON u.id = b.unit_id JOIN visit_session s ON s.id = b.session_id WHERE b.id IN (SELECT x.id FROM booking x WHERE x.person_id = $1 \
    UNION SELECT c.id FROM booking_party d JOIN booking c ON c.id = d.booking_id WHERE d.person_id = $1 AND c.organisation_id IS NOT NULL \
    UNION SELECT l.booking_id FROM booking_party_left l WHERE l.person_id = $1 AND l.by_id <> $1) \
    ORDER BY b.starts_at DESC, b.id DESC LIMIT 200";
pub const ONE: &str = "SELECT b.id, b.public_id, b.reference, b.version, i.name AS inmate_name, b.unit_id, \
    u.name AS unit_name, u.slug AS unit_slug, u.address AS unit_address, u.travel AS unit_travel, \
    u.phone AS unit_phone, b.kind, s.way, s.room, s.date, s.start_minute, s.end_minute, b.starts_at, b.ends_at, b.booked_at, \
    b.cancelled_at, b.cancelled_by, b.cancel_reason, (SELECT c.starts_at FROM booking_change c WHERE c.booking_id = b.id \
    ORDER BY c.at DESC LIMIT 1) AS moved_from, i.public_id AS inmate, b.off_seen_at, (SELECT MAX(q.name) FROM delegation_act a \
    JOIN delegation d ON d.id = a.delegation_id JOIN person q ON q.id = d.delegate_id WHERE a.booking_id = b.id AND a.what = 'booked') \
    AS delegate, o.public_id AS organisation, o.name AS organisation_name, \
    CAST(CASE WHEN b.person_id = $2 THEN 0 ELSE 1 END AS BIGINT) AS along FROM booking b JOIN inmate i ON i.id = b.inmate_id \
    JOIN unit u ON u.id = b.unit_id JOIN visit_session s ON s.id = b.session_id LEFT JOIN organisation o ON o.id = b.organisation_id \
    WHERE b.public_id = $1 AND (b.person_id = $2 OR (CAST($3 AS BIGINT) = 1 AND b.organisation_id IS NOT NULL \
    AND EXISTS (SELECT 1 FROM booking_party d WHERE d.booking_id = b.id AND d.person_id = $2)))";
/// Of those who come for an organisation.
pub const STEPPED_DOWN: &str = "SELECT p.name FROM booking_party_left l JOIN person p ON p.id = l.person_id WHERE l.booking_id = $1 \
    AND l.by_id = l.person_id AND NOT EXISTS (SELECT 1 FROM booking_party d WHERE d.booking_id = l.booking_id AND d.person_id = l.person_id) \
    ORDER BY p.sort_name, p.id";
/// Of adults who come along by a yes of their own no name is told.
pub const PARTY: &str = "SELECT p.name, CASE d.role WHEN 'child' THEN p.birth_date END AS birth_date FROM booking_party d JOIN person p ON p.id = d.person_id \
    WHERE d.booking_id = $1 AND NOT EXISTS (SELECT 1 FROM visit_invitation i WHERE i.booking_id = d.booking_id \
    AND i.guest_id = d.person_id AND i.state = 'coming') ORDER BY d.role, p.birth_date, p.id";
