//! What whoever opens the door must know of booked visits besides the booking: which clearance each guest has on
//! the day, what a court has ordered, and what the guests have asked for. Read for a whole day at once.

use std::collections::BTreeMap;

use domain::{
    access::Unit,
    kernel::{CivilDate, Id, Instant},
    visits::{
        booking::{
            Blocked, Doubt, Facts, Guest, HeldFor, Planned, Restriction, Review, SessionKind, Standing,
            Touch, UnitRules, apart::ApartVisit, doubts, engaged::Engaged, unfit,
        },
        clearance::Needs,
    },
};

use super::{
    counsel::bringing::{self, Bring},
    day::DayGuest,
    facts::{From, OrderRow, order},
};
use crate::{
    Result, args,
    ctx::Ctx,
    decision::measures,
    visits::{
        appointments::engaged_on,
        clearance::open_needs,
        sessions::rows::{RULES, RuleRow, date, planned},
    },
};

#[derive(sqlx::FromRow)]
struct GuestRow {
    booking_id: String,
    person_id: String,
    name: String,
    birth_date: Option<String>,
    role: String,
    measures: Option<String>,
    application_id: Option<String>,
    /// 1: a lawyer's visit, and her mandate for him holds on the day. For an organisation its clearance stands in `measures`.
    mandated: i64,
}

#[derive(sqlx::FromRow)]
struct NeedsRow {
    id: String,
    person_id: String,
    needs: Vec<u8>,
    subject_key: Vec<u8>,
}

/// All of it, by booking, by application and by inmate.
pub(super) struct Known {
    guests: Vec<GuestRow>,
    needs: BTreeMap<String, Needs>,
    /// Whose, what, and whether it holds for authorities too.
    orders: Vec<(String, Restriction, bool)>,
    /// Bookings whose time touches one of somebody from whom the inmate is kept apart, or (1) whom a guest must not meet.
    apart: Vec<(String, i64, i64, i64)>,
    /// Bookings at whose time the inmate is elsewhere.
    engaged: Vec<(String, Engaged)>,
    /// The day, if the unit has closed it, and why.
    pub closed: Option<Blocked>,
    /// What is booked, as the unit plans its times now.
    planned: Vec<Planned>,
    rules: Vec<UnitRules>,
    brings: Vec<(String, Bring)>,
}

/// A guest as the day shows him, as the rules judge him, and where his needs stand.
pub(super) struct DoorGuest {
    pub shown: DayGuest,
    judged: Guest,
    application: Option<String>,
}

impl Known {
    /// For every visit of this unit on this day.
    pub async fn of_day(ctx: &Ctx, unit: &Id<Unit>, on: CivilDate) -> Result<Self> {
        let guests = ctx.db.all(DAY_GUESTS, args![unit, on, ctx.lawyers.counts()]).await?;
        let needs = ctx.db.all(DAY_NEEDS, args![unit, on]).await?;
        let orders = ctx.db.all(DAY_ORDERS, args![unit, on]).await?;
        let apart = ctx.db.all(DAY_APART, args![unit, on]).await?;
        let engaged = engaged_on(ctx, unit, on).await?;
        let closed: Option<(String,)> = ctx.db.optional(CLOSED, args![unit, on]).await?;
        let closed = closed.map(|(reason,)| Blocked { date: on, reason });
        let planned = planned(&mut From::Db(&ctx.db), unit, (on, on)).await?;
        let rules: Vec<RuleRow> = ctx.db.all(RULES, args![unit]).await?;
        let rules = rules.into_iter().map(RuleRow::rules).collect::<Result<_>>()?;
        let brings = bringing::of_day(ctx, unit, on).await?;
        Ok(Self { closed, apart, engaged, planned, rules, brings, ..Self::new(ctx, guests, needs, orders)? })
    }

    fn new(
        ctx: &Ctx,
        guests: Vec<GuestRow>,
        needs: Vec<NeedsRow>,
        orders: Vec<(String, String, String, String, i64)>,
    ) -> Result<Self> {
        let opened = |row: NeedsRow| {
            let id = Id::new(row.id.as_str());
            Ok((row.id, open_needs(ctx, &row.person_id, &row.subject_key, &id, &row.needs)?))
        };
        let order = |(inmate, kind, from, to, authorities): (String, String, String, String, i64)| {
            let row: OrderRow = (kind, from, to);
            Ok((inmate, order(&row)?, authorities == 1))
        };
        Ok(Self {
            guests,
            needs: needs.into_iter().map(opened).collect::<Result<_>>()?,
            orders: orders.into_iter().map(order).collect::<Result<_>>()?,
            apart: vec![],
            engaged: vec![],
            closed: None,
            planned: vec![],
            rules: vec![],
            brings: vec![],
        })
    }

