//! Staff do for somebody what she has no eID, no telephone or no e-mail for: they find or register her, and from then on act by
//! her word, in her name and under her rules. The forms, with all errors of one together. Never: a rule of its own about who may
//! visit whom.

use serde::{Deserialize, Serialize};

use super::clearance::{
    Answer, Application, Child, Whom,
    forms::{ChildForm, FieldError, FormErrors, NeedsForm, PoliceForm, RelationForm, WhomForm},
};
use crate::{
    access::{Channel, Role},
    kernel::{CivilDate, Locale, Phone, Public, TextError},
};

/// Rows for children on the form.
pub const CHILDREN: usize = 4;
/// The fields of each: a name, and the stem of a date.
pub const CHILD_FIELDS: [(&str, &str); CHILDREN] =
    [("child_a", "born_a"), ("child_b", "born_b"), ("child_c", "born_c"), ("child_d", "born_d")];

/// Who of the staff does it: whoever handles cases, or runs the visits of her unit.
pub fn may_assist(roles: &[Role]) -> bool {
    roles.iter().any(|role| matches!(role, Role::CaseOfficer | Role::UnitAdmin))
}

fn error(field: &'static str, code: &'static str) -> FieldError {
    FieldError { field, code }
}

/// How she asked, and that whoever helps is neither she nor close to her.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AskedForm {
    pub key: String,
    pub channel: String,
    pub impartial: String,
}

/// What opens a contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The same form twice is one contact.
    pub key: String,
    pub channel: Channel,
}

impl AskedForm {
    /// Forvaltningsloven § 6: nobody handles her own case, or that of somebody close.
    pub fn parse(&self) -> Result<Asked, FormErrors> {
        let mut errors = vec![];
        let channel = Channel::parse(&self.channel);
        if channel.is_none() {
            errors.push(error("channel", "choose"));
        }
        if self.impartial != "yes" {
            errors.push(error("impartial", "impartial"));
        }
        let key = Public::<()>::parse(&self.key).map(|key| key.to_string());
        match (key, channel) {
            (Some(key), Some(channel)) if errors.is_empty() => Ok(Asked { key, channel }),
            (None, _) if errors.is_empty() => Err(vec![error("channel", "again")]),
            _ => Err(errors),
        }
    }
}

/// Somebody who is not known yet: her name, her number or birth date, and a telephone if she has one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RegisterForm {
    pub who: WhomForm,
    pub phone: String,
    pub asked: AskedForm,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newcomer {
    pub who: Whom,
    pub phone: Option<Phone>,
    pub asked: Asked,
}

impl RegisterForm {
    pub fn parse(&self, today: CivilDate) -> Result<Newcomer, FormErrors> {
        let mut errors = vec![];
        let who = take(&mut errors, self.who.parse(today));
        let phone = match Phone::parse(&self.phone) {
            Ok(phone) => Some(phone),
            Err(TextError::Empty) => None,
            Err(_) => {
                errors.push(error("phone", "phone_form"));
                None
            }
        };
        let asked = take(&mut errors, self.asked.parse());
        match (who, asked) {
            (Some(Answer::Whom(who)), Some(asked)) if errors.is_empty() => Ok(Newcomer { who, phone, asked }),
            _ => Err(errors),
        }
    }
}

/// An application as it is told on the telephone or stands on paper, all on one page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApplyForm {
    pub key: String,
    pub whom: WhomForm,
    pub relation: RelationForm,
    pub children: [ChildForm; CHILDREN],
    pub needs: NeedsForm,
    /// She has been told that the police are asked about her. [L] § 27(5).
    pub told: String,
    pub locale: String,
}

/// What is filed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnPaper {
    /// The same form twice is one application.
    pub key: String,
    pub whole: Application,
    pub locale: Locale,
}

impl ApplyForm {
    pub fn parse(&self, today: CivilDate) -> Result<OnPaper, FormErrors> {
        let mut errors = vec![];
        let whom = take(&mut errors, self.whom.parse(today));
        let relation = take(&mut errors, self.relation.parse());
        let children = self.children(&mut errors, today);
        let needs = take(&mut errors, self.needs.parse());
        let told = PoliceForm { read: self.told.clone() };
        if told.parse().is_err() {
            errors.push(error("told", "told"));
        }
        let locale = Locale::parse(&self.locale);
        if locale.is_none() {
            errors.push(error("locale", "choose"));
        }
        let key = Public::<()>::parse(&self.key);
        match (whom, relation, needs, locale, key) {
            (
                Some(Answer::Whom(whom)),
                Some(Answer::Relation(relation)),
                Some(Answer::Needs(needs)),
                Some(locale),
                Some(key),
            ) if errors.is_empty() => {
                let whole = Application { whom, relation, contact: None, children, needs };
                Ok(OnPaper { key: key.to_string(), whole, locale })
            }
            _ if errors.is_empty() => Err(vec![error("name", "again")]),
            _ => Err(errors),
        }
    }

