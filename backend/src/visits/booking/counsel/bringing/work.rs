//! What lawyers want to bring on the list of work (`crate::work`): due when the visit begins.

pub const ROWS: &str = "SELECT 'bring' AS source, 'visit_bring' AS kind, a.public_id, b.reference, p.name AS whom, \
    i.name AS about, a.what AS why, a.asked_at AS since, a.due_at, u.name AS unit_name, a.held_by, a.holder, u.id AS unit_id FROM (SELECT \
    x.public_id, x.booking_id, x.unit_id, x.what, x.asked_at, x.due_at, h.id AS held_by, h.name AS holder FROM visit_bring x \
    JOIN booking y ON y.id = x.booking_id AND y.state = 'booked' LEFT JOIN staff_present h ON h.id = x.officer_id WHERE x.state = 'open' \
    AND $1 LIKE '% ' || x.unit_id || ' %' AND $2 LIKE '% visit_bring %' \
    AND $4 LIKE '% ' || CASE WHEN h.id IS NULL THEN 'nobody' WHEN h.id = $3 THEN 'mine' ELSE 'others' END || ' %' \
    AND (x.due_at, x.public_id) > (CAST($5 AS BIGINT), $6) AND x.due_at < $7 \
    ORDER BY x.due_at, x.public_id LIMIT $9) a JOIN booking b ON b.id = a.booking_id JOIN person p ON p.id = b.person_id \
    JOIN unit u ON u.id = a.unit_id JOIN inmate i ON i.id = b.inmate_id";
pub const LOAD: &str = "SELECT x.id, x.unit_id, 'visit_bring' AS kind, x.officer_id, b.reference FROM visit_bring x \
    JOIN booking b ON b.id = x.booking_id WHERE x.public_id = $1 AND $2 LIKE '% ' || x.unit_id || ' %' AND x.state = 'open'";
pub const GIVE: &str = "UPDATE visit_bring SET officer_id = $1 WHERE id = $2 AND COALESCE(officer_id, '') = $3 AND state = 'open'";
