//! What is urgent to lawyers on the list of work (`crate::work`): due when it has to have begun.

pub const ROWS: &str = "SELECT 'urgent' AS source, 'visit_urgent' AS kind, a.public_id, '' AS reference, p.name AS whom, \
    i.name AS about, a.reason AS why, a.asked_at AS since, a.due_at, u.name AS unit_name, a.held_by, a.holder, u.id AS unit_id FROM (SELECT \
    x.public_id, x.person_id, x.inmate_id, x.unit_id, x.reason, x.asked_at, x.due_at, h.id AS held_by, h.name AS holder FROM urgent_room x \
    LEFT JOIN staff_present h ON h.id = x.officer_id WHERE x.state = 'open' \
    AND $1 LIKE '% ' || x.unit_id || ' %' AND $2 LIKE '% visit_urgent %' \
    AND $4 LIKE '% ' || CASE WHEN h.id IS NULL THEN 'nobody' WHEN h.id = $3 THEN 'mine' ELSE 'others' END || ' %' \
    AND (x.due_at, x.public_id) > (CAST($5 AS BIGINT), $6) AND x.due_at < $7 \
    ORDER BY x.due_at, x.public_id LIMIT $9) a JOIN person p ON p.id = a.person_id \
    JOIN unit u ON u.id = a.unit_id JOIN inmate i ON i.id = a.inmate_id";
pub const LOAD: &str = "SELECT x.id, x.unit_id, 'visit_urgent' AS kind, x.officer_id, '' AS reference FROM urgent_room x \
    WHERE x.public_id = $1 AND $2 LIKE '% ' || x.unit_id || ' %' AND x.state = 'open'";
pub const GIVE: &str = "UPDATE urgent_room SET officer_id = $1 WHERE id = $2 AND COALESCE(officer_id, '') = $3 AND state = 'open'";
