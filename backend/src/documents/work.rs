//! What documents put on the list of work (`crate::work`): what is to be read, and what was asked for and has not come. The
//! unit is that of the case, where there is one.

use super::sql::unit_now;

macro_rules! days {
    () => {
        "(SELECT 86400000000 * CAST(r.value AS BIGINT) FROM rule r WHERE r.key = 'documents.read_days' \
        AND r.valid_from <= $8 ORDER BY r.valid_from DESC LIMIT 1)"
    };
}

pub const ROWS: &str = concat!(
    "SELECT 'document' AS source, 'document_read' AS kind, a.public_id, a.reference, p.name AS whom, ",
    "CAST(NULL AS TEXT) AS about, a.why, a.handed_at AS since, a.due_at, u.name AS unit_name, a.held_by, a.holder, u.id AS unit_id ",
    "FROM (SELECT x.public_id, x.reference, x.person_id, x.state AS why, x.handed_at, h.id AS held_by, h.name AS holder, ",
    unit_now!("x"),
    " AS unit_id, x.handed_at + ",
    days!(),
    " AS due_at FROM document x LEFT JOIN staff_present h ON h.id = x.officer_id ",
    "WHERE x.state IN ('received', 'reading') AND $2 LIKE '% document_read %' AND $1 LIKE '% ' || ",
    unit_now!("x"),
    " || ' %' AND $4 LIKE '% ' || ",
    "CASE WHEN h.id IS NULL THEN 'nobody' WHEN h.id = $3 THEN 'mine' ELSE 'others' END || ' %' ",
    "AND (x.handed_at, x.public_id) > (CAST($5 AS BIGINT) - ",
    days!(),
    ", $6) AND x.handed_at < CAST($7 AS BIGINT) - ",
    days!(),
    " ORDER BY x.handed_at, x.public_id LIMIT $9) a JOIN person p ON p.id = a.person_id JOIN unit u ON u.id = a.unit_id"
);
pub const LOAD: &str = concat!(
    "SELECT x.id, ",
    unit_now!("x"),
    " AS unit_id, 'document_read' AS kind, x.officer_id, x.reference FROM document x WHERE x.public_id = $1 ",
    "AND $2 LIKE '% ' || ",
    unit_now!("x"),
    " || ' %' AND x.state IN ('received', 'reading')"
);
pub const GIVE: &str = "UPDATE document SET officer_id = $1 WHERE id = $2 AND COALESCE(officer_id, '') = $3";

pub const MISSING: &str = concat!(
    "SELECT 'request' AS source, 'document_missing' AS kind, a.public_id, a.reference, p.name AS whom, ",
    "CAST(NULL AS TEXT) AS about, a.why, a.asked_at AS since, a.due_at, u.name AS unit_name, a.held_by, a.holder, u.id AS unit_id ",
    "FROM (SELECT x.public_id, x.reference, x.person_id, x.state AS why, x.asked_at, x.due_at, h.id AS held_by, ",
    "h.name AS holder, ",
    unit_now!("x"),
    " AS unit_id FROM document_request x LEFT JOIN staff_present h ON h.id = x.officer_id ",
    "WHERE x.state IN ('open', 'told') AND (x.state = 'told' OR x.due_on < $8) AND $2 LIKE '% document_missing %' ",
    "AND $1 LIKE '% ' || ",
    unit_now!("x"),
    " || ' %' AND $4 LIKE '% ' || ",
    "CASE WHEN h.id IS NULL THEN 'nobody' WHEN h.id = $3 THEN 'mine' ELSE 'others' END || ' %' ",
    "AND (x.due_at, x.public_id) > (CAST($5 AS BIGINT), $6) AND x.due_at < CAST($7 AS BIGINT) ",
    "ORDER BY x.due_at, x.public_id LIMIT $9) a JOIN person p ON p.id = a.person_id JOIN unit u ON u.id = a.unit_id"
);
pub const LOAD_MISSING: &str = concat!(
    "SELECT x.id, ",
    unit_now!("x"),
    " AS unit_id, 'document_missing' AS kind, x.officer_id, x.reference FROM document_request x WHERE x.public_id = $1 ",
    "AND $2 LIKE '% ' || ",
    unit_now!("x"),
    " || ' %' AND x.state IN ('open', 'told')"
);
pub const GIVE_MISSING: &str =
    "UPDATE document_request SET officer_id = $1 WHERE id = $2 AND COALESCE(officer_id, '') = $3";
