//! What applications and decisions put on an inmate's page (`crate::inmates`).

pub const APPLICATIONS: &str = "SELECT 'clearances' AS part, x.state AS kind, x.state_at AS at, x.public_id, x.reference, \
    p.name AS whom, x.relation AS detail, (SELECT MAX(c.valid_to) FROM clearance c WHERE c.application_id = x.id \
    AND c.outcome = 'granted') AS until_on, u.slug AS unit_slug, u.name AS unit_name FROM application x \
    JOIN person p ON p.id = x.person_id JOIN unit u ON u.id = x.unit_id WHERE x.inmate_id = $1 \
    AND $2 LIKE '% ' || x.unit_id || ' %' AND $3 LIKE '% clearances %'";

/// With the clock of its appeal, which runs for what still holds.
pub const DECISIONS: &str = "SELECT 'decisions' AS part, CASE WHEN d.superseded_at IS NULL THEN d.outcome \
    ELSE 'superseded' END AS kind, d.made_at AS at, x.public_id, x.reference, p.name AS whom, d.measures AS detail, \
    d.valid_to AS until_on, u.slug AS unit_slug, u.name AS unit_name, d.available_at, d.notice_sent_at AS told_at, \
    d.opened_at, CASE WHEN d.superseded_at IS NULL THEN d.appeal_kind END AS clock, d.appeal_days AS days \
    FROM application x JOIN clearance c ON c.application_id = x.id \
    JOIN decision d ON d.subject_kind = 'clearance' AND d.subject_id = c.id JOIN person p ON p.id = c.person_id \
    JOIN unit u ON u.id = d.unit_id WHERE x.inmate_id = $1 AND $2 LIKE '% ' || x.unit_id || ' %' \
    AND $3 LIKE '% decisions %'";
