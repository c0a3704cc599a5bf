//! Visits that a unit of the demo looks at first: in one week ahead the unit of the personas looks at all, and somebody has asked
//! for one there. The weeks around it are booked at once.

use domain::{
    access::Unit,
    kernel::{CivilDate, Id},
    visits::booking::{Approval, Offer, UnitRules, in_force},
};

use super::relatives::Cleared;
use crate::{
    Result, args,
    ctx::{Actor, Ctx},
    identity::arrival::UNIT_BY_SLUG,
    visits::{
        booking::{self, request},
        sessions::{put_rules, rules_of},
    },
};

const UNIT: &str = "storaasen";
/// By which those who may book there are found.
const NAME: &str = "Storåsen fengsel";

pub async fn seed(ctx: &Ctx, people: &[Cleared]) -> Result<()> {
    let (id,): (String,) = ctx.db.one(UNIT_BY_SLUG, args![UNIT]).await?;
    let unit: Id<Unit> = Id::new(id);
    let all = rules_of(ctx, &unit).await?;
    // What the page of free times shows after its first two weeks.
    let monday = ctx.now().date().plus_days(2).monday().plus_days(14);
    if all.iter().all(|rules| rules.approval == Approval::Never) {
        let Some(now) = in_force(&all, monday) else { return Ok(()) };
        let (valid_from, valid_to) = (monday, Some(monday.plus_days(6)));
        let week = UnitRules { valid_from, valid_to, approval: Approval::Always, ..now.clone() };
        put_rules(ctx, &Actor::System, &unit, week).await?;
    }
    for one in people.iter().filter(|one| !one.persona) {
        if ask(ctx, one, monday).await? {
            return Ok(());
        }
    }
    Ok(())
}

/// Tells whether she has asked.
async fn ask(ctx: &Ctx, one: &Cleared, monday: CivilDate) -> Result<bool> {
    if !request::requests(ctx, &one.who).await?.is_empty() {
        return Ok(true);
    }
    let here = |b: &booking::Bookable| b.open && b.unit_name == NAME;
    let Some(chosen) = booking::bookable(ctx, &one.who).await?.into_iter().find(here) else {
        return Ok(false);
    };
    let own = chosen.people.iter().filter(|p| p.own).map(|p| p.public.clone()).collect();
    if booking::choose_party(ctx, &one.who, chosen.inmate, own).await?.is_err() {
        return Ok(false);
    }
    let days = booking::available(ctx, &one.who).await?.map(|found| found.days).unwrap_or_default();
    let free = days.into_iter().filter(|day| day.date >= monday && day.date <= monday.plus_days(6));
    let free = free.into_iter().find_map(|day| match day.offer {
        Offer::Free(sessions) => sessions.into_iter().next(),
        Offer::None(_) => None,
    });
    if let Some(session) = free
        && booking::hold(ctx, &one.who, session.public).await?.is_ok()
        && let Some(held) = booking::draft(ctx, &one.who).await?.and_then(|draft| draft.hold)
        && request::ask(ctx, &one.who, held.hold.public).await?.is_ok()
    {
        return Ok(true);
    }
    booking::discard(ctx, &one.who, None).await.map(|_| false)
}
