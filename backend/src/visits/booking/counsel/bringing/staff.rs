//! For the unit: one of them with the visit it is for, and those of a whole day for whoever opens the door.

use domain::{
    access::Unit,
    kernel::{CivilDate, Clock, Id, Instant, Public, Reference},
    visits::booking::{
        Booking,
        bringing::{Brought, may_answer},
    },
};

use super::{Bring, BringRow};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    visits::{booking::facts::wall, clearance::LookReason, sessions::rows::date, units},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffBring {
    pub bring: Bring,
    pub lawyer: String,
    pub inmate: String,
    pub unit_name: String,
    pub room: String,
    pub date: CivilDate,
    pub start: Clock,
    pub end: Clock,
    pub reference: Reference,
    /// It can be answered now.
    pub is_ahead: bool,
}

#[derive(sqlx::FromRow)]
struct Row {
    booking_id: String,
    unit_id: String,
    #[sqlx(flatten)]
    bring: BringRow,
    lawyer: String,
    inmate: String,
    unit_name: String,
    room: String,
    date: String,
    start_minute: i64,
    end_minute: i64,
    reference: String,
    starts_at: i64,
    booking_state: String,
}

/// The look is written before anything is told. None when it is another unit's or not her duty.
pub async fn staff_bring(ctx: &Ctx, staff: &Staff, public: &Public<Brought>) -> Result<Option<StaffBring>> {
    if !may_answer(&staff.roles) {
        return Ok(None);
    }
    let row: Option<Row> = ctx.db.optional(ONE, vec![public.into(), units(staff)]).await?;
    let Some(row) = row else { return Ok(None) };
    let (unit, booking): (Id<Unit>, Id<Booking>) =
        (Id::new(row.unit_id.as_str()), Id::new(row.booking_id.as_str()));
    let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "look").at_unit(&unit);
    audit::record(ctx, entry.about("booking", &booking).because(LookReason::HandleCase.code())).await?;
    row.shown(ctx.now()).map(Some)
}

impl Row {
    fn shown(self, now: Instant) -> Result<StaffBring> {
        Ok(StaffBring {
            bring: self.bring.bring()?,
            lawyer: self.lawyer,
            inmate: self.inmate,
            unit_name: self.unit_name,
            room: self.room,
            date: date(&self.date)?,
            start: wall(self.start_minute)?,
            end: wall(self.end_minute)?,
            reference: Reference::parse(&self.reference).ok_or(Error::Broken("reference"))?,
            is_ahead: self.booking_state == "booked" && now < Instant(self.starts_at),
        })
    }
}

#[derive(sqlx::FromRow)]
struct DayRow {
    booking_id: String,
    #[sqlx(flatten)]
    bring: BringRow,
}

/// Of all visits of this unit's day, by the id of the booking.
pub(in crate::visits) async fn of_day(
    ctx: &Ctx,
    unit: &Id<Unit>,
    on: CivilDate,
) -> Result<Vec<(String, Bring)>> {
    let rows: Vec<DayRow> = ctx.db.all(DAY_BRINGS, args![unit, on]).await?;
    rows.into_iter().map(|row| Ok((row.booking_id, row.bring.bring()?))).collect()
}

pub const ONE: &str = "SELECT x.booking_id, x.unit_id, x.public_id, x.what, x.detail, x.state, x.reason, x.asked_at, x.decided_at, p.name AS lawyer, \
    i.name AS inmate, u.name AS unit_name, s.room, b.date, s.start_minute, s.end_minute, b.reference, b.starts_at, \
    b.state AS booking_state FROM visit_bring x JOIN booking b ON b.id = x.booking_id JOIN person p ON p.id = b.person_id \
    JOIN inmate i ON i.id = b.inmate_id JOIN unit u ON u.id = x.unit_id JOIN visit_session s ON s.id = b.session_id \
    WHERE x.public_id = $1 AND $2 LIKE '% ' || x.unit_id || ' %'";
pub const DAY_BRINGS: &str = "SELECT x.booking_id, x.public_id, x.what, x.detail, x.state, x.reason, x.asked_at, x.decided_at \
    FROM booking b JOIN visit_bring x ON x.booking_id = b.id WHERE b.unit_id = $1 AND b.date = $2 \
    AND x.state IN ('open', 'approved', 'rejected', 'lapsed') ORDER BY x.booking_id, x.asked_at, x.id";
