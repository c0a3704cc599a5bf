//! What the trail puts on the list of work (`crate::work`): what is out of the ordinary, for the auditors of its unit and, of no
//! unit, for all. Names nobody, and whoever it is about neither sees it there nor can be given it.

macro_rules! days {
    () => {
        "(SELECT 86400000000 * CAST(r.value AS BIGINT) FROM rule r WHERE r.key = 'trail.settle_days' \
        AND r.valid_from <= $8 ORDER BY r.valid_from DESC LIMIT 1)"
    };
}

pub const ROWS: &str = concat!(
    "SELECT 'alert' AS source, 'alert_look' AS kind, a.public_id, CAST('' AS TEXT) AS reference, ",
    "CAST(NULL AS TEXT) AS whom, CAST(NULL AS TEXT) AS about, a.why, a.made_at AS since, a.due_at, ",
    "COALESCE(u.name, '') AS unit_name, a.held_by, a.holder, u.id AS unit_id ",
    "FROM (SELECT x.public_id, x.unit_id, x.kind AS why, x.made_at, h.id AS held_by, h.name AS holder, x.made_at + ",
    days!(),
    " AS due_at FROM trail_alert x LEFT JOIN staff_present h ON h.id = x.officer_id WHERE x.settled_at IS NULL ",
    "AND (x.unit_id IS NULL OR $1 LIKE '% ' || x.unit_id || ' %') AND $2 LIKE '% alert_look %' AND x.staff_id <> $3 ",
    "AND $4 LIKE '% ' || CASE WHEN h.id IS NULL THEN 'nobody' WHEN h.id = $3 THEN 'mine' ELSE 'others' END || ' %' ",
    "AND (x.made_at, x.public_id) > (CAST($5 AS BIGINT) - ",
    days!(),
    ", $6) AND x.made_at < CAST($7 AS BIGINT) - ",
    days!(),
    " ORDER BY x.made_at, x.public_id LIMIT $9) a LEFT JOIN unit u ON u.id = a.unit_id"
);
pub const LOAD: &str = "SELECT x.id, COALESCE(x.unit_id, '') AS unit_id, 'alert_look' AS kind, x.officer_id, \
    CAST('' AS TEXT) AS reference FROM trail_alert x WHERE x.public_id = $1 AND x.settled_at IS NULL \
    AND (x.unit_id IS NULL OR $2 LIKE '% ' || x.unit_id || ' %')";
pub const GIVE: &str = "UPDATE trail_alert SET officer_id = $1 WHERE id = $2 AND COALESCE(officer_id, '') = $3 \
    AND (CAST($1 AS TEXT) IS NULL OR staff_id <> $1)";
