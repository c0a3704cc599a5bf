//! Two personas who come together: he has booked and asked her, and she has typed the code and not answered.

use super::relatives::Cleared;
use crate::{
    Result,
    ctx::Ctx,
    visits::booking::{self, joining},
};

pub async fn seed(ctx: &Ctx, people: &[Cleared]) -> Result<()> {
    let mut personas = people.iter().filter(|one| one.persona).rev();
    let (Some(guest), Some(booker)) = (personas.next(), personas.next()) else { return Ok(()) };
    let Some(visit) = booking::my_visits(ctx, &booker.who).await?.into_iter().next() else { return Ok(()) };
    let seen = joining::others(ctx, &booker.who, &visit.public).await?;
    if seen.is_none_or(|others| !others.guests.is_empty()) {
        return Ok(());
    }
    if joining::ask(ctx, &booker.who, visit.public.clone(), ctx.chance.public()).await?.is_err() {
        return Ok(());
    }
    let others = joining::others(ctx, &booker.who, &visit.public).await?;
    let code = others.and_then(|others| others.guests.into_iter().next()).and_then(|asked| asked.code);
    if let Some(code) = code {
        // Whoever is hindered stays without.
        let _ = joining::open(ctx, &guest.who, &code.shown()).await?;
    }
    Ok(())
}
