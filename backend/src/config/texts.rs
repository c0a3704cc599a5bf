//! Text messages of the portal. The notices to victims have a sender and a provider of their own.

use secrecy::SecretString;
use serde::Deserialize;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TextSettings {
    /// The name that a text comes from, at most eleven letters or digits.
    pub sender: String,
    /// Where texts are handed over: a POST of JSON. Empty in demo means the demo's own mailbox; in production, that
    /// nobody is offered text messages.
    pub url: String,
    pub token: Option<SecretString>,
}
