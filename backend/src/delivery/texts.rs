//! Text messages: handed over to a provider by HTTP, or kept in the demo's mailbox. Never logs a number.

use std::time::Duration;

use domain::kernel::{Locale, Phone, line};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use super::Problem;
use crate::{Error, Result, config::TextSettings};

/// A provider that does not answer within this has failed.
const PATIENCE: Duration = Duration::from_secs(10);

/// As much as is sent as one.
const LONGEST: usize = 160;

/// A text on its way to one number: one line.
#[derive(Clone, Debug)]
pub struct Text {
    pub(super) kind: String,
    pub(super) locale: Locale,
    pub(super) to: Phone,
    pub(super) words: String,
}

impl Text {
    /// Refuses what is more than one line, or longer than one message.
    pub fn new(kind: &str, locale: Locale, to: Phone, words: &str) -> Result<Self, Problem> {
        let words = line(words, LONGEST).map_err(|_| Problem::Crooked)?;
        Ok(Self { kind: kind.to_owned(), locale, to, words })
    }
}

/// Where texts are handed over, and under which name.
#[derive(Clone, Copy)]
pub struct Gateway<'a> {
    pub url: &'a str,
    pub token: Option<&'a SecretString>,
    pub sender: &'a str,
}

impl<'a> From<&'a TextSettings> for Gateway<'a> {
    fn from(settings: &'a TextSettings) -> Self {
        Self { url: &settings.url, token: settings.token.as_ref(), sender: &settings.sender }
    }
}

/// The client that speaks with a provider. It keeps no line open, and follows nothing.
pub(super) fn client() -> Result<reqwest::Client> {
    let builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    builder
        .pool_max_idle_per_host(0)
        .timeout(PATIENCE)
        .build()
        .map_err(|_| Error::Broken("a client for texts"))
}

/// The provider keeps the key: the same again is one text.
pub(super) async fn hand_over(
    http: &reqwest::Client,
    gateway: Gateway<'_>,
    key: &str,
    (to, words): (&str, &str),
) -> Result<(), Problem> {
    let body = json!({ "id": key, "from": gateway.sender, "to": to, "text": words });
    let mut call = http.post(gateway.url).timeout(PATIENCE).json(&body);
    if let Some(token) = gateway.token {
        call = call.bearer_auth(token.expose_secret());
    }
    match call.send().await.map(|answer| answer.status()) {
        Ok(status) if status.is_success() => Ok(()),
        // A number that is none; all else may pass.
        Ok(status) if status.as_u16() == 422 || status.as_u16() == 410 => Err(Problem::Refused),
        Ok(_) => Err(Problem::Later),
        Err(_) => Err(Problem::Unreachable),
    }
}
