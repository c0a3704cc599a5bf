//! Consent of those at home (EK), and of a child's other parent: a unit asks, each answers alone with own eID, and may take it
//! back.
//! Promises that each word is kept with what shows later that it was said, that nothing said is ever changed, and that nobody
//! but the officers of the unit learns who said what. A withdrawal that says "not safe" is at the duty desk in the same
//! transaction. Never: an answer without a fresh sign-in at the high level, or one to another text than was shown.

mod answer;
mod child;
mod desk;
mod due;
mod evidence;
pub mod held;
mod mine;
mod new;
mod open;
mod rows;
#[cfg(test)]
mod tests;
pub(crate) mod work;

use std::future::Future;

use domain::{
    access::Unit,
    consents::{Fact, FieldError, FormErrors, Refusal},
    kernel::{Id, Public, Reference},
};
use serde::{Deserialize, Serialize};

pub use answer::{answer, withdraw};
pub use child::{Child, Parent, ask_parent, end, open_subjects, parents};
pub use desk::{AskedPerson, CaseRow, DeskCase, list, opened};
pub use due::{invitation, remind_due, sweep};
pub use evidence::{Evidence, EvidenceVerdict, Kept, export, verify};
pub use mine::{MyCase, MyWord, Text, mine, one};
pub use open::{Change, add, change, open};

use crate::{
    Error, Result,
    ctx::{Ctx, Staff},
    db::{Tx, Value},
    outbox,
};

/// Marks for ids.
#[derive(Debug)]
pub enum CaseMark {}
#[derive(Debug)]
pub enum PersonMark {}
#[derive(Debug)]
pub enum WordMark {}
#[derive(Debug)]
pub enum FormMark {}

/// Drawn when a form is shown: the same form sent twice is one act.
pub type FormKey = Public<FormMark>;

/// The outbox kind of a word to one at home: there is something to answer.
pub const INVITE: &str = "consents.invite";
/// The outbox kind of a word to a unit: somebody has answered.
pub const WAITING: &str = "consents.waiting";

/// To whom: the id of one at home.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Invite {
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

/// What others have to hear of at once, inside the transaction.
pub trait Elsewhere: Send + Sync {
    /// Somebody is not safe at home: the desk that goes and sees.
    fn unsafe_at_home(
        &self,
        tx: &mut Tx,
        ctx: &Ctx,
        alarmed: &Alarmed,
    ) -> impl Future<Output = Result<()>> + Send;

    /// Where a child's other parent stands: the child's clearance.
    fn other_parent(
        &self,
        tx: &mut Tx,
        ctx: &Ctx,
        clearance: &str,
        fact: Fact,
    ) -> impl Future<Output = Result<()>> + Send;
}

/// Who, and how she is reached. `words` are those of the house, written where pages are.
#[derive(Clone, Debug)]
pub struct Alarmed {
    pub unit: Id<Unit>,
    pub name: String,
    pub words: String,
    pub contact: Option<String>,
}

/// The units of staff as one parameter: ids with a space on each side of every one.
fn units(staff: &Staff) -> Value {
    let ids: Vec<&str> = staff.units.iter().map(Id::<Unit>::as_str).collect();
    Value::from(format!(" {} ", ids.join(" ")))
}

fn public<T>(text: &str) -> Result<Public<T>> {
    Public::parse(text).ok_or(Error::Broken("public id"))
}

fn reference(text: &str) -> Result<Reference> {
    Reference::parse(text).ok_or(Error::Broken("reference"))
}

// The tables were named after the home alone once; a place cannot be renamed under what is sealed in it.
fn applicant_place(id: &str) -> String {
    format!("home_case/name/{id}")
}

fn about_place(id: &str) -> String {
    format!("home_case/address/{id}")
}

fn name_place(id: &str) -> String {
    format!("home_person/name/{id}")
}

fn email_place(id: &str) -> String {
    format!("home_person/email/{id}")
}

fn without_place(id: &str) -> String {
    format!("consent_case/without_reason/{id}")
}

fn evidence_place(id: &str) -> String {
    format!("consent_word/evidence/{id}")
}

fn opened_text(ctx: &Ctx, place: &str, sealed: &[u8]) -> Result<String> {
    Ok(String::from_utf8_lossy(&ctx.vault.open(place, sealed)?).into_owned())
}

async fn invite(tx: &mut Tx, ctx: &Ctx, person: &str) -> Result<()> {
    outbox::Job::new(ctx, INVITE, &Invite { person: person.to_owned() })?.save(tx).await
}

async fn remind_unit(tx: &mut Tx, ctx: &Ctx, unit: &str) -> Result<()> {
    outbox::Job::new(ctx, WAITING, &Waiting { unit: unit.to_owned() })?.save(tx).await
}
