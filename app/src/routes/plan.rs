//! The paths of a unit's plan of visits.

use domain::kernel::Public;

use super::escaped;

pub const STAFF_VISITING: &str = "/staff/visiting";

/// The plan of a unit: rules, times of the week, closed days.
pub fn staff_visiting_of(unit: &str) -> String {
    format!("{STAFF_VISITING}?unit={}", escaped(unit))
}

/// New rules for a unit.
pub fn staff_visiting_rules(unit: &str) -> String {
    format!("{STAFF_VISITING}/rules?unit={}", escaped(unit))
}

/// A new time of the week.
pub fn staff_visiting_new_time(unit: &str) -> String {
    format!("{STAFF_VISITING}/times/new?unit={}", escaped(unit))
}

/// Several times changed in one go.
pub fn staff_visiting_several(unit: &str) -> String {
    format!("{STAFF_VISITING}/times/several?unit={}", escaped(unit))
}

/// A new time that begins as a copy of another one.
pub fn staff_visiting_copy<T>(unit: &str, public: &Public<T>) -> String {
    format!("{}&copy={public}", staff_visiting_new_time(unit))
}

pub fn staff_visiting_time<T>(public: &Public<T>) -> String {
    format!("{STAFF_VISITING}/times/{public}")
}

/// Closing a day.
pub fn staff_visiting_close(unit: &str) -> String {
    format!("{STAFF_VISITING}/close?unit={}", escaped(unit))
}

pub const STAFF_VISITING_TOUCHED: &str = "/staff/visiting/touched";

/// What a change touches, before it is saved; `more`: than she was shown before.
pub fn staff_visiting_touched(form: &str, key: &str, more: bool) -> String {
    let more = if more { "&more=yes" } else { "" };
    format!("{STAFF_VISITING_TOUCHED}?form={form}&try={key}{more}")
}

/// From how many touched visits on somebody else has to approve.
pub fn staff_visiting_watch(unit: &str) -> String {
    format!("{STAFF_VISITING}/watch?unit={}", escaped(unit))
}

/// The wings of a unit.
pub fn staff_visiting_wings(unit: &str) -> String {
    format!("{STAFF_VISITING}/wings?unit={}", escaped(unit))
}

/// A change that waits for somebody else's yes.
pub fn staff_visiting_proposal<T>(public: &Public<T>) -> String {
    format!("{STAFF_VISITING}/proposals/{public}")
}

/// What visitors read of a topic.
pub fn staff_visiting_text(unit: &str, topic: &str) -> String {
    format!("{STAFF_VISITING}/texts?unit={}&topic={}", escaped(unit), escaped(topic))
}
