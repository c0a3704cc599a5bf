//! The wings of a unit, and for which of them a time of the week is. To whoever is in another wing such a time is not there.

use serde::{Deserialize, Serialize};

use super::{
    Template,
    plan_forms::{Reader, words},
};
use crate::{kernel::Public, visits::clearance::forms::FormErrors};

/// Marks the id of a wing.
#[derive(Debug)]
pub enum Wing {}

pub const LONGEST_CODE: usize = 12;
pub const LONGEST_NAME: usize = 60;

/// For whom a time is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ForWings {
    #[default]
    All,
    /// For those in the wings that it names. Whoever is in none is not among them.
    Only,
    /// For all but those in the wings that it names.
    Not,
}

impl ForWings {
    pub const ALL: [Self; 3] = [Self::All, Self::Only, Self::Not];

    pub fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Only => "only",
            Self::Not => "not",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// A wing as it was typed. A code that is there already gets the new name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WingForm {
    pub unit: String,
    pub code: String,
    pub name: String,
}

impl WingForm {
    /// Its code and its name.
    pub fn parse(&self) -> Result<(String, String), FormErrors> {
        let mut r = Reader::default();
        let code = r.take("code", words(&self.code, LONGEST_CODE, "code_empty"));
        let name = r.take("name", words(&self.name, LONGEST_NAME, "name_empty"));
        code.zip(name).ok_or(r.0)
    }
}

/// For which wings a time of the week is to be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TimeWingsForm {
    pub time: String,
    /// Stands for whom it is for as the page showed it.
    pub seen: String,
    pub which: String,
    pub wings: Vec<String>,
}

/// As it can be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeWings {
    pub time: Public<Template>,
    pub choice: WingsChoice,
}

/// For which wings a time is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WingsChoice {
    pub which: ForWings,
    /// None where it is for all.
    pub wings: Vec<Public<Wing>>,
}

impl WingsChoice {
    /// Whether it is for whoever lives in this wing, or in none.
    pub fn is_for(&self, wing: Option<&Public<Wing>>) -> bool {
        let is_named = wing.is_some_and(|wing| self.wings.contains(wing));
        match self.which {
            ForWings::All => true,
            ForWings::Only => is_named,
            ForWings::Not => !is_named,
        }
    }

    /// What was chosen of the wings is left alone where the time is for all.
    pub(super) fn read(r: &mut Reader, which: &str, wings: &[String]) -> Option<Self> {
        let which = r.take("which", ForWings::parse(which).ok_or("choose"));
        let wings: Option<Vec<Public<Wing>>> = wings.iter().map(|id| Public::parse(id)).collect();
        let wings = match which {
            Some(ForWings::All) => Some(vec![]),
            _ => r.take("wings", wings.filter(|wings| !wings.is_empty()).ok_or("choose")),
        };
        Some(Self { which: which?, wings: wings? })
    }
}

impl TimeWingsForm {
    pub fn parse(&self) -> Result<TimeWings, FormErrors> {
        let mut r = Reader::default();
        let time = r.take("which", Public::parse(&self.time).ok_or("choose"));
        let choice = WingsChoice::read(&mut r, &self.which, &self.wings);
        time.zip(choice).map(|(time, choice)| TimeWings { time, choice }).ok_or(r.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is wrong, by field.
    type Wrong<'a> = &'a [(&'static str, &'static str)];

    fn codes<T>(result: Result<T, FormErrors>) -> Vec<(&'static str, &'static str)> {
        result.map_or_else(|errors| errors.into_iter().map(|e| (e.field, e.code)).collect(), |_| vec![])
    }

    #[test]
    fn a_wing_has_a_short_code_and_a_name() {
        let table: [(&str, &str, Wrong<'_>); 4] = [
            (" A ", "Avdeling A", &[]),
            ("", " ", &[("code", "code_empty"), ("name", "name_empty")]),
            ("A123456789012", "Avdeling A", &[("code", "too_long")]),
            ("A", "Avde\u{7}ling", &[("name", "character")]),
        ];
        for (code, name, expected) in table {
            let form = WingForm { unit: String::new(), code: code.into(), name: name.into() };
            assert_eq!(codes(form.parse()), expected, "{code} {name}");
        }
        let form = WingForm { code: " A ".into(), name: " Avdeling A".into(), ..WingForm::default() };
        assert_eq!(form.parse(), Ok(("A".to_owned(), "Avdeling A".to_owned())));
    }

    #[test]
    fn a_time_for_some_names_them_and_one_for_all_names_none() {
        let (time, wing) = ("0".repeat(26), "1".repeat(26));
        let table: [(&str, &[&str], Result<usize, Wrong<'_>>); 6] = [
            ("all", &[], Ok(0)),
            ("all", &[wing.as_str()], Ok(0)),
            ("only", &[wing.as_str()], Ok(1)),
            ("not", &[], Err(&[("wings", "choose")])),
            ("only", &["x"], Err(&[("wings", "choose")])),
            ("", &[], Err(&[("which", "choose"), ("wings", "choose")])),
        ];
        for (which, wings, expected) in table {
            let wings = wings.iter().map(|id| (*id).to_owned()).collect();
            let form = TimeWingsForm { time: time.clone(), seen: String::new(), which: which.into(), wings };
            let found = form.parse().map(|found| found.choice.wings.len());
            assert_eq!(found.map_err(|e| codes::<()>(Err(e))), expected.map_err(<[_]>::to_vec), "{which}");
        }
        for one in ForWings::ALL {
            assert_eq!(ForWings::parse(one.code()), Some(one));
        }
    }

    #[test]
    fn whoever_lives_in_no_wing_is_in_none_that_is_named() {
        let [a, b]: [Public<Wing>; 2] = [1, 2].map(|n| Public::parse(&format!("{n:026}")).expect("an id"));
        let table = [
            (ForWings::All, [true, true, true]),
            (ForWings::Only, [true, false, false]),
            (ForWings::Not, [false, true, true]),
        ];
        for (which, expected) in table {
            let wings = if which == ForWings::All { vec![] } else { vec![a.clone()] };
            let choice = WingsChoice { which, wings };
            assert_eq!([Some(&a), Some(&b), None].map(|wing| choice.is_for(wing)), expected, "{which:?}");
        }
    }
}
