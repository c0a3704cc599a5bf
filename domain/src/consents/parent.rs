//! A child comes along on visits, and another parent has parental responsibility too: that parent answers alone. What the one who
//! applied may read is "not settled", whatever was said, and the same where nobody was found.

use serde::{Deserialize, Serialize};

use super::{
    forms::{NewPerson, PersonForm, last_day, taken, wrong},
    state::Standing,
};
use crate::{
    appeals::FormErrors,
    kernel::{CivilDate, paragraph},
};

/// What consent is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// To serve a sentence where she lives.
    Home,
    /// That a child of hers comes along on visits.
    Child,
}

impl Kind {
    pub const ALL: [Self; 2] = [Self::Home, Self::Child];

    pub fn code(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Child => "child",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// What a child's clearance learns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    Asked,
    Given,
    /// No, a talk first, taken back, or asked by mistake.
    Missing,
    /// An officer has decided that it can do without.
    Without,
}

impl Fact {
    pub fn of(standing: Standing) -> Self {
        match standing {
            Standing::Unanswered => Self::Asked,
            said if said.is_yes() => Self::Given,
            Standing::Said(_) => Self::Missing,
        }
    }
}

/// The other parent, and by when an answer is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ParentForm {
    pub person: PersonForm,
    /// Day, month, year.
    pub answer_by: [String; 3],
}

impl ParentForm {
    pub fn parse(
        &self,
        today: CivilDate,
        longest: i64,
        synthetic: bool,
    ) -> Result<(NewPerson, CivilDate), FormErrors> {
        let person = self.person.parse(synthetic);
        let day = last_day(&self.answer_by, today, longest).map_err(|code| wrong("answer_by", code));
        match (person, day) {
            (Ok(person), Ok(day)) => Ok((person, day)),
            (person, day) => {
                let mut errors = person.err().unwrap_or_default();
                errors.extend(day.err());
                Err(errors)
            }
        }
    }
}

/// Longest reason, in characters.
const LONGEST: usize = 2_000;

/// Why it is decided without: of the officer's own, read by staff alone.
pub fn without_reason(typed: &str) -> Result<String, FormErrors> {
    let mut errors = vec![];
    taken(&mut errors, "reason", paragraph(typed, LONGEST)).ok_or(errors)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        consents::{Answer, Said, Word},
        kernel::Instant,
    };

    #[test]
    fn only_a_yes_that_stands_is_given() {
        let said = |said| Standing::Said(Word { said, at: Instant(1) });
        let table = [
            (Standing::Unanswered, Fact::Asked),
            (said(Said::Answered(Answer::Yes)), Fact::Given),
            (said(Said::Answered(Answer::No)), Fact::Missing),
            (said(Said::Answered(Answer::Talk)), Fact::Missing),
            (said(Said::Withdrawn), Fact::Missing),
        ];
        for (standing, fact) in table {
            assert_eq!(Fact::of(standing), fact, "{standing:?}");
        }
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.code()), Some(kind));
        }
    }

    #[test]
    fn who_and_by_when_are_asked_for_together() {
        let today = CivilDate::parse_iso("2026-09-01").unwrap();
        let form = |number: &str, name: &str, by: [&str; 3]| ParentForm {
            person: PersonForm { number: number.into(), name: name.into(), email: String::new() },
            answer_by: by.map(str::to_owned),
        };
        let table: [(ParentForm, &[&str]); 4] = [
            (form("", "", ["", "", ""]), &["number form", "name empty", "answer_by date_empty"]),
            (form("23918414622", "Ingrid", ["22", "9", "2026"]), &[]),
            (form("23918414622", "Ingrid", ["1", "9", "2026"]), &["answer_by date_past"]),
            (form("23918414622", "Ingrid", ["1", "12", "2026"]), &["answer_by date_far"]),
        ];
        for (form, expected) in table {
            let errors = form.parse(today, 90, true).err().unwrap_or_default();
            let codes: Vec<String> = errors.iter().map(|e| format!("{} {}", e.field, e.code)).collect();
            assert_eq!(codes, expected, "{form:?}");
        }
        assert!(without_reason(" ").is_err() && without_reason("Har ikke foreldreansvar").is_ok());
    }
}
