//! A draft as it is sealed: plain texts, parsed again when it is opened.

use domain::{
    kernel::{CivilDate, EmailAddress, NationalId, Phone},
    visits::clearance::{Answer, Child, Contact, Draft, Need, Needs, Relation, Whom, draft::KnownBy},
};
use serde::{Deserialize, Serialize};

use crate::{Error, Result};

#[derive(Serialize, Deserialize)]
enum Stored {
    Whom { name: String, birth: Option<String>, number: Option<String> },
    Relation(String),
    Contact { email: String, phone: String },
    Children(Vec<(String, String)>),
    Needs { needs: Vec<String>, language: Option<String>, note: Option<String> },
    Police,
}

pub fn seal(draft: &Draft) -> Result<Vec<u8>> {
    let answers: Vec<Stored> = draft.answers().map(store).collect();
    serde_json::to_vec(&answers).map_err(|_| Error::Broken("draft"))
}

pub fn open(plain: &[u8]) -> Result<Draft> {
    let answers: Vec<Stored> = serde_json::from_slice(plain).map_err(|_| Error::Broken("draft"))?;
    let answers: Option<Vec<Answer>> = answers.into_iter().map(restore).collect();
    answers.map(Draft::new).ok_or(Error::Broken("draft"))
}

/// The needs alone, as they are sealed on an application.
pub fn seal_needs(needs: &Needs) -> Result<Vec<u8>> {
    serde_json::to_vec(&store(&Answer::Needs(needs.clone()))).map_err(|_| Error::Broken("needs"))
}

pub fn open_needs(plain: &[u8]) -> Result<Needs> {
    let stored: Stored = serde_json::from_slice(plain).map_err(|_| Error::Broken("needs"))?;
    match restore(stored) {
        Some(Answer::Needs(needs)) => Ok(needs),
        _ => Err(Error::Broken("needs")),
    }
}

fn store(answer: &Answer) -> Stored {
    match answer {
        Answer::Whom(w) => {
            let (birth, number) = match &w.known_by {
                KnownBy::BirthDate(date) => (Some(date.iso()), None),
                KnownBy::Number(number) => (None, Some(number.expose().to_owned())),
            };
            Stored::Whom { name: w.name.clone(), birth, number }
        }
        Answer::Relation(r) => Stored::Relation(r.code().to_owned()),
        Answer::Contact(c) => {
            Stored::Contact { email: c.email.as_str().to_owned(), phone: c.phone.as_str().to_owned() }
        }
        Answer::Children(list) => {
            Stored::Children(list.iter().map(|c| (c.name.clone(), c.birth_date.iso())).collect())
        }
        Answer::Needs(n) => Stored::Needs {
            needs: n.needs.iter().map(|n| n.code().to_owned()).collect(),
            language: n.interpreter_language.clone(),
            note: n.note.clone(),
        },
        Answer::Police => Stored::Police,
    }
}

fn restore(stored: Stored) -> Option<Answer> {
    Some(match stored {
        Stored::Whom { name, birth, number } => {
            let known_by = match (birth, number) {
                (Some(birth), _) => KnownBy::BirthDate(CivilDate::parse_iso(&birth)?),
                (None, number) => KnownBy::Number(NationalId::parse(&number?).ok()?),
            };
            Answer::Whom(Whom { name, known_by })
        }
        Stored::Relation(code) => Answer::Relation(Relation::parse(&code)?),
        Stored::Contact { email, phone } => Answer::Contact(Contact {
            email: EmailAddress::parse(&email).ok()?,
            phone: Phone::parse(&phone).ok()?,
        }),
        Stored::Children(list) => Answer::Children(list.into_iter().map(child).collect::<Option<_>>()?),
        Stored::Needs { needs, language, note } => Answer::Needs(Needs {
            needs: needs.iter().map(|n| Need::parse(n)).collect::<Option<_>>()?,
            interpreter_language: language,
            note,
        }),
        Stored::Police => Answer::Police,
    })
}

fn child((name, birth): (String, String)) -> Option<Child> {
    Some(Child { name, birth_date: CivilDate::parse_iso(&birth)? })
}
