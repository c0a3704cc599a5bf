//! What of an application is sealed under its applicant's key: what she needs, and the number that she typed.

use domain::{kernel::Id, visits::clearance::Needs};
use zeroize::Zeroizing;

use super::{Application, stored};
use crate::{Error, Result, ctx::Ctx, vault::SubjectKey};

fn needs_place(id: &Id<Application>) -> String {
    format!("application/needs/{id}")
}

/// What she needs, sealed with her key.
pub(crate) fn seal_needs(
    ctx: &Ctx,
    key: &SubjectKey,
    id: &Id<Application>,
    needs: &Needs,
) -> Result<Vec<u8>> {
    key.seal(&ctx.chance, &needs_place(id), &stored::seal_needs(needs)?)
}

pub(super) fn number_place(id: &Id<Application>) -> String {
    format!("application/typed_number/{id}")
}

/// What was sealed on an application, opened with its applicant's key.
pub(crate) fn open_needs(
    ctx: &Ctx,
    person: &str,
    subject_key: &[u8],
    id: &Id<Application>,
    sealed: &[u8],
) -> Result<Needs> {
    stored::open_needs(&opened(ctx, person, subject_key, &needs_place(id), sealed)?)
}

/// The number that she typed, if she knew him by one.
pub(crate) fn open_number(
    ctx: &Ctx,
    person: &str,
    subject_key: &[u8],
    id: &Id<Application>,
    sealed: &[u8],
) -> Result<String> {
    let plain = opened(ctx, person, subject_key, &number_place(id), sealed)?;
    String::from_utf8(plain.to_vec()).map_err(|_| Error::Sealed)
}

fn opened(
    ctx: &Ctx,
    person: &str,
    subject_key: &[u8],
    place: &str,
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>> {
    let key = ctx.vault.subject_from(person, subject_key).map_err(|_| Error::Sealed)?;
    key.open(place, sealed)
}
