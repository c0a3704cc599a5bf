//! What consents put on the list of work (`crate::work`): each case that is open, by the last day to answer. Names nobody.

pub const ROWS: &str = "SELECT 'home' AS source, 'home_case' AS kind, a.public_id, a.reference, \
    CAST(NULL AS TEXT) AS whom, CAST(NULL AS TEXT) AS about, a.why, a.opened_at AS since, a.due_at, \
    u.name AS unit_name, a.held_by, a.holder, u.id AS unit_id FROM (SELECT x.public_id, x.reference, x.unit_id, x.opened_at, x.due_at, \
    h.id AS held_by, h.name AS holder, CASE WHEN x.kind = 'child' THEN 'child' \
    WHEN x.children = 'to_hear' THEN 'children' ELSE x.dwelling END AS why \
    FROM consent_case x LEFT JOIN staff_present h ON h.id = x.officer_id WHERE x.closed_at IS NULL \
    AND $1 LIKE '% ' || x.unit_id || ' %' AND $2 LIKE '% home_case %' \
    AND $4 LIKE '% ' || CASE WHEN h.id IS NULL THEN 'nobody' WHEN h.id = $3 THEN 'mine' ELSE 'others' END || ' %' \
    AND (x.due_at, x.public_id) > (CAST($5 AS BIGINT), $6) AND x.due_at < CAST($7 AS BIGINT) \
    ORDER BY x.due_at, x.public_id LIMIT $9) a JOIN unit u ON u.id = a.unit_id";
pub const LOAD: &str = "SELECT x.id, x.unit_id, 'home_case' AS kind, x.officer_id, x.reference FROM consent_case x \
    WHERE x.public_id = $1 AND $2 LIKE '% ' || x.unit_id || ' %' AND x.closed_at IS NULL";
pub const GIVE: &str =
    "UPDATE consent_case SET officer_id = $1 WHERE id = $2 AND COALESCE(officer_id, '') = $3";
