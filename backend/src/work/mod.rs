//! One list of work over all slices. Each slice says in its own statement what is open, when it is due and who has it; here
//! they are joined, which nothing else does but `wiring`. The compartment of notices is read apart (`notices::work`) and put
//! between the rows in their order. Promises: a page is one statement, however much is open; a row of another unit, or of
//! another's duty, is not read; who has something is kept where the thing is and nowhere else.
//!
//! What a slice's statement takes: $1 units and $2 kinds, each with spaces round it; $3 who looks; $4 whose, of `mine`,
//! `nobody`, `others`; $5 and $6 after which due and public id; $7 before which due; $8 today; $9 how many; $10 whether all her
//! units are meant. What it gives: source, kind, public_id, reference, whom, about, why, since, due_at, unit_name, held_by,
//! holder, unit_id; in the order of due_at and public_id.

mod absence;
mod act;
mod assignable;
mod list;
mod open;
#[cfg(test)]
pub(crate) mod tests;

use domain::{
    access::StaffMember,
    kernel::{Instant, Public},
    work::{Choice, Cursor, Holder, Kind, Whose},
};

pub use absence::{away, back};
pub use act::{Assign, Done, Moved, assign, take, undo};
pub use assignable::{Assignable, Colleague, assignable};
pub use list::{Listed, UnitChoice, Waiting, list, waiting};
pub use open::{Open, open};

use crate::{appeals, consents, corrections, documents, identity, messages, trail, visits};

/// Marks for ids.
#[derive(Debug)]
pub enum WorkMark {}

/// A slice's statements: its open rows, one of them under the reader's units, and who has it from now on.
pub(crate) struct Source {
    /// As addresses name it.
    pub code: &'static str,
    /// As the trail names what it is about.
    pub subject: &'static str,
    pub rows: &'static str,
    /// By $1 public id and $2 units: id, unit_id, kind, officer_id, reference.
    pub load: &'static str,
    /// To $1, of $2 id, if $3 has it (an empty text: nobody).
    pub give: &'static str,
    /// It also takes $4, when.
    pub dated: bool,
}

const fn source(
    (code, subject): (&'static str, &'static str),
    (rows, load, give): (&'static str, &'static str, &'static str),
    dated: bool,
) -> Source {
    Source { code, subject, rows, load, give, dated }
}

use appeals::work as appeal;
use consents::work as home;
use corrections::work as correction;
use documents::work as document;
use identity::appointed::work as appointed;
use messages::{exchange::work as letter, officer::work as thread, worry::work as worry};
use trail::work as alert;
use visits::{
    assisted::handin::work as hand_in, assisted::unreached::work as unreached,
    booking::counsel::bringing::work as bring, booking::counsel::urgent::work as urgent,
    booking::request::work as asked, booking::work as ring, clearance::work as clearance,
    organisations::work as organisation, sessions::work as proposal,
};

pub(crate) static SOURCES: [Source; 23] = [
    source(("application", "application"), (clearance::ROWS, clearance::LOAD, clearance::GIVE), false),
    source(("carried", "application"), (clearance::CARRIED, clearance::LOAD_CARRIED, clearance::GIVE), false),
    source(
        ("recheck", "application"),
        (clearance::RECHECKS, clearance::LOAD_RECHECK, clearance::GIVE),
        false,
    ),
    source(("ring", "booking"), (ring::ROWS, ring::LOAD, ring::GIVE), false),
    source(("settle", "booking"), (ring::DOUBTS, ring::LOAD_DOUBTS, ring::GIVE_DOUBTS), false),
    source(("visit_request", "visit_request"), (asked::ROWS, asked::LOAD, asked::GIVE), false),
    source(("bring", "visit_bring"), (bring::ROWS, bring::LOAD, bring::GIVE), false),
    source(("urgent", "visit_urgent"), (urgent::ROWS, urgent::LOAD, urgent::GIVE), false),
    source(
        ("organisation", "organisation_task"),
        (organisation::ROWS, organisation::LOAD, organisation::GIVE),
        false,
    ),
    source(("unreached", "unreached"), (unreached::ROWS, unreached::LOAD, unreached::GIVE), false),
    source(("hand_in", "hand_in"), (hand_in::ROWS, hand_in::LOAD, hand_in::GIVE), false),
    source(("proposal", "plan_proposal"), (proposal::ROWS, proposal::LOAD, proposal::GIVE), false),
    source(("thread", "message_thread"), (thread::ROWS, thread::LOAD, thread::GIVE), false),
    source(("letter", "letter"), (letter::ROWS, letter::LOAD, letter::GIVE), false),
    source(("report", "exchange_report"), (letter::REPORTS, letter::LOAD_REPORT, letter::GIVE_REPORT), false),
    source(("document", "document"), (document::ROWS, document::LOAD, document::GIVE), false),
    source(
        ("request", "document_request"),
        (document::MISSING, document::LOAD_MISSING, document::GIVE_MISSING),
        false,
    ),
    source(("appeal", "appeal"), (appeal::ROWS, appeal::LOAD, appeal::GIVE), true),
    source(("home", "home_case"), (home::ROWS, home::LOAD, home::GIVE), false),
    source(("worry", "worry"), (worry::ROWS, worry::LOAD, worry::GIVE), true),
    source(("correction", "correction"), (correction::ROWS, correction::LOAD, correction::GIVE), true),
    source(("appointed", "appointed"), (appointed::ROWS, appointed::LOAD, appointed::GIVE), false),
    source(("alert", "trail_alert"), (alert::ROWS, alert::LOAD, alert::GIVE), false),
];

fn source_of(code: &str) -> Option<&'static Source> {
    SOURCES.iter().find(|source| source.code == code)
}

/// Something to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub kind: Kind,
    /// As addresses name where it is from; empty in the compartment.
    pub source: &'static str,
    pub public: Public<WorkMark>,
    pub reference: Option<String>,
    /// Whom it is about, where a list may tell.
    pub whom: Option<String>,
    /// The inmate.
    pub about: Option<String>,
    /// Why it waits: a code of its slice, or what happens and when.
    pub why: Why,
    pub since: Instant,
    pub due: Instant,
    pub unit_name: Option<String>,
    pub holder: Holder,
    pub holder_name: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    Code(String),
    Task(Option<crate::notices::TaskKind>, Option<(domain::custody::Kind, Instant)>),
}

impl Item {
    fn cursor(&self) -> Cursor {
        Cursor { due: self.due.micros(), public: self.public.as_str().to_owned() }
    }
}

/// Mark of a colleague's id.
pub type Officer = Public<StaffMember>;

/// As the statements take it, with a space on each side.
fn whose(choice: &Choice) -> &'static str {
    match choice.whose {
        Whose::MineAndNobodys => " mine nobody ",
        Whose::Mine => " mine ",
        Whose::Nobodys => " nobody ",
        Whose::Everybodys => " mine nobody others ",
    }
}
