//! What appeals put on the list of work (`crate::work`): what the level that decided prepares, and what the level above
//! decides. Taken below, it is being prepared; put back, it is as it was sent.

pub const ROWS: &str = "SELECT 'appeal' AS source, a.kind, a.public_id, a.reference, p.name AS whom, \
    CAST(NULL AS TEXT) AS about, a.why, a.state_at AS since, a.due_at, u.name AS unit_name, a.held_by, a.holder, u.id AS unit_id \
    FROM (SELECT x.public_id, x.reference, x.person_id, x.unit_id, x.state_at, x.due_at, h.id AS held_by, \
    h.name AS holder, CASE WHEN x.waits = 'asked' THEN 'waits' WHEN x.late = 1 THEN 'late' ELSE '' END AS why, \
    CASE WHEN x.state = 'forwarded' THEN 'appeal_decide' ELSE 'appeal_' || d.subject_kind END AS kind \
    FROM appeal x JOIN decision d ON d.id = x.decision_id LEFT JOIN staff_present h \
    ON h.id = CASE WHEN x.state = 'forwarded' THEN x.officer_id ELSE x.prepared_by END WHERE x.due_at IS NOT NULL \
    AND $1 LIKE '% ' || x.unit_id || ' %' AND $2 LIKE '% appeal_%' \
    AND $2 LIKE '% ' || CASE WHEN x.state = 'forwarded' THEN 'appeal_decide' ELSE 'appeal_' || d.subject_kind END || ' %' \
    AND $4 LIKE '% ' || CASE WHEN h.id IS NULL THEN 'nobody' WHEN h.id = $3 THEN 'mine' ELSE 'others' END || ' %' \
    AND (x.due_at, x.public_id) > (CAST($5 AS BIGINT), $6) AND x.due_at < CAST($7 AS BIGINT) \
    ORDER BY x.due_at, x.public_id LIMIT $9) a JOIN person p ON p.id = a.person_id JOIN unit u ON u.id = a.unit_id";
pub const LOAD: &str = "SELECT x.id, x.unit_id, \
    CASE WHEN x.state = 'forwarded' THEN 'appeal_decide' ELSE 'appeal_' || d.subject_kind END AS kind, \
    CASE WHEN x.state = 'forwarded' THEN x.officer_id ELSE x.prepared_by END AS officer_id, x.reference FROM appeal x \
    JOIN decision d ON d.id = x.decision_id WHERE x.public_id = $1 AND $2 LIKE '% ' || x.unit_id || ' %' \
    AND x.due_at IS NOT NULL";
pub const GIVE: &str = "UPDATE appeal SET officer_id = CASE WHEN state = 'forwarded' THEN $1 ELSE officer_id END, \
    prepared_by = CASE WHEN state = 'forwarded' THEN prepared_by ELSE $1 END, \
    state_at = CASE WHEN state = 'forwarded' OR (state = 'preparing' AND CAST($1 AS TEXT) IS NOT NULL) THEN state_at \
    WHEN CAST($1 AS TEXT) IS NULL THEN sent_at ELSE CAST($4 AS BIGINT) END, \
    state = CASE WHEN state = 'forwarded' THEN state WHEN CAST($1 AS TEXT) IS NULL THEN 'sent' ELSE 'preparing' END, \
    version = CASE WHEN state = 'forwarded' THEN version ELSE version + 1 END \
    WHERE id = $2 AND COALESCE(CASE WHEN state = 'forwarded' THEN officer_id ELSE prepared_by END, '') = $3";
