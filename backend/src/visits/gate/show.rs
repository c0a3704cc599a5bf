//! What the gate sees of a day and of one visit, and what she who booked sees of her own.

use std::collections::HashMap;

use domain::{
    kernel::{Id, Instant, Public},
    visits::{
        booking::Booking,
        gate::{AtGate, Expected, Mark, may_mark},
    },
};

use super::{BookingRow, MARKS, MarkLine, OF_UNITS, OWN};
use crate::{
    Result, args,
    ctx::{Citizen, Ctx, Staff},
    db::Value,
    visits::{
        booking::{self, StaffVisit, UnitDay},
        sessions::rows::{RULES, RuleRow},
        units,
    },
};

/// How late she says that she is, and when she said so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delay {
    pub minutes: i64,
    pub told_at: Instant,
}

/// How one visit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GateLine {
    pub state: AtGate,
    pub delay: Option<Delay>,
    /// How many marks stand.
    pub marks: usize,
}

impl GateLine {
    const NOTHING: Self = Self { state: AtGate::Expected, delay: None, marks: 0 };
}

/// Today at one unit.
#[derive(Clone, Debug)]
pub struct GateDay {
    pub day: UnitDay,
    lines: HashMap<String, GateLine>,
}

impl GateDay {
    pub fn line(&self, visit: &Public<Booking>) -> GateLine {
        self.lines.get(visit.as_str()).copied().unwrap_or(GateLine::NOTHING)
    }
}

#[derive(sqlx::FromRow)]
struct DayLine {
    public_id: String,
    minutes: Option<i64>,
    told_at: Option<i64>,
    kind: Option<String>,
    reason: Option<String>,
    at: Option<i64>,
}

/// The unit's day with what has been marked: one read more than the day itself. None when it is not hers.
pub async fn day(ctx: &Ctx, staff: &Staff, slug: Option<&str>) -> Result<Option<GateDay>> {
    if !may_mark(&staff.roles) {
        return Ok(None);
    }
    let today = ctx.now().date();
    let Some(day) = booking::day(ctx, staff, slug, today).await? else { return Ok(None) };
    let rows: Vec<DayLine> = ctx.db.all(DAY, args![&day.unit_slug, today]).await?;
    let mut lines: HashMap<String, GateLine> = HashMap::new();
    for row in rows {
        let delay = row.minutes.zip(row.told_at);
        let delay = delay.map(|(minutes, at)| Delay { minutes, told_at: Instant(at) });
        let state = match (row.kind, row.at) {
            (Some(kind), Some(at)) => AtGate::of(&[MarkLine { kind, reason: row.reason, at }.read()?]),
            _ => AtGate::Expected,
        };
        let before = lines.get(&row.public_id).map_or(0, |line| line.marks);
        let marks = before + usize::from(state != AtGate::Expected);
        // In the order of their marks: the last one says how it stands.
        lines.insert(row.public_id, GateLine { state, delay, marks });
    }
    Ok(Some(GateDay { day, lines }))
}

/// One visit at the gate.
#[derive(Clone, Debug)]
pub struct GateVisit {
    pub visit: StaffVisit,
    pub expected: Expected,
    pub line: GateLine,
    pub marks: Vec<(Mark, Instant)>,
}

/// The look is written first. None: not a visit of her units, or not her duty.
pub async fn visit(ctx: &Ctx, staff: &Staff, public: &Public<Booking>) -> Result<Option<GateVisit>> {
    if !may_mark(&staff.roles) {
        return Ok(None);
    }
    let row: Option<BookingRow> = ctx.db.optional(OF_UNITS, vec![Value::from(public), units(staff)]).await?;
    let Some(row) = row else { return Ok(None) };
    let Some(visit) = booking::staff_visit(ctx, staff, public).await? else { return Ok(None) };
    let (expected, marks, line) = state(ctx, &row).await?;
    Ok(Some(GateVisit { visit, expected, line, marks }))
}

/// What she sees of her own visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MyGate {
    pub expected: Expected,
    pub line: GateLine,
}

pub async fn mine(ctx: &Ctx, who: &Citizen, public: &Public<Booking>) -> Result<Option<MyGate>> {
    let row: Option<BookingRow> = ctx.db.optional(OWN, args![public, &who.person]).await?;
    let Some(row) = row else { return Ok(None) };
    let (expected, _, line) = state(ctx, &row).await?;
    Ok(Some(MyGate { expected, line }))
}

async fn state(ctx: &Ctx, row: &BookingRow) -> Result<(Expected, Vec<(Mark, Instant)>, GateLine)> {
    let rules: Vec<RuleRow> = ctx.db.all(RULES, args![&row.unit_id]).await?;
    let lines: Vec<MarkLine> = ctx.db.all(MARKS, args![&row.id]).await?;
    let marks: Vec<(Mark, Instant)> = lines.into_iter().map(MarkLine::read).collect::<Result<_>>()?;
    let delay: Option<(i64, i64)> =
        ctx.db.optional(DELAY, args![&Id::<Booking>::new(row.id.as_str())]).await?;
    let delay = delay.map(|(minutes, at)| Delay { minutes, told_at: Instant(at) });
    let line = GateLine { state: AtGate::of(&marks), delay, marks: marks.len() };
    Ok((row.expected(rules)?, marks, line))
}

pub const DAY: &str = "SELECT b.public_id, d.minutes, d.told_at, m.kind, m.reason, m.at FROM booking b \
    JOIN unit u ON u.id = b.unit_id LEFT JOIN visit_delay d ON d.booking_id = b.id \
    LEFT JOIN visit_mark m ON m.booking_id = b.id AND m.undone_at IS NULL \
    WHERE u.slug = $1 AND b.date = $2 ORDER BY m.written_at, m.id LIMIT 2000";
pub const DELAY: &str = "SELECT minutes, told_at FROM visit_delay WHERE booking_id = $1";
