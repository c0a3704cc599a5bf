//! A client of hers, for whatever a mandate entitles a lawyer to. Everybody else is told what a stranger is told.

use domain::{
    access::Level,
    kernel::{Instant, Public},
};

use crate::{
    args,
    ctx::{Citizen, Ctx},
    custody::inmates::Inmate,
    db::Value,
};

/// Her client, where he is, and the last day of her mandate. Found by [`CLIENT`].
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Client {
    pub inmate_id: String,
    pub inmate_name: String,
    /// None: he is in no unit now.
    pub unit_id: Option<String>,
    pub unit_name: Option<String>,
    pub unit_phone: Option<String>,
    pub valid_to: String,
}

/// What [`CLIENT`] is asked with; none below the high level.
pub fn asked(ctx: &Ctx, who: &Citizen, inmate: &Public<Inmate>, now: Instant) -> Option<Vec<Value>> {
    let high = who.level >= Level::High;
    high.then(|| args![&who.person, inmate, now.date(), ctx.lawyers.counts()])
}

pub const CLIENT: &str = "SELECT i.id AS inmate_id, i.name AS inmate_name, p.unit_id, u.name AS unit_name, \
    u.phone AS unit_phone, MAX(a.valid_to) AS valid_to FROM mandate a JOIN person_number n ON n.hash = a.number_hash \
    JOIN inmate i ON i.id = a.inmate_id LEFT JOIN placement p ON p.inmate_id = i.id AND p.ended_at IS NULL \
    LEFT JOIN unit u ON u.id = p.unit_id WHERE n.person_id = $1 AND i.public_id = $2 AND a.ended_at IS NULL \
    AND a.valid_from <= $3 AND $3 <= a.valid_to AND (CAST($4 AS BIGINT) = 0 OR EXISTS (SELECT 1 FROM lawyer v \
    WHERE v.person_id = n.person_id AND $3 <= v.holds_to)) GROUP BY i.id, i.name, p.unit_id, u.name, u.phone";
