//! What letters put on an inmate's page (`crate::inmates`): that one is on its way, from which side, and where it has come. Of
//! its words nothing.

pub const ROWS: &str = "SELECT 'letters' AS part, x.state AS kind, x.state_at AS at, x.public_id, CAST(NULL AS TEXT) AS reference, \
    p.name AS whom, CASE WHEN x.from_relative = 1 THEN 'in' ELSE 'out' END AS detail, CAST(NULL AS TEXT) AS until_on, \
    u.slug AS unit_slug, u.name AS unit_name FROM exchange e JOIN letter x ON x.exchange_id = e.id \
    JOIN person p ON p.id = e.person_id JOIN unit u ON u.id = x.unit_id WHERE e.inmate_id = $1 \
    AND $2 LIKE '% ' || x.unit_id || ' %' AND $3 LIKE '% letters %'";
