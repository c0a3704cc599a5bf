//! The calendar file of a visit. Neutral unless she has asked for plain words: whoever sees the calendar learns that
//! there is an appointment, not where and with whom.

use backend::visits::booking::VisitView;
use domain::kernel::Locale;
use icalendar::{Calendar, Component, Event, EventLike, EventStatus};

use crate::i18n::visits_booking as t;

/// RFC 5545. The same visit always has the same UID, so a second download brings the entry up to date.
pub fn calendar(l: Locale, visit: &VisitView, plain: bool) -> String {
    let v = &visit.visit;
    let mut event = Event::new();
    event.uid(&format!("{}@varde", v.public));
    event.add_property("DTSTAMP", v.cancelled.map_or(visit.booked_at, |c| c.at).utc_stamp());
    event.add_property("DTSTART", v.starts_at.utc_stamp());
    event.add_property("DTEND", v.ends_at.utc_stamp());
    event.add_property("SEQUENCE", (visit.version - 1).to_string());
    if plain {
        event.summary(&t::visit_title(l, &v.inmate_name));
        event.location(&format!("{}, {}", v.unit_name, visit.unit_address));
    } else {
        event.summary(&t::calendar_summary(l));
    }
    event.description(&t::calendar_text(l));
    let status = if v.cancelled.is_some() { EventStatus::Cancelled } else { EventStatus::Confirmed };
    event.status(status);
    let mut file = Calendar::empty();
    file.append_property(("VERSION", "2.0"));
    file.append_property(("PRODID", "-//Varde//Varde//NB"));
    file.push(event.done());
    file.to_string()
}
