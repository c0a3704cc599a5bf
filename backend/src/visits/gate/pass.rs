//! The pass of a visit: its reference and a short seal of this portal over reference and time. It names nobody, and knowing
//! it opens nothing: it only finds the visit for whoever stands at the gate of its unit.

use domain::{
    kernel::{CivilDate, Instant, Public, Reference},
    visits::{booking::Booking, gate::may_mark},
};

use crate::{
    Error, Result,
    ctx::{Ctx, Staff},
    db::Value,
    vault::Vault,
    visits::{booking::VisitView, sessions::rows::date, units},
};

/// What every pass begins with: a later kind begins otherwise.
const KIND: &str = "VARDE1";
/// How many characters of the seal: 80 bits, more than anybody guesses at a gate.
const SEAL: usize = 20;

/// The text in the QR code: capital letters, digits and hyphens, so that the code stays small.
pub fn pass(ctx: &Ctx, visit: &VisitView) -> String {
    let reference = visit.reference.stored();
    format!("{KIND}-{reference}-{}", seal(&ctx.vault, reference, visit.visit.starts_at))
}

fn seal(vault: &Vault, reference: &str, starts_at: Instant) -> String {
    let print = vault.fingerprint("visit_pass", &format!("{reference} {}", starts_at.micros()));
    print.iter().map(|byte| format!("{byte:02X}")).collect::<String>()[..SEAL].to_owned()
}

/// What was scanned or typed at the gate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    Visit(Public<Booking>),
    /// It is of another day.
    OtherDay(CivilDate),
    /// No visit of her units has this reference.
    Unknown,
    /// It looks like a pass and was not made here, or its visit was moved.
    NotOurs,
    /// Neither a pass nor a reference.
    Unreadable,
}

#[derive(sqlx::FromRow)]
struct Row {
    public_id: String,
    date: String,
    starts_at: i64,
}

/// None: it is not her duty.
pub async fn find(ctx: &Ctx, staff: &Staff, text: &str) -> Result<Option<Found>> {
    if !may_mark(&staff.roles) {
        return Ok(None);
    }
    let text = text.trim();
    let (reference, sealed) = match text.strip_prefix(KIND).and_then(|rest| rest.strip_prefix('-')) {
        Some(rest) => match rest.split_once('-') {
            Some((reference, sealed)) => (Reference::parse(reference), Some(sealed)),
            None => (None, None),
        },
        None => (Reference::parse(text), None),
    };
    let Some(reference) = reference else { return Ok(Some(Found::Unreadable)) };
    let row: Option<Row> =
        ctx.db.optional(BY_REFERENCE, vec![Value::from(reference.stored()), units(staff)]).await?;
    let Some(row) = row else { return Ok(Some(Found::Unknown)) };
    if sealed.is_some_and(|given| given != seal(&ctx.vault, reference.stored(), Instant(row.starts_at))) {
        return Ok(Some(Found::NotOurs));
    }
    let on = date(&row.date)?;
    Ok(Some(if on == ctx.now().date() {
        Found::Visit(Public::parse(&row.public_id).ok_or(Error::Broken("public id"))?)
    } else {
        Found::OtherDay(on)
    }))
}

pub const BY_REFERENCE: &str = "SELECT public_id, date, starts_at FROM booking WHERE reference = $1 \
    AND $2 LIKE '% ' || unit_id || ' %'";
