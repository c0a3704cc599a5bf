//! Her posts. Each parses, carries out and leads on; what is refused is kept sealed and shown on the same page again, and
//! what is not hers leads to the page of what is not there.

use backend::{
    form_try,
    messages::{ThreadRow, Unsent, officer},
};
use domain::{
    kernel::Public,
    messages::{Refusal, ThreadForm, WrittenForm},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    error::WireError,
    forms::Row,
    identity::here::{Here, failed, here},
    messages::{
        fields::{CASE, Fault, Fields, draft, faults},
        talk::NEWEST,
    },
    request, routes,
};

/// Where each form is sent, which is also the name it is kept under.
pub(super) const NEW: &str = "messages/new";
pub(super) const WRITE: &str = "messages/write";
pub(super) const CLOSE: &str = "messages/close";
pub(super) const DISCARD: &str = "messages/discard";
pub(super) const SEARCH: &str = "messages/search";

/// The names each form here sends.
pub const FORMS: &[Row] = &[
    (NEW, &["key", "unit", "about", "topic", "words", "draft", "then"]),
    (WRITE, &["id", "key", "words", "draft", "then"]),
    (CLOSE, &["id"]),
    (DISCARD, &["id"]),
    (SEARCH, &["text"]),
];

/// What a draft of a new message keeps.
const NEW_DRAFT: [&str; 4] = ["unit", "about", "topic", "words"];

/// What somebody looks for is no letter.
const LONGEST_SEARCH: usize = 200;

type Done = Result<(), WireError>;

fn asking() -> Result<Here, WireError> {
    here().ok_or_else(hidden)
}

fn hidden() -> WireError {
    WireError::Hidden.answered()
}

/// A conversation that one of our pages could have named.
fn named(id: &str) -> Result<Public<ThreadRow>, WireError> {
    Public::parse(id).ok_or_else(hidden)
}

