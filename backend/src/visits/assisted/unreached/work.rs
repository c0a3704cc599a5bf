//! Whom no letter reaches on the list of work (`crate::work`).

pub const ROWS: &str = "SELECT 'unreached' AS source, 'unreached' AS kind, a.public_id, '' AS reference, p.name AS whom, \
    CAST(NULL AS TEXT) AS about, a.kinds AS why, a.since, a.due_at, u.name AS unit_name, a.held_by, a.holder, u.id AS unit_id FROM (SELECT \
    x.public_id, x.person_id, x.unit_id, x.kinds, x.since, x.due_at, h.id AS held_by, h.name AS holder FROM unreached x \
    LEFT JOIN staff_present h ON h.id = x.officer_id WHERE x.state = 'open' \
    AND $1 LIKE '% ' || x.unit_id || ' %' AND $2 LIKE '% unreached %' \
    AND $4 LIKE '% ' || CASE WHEN h.id IS NULL THEN 'nobody' WHEN h.id = $3 THEN 'mine' ELSE 'others' END || ' %' \
    AND (x.due_at, x.public_id) > (CAST($5 AS BIGINT), $6) AND x.due_at < $7 \
    ORDER BY x.due_at, x.public_id LIMIT $9) a JOIN person p ON p.id = a.person_id JOIN unit u ON u.id = a.unit_id";
pub const LOAD: &str = "SELECT x.id, x.unit_id, 'unreached' AS kind, x.officer_id, '' AS reference FROM unreached x \
    WHERE x.public_id = $1 AND $2 LIKE '% ' || x.unit_id || ' %' AND x.state = 'open'";
pub const GIVE: &str =
    "UPDATE unreached SET officer_id = $1 WHERE id = $2 AND COALESCE(officer_id, '') = $3 AND state = 'open'";
