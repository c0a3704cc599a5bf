//! What organisations have asked for, on the list of work (`crate::work`).

pub const ROWS: &str = "SELECT 'organisation' AS source, 'organisation_task' AS kind, a.public_id, '' AS reference, p.name AS whom, \
    o.name AS about, '' AS why, a.asked_at AS since, a.due_at, u.name AS unit_name, a.held_by, a.holder, u.id AS unit_id FROM (SELECT \
    x.public_id, x.asked_by, x.organisation_id, x.unit_id, x.asked_at, x.due_at, h.id AS held_by, h.name AS holder FROM organisation_task x \
    LEFT JOIN staff_present h ON h.id = x.officer_id WHERE x.state = 'asked' \
    AND $1 LIKE '% ' || x.unit_id || ' %' AND $2 LIKE '% organisation_task %' \
    AND $4 LIKE '% ' || CASE WHEN h.id IS NULL THEN 'nobody' WHEN h.id = $3 THEN 'mine' ELSE 'others' END || ' %' \
    AND (x.due_at, x.public_id) > (CAST($5 AS BIGINT), $6) AND x.due_at < $7 \
    ORDER BY x.due_at, x.public_id LIMIT $9) a JOIN person p ON p.id = a.asked_by \
    JOIN unit u ON u.id = a.unit_id JOIN organisation o ON o.id = a.organisation_id";
pub const LOAD: &str = "SELECT x.id, x.unit_id, 'organisation_task' AS kind, x.officer_id, '' AS reference FROM organisation_task x \
    WHERE x.public_id = $1 AND $2 LIKE '% ' || x.unit_id || ' %' AND x.state = 'asked'";
pub const GIVE: &str = "UPDATE organisation_task SET officer_id = $1 WHERE id = $2 AND COALESCE(officer_id, '') = $3 AND state = 'asked'";
