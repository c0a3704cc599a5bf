//! What visits put on an inmate's page (`crate::inmates`): when, with whom, and how it went. Of his lawyers nothing.

pub const ROWS: &str = "SELECT 'visits' AS part, CASE WHEN x.state = 'cancelled' THEN 'cancelled' ELSE COALESCE((SELECT m.kind \
    FROM visit_mark m WHERE m.booking_id = x.id AND m.undone_at IS NULL ORDER BY m.at DESC, m.id DESC LIMIT 1), 'booked') END \
    AS kind, x.starts_at AS at, x.public_id, x.reference, p.name AS whom, COALESCE(x.cancelled_by, '') AS detail, \
    CAST(NULL AS TEXT) AS until_on, u.slug AS unit_slug, u.name AS unit_name FROM booking x JOIN person p ON p.id = x.person_id \
    JOIN unit u ON u.id = x.unit_id WHERE x.inmate_id = $1 AND $2 LIKE '% ' || x.unit_id || ' %' AND $3 LIKE '% visits %' \
    AND x.kind <> 'lawyer'";
