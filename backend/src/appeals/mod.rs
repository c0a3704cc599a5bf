//! Appeals against decisions of every slice. Ground: it knows a decision and whom it is told to, and nothing of what was
//! decided about; what a changed decision means is done where it lives, by `wiring`. Words are sealed under the key of whoever
//! appeals. Never: two standing appeals against one decision, or an appeal refused unread because it is late.

mod act;
mod desk;
pub mod held;
pub(crate) mod inmate;
mod mine;
mod read;
mod ruling;
mod send;
mod target;
#[cfg(test)]
pub(crate) mod tests;
pub(crate) mod work;

use domain::{
    access::{Person, Unit},
    appeals::{FieldError, FormErrors, Refusal},
    kernel::{Id, Public},
};
use serde::{Deserialize, Serialize};

pub use act::{change, forward, take, wait};
pub use desk::{DeskAppeal, DeskRow, desk, opened};
pub use mine::{Mine, appeal, discard_draft, keep_draft, mine, withdraw};
pub use read::{Appeal, AppealLook, Ruling, WaitAnswer};
pub(crate) use ruling::is_open_on;
pub use ruling::{decide, ruling_on};
pub use send::send;
pub use target::{Target, target, writing};

use crate::{
    Error, Result,
    ctx::{Ctx, Staff},
    db::{Tx, Value},
    outbox,
};

/// Marks for ids.
#[derive(Debug)]
pub enum AppealMark {}
#[derive(Debug)]
pub enum FormMark {}

/// Drawn when a form is shown: the same form sent twice is one appeal.
pub type FormKey = Public<FormMark>;

/// The outbox kind of a decision that has to be made anew.
pub const CHANGED: &str = "appeals.changed";
/// The outbox kind of a word to a unit: an appeal waits there.
pub const WAITING: &str = "appeals.waiting";

/// The outbox kind of a letter to whoever appeals: there is something new.
pub const NEWS: &str = "appeals.news";

/// To whom.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct News {
    pub person: String,
}

/// The decisions about these were set aside.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Changed {
    pub subject_kind: String,
    pub subjects: Vec<String>,
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

/// The units of staff as one parameter: ids with a space on each side of every one.
fn units(staff: &Staff) -> Value {
    let ids: Vec<&str> = staff.units.iter().map(Id::<Unit>::as_str).collect();
    Value::from(format!(" {} ", ids.join(" ")))
}

fn public<T>(text: &str) -> Result<Public<T>> {
    Public::parse(text).ok_or(Error::Broken("public id"))
}

fn body_place(id: &str) -> String {
    format!("appeal/body/{id}")
}

fn statement_place(id: &str) -> String {
    format!("appeal/statement/{id}")
}

fn waits_place(id: &str) -> String {
    format!("appeal/waits_why/{id}")
}

/// The place of the draft of an appeal against this decision.
fn draft_place<T>(decision: &Public<T>) -> String {
    format!("appeal/{decision}")
}

/// That there is something new; what it is, no letter tells.
async fn tell(tx: &mut Tx, ctx: &Ctx, person: &Id<Person>) -> Result<()> {
    let job = outbox::Job::new(ctx, NEWS, &News { person: person.as_str().to_owned() })?;
    job.save(tx).await
}

/// A word to the unit, in the caller's transaction.
async fn remind(tx: &mut Tx, ctx: &Ctx, unit: &str) -> Result<()> {
    outbox::Job::new(ctx, WAITING, &Waiting { unit: unit.to_owned() })?.save(tx).await
}