/// Leads to `path` with what was typed and what is wrong with it.
async fn refuse(here: &Here, form: &'static str, typed: Fields, faults: &[Fault], path: &str) -> Done {
    let content = typed.with(faults);
    let key = form_try::keep(&here.ctx, &here.actor(), form, content.kept()).await.map_err(failed)?;
    request::redirect(&routes::with_try(path, &key));
    Ok(())
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct NewPost {
    key: String,
    unit: String,
    about: String,
    topic: String,
    words: String,
    draft: String,
    /// `save`: kept and not sent.
    then: String,
}

impl NewPost {
    fn fields(&self) -> Fields {
        Fields::new([
            ("key", self.key.clone()),
            ("unit", self.unit.clone()),
            ("about", self.about.clone()),
            ("topic", self.topic.clone()),
            ("words", self.words.clone()),
            ("draft", self.draft.clone()),
        ])
    }

    fn read(self) -> ThreadForm {
        let Self { key, unit, about, topic, words, draft, .. } = self;
        ThreadForm { key, unit, about, topic, words, draft }
    }
}

#[server(endpoint = "messages/new")]
pub async fn begin_thread(#[server(flatten)] form: NewPost) -> Done {
    let (here, fields) = (asking()?, form.fields());
    if form.then == "save" {
        let kept = draft(&fields, &NEW_DRAFT);
        let done = officer::keep_mine(&here.ctx, &here.who, None, &kept, &form.draft).await;
        done.map_err(failed)?.map_err(|_| hidden())?;
        request::redirect(&format!("{}?done=saved", routes::MESSAGES_NEW));
        return Ok(());
    }
    match officer::begin(&here.ctx, &here.who, &form.read()).await.map_err(failed)? {
        Ok(thread) => {
            request::redirect(&format!("{}?done=sent#{NEWEST}", routes::thread(&thread)));
            Ok(())
        }
        Err(Unsent::Refused(Refusal::Hidden)) => Err(hidden()),
        Err(unsent) => refuse(&here, NEW, fields, &faults(&unsent), routes::MESSAGES_NEW).await,
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WritePost {
    id: String,
    key: String,
    words: String,
    draft: String,
    then: String,
}

#[server(endpoint = "messages/write")]
pub async fn write_on(#[server(flatten)] form: WritePost) -> Done {
    let (here, thread) = (asking()?, named(&form.id)?);
    let path = routes::thread(&thread);
    let WritePost { id, key, words, draft: version, then } = form;
    let typed = [("id", &id), ("key", &key), ("words", &words), ("draft", &version)];
    let fields = Fields::new(typed.map(|(name, value)| (name, value.clone())));
    if then == "save" {
        let kept = draft(&fields, &["words"]);
        let done = officer::keep_mine(&here.ctx, &here.who, Some(&thread), &kept, &version).await;
        done.map_err(failed)?.map_err(|_| hidden())?;
        request::redirect(&format!("{path}?done=saved#words"));
        return Ok(());
    }
    let written = WrittenForm { key, words, draft: version };
    match officer::write(&here.ctx, &here.who, &thread, &written).await.map_err(failed)? {
        Ok(()) => {
            request::redirect(&format!("{path}?done=sent#{NEWEST}"));
            Ok(())
        }
        Err(Unsent::Refused(Refusal::Hidden)) => Err(hidden()),
        Err(Unsent::Refused(Refusal::TooOld)) => begin_anew(&here, &thread, &written).await,
        Err(unsent) => refuse(&here, WRITE, fields, &faults(&unsent), &path).await,
    }
}

/// It ended too long ago: what she typed stands on the page of a new message, about the same.
async fn begin_anew(here: &Here, thread: &Public<ThreadRow>, written: &WrittenForm) -> Done {
    let opened = officer::thread(&here.ctx, &here.who, thread).await.map_err(failed)?;
    let Some(head) = opened.map(|opened| opened.thread) else { return Err(hidden()) };
    let about = head.about.map(|about| about.public).unwrap_or_default();
    let fields = Fields::new([("about", about), ("topic", head.topic), ("words", written.words.clone())]);
    refuse(here, NEW, fields, &[(CASE, Refusal::TooOld.code())], routes::MESSAGES_NEW).await
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct IdPost {
    id: String,
}

/// She needs no answer any more. Whatever came of it, the page says where it stands.
#[server(endpoint = "messages/close")]
pub async fn close_thread(#[server(flatten)] form: IdPost) -> Done {
    let (here, thread) = (asking()?, named(&form.id)?);
    match officer::close(&here.ctx, &here.who, &thread).await.map_err(failed)? {
        Err(Refusal::Hidden) => return Err(hidden()),
        Err(Refusal::Stale) => return Err(WireError::Busy.answered()),
        Ok(()) | Err(_) => request::redirect(&format!("{}?done=closed", routes::thread(&thread))),
    }
    Ok(())
}

/// Throws a draft away; without an id that of a new message.
#[server(endpoint = "messages/discard")]
pub async fn discard_draft(#[server(flatten)] form: IdPost) -> Done {
    let here = asking()?;
    let thread = if form.id.is_empty() { None } else { Some(named(&form.id)?) };
    let done = officer::discard_mine(&here.ctx, &here.who, thread.as_ref()).await;
    done.map_err(failed)?.map_err(|_| hidden())?;
    let path = thread.map_or_else(|| routes::MESSAGES.to_owned(), |thread| routes::thread(&thread));
    request::redirect(&path);
    Ok(())
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SearchPost {
    text: String,
}

#[server(endpoint = "messages/search")]
pub async fn search_mine(#[server(flatten)] form: SearchPost) -> Done {
    let here = asking()?;
    let text: String = form.text.chars().take(LONGEST_SEARCH).collect();
    let faults: &[Fault] = if text.trim().is_empty() { &[("text", "empty")] } else { &[] };
    refuse(&here, SEARCH, Fields::new([("text", text)]), faults, routes::MESSAGES_SEARCH).await
}
