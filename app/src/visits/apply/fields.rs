//! What stands in the fields of a question: what was just typed and refused, else what she answered before, else
//! what is known of her. Known things are never asked for twice.

use std::collections::BTreeMap;

use backend::{
    Result,
    form_try::{self, FormTry},
    identity::contacts,
};
use domain::visits::clearance::{Answer, Child, Contact, Draft, Needs, Step, Whom, draft::KnownBy};

use super::words;
use crate::visits::Here;

pub(super) type Typed = BTreeMap<String, String>;

pub(super) fn typed(pairs: &[(&str, &String)]) -> Typed {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).clone())).collect()
}

/// The name under which a refused form is kept.
pub(super) fn form_name(step: Step) -> &'static str {
    match step {
        Step::Whom => "visits/apply/whom",
        Step::Relation => "visits/apply/relation",
        Step::Contact => "visits/apply/contact",
        Step::Children => "visits/apply/children",
        Step::Needs => "visits/apply/needs",
        Step::Police => "visits/apply/police",
    }
}

/// The children named so far; none when the question waits.
pub(super) fn children(draft: &Draft) -> Option<Vec<Child>> {
    match draft.get(Step::Children) {
        Some(Answer::Children(list)) => Some(list.clone()),
        _ => None,
    }
}

/// A question's fields.
#[derive(Default)]
pub(super) struct Fields {
    values: Typed,
    pub wrong: Vec<form_try::FieldError>,
    /// The answer is taken from what is known of her: she is told so.
    pub known: bool,
}

impl Fields {
    pub fn get(&self, name: &str) -> String {
        self.values.get(name).cloned().unwrap_or_default()
    }

    pub async fn of(here: &Here, draft: &Draft, step: Step) -> Result<Self> {
        if let Some(FormTry { values, errors }) = refused(here, step).await? {
            return Ok(Self { values, wrong: errors, known: false });
        }
        match (draft.get(step), step) {
            (Some(answer), _) => Ok(Self { values: answered(answer), ..Self::default() }),
            (None, Step::Contact) => known(here).await,
            (None, _) => Ok(Self::default()),
        }
    }
}

async fn refused(here: &Here, step: Step) -> Result<Option<FormTry>> {
    match here.page.query("try") {
        Some(key) => form_try::find(&here.ctx, &here.actor(), form_name(step), &key).await,
        None => Ok(None),
    }
}

async fn known(here: &Here) -> Result<Fields> {
    let contacts = contacts::load(&here.ctx, &here.who.person).await?;
    let email = contacts.email.map(|e| e.address.as_str().to_owned());
    let phone = contacts.phone.map(|p| words::phone(&p));
    let known = email.is_some() || phone.is_some();
    let values =
        [("email", email), ("phone", phone)].into_iter().filter_map(|(name, v)| Some((name.to_owned(), v?)));
    Ok(Fields { values: values.collect(), wrong: vec![], known })
}

fn answered(answer: &Answer) -> Typed {
    let pairs: Vec<(&str, String)> = match answer {
        Answer::Whom(whom) => whom_fields(whom),
        Answer::Relation(relation) => vec![("relation", relation.code().to_owned())],
        Answer::Contact(Contact { email, phone }) => {
            vec![("email", email.as_str().to_owned()), ("phone", words::phone(phone))]
        }
        Answer::Children(_) => vec![],
        Answer::Needs(needs) => needs_fields(needs),
        Answer::Police => vec![("read", "yes".to_owned())],
    };
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn whom_fields(whom: &Whom) -> Vec<(&'static str, String)> {
    let mut fields = vec![("name", whom.name.clone())];
    match &whom.known_by {
        KnownBy::BirthDate(date) => fields.extend([
            ("birth_day", date.0.day().to_string()),
            ("birth_month", date.0.month().to_string()),
            ("birth_year", date.0.year().to_string()),
        ]),
        KnownBy::Number(number) => fields.push(("number", number.expose().to_owned())),
    }
    fields
}

fn needs_fields(needs: &Needs) -> Vec<(&'static str, String)> {
    let codes: Vec<&str> = needs.needs.iter().map(|n| n.code()).collect();
    vec![
        ("needs", codes.join(" ")),
        ("language", needs.interpreter_language.clone().unwrap_or_default()),
        ("note", needs.note.clone().unwrap_or_default()),
    ]
}
