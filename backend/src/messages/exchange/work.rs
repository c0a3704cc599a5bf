//! What letters put on the list of work (`crate::work`): what waits for control, and what one of the two has told about the
//! other. What one has paused or blocked is nobody's to read.

pub const ROWS: &str = "SELECT 'letter' AS source, 'letter_control' AS kind, a.public_id, CAST('' AS TEXT) AS reference, \
    p.name AS whom, i.name AS about, a.why, a.written_at AS since, a.due_at, u.name AS unit_name, a.held_by, a.holder, u.id AS unit_id \
    FROM (SELECT x.public_id, x.exchange_id, x.unit_id, x.second AS why, x.written_at, x.due_at, h.id AS held_by, \
    h.name AS holder FROM letter x LEFT JOIN staff_present h ON h.id = x.officer_id WHERE x.state = 'in_control' \
    AND $1 LIKE '% ' || x.unit_id || ' %' AND $2 LIKE '% letter_control %' \
    AND $4 LIKE '% ' || CASE WHEN h.id IS NULL THEN 'nobody' WHEN h.id = $3 THEN 'mine' ELSE 'others' END || ' %' \
    AND EXISTS (SELECT 1 FROM exchange o WHERE o.id = x.exchange_id AND o.relative_side = 'open' \
    AND o.inmate_side = 'open') AND (x.due_at, x.public_id) > (CAST($5 AS BIGINT), $6) \
    AND x.due_at < CAST($7 AS BIGINT) ORDER BY x.due_at, x.public_id LIMIT $9) a \
    JOIN exchange e ON e.id = a.exchange_id JOIN person p ON p.id = e.person_id JOIN inmate i ON i.id = e.inmate_id \
    JOIN unit u ON u.id = a.unit_id";
pub const LOAD: &str = "SELECT x.id, x.unit_id, 'letter_control' AS kind, x.officer_id, CAST('' AS TEXT) AS reference \
    FROM letter x JOIN exchange e ON e.id = x.exchange_id WHERE x.public_id = $1 AND $2 LIKE '% ' || x.unit_id || ' %' \
    AND x.state = 'in_control' AND e.relative_side = 'open' AND e.inmate_side = 'open'";
pub const GIVE: &str = "UPDATE letter SET officer_id = $1 WHERE id = $2 AND COALESCE(officer_id, '') = $3";

macro_rules! days {
    () => {
        "(SELECT 86400000000 * CAST(r.value AS BIGINT) FROM rule r WHERE r.key = 'messages.report_days' \
        AND r.valid_from <= $8 ORDER BY r.valid_from DESC LIMIT 1)"
    };
}

pub const REPORTS: &str = concat!(
    "SELECT 'report' AS source, 'letter_report' AS kind, a.public_id, CAST('' AS TEXT) AS reference, p.name AS whom, ",
    "i.name AS about, '' AS why, a.made_at AS since, a.due_at, u.name AS unit_name, a.held_by, a.holder, u.id AS unit_id ",
    "FROM (SELECT x.public_id, x.exchange_id, x.unit_id, x.made_at, h.id AS held_by, h.name AS holder, x.made_at + ",
    days!(),
    " AS due_at FROM exchange_report x LEFT JOIN staff_present h ON h.id = x.officer_id WHERE x.settled_at IS NULL ",
    "AND $1 LIKE '% ' || x.unit_id || ' %' AND $2 LIKE '% letter_report %' ",
    "AND $4 LIKE '% ' || CASE WHEN h.id IS NULL THEN 'nobody' WHEN h.id = $3 THEN 'mine' ELSE 'others' END || ' %' ",
    "AND (x.made_at, x.public_id) > (CAST($5 AS BIGINT) - ",
    days!(),
    ", $6) AND x.made_at < CAST($7 AS BIGINT) - ",
    days!(),
    " ORDER BY x.made_at, x.public_id LIMIT $9) a JOIN exchange e ON e.id = a.exchange_id ",
    "JOIN person p ON p.id = e.person_id JOIN inmate i ON i.id = e.inmate_id JOIN unit u ON u.id = a.unit_id"
);
pub const LOAD_REPORT: &str = "SELECT x.id, x.unit_id, 'letter_report' AS kind, x.officer_id, CAST('' AS TEXT) AS reference \
    FROM exchange_report x WHERE x.public_id = $1 AND $2 LIKE '% ' || x.unit_id || ' %' AND x.settled_at IS NULL";
pub const GIVE_REPORT: &str =
    "UPDATE exchange_report SET officer_id = $1 WHERE id = $2 AND COALESCE(officer_id, '') = $3";
