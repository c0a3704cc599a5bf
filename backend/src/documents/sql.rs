//! How documents and requests are read. The unit is that of the case, where there is one: a case that moves takes its
//! documents along. A case is asked for row by row: to join the view would be to read all cases.

/// A column of the case that a row is about.
macro_rules! case {
    ($column:literal, $of:literal) => {
        concat!(
            "(SELECT c.",
            $column,
            " FROM document_case c WHERE c.kind = ",
            $of,
            ".case_kind AND c.id = ",
            $of,
            ".case_id)"
        )
    };
}

/// The unit of a row: that of its case, where there is one.
macro_rules! unit_now {
    ($of:literal) => {
        concat!(
            "COALESCE((SELECT c.unit_id FROM document_case c WHERE c.kind = ",
            $of,
            ".case_kind AND c.id = ",
            $of,
            ".case_id), ",
            $of,
            ".unit_id)"
        )
    };
}
pub(super) use unit_now;

macro_rules! documents {
    ($rest:literal) => {
        concat!(
            "SELECT d.id, d.public_id, d.reference, d.person_id, u.id AS unit_id, d.case_kind, d.case_id, ",
            case!("public_id", "d"),
            " AS case_public, ",
            case!("reference", "d"),
            " AS case_reference, d.kind, d.blob_kind, ",
            "d.request_id, r.public_id AS request, (SELECT f.public_id FROM document_request f ",
            "WHERE f.follows = d.id) AS follow, d.words, d.receipt, d.handed_at, d.state, d.state_at, d.answer, ",
            "d.version, p.name AS sender, u.name AS unit_name, k.sealed AS subject_key, n.name_nb, n.name_nn, ",
            "n.name_en, n.hint_nb, n.hint_nn, n.hint_en FROM document d JOIN person p ON p.id = d.person_id ",
            "JOIN subject_key k ON k.subject_id = d.person_id ",
            "JOIN document_kind n ON n.code = d.kind AND n.valid_from = d.kind_from ",
            "LEFT JOIN document_request r ON r.id = d.request_id JOIN unit u ON u.id = ",
            unit_now!("d"),
            " ",
            $rest
        )
    };
}

pub const OWN: &str = documents!("WHERE d.public_id = $1 AND d.person_id = $2");
pub const ALL_OWN: &str = documents!("WHERE d.person_id = $1 ORDER BY d.handed_at DESC, d.id DESC LIMIT 100");
/// Of the units of staff. What was taken back was never theirs.
pub const OF_STAFF: &str =
    documents!("WHERE d.public_id = $1 AND $2 LIKE '% ' || u.id || ' %' AND d.state <> 'taken_back'");
pub const OF_CASE: &str = documents!(
    "WHERE (d.case_kind, d.case_id) IN (SELECT c.kind, c.id FROM document_case c WHERE c.public_id = $1) \
     AND $2 LIKE '% ' || u.id || ' %' AND d.state <> 'taken_back' \
     ORDER BY d.handed_at, d.id LIMIT 100"
);
pub const OF_OWN_CASE: &str = documents!(
    "WHERE (d.case_kind, d.case_id) IN (SELECT c.kind, c.id FROM document_case c WHERE c.public_id = $1) \
     AND d.person_id = $2 ORDER BY d.handed_at, d.id LIMIT 100"
);

macro_rules! requests {
    ($rest:literal) => {
        concat!(
            "SELECT r.id, r.public_id, r.reference, r.person_id, u.id AS unit_id, r.case_kind, r.case_id, ",
            case!("public_id", "r"),
            " AS case_public, ",
            case!("reference", "r"),
            " AS case_reference, r.kind, r.kind_from, r.reason, r.due_on, r.asked_at, r.state, r.state_at, r.told, ",
            "r.told_words, r.told_at, r.paper_on, r.note, ",
            "(SELECT MAX(d.public_id) FROM document d WHERE d.request_id = r.id AND d.state <> 'taken_back') ",
            "AS document, r.version, p.name AS person, u.name AS unit_name, k.sealed AS subject_key, n.name_nb, ",
            "n.name_nn, n.name_en, n.hint_nb, n.hint_nn, n.hint_en FROM document_request r ",
            "JOIN person p ON p.id = r.person_id JOIN subject_key k ON k.subject_id = r.person_id ",
            "JOIN document_kind n ON n.code = r.kind AND n.valid_from = r.kind_from ",
            "JOIN unit u ON u.id = ",
            unit_now!("r"),
            " ",
            $rest
        )
    };
}

pub const ASKED_OWN: &str = requests!("WHERE r.public_id = $1 AND r.person_id = $2");
pub const ASKED_OWN_ID: &str = requests!("WHERE r.id = $1 AND r.person_id = $2");
/// What is missing first, by its day.
pub const ASKED_ALL_OWN: &str = requests!(
    "WHERE r.person_id = $1 ORDER BY CASE WHEN r.state IN ('open', 'told') THEN 0 ELSE 1 END, r.due_on, r.id LIMIT 100"
);
pub const ASKED_OF_STAFF: &str = requests!("WHERE r.public_id = $1 AND $2 LIKE '% ' || u.id || ' %'");
pub const ASKED_IN_CASE: &str = requests!(
    "WHERE (r.case_kind, r.case_id) IN (SELECT c.kind, c.id FROM document_case c WHERE c.public_id = $1) \
     AND $2 LIKE '% ' || u.id || ' %' ORDER BY r.asked_at, r.id LIMIT 100"
);
pub const ASKED_IN_OWN_CASE: &str = requests!(
    "WHERE (r.case_kind, r.case_id) IN (SELECT c.kind, c.id FROM document_case c WHERE c.public_id = $1) \
     AND r.person_id = $2 ORDER BY r.asked_at, r.id LIMIT 100"
);

pub const LOOKS: &str = "SELECT at, role FROM audit WHERE subject_kind = 'document' AND subject_id = $1 \
    AND action = 'look' ORDER BY at DESC, id DESC LIMIT 100";
