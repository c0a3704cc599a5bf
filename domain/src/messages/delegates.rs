//! What a lawyer types of somebody who may book rooms for her.

use serde::{Deserialize, Serialize};

use super::forms::{FormErrors, date, day, one, taken, wrong};
use crate::kernel::{CivilDate, line};

/// Longest name, firm and label, in characters.
const LONGEST: usize = 120;

/// As she posts it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DelegateForm {
    /// As she calls him; who he is, his own sign-in says.
    pub name: String,
    /// What he is to her.
    pub label: String,
    pub firm: String,
    /// Public ids of clients.
    pub clients: Vec<String>,
    pub valid_to: [String; 3],
}

/// Whom she names, for whom, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDelegate {
    pub name: String,
    pub label: String,
    pub firm: String,
    /// Each once.
    pub clients: Vec<String>,
    pub valid_to: CivilDate,
}

/// Those who were chosen, each once.
pub fn each_once(clients: &[String]) -> Vec<String> {
    let mut clients = clients.to_vec();
    clients.sort_unstable();
    clients.dedup();
    clients
}

impl DelegateForm {
    /// `longest`: days, from today.
    pub fn parse(&self, today: CivilDate, longest: i64) -> Result<NewDelegate, FormErrors> {
        let mut errors = vec![];
        let name = taken(&mut errors, "name", line(&self.name, LONGEST));
        let label = taken(&mut errors, "label", line(&self.label, LONGEST));
        let firm = taken(&mut errors, "firm", line(&self.firm, LONGEST));
        let clients = each_once(&self.clients);
        let clients = one(&mut errors, "clients[]", Some(clients).filter(|all| !all.is_empty()), "choose");
        let valid_to = day(&mut errors, "valid_to", date(&self.valid_to));
        let outside = match valid_to {
            Some(day) if day < today => Some("date_past"),
            Some(day) if day > today.plus_days(longest) => Some("date_late"),
            _ => None,
        };
        errors.extend(outside.map(|code| wrong("valid_to", code)));
        match (name, label, firm, clients, valid_to) {
            (Some(name), Some(label), Some(firm), Some(clients), Some(valid_to)) if errors.is_empty() => {
                Ok(NewDelegate { name, label, firm, clients, valid_to })
            }
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_is_wrong_comes_at_once() {
        let today = CivilDate::parse_iso("2026-09-01").unwrap();
        let form = |name: &str, clients: &[&str], to: &str| DelegateForm {
            name: name.into(),
            label: name.into(),
            firm: name.into(),
            clients: clients.iter().map(|one| (*one).to_owned()).collect(),
            valid_to: to.split('.').map(str::to_owned).collect::<Vec<_>>().try_into().unwrap(),
        };
        let table: [(DelegateForm, &[&str]); 6] = [
            (
                form(" ", &[], ".."),
                &["name empty", "label empty", "firm empty", "clients[] choose", "valid_to date_empty"],
            ),
            (form("Siv", &["A"], "31.8.2026"), &["valid_to date_past"]),
            (form("Siv", &["A"], "1.9.2026"), &[]),
            (form("Siv", &["A"], "1.10.2026"), &[]),
            (form("Siv", &["A"], "2.10.2026"), &["valid_to date_late"]),
            (
                form("a\r\nBcc: b", &["A"], "1.9.2026"),
                &["name character", "label character", "firm character"],
            ),
        ];
        for (form, expected) in table {
            let found = form.parse(today, 30).err().unwrap_or_default();
            let found: Vec<String> = found.iter().map(|e| format!("{} {}", e.field, e.code)).collect();
            assert_eq!(found, expected, "{form:?}");
        }
        let twice = form("Siv", &["B", "A", "B"], "1.9.2026").parse(today, 30).unwrap();
        assert_eq!(twice.clients, ["A", "B"], "each once");
    }
}
