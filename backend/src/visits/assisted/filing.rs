//! An application as it was told or written down, filed as hers. Whether anybody matched is not said, no more than to her.

use domain::{kernel::Public, visits::assisted::ApplyForm};

use super::{Contact, Done, Undone, handin};
use crate::{
    Result,
    ctx::Ctx,
    visits::clearance::{self, Application},
};

pub async fn file(ctx: &Ctx, contact: &Contact, form: &ApplyForm) -> Result<Done<Public<Application>>> {
    let form = match form.parse(ctx.now().date()) {
        Ok(form) => form,
        Err(errors) => return Ok(Err(Undone::Fields(errors))),
    };
    // She has taken it back since the form was opened, or somebody has closed it.
    if handin::is_over(ctx, contact).await? {
        return Ok(Err(Undone::TakenBack));
    }
    let Some(filed) = clearance::file(ctx, &contact.citizen(), &form).await? else {
        return Ok(Err(Undone::Hidden));
    };
    handin::filed(ctx, contact, &filed).await?;
    Ok(Ok(filed))
}
