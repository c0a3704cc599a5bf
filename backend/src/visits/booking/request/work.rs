//! Requests on the list of work (`crate::work`): due when they lapse.

pub const ROWS: &str = "SELECT 'visit_request' AS source, 'visit_request' AS kind, a.public_id, a.reference, p.name AS whom, \
    i.name AS about, a.why, a.asked_at AS since, a.due_at, u.name AS unit_name, a.held_by, a.holder, u.id AS unit_id FROM (SELECT \
    x.public_id, x.reference, x.person_id, x.inmate_id, x.unit_id, x.why, x.asked_at, x.expires_at AS due_at, h.id AS held_by, \
    h.name AS holder FROM visit_request x LEFT JOIN staff_present h ON h.id = x.officer_id WHERE x.state = 'open' \
    AND $1 LIKE '% ' || x.unit_id || ' %' AND $2 LIKE '% visit_request %' \
    AND $4 LIKE '% ' || CASE WHEN h.id IS NULL THEN 'nobody' WHEN h.id = $3 THEN 'mine' ELSE 'others' END || ' %' \
    AND (x.expires_at, x.public_id) > (CAST($5 AS BIGINT), $6) AND x.expires_at < $7 \
    ORDER BY x.expires_at, x.public_id LIMIT $9) a JOIN person p ON p.id = a.person_id \
    JOIN unit u ON u.id = a.unit_id JOIN inmate i ON i.id = a.inmate_id";
pub const LOAD: &str = "SELECT x.id, x.unit_id, 'visit_request' AS kind, x.officer_id, x.reference FROM visit_request x \
    WHERE x.public_id = $1 AND $2 LIKE '% ' || x.unit_id || ' %' AND x.state = 'open'";
pub const GIVE: &str = "UPDATE visit_request SET officer_id = $1 WHERE id = $2 AND COALESCE(officer_id, '') = $3 AND state = 'open'";
