//! Documents that a person hands in, and what she is asked for. A slice: it knows a case by the view `document_case` and files
//! by `blobs`. Words are sealed under her key. Never: a document that is handed in twice, or half; one that staff have opened
//! and that she takes back; a file that anybody gets before a scanner has called it clean.

mod asked;
mod asking;
mod case;
mod desk;
mod draft;
mod due;
mod hand_in;
pub mod held;
pub(crate) mod inmate;
mod kinds;
mod mine;
mod sql;
mod stored;
#[cfg(test)]
mod tests;
mod views;
pub(crate) mod work;

use domain::{
    access::{Person, Unit},
    documents::{FieldError, FormErrors, Refusal},
    kernel::{Id, Public},
};
use serde::{Deserialize, Serialize};

pub use asked::{asked, request, say};
pub use asking::{ask, asked_by_staff, more, on_paper, recall};
pub use case::{Case, CaseHead, OfCase, case_of_staff, cases, of_case, of_my_case};
pub use desk::{DeskAsked, DeskList, DeskRow, accept, desk, file, opened};
pub use draft::{Draft, DraftLine, discard, draft, drafts, keep, start, start_for};
pub use due::tend;
pub use hand_in::hand_in;
pub use kinds::{KindView, kinds};
pub use mine::{Mine, document, mine, take_back};
pub use views::{About, Asked, Came, Document, FileLine, Look, Names, Said};

use crate::{
    Error, Result,
    ctx::{Ctx, Staff},
    db::{Tx, Value},
    outbox,
};

/// Marks for ids.
#[derive(Debug)]
pub enum DocumentRow {}
#[derive(Debug)]
pub enum RequestRow {}
#[derive(Debug)]
pub enum DraftRow {}
#[derive(Debug)]
pub enum FormMark {}

/// Drawn when staff ask: the same form sent twice is one request.
pub type FormKey = Public<FormMark>;

/// The outbox kind of a letter to a person: there is something new.
pub const NEWS: &str = "documents.news";
/// The outbox kind of a word to a unit: a document waits there.
pub const WAITING: &str = "documents.waiting";

/// To whom.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct News {
    pub person: String,
}

/// To a unit's own mailbox.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Waiting {
    pub unit: String,
}

/// Why nothing was done. What was typed is kept by whoever asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undone {
    Fields(FormErrors),
    Refused(Refusal),
}

impl From<Refusal> for Undone {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<FormErrors> for Undone {
    fn from(errors: FormErrors) -> Self {
        Self::Fields(errors)
    }
}

impl Undone {
    /// Fields and what is wrong; what stands in the way of the whole form stands at `field`.
    pub fn faults(&self, field: &'static str) -> FormErrors {
        match self {
            Self::Fields(errors) => errors.clone(),
            Self::Refused(refusal) => vec![FieldError { field, code: refusal.code() }],
        }
    }
}

pub type Done<T = ()> = std::result::Result<T, Undone>;

fn refused<T>(refusal: Refusal) -> Result<Done<T>> {
    Ok(Err(refusal.into()))
}

/// The units of staff as one parameter: ids with a space on each side of every one.
fn units(staff: &Staff) -> Value {
    let ids: Vec<&str> = staff.units.iter().map(Id::<Unit>::as_str).collect();
    Value::from(format!(" {} ", ids.join(" ")))
}

fn public<T>(text: &str) -> Result<Public<T>> {
    Public::parse(text).ok_or(Error::Broken("public id"))
}

/// That there is something new; what it is, no letter tells.
async fn tell(tx: &mut Tx, ctx: &Ctx, person: &Id<Person>) -> Result<()> {
    outbox::Job::new(ctx, NEWS, &News { person: person.as_str().to_owned() })?.save(tx).await
}

/// A word to the unit, in the caller's transaction.
async fn remind(tx: &mut Tx, ctx: &Ctx, unit: &Id<Unit>) -> Result<()> {
    outbox::Job::new(ctx, WAITING, &Waiting { unit: unit.as_str().to_owned() })?.save(tx).await
}
