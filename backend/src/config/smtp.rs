//! The mail server, and how it is spoken to.

use secrecy::SecretString;
use serde::Deserialize;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Smtp {
    pub host: String,
    pub port: u16,
    pub from: String,
    /// Only a relay on this very machine may be spoken to without TLS.
    #[serde(default)]
    pub tls: SmtpTls,
    #[serde(default)]
    pub username: Option<String>,
    #[serde(default)]
    pub password: Option<SecretString>,
}

/// How the mail server is spoken to. Never less than this: a server without it gets nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SmtpTls {
    /// Nothing is sealed.
    None,
    /// Plain first, sealed before anything is said (usually port 587 or 25).
    #[default]
    Starttls,
    /// Sealed from the first byte (usually port 465).
    Implicit,
}
