//! What documents put on an inmate's page (`crate::inmates`): what was handed in to a case of his and what was asked for, by the
//! kind's name ($4: the reader's language). Of their words and names of files nothing.

macro_rules! of_case {
    ($rest:literal) => {
        concat!(
            "JOIN document_kind k ON k.code = x.kind AND k.valid_from = x.kind_from ",
            "JOIN (SELECT a.id, a.unit_id FROM application a WHERE a.inmate_id = $1 ",
            "UNION ALL SELECT b.id, b.unit_id FROM booking b WHERE b.inmate_id = $1) c ON c.id = x.case_id ",
            "JOIN person p ON p.id = x.person_id JOIN unit u ON u.id = c.unit_id ",
            "WHERE $2 LIKE '% ' || c.unit_id || ' %' AND $3 LIKE '% documents %'",
            $rest
        )
    };
}
macro_rules! name {
    () => {
        "CASE $4 WHEN 'nn' THEN k.name_nn WHEN 'en' THEN k.name_en ELSE k.name_nb END AS detail, "
    };
}

pub const HANDED_IN: &str = concat!(
    "SELECT 'documents' AS part, x.state AS kind, x.state_at AS at, x.public_id, x.reference, p.name AS whom, ",
    name!(),
    "CAST(NULL AS TEXT) AS until_on, u.slug AS unit_slug, u.name AS unit_name FROM document x ",
    of_case!("")
);
pub const ASKED: &str = concat!(
    "SELECT 'documents' AS part, 'asked' AS kind, x.asked_at AS at, x.public_id, x.reference, p.name AS whom, ",
    name!(),
    "x.due_on AS until_on, u.slug AS unit_slug, u.name AS unit_name FROM document_request x ",
    of_case!(" AND x.state IN ('open', 'told')")
);
