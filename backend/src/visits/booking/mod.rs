//! Booking: who comes → when (a time is held for ten minutes) → confirmed; changed in the same steps, and cancelled by
//! either side.
//!
//! A place can be gone only by one conditional update of its session, under `CHECK (taken BETWEEN 0 AND capacity)`;
//! a draft becomes at most one booking. What others have booked never shows: it looks like a full time.

mod available;
mod cancel;
mod change;
mod checking;
mod confirm;
pub mod counsel;
mod day;
mod door;
mod draft;
mod facts;
mod feed;
mod hold;
pub(crate) mod inmate;
pub mod joining;
mod known;
mod looks;
mod mine;
mod party;
mod priority;
mod reminding;
pub mod request;
mod ringing;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;
mod video;
pub mod waiting;
mod whole;
pub(crate) mod work;

use domain::visits::booking::Event;

use crate::{Result, ctx::Ctx, outbox};

pub use available::{Available, available};
pub(crate) use cancel::cancel_left;
pub use cancel::{Target, cancel, cancel_by_unit};
pub(in crate::visits) use cancel::{cancel_rest, rest};
pub use change::{ChangingView, begin_change};
pub use checking::{check_ahead, settle};
pub(crate) use checking::{recheck, recheck_of};
pub use confirm::confirm;
pub use day::{DayGuest, DayRow, DaySlot, StaffVisit, UnitDay, day, staff_visit};
pub use draft::{DraftView, HoldView, PartyMember, choose_party, discard, draft};
pub(in crate::visits) use facts::From;
pub(super) use feed::DROP as DROP_FEED;
pub use feed::{Appointment, Feed, appointments, close_feed, feed, open_feed};
pub use hold::{extend_hold, hold};
pub use looks::looks;
pub(crate) use mine::visit_told;
pub use mine::{Cancellation, MyVisit, VisitView, my_visits, visit, visit_of, visit_or_along};
pub use party::{Bookable, BookablePerson, bookable};
pub use priority::{Priority, priority};
pub use reminding::remind_due;
pub use ringing::{read_off, rung};

pub use video::{Screen, Video, video};

/// The outbox kind of letters about a booking.
pub const LETTER: &str = "visits.booking";

/// What a letter about a booking is made from. No names: the letter is neutral.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Letter {
    pub booking: String,
    pub person: String,
    /// The code of an event.
    pub event: String,
}

impl Letter {
    /// To whoever booked it, to be saved beside what it tells of.
    pub(in crate::visits) fn job(
        ctx: &Ctx,
        booking: &str,
        person: &str,
        event: Event,
    ) -> Result<outbox::Job> {
        let (booking, person, event) = (booking.to_owned(), person.to_owned(), event.code().to_owned());
        outbox::Job::new(ctx, LETTER, &Self { booking, person, event })
    }
}

/// The outbox kind of a text message: that there is something new.
pub const TEXT: &str = "visits.text";

/// Whom a text goes to, if her number is confirmed.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct TextNews {
    pub person: String,
}

impl TextNews {
    fn job(ctx: &Ctx, person: &str) -> Result<outbox::Job> {
        outbox::Job::new(ctx, TEXT, &Self { person: person.to_owned() })
    }
}

/// The mark of an inmate's id.
pub use super::clearance::Inmate;
