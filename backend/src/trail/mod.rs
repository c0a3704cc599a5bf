//! The auditor's work on the trail of who did and saw what: searching it with a reason, having its chain checked, and looking at
//! what is out of the ordinary. Promises that each search stands in the trail itself before anything is read, that rows of other
//! units are not there, and that nobody settles what is about herself. Never: a row of the notices, whose stream has a watch of its
//! own, or a name of anybody but staff.

mod alert;
mod check;
mod search;
mod settle;
#[cfg(test)]
mod tests;
mod watching;
pub(crate) mod work;

use domain::{
    access::Unit,
    kernel::{Id, Public},
    trail::{FieldError, FormErrors, Refusal},
};

pub use alert::{Alert, Settled, alerts, one, sweep};
pub use check::{CHECK, Check, Checked, ask_check, carry_out, checked, tend};
pub use search::{Found, MOST_ROWS, Page, Row, rows, search};
pub use settle::settle;
pub use watching::{Look, Named, looks_of, unwatched, watched};

use crate::{Error, Result, ctx::Staff, db::Value};

/// Marks for ids.
#[derive(Debug)]
pub enum AlertMark {}
#[derive(Debug)]
pub enum CheckMark {}

/// Why nothing was done. What was typed is kept by whoever asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undone {
    Fields(FormErrors),
    Refused(Refusal),
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

fn note_place(id: &str) -> String {
    format!("trail_alert/note/{id}")
}