    /// One row a clearance, the newest of a person last: it alone holds, as it did when the visit was booked.
    pub fn guests_of(&self, booking: &str, on: CivilDate) -> Result<Vec<DoorGuest>> {
        let rows: Vec<&GuestRow> = self.guests.iter().filter(|g| g.booking_id == booking).collect();
        let newest = rows.chunk_by(|a, b| a.person_id == b.person_id).filter_map(|rows| rows.last());
        newest.map(|row| row.guest(on)).collect()
    }

    /// Of this booking. `present`: he is in the unit now and will be when the visit begins. About an authority is what the order says is.
    pub fn facts(
        &self,
        booking: &str,
        guests: &[DoorGuest],
        (inmate, present, authority): (&str, bool, bool),
    ) -> Facts {
        let touching =
            self.apart.iter().filter(|(id, ..)| id == booking).map(|(_, starts, ends, visitors)| {
                let (starts_at, ends_at, visitors) = (Instant(*starts), Instant(*ends), *visitors == 1);
                ApartVisit { starts_at, ends_at, minutes: 0, visitors }
            });
        let elsewhere = self.engaged.iter().filter(|(id, _)| id == booking);
        let of_inmate = self.orders.iter().filter(|(whose, _, all)| whose == inmate && (*all || !authority));
        Facts {
            rules: vec![],
            blocked: self.closed.iter().cloned().collect(),
            guests: guests.iter().map(|g| g.judged.clone()).collect(),
            visits: vec![],
            apart: touching.collect(),
            // What the plan says of his wing comes with the plan.
            not_his: vec![],
            engaged: elsewhere.map(|(_, engaged)| *engaged).collect(),
            restrictions: of_inmate.map(|(_, order, _)| *order).collect(),
            present,
            leaves_at: None,
            keeps: None,
            ahead_days: 0,
            invited: 0,
            review: Review::default(),
        }
    }

    /// All there is to settle about this booking: who comes and to whom, and where it agrees no more with the unit's plan.
    pub fn doubts(
        &self,
        booking: &str,
        facts: &Facts,
        kind: (SessionKind, HeldFor),
        on: CivilDate,
    ) -> Vec<Doubt> {
        let plan = self.planned.iter().find(|visit| visit.booking.as_str() == booking);
        let plan = plan.map(|visit| unfit(visit, &self.rules)).unwrap_or_default();
        let plan = plan.into_iter().filter(|touch| *touch != Touch::Closed).map(Doubt::Plan);
        doubts(facts, kind, on).into_iter().chain(plan).collect()
    }

    pub fn brings_of(&self, booking: &str) -> Vec<Bring> {
        self.brings.iter().filter(|(id, _)| id == booking).map(|(_, bring)| bring.clone()).collect()
    }

    /// Those who were on one application have asked together.
    pub fn needs_of(&self, guests: &[DoorGuest]) -> Vec<Needs> {
        let mut ids: Vec<&String> = guests.iter().filter_map(|g| g.application.as_ref()).collect();
        ids.sort();
        ids.dedup();
        let asked = |needs: &&Needs| !needs.needs.is_empty() || needs.note.is_some();
        ids.into_iter().filter_map(|id| self.needs.get(id)).filter(asked).cloned().collect()
    }
}

impl GuestRow {
    fn guest(&self, on: CivilDate) -> Result<DoorGuest> {
        let (born, child) = (self.birth_date.as_deref().map(date).transpose()?, self.role == "child");
        let person = Id::new(self.person_id.as_str());
        let age = born.filter(|_| child).map(|b| b.age_on(on));
        // The read has kept to the clearances that hold on the day.
        let cleared = self.measures.as_deref().map(measures).or((self.mandated == 1).then(Vec::new));
        let standing = cleared.map(|measures| Standing { measures, from: on, to: on });
        Ok(DoorGuest {
            shown: DayGuest { person: person.clone(), name: self.name.clone(), child, age },
            judged: Guest { person, born, child, standing: standing.into_iter().collect() },
            application: self.application_id.clone(),
        })
    }
}

