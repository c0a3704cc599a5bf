//! The search. What was searched for stands in no address: the page reads it from where it is kept.

use backend::visits::clearance::LookReason;
use domain::{
    appeals::FieldError,
    kernel::{TextError, line},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::parts::reader;
use crate::{appeals::fields::Fields, error::WireError, forms::Row, routes};

/// Where the form is sent, which is also the name it is kept under.
pub(super) const FIND: &str = "staff/inmates/find";

/// The names the form sends.
pub const FORMS: &[Row] = &[(FIND, &["text", "why"])];

/// Longest text to search for.
const LONGEST: usize = 120;

/// What is searched for and why, from what was kept; the faults come in the order of the fields.
pub(super) fn parse(fields: &Fields) -> Result<(String, LookReason), Vec<FieldError>> {
    let text = line(&fields.value("text"), LONGEST).map_err(|error| FieldError {
        field: "text",
        code: match error {
            TextError::Empty => "missing",
            _ => "too_long",
        },
    });
    let why = LookReason::parse(&fields.value("why")).ok_or(FieldError { field: "why", code: "missing" });
    match (text, why) {
        (Ok(text), Ok(why)) => Ok((text, why)),
        (text, why) => Err([text.err(), why.err()].into_iter().flatten().collect()),
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FindForm {
    text: String,
    why: String,
}

#[server(endpoint = "staff/inmates/find")]
pub async fn find_inmates(#[server(flatten)] form: FindForm) -> Result<(), WireError> {
    let desk = reader()?;
    let fields = Fields::new([("text", form.text), ("why", form.why)]);
    let faults = parse(&fields).err().unwrap_or_default();
    desk.keep(FIND, routes::STAFF_INMATES, &fields.with(&faults)).await
}
