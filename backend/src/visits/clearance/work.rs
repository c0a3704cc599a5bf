//! What applications put on the list of work (`crate::work`): what is to be decided, and what matched no inmate,
//! and leaves that came with one who was moved.

macro_rules! usual {
    () => {
        "(SELECT 86400000000 * CAST(r.value AS BIGINT) FROM rule r WHERE r.key = 'clearance.usual_days' \
        AND r.valid_from <= $8 ORDER BY r.valid_from DESC LIMIT 1)"
    };
}

macro_rules! carry {
    () => {
        "(SELECT 86400000000 * CAST(r.value AS BIGINT) FROM rule r WHERE r.key = 'clearance.carry_days' \
        AND r.valid_from <= $8 ORDER BY r.valid_from DESC LIMIT 1)"
    };
}

pub const ROWS: &str = concat!(
    "SELECT 'application' AS source, a.kind, a.public_id, a.reference, p.name AS whom, ",
    "COALESCE(i.name, a.typed_name) AS about, COALESCE(a.police_outcome, '') AS why, a.state_at AS since, a.due_at, ",
    "u.name AS unit_name, a.held_by, a.holder, u.id AS unit_id FROM (SELECT x.public_id, x.reference, x.person_id, x.inmate_id, ",
    "x.unit_id, x.typed_name, x.police_outcome, x.state_at, h.id AS held_by, h.name AS holder, ",
    "CASE WHEN x.state = 'received' THEN 'clearance_match' ELSE 'clearance_decide' END AS kind, x.submitted_at + ",
    usual!(),
    " AS due_at FROM application x LEFT JOIN staff_present h ON h.id = x.officer_id ",
    "WHERE x.state IN ('received', 'awaiting_decision') AND (x.state <> 'received' OR x.inmate_id IS NULL) ",
    "AND $1 LIKE '% ' || x.unit_id || ' %' AND $2 LIKE '% clearance_decide %' ",
    "AND $4 LIKE '% ' || CASE WHEN h.id IS NULL THEN 'nobody' WHEN h.id = $3 THEN 'mine' ELSE 'others' END || ' %' ",
    "AND (x.submitted_at, x.public_id) > (CAST($5 AS BIGINT) - ",
    usual!(),
    ", $6) AND x.submitted_at < CAST($7 AS BIGINT) - ",
    usual!(),
    " ORDER BY x.submitted_at, x.public_id LIMIT $9) a JOIN person p ON p.id = a.person_id ",
    "JOIN unit u ON u.id = a.unit_id LEFT JOIN inmate i ON i.id = a.inmate_id"
);
pub const LOAD: &str = "SELECT x.id, x.unit_id, \
    CASE WHEN x.state = 'received' THEN 'clearance_match' ELSE 'clearance_decide' END AS kind, x.officer_id, x.reference \
    FROM application x WHERE x.public_id = $1 AND $2 LIKE '% ' || x.unit_id || ' %' \
    AND x.state IN ('received', 'awaiting_decision') AND (x.state <> 'received' OR x.inmate_id IS NULL)";
