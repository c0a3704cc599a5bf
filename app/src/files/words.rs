//! What there is to say of a file: how large, how it stands, what is wrong with it. A code nobody knows has words too.

use backend::blobs::FileView;
use domain::{
    blobs::{Rule, State},
    kernel::Locale,
};

use crate::{i18n::files as t, ui::TagKind};

/// `310 kB`, `4,3 MB`; as people's own programs count, by 1024.
pub fn size(l: Locale, bytes: u64) -> String {
    let tenths = (bytes * 10).div_ceil(1024 * 1024);
    match bytes {
        0..1_048_576 => t::kilobytes(l, bytes.div_ceil(1024)),
        _ if tenths.is_multiple_of(10) => t::megabytes(l, tenths / 10),
        _ => t::megabytes(l, format!("{}{}{}", tenths / 10, t::decimal(l), tenths % 10)),
    }
}

/// How it stands.
pub fn state(l: Locale, state: State) -> (TagKind, String) {
    match state {
        State::Uploading => (TagKind::Warn, t::state_uploading(l)),
        State::Received | State::Checking => (TagKind::Waiting, t::state_received(l)),
        State::Clean => (TagKind::Done, t::state_clean(l)),
        State::Infected => (TagKind::Error, t::state_infected(l)),
        State::Rejected(_) => (TagKind::Error, t::state_rejected(l)),
        State::Ended(_) => (TagKind::Plain, t::state_ended(l)),
    }
}

/// What is wrong with a file in the list, if something is.
pub(super) fn wrong(l: Locale, file: &FileView) -> Option<String> {
    match file.state {
        State::Rejected(why) => Some(fault(l, why.code())),
        State::Infected => Some(t::wrong_infected(l)),
        _ => None,
    }
}

/// How far it has come, and how it goes on.
pub(super) fn note(l: Locale, file: &FileView) -> Option<String> {
    let length = file.length.filter(|length| *length > 0 && file.state == State::Uploading)?;
    Some(t::go_on(l, file.received * 100 / length))
}

/// What may be sent, of this rule.
pub(super) fn limits(l: Locale, rule: &Rule) -> String {
    let kinds: Vec<String> = rule.types.iter().map(|kind| kind.code().to_uppercase()).collect();
    let kinds = match kinds.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => t::and(l, others.join(", "), last),
        None => String::new(),
    };
    t::limits(l, kinds, size(l, rule.most_bytes))
}

/// The code of a refusal or a rejection: what is wrong, and what to do instead.
pub fn fault(l: Locale, code: &str) -> String {
    match code {
        "missing" => t::wrong_missing(l),
        "empty" => t::wrong_empty(l),
        "too_large" => t::wrong_too_large(l),
        "too_long" | "changed" => t::wrong_changed(l),
        "too_many" => t::wrong_too_many(l),
        "name" => t::wrong_name(l),
        "type" => t::wrong_type(l),
        "heic" => t::wrong_heic(l),
        "office" => t::wrong_office(l),
        "damaged" => t::wrong_damaged(l),
        "encrypted" => t::wrong_encrypted(l),
        "active" => t::wrong_active(l),
        "attachment" => t::wrong_attachment(l),
        "unreadable" | "bomb" => t::wrong_unreadable(l),
        "pixels" => t::wrong_pixels(l),
        "infected" => t::wrong_infected(l),
        "over" => t::wrong_over(l),
        "elsewhere" => t::wrong_elsewhere(l),
        "signed_out" => t::wrong_signed_out(l),
        _ => t::wrong_other(l),
    }
}

/// The codes whose words a script may need.
pub(super) const CODES: [&str; 18] = [
    "empty",
    "too_large",
    "changed",
    "too_many",
    "name",
    "type",
    "heic",
    "office",
    "damaged",
    "encrypted",
    "active",
    "attachment",
    "unreadable",
    "pixels",
    "infected",
    "over",
    "elsewhere",
    "signed_out",
];

#[cfg(test)]
mod tests {
    use domain::blobs::{Refusal, Rejection};

    use super::*;

    #[test]
    fn a_size_is_said_as_people_read_it() {
        let table = [
            (0, "0 kB"),
            (1, "1 kB"),
            (310 * 1024, "310 kB"),
            (1_048_576, "1 MB"),
            (4_500_000, "4,3 MB"),
            (20_971_520, "20 MB"),
        ];
        for (bytes, words) in table {
            assert_eq!(size(Locale::Nb, bytes), words);
        }
        assert_eq!(size(Locale::En, 4_500_000), "4.3 MB");
    }

    #[test]
    fn whatever_is_wrong_is_said_in_words_of_its_own() {
        let refusals = [
            Refusal::Empty,
            Refusal::TooLarge,
            Refusal::TooLong,
            Refusal::TooMany,
            Refusal::Name,
            Refusal::Over,
            Refusal::Elsewhere,
        ];
        let codes = Rejection::ALL.map(Rejection::code).into_iter().chain(refusals.map(Refusal::code));
        for l in Locale::ALL {
            let other = fault(l, "what nobody knows");
            for code in codes.clone().chain(CODES) {
                assert_ne!(fault(l, code), other, "{l:?} {code}");
            }
        }
    }
}
