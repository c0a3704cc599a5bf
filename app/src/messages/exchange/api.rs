//! Her posts. Each parses, carries out and leads on; what is refused is kept sealed, and as a draft too, and shown on the same
//! page again. Whoever is not hers to write to leads to the page of what is not there.

use backend::{
    custody::inmates::Inmate,
    messages::{
        Unsent,
        drafts::{self, Fields, Owner},
        exchange::{self, End, draft_place},
    },
};
use domain::{
    kernel::Public,
    messages::{NoteForm, Refusal, Wish, WrittenForm},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::parts::{Done, lead};
use crate::{
    error::WireError,
    forms::Row,
    identity::here::{Here, failed, here},
    messages::kept::Kept,
    routes,
};

/// Where each form is sent, which is also the name it is kept under.
pub(super) const WRITE: &str = "my/letters/write";
pub(super) const WISH: &str = "my/letters/wish";
pub(super) const REPORT: &str = "my/letters/report";

/// The names that each server function takes.
pub const FORMS: &[Row] = &[
    (WRITE, &["inmate", "key", "words", "draft", "then"]),
    (WISH, &["inmate", "wish"]),
    (REPORT, &["inmate", "key", "words"]),
];

/// The name of her words in a draft.
pub(super) const WORDS: &str = "words";

fn signed_in() -> Result<Here, WireError> {
    here().ok_or_else(hidden)
}

fn hidden() -> WireError {
    WireError::Hidden.answered()
}

/// Whom a form is about; what is no id at all is nobody.
fn about(inmate: &str) -> Result<Public<Inmate>, WireError> {
    Public::parse(inmate).ok_or_else(hidden)
}

/// `then`: `save` keeps a draft, `discard` throws it away, anything else sends.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WritePost {
    inmate: String,
    key: String,
    words: String,
    draft: String,
    then: String,
}

impl WritePost {
    fn kept(&self) -> Kept {
        Kept::new([
            ("inmate", self.inmate.clone()),
            ("key", self.key.clone()),
            (WORDS, self.words.clone()),
            ("draft", self.draft.clone()),
        ])
    }

    /// What the page is shown with when a draft was saved: the draft itself.
    fn done(&self, what: &str) -> Kept {
        Kept::new([("inmate", self.inmate.clone()), ("done", what.to_owned())])
    }

    fn letter(&self) -> WrittenForm {
        WrittenForm { key: self.key.clone(), words: self.words.clone(), draft: self.draft.clone() }
    }
}

#[server(endpoint = "my/letters/write")]
pub async fn write_letter(#[server(flatten)] form: WritePost) -> Done {
    let (here, inmate) = (signed_in()?, about(&form.inmate)?);
    match form.then.as_str() {
        "save" => {
            let replaced = keep(&here, &inmate, &form).await?;
            let done = form.done(if replaced { "replaced" } else { "saved" });
            lead(&here, WRITE, done, &routes::my_letter_new(&inmate)).await
        }
        "discard" => {
            hers(&here, &inmate).await?;
            let owner = Owner::citizen(&here.who);
            drafts::discard(&here.ctx, &owner, &draft_place(&inmate)).await.map_err(failed)?;
            lead(&here, WRITE, form.done("discarded"), &routes::my_letters_of(&inmate)).await
        }
        _ => send(&here, &inmate, &form).await,
    }
}

async fn send(here: &Here, inmate: &Public<Inmate>, form: &WritePost) -> Done {
    match exchange::write(&here.ctx, &here.who, inmate, &form.letter()).await.map_err(failed)? {
        Ok(_) => lead(here, WRITE, form.done("sent"), &routes::my_letters_of(inmate)).await,
        Err(Unsent::Refused(Refusal::Hidden)) => Err(hidden()),
        Err(why) => {
            if !form.words.trim().is_empty() {
                keep(here, inmate, form).await?;
            }
            lead(here, WRITE, form.kept().refused(&why, WORDS), &routes::my_letter_new(inmate)).await
        }
    }
}

/// Somebody whom she is cleared for or has written with; anybody else is not there.
async fn hers(here: &Here, inmate: &Public<Inmate>) -> Done {
    let pens = exchange::mine(&here.ctx, &here.who).await.map_err(failed)?;
    if pens.iter().any(|pen| pen.inmate == *inmate) { Ok(()) } else { Err(hidden()) }
}

/// Keeps what stands in the form; whether it took the place of another window's words. Only about somebody of hers.
async fn keep(here: &Here, inmate: &Public<Inmate>, form: &WritePost) -> Result<bool, WireError> {
    hers(here, inmate).await?;
    let fields = Fields::from([(WORDS.to_owned(), form.words.clone())]);
    let (owner, seen) = (Owner::citizen(&here.who), form.draft.parse().unwrap_or(0));
    let kept = drafts::keep(&here.ctx, &owner, &draft_place(inmate), &fields, seen).await;
    kept.map(|kept| kept.replaced).map_err(failed)
}

/// `open`, `pause` or `block`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WishPost {
    inmate: String,
    wish: String,
}

#[server(endpoint = "my/letters/wish")]
pub async fn set_wish(#[server(flatten)] form: WishPost) -> Done {
    let (here, inmate) = (signed_in()?, about(&form.inmate)?);
    let Some(wish) = Wish::parse(&form.wish) else { return Err(hidden()) };
    let end = End::Relative(&here.who, &inmate);
    exchange::set(&here.ctx, end, wish).await.map_err(failed)?.map_err(|_| hidden())?;
    let done = Kept::new([("inmate", form.inmate.clone()), ("done", form.wish)]);
    lead(&here, WISH, done, &routes::my_letters_of(&inmate)).await
}

/// What the unit should know.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReportPost {
    inmate: String,
    key: String,
    words: String,
}

#[server(endpoint = "my/letters/report")]
pub async fn report_letters(#[server(flatten)] form: ReportPost) -> Done {
    let (here, inmate) = (signed_in()?, about(&form.inmate)?);
    let note = NoteForm { key: form.key.clone(), words: form.words.clone() };
    let told = exchange::report(&here.ctx, End::Relative(&here.who, &inmate), &note).await;
    let inmate_field = ("inmate", form.inmate.clone());
    match told.map_err(failed)? {
        Ok(()) => {
            let done = Kept::new([inmate_field, ("done", "reported".to_owned())]);
            lead(&here, WISH, done, &routes::my_letters_of(&inmate)).await
        }
        Err(Unsent::Refused(Refusal::Hidden)) => Err(hidden()),
        Err(why) => {
            let kept = Kept::new([inmate_field, ("key", form.key), (WORDS, form.words)]);
            lead(&here, REPORT, kept.refused(&why, WORDS), &routes::my_letters_report(&inmate)).await
        }
    }
}
