//! A case and one at home as they are stored, and all words of hers in the order they were said.

use domain::{
    access::Unit,
    consents::{Dwelling, Grid, Kind, Said, Viewed, Word},
    kernel::{CivilDate, Id, Instant},
};

use super::{CaseMark, PersonMark};
use crate::{Error, Result};

#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct CaseRecord {
    pub id: String,
    pub public_id: String,
    pub reference: String,
    pub unit_id: String,
    pub unit_name: String,
    pub unit_phone: String,
    pub name: Vec<u8>,
    pub about: Vec<u8>,
    kind: String,
    pub subject_id: Option<String>,
    pub without_reason: Option<Vec<u8>>,
    pub answer_by: String,
    told_first: String,
    told_every: i64,
    dwelling: String,
    dwelling_at: i64,
    pub children: String,
    pub opened_at: i64,
    pub closed_at: Option<i64>,
    pub version: i64,
}

impl CaseRecord {
    pub fn id(&self) -> Id<CaseMark> {
        Id::new(self.id.as_str())
    }

    pub fn unit(&self) -> Id<Unit> {
        Id::new(self.unit_id.as_str())
    }

    pub fn kind(&self) -> Result<Kind> {
        Kind::parse(&self.kind).ok_or(Error::Broken("kind of consent"))
    }

    pub fn is_closed(&self) -> bool {
        self.closed_at.is_some()
    }

    pub fn answer_by(&self) -> Result<CivilDate> {
        day(&self.answer_by)
    }

    pub fn grid(&self) -> Result<Grid> {
        Ok(Grid { first: day(&self.told_first)?, every: self.told_every })
    }

    pub fn viewed(&self) -> Result<Viewed> {
        let dwelling = Dwelling::parse(&self.dwelling).ok_or(Error::Broken("view of a home"))?;
        Ok(Viewed { dwelling, at: Instant(self.dwelling_at) })
    }
}

pub(super) fn day(text: &str) -> Result<CivilDate> {
    CivilDate::parse_iso(text).ok_or(Error::Broken("a day of a home"))
}

/// One at home with one word of hers, or without any.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct PersonRecord {
    pub id: String,
    pub public_id: String,
    pub case_id: String,
    pub name: Vec<u8>,
    pub email: Option<Vec<u8>>,
    pub talked_at: Option<i64>,
    pub word_public: Option<String>,
    said: Option<String>,
    said_at: Option<i64>,
    pub unsafe_home: Option<i64>,
    pub evidence_hash: Option<String>,
}

impl PersonRecord {
    pub fn id(&self) -> Id<PersonMark> {
        Id::new(self.id.as_str())
    }

    pub fn word(&self) -> Result<Option<Word>> {
        let (Some(said), Some(at)) = (&self.said, self.said_at) else { return Ok(None) };
        let said = Said::parse(said).ok_or(Error::Broken("a word of consent"))?;
        Ok(Some(Word { said, at: Instant(at) }))
    }
}

/// All rows of the same person, which stand one after the other.
pub(super) fn by_person(rows: Vec<PersonRecord>) -> Vec<Vec<PersonRecord>> {
    let mut people: Vec<Vec<PersonRecord>> = vec![];
    for row in rows {
        match people.last_mut().filter(|known| known[0].id == row.id) {
            Some(known) => known.push(row),
            None => people.push(vec![row]),
        }
    }
    people
}

pub(super) fn words(rows: &[PersonRecord]) -> Result<Vec<Word>> {
    rows.iter().filter_map(|row| row.word().transpose()).collect()
}

macro_rules! case {
    ($rest:literal) => {
        concat!(
            "SELECT h.id, h.public_id, h.reference, h.unit_id, u.name AS unit_name, u.phone AS unit_phone, h.name, ",
            "h.about, h.kind, h.subject_id, h.without_reason, h.answer_by, h.told_first, h.told_every, h.dwelling, h.dwelling_at, h.children, h.opened_at, ",
            "h.closed_at, h.version FROM consent_case h JOIN unit u ON u.id = h.unit_id ",
            $rest
        )
    };
}

macro_rules! people {
    ($rest:literal) => {
        concat!(
            "SELECT p.id, p.public_id, p.case_id, p.name, p.email, p.talked_at, w.public_id AS word_public, w.said, ",
            "w.said_at, w.unsafe_home, w.evidence_hash FROM consent_person p LEFT JOIN consent_word w ",
            "ON w.person_id = p.id ",
            $rest
        )
    };
}

/// Those that are open, by their last day; then those closed since.
pub const CASES: &str = case!(
    "WHERE $1 LIKE '% ' || h.unit_id || ' %' AND (h.closed_at IS NULL OR h.closed_at > $2) \
    ORDER BY CASE WHEN h.closed_at IS NULL THEN 0 ELSE 1 END, h.answer_by, h.id LIMIT 200"
);
pub const CASE_OF_STAFF: &str = case!("WHERE h.public_id = $1 AND $2 LIKE '% ' || h.unit_id || ' %'");
pub const CASE: &str = case!("WHERE h.id = $1");
pub const CASES_OF_HERS: &str = case!(
    "WHERE h.id IN (SELECT p.case_id FROM consent_person p JOIN person_number n ON n.hash = p.number_hash \
    WHERE n.person_id = $1 AND p.removed_at IS NULL)"
);
pub const PEOPLE_OF_CASES: &str = people!(
    "JOIN consent_case h ON h.id = p.case_id WHERE p.removed_at IS NULL AND $1 LIKE '% ' || h.unit_id || ' %' \
    AND (h.closed_at IS NULL OR h.closed_at > $2) ORDER BY p.case_id, p.added_at, p.id, w.said_at, w.id"
);
pub const CASES_OF_SUBJECTS: &str = case!(
    "WHERE $1 LIKE '% ' || h.unit_id || ' %' AND h.subject_id IS NOT NULL AND $2 LIKE '% ' || h.subject_id || ' %' \
    ORDER BY h.opened_at, h.id"
);
pub const PEOPLE_OF_SUBJECTS: &str = people!(
    "JOIN consent_case h ON h.id = p.case_id WHERE p.removed_at IS NULL AND $1 LIKE '% ' || h.unit_id || ' %' \
    AND h.subject_id IS NOT NULL AND $2 LIKE '% ' || h.subject_id || ' %' \
    ORDER BY p.case_id, p.added_at, p.id, w.said_at, w.id"
);
pub const PEOPLE: &str =
    people!("WHERE p.case_id = $1 AND p.removed_at IS NULL ORDER BY p.added_at, p.id, w.said_at, w.id");
pub const HERS: &str = people!(
    "JOIN person_number n ON n.hash = p.number_hash WHERE n.person_id = $1 AND p.removed_at IS NULL \
    ORDER BY p.added_at DESC, p.id, w.said_at, w.id LIMIT 200"
);
pub const HERS_ONE: &str = people!(
    "JOIN person_number n ON n.hash = p.number_hash WHERE n.person_id = $1 AND p.public_id = $2 \
    AND p.removed_at IS NULL ORDER BY w.said_at, w.id"
);
