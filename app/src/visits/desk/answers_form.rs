//! The form of many answers: a row a case, and one day for all of them.

use std::collections::BTreeMap;

use backend::{form_try::FormTry, visits::clearance::Application};
use domain::{
    kernel::{CivilDate, Public},
    visits::clearance::forms::FormErrors,
};
use serde::{Deserialize, Serialize};

use super::forms::{both, error, said_on};

/// Most rows on the page of many answers.
pub(super) const MOST_ANSWERS: usize = 100;

/// Many answers: by `c` and the case, `yes.<version>`, `no.<version>`, or empty for *not yet*.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AnswersForm {
    pub answers: BTreeMap<String, String>,
    pub on_day: String,
    pub on_month: String,
    pub on_year: String,
}

/// One row: which case, the version its reader saw, and whether it was a yes.
pub(super) type RowAnswer = (Public<Application>, i64, bool);

impl AnswersForm {
    pub(super) fn parse(&self, today: CivilDate) -> Result<(Vec<RowAnswer>, CivilDate), FormErrors> {
        let rows: Vec<RowAnswer> = self.answers.iter().filter_map(|(id, word)| row(id, word)).collect();
        let rows = if rows.is_empty() { Err(error("answers", "none")) } else { Ok(rows) };
        both(rows, said_on([&self.on_day, &self.on_month, &self.on_year], today))
    }

    pub(super) fn fields(&self) -> FormTry {
        let date = [("on_day", &self.on_day), ("on_month", &self.on_month), ("on_year", &self.on_year)];
        let mut values: BTreeMap<String, String> =
            date.into_iter().map(|(name, value)| (name.to_owned(), value.clone())).collect();
        let chosen = self.answers.iter().filter(|(id, word)| row(id, word).is_some());
        values.extend(chosen.map(|(id, word)| (format!("answers[{id}]"), word.clone())));
        FormTry { values, errors: vec![] }
    }

    /// What was typed for this case, with the day: to be shown again.
    pub(super) fn typed(&self, id: &Public<Application>) -> Vec<(String, String)> {
        let row = row_name(id);
        self.fields().values.into_iter().filter(|(name, _)| name.starts_with("on_") || *name == row).collect()
    }
}

/// The name of a case's row. A key that began with a digit would be read as a place in a list.
pub(super) fn row_name(id: &Public<Application>) -> String {
    format!("answers[c{id}]")
}

fn row(key: &str, word: &str) -> Option<RowAnswer> {
    let id = key.strip_prefix('c')?;
    let (word, version) = word.split_once('.')?;
    let yes = match word {
        "yes" => true,
        "no" => false,
        _ => return None,
    };
    Some((Public::parse(id)?, version.parse().ok()?, yes))
}
