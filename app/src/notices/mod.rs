//! Notices: what goes out, the victims' own area, the officer's list and the duty desk.

pub mod desk;
pub mod duty;
pub mod letters;
pub mod mine;
mod texts;
mod words;

pub use texts::DemoTextsPage;

use backend::notices::TaskKind;
use domain::{custody::Kind, kernel::Locale};

/// What there is to do, for the one list of staff.
pub(crate) fn task_word(l: Locale, kind: TaskKind) -> String {
    desk::words::task(l, kind)
}

/// What happens, for the same.
pub(crate) fn event_word(l: Locale, kind: Kind) -> String {
    words::kind(l, kind)
}
