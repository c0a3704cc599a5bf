//! The posts of the victims' area. What is refused is kept sealed and shown on the same page again, to her alone; what asks
//! for a fresh sign-in waits for her in the same way.

use backend::{
    form_try::FormTry,
    notices::{
        Channel, Duty, Representative, channels,
        ladder::ChannelKind,
        mine::{self, Refusal},
        representing,
        wish::{self, AskForm, Fault},
    },
};
use domain::kernel::Public;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    here::{Done, Here, fault, prove, refused, signed_in, values},
    wish_form::WishPost,
};
use crate::{error::WireError, forms::Row, identity::here::failed, request, routes};

/// The names under which refused forms are kept: where they are posted.
pub(super) const ASK: &str = "message/ask";
pub(super) const ADD: &str = "message/channels";
pub(super) const CODE: &str = "message/channels/code";
pub(super) const RENEW: &str = "message/channels/renew";
pub(super) const STOP: &str = "message/channels/stop";
pub(super) const WISHES: &str = "message/wishes";
pub(super) const WANT: &str = "message/wishes/all";
pub(super) const END: &str = "message/representatives/end";
pub(super) const READ: &str = "message/read";
pub(super) const WRITE: &str = "message/write";

/// The names each form here sends.
pub const FORMS: &[Row] = &[
    (ASK, &["whom", "reference", "role", "story", "telephone"]),
    (ADD, &["kind", "address"]),
    (CODE, &["public", "code"]),
    (RENEW, &["public"]),
    (STOP, &["public", "not_safe"]),
    (WISHES, WishPost::NAMES),
    (WANT, &["on"]),
    (END, &["public"]),
    (READ, &["public"]),
    (WRITE, &["words", "ring_me"]),
];

/// What one posts to.
pub(super) fn action(endpoint: &str) -> String {
    format!("/api/{endpoint}")
}

/// A public id that one of our pages could have sent.
fn public<T>(text: &str) -> Result<Public<T>, WireError> {
    Public::parse(text).ok_or_else(|| WireError::Malformed.answered())
}

fn to(page: &str) -> Done {
    request::redirect(page);
    Ok(())
}

