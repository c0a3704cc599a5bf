//! The duty desk's codes in words, and its large clock.

use backend::notices::duty::CallOutcome;
use domain::{
    kernel::{Instant, Locale},
    notices::Verdict,
};

use crate::{
    i18n::{dates, notices_duty as t},
    notices::desk::words::{minutes, span},
};

/// What is left, as it stands largest on the page: `42 min`, `1 t 42 min`, `3 dager`. And whether it is over.
pub(super) fn left(l: Locale, deadline: Instant, now: Instant) -> (String, bool) {
    let left = minutes(now, deadline);
    let (span, over) = (short(l, left.abs()), left < 0);
    (if over { t::left_over(l, span) } else { span }, over)
}

fn short(l: Locale, minutes: i64) -> String {
    match minutes {
        0..60 => t::left_minutes(l, minutes),
        60..2_880 => t::left_hours(l, minutes / 60, minutes % 60),
        _ => dates::days(l, minutes / 1_440),
    }
}

/// `frist kl. 22.00` today, else with its day.
pub(super) fn deadline(l: Locale, at: Instant, now: Instant) -> String {
    let when = if at.date() == now.date() { dates::at_clock(l, at.clock()) } else { dates::date_time(l, at) };
    t::deadline(l, when)
}

pub(super) fn outcome(l: Locale, outcome: CallOutcome) -> String {
    match outcome {
        CallOutcome::Told => t::outcome_told(l),
        CallOutcome::NoAnswer => t::outcome_no_answer(l),
        CallOutcome::NotHer => t::outcome_not_her(l),
        CallOutcome::WrongWord => t::outcome_wrong_word(l),
        CallOutcome::LetterSent => t::outcome_letter_sent(l),
    }
}

/// What follows from it.
pub(super) fn outcome_hint(l: Locale, outcome: CallOutcome, next_try: i64) -> String {
    let again = span(l, next_try);
    match outcome {
        CallOutcome::Told => t::outcome_told_hint(l),
        CallOutcome::NoAnswer => t::outcome_no_answer_hint(l, again),
        CallOutcome::NotHer => t::outcome_not_her_hint(l, again),
        CallOutcome::WrongWord => t::outcome_wrong_word_hint(l, again),
        CallOutcome::LetterSent => t::outcome_letter_sent_hint(l),
    }
}

/// What somebody wants done with a held mass.
pub(super) fn verdict(l: Locale, what: Verdict) -> String {
    match what {
        Verdict::Release => t::mass_release(l),
        Verdict::Drop => t::mass_drop(l),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_said_short_and_what_is_over_says_so() {
        let now = Instant(0);
        let table = [
            (0, "0 min", false),
            (42, "42 min", false),
            (102, "1 t 42 min", false),
            (4_320, "3 dager", false),
            (-3, "3 min over", true),
        ];
        for (minutes, said, over) in table {
            assert_eq!(left(Locale::Nb, now.plus_minutes(minutes), now), (said.to_owned(), over));
        }
    }
}
