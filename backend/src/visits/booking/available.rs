//! The times that are really free for these people, day by day, and why a day has none.

use domain::{
    kernel::CivilDate,
    visits::booking::{Day, Facts, LONGEST_WINDOW, Session, UnitRules, days, in_force},
};

use super::{
    Priority,
    draft::{DraftView, HoldView, held},
    facts::{From, SESSIONS, SessionRow},
    known::Known,
    whole::Whole,
};
use crate::{
    Result, args,
    ctx::{Citizen, Ctx},
};

/// What the page of free times shows.
#[derive(Clone, Debug)]
pub struct Available {
    pub draft: DraftView,
    /// The unit's rules of today.
    pub rules: Option<UnitRules>,
    pub days: Vec<Day>,
    /// The first and the last day that can be booked, or kept.
    pub window: Option<(CivilDate, CivilDate)>,
    /// She is first, because the unit cancelled.
    pub priority: Option<Priority>,
}

/// None without a draft: who comes is asked first. Three reads: the draft, what is known of its people, and the times.
pub async fn available(ctx: &Ctx, who: &Citizen) -> Result<Option<Available>> {
    let (now, mut from) = (ctx.now(), From::Db(&ctx.db));
    let Some(whole) = Whole::of(&mut from, who, now).await? else { return Ok(None) };
    let (row, today, priority) = (whole.row(), now.date(), whole.priority(now)?);
    // The window is a rule itself; the facts are loaded for the longest one that can be.
    let known = Known::of(&mut from, &row.whose(now), today, today.plus_days(LONGEST_WINDOW)).await?;
    let mut draft = whole.view(known.people(&who.person)?, now)?;
    let facts = Facts { ahead_days: priority.map_or(0, |first| first.ahead_days), ..known.facts };
    let rules = in_force(&facts.rules, today).cloned();
    let Some((first, last)) = rules.as_ref().map(|r| r.window(today)) else {
        draft.hold = held(&mut from, &whole, &row, now).await?;
        return Ok(Some(Available { draft, rules, days: vec![], window: None, priority }));
    };
    let last = last.plus_days(facts.ahead_days).min(today.plus_days(LONGEST_WINDOW)).max(last);
    // The time she has can be kept, although nobody else could book its day any more.
    let own = draft.changes.as_ref().filter(|old| old.open).map(|old| old.date);
    let (from_day, to_day) = own.map_or((first, last), |own| (first.min(own), last.max(own)));
    let values = args![now, &row.id, &row.unit_id, from_day, to_day];
    let rows: Vec<SessionRow> = from.all(SESSIONS, values).await?;
    let mut sessions: Vec<Session> = rows.into_iter().map(SessionRow::session).collect::<Result<_>>()?;
    draft.hold = match among(&whole, &sessions)? {
        Some(held) => Some(held),
        // Held before midnight, or of a template that has ended since.
        None => held(&mut from, &whole, &row, now).await?,
    };
    sessions.retain(|s| (first <= s.date && s.date <= last) || facts.keeps.as_ref() == Some(&s.id));
    let days = days(&facts, sessions, now);
    Ok(Some(Available { draft, rules, days, window: Some((from_day, to_day)), priority }))
}

/// What is held, if it is one of the times that were read.
fn among(whole: &Whole, sessions: &[Session]) -> Result<Option<HoldView>> {
    let Some(hold) = whole.hold()? else { return Ok(None) };
    let session = sessions.iter().find(|session| session.id == hold.session).cloned();
    Ok(session.map(|session| HoldView { hold, session }))
}
