//! An application of somebody who has no eID: a code to her e-mail or telephone → a short session of its own → handed in → registered by
//! staff, who make a case of it or close it → followed by its reference and a code. Promises that the answer to an address or a reference
//! that is none is the same as to a right one, that a code opens nothing but what it was asked for at the address it went to, that what
//! she wrote lies under a key of its own, and that whoever follows it reads a step and neither a name nor an outcome.

mod asking;
mod handing;
mod held;
mod linking;
mod session;
mod staff;
#[cfg(test)]
mod tests;
mod tracking;
pub(crate) mod work;

use domain::{
    kernel::{EmailAddress, Id, Phone},
    visits::handin::{HandIn, HandInForm, Purpose, Reached},
};

pub use asking::{Asked, CODE_LETTER, CODE_TEXT, CodeLetter, Sent, ask, code_sent, open};
pub use handing::{Handed, RECEIPT, Receipt, Receipted, hand_in, receipt};
pub(in crate::visits) use held::held;
pub use linking::{Brought, begin, brought, of_case, of_unreached};
pub(super) use linking::{filed, is_over};
pub use session::{Session, keep, session, waits};
pub use staff::{Act, Acted, One, act, one};
pub use tracking::{Tracked, tracked, withdraw};

use crate::{Error, Result, config::Settings, ctx::Ctx, vault::SubjectKey};

/// The mark of a session's id.
#[derive(Debug)]
pub enum SessionMark {}

/// The cookie that carries a session's token, one a purpose: nobody loses what she writes by following another.
pub fn cookie(settings: &Settings, purpose: Purpose) -> String {
    let prefix = if settings.is_https() { "__Host-" } else { "" };
    let name = match purpose {
        Purpose::Write => "form",
        Purpose::Track => "track",
    };
    format!("{prefix}varde_{name}")
}

fn token_hash(ctx: &Ctx, purpose: Purpose, token: &str) -> Vec<u8> {
    ctx.vault.fingerprint("hand_in_session", &format!("{}/{token}", purpose.code()))
}

fn reached_hash(ctx: &Ctx, reached: &Reached) -> Vec<u8> {
    ctx.vault.fingerprint("hand_in_reached", &reached.as_str().to_lowercase())
}

/// An address or a number as it is kept.
fn reached(plain: &[u8]) -> Result<Reached> {
    let broken = Error::Broken("where a code went");
    let Ok(text) = std::str::from_utf8(plain) else { return Err(broken) };
    let read = match text.contains('@') {
        true => EmailAddress::parse(text).map(Reached::Email),
        false => Phone::parse(text).map(Reached::Phone),
    };
    read.map_err(|_| broken)
}

fn form(plain: &[u8]) -> Result<HandInForm> {
    serde_json::from_slice(plain).map_err(|_| Error::Broken("a hand-in"))
}

fn body_place(id: &Id<HandIn>) -> String {
    format!("hand_in/body/{id}")
}

fn reached_place(id: &Id<HandIn>) -> String {
    format!("hand_in/reached/{id}")
}

/// The key of one of them, as its row keeps it.
fn key_of(ctx: &Ctx, id: &Id<HandIn>, sealed: &[u8]) -> Result<SubjectKey> {
    ctx.vault.subject_from(id.as_str(), sealed)
}
