//! Two of the demo's personas wait for a time: one is offered one, the other waits for a weekend of a week in which he has his
//! visit already, so that nothing can be offered to him.

use domain::visits::booking::waiting::{Period, Suits};

use super::relatives::{Cleared, days_ago};
use crate::{
    Result,
    ctx::Ctx,
    visits::booking::{self, waiting},
};

/// Weeks ahead in which the first one would come.
const DAYS: i64 = 42;

pub async fn seed(ctx: &Ctx, people: &[Cleared]) -> Result<()> {
    let today = ctx.now().date();
    let mut personas = people.iter().filter(|one| one.persona).skip(1);
    let (Some(has), Some(wants)) = (personas.next(), personas.next()) else { return Ok(()) };
    if let Some(visit) = booking::my_visits(ctx, &has.who).await?.first() {
        let monday = visit.date.monday();
        let period = Period { first: monday.max(today), last: monday.plus_days(6), suits: Suits::Weekends };
        put(ctx, has, period).await?;
    }
    put(ctx, wants, Period { first: today, last: today.plus_days(DAYS), suits: Suits::Any }).await?;
    waiting::tend(ctx).await.map(|_| ())
}

/// Who has a wait keeps it.
async fn put(ctx: &Ctx, one: &Cleared, period: Period) -> Result<()> {
    let then = days_ago(ctx, 1);
    if !waiting::waits(ctx, &one.who).await?.is_empty() {
        return Ok(());
    }
    let Some(chosen) = booking::bookable(&then, &one.who).await?.into_iter().find(|b| b.open) else {
        return Ok(());
    };
    let own = chosen.people.iter().filter(|p| p.own).map(|p| p.public.clone()).collect();
    if booking::choose_party(&then, &one.who, chosen.inmate, own).await?.is_err() {
        return Ok(());
    }
    waiting::put(&then, &one.who, period).await?;
    booking::discard(&then, &one.who, None).await.map(|_| ())
}
