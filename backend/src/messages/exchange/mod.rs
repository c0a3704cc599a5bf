//! A relative and an inmate, where the unit has it on. Each letter is controlled as the law of the unit's level says, waits for
//! a person, and is told to its sender where it stands. Why an exchange is closed is told to neither.

mod again;
mod desk;
mod due;
mod follow;
pub mod held;
pub(crate) mod inmate;
mod inside;
mod lines;
mod mine;
mod ordered;
mod orders;
mod pair;
mod post;
mod print;
mod reports;
mod rules;
mod ruling;
mod second;
mod watched;
mod wish;
pub(crate) mod work;

use domain::{
    access::{Person, StaffMember, Unit},
    kernel::{Id, Instant},
    messages::{Letter, Means, Second},
};

pub(crate) use again::control_again;
pub use desk::{
    DeskLetter, LetterNote, Queue, QueueRow, Statistics, letter as desk_letter, queue, statistics,
};
pub use domain::messages::UnitRules;
pub use due::{escalate_due, move_on, release_due};
pub use follow::follow;
pub use inside::{InsideExchange, InsideLetter, acknowledge, feed, reply};
pub use lines::{HeldBack, MyLetter};
pub use mine::{Exchange, Openness, Pen, exchange, mine, peek};
pub use ordered::{Given, Ordered, StandingOrder, ordered, standing};
pub use orders::{OrderForm, order, undo};
pub use pair::Bounds;
pub use post::{draft_place, write};
pub use print::{Printed, Sheet, ToPrint, handed_over, of_sheet, print, sheet_of, sheet_reply, to_print};
pub use reports::{Report, reports, settle};
pub use rules::{RulesOfUnit, bounds_of, put_rules, set_rules, unit_rules};
pub use ruling::rule;
pub use second::{ask_second, give_second, translate};
pub use watched::{WatchWord, add as add_word, end as end_word, list as words};
pub use wish::{End, report, set};

use super::{LetterRow, units};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::Tx,
};

/// Why a controller looks, in the trail.
const CONTROL: &str = "letter_control";

/// A letter as stored, as far as steps need it.
#[derive(Clone, Debug, sqlx::FromRow)]
struct Row {
    id: String,
    exchange_id: String,
    person_id: String,
    unit_id: String,
    from_relative: i64,
    cut: i64,
    state: String,
    state_at: i64,
    due_at: Option<i64>,
    second: String,
    second_by: Option<String>,
    means: String,
    written_at: i64,
    version: i64,
}

impl Row {
    /// One of her units; any other is not there.
    async fn of_staff(
        tx: &mut Tx,
        staff: &Staff,
        letter: &domain::kernel::Public<LetterRow>,
    ) -> Result<Option<Self>> {
        tx.optional(OF_STAFF, args![units(staff), letter]).await
    }

    fn id(&self) -> Id<LetterRow> {
        Id::new(self.id.as_str())
    }

    fn person(&self) -> Id<Person> {
        Id::new(self.person_id.as_str())
    }

    fn unit(&self) -> Id<Unit> {
        Id::new(self.unit_id.as_str())
    }

    fn means(&self) -> Result<Means> {
        Means::parse(&self.means).ok_or(Error::Broken("means of a letter"))
    }

    fn letter(&self) -> Result<Letter> {
        let (at, cut) = (Instant(self.state_at), self.cut == 1);
        Ok(match (self.state.as_str(), self.due_at) {
            ("in_control", Some(due)) => {
                Letter::InControl { since: at, due: Instant(due), second: self.second()? }
            }
            ("stopped", _) => Letter::Stopped { at },
            ("released", _) => Letter::Released { at, cut },
            ("delivered", _) => Letter::Delivered { at, cut, by: self.means()? },
            ("read", _) => Letter::Read { at, cut },
            ("lapsed", _) => Letter::Lapsed { at },
            _ => return Err(Error::Broken("state of a letter")),
        })
    }

    fn second(&self) -> Result<Second> {
        match (self.second.as_str(), &self.second_by) {
            ("none", _) => Ok(Second::None),
            ("asked", Some(by)) => Ok(Second::Asked { by: Id::new(by.as_str()) }),
            ("given", Some(by)) => Ok(Second::Given { by: Id::new(by.as_str()) }),
            _ => Err(Error::Broken("second opinion on a letter")),
        }
    }

    /// Saves the step if nobody was first. What has left control has no hour at which it would go on by itself.
    async fn save(&self, tx: &mut Tx, letter: &Letter, now: Instant) -> Result<bool> {
        let Columns { at, due, second, by } = Columns::of(letter);
        let values = args![letter.code(), at, due, second, by, now, &self.id, self.version];
        Ok(tx.execute(SAVE, values).await? == 1)
    }

    fn trace(&self, ctx: &Ctx, actor: &Actor, action: &'static str) -> audit::Entry {
        audit::Entry::new(ctx, actor, action).at_unit(&self.unit()).about("letter", &self.id())
    }
}

struct Columns<'a> {
    at: Instant,
    due: Option<Instant>,
    second: &'static str,
    by: Option<&'a Id<StaffMember>>,
}

impl<'a> Columns<'a> {
    fn of(letter: &'a Letter) -> Self {
        let plain = |at| Self { at, due: None, second: "none", by: None };
        match letter {
            Letter::InControl { since, due, second } => {
                let (second, by) = match second {
                    Second::None => ("none", None),
                    Second::Asked { by } => ("asked", Some(by)),
                    Second::Given { by } => ("given", Some(by)),
                };
                Self { at: *since, due: Some(*due), second, by }
            }
            Letter::Stopped { at }
            | Letter::Released { at, .. }
            | Letter::Delivered { at, .. }
            | Letter::Read { at, .. }
            | Letter::Lapsed { at } => plain(*at),
        }
    }
}

pub(super) fn body_place(id: &str) -> String {
    format!("letter/body/{id}")
}

pub(super) fn cut_place(id: &str) -> String {
    format!("letter/cut_body/{id}")
}

fn note_place(id: &str) -> String {
    format!("letter_note/body/{id}")
}

pub const OF_STAFF: &str = "SELECT l.id, l.exchange_id, e.person_id, l.unit_id, l.from_relative, \
    CAST(CASE WHEN l.cut_body IS NULL THEN 0 ELSE 1 END AS BIGINT) AS cut, l.state, l.state_at, l.due_at, l.second, \
    l.second_by, l.means, l.written_at, l.version FROM letter l JOIN exchange e ON e.id = l.exchange_id \
    WHERE l.unit_id IN (SELECT id FROM unit WHERE $1 LIKE '% ' || id || ' %') AND l.public_id = $2";
/// A second opinion stays on record after the letter has left control.
pub const SAVE: &str = "UPDATE letter SET state = $1, state_at = $2, due_at = $3, \
    second = CASE WHEN $1 = 'in_control' THEN $4 ELSE second END, \
    second_by = CASE WHEN $1 = 'in_control' THEN $5 ELSE second_by END, \
    release_at = CASE WHEN $1 = 'in_control' THEN release_at END, \
    released_at = CASE WHEN $1 = 'released' THEN $6 ELSE released_at END, \
    delivered_at = CASE WHEN $1 = 'delivered' THEN $6 WHEN $1 = 'read' THEN COALESCE(delivered_at, $6) \
    ELSE delivered_at END, read_at = CASE WHEN $1 = 'read' THEN $6 ELSE read_at END, \
    version = version + 1 WHERE id = $7 AND version = $8";
