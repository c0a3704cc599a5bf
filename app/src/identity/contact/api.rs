//! The posts of contact details. What is refused is kept sealed and shown on the same page again, to her alone.

use std::collections::BTreeMap;

use backend::{
    form_try::{self, FieldError, FormTry},
    identity::contacts::{self, Changed, Via},
};
use domain::identity::{CodeRefusal, ContactForm, typed_code};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::super::here::{Here, failed, here, prove};
use crate::{error::WireError, forms::Row, request, routes};

/// The names under which refused forms are kept: where they are posted.
pub(super) const DETAILS: &str = "my/contact";
pub(super) const CODE: &str = "my/contact/code";
const RESEND: &str = "my/contact/resend";
pub(super) const NUMBER: &str = "my/contact/number";
const NUMBER_RESEND: &str = "my/contact/number-resend";

/// The names each form here sends.
pub const FORMS: &[Row] = &[
    (DETAILS, &["email", "phone", "letters_in", "plain", "remind", "by_text"]),
    (CODE, &["code"]),
    (RESEND, &[]),
    (NUMBER, &["code"]),
    (NUMBER_RESEND, &[]),
];

type Done = Result<(), WireError>;

#[server(endpoint = "my/contact")]
pub async fn change_contact(#[server(flatten)] form: ContactForm) -> Done {
    let here = signed_in()?;
    let contact = match form.parse() {
        Ok(contact) => contact,
        Err(faults) => {
            let errors = faults.into_iter().map(|fault| error(fault.field(), fault.code())).collect();
            return refused(&here, DETAILS, routes::MY_CONTACT, FormTry { values: typed(&form), errors })
                .await;
        }
    };
    let Ok(changed) = contacts::change(&here.ctx, &here.who, &contact).await.map_err(failed)? else {
        let content = FormTry { values: typed(&form), errors: vec![] };
        return prove(&here, DETAILS, routes::MY_CONTACT, &content).await;
    };
    let saved = format!("{}?done=saved", routes::MY_CONTACT);
    request::redirect(match changed {
        Changed { email: true, .. } => routes::MY_CODE,
        Changed { number_waits: true, .. } => routes::MY_NUMBER,
        _ => &saved,
    });
    Ok(())
}

fn typed(form: &ContactForm) -> BTreeMap<String, String> {
    let ContactForm { email, phone, letters_in, plain, remind, by_text } = form;
    let wishes = [("letters_in", letters_in), ("plain", plain), ("remind", remind), ("by_text", by_text)];
    let pairs = [("email", email), ("phone", phone)].into_iter().chain(wishes);
    pairs.map(|(name, value)| (name.to_owned(), value.clone())).collect()
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CodePost {
    code: String,
}

#[server(endpoint = "my/contact/code")]
pub async fn confirm_code(#[server(flatten)] form: CodePost) -> Done {
    confirm(Via::Email, form.code).await
}

#[server(endpoint = "my/contact/resend")]
pub async fn resend_code() -> Done {
    resend(Via::Email).await
}

#[server(endpoint = "my/contact/number")]
pub async fn confirm_number(#[server(flatten)] form: CodePost) -> Done {
    confirm(Via::Phone, form.code).await
}

#[server(endpoint = "my/contact/number-resend")]
pub async fn resend_number() -> Done {
    resend(Via::Phone).await
}

async fn confirm(via: Via, typed: String) -> Done {
    let here = signed_in()?;
    let verdict = match typed_code(&typed) {
        Ok(code) => contacts::confirm(&here.ctx, &here.who, via, &code).await.map_err(failed)?,
        Err(refusal) => Err(refusal),
    };
    let done = match via {
        Via::Email => "confirmed",
        Via::Phone => "number",
    };
    let done = format!("{}?done={done}", routes::MY_CONTACT);
    answer(&here, (via, verdict), typed, &done).await
}

async fn resend(via: Via) -> Done {
    let here = signed_in()?;
    let verdict = contacts::resend(&here.ctx, &here.who, via).await.map_err(failed)?;
    let done = format!("{}?done=resent", at(via).1);
    answer(&here, (via, verdict), String::new(), &done).await
}

/// Form and page of a code.
fn at(via: Via) -> (&'static str, &'static str) {
    match via {
        Via::Email => (CODE, routes::MY_CODE),
        Via::Phone => (NUMBER, routes::MY_NUMBER),
    }
}

async fn answer(
    here: &Here,
    (via, verdict): (Via, Result<(), CodeRefusal>),
    code: String,
    done: &str,
) -> Done {
    match verdict {
        Ok(()) => {
            request::redirect(done);
            Ok(())
        }
        Err(refusal) => {
            let values = BTreeMap::from([("code".to_owned(), code)]);
            let errors = vec![error("code", refusal.code())];
            let (form, page) = at(via);
            refused(here, form, page, FormTry { values, errors }).await
        }
    }
}

fn error(field: &str, code: &str) -> FieldError {
    FieldError { field: field.to_owned(), code: code.to_owned() }
}

async fn refused(here: &Here, form: &'static str, page: &str, content: FormTry) -> Done {
    let key = form_try::keep(&here.ctx, &here.actor(), form, &content).await.map_err(failed)?;
    request::redirect(&routes::with_try(page, &key));
    Ok(())
}

/// The identify layer has turned everybody else away already; this is the second look.
fn signed_in() -> Result<Here, WireError> {
    here().ok_or_else(|| WireError::Hidden.answered())
}

/// What one posts to.
pub(super) fn action(endpoint: &str) -> String {
    format!("/api/{endpoint}")
}

pub(super) fn resend_action(via: Via) -> String {
    action(match via {
        Via::Email => RESEND,
        Via::Phone => NUMBER_RESEND,
    })
}
