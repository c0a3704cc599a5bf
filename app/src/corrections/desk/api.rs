//! The desk's posts. Each parses, carries out and leads to the request; what is refused is kept sealed and shown there again.

use backend::corrections;
use domain::corrections::{PassForm, SettleForm};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::parts::{Answer, posting};
use crate::{
    corrections::fields::Fields, error::WireError, forms::Row, identity::here::failed, request, routes,
};

/// Where each form is sent, which is also the name it is kept under.
pub(super) const TAKE: &str = "staff/corrections/take";
pub(super) const PASS: &str = "staff/corrections/pass";
pub(super) const SETTLE: &str = "staff/corrections/settle";

/// The names that each server function takes.
pub const FORMS: &[Row] = &[
    (TAKE, &["id", "version"]),
    (PASS, &["id", "version", "to"]),
    (SETTLE, &["id", "version", "outcome", "words"]),
];

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TakePost {
    id: String,
    version: String,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PassPost {
    id: String,
    version: String,
    to: String,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SettlePost {
    id: String,
    version: String,
    outcome: String,
    words: String,
}

#[server(endpoint = "staff/corrections/take")]
pub async fn take_correction(#[server(flatten)] form: TakePost) -> Answer {
    let (desk, id) = posting(&form.id)?;
    let version = form.version.parse().map_err(|_| WireError::Malformed.answered())?;
    let done = corrections::take(&desk.ctx, &desk.who, &id, version).await.map_err(failed)?;
    // What stands in the way of taking is said at the answer, which is the other form of the page.
    desk.answer(SETTLE, &id, Fields::new([("id", form.id)]), done).await
}

/// Passed on it is another unit's, so it leads to the list.
#[server(endpoint = "staff/corrections/pass")]
pub async fn pass_correction(#[server(flatten)] form: PassPost) -> Answer {
    let (desk, id) = posting(&form.id)?;
    let fields = Fields::new([("id", form.id), ("to", form.to.clone())]);
    let form = PassForm { version: form.version, unit: form.to };
    let done = corrections::pass(&desk.ctx, &desk.who, &id, &form).await.map_err(failed)?;
    if done.is_ok() {
        request::redirect(&format!("{}?done=passed", routes::STAFF_CORRECTIONS));
        return Ok(());
    }
    desk.answer(SETTLE, &id, fields, done).await
}

#[server(endpoint = "staff/corrections/settle")]
pub async fn settle_correction(#[server(flatten)] form: SettlePost) -> Answer {
    let (desk, id) = posting(&form.id)?;
    let SettlePost { id: typed, version, outcome, words } = form;
    let fields = Fields::new([("id", typed), ("outcome", outcome.clone()), ("words", words.clone())]);
    let form = SettleForm { version, outcome, words };
    let done = corrections::settle(&desk.ctx, &desk.who, &id, &form).await.map_err(failed)?;
    desk.answer(SETTLE, &id, fields, done).await
}
