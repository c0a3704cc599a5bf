//! The words of codes: where a letter stands, why it was stopped, when somebody reads, what is wrong with a form.

use backend::messages::exchange::{Bounds, MyLetter};
use domain::{
    kernel::{Clock, Instant, Locale},
    messages::StopReason,
};

use crate::{
    i18n::{dates, messages_exchange as t},
    ui::TagKind,
};

/// Where her own letter stands, with the drawing beside it.
pub(super) fn state(l: Locale, letter: &MyLetter, now: Instant) -> (TagKind, String) {
    let at = || dates::date_time(l, letter.state_at);
    match letter.state.as_str() {
        "in_control" => (TagKind::Waiting, in_control(l, letter, now)),
        "released" => (TagKind::Plain, t::state_released(l, at())),
        "delivered" => (TagKind::Done, t::state_delivered(l, at())),
        "read" => (TagKind::Done, t::state_read(l, at())),
        "stopped" => (TagKind::Error, t::state_stopped(l, at())),
        _ => (TagKind::Plain, t::state_lapsed(l)),
    }
}

fn in_control(l: Locale, letter: &MyLetter, now: Instant) -> String {
    match letter.due_at {
        Some(due) if due >= now => t::state_in_control(l, dates::date_time(l, due)),
        _ => t::state_in_control_late(l),
    }
}

/// Why it was held back, as the law has it.
pub(super) fn category(l: Locale, category: Option<StopReason>) -> String {
    match category {
        Some(StopReason::Crime) => t::category_crime(l),
        Some(StopReason::Escape) => t::category_escape(l),
        Some(StopReason::Safety) => t::category_safety(l),
        Some(StopReason::Contact) => t::category_contact(l),
        None => t::category_other(l),
    }
}

/// When somebody reads what comes in.
pub(super) fn reads(l: Locale, bounds: &Bounds) -> String {
    let (days, from, to) = &bounds.reads;
    let clock = |minutes: i64| Clock(u16::try_from(minutes).unwrap_or_default());
    let hours = dates::clock_range(l, clock(*from), clock(*to));
    if days == "daily" { t::reads_daily(l, hours) } else { t::reads_weekdays(l, hours) }
}

/// How to put an error right. What closes the exchange has one word, whatever it is.
pub(super) fn wrong(l: Locale, _field: &str, code: &str) -> String {
    match code {
        "empty" => t::wrong_empty(l),
        "too_long" => t::wrong_too_long(l),
        "message_closed" => t::wrong_closed(l),
        "message_too_many" => t::wrong_too_many(l),
        _ => t::wrong_other(l),
    }
}

#[cfg(test)]
mod tests {
    use domain::{kernel::TextError, messages::Refusal};

    use super::*;

    #[test]
    fn what_her_forms_can_be_refused_for_has_words() {
        for l in Locale::ALL.map(t::lang) {
            let codes = [TextError::Empty.code(), TextError::TooLong.code()];
            let refusals = [Refusal::Closed, Refusal::TooMany].map(Refusal::code);
            for code in codes.into_iter().chain(refusals) {
                assert_ne!(wrong(l, "words", code), t::wrong_other(l), "{code}");
            }
        }
    }
}
