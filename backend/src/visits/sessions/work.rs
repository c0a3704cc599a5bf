//! What plans put on the list of work (`crate::work`): changes that somebody else has to approve. Whoever asked for one neither
//! sees it there nor can be given it. Names nobody.

pub const ROWS: &str = "SELECT 'proposal' AS source, 'plan_proposal' AS kind, a.public_id, CAST('' AS TEXT) AS reference, \
    CAST(NULL AS TEXT) AS whom, CAST(NULL AS TEXT) AS about, a.why, a.proposed_at AS since, a.due_at, u.name AS unit_name, \
    a.held_by, a.holder, u.id AS unit_id FROM (SELECT x.public_id, x.unit_id, x.kind AS why, x.proposed_at, \
    x.lapses_at AS due_at, h.id AS held_by, h.name AS holder FROM plan_proposal x \
    LEFT JOIN staff_present h ON h.id = x.officer_id WHERE x.state = 'open' \
    AND $1 LIKE '% ' || x.unit_id || ' %' AND $2 LIKE '% plan_proposal %' AND x.proposed_by <> $3 \
    AND $4 LIKE '% ' || CASE WHEN h.id IS NULL THEN 'nobody' WHEN h.id = $3 THEN 'mine' ELSE 'others' END || ' %' \
    AND (x.lapses_at, x.public_id) > ($5, $6) AND x.lapses_at < $7 ORDER BY x.lapses_at, x.public_id LIMIT $9) a \
    JOIN unit u ON u.id = a.unit_id";
pub const LOAD: &str = "SELECT x.id, x.unit_id, 'plan_proposal' AS kind, x.officer_id, CAST('' AS TEXT) AS reference \
    FROM plan_proposal x WHERE x.public_id = $1 AND $2 LIKE '% ' || x.unit_id || ' %' AND x.state = 'open'";
pub const GIVE: &str = "UPDATE plan_proposal SET officer_id = $1 WHERE id = $2 AND COALESCE(officer_id, '') = $3 \
    AND (CAST($1 AS TEXT) IS NULL OR proposed_by <> $1)";
