//! What was handed in without eID on the list of work (`crate::work`): its reference, and not who wrote it.

pub const ROWS: &str = "SELECT 'hand_in' AS source, 'hand_in' AS kind, a.public_id, a.reference, CAST(NULL AS TEXT) AS whom, \
    CAST(NULL AS TEXT) AS about, a.state AS why, a.handed_at AS since, a.due_at, u.name AS unit_name, a.held_by, a.holder, u.id AS unit_id \
    FROM (SELECT x.public_id, x.reference, x.unit_id, x.state, x.handed_at, x.due_at, h.id AS held_by, h.name AS holder FROM hand_in x \
    LEFT JOIN staff_present h ON h.id = x.officer_id WHERE x.state IN ('received', 'registering', 'asked') \
    AND $1 LIKE '% ' || x.unit_id || ' %' AND $2 LIKE '% hand_in %' \
    AND $4 LIKE '% ' || CASE WHEN h.id IS NULL THEN 'nobody' WHEN h.id = $3 THEN 'mine' ELSE 'others' END || ' %' \
    AND (x.due_at, x.public_id) > (CAST($5 AS BIGINT), $6) AND x.due_at < $7 \
    ORDER BY x.due_at, x.public_id LIMIT $9) a JOIN unit u ON u.id = a.unit_id";
pub const LOAD: &str = "SELECT x.id, x.unit_id, 'hand_in' AS kind, x.officer_id, x.reference FROM hand_in x \
    WHERE x.public_id = $1 AND $2 LIKE '% ' || x.unit_id || ' %' AND x.state IN ('received', 'registering', 'asked')";
pub const GIVE: &str = "UPDATE hand_in SET officer_id = $1 WHERE id = $2 AND COALESCE(officer_id, '') = $3 \
    AND state IN ('received', 'registering', 'asked')";