/// Leaves that went with the inmate to another unit, which has not looked at them.
pub const CARRIED: &str = concat!(
    "SELECT 'carried' AS source, 'clearance_carried' AS kind, a.public_id, a.reference, p.name AS whom, ",
    "COALESCE(i.name, a.typed_name) AS about, a.why, a.carried_at AS since, a.due_at, ",
    "u.name AS unit_name, a.held_by, a.holder, u.id AS unit_id FROM (SELECT x.public_id, x.reference, x.person_id, x.inmate_id, ",
    "x.unit_id, x.typed_name, x.carried_at, CASE WHEN EXISTS (SELECT 1 FROM clearance w WHERE w.application_id = x.id ",
    "AND w.outcome = 'granted' AND w.unit_id <> x.unit_id) THEN 'waits' ELSE 'holds' END AS why, h.id AS held_by, h.name AS holder, x.carried_at + ",
    carry!(),
    " AS due_at FROM application x LEFT JOIN staff_present h ON h.id = x.officer_id ",
    "WHERE x.state = 'decided' AND x.carried_at IS NOT NULL AND x.carried_seen_at IS NULL ",
    "AND $1 LIKE '% ' || x.unit_id || ' %' AND $2 LIKE '% clearance_carried %' ",
    "AND $4 LIKE '% ' || CASE WHEN h.id IS NULL THEN 'nobody' WHEN h.id = $3 THEN 'mine' ELSE 'others' END || ' %' ",
    "AND (x.carried_at, x.public_id) > (CAST($5 AS BIGINT) - ",
    carry!(),
    ", $6) AND x.carried_at < CAST($7 AS BIGINT) - ",
    carry!(),
    " ORDER BY x.carried_at, x.public_id LIMIT $9) a JOIN person p ON p.id = a.person_id ",
    "JOIN unit u ON u.id = a.unit_id LEFT JOIN inmate i ON i.id = a.inmate_id"
);
pub const LOAD_CARRIED: &str = "SELECT x.id, x.unit_id, 'clearance_carried' AS kind, x.officer_id, x.reference \
    FROM application x WHERE x.public_id = $1 AND $2 LIKE '% ' || x.unit_id || ' %' \
    AND x.state = 'decided' AND x.carried_at IS NOT NULL AND x.carried_seen_at IS NULL";
/// Leaves of a unit of the strictest level that are to be looked at again.
pub const RECHECKS: &str = concat!(
    "SELECT 'recheck' AS source, 'clearance_recheck' AS kind, a.public_id, a.reference, p.name AS whom, ",
    "COALESCE(i.name, a.typed_name) AS about, '' AS why, a.state_at AS since, a.due_at, ",
    "u.name AS unit_name, a.held_by, a.holder, u.id AS unit_id FROM (SELECT x.public_id, x.reference, x.person_id, x.inmate_id, ",
    "x.unit_id, x.typed_name, x.state_at, h.id AS held_by, h.name AS holder, ",
    "x.recheck_due AS due_at FROM application x LEFT JOIN staff_present h ON h.id = x.officer_id ",
    "JOIN unit s ON s.id = x.unit_id AND s.level = 'special_high' ",
    "WHERE x.state = 'decided' AND x.recheck_on <= $8 AND EXISTS (SELECT 1 FROM clearance c WHERE c.application_id = x.id ",
    "AND c.outcome = 'granted' AND c.valid_to >= $8) ",
    "AND $1 LIKE '% ' || x.unit_id || ' %' AND $2 LIKE '% clearance_recheck %' ",
    "AND $4 LIKE '% ' || CASE WHEN h.id IS NULL THEN 'nobody' WHEN h.id = $3 THEN 'mine' ELSE 'others' END || ' %' ",
    "AND (x.recheck_due, x.public_id) > (CAST($5 AS BIGINT), $6) AND x.recheck_due < CAST($7 AS BIGINT) ",
    "ORDER BY x.recheck_due, x.public_id LIMIT $9) a JOIN person p ON p.id = a.person_id ",
    "JOIN unit u ON u.id = a.unit_id LEFT JOIN inmate i ON i.id = a.inmate_id"
);
/// The list is asked by the day; here the case's own page says whether it is time.
pub const LOAD_RECHECK: &str = "SELECT x.id, x.unit_id, 'clearance_recheck' AS kind, x.officer_id, x.reference \
    FROM application x WHERE x.public_id = $1 AND $2 LIKE '% ' || x.unit_id || ' %' \
    AND x.state = 'decided' AND x.recheck_on IS NOT NULL";
pub const GIVE: &str =
    "UPDATE application SET officer_id = $1 WHERE id = $2 AND COALESCE(officer_id, '') = $3";
