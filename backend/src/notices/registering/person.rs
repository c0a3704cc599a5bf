//! Somebody whom an officer registers, as it was typed. Nothing that is typed wrong is left out in silence: a way to reach
//! her that was dropped would be missed when it is too late.

use domain::kernel::{NationalId, Phone, TextError, line, paragraph};

use crate::notices::{Profile, wish::Fault};

/// Longest name or word, in characters.
const LONGEST: usize = 100;
const LONGEST_ADDRESS: usize = 300;

/// Somebody who does not ask by herself: no eID, or met at the office. Told by call and letter.
#[derive(Clone, Debug, Default)]
pub struct PersonForm {
    pub name: String,
    pub telephone: String,
    pub address: String,
    pub safe_word: String,
    /// Her number, if she has one: then she finds it all when she signs in.
    pub number: String,
    /// `yes`: her address is protected, and none is kept.
    pub protected: String,
    /// `wants`, `asked` or `never_asked`.
    pub wish: String,
}

/// The same, read.
#[derive(Clone, Debug)]
pub(super) struct PersonRead {
    pub profile: Profile,
    pub wish: &'static str,
}

impl PersonForm {
    /// All that is wrong, in the order of the fields. `synthetic`: numbers made for tests are taken.
    pub fn faults(&self, synthetic: bool) -> Vec<Fault> {
        self.parse(synthetic).err().unwrap_or_default()
    }

    pub(super) fn parse(&self, synthetic: bool) -> std::result::Result<PersonRead, Vec<Fault>> {
        let mut faults = Vec::new();
        let name = needed("name", line(&self.name, LONGEST), &mut faults);
        let telephone = given("telephone", Phone::parse(&self.telephone), &mut faults);
        let address = given("address", paragraph(&self.address, LONGEST_ADDRESS), &mut faults);
        let protected = self.protected == "yes";
        if protected && !is_blank(&self.address) {
            faults.push(Fault { field: "address", code: "protected" });
        }
        if self.wish == "wants" && is_blank(&self.telephone) && is_blank(&self.address) {
            faults.push(Fault { field: "telephone", code: "no_way" });
        }
        // Without it nobody may say anything on the telephone.
        let word = line(&self.safe_word, LONGEST);
        let safe_word = if is_blank(&self.telephone) {
            given("safe_word", word, &mut faults)
        } else {
            needed("safe_word", word, &mut faults)
        };
        let number = match self.number(synthetic) {
            Ok(number) => number,
            Err(fault) => {
                faults.push(fault);
                None
            }
        };
        let wish = ["wants", "asked", "never_asked"].into_iter().find(|code| *code == self.wish);
        if wish.is_none() {
            faults.push(Fault { field: "wish", code: "choose" });
        }
        match (name, wish, faults.is_empty()) {
            (Some(name), Some(wish), true) => {
                let telephone = telephone.map(|phone| phone.as_str().to_owned());
                let profile =
                    Profile { name, number, telephone, address, protected, safe_word, ..Profile::default() };
                Ok(PersonRead { profile, wish })
            }
            _ => Err(faults),
        }
    }

    fn number(&self, synthetic: bool) -> std::result::Result<Option<String>, Fault> {
        if is_blank(&self.number) {
            return Ok(None);
        }
        let read = NationalId::parse(&self.number).ok().filter(|id| synthetic || !id.is_synthetic());
        read.map(|id| Some(id.expose().to_owned())).ok_or(Fault { field: "number", code: "form" })
    }
}

impl Profile {
    /// What an officer has typed of somebody who is here already: it fills what is empty, and never replaces what is hers.
    pub(super) fn fill(&mut self, typed: &Self) {
        let fill = |own: &mut Option<String>, typed: &Option<String>| {
            if own.is_none() {
                own.clone_from(typed);
            }
        };
        fill(&mut self.telephone, &typed.telephone);
        fill(&mut self.address, &typed.address);
        fill(&mut self.safe_word, &typed.safe_word);
        self.protect(self.protected || typed.protected);
    }
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

fn needed<T>(
    field: &'static str,
    read: std::result::Result<T, TextError>,
    faults: &mut Vec<Fault>,
) -> Option<T> {
    read.map_err(|error| faults.push(Fault { field, code: error.code() })).ok()
}

/// What may be left out is wrong only if it is there.
fn given<T>(
    field: &'static str,
    read: std::result::Result<T, TextError>,
    faults: &mut Vec<Fault>,
) -> Option<T> {
    if matches!(read, Err(TextError::Empty)) { None } else { needed(field, read, faults) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A typed form, and the codes by field that it is refused with.
    #[test]
    fn what_is_typed_wrong_is_said_and_never_left_out() {
        let right = || PersonForm { name: "Tora Li".into(), wish: "asked".into(), ..PersonForm::default() };
        let wants = || PersonForm { wish: "wants".into(), ..right() };
        let word = || Some(String::from("tyttebær"));
        let long = "x".repeat(LONGEST + 1);
        let table: [(PersonForm, &[(&str, &str)]); 17] = [
            (right(), &[]),
            (PersonForm { name: " ".into(), ..right() }, &[("name", "empty")]),
            (PersonForm { number: "12345678901".into(), ..right() }, &[("number", "form")]),
            (PersonForm { number: "1".into(), ..right() }, &[("number", "form")]),
            (
                PersonForm { telephone: "4123".into(), safe_word: word().unwrap(), ..right() },
                &[("telephone", "form")],
            ),
            (PersonForm { telephone: "41234567".into(), ..right() }, &[("safe_word", "empty")]),
            (PersonForm { safe_word: long.clone(), ..right() }, &[("safe_word", "too_long")]),
            (PersonForm { address: "x".repeat(LONGEST_ADDRESS + 1), ..right() }, &[("address", "too_long")]),
            (PersonForm { wish: "Wants".into(), ..right() }, &[("wish", "choose")]),
            (PersonForm { wish: String::new(), ..right() }, &[("wish", "choose")]),
            (wants(), &[("telephone", "no_way")]),
            (PersonForm { address: "Storgata 1".into(), ..wants() }, &[]),
            (
                PersonForm { address: "Storgata 1".into(), protected: "yes".into(), ..wants() },
                &[("address", "protected")],
            ),
            (PersonForm { protected: "yes".into(), ..wants() }, &[("telephone", "no_way")]),
            (PersonForm { protected: "yes".into(), ..right() }, &[]),
            (PersonForm { telephone: "41234567".into(), safe_word: word().unwrap(), ..wants() }, &[]),
            (
                PersonForm { name: long, telephone: "1".into(), number: "x".into(), ..PersonForm::default() },
                &[
                    ("name", "too_long"),
                    ("telephone", "form"),
                    ("safe_word", "empty"),
                    ("number", "form"),
                    ("wish", "choose"),
                ],
            ),
        ];
        for (form, expected) in table {
            let faults: Vec<_> = form.faults(true).iter().map(|fault| (fault.field, fault.code)).collect();
            assert_eq!(faults, expected, "{form:?}");
        }
    }

    #[test]
    fn a_number_made_for_tests_is_taken_where_they_are_alone() {
        let number = crate::testing::number_of("tora").expose().to_owned();
        let form = PersonForm { name: "Tora".into(), wish: "asked".into(), number, ..PersonForm::default() };
        assert!(form.faults(true).is_empty());
        assert_eq!(form.faults(false), [Fault { field: "number", code: "form" }]);
    }
}
