//! Her posts. Each parses, carries out and leads on; what is refused is kept sealed, and as a draft in the room too. Whoever is
//! not her client leads to the page of what is not there.

use backend::{
    custody::inmates::Inmate,
    form_try,
    messages::{
        Unsent, counsel,
        drafts::{Fields, Kept as KeptDraft},
    },
};
use domain::{
    kernel::Public,
    messages::{CounselForm, Refusal},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    error::WireError,
    forms::Row,
    identity::here::{Here, failed, here},
    messages::kept::Kept,
    request, routes,
};

/// Where each form is sent, which is also the name it is kept under.
pub(super) const WRITE: &str = "my/clients/write";
pub(super) const COPY: &str = "my/clients/copy";

/// The names that each server function takes.
pub const FORMS: &[Row] = &[(WRITE, &["inmate", "key", "words", "draft", "then"]), (COPY, &["inmate"])];

/// The name of her words in a draft.
pub(super) const WORDS: &str = "words";

type Done = Result<(), WireError>;

fn hidden() -> WireError {
    WireError::Hidden.answered()
}

fn asking(inmate: &str) -> Result<(Here, Public<Inmate>), WireError> {
    let here = here().ok_or_else(hidden)?;
    Ok((here, Public::parse(inmate).ok_or_else(hidden)?))
}

async fn lead(here: &Here, form: &'static str, kept: Kept, path: &str) -> Done {
    let key = form_try::keep(&here.ctx, &here.actor(), form, kept.kept()).await.map_err(failed)?;
    request::redirect(&routes::with_try(path, &key));
    Ok(())
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

    fn done(&self, what: &str) -> Kept {
        Kept::new([("inmate", self.inmate.clone()), ("done", what.to_owned())])
    }

    fn letter(&self) -> CounselForm {
        CounselForm { key: self.key.clone(), words: self.words.clone(), draft: self.draft.clone() }
    }
}

#[server(endpoint = "my/clients/write")]
pub async fn write_client(#[server(flatten)] form: WritePost) -> Done {
    let (here, inmate) = asking(&form.inmate)?;
    let path = routes::my_client(&inmate);
    match form.then.as_str() {
        "save" => {
            let kept = keep(&here, &inmate, &form).await?;
            lead(&here, WRITE, form.done(if kept.replaced { "replaced" } else { "saved" }), &path).await
        }
        "discard" => {
            let thrown = counsel::discard_draft(&here.ctx, &here.who, &inmate).await.map_err(failed)?;
            if !thrown {
                return Err(hidden());
            }
            lead(&here, WRITE, form.done("discarded"), &path).await
        }
        _ => send(&here, &inmate, &form, &path).await,
    }
}

async fn send(here: &Here, inmate: &Public<Inmate>, form: &WritePost, path: &str) -> Done {
    match counsel::write(&here.ctx, &here.who, inmate, &form.letter()).await.map_err(failed)? {
        Ok(()) => lead(here, WRITE, form.done("sent"), path).await,
        Err(Unsent::Refused(Refusal::Hidden)) => Err(hidden()),
        Err(why) => {
            if !form.words.trim().is_empty() {
                keep(here, inmate, form).await?;
            }
            lead(here, WRITE, form.kept().refused(&why, WORDS), path).await
        }
    }
}

async fn keep(here: &Here, inmate: &Public<Inmate>, form: &WritePost) -> Result<KeptDraft, WireError> {
    let fields = Fields::from([(WORDS.to_owned(), form.words.clone())]);
    let seen = form.draft.parse().unwrap_or(0);
    let kept = counsel::keep_draft(&here.ctx, &here.who, inmate, &fields, seen).await;
    kept.map_err(failed)?.ok_or_else(hidden)
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CopyPost {
    inmate: String,
}

/// A copy leaves the room: the log says so before she has it.
#[server(endpoint = "my/clients/copy")]
pub async fn copy_client(#[server(flatten)] form: CopyPost) -> Done {
    let (here, inmate) = asking(&form.inmate)?;
    if !counsel::export_marked(&here.ctx, &here.who, &inmate).await.map_err(failed)? {
        return Err(hidden());
    }
    let kept = Kept::new([("inmate", form.inmate), ("done", "copied".to_owned())]);
    lead(&here, COPY, kept, &routes::my_client_paper(&inmate)).await
}
