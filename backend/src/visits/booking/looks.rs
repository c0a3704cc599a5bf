//! Who of the staff has looked at a visit: at itself, or at its unit's day while it stood on that day.

use domain::{kernel::Public, visits::booking::Booking};

use crate::{
    Result, args,
    ctx::{Citizen, Ctx},
    visits::clearance::{Look, LookRow},
};

/// Newest first; nothing for a visit that is not hers.
pub async fn looks(ctx: &Ctx, who: &Citizen, public: &Public<Booking>) -> Result<Vec<Look>> {
    let rows: Vec<LookRow> = ctx.db.all(LOOKS, args![public, &who.person]).await?;
    rows.into_iter().map(LookRow::look).collect()
}

/// Two halves, each by the audit's index of subjects.
pub const LOOKS: &str = "SELECT a.at, a.role, u.name AS unit_name, a.reason FROM booking b JOIN audit a \
    ON a.subject_kind = 'booking' AND a.subject_id = b.id AND a.action = 'look' LEFT JOIN unit u ON u.id = a.unit_id \
    WHERE b.public_id = $1 AND b.person_id = $2 UNION ALL \
    SELECT a.at, a.role, u.name AS unit_name, a.reason FROM booking b JOIN audit a \
    ON a.subject_kind = 'unit' AND a.subject_id = b.unit_id AND a.at >= b.booked_at AND a.action = 'look' \
    AND a.detail = COALESCE((SELECT c.date FROM booking_change c WHERE c.booking_id = b.id AND c.at > a.at \
    ORDER BY c.at LIMIT 1), b.date) LEFT JOIN unit u ON u.id = a.unit_id WHERE b.public_id = $1 AND b.person_id = $2 \
    ORDER BY at DESC LIMIT 100";
