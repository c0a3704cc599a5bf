//! A unit's day: who comes when, to whom, in which room, under which measures. Staff of the unit alone, and every
//! look is written first.

use domain::{
    access::{Person, Unit},
    kernel::{CivilDate, Clock, Id, Instant, Phone, Public, Reference},
    visits::{
        booking::{Booking, Doubt, HeldFor, SessionKind, Way, may_see_day},
        clearance::{Measure, Needs},
    },
};

use super::{
    counsel::bringing::Bring,
    door::Known,
    facts::{held_for, kind, wall, way},
    mine::{Cancellation, cancellation},
};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::Value,
    identity::contacts,
    visits::{clearance::LookReason, sessions::rows::date, units},
};

/// One day of one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitDay {
    pub unit_slug: String,
    pub unit_name: String,
    pub date: CivilDate,
    /// Why there are no visits, when the day is closed.
    pub closed: Option<String>,
    pub slots: Vec<DaySlot>,
    /// The other units of the officer, by slug and name.
    pub units: Vec<(String, String)>,
}

/// All that starts and ends together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DaySlot {
    pub start: Clock,
    pub end: Clock,
    pub places: i64,
    pub used: i64,
    pub rows: Vec<DayRow>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayRow {
    pub public: Public<Booking>,
    pub reference: Reference,
    pub version: i64,
    pub inmate_name: String,
    pub guests: Vec<DayGuest>,
    pub kind: SessionKind,
    pub way: Way,
    pub room: String,
    /// Of the guests together, with what a court has ordered.
    pub measures: Vec<Measure>,
    /// What has to be settled before they are let in; nothing when the day is over or the visit cancelled.
    pub doubts: Vec<Doubt>,
    /// What the guests have asked for, each application's once.
    pub needs: Vec<Needs>,
    pub starts_at: Instant,
    pub cancelled: Option<Cancellation>,
    /// The delegate who booked it for a lawyer, by name.
    pub delegate: Option<String>,
    /// Whom and what a lawyer brings, with what the unit has said.
    pub brings: Vec<Bring>,
    pub held_for: HeldFor,
    /// The name of the organisation it is for.
    pub organisation: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayGuest {
    pub person: Id<Person>,
    pub name: String,
    pub child: bool,
    /// Age on the day, of children.
    pub age: Option<i16>,
}

/// One booking for staff who are about to cancel it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffVisit {
    pub row: DayRow,
    pub date: CivilDate,
    pub start: Clock,
    pub end: Clock,
    pub unit_slug: String,
    /// A letter reaches the one who booked; otherwise she has to be rung.
    pub reachable: bool,
    /// The unit cancelled it, she has not read so, and nobody has rung her.
    pub to_ring: bool,
    /// Something was found that nobody has let stand.
    pub unsettled: bool,
    pub phone: Option<Phone>,
}

#[derive(sqlx::FromRow)]
struct SlotRow {
    start_minute: i64,
    end_minute: i64,
    places: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    public_id: String,
    reference: String,
    version: i64,
    inmate_id: String,
    inmate_name: String,
    present: i64,
    kind: String,
    way: String,
    held_for: String,
    organisation: Option<String>,
    authority: Option<i64>,
    room: String,
    date: String,
    start_minute: i64,
    end_minute: i64,
    starts_at: i64,
    cancelled_at: Option<i64>,
    cancelled_by: Option<String>,
    cancel_reason: Option<String>,
    unit_slug: String,
    delegate: Option<String>,
    #[sqlx(default)]
    to_ring: i64,
    #[sqlx(default)]
    unsettled: i64,
}

/// The day of the unit with this slug, or of the officer's first one. None when it is not hers, or not her duty.
pub async fn day(ctx: &Ctx, staff: &Staff, slug: Option<&str>, on: CivilDate) -> Result<Option<UnitDay>> {
    let mut own: Vec<(String, String, String)> = ctx.db.all(OWN_UNITS, vec![units(staff)]).await?;
    own.sort_by_key(|(id, ..)| staff.units.iter().position(|u| u.as_str() == id));
    let here = own.iter().position(|(_, s, _)| slug.is_none_or(|slug| slug == s));
    let Some(here) = here.filter(|_| may_see_day(&staff.roles)) else { return Ok(None) };
    let (id, slug, name) = own.remove(here);
    let unit: Id<Unit> = Id::new(id);
    look(ctx, staff, &unit, ("unit", &unit), on).await?;
    let rows: Vec<Row> = ctx.db.all(DAY, args![&unit, on]).await?;
    let known = Known::of_day(ctx, &unit, on).await?;
    let slots: Vec<SlotRow> = ctx.db.all(SLOTS, args![&unit, on]).await?;
    let units = own.into_iter().map(|(_, slug, name)| (slug, name)).collect();
    Ok(Some(UnitDay {
        unit_slug: slug,
        unit_name: name,
        date: on,
        closed: known.closed.as_ref().map(|day| day.reason.clone()),
        slots: grouped(slots, rows, &known, ctx.now().date())?,
        units,
    }))
}

