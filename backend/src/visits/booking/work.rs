//! What visits put on the list of work (`crate::work`): whom somebody has to ring, those whom no letter reaches and those
//! with little time left who have not read it; and booked visits of which something has to be settled before anybody comes.

macro_rules! after {
    () => {
        "(SELECT 60000000 * CAST(r.value AS BIGINT) FROM rule r WHERE r.key = 'booking.ring_minutes' \
        AND r.valid_from <= $8 ORDER BY r.valid_from DESC LIMIT 1)"
    };
}
macro_rules! short {
    () => {
        "(SELECT 3600000000 * CAST(r.value AS BIGINT) FROM rule r WHERE r.key = 'booking.short_notice_hours' \
        AND r.valid_from <= $8 ORDER BY r.valid_from DESC LIMIT 1)"
    };
}
macro_rules! reached {
    () => {
        "EXISTS (SELECT 1 FROM contact c WHERE c.person_id = x.person_id AND c.kind = 'email' AND c.confirmed_at IS NOT NULL)"
    };
}

pub const ROWS: &str = concat!(
    "SELECT 'ring' AS source, 'visit_ring' AS kind, a.public_id, a.reference, p.name AS whom, i.name AS about, a.why, ",
    "a.cancelled_at AS since, a.due_at, u.name AS unit_name, a.held_by, a.holder, u.id AS unit_id FROM (SELECT x.public_id, ",
    "x.reference, x.person_id, x.inmate_id, x.unit_id, x.cancelled_at, h.id AS held_by, h.name AS holder, CASE WHEN ",
    reached!(),
    " THEN 'short' ELSE 'unreached' END AS why, x.cancelled_at + ",
    after!(),
    " AS due_at FROM booking x LEFT JOIN staff_present h ON h.id = x.ring_officer_id ",
    "WHERE x.state = 'cancelled' AND x.cancelled_by = 'unit' AND x.off_seen_at IS NULL AND x.rung_at IS NULL AND x.date >= $8 ",
    "AND (NOT ",
    reached!(),
    " OR x.starts_at - x.cancelled_at < ",
    short!(),
    ") AND x.cancel_reason <> 'visitor_asked' ",
    "AND $1 LIKE '% ' || x.unit_id || ' %' AND $2 LIKE '% visit_ring %' ",
    "AND $4 LIKE '% ' || CASE WHEN h.id IS NULL THEN 'nobody' WHEN h.id = $3 THEN 'mine' ELSE 'others' END || ' %' ",
    "AND (x.cancelled_at, x.public_id) > (CAST($5 AS BIGINT) - ",
    after!(),
    ", $6) AND x.cancelled_at < CAST($7 AS BIGINT) - ",
    after!(),
    " ORDER BY x.cancelled_at, x.public_id LIMIT $9) a JOIN person p ON p.id = a.person_id ",
    "JOIN unit u ON u.id = a.unit_id JOIN inmate i ON i.id = a.inmate_id"
);
pub const LOAD: &str = "SELECT x.id, x.unit_id, 'visit_ring' AS kind, x.ring_officer_id AS officer_id, x.reference \
    FROM booking x WHERE x.public_id = $1 AND $2 LIKE '% ' || x.unit_id || ' %' AND x.state = 'cancelled' \
    AND x.cancelled_by = 'unit' AND x.off_seen_at IS NULL AND x.rung_at IS NULL";
pub const GIVE: &str =
    "UPDATE booking SET ring_officer_id = $1 WHERE id = $2 AND COALESCE(ring_officer_id, '') = $3";

pub const DOUBTS: &str = concat!(
    "SELECT 'settle' AS source, 'visit_settle' AS kind, a.public_id, a.reference, p.name AS whom, i.name AS about, a.doubts AS why, ",
    "COALESCE(a.doubts_at, a.due_at) AS since, a.due_at, u.name AS unit_name, a.held_by, a.holder, u.id AS unit_id FROM (SELECT ",
    "x.public_id, x.reference, x.person_id, x.inmate_id, x.unit_id, x.doubts, x.doubts_at, h.id AS held_by, h.name AS holder, ",
    "x.starts_at - ",
    short!(),
    " AS due_at FROM booking x LEFT JOIN staff_present h ON h.id = x.doubts_officer_id ",
    "WHERE x.state = 'booked' AND x.doubts <> '' AND x.date >= $8 ",
    "AND $1 LIKE '% ' || x.unit_id || ' %' AND $2 LIKE '% visit_settle %' ",
    "AND $4 LIKE '% ' || CASE WHEN h.id IS NULL THEN 'nobody' WHEN h.id = $3 THEN 'mine' ELSE 'others' END || ' %' ",
    "AND (x.starts_at, x.public_id) > (CAST($5 AS BIGINT) + ",
    short!(),
    ", $6) AND x.starts_at < CAST($7 AS BIGINT) + ",
    short!(),
    " ORDER BY x.starts_at, x.public_id LIMIT $9) a JOIN person p ON p.id = a.person_id ",
    "JOIN unit u ON u.id = a.unit_id JOIN inmate i ON i.id = a.inmate_id"
);
pub const LOAD_DOUBTS: &str = "SELECT x.id, x.unit_id, 'visit_settle' AS kind, x.doubts_officer_id AS officer_id, x.reference \
    FROM booking x WHERE x.public_id = $1 AND $2 LIKE '% ' || x.unit_id || ' %' AND x.state = 'booked' AND x.doubts <> ''";
pub const GIVE_DOUBTS: &str =
    "UPDATE booking SET doubts_officer_id = $1 WHERE id = $2 AND COALESCE(doubts_officer_id, '') = $3";
