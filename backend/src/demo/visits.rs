//! Three weeks of visits in the demo, booked by the cleared relatives with the same commands as anybody: some are
//! over, some today, most ahead, a few cancelled by either side.

use domain::visits::booking::{Offer, Session, StaffReason};

use super::relatives::{Cleared, days_ago};
use crate::{
    Result,
    ctx::Ctx,
    visits::{
        booking::{self, Target},
        sessions::tend,
    },
};

/// Books the first free time of three days ahead and later.
const AHEAD: usize = 1_200;

/// Where somebody of the demo stands at the gate.
const GATE: &str = "Lyngmo fengsel";

/// How long ago the first of them booked.
const FIRST: i64 = 17;

/// Books for everybody who is cleared and has booked nothing yet.
pub async fn seed(ctx: &Ctx, people: &[Cleared]) -> Result<()> {
    if people.is_empty() {
        return Ok(());
    }
    tend(&days_ago(ctx, FIRST)).await?;
    for (n, one) in people.iter().enumerate().filter(|(_, one)| !one.persona) {
        book(ctx, n, one).await?;
    }
    // Of the personas the second and the last but one have a visit ahead; the others have the first one to book.
    let personas: Vec<&Cleared> = people.iter().filter(|one| one.persona).collect();
    let ahead = [Some(1), personas.len().checked_sub(2)].into_iter().flatten();
    for one in ahead.filter_map(|nth| personas.get(nth)) {
        book(ctx, AHEAD, one).await?;
    }
    Ok(())
}

async fn book(ctx: &Ctx, n: usize, one: &Cleared) -> Result<()> {
    if !booking::my_visits(ctx, &one.who).await?.is_empty() {
        return Ok(());
    }
    let then = days_ago(ctx, 1 + n as i64 * 5 % (FIRST - 1));
    let Some(chosen) = booking::bookable(&then, &one.who).await?.into_iter().find(|b| b.open) else {
        return Ok(());
    };
    let most = chosen.rules.as_ref().map_or(1, |r| r.people);
    let people = chosen.people.iter().take(usize::try_from(most).unwrap_or(1)).map(|p| p.public.clone());
    if booking::choose_party(&then, &one.who, chosen.inmate.clone(), people.collect()).await?.is_err() {
        return Ok(());
    }
    let Some(session) = pick(&then, ctx, n, one).await? else {
        return booking::discard(&then, &one.who, None).await.map(|_| ());
    };
    if booking::hold(&then, &one.who, session.public).await?.is_err() {
        return booking::discard(&then, &one.who, None).await.map(|_| ());
    }
    let draft = booking::draft(&then, &one.who).await?;
    let Some(held) = draft.and_then(|d| d.hold) else { return Ok(()) };
    let Ok(public) = booking::confirm(&then, &one.who, held.hold.public).await? else { return Ok(()) };
    let target = Target { public, version: 1 };
    let ahead = session.starts_at > ctx.now();
    match n % 12 {
        4 if ahead => booking::cancel(&days_ago(ctx, 0), &one.who, target).await.map(|_| ()),
        7 if ahead => booking::cancel_by_unit(&days_ago(ctx, 0), &one.officer, target, StaffReason::Staffing)
            .await
            .map(|_| ()),
        _ => Ok(()),
    }
}

/// Every third takes the free time nearest to today, and at the gate that can be tried all do, so that its day is never
/// empty; the others spread out.
async fn pick(then: &Ctx, now: &Ctx, n: usize, one: &Cleared) -> Result<Option<Session>> {
    let Some(found) = booking::available(then, &one.who).await? else { return Ok(None) };
    let free: Vec<Session> = found
        .days
        .into_iter()
        .flat_map(|day| match day.offer {
            Offer::Free(sessions) => sessions,
            Offer::None(_) => vec![],
        })
        .collect();
    let today = now.now().date();
    Ok(if n == AHEAD {
        free.into_iter().find(|s| s.date >= today.plus_days(3))
    } else if n.is_multiple_of(3) || one.officer.unit_name == GATE {
        free.into_iter().min_by_key(|s| (s.date.days_since(today).abs(), s.starts_at))
    } else {
        let count = free.len().max(1);
        free.into_iter().nth(n * 7 % count)
    })
}
