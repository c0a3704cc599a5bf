//! What conversations put on an inmate's page (`crate::inmates`): that there is one about a case of his, and whose turn it is.
//! Of its words nothing.

pub const ROWS: &str = "SELECT 'conversations' AS part, x.state AS kind, x.last_at AS at, x.public_id, x.reference, \
    p.name AS whom, x.topic AS detail, CAST(NULL AS TEXT) AS until_on, u.slug AS unit_slug, u.name AS unit_name \
    FROM message_thread x JOIN person p ON p.id = x.person_id JOIN unit u ON u.id = x.unit_id \
    WHERE x.about_id IN (SELECT a.id FROM application a WHERE a.inmate_id = $1 \
    UNION ALL SELECT b.id FROM booking b WHERE b.inmate_id = $1) \
    AND $2 LIKE '% ' || x.unit_id || ' %' AND $3 LIKE '% conversations %'";
