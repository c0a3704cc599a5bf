//! How the service goes, in figures, for those who lead it. The worker counts each night what has ended, unit by unit, and keeps
//! what may be told (`domain::insight`): pages and files read that and nothing else. Promises that no row is ever changed, that a
//! reader sees her own units alone, and that a file leaves its trace first. Never: a person, a case, or a row of another slice;
//! `wiring` brings the numbers.

mod count;
mod read;
#[cfg(test)]
mod tests;

pub use count::{Counting, Night, close, judge, night};
pub use read::{Figures, Known, KnownUnit, exported, figures, known};

use domain::{access::Unit, kernel::Id};

use crate::{ctx::Staff, db::Value};

/// The units of staff as one parameter: ids with a space on each side of every one.
fn units<'a>(ids: impl IntoIterator<Item = &'a Id<Unit>>) -> Value {
    let ids: Vec<&str> = ids.into_iter().map(Id::as_str).collect();
    Value::from(format!(" {} ", ids.join(" ")))
}

/// Those of the reader that she has chosen: one of hers, or all.
fn chosen(staff: &Staff, one: Option<&Id<Unit>>) -> Value {
    match one.filter(|one| staff.units.contains(one)) {
        Some(one) => units([one]),
        None => units(&staff.units),
    }
}
