//! Her posts. What is refused is kept sealed and shown on the same page again; whoever has to sign in anew finds it there too.

use backend::{
    consents::{self, PersonMark, Undone},
    form_try,
    wiring::TheHouse,
};
use domain::{
    consents::{AnswerForm, Kind, Refusal, WithdrawForm},
    kernel::{Locale, Public},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    appeals::fields::Fields,
    error::WireError,
    forms::Row,
    i18n::consents_mine as t,
    identity::here::{Here, failed, here, prove},
    request, routes,
};

/// Where each form is sent, which is also the name it is kept under.
pub(super) const ANSWER: &str = "my/home/answer";
pub(super) const WITHDRAW: &str = "my/home/withdraw";

/// The names each form here sends.
pub const FORMS: &[Row] = &[
    (ANSWER, &["id", "key", "answer", "text", "read"]),
    (WITHDRAW, &["id", "key", "unsafe_home", "contact"]),
];

type Done = Result<(), WireError>;

fn hidden() -> WireError {
    WireError::Hidden.answered()
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AnswerPost {
    id: String,
    key: String,
    answer: String,
    text: String,
    read: String,
}

impl AnswerPost {
    fn fields(&self) -> Fields {
        Fields::new([
            ("id", self.id.clone()),
            ("key", self.key.clone()),
            ("answer", self.answer.clone()),
            ("read", self.read.clone()),
        ])
    }

    fn read(self) -> AnswerForm {
        let Self { key, answer, text, read, .. } = self;
        AnswerForm { key, answer, text, read }
    }
}

#[server(endpoint = "my/home/answer")]
pub async fn answer_home(#[server(flatten)] form: AnswerPost) -> Done {
    let here = here().ok_or_else(hidden)?;
    let asked: Public<PersonMark> = Public::parse(&form.id).ok_or_else(hidden)?;
    let (fields, path, l) = (form.fields(), routes::my_home(&asked), here.page.locale);
    let done =
        consents::answer(&here.ctx, &here.who, &asked, &form.read(), l, TheHouse).await.map_err(failed)?;
    led(&here, (ANSWER, "answer"), fields, &path, done).await
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WithdrawPost {
    id: String,
    key: String,
    unsafe_home: String,
    contact: String,
}

impl WithdrawPost {
    fn fields(&self) -> Fields {
        Fields::new([
            ("id", self.id.clone()),
            ("key", self.key.clone()),
            ("unsafe_home", self.unsafe_home.clone()),
            ("contact", self.contact.clone()),
        ])
    }

    fn read(self) -> WithdrawForm {
        let Self { key, unsafe_home, contact, .. } = self;
        WithdrawForm { key, unsafe_home, contact }
    }
}

/// The duty desk reads it in the language of the house.
#[server(endpoint = "my/home/withdraw")]
pub async fn withdraw_home(#[server(flatten)] form: WithdrawPost) -> Done {
    let here = here().ok_or_else(hidden)?;
    let asked: Public<PersonMark> = Public::parse(&form.id).ok_or_else(hidden)?;
    let (fields, path) = (form.fields(), routes::my_home_withdraw(&asked));
    let known = consents::one(&here.ctx, &here.who, &asked).await.map_err(failed)?.ok_or_else(hidden)?;
    let words = if known.kind == Kind::Home { t::alarm(Locale::Nb) } else { t::child_alarm(Locale::Nb) };
    let form = form.read();
    let done = consents::withdraw(&here.ctx, &here.who, &asked, &form, &words, TheHouse).await;
    let done = done.map_err(failed)?;
    let path = if done.is_ok() { routes::my_home(&asked) } else { path };
    led(&here, (WITHDRAW, "unsafe_home"), fields, &path, done).await
}

/// To the home's page, which says what stands; or to the same form with what was typed and what is wrong.
async fn led(
    here: &Here,
    (form, field): (&'static str, &'static str),
    fields: Fields,
    path: &str,
    done: consents::Done,
) -> Done {
    let undone = match done {
        Ok(()) => {
            request::redirect(path);
            return Ok(());
        }
        Err(Undone::Refused(Refusal::Hidden)) => return Err(hidden()),
        Err(Undone::Refused(Refusal::Prove)) => {
            return prove(here, form, path, fields.kept()).await;
        }
        Err(undone) => undone,
    };
    let faults = undone.faults(field);
    let kept = form_try::keep(&here.ctx, &here.actor(), form, fields.with(&faults).kept()).await;
    request::redirect(&routes::with_try(path, &kept.map_err(failed)?));
    Ok(())
}
