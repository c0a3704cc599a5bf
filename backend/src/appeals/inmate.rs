//! What appeals put on an inmate's page (`crate::inmates`): where one against a decision of a clearance stands.

pub const ROWS: &str = "SELECT 'decisions' AS part, 'appeal_' || COALESCE(x.outcome, x.state) AS kind, x.state_at AS at, \
    x.public_id, x.reference, p.name AS whom, '' AS detail, CAST(NULL AS TEXT) AS until_on, u.slug AS unit_slug, \
    u.name AS unit_name FROM application a JOIN clearance c ON c.application_id = a.id \
    JOIN decision d ON d.subject_kind = 'clearance' AND d.subject_id = c.id JOIN appeal x ON x.decision_id = d.id \
    JOIN person p ON p.id = x.person_id JOIN unit u ON u.id = x.unit_id WHERE a.inmate_id = $1 \
    AND $2 LIKE '% ' || x.unit_id || ' %' AND $3 LIKE '% appeals %'";
