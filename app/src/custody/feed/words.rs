//! Times and codes in words.

use domain::kernel::{Instant, Locale};

use crate::i18n::{custody_feed as t, dates};

/// How long ago: in minutes for an hour, in hours for a day, then the day. The first letter is large, for a cell.
pub(super) fn ago(l: Locale, at: Instant, now: Instant) -> String {
    let minutes = now.micros().saturating_sub(at.micros()) / 60_000_000;
    let words = match minutes {
        ..1 => t::ago_now(l),
        1..60 => t::ago_minutes(l, minutes),
        60..1_440 => t::ago_hours(l, minutes / 60),
        _ => dates::relative(l, at.date(), now.date()),
    };
    dates::capital(&words)
}

/// Why an item was refused. A code that only newer data knows stands for itself: whoever reads this page passes it on.
pub(super) fn why(l: Locale, code: &str) -> String {
    match code {
        "item_unreadable" => t::why_item_unreadable(l),
        "inmate_unknown" => t::why_inmate_unknown(l),
        "unit_unknown" => t::why_unit_unknown(l),
        "decision_of_other_inmate" => t::why_decision_of_other_inmate(l),
        "version_clash" => t::why_version_clash(l),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_ago_is_said_as_one_says_it() {
        let now = Instant(1_788_256_800_000_000);
        let table = [
            (0, "Akkurat nå"),
            (-5, "Akkurat nå"),
            (1, "For 1 minutt siden"),
            (59, "For 59 minutter siden"),
            (60, "For 1 time siden"),
            (1_439, "For 23 timer siden"),
            (1_440, "I går"),
            (5 * 1_440, "For 5 dager siden"),
        ];
        for (minutes, expected) in table {
            assert_eq!(ago(Locale::Nb, now.plus_minutes(-minutes), now), expected, "{minutes}");
        }
    }

    #[test]
    fn a_reason_that_nobody_has_words_for_is_its_code() {
        assert_eq!(why(Locale::Nb, "unit_unknown"), "Ingen enhet heter dette");
        assert_eq!(why(Locale::Nb, "something_new"), "something_new");
    }
}
