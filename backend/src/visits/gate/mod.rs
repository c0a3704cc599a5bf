//! The gate of a unit's day: what is marked of each visit, passes, and delays told by the visitors. Only rows are kept; how
//! far a visit has come follows from them.

mod delay;
mod mark;
mod pass;
mod show;
#[cfg(test)]
mod tests;

pub use delay::tell_delay;
pub use mark::{Marking, Undoing, mark, undo};
pub use pass::{Found, find, pass};
pub use show::{Delay, GateDay, GateLine, GateVisit, MyGate, day, mine, visit};

use domain::{
    access::Unit,
    kernel::{CivilDate, Id, Instant},
    visits::{
        booking::{UnitRules, in_force},
        gate::{AtGate, Expected, Mark},
    },
};

use crate::{
    Error, Result, args,
    db::Tx,
    visits::sessions::rows::{RULES, RuleRow, date},
};

/// Marks the key of one press of a button: the same again is one mark.
#[derive(Debug)]
pub enum MarkRow {}

/// A booking as the gate asks for it.
#[derive(Clone, Debug, sqlx::FromRow)]
struct BookingRow {
    id: String,
    person_id: String,
    unit_id: String,
    state: String,
    date: String,
    starts_at: i64,
}

#[derive(sqlx::FromRow)]
struct MarkLine {
    kind: String,
    reason: Option<String>,
    at: i64,
}

impl MarkLine {
    fn read(self) -> Result<(Mark, Instant)> {
        let mark = Mark::parse(&self.kind, self.reason.as_deref()).ok_or(Error::Broken("a mark"))?;
        Ok((mark, Instant(self.at)))
    }
}

/// Until when nobody is late for ever: where no rule says so, until it begins.
fn latest(rules: &[UnitRules], on: CivilDate) -> i64 {
    in_force(rules, on).map_or(0, |rules| rules.latest_arrival)
}

impl BookingRow {
    fn expected(&self, rules: Vec<RuleRow>) -> Result<Expected> {
        let rules: Vec<UnitRules> = rules.into_iter().map(RuleRow::rules).collect::<Result<_>>()?;
        let on = date(&self.date)?;
        Ok(Expected {
            booked: self.state == "booked",
            date: on,
            starts_at: Instant(self.starts_at),
            latest_arrival: latest(&rules, on),
        })
    }

    fn unit(&self) -> Id<Unit> {
        Id::new(self.unit_id.as_str())
    }
}

/// What stands, inside a transaction: the visit, and how far it has come.
async fn standing(tx: &mut Tx, row: &BookingRow) -> Result<(Expected, AtGate, usize)> {
    let rules: Vec<RuleRow> = tx.all(RULES, args![&row.unit_id]).await?;
    let lines: Vec<MarkLine> = tx.all(MARKS, args![&row.id]).await?;
    let marks: Vec<(Mark, Instant)> = lines.into_iter().map(MarkLine::read).collect::<Result<_>>()?;
    Ok((row.expected(rules)?, AtGate::of(&marks), marks.len()))
}

pub const OF_UNITS: &str = "SELECT id, person_id, unit_id, state, date, starts_at FROM booking \
    WHERE public_id = $1 AND $2 LIKE '% ' || unit_id || ' %'";
pub const OWN: &str = "SELECT id, person_id, unit_id, state, date, starts_at FROM booking \
    WHERE public_id = $1 AND person_id = $2";
pub const MARKS: &str = "SELECT kind, reason, at FROM visit_mark WHERE booking_id = $1 AND undone_at IS NULL \
    ORDER BY written_at, id";
