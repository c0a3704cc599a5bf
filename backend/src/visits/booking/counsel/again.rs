//! The same room hour again: the next free one with this client on the same weekday, so that booking it is two presses.

use domain::{
    kernel::{CivilDate, Public},
    visits::booking::{SessionKind, VisitSession},
};

use super::rooms;
use crate::{
    Result,
    ctx::{Citizen, Ctx},
    identity::delegates::{Acting, Right},
    visits::booking::VisitView,
};

/// None for other visits, if he is no client of hers any more, and if no such hour is free.
pub async fn again(
    ctx: &Ctx,
    who: &Citizen,
    visit: &VisitView,
) -> Result<Option<(Public<VisitSession>, CivilDate)>> {
    if visit.kind != SessionKind::Lawyer {
        return Ok(None);
    }
    let (before, today) = (&visit.visit, ctx.now().date());
    let acting = match &visit.organisation {
        None => who.into(),
        Some((of, _)) => Acting { who: who.clone(), right: Right::Organisation(of.clone()) },
    };
    let Some(found) = rooms(ctx, acting, &visit.inmate).await? else { return Ok(None) };
    let same = |date: &CivilDate| *date > before.date.max(today) && date.weekday() == before.date.weekday();
    let days = found.days.into_iter().filter(|(date, _)| same(date));
    let mut free = days.flat_map(|(date, rooms)| rooms.into_iter().map(move |room| (room, date)));
    let hour =
        free.find(|(room, _)| room.start == before.start && room.end == before.end && room.way == visit.way);
    Ok(hour.map(|(room, date)| (room.public, date)))
}
