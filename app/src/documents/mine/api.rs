//! Her posts: begun, kept, thrown away, handed in, told, taken back. What is not hers leads to the page of what is not there.

use backend::{
    documents::{self, DocumentRow, DraftRow, RequestRow, Undone},
    form_try,
};
use domain::{
    documents::{Refusal, SendForm, ToldForm},
    kernel::Public,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    documents::fields::Fields,
    error::WireError,
    forms::Row,
    identity::here::{Here, failed, here},
    request, routes,
};

/// Where each form is sent, which is also the name it is kept under.
pub(super) const START: &str = "documents/start";
pub(super) const KEEP: &str = "documents/keep";
pub(super) const DISCARD: &str = "documents/discard";
pub(super) const HAND_IN: &str = "documents/hand-in";
pub(super) const SAY: &str = "documents/say";
pub(super) const WITHDRAW: &str = "documents/withdraw";

/// The names each form here sends.
pub const FORMS: &[Row] = &[
    (START, &["kind", "about", "request"]),
    (KEEP, &["id", "version", "about", "unit", "words"]),
    (DISCARD, &["id"]),
    (HAND_IN, &["id", "version", "files[]"]),
    (SAY, &["id", "how", "words"]),
    (WITHDRAW, &["id"]),
];

type Done = Result<(), WireError>;

fn asking() -> Result<Here, WireError> {
    here().ok_or_else(hidden)
}

fn hidden() -> WireError {
    WireError::Hidden.answered()
}

fn named<T>(id: &str) -> Result<Public<T>, WireError> {
    Public::parse(id).ok_or_else(hidden)
}

