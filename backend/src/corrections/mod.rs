//! Corrections: somebody asks that what is held about her be put right or erased; an officer of the unit that has it answers,
//! by a day. Ground, as appeals are: it knows a person and a unit, and nothing of what is held; what an officer puts right she
//! puts right where it is. Words are sealed under the key of whoever asks. Never: an answer without words, or one that does not
//! tell how to complain of it where it is not all that was asked.

mod act;
mod desk;
mod due;
pub mod held;
pub mod keeping;
mod mine;
mod read;
mod send;
#[cfg(test)]
mod tests;
pub(crate) mod work;

use domain::{
    access::{Person, Unit},
    corrections::{FieldError, FormErrors, Refusal},
    kernel::{Id, Public},
};
use serde::{Deserialize, Serialize};

pub use act::{pass, settle, take};
pub use desk::{DeskCorrection, DeskRow, desk, opened};
pub use due::remind_due;
pub use mine::{Mine, correction, mine, withdraw};
pub use read::{Answer, Correction};
pub use send::{due_if_sent, send};

use crate::{
    Error, Result,
    ctx::{Ctx, Staff},
    db::{Tx, Value},
    outbox,
};

/// Marks for ids.
#[derive(Debug)]
pub enum CorrectionMark {}
#[derive(Debug)]
pub enum FormMark {}

/// Drawn when a form is shown: the same form sent twice is one request.
pub type FormKey = Public<FormMark>;

/// The outbox kind of a letter to whoever asks: there is something new.
pub const NEWS: &str = "corrections.news";
/// The outbox kind of a word to a unit: a request waits there.
pub const WAITING: &str = "corrections.waiting";

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

/// The units of staff as one parameter: ids with a space on each side of every one.
fn units(staff: &Staff) -> Value {
    let ids: Vec<&str> = staff.units.iter().map(Id::<Unit>::as_str).collect();
    Value::from(format!(" {} ", ids.join(" ")))
}

fn public<T>(text: &str) -> Result<Public<T>> {
    Public::parse(text).ok_or(Error::Broken("public id"))
}

fn body_place(id: &str) -> String {
    format!("correction/body/{id}")
}

fn answer_place(id: &str) -> String {
    format!("correction/answer/{id}")
}

/// That there is something new; what it is, no letter tells.
async fn tell(tx: &mut Tx, ctx: &Ctx, person: &Id<Person>) -> Result<()> {
    outbox::Job::new(ctx, NEWS, &News { person: person.as_str().to_owned() })?.save(tx).await
}

/// A word to the unit, in the caller's transaction.
async fn remind(tx: &mut Tx, ctx: &Ctx, unit: &str) -> Result<()> {
    outbox::Job::new(ctx, WAITING, &Waiting { unit: unit.to_owned() })?.save(tx).await
}
