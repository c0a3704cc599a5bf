//! Messages: a person and her case officer, a relative and an inmate, a lawyer and her client, and a worry about somebody
//! inside. Four nouns with tables of their own; no statement joins two of them (ADR 15).

pub mod counsel;
mod ending;
pub mod exchange;
pub mod inside;
pub mod keeping;
pub mod live;
pub mod looks;
pub mod news;
mod numbers;
pub mod officer;
mod once;
pub mod search;
#[cfg(test)]
mod tests;
pub mod worry;

pub use crate::drafts;

use domain::{
    access::Unit,
    kernel::{Id, Public},
    messages::{FormErrors, Refusal},
};

use crate::{
    Error, Result,
    ctx::{Ctx, Staff},
    db::Value,
};

/// Marks for ids.
#[derive(Debug)]
pub enum FormMark {}
#[derive(Debug)]
pub enum ThreadRow {}
#[derive(Debug)]
pub enum MessageRow {}
#[derive(Debug)]
pub enum TemplateRow {}
#[derive(Debug)]
pub enum ExchangeRow {}
#[derive(Debug)]
pub enum LetterRow {}
#[derive(Debug)]
pub enum ReportRow {}
#[derive(Debug)]
pub enum WordRow {}
#[derive(Debug)]
pub enum OrderRow {}

/// Drawn when a form is shown: the same form sent twice is one message.
pub type FormKey = Public<FormMark>;

/// Why nothing was sent. What was typed is kept by whoever asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsent {
    Fields(FormErrors),
    Refused(Refusal),
}

impl From<Refusal> for Unsent {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<FormErrors> for Unsent {
    fn from(errors: FormErrors) -> Self {
        Self::Fields(errors)
    }
}

pub type Sent<T> = std::result::Result<T, Unsent>;

/// What staff are told in return.
pub type Done<T = ()> = std::result::Result<T, Refusal>;

/// What falls due by the calendar; for the worker. Tells of how much.
pub async fn tend(ctx: &Ctx) -> Result<usize> {
    let overdue = officer::remind_due(ctx).await?;
    let followed = exchange::follow(ctx).await?;
    let released = exchange::release_due(ctx).await?;
    let late = exchange::escalate_due(ctx).await?;
    let moved = exchange::move_on(ctx).await?;
    let worries = worry::remind_due(ctx).await?;
    drafts::drop_old(ctx).await?;
    counsel::drop_old_drafts(ctx).await?;
    let ended = ending::end_old(ctx).await?;
    Ok(overdue + followed + released + late + moved + worries + ended)
}

/// The officer's units as one parameter: ids with a space on each side of every one.
fn units(staff: &Staff) -> Value {
    let ids: Vec<&str> = staff.units.iter().map(Id::<Unit>::as_str).collect();
    Value::from(format!(" {} ", ids.join(" ")))
}

fn public<T>(text: &str) -> Result<Public<T>> {
    Public::parse(text).ok_or(Error::Broken("public id"))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
