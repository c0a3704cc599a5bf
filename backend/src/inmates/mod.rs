//! One inmate, one page: what every slice has of him, in one order of time. Each slice says in its own statement what it has;
//! here they are joined, as `crate::work` joins what is to be done. Promises: two reads after the trace, however many slices
//! there are; nothing of another unit, of another's duty, of victims, or between him and a lawyer is read.
//!
//! What a slice's statement takes: $1 inmate; $2 units and $3 parts, each with spaces round it; $4 the reader's language. What
//! it gives: part, kind, at, public_id, reference, whom, detail, until_on, unit_slug, unit_name; and, where appeals have a
//! clock: available_at, told_at, opened_at, clock, days.

mod read;
mod search;
#[cfg(test)]
mod tests;

use domain::{
    access::Unit,
    inmates::Part,
    kernel::{CivilDate, Id, Instant, Public},
};

pub use read::{Cursor, MOST, open};
pub use search::search;

use crate::{
    ctx::Staff,
    custody::inmates::Inmate,
    db::Value,
    {appeals, documents, messages, visits},
};

/// Who he is, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    pub public: Public<Inmate>,
    pub name: String,
    pub birth_date: CivilDate,
    pub unit: Id<Unit>,
    pub unit_name: String,
    /// Since when he is at this unit.
    pub since: Instant,
    /// What a court has ordered, the latest first.
    pub restrictions: Vec<Restriction>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restriction {
    /// `visit_ban` and so on, as the order is stored.
    pub kind: String,
    pub from: CivilDate,
    pub to: CivilDate,
}

/// Something that happened, or will.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub part: Part,
    /// What became of it: a code of its slice.
    pub kind: String,
    pub at: Instant,
    pub public: String,
    pub reference: Option<String>,
    pub whom: String,
    /// More of it: a code of its slice, or the name of a kind of document.
    pub detail: String,
    pub until: Option<CivilDate>,
    pub unit_slug: String,
    pub unit_name: String,
    /// Until when an appeal is in time; none when nobody has been told yet, or nothing can be appealed.
    pub appeal_until: Option<CivilDate>,
}

/// The page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    pub head: Head,
    pub entries: Vec<Entry>,
    /// Where what is older begins.
    pub next: Option<Cursor>,
}

struct Source {
    rows: &'static str,
    /// It gives the clock of an appeal.
    clocked: bool,
}

const fn source(rows: &'static str) -> Source {
    Source { rows, clocked: false }
}

static SOURCES: [Source; 8] = [
    source(visits::clearance::inmate::APPLICATIONS),
    Source { rows: visits::clearance::inmate::DECISIONS, clocked: true },
    source(visits::booking::inmate::ROWS),
    source(messages::officer::inmate::ROWS),
    source(messages::exchange::inmate::ROWS),
    source(documents::inmate::HANDED_IN),
    source(documents::inmate::ASKED),
    source(appeals::inmate::ROWS),
];

fn units(staff: &Staff) -> Value {
    let ids: Vec<&str> = staff.units.iter().map(Id::<Unit>::as_str).collect();
    Value::from(format!(" {} ", ids.join(" ")))
}
