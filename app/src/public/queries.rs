//! What the public pages read. Shaped by the backend; nothing here is about a person.

use backend::{
    Result,
    ctx::Ctx,
    custody::{self, PublicUnit},
    visits::sessions::{self, Published},
};
use leptos::prelude::use_context;

/// All prisons by name. Empty when there is no request, as when the routes are collected.
pub async fn units(ctx: Option<Ctx>) -> Result<Vec<PublicUnit>> {
    match ctx {
        Some(ctx) => custody::public_units(&ctx).await,
        None => Ok(Vec::new()),
    }
}

/// A prison, and what holds for visits there.
pub async fn unit(ctx: Option<Ctx>, slug: &str) -> Result<Option<(PublicUnit, Published)>> {
    let Some(ctx) = ctx else { return Ok(None) };
    let Some((id, unit)) = custody::public_unit(&ctx, slug).await? else { return Ok(None) };
    Ok(Some((unit, sessions::published(&ctx, &id).await?)))
}

/// The request's `Ctx`; read it before awaiting.
pub fn ctx() -> Option<Ctx> {
    use_context::<Ctx>()
}
