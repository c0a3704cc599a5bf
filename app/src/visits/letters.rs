//! What letters about visits say to whoever has asked for plain words: what has happened, and to come and see.
//! No names, no prison, no reason: those stand behind the sign-in.

use backend::wiring::ClearanceNews;
use domain::kernel::{Instant, Locale, Reference};

use crate::i18n::{dates, visits_letters as t};

/// The receipt of an application.
pub fn received(l: Locale, reference: &Reference, at: Instant) -> String {
    t::clearance_received(l, dates::date_time_with_year(l, at), reference.to_string())
}

/// The sentence before the link.
pub fn clearance(l: Locale, news: ClearanceNews) -> String {
    match news {
        ClearanceNews::Decided => t::clearance_decided(l),
        ClearanceNews::NotProcessed => t::clearance_not_processed(l),
        ClearanceNews::Withdrawn => t::clearance_withdrawn(l),
        ClearanceNews::Ending => t::clearance_ending(l),
        ClearanceNews::GivenUp => t::clearance_given_up(l),
        ClearanceNews::Carried => t::clearance_carried(l),
        ClearanceNews::Reconsidered => t::clearance_reconsidered(l),
        ClearanceNews::Ended => t::clearance_ended(l),
    }
}
