//! What conversations put on the list of work (`crate::work`): whoever has written and waits.

pub const ROWS: &str = "SELECT 'thread' AS source, 'message_answer' AS kind, a.public_id, a.reference, p.name AS whom, \
    CAST(NULL AS TEXT) AS about, '' AS why, a.state_at AS since, a.due_at, u.name AS unit_name, a.held_by, a.holder, u.id AS unit_id \
    FROM (SELECT x.public_id, x.reference, x.person_id, x.unit_id, x.state_at, x.due_at, h.id AS held_by, \
    h.name AS holder FROM message_thread x LEFT JOIN staff_present h ON h.id = x.officer_id WHERE x.state = 'waiting' \
    AND $1 LIKE '% ' || x.unit_id || ' %' AND $2 LIKE '% message_answer %' \
    AND $4 LIKE '% ' || CASE WHEN h.id IS NULL THEN 'nobody' WHEN h.id = $3 THEN 'mine' ELSE 'others' END || ' %' \
    AND (x.due_at, x.public_id) > (CAST($5 AS BIGINT), $6) AND x.due_at < CAST($7 AS BIGINT) \
    ORDER BY x.due_at, x.public_id LIMIT $9) a JOIN person p ON p.id = a.person_id JOIN unit u ON u.id = a.unit_id";
pub const LOAD: &str = "SELECT x.id, x.unit_id, 'message_answer' AS kind, x.officer_id, x.reference FROM message_thread x \
    WHERE x.public_id = $1 AND $2 LIKE '% ' || x.unit_id || ' %' AND x.state = 'waiting'";
pub const GIVE: &str =
    "UPDATE message_thread SET officer_id = $1 WHERE id = $2 AND COALESCE(officer_id, '') = $3";