    fn children(&self, errors: &mut FormErrors, today: CivilDate) -> Vec<Child> {
        let mut all: Vec<Child> = vec![];
        for (form, (name, born)) in self.children.iter().zip(CHILD_FIELDS) {
            if *form == ChildForm::default() {
                continue;
            }
            match form.parse(today, all.len()) {
                Ok(child) => all.push(child),
                Err(wrong) => errors.extend(
                    wrong.iter().map(|e| error(if e.field == "birth" { born } else { name }, e.code)),
                ),
            }
        }
        all
    }
}

fn take<T>(errors: &mut FormErrors, part: Result<T, FormErrors>) -> Option<T> {
    part.map_err(|wrong| errors.extend(wrong)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "00000000000000000000000001";

    fn today() -> CivilDate {
        CivilDate::parse_iso("2026-11-27").unwrap()
    }

    fn asked() -> AskedForm {
        AskedForm { key: KEY.into(), channel: "phone".into(), impartial: "yes".into() }
    }

    fn whom(name: &str) -> WhomForm {
        WhomForm {
            name: name.into(),
            birth_day: "3".into(),
            birth_month: "2".into(),
            birth_year: "1951".into(),
            ..WhomForm::default()
        }
    }

    fn codes<T: std::fmt::Debug>(result: Result<T, FormErrors>) -> Vec<(&'static str, &'static str)> {
        result.unwrap_err().into_iter().map(|e| (e.field, e.code)).collect()
    }

    #[test]
    fn officers_and_heads_of_visits_act_for_others_and_nobody_else_does() {
        for role in Role::ALL {
            let expected = matches!(role, Role::CaseOfficer | Role::UnitAdmin);
            assert_eq!(may_assist(&[role]), expected, "{role:?}");
        }
        assert!(!may_assist(&[]));
    }

    #[test]
    fn how_she_asked_is_said_and_that_it_is_nobody_close() {
        assert_eq!(asked().parse(), Ok(Asked { key: KEY.into(), channel: Channel::Phone }));
        let table = [
            (AskedForm { channel: "fax".into(), ..asked() }, ("channel", "choose")),
            (AskedForm { impartial: String::new(), ..asked() }, ("impartial", "impartial")),
            (AskedForm { key: "1".into(), ..asked() }, ("channel", "again")),
        ];
        for (form, expected) in table {
            assert_eq!(codes(form.parse()), [expected], "{form:?}");
        }
    }

    #[test]
    fn a_newcomer_has_a_name_and_one_way_to_know_her_and_all_errors_come_together() {
        let form =
            |phone: &str| RegisterForm { who: whom("Gudny Tveit"), phone: phone.into(), asked: asked() };
        assert!(form("").parse(today()).unwrap().phone.is_none());
        assert!(form("41234567").parse(today()).unwrap().phone.is_some());
        let empty = RegisterForm { phone: "12".into(), ..RegisterForm::default() };
        let expected = [
            ("name", "name_empty"),
            ("birth", "birth_or_number"),
            ("phone", "phone_form"),
            ("channel", "choose"),
            ("impartial", "impartial"),
        ];
        assert_eq!(codes(empty.parse(today())), expected);
        let typed = WhomForm { number: "12345678901".into(), ..whom("Gudny Tveit") };
        let wrong = RegisterForm { who: typed, phone: String::new(), asked: asked() };
        assert_eq!(codes(wrong.parse(today())), [("number", "number")], "the control digits are looked at");
    }

    #[test]
    fn an_application_on_paper_is_whole_or_says_what_is_missing() {
        let mut form = ApplyForm {
            key: KEY.into(),
            whom: whom("Even Fjellvik"),
            relation: RelationForm { relation: "parent".into() },
            told: "yes".into(),
            locale: "nn".into(),
            ..ApplyForm::default()
        };
        let filed = form.parse(today()).unwrap();
        assert_eq!((filed.locale, filed.whole.contact), (Locale::Nn, None));
        form.children[1] = ChildForm { name: "Ask".into(), ..ChildForm::default() };
        form.told = String::new();
        form.locale = "xx".into();
        let expected = [("born_b", "date_empty"), ("told", "told"), ("locale", "choose")];
        assert_eq!(codes(form.parse(today())), expected);
    }
}
