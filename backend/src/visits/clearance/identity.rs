//! Who the applicant is. A Norwegian number says it, if she signed in with it; without one an officer checks it by hand, once for all her cases,
//! before anybody lets her in.

use domain::kernel::Instant;

use super::rows::Row;
use crate::{Result, args, ctx::Staff, db::Tx};

/// How sure it is who the applicant is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Identity {
    /// Her sign-in gave a Norwegian number.
    Number,
    /// Known by name and birth date; staff have checked by hand who she is.
    Checked(Instant),
    /// Known by name and birth date alone.
    Unchecked,
}

impl Identity {
    pub(super) fn of(numbered: bool, checked_at: Option<i64>) -> Self {
        match (numbered, checked_at) {
            (true, _) => Self::Number,
            (false, Some(at)) => Self::Checked(Instant(at)),
            (false, None) => Self::Unchecked,
        }
    }
}

/// Notes the check; false when it had been noted before.
pub(super) async fn identify(tx: &mut Tx, row: &Row, staff: &Staff, now: Instant) -> Result<bool> {
    Ok(tx.execute(IDENTIFY, args![now, &staff.staff, &row.person_id]).await? == 1)
}

pub(super) async fn is_identified(tx: &mut Tx, row: &Row) -> Result<bool> {
    let known: Option<(String,)> = tx.optional(IDENTIFIED, args![&row.person_id]).await?;
    Ok(known.is_some())
}

pub const IDENTIFY: &str = "UPDATE person SET identity_checked_at = $1, identity_checked_by = $2 \
    WHERE id = $3 AND identity_checked_at IS NULL";
pub const IDENTIFIED: &str = "SELECT id FROM person WHERE id = $1 AND (identity_checked_at IS NOT NULL \
    OR EXISTS (SELECT 1 FROM person_number n WHERE n.person_id = person.id AND n.typed_at IS NULL))";
