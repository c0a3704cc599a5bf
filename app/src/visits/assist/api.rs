//! The posts of helping somebody. Each parses, carries out and leads on; what is refused is kept sealed and shown on the same
//! page again. What is not there for whoever posts leads to the page of what is not there.

use backend::visits::assisted::{self, ContactMark, Done, Undone};
use domain::{
    access::Person,
    kernel::{Public, TextError, line},
    visits::{
        assisted::RegisterForm,
        clearance::forms::{FieldError, FormErrors, WhomForm},
    },
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    apply_form::APPLY_NAMES,
    fields::{Fields, asked},
    handin,
    parts::{Answer, Desk, hidden, posting},
};
use crate::{error::WireError, forms::Row, request, routes, visits::failed};

/// Where each form is sent, which is also the name it is kept under.
pub(super) const FIND: &str = "staff/assist/find";
pub(super) const OPEN: &str = "staff/assist/open";
pub(super) const REGISTER: &str = "staff/assist/register";
pub(super) const APPLY: &str = "staff/assist/apply";
pub(super) const WHO: &str = "staff/assist/who";
pub(super) const TAKE: &str = "staff/assist/take";
pub(super) const CHANGE: &str = "staff/assist/change";
pub(super) const CANCEL: &str = "staff/assist/cancel";

/// The names that each server function takes.
pub const FORMS: &[Row] = &[
    (FIND, &["text", "hand_in"]),
    (OPEN, &["key", "text", "person", "channel", "impartial", "hand_in"]),
    (
        REGISTER,
        &[
            "key",
            "name",
            "number",
            "birth_day",
            "birth_month",
            "birth_year",
            "phone",
            "channel",
            "impartial",
            "hand_in",
        ],
    ),
    (APPLY, APPLY_NAMES),
    (WHO, &["contact", "inmate", "people[]"]),
    (TAKE, &["contact", "session"]),
    (CHANGE, &["contact", "public"]),
    (CANCEL, &["contact", "public", "version"]),
];

/// Longest text to search for.
const LONGEST: usize = 120;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FindPost {
    text: String,
    /// Of whoever is looked for, if she has handed one in without eID.
    hand_in: String,
}

/// What was searched for stands in no address: the page reads it from where it is kept.
#[server(endpoint = "staff/assist/find")]
pub async fn find_person(#[server(flatten)] form: FindPost) -> Answer {
    let desk = posting()?;
    let code = line(&form.text, LONGEST).err().map(TextError::code);
    let fields = Fields::new([("text", form.text), ("hand_in", form.hand_in)]);
    let errors: FormErrors = code.map(|code| FieldError { field: "text", code }).into_iter().collect();
    desk.back(FIND, routes::STAFF_ASSIST, fields.with(&errors).kept()).await
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OpenPost {
    key: String,
    text: String,
    person: String,
    channel: String,
    impartial: String,
    hand_in: String,
}

#[server(endpoint = "staff/assist/open")]
pub async fn open_contact(#[server(flatten)] form: OpenPost) -> Answer {
    let desk = posting()?;
    let OpenPost { key, text, person, channel, impartial, hand_in } = form;
    let asked = asked(&key, &channel, &impartial);
    let whom = Public::<Person>::parse(&person);
    let values = [("key", key), ("text", text), ("person", person), ("channel", channel)];
    let more = [("impartial", impartial), ("hand_in", hand_in.clone())];
    let fields = Fields::new(values.into_iter().chain(more));
    let done = match whom {
        Some(whom) => assisted::open(&desk.ctx, &desk.who, &whom, &asked).await.map_err(failed)?,
        None => {
            let first = vec![FieldError { field: "person", code: "choose" }];
            Err(Undone::Fields(first.into_iter().chain(asked.parse().err().unwrap_or_default()).collect()))
        }
    };
    match opened(done)? {
        Ok(contact) => lead(&desk, &hand_in, &contact).await?,
        Err(errors) => return desk.back(OPEN, routes::STAFF_ASSIST, fields.with(&errors).kept()).await,
    }
    Ok(())
}

/// To whoever is helped from now on; if she has handed one in, that is being registered.
async fn lead(desk: &Desk, hand_in: &str, contact: &Public<ContactMark>) -> Answer {
    handin::begun(desk, hand_in, contact).await?;
    request::redirect(&routes::staff_assist(contact));
    Ok(())
}

/// What was done, or what is wrong with the form; the rest is not there.
pub(super) fn opened<T>(done: Done<T>) -> Result<Result<T, FormErrors>, WireError> {
    match done {
        Ok(done) => Ok(Ok(done)),
        Err(Undone::Fields(errors)) => Ok(Err(errors)),
        Err(Undone::Hidden) => Err(hidden()),
        Err(Undone::TakenBack) => Ok(Err(vec![FieldError { field: "name", code: "taken_back" }])),
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RegisterPost {
    key: String,
    name: String,
    number: String,
    birth_day: String,
    birth_month: String,
    birth_year: String,
    phone: String,
    channel: String,
    impartial: String,
    hand_in: String,
}

impl RegisterPost {
    fn fields(&self) -> Fields {
        Fields::new([
            ("key", self.key.clone()),
            ("name", self.name.clone()),
            ("number", self.number.clone()),
            ("birth_day", self.birth_day.clone()),
            ("birth_month", self.birth_month.clone()),
            ("birth_year", self.birth_year.clone()),
            ("phone", self.phone.clone()),
            ("channel", self.channel.clone()),
            ("impartial", self.impartial.clone()),
            ("hand_in", self.hand_in.clone()),
        ])
    }

    fn read(self) -> RegisterForm {
        let asked = asked(&self.key, &self.channel, &self.impartial);
        let Self { name, number, birth_day, birth_month, birth_year, phone, .. } = self;
        RegisterForm { who: WhomForm { name, birth_day, birth_month, birth_year, number }, phone, asked }
    }
}

#[server(endpoint = "staff/assist/register")]
pub async fn register_person(#[server(flatten)] form: RegisterPost) -> Answer {
    let (desk, fields, hand_in) = (posting()?, form.fields(), form.hand_in.clone());
    match opened(assisted::register(&desk.ctx, &desk.who, &form.read()).await.map_err(failed)?)? {
        Ok(contact) => lead(&desk, &hand_in, &contact).await?,
        Err(errors) => {
            return desk.back(REGISTER, routes::STAFF_ASSIST_NEW, fields.with(&errors).kept()).await;
        }
    }
    Ok(())
}
