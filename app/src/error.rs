//! What can go wrong between a page and a server function, as codes only: a code says nothing about data, and
//! a forged link can show no words of its own.

use leptos::{
    prelude::{FromServerFnError, ServerFnErrorErr},
    server_fn::codec::JsonEncoding,
};
use serde::{Deserialize, Serialize};

/// Answers no form of ours provokes; a refused form is a redirect with `?try=` and never one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WireError {
    /// No page of ours sends this.
    Malformed,
    /// It does not exist, or not for this person.
    Hidden,
    /// Somebody else is writing, or there is no room to write; the same again will work.
    Busy,
    Server,
}

impl WireError {
    pub fn code(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::Hidden => "hidden",
            Self::Busy => "busy",
            Self::Server => "server",
        }
    }

    pub fn status(self) -> http::StatusCode {
        match self {
            Self::Malformed => http::StatusCode::BAD_REQUEST,
            Self::Hidden => http::StatusCode::NOT_FOUND,
            Self::Busy => http::StatusCode::SERVICE_UNAVAILABLE,
            Self::Server => http::StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Sets the answer's status (server_fn would make every error a 500) and gives the error back.
    pub fn answered(self) -> Self {
        crate::request::status(self.status());
        self
    }
}

impl std::fmt::Display for WireError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for WireError {}

impl FromServerFnError for WireError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_) => Self::Malformed.answered(),
            _ => Self::Server.answered(),
        }
    }
}