/// Without a written look nothing is read.
async fn look<T>(
    ctx: &Ctx,
    staff: &Staff,
    unit: &Id<Unit>,
    (kind, id): (&'static str, &Id<T>),
    on: CivilDate,
) -> Result<()> {
    let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "look").at_unit(unit).about(kind, id);
    audit::record(ctx, entry.because(LookReason::HandleCase.code()).detail(on.iso())).await
}

fn grouped(slots: Vec<SlotRow>, rows: Vec<Row>, known: &Known, today: CivilDate) -> Result<Vec<DaySlot>> {
    let mut found = Vec::new();
    for slot in slots {
        let (start, end) = (wall(slot.start_minute)?, wall(slot.end_minute)?);
        found.push(DaySlot { start, end, places: slot.places, used: 0, rows: vec![] });
    }
    for row in rows {
        let (start, end) = (wall(row.start_minute)?, wall(row.end_minute)?);
        let row = day_row(row, known, today)?;
        if let Some(slot) = found.iter_mut().find(|s| s.start == start && s.end == end) {
            slot.used += i64::from(row.cancelled.is_none());
            slot.rows.push(row);
        }
    }
    Ok(found)
}

fn day_row(row: Row, known: &Known, today: CivilDate) -> Result<DayRow> {
    let (on, kind, held_for) = (date(&row.date)?, kind(&row.kind)?, held_for(&row.held_for)?);
    let guests = known.guests_of(&row.id, on)?;
    let facts = known.facts(&row.id, &guests, (&row.inmate_id, row.present == 1, row.authority == Some(1)));
    let counsel = kind == SessionKind::Lawyer && held_for == HeldFor::Counsel;
    let cancelled =
        cancellation(row.cancelled_at, row.cancelled_by.as_deref(), row.cancel_reason.as_deref())?;
    let open = cancelled.is_none() && on >= today;
    Ok(DayRow {
        public: Public::parse(&row.public_id).ok_or(Error::Broken("public id"))?,
        reference: Reference::parse(&row.reference).ok_or(Error::Broken("reference"))?,
        version: row.version,
        inmate_name: row.inmate_name,
        // What a court has ordered is not about a lawyer, and nobody listens to her.
        measures: if counsel { vec![] } else { facts.measures_on(on) },
        doubts: if open { known.doubts(&row.id, &facts, (kind, held_for), on) } else { vec![] },
        needs: known.needs_of(&guests),
        guests: guests.into_iter().map(|g| g.shown).collect(),
        kind,
        way: way(&row.way)?,
        room: row.room,
        starts_at: Instant(row.starts_at),
        cancelled,
        delegate: row.delegate,
        brings: known.brings_of(&row.id),
        held_for,
        organisation: row.organisation,
    })
}

/// One booking of the officer's units; the look is written before it is read.
pub async fn staff_visit(ctx: &Ctx, staff: &Staff, public: &Public<Booking>) -> Result<Option<StaffVisit>> {
    if !may_see_day(&staff.roles) {
        return Ok(None);
    }
    let known: Option<(String, String, String)> =
        ctx.db.optional(KNOWN, vec![Value::from(public), units(staff)]).await?;
    let Some((id, unit, on)) = known else { return Ok(None) };
    let (id, unit, on): (Id<Booking>, Id<Unit>, CivilDate) = (Id::new(id), Id::new(unit), date(&on)?);
    look(ctx, staff, &unit, ("booking", &id), on).await?;
    let row: Row = ctx.db.one(ONE_FOR_STAFF, args![&id]).await?;
    let known = Known::of_day(ctx, &unit, on).await?;
    let (start, end) = (wall(row.start_minute)?, wall(row.end_minute)?);
    let (unit_slug, to_ring, unsettled) = (row.unit_slug.clone(), row.to_ring == 1, row.unsettled == 1);
    let (booker,): (String,) = ctx.db.one(BOOKER, args![&id]).await?;
    let contact = contacts::load(ctx, &Id::new(booker)).await?;
    let reachable = contact.confirmed_email().is_some();
    let row = day_row(row, &known, ctx.now().date())?;
    Ok(Some(StaffVisit {
        row,
        date: on,
        start,
        end,
        unit_slug,
        reachable,
        to_ring,
        unsettled,
        phone: contact.phone,
    }))
}

