//! What declared appointments put on the list of work (`crate::work`): each that is to be checked. Put back, nobody has it.

pub const ROWS: &str = "SELECT 'appointed' AS source, 'appointed_check' AS kind, a.public_id, a.reference, p.name AS whom, \
    CAST(NULL AS TEXT) AS about, a.why, a.since, a.due_at, u.name AS unit_name, a.held_by, a.holder, \
    u.id AS unit_id FROM (SELECT x.public_id, x.reference, x.person_id, x.unit_id, \
    CASE WHEN x.inmate_id IS NULL THEN 'nobody' ELSE 'found' END AS why, x.sent_at AS since, x.due_at, \
    h.id AS held_by, h.name AS holder FROM appointed x LEFT JOIN staff_present h ON h.id = x.officer_id \
    WHERE x.due_at IS NOT NULL AND $1 LIKE '% ' || x.unit_id || ' %' AND $2 LIKE '% appointed_check %' \
    AND $4 LIKE '% ' || CASE WHEN h.id IS NULL THEN 'nobody' WHEN h.id = $3 THEN 'mine' ELSE 'others' END || ' %' \
    AND (x.due_at, x.public_id) > (CAST($5 AS BIGINT), $6) AND x.due_at < CAST($7 AS BIGINT) \
    ORDER BY x.due_at, x.public_id LIMIT $9) a JOIN person p ON p.id = a.person_id JOIN unit u ON u.id = a.unit_id";
pub const LOAD: &str = "SELECT x.id, x.unit_id, 'appointed_check' AS kind, x.officer_id, x.reference FROM appointed x \
    WHERE x.public_id = $1 AND $2 LIKE '% ' || x.unit_id || ' %' AND x.due_at IS NOT NULL";
pub const GIVE: &str = "UPDATE appointed SET officer_id = $1 WHERE id = $2 AND COALESCE(officer_id, '') = $3";