/// Whoever has no row here has none of what this form is about.
fn hidden() -> Done {
    Err(WireError::Hidden.answered())
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AskPost {
    whom: String,
    reference: String,
    role: String,
    story: String,
    telephone: String,
}

#[server(endpoint = "message/ask")]
pub async fn ask_to_be_told(#[server(flatten)] form: AskPost) -> Done {
    let here = signed_in()?;
    let values = values(&[
        ("whom", &form.whom),
        ("reference", &form.reference),
        ("role", &form.role),
        ("story", &form.story),
        ("telephone", &form.telephone),
    ]);
    let AskPost { whom, reference, role, story, telephone } = form;
    let asked = AskForm { reference, whom, role, story, telephone };
    match wish::ask(&here.ctx, &here.who, &asked).await.map_err(failed)? {
        Ok(()) => to(&format!("{}?done=sent", routes::MESSAGE_ASK)),
        Err(faults) => {
            let content = FormTry { values, errors: errors(&faults) };
            refused(&here, ASK, routes::MESSAGE_ASK, &content).await
        }
    }
}

fn errors(faults: &[Fault]) -> Vec<backend::form_try::FieldError> {
    faults.iter().map(|one| fault(one.field, one.code)).collect()
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AddPost {
    kind: String,
    address: String,
}

/// Leads to the page of the code, whether or not one has been sent.
#[server(endpoint = "message/channels")]
pub async fn add_channel(#[server(flatten)] form: AddPost) -> Done {
    let (here, page) = (signed_in()?, routes::MESSAGE_CHANNELS);
    let values = values(&[("kind", &form.kind), ("address", &form.address)]);
    let Some(kind) = ChannelKind::parse(&form.kind) else {
        let content = FormTry { values, errors: vec![fault("kind", "empty")] };
        return refused(&here, ADD, page, &content).await;
    };
    match channels::add(&here.ctx, &here.who, kind, &form.address).await.map_err(failed)? {
        None => hidden(),
        Some(Ok(public)) => to(&routes::message_channel(&public)),
        Some(Err(channels::Refusal::Prove)) => prove(&here, ADD, page, values).await,
        Some(Err(refusal)) => {
            let content = FormTry { values, errors: vec![fault("address", refusal.code())] };
            refused(&here, ADD, page, &content).await
        }
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CodePost {
    public: String,
    code: String,
}

#[server(endpoint = "message/channels/code")]
pub async fn confirm_channel(#[server(flatten)] form: CodePost) -> Done {
    let (here, channel) = (signed_in()?, public::<Channel>(&form.public)?);
    let page = routes::message_channel(&channel);
    match channels::confirm(&here.ctx, &here.who, &channel, &form.code).await.map_err(failed)? {
        None => hidden(),
        Some(Ok(())) => to(&format!("{page}?done=confirmed")),
        Some(Err(refusal)) => {
            let errors = vec![fault("code", refusal.code())];
            let content = FormTry { values: values(&[("code", &form.code)]), errors };
            refused(&here, CODE, &page, &content).await
        }
    }
}

/// Says that a code was sent, whether or not one was.
#[server(endpoint = "message/channels/renew")]
pub async fn renew_code(#[server(flatten)] form: ReadPost) -> Done {
    let (here, channel) = (signed_in()?, public::<Channel>(&form.public)?);
    let page = routes::message_channel(&channel);
    match channels::renew(&here.ctx, &here.who, &channel).await.map_err(failed)? {
        None => hidden(),
        Some(Ok(())) => to(&format!("{page}?done=again")),
        Some(Err(refusal)) => {
            let content = FormTry { values: values(&[]), errors: vec![fault("code", refusal.code())] };
            refused(&here, CODE, &page, &content).await
        }
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StopPost {
    public: String,
    not_safe: String,
}

/// The list tells what came of it: the channel is gone, or everything ends on a day.
#[server(endpoint = "message/channels/stop")]
pub async fn stop_channel(#[server(flatten)] form: StopPost) -> Done {
    let (here, channel) = (signed_in()?, public::<Channel>(&form.public)?);
    let not_safe = !form.not_safe.is_empty();
    match channels::stop(&here.ctx, &here.who, &channel, not_safe).await.map_err(failed)? {
        None => hidden(),
        Some(Ok(_)) => to(&format!("{}?gone={channel}", routes::MESSAGE_CHANNELS)),
        Some(Err(_)) => {
            let values = values(&[("not_safe", &form.not_safe)]);
            prove(&here, STOP, &routes::message_channel(&channel), values).await
        }
    }
}

#[server(endpoint = "message/wishes")]
pub async fn set_wishes(#[server(flatten)] form: WishPost) -> Done {
    let (here, page) = (signed_in()?, routes::MESSAGE_WISHES);
    match wish::set(&here.ctx, &here.who, &form.read()).await.map_err(failed)? {
        None => hidden(),
        Some(Ok(())) => to(&format!("{page}?done=saved")),
        Some(Err(faults)) if faults.iter().any(|one| one.code == "prove") => {
            prove(&here, WISHES, page, form.values()).await
        }
        Some(Err(faults)) => {
            let content = FormTry { values: form.values(), errors: errors(&faults) };
            refused(&here, WISHES, page, &content).await
        }
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WantPost {
    on: String,
}

/// Everything off, or on again.
#[server(endpoint = "message/wishes/all")]
pub async fn want_or_not(#[server(flatten)] form: WantPost) -> Done {
    let here = signed_in()?;
    match wish::want(&here.ctx, &here.who, !form.on.is_empty()).await.map_err(failed)? {
        None => hidden(),
        Some(Ok(())) => to(&format!("{}#all", routes::MESSAGE_WISHES)),
        Some(Err(_)) => to(&routes::message_prove(routes::MESSAGE_WISHES)),
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReadPost {
    public: String,
}

/// She has read it. Whatever came of it, its own page says so, or asks her to prove who she is.
#[server(endpoint = "message/read")]
pub async fn confirm_read(#[server(flatten)] form: ReadPost) -> Done {
    let (here, duty) = (signed_in()?, public::<Duty>(&form.public)?);
    match mine::confirm(&here.ctx, &here.who, &duty).await.map_err(failed)? {
        None => hidden(),
        Some(_) => to(&routes::message(&duty)),
    }
}

/// Nobody she does not want reads for her, from now on.
#[server(endpoint = "message/representatives/end")]
pub async fn end_representative(#[server(flatten)] form: ReadPost) -> Done {
    let (here, public, page) =
        (signed_in()?, public::<Representative>(&form.public)?, routes::MESSAGE_REPRESENTATIVES);
    match representing::end_own(&here.ctx, &here.who, &public).await.map_err(failed)? {
        None => hidden(),
        Some(Ok(())) => to(page),
        Some(Err(_)) => to(&routes::message_prove(page)),
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WritePost {
    words: String,
    ring_me: String,
}

#[server(endpoint = "message/write")]
pub async fn write_to_officer(#[server(flatten)] form: WritePost) -> Done {
    let here = signed_in()?;
    let ring_me = !form.ring_me.is_empty();
    match mine::write(&here.ctx, &here.who, &form.words, ring_me).await.map_err(failed)? {
        None => hidden(),
        Some(Ok(())) => {
            to(&format!("{}?done={}", routes::MESSAGE_WRITE, if ring_me { "ring" } else { "sent" }))
        }
        Some(Err(refusal)) => not_written(&here, &form.words, refusal).await,
    }
}

async fn not_written(here: &Here, words: &str, refusal: Refusal) -> Done {
    let errors = vec![fault("words", refusal.code())];
    let content = FormTry { values: values(&[("words", words)]), errors };
    refused(here, WRITE, routes::MESSAGE_WRITE, &content).await
}
