//! What worries put on the list of work (`crate::work`): that somebody is worried, and not about whom.

/// Those of the intake are every duty desk's.
pub const ROWS: &str = "SELECT 'worry' AS source, 'worry_open' AS kind, a.public_id, CAST('' AS TEXT) AS reference, \
    CAST(NULL AS TEXT) AS whom, CAST(NULL AS TEXT) AS about, '' AS why, a.made_at AS since, a.due_at, \
    u.name AS unit_name, a.held_by, a.holder, u.id AS unit_id FROM (SELECT x.public_id, x.unit_id, x.made_at, x.due_at, h.id AS held_by, \
    h.name AS holder FROM worry x LEFT JOIN staff_present h ON h.id = x.taken_by WHERE x.done_at IS NULL \
    AND ($1 LIKE '% ' || x.unit_id || ' %' OR (CAST($10 AS BIGINT) = 1 \
    AND EXISTS (SELECT 1 FROM unit n WHERE n.id = x.unit_id AND n.level = 'intake'))) AND $2 LIKE '% worry_open %' \
    AND $4 LIKE '% ' || CASE WHEN h.id IS NULL THEN 'nobody' WHEN h.id = $3 THEN 'mine' ELSE 'others' END || ' %' \
    AND (x.due_at, x.public_id) > (CAST($5 AS BIGINT), $6) AND x.due_at < CAST($7 AS BIGINT) \
    ORDER BY x.due_at, x.public_id LIMIT $9) a JOIN unit u ON u.id = a.unit_id";
pub const LOAD: &str = "SELECT x.id, x.unit_id, 'worry_open' AS kind, x.taken_by AS officer_id, CAST('' AS TEXT) AS reference \
    FROM worry x JOIN unit u ON u.id = x.unit_id WHERE x.public_id = $1 \
    AND (u.level = 'intake' OR $2 LIKE '% ' || x.unit_id || ' %') AND x.done_at IS NULL";
pub const GIVE: &str = "UPDATE worry SET taken_by = $1, taken_at = CASE WHEN CAST($1 AS TEXT) IS NULL THEN NULL \
    ELSE CAST($4 AS BIGINT) END WHERE id = $2 AND COALESCE(taken_by, '') = $3";