/// Leads to `path` with what was typed and what is wrong with it; what is not hers leads nowhere.
async fn refuse(here: &Here, form: &'static str, typed: Fields, undone: Undone, path: &str) -> Done {
    if undone == Undone::Refused(Refusal::Hidden) {
        return Err(hidden());
    }
    let content = typed.with(&undone.faults("form"));
    let key = form_try::keep(&here.ctx, &here.actor(), form, content.kept()).await.map_err(failed)?;
    request::redirect(&routes::with_try(path, &key));
    Ok(())
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StartPost {
    kind: String,
    about: String,
    /// What she is asked for, if it is for that.
    request: String,
}

#[server(endpoint = "documents/start")]
pub async fn start_document(#[server(flatten)] form: StartPost) -> Done {
    let here = asking()?;
    if !form.request.is_empty() {
        let request: Public<RequestRow> = named(&form.request)?;
        let done = documents::start_for(&here.ctx, &here.who, &request).await.map_err(failed)?;
        return match done {
            Ok(draft) => {
                request::redirect(&routes::document_draft_files(&draft));
                Ok(())
            }
            Err(undone) => {
                refuse(&here, START, Fields::default(), undone, &routes::document_request(&request)).await
            }
        };
    }
    let typed = Fields::new([("kind", form.kind.clone()), ("about", form.about.clone())]);
    match documents::start(&here.ctx, &here.who, &form.kind, &form.about).await.map_err(failed)? {
        Ok(draft) => request::redirect(&routes::document_draft(&draft)),
        Err(_) => {
            let wrong = domain::documents::FieldError { field: "kind", code: "choose" };
            return refuse(&here, START, typed, vec![wrong].into(), routes::DOCUMENTS_SEND).await;
        }
    }
    Ok(())
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct KeepPost {
    id: String,
    version: String,
    about: String,
    unit: String,
    words: String,
}

#[server(endpoint = "documents/keep")]
pub async fn keep_document(#[server(flatten)] form: KeepPost) -> Done {
    let here = asking()?;
    let id: Public<DraftRow> = named(&form.id)?;
    let draft = documents::draft(&here.ctx, &here.who, &id).await.map_err(failed)?.ok_or_else(hidden)?;
    let KeepPost { version, about, unit, words, .. } = form;
    let typed = Fields::new([("about", about.clone()), ("unit", unit.clone()), ("words", words.clone())]);
    let (path, form) = (routes::document_draft(&id), SendForm { about, unit, words });
    let goes_to = draft.request.is_none().then_some(draft.kind.kind.goes_to);
    if let Err(errors) = form.parse(goes_to) {
        return refuse(&here, KEEP, typed, errors.into(), &path).await;
    }
    let seen = version.parse().unwrap_or(0);
    match documents::keep(&here.ctx, &here.who, &id, &form, seen).await.map_err(failed)? {
        Ok(_) => request::redirect(&routes::document_draft_files(&id)),
        Err(undone) => return refuse(&here, KEEP, typed, undone, &path).await,
    }
    Ok(())
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DiscardPost {
    id: String,
}

#[server(endpoint = "documents/discard")]
pub async fn discard_document(#[server(flatten)] form: DiscardPost) -> Done {
    let here = asking()?;
    let id: Public<DraftRow> = named(&form.id)?;
    documents::discard(&here.ctx, &here.who, &id).await.map_err(failed)?.map_err(|_| hidden())?;
    request::redirect(routes::DOCUMENTS);
    Ok(())
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct HandInPost {
    id: String,
    version: String,
    /// Those that the page has shown.
    files: Vec<String>,
}

/// What is wrong is told where it can be put right: at the files, at what is typed, or where all of it stands.
#[server(endpoint = "documents/hand-in")]
pub async fn hand_in_document(#[server(flatten)] form: HandInPost) -> Done {
    let here = asking()?;
    let id: Public<DraftRow> = named(&form.id)?;
    let files = form.files.iter().map(|file| named(file)).collect::<Result<Vec<_>, _>>()?;
    let seen = form.version.parse().unwrap_or(0);
    let done = documents::hand_in(&here.ctx, &here.who, &id, seen, &files).await.map_err(failed)?;
    let undone = match done {
        Ok(document) => {
            request::redirect(&routes::document_receipt(&document));
            return Ok(());
        }
        Err(undone) => undone,
    };
    let path = match &undone {
        Undone::Fields(errors) if errors.iter().any(|e| e.field == "file") => {
            routes::document_draft_files(&id)
        }
        Undone::Fields(_) => routes::document_draft(&id),
        Undone::Refused(_) => routes::document_draft_check(&id),
    };
    refuse(&here, HAND_IN, Fields::default(), undone, &path).await
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SayPost {
    id: String,
    how: String,
    words: String,
}

#[server(endpoint = "documents/say")]
pub async fn say_of_request(#[server(flatten)] form: SayPost) -> Done {
    let here = asking()?;
    let id: Public<RequestRow> = named(&form.id)?;
    let SayPost { how, words, .. } = form;
    let typed = Fields::new([("how", how.clone()), ("words", words.clone())]);
    let path = routes::document_request(&id);
    match documents::say(&here.ctx, &here.who, &id, &ToldForm { how, words }).await.map_err(failed)? {
        Ok(()) => request::redirect(&path),
        Err(undone) => return refuse(&here, SAY, typed, undone, &path).await,
    }
    Ok(())
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WithdrawPost {
    id: String,
}

/// Whatever came of it, the document's own page says where it stands.
#[server(endpoint = "documents/withdraw")]
pub async fn withdraw_document(#[server(flatten)] form: WithdrawPost) -> Done {
    let here = asking()?;
    let id: Public<DocumentRow> = named(&form.id)?;
    match documents::take_back(&here.ctx, &here.who, &id).await.map_err(failed)? {
        Err(Undone::Refused(Refusal::Stale)) => return Err(WireError::Busy.answered()),
        Ok(()) | Err(Undone::Refused(Refusal::MovedOn)) => request::redirect(&routes::document(&id)),
        Err(undone) => {
            return refuse(&here, WITHDRAW, Fields::default(), undone, &routes::document(&id)).await;
        }
    }
    Ok(())
}
