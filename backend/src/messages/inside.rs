//! The one inside, at his own end: known by a token of the self-service system that is bound to him alone. Everything he
//! reads and writes is bound to this value, and only [`enter`] makes one.

use domain::kernel::Id;

use crate::{Result, args, ctx::Ctx, custody::inmates::Inmate};

/// One inmate, signed in where he is.
#[derive(Clone, Debug)]
pub struct Inside {
    inmate: Id<Inmate>,
    source: String,
}

impl Inside {
    pub(super) fn inmate(&self) -> &Id<Inmate> {
        &self.inmate
    }

    /// The system that vouches for him, for the trail.
    pub(super) fn source(&self) -> &str {
        &self.source
    }
}

/// The inmate whom this source calls so. The caller has checked that the token names this key and no other.
pub async fn enter(ctx: &Ctx, source: &str, key: &str) -> Result<Option<Inside>> {
    let found: Option<(String,)> = ctx.db.optional(ENTER, args![source, key]).await?;
    Ok(found.map(|(id,)| Inside { inmate: Id::new(id), source: source.to_owned() }))
}

/// None once he has left.
pub const ENTER: &str = "SELECT k.inmate_id FROM inmate_key k JOIN placement p ON p.inmate_id = k.inmate_id \
    AND p.ended_at IS NULL WHERE k.source = $1 AND k.key = $2";
