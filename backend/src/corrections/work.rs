//! What corrections put on the list of work (`crate::work`): each request that waits for an answer. Taken, somebody looks into it;
//! put back, it is as it was sent.

pub const ROWS: &str = "SELECT 'correction' AS source, 'correction_answer' AS kind, a.public_id, a.reference, p.name AS whom, \
    CAST(NULL AS TEXT) AS about, a.wish AS why, a.sent_at AS since, a.due_at, u.name AS unit_name, a.held_by, a.holder, \
    u.id AS unit_id FROM (SELECT x.public_id, x.reference, x.person_id, x.unit_id, x.wish, x.sent_at, x.due_at, \
    h.id AS held_by, h.name AS holder FROM correction x LEFT JOIN staff_present h ON h.id = x.officer_id \
    WHERE x.due_at IS NOT NULL AND $1 LIKE '% ' || x.unit_id || ' %' AND $2 LIKE '% correction_answer %' \
    AND $4 LIKE '% ' || CASE WHEN h.id IS NULL THEN 'nobody' WHEN h.id = $3 THEN 'mine' ELSE 'others' END || ' %' \
    AND (x.due_at, x.public_id) > (CAST($5 AS BIGINT), $6) AND x.due_at < CAST($7 AS BIGINT) \
    ORDER BY x.due_at, x.public_id LIMIT $9) a JOIN person p ON p.id = a.person_id JOIN unit u ON u.id = a.unit_id";
pub const LOAD: &str = "SELECT x.id, x.unit_id, 'correction_answer' AS kind, x.officer_id, x.reference FROM correction x \
    WHERE x.public_id = $1 AND $2 LIKE '% ' || x.unit_id || ' %' AND x.due_at IS NOT NULL";
pub const GIVE: &str = "UPDATE correction SET officer_id = $1, \
    state_at = CASE WHEN CAST($1 AS TEXT) IS NULL THEN sent_at WHEN state = 'taken' THEN state_at ELSE CAST($4 AS BIGINT) END, \
    state = CASE WHEN CAST($1 AS TEXT) IS NULL THEN 'sent' ELSE 'taken' END, version = version + 1 \
    WHERE id = $2 AND COALESCE(officer_id, '') = $3";
