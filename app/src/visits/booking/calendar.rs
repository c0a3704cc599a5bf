//! Calendar files: of one visit, and of all of a person's at her own address. Neutral unless she has asked for plain words: whoever sees
//! the calendar learns that there is an appointment, not where and with whom. What stands at an address is always neutral.

use backend::visits::booking::{Appointment, VisitView};
use domain::kernel::Locale;
use icalendar::{Calendar, Component, Event, EventLike, EventStatus};

use crate::i18n::visits_booking as t;

/// RFC 5545. The same visit always has the same UID, so a second download brings the entry up to date.
pub fn calendar(l: Locale, visit: &VisitView, plain: bool) -> String {
    let mut event = event(l, &Appointment::from(visit));
    if plain {
        event.summary(&t::visit_title(l, &visit.visit.inmate_name));
        event.location(&format!("{}, {}", visit.visit.unit_name, visit.unit_address));
    }
    written(vec![event])
}

/// What a calendar fetches again and again; how often it should is a hint (RFC 7986).
pub fn feed_file(l: Locale, appointments: &[Appointment]) -> String {
    written(appointments.iter().map(|appointment| event(l, appointment)).collect())
}

fn event(l: Locale, appointment: &Appointment) -> Event {
    let mut event = Event::new();
    event.uid(&appointment.uid);
    event.add_property("DTSTAMP", appointment.changed_at.utc_stamp());
    event.add_property("DTSTART", appointment.starts_at.utc_stamp());
    event.add_property("DTEND", appointment.ends_at.utc_stamp());
    event.add_property("SEQUENCE", appointment.sequence.to_string());
    event.summary(&t::calendar_summary(l));
    event.description(&t::calendar_text(l));
    event.status(if appointment.cancelled { EventStatus::Cancelled } else { EventStatus::Confirmed });
    event
}

fn written(events: Vec<Event>) -> String {
    let mut file = Calendar::empty();
    file.append_property(("VERSION", "2.0"));
    file.append_property(("PRODID", "-//Varde//Varde//NB"));
    file.append_property(("REFRESH-INTERVAL;VALUE=DURATION", "PT6H"));
    for mut event in events {
        file.push(event.done());
    }
    file.to_string()
}