pub const CLOSED: &str = "SELECT reason FROM blocked_date WHERE unit_id = $1 AND date = $2";
/// Of this unit's day, each with the time of the other one; visitors meet where they come to a room.
pub const DAY_APART: &str = "SELECT d.id, d.starts_at, d.ends_at, d.visitors FROM (SELECT b.id, b.starts_at AS begins, b.ends_at AS until_at, \
    y.starts_at, y.ends_at, CAST(0 AS BIGINT) AS visitors FROM booking b JOIN kept_apart k \
    ON (k.inmate_a = b.inmate_id OR k.inmate_b = b.inmate_id) AND k.ended_at IS NULL JOIN booking y \
    ON y.inmate_id = CASE WHEN k.inmate_a = b.inmate_id THEN k.inmate_b ELSE k.inmate_a END AND y.state = 'booked' \
    AND y.date = b.date AND y.unit_id = b.unit_id WHERE b.unit_id = $1 AND b.date = $2 AND b.state = 'booked' \
    UNION SELECT b.id, b.starts_at, b.ends_at, y.starts_at, y.ends_at, CAST(1 AS BIGINT) FROM visitor_apart k JOIN booking_party p \
    ON (p.person_id = k.person_a OR p.person_id = k.person_b) JOIN booking b ON b.id = p.booking_id AND b.unit_id = k.unit_id \
    JOIN visit_session e ON e.id = b.session_id AND e.way = 'room' AND e.kind <> 'video' JOIN booking_party o \
    ON o.person_id = CASE WHEN p.person_id = k.person_a THEN k.person_b ELSE k.person_a END JOIN booking y ON y.id = o.booking_id \
    AND y.state = 'booked' AND y.date = b.date AND y.unit_id = b.unit_id JOIN visit_session f ON f.id = y.session_id AND f.way = 'room' \
    AND f.kind <> 'video' WHERE k.unit_id = $1 AND k.ended_at IS NULL AND b.date = $2 AND b.state = 'booked') d \
    WHERE d.begins < d.ends_at + 60000000 * (SELECT CAST(r.value AS BIGINT) FROM rule r \
    WHERE r.key = 'booking.apart_minutes' AND r.valid_from <= $2 ORDER BY r.valid_from DESC LIMIT 1) \
    AND d.starts_at < d.until_at + 60000000 * (SELECT CAST(r.value AS BIGINT) FROM rule r \
    WHERE r.key = 'booking.apart_minutes' AND r.valid_from <= $2 ORDER BY r.valid_from DESC LIMIT 1)";
pub const DAY_GUESTS: &str = "SELECT d.booking_id, d.person_id, p.name, p.birth_date, d.role, COALESCE(c.measures, \
    (SELECT MAX(g.measures) FROM organisation_clearance g JOIN organisation_person e ON e.organisation_id = g.organisation_id \
    AND e.ended_at IS NULL AND e.valid_to >= b.date JOIN person_number r ON r.hash = e.number_hash AND r.person_id = d.person_id \
    JOIN organisation_task t ON t.organisation_id = g.organisation_id AND t.inmate_id = b.inmate_id AND t.state = 'standing' \
    AND t.valid_to >= b.date WHERE g.organisation_id = b.organisation_id AND g.unit_id = b.unit_id AND g.ended_at IS NULL \
    AND b.date BETWEEN g.valid_from AND g.valid_to)) AS measures, \
    c.application_id, CAST(CASE WHEN b.kind = 'lawyer' AND b.organisation_id IS NULL AND EXISTS (SELECT 1 FROM mandate m JOIN person_number n \
    ON n.hash = m.number_hash WHERE n.person_id = d.person_id AND m.inmate_id = b.inmate_id AND m.ended_at IS NULL \
    AND b.date BETWEEN m.valid_from AND m.valid_to AND (CAST($3 AS BIGINT) = 0 OR EXISTS (SELECT 1 FROM lawyer v \
    WHERE v.person_id = n.person_id AND v.closed_at IS NULL))) THEN 1 ELSE 0 END AS BIGINT) AS mandated FROM booking b JOIN booking_party d ON d.booking_id = b.id JOIN person p ON p.id = d.person_id \
    LEFT JOIN clearance c ON c.person_id = d.person_id AND c.inmate_id = b.inmate_id AND c.unit_id = b.unit_id \
    AND c.outcome = 'granted' AND COALESCE(c.other_parent, 'given') IN ('given', 'without') \
    AND b.date BETWEEN c.valid_from AND c.valid_to AND b.kind <> 'lawyer' WHERE b.unit_id = $1 AND b.date = $2 \
    ORDER BY d.booking_id, d.role, p.birth_date, p.id, c.valid_from, c.id";
pub const DAY_NEEDS: &str = "SELECT a.id, a.person_id, a.needs, k.sealed AS subject_key FROM application a \
    JOIN subject_key k ON k.subject_id = a.person_id WHERE a.id IN (SELECT c.application_id FROM booking b \
    JOIN booking_party d ON d.booking_id = b.id JOIN clearance c ON c.person_id = d.person_id \
    AND c.inmate_id = b.inmate_id AND c.unit_id = b.unit_id AND c.outcome = 'granted' \
    AND b.date BETWEEN c.valid_from AND c.valid_to WHERE b.unit_id = $1 AND b.date = $2)";
pub const DAY_ORDERS: &str = "SELECT inmate_id, kind, valid_from, valid_to, authorities FROM restriction WHERE inmate_id IN \
    (SELECT inmate_id FROM booking WHERE unit_id = $1 AND date = $2) AND valid_to >= $2 \
    AND kind IN ('visit_ban', 'visit_control', 'isolation') ORDER BY id";
