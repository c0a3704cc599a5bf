//! Booking, changing and cancelling for her, in the units of whoever helps. Each asks first whether what it names belongs to
//! one of these units, by what never changes (a time, a visit); the rest is the use case that she has herself.

use domain::{
    access::Person,
    kernel::Public,
    visits::booking::{Booking, CancelRefusal, Hold, Refusal, VisitSession, request::VisitRequest},
};

use super::Contact;
use crate::{
    Result, args,
    ctx::{Citizen, Ctx},
    visits::{
        booking::{self, Available, Bookable, Inmate, Target, VisitView},
        units,
    },
};

/// What came of it; none: what was named is not there for these units.
pub type Reach<T> = Option<T>;

type Told<T, E> = std::result::Result<T, E>;

/// Whom she may visit in these units, and who may come along.
pub async fn bookable(ctx: &Ctx, contact: &Contact) -> Result<Vec<Bookable>> {
    let mut all = booking::bookable(ctx, &contact.citizen()).await?;
    all.retain(|one| contact.staff.units.contains(&one.unit));
    Ok(all)
}

pub async fn choose_party(
    ctx: &Ctx,
    contact: &Contact,
    inmate: Public<Inmate>,
    people: Vec<Public<Person>>,
) -> Result<Reach<Told<(), Vec<Refusal>>>> {
    if !bookable(ctx, contact).await?.iter().any(|one| one.inmate == inmate) {
        return Ok(None);
    }
    booking::choose_party(ctx, &contact.citizen(), inmate, people).await.map(Some)
}

/// The free times of her draft, if that is for one of these units.
pub async fn available(ctx: &Ctx, contact: &Contact) -> Result<Reach<Available>> {
    if !is_here(ctx, contact, DRAFT_HERE, contact.person.as_str()).await? {
        return Ok(None);
    }
    booking::available(ctx, &contact.citizen()).await
}

/// What became of the time that was taken for her.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    Booked(Public<Booking>),
    /// The unit looks at it first; not she who asked for it.
    Asked(Public<VisitRequest>),
}

/// Takes this time and confirms it at once: she said yes on the telephone, or it stands on paper. With a draft that changes a
/// visit the visit moves. What the unit looks at first is asked for.
pub async fn take(
    ctx: &Ctx,
    contact: &Contact,
    session: Public<VisitSession>,
) -> Result<Reach<Told<Taken, Vec<Refusal>>>> {
    if !is_here(ctx, contact, SESSION_HERE, session.as_str()).await? {
        return Ok(None);
    }
    let who = contact.citizen();
    if let Err(refusals) = booking::hold(ctx, &who, session.clone()).await? {
        return Ok(Some(Err(refusals)));
    }
    // In another window she may have chosen another time meanwhile: that is not confirmed in its place.
    let held = booking::draft(ctx, &who).await?.and_then(|draft| draft.hold);
    match held.filter(|held| held.session.public == session) {
        Some(held) => confirmed(ctx, &who, held.hold.public).await.map(Some),
        None => Ok(Some(Err(vec![Refusal::OtherHold]))),
    }
}

async fn confirmed(ctx: &Ctx, who: &Citizen, hold: Public<Hold>) -> Result<Told<Taken, Vec<Refusal>>> {
    match booking::confirm(ctx, who, hold.clone()).await? {
        Ok(booking) => Ok(Ok(Taken::Booked(booking))),
        Err(found) if found == [Refusal::NeedsApproval] => {
            Ok(booking::request::ask(ctx, who, hold).await?.map(Taken::Asked))
        }
        Err(found) => Ok(Err(found)),
    }
}

/// A visit of hers in these units.
pub async fn visit(ctx: &Ctx, contact: &Contact, public: &Public<Booking>) -> Result<Reach<VisitView>> {
    if !is_here(ctx, contact, VISIT_HERE, public.as_str()).await? {
        return Ok(None);
    }
    booking::visit(ctx, &contact.citizen(), public).await
}

pub async fn begin_change(
    ctx: &Ctx,
    contact: &Contact,
    target: Target,
) -> Result<Reach<Told<(), CancelRefusal>>> {
    if !is_here(ctx, contact, VISIT_HERE, target.public.as_str()).await? {
        return Ok(None);
    }
    booking::begin_change(ctx, &contact.citizen(), target).await
}

pub async fn cancel(ctx: &Ctx, contact: &Contact, target: Target) -> Result<Reach<Told<(), CancelRefusal>>> {
    if !is_here(ctx, contact, VISIT_HERE, target.public.as_str()).await? {
        return Ok(None);
    }
    booking::cancel(ctx, &contact.citizen(), target).await
}

async fn is_here(ctx: &Ctx, contact: &Contact, sql: &'static str, what: &str) -> Result<bool> {
    Ok(ctx.db.optional::<(String,)>(sql, args![what, units(&contact.staff)]).await?.is_some())
}

pub const DRAFT_HERE: &str =
    "SELECT id FROM booking_draft WHERE person_id = $1 AND $2 LIKE '% ' || unit_id || ' %'";
pub const SESSION_HERE: &str =
    "SELECT id FROM visit_session WHERE public_id = $1 AND $2 LIKE '% ' || unit_id || ' %'";
pub const VISIT_HERE: &str =
    "SELECT id FROM booking WHERE public_id = $1 AND kind <> 'lawyer' AND $2 LIKE '% ' || unit_id || ' %'";
