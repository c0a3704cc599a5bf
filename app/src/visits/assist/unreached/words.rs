//! What there is to tell, by the kind of the letter that had nowhere to go.

use domain::kernel::Locale;

use crate::i18n::visits_unreached as t;

/// What only newer data knows is something new.
pub(super) fn what(l: Locale, kind: &str) -> String {
    match kind.split_once('.') {
        Some(("visits", "clearance")) => t::what_clearance(l),
        Some(("visits", "waiting")) => t::what_waiting(l),
        Some(("visits", "request")) => t::what_request(l),
        Some(("visits", _)) => t::what_visit(l),
        Some(("messages", _)) => t::what_message(l),
        Some(("appeals", _)) => t::what_appeal(l),
        Some(("documents", _)) => t::what_document(l),
        Some(("corrections", _)) => t::what_correction(l),
        _ => t::what_other(l),
    }
}
