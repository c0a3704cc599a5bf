//! A calendar's address of one's own.

use domain::kernel::Public;

/// Where it is made and taken back.
pub const CALENDAR: &str = "/visits/calendar";

/// The address itself: whoever has it reads it, without signing in.
pub fn calendar_feed<T>(secret: &Public<T>) -> String {
    format!("/calendar/{secret}/varde.ics")
}

/// The calendar file of a visit.
pub fn booking_calendar<T>(public: &Public<T>) -> String {
    format!("{}/{public}/calendar.ics", super::BOOKINGS)
}