pub const OWN_UNITS: &str =
    "SELECT id, slug, name FROM unit WHERE $1 LIKE '% ' || id || ' %' AND level <> 'intake'";
pub const SLOTS: &str = "SELECT start_minute, end_minute, CAST(SUM(COALESCE(planned, capacity)) AS BIGINT) AS places FROM visit_session \
    WHERE unit_id = $1 AND date = $2 GROUP BY start_minute, end_minute ORDER BY start_minute, end_minute";
pub const DAY: &str = "SELECT b.id, b.public_id, b.reference, b.version, b.inmate_id, i.name AS inmate_name, b.kind, \
    s.way, s.held_for, o.name AS organisation, o.authority, s.room, b.date, s.start_minute, s.end_minute, b.starts_at, b.cancelled_at, \
    b.cancelled_by, b.cancel_reason, u.slug AS unit_slug, (SELECT MAX(q.name) FROM delegation_act a JOIN delegation d ON d.id = a.delegation_id JOIN person q \
    ON q.id = d.delegate_id WHERE a.booking_id = b.id AND a.what = 'booked') AS delegate, \
    CAST(CASE WHEN EXISTS (SELECT 1 FROM placement p WHERE p.inmate_id = b.inmate_id \
    AND p.unit_id = b.unit_id AND p.ended_at IS NULL AND COALESCE(p.leaves_at, b.starts_at + 1) > b.starts_at) THEN 1 ELSE 0 END AS BIGINT) AS present FROM booking b JOIN inmate i ON i.id = b.inmate_id JOIN unit u ON u.id = b.unit_id \
    JOIN visit_session s ON s.id = b.session_id LEFT JOIN organisation o ON o.id = b.organisation_id WHERE b.unit_id = $1 AND b.date = $2 \
    ORDER BY b.starts_at, i.sort_name, b.id LIMIT 500";
pub const KNOWN: &str =
    "SELECT id, unit_id, date FROM booking WHERE public_id = $1 AND $2 LIKE '% ' || unit_id || ' %'";
pub const BOOKER: &str = "SELECT person_id FROM booking WHERE id = $1";
pub const ONE_FOR_STAFF: &str = "SELECT b.id, b.public_id, b.reference, b.version, b.inmate_id, i.name AS inmate_name, \
    b.kind, s.way, s.held_for, o.name AS organisation, o.authority, s.room, b.date, s.start_minute, s.end_minute, b.starts_at, b.cancelled_at, b.cancelled_by, \
    b.cancel_reason, CAST(CASE WHEN b.cancelled_by = 'unit' AND b.off_seen_at IS NULL AND b.rung_at IS NULL THEN 1 ELSE 0 END \
    AS BIGINT) AS to_ring, CAST(CASE WHEN b.state = 'booked' AND b.doubts <> '' THEN 1 ELSE 0 END AS BIGINT) AS unsettled, u.slug AS unit_slug, (SELECT MAX(q.name) FROM delegation_act a JOIN delegation d ON d.id = a.delegation_id \
    JOIN person q ON q.id = d.delegate_id WHERE a.booking_id = b.id AND a.what = 'booked') AS delegate, CAST(CASE WHEN EXISTS (SELECT 1 FROM placement p \
    WHERE p.inmate_id = b.inmate_id AND p.unit_id = b.unit_id AND p.ended_at IS NULL AND COALESCE(p.leaves_at, b.starts_at + 1) > b.starts_at) THEN 1 ELSE 0 END AS BIGINT) \
    AS present FROM booking b JOIN inmate i ON i.id = b.inmate_id \
    JOIN unit u ON u.id = b.unit_id JOIN visit_session s ON s.id = b.session_id LEFT JOIN organisation o ON o.id = b.organisation_id WHERE b.id = $1";
