//! An appointment that a lawyer declares herself, before a mandate is registered: an officer checks it by a clock and confirms it,
//! which registers the mandate as every other is registered, or refuses it. What she declared is sealed under her key. Never: an
//! answer to her that depends on whether somebody is inside, or that names a unit before it is confirmed (ADR 30).

mod act;
mod desk;
pub mod held;
mod mine;
mod send;
#[cfg(test)]
mod tests;
pub(crate) mod work;

use domain::{
    access::{Person, StaffMember, Unit},
    identity::{Declared, DeclaredRefusal, DeclaredState, NotConfirmed},
    kernel::{CivilDate, Id, Instant, Public},
};
use serde::{Deserialize, Serialize};

pub use act::{confirm, pass, refuse};
pub use desk::{Opened, opened};
pub use mine::{Mine, mine, one, withdraw};
pub use send::send;

use crate::{
    Error, Result,
    ctx::{Ctx, Staff},
    custody::inmates::Inmate,
    db::{Tx, Value},
    outbox,
};

/// Marks for ids.
#[derive(Debug)]
pub enum AppointedMark {}
#[derive(Debug)]
pub enum FormMark {}

/// Drawn when a form is shown: the same form sent twice is one declaration.
pub type FormKey = Public<FormMark>;

/// The outbox kind of a letter to the lawyer: there is something new.
pub const NEWS: &str = "counsel.news";
/// The outbox kind of a word to a unit: something is to be checked.
pub const WAITING: &str = "counsel.waiting";

/// To whom.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct News {
    pub person: String,
}

/// To a unit's own mailbox.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Waiting {
    pub unit: String,
}

pub type Done<T = ()> = std::result::Result<T, DeclaredRefusal>;

/// The units of staff as one parameter: ids with a space on each side of every one.
fn units(staff: &Staff) -> Value {
    let ids: Vec<&str> = staff.units.iter().map(Id::<Unit>::as_str).collect();
    Value::from(format!(" {} ", ids.join(" ")))
}

fn body_place(id: &str) -> String {
    format!("appointed/body/{id}")
}

fn broken() -> Error {
    Error::Broken("a declared appointment")
}

/// What she declared, as it is sealed.
#[derive(Serialize, Deserialize)]
struct Body {
    name: String,
    born: String,
    court: String,
    case_number: String,
    earliest: Option<String>,
}

impl Body {
    fn of(declared: &Declared) -> Self {
        Self {
            name: declared.name.clone(),
            born: declared.born.iso(),
            court: declared.court.clone(),
            case_number: declared.case_number.clone(),
            earliest: declared.earliest.map(CivilDate::iso),
        }
    }

    fn declared(self) -> Result<Declared> {
        let day = |text: &str| CivilDate::parse_iso(text).ok_or_else(broken);
        Ok(Declared {
            born: day(&self.born)?,
            earliest: self.earliest.as_deref().map(day).transpose()?,
            name: self.name,
            court: self.court,
            case_number: self.case_number,
        })
    }
}

#[derive(Clone, Debug, sqlx::FromRow)]
struct Row {
    id: String,
    public_id: String,
    reference: String,
    person_id: String,
    unit_id: String,
    inmate_id: Option<String>,
    inmate_public: Option<String>,
    inmate_name: Option<String>,
    body: Vec<u8>,
    sent_at: i64,
    state: String,
    state_at: i64,
    due_at: Option<i64>,
    officer_id: Option<String>,
    why: Option<String>,
    person: String,
    unit_name: String,
    subject_key: Vec<u8>,
}

impl Row {
    fn id(&self) -> Id<AppointedMark> {
        Id::new(self.id.as_str())
    }

    fn person_id(&self) -> Id<Person> {
        Id::new(self.person_id.as_str())
    }

    fn unit(&self) -> Id<Unit> {
        Id::new(self.unit_id.as_str())
    }

    fn inmate(&self) -> Option<Public<Inmate>> {
        self.inmate_public.as_deref().and_then(Public::parse)
    }

    fn state(&self) -> Result<DeclaredState> {
        let at = Instant(self.state_at);
        let by = || self.officer_id.as_deref().map(Id::<StaffMember>::new).ok_or_else(broken);
        Ok(match self.state.as_str() {
            "to_check" => DeclaredState::ToCheck { at },
            "confirmed" => DeclaredState::Confirmed { at, by: by()? },
            "withdrawn" => DeclaredState::Withdrawn { at },
            "refused" => {
                let why = self.why.as_deref().and_then(NotConfirmed::parse).ok_or_else(broken)?;
                DeclaredState::Refused { at, by: by()?, why }
            }
            _ => return Err(broken()),
        })
    }

    fn declared(&self, ctx: &Ctx) -> Result<Declared> {
        let key = ctx.vault.subject_from(&self.person_id, &self.subject_key)?;
        let plain = key.open(&body_place(&self.id), &self.body)?;
        serde_json::from_slice::<Body>(&plain).map_err(|_| broken())?.declared()
    }
}

/// That there is something new; what it is, no letter tells.
async fn tell(tx: &mut Tx, ctx: &Ctx, person: &Id<Person>) -> Result<()> {
    outbox::Job::new(ctx, NEWS, &News { person: person.as_str().to_owned() })?.save(tx).await
}

/// A word to the unit, in the caller's transaction.
async fn remind(tx: &mut Tx, ctx: &Ctx, unit: &str) -> Result<()> {
    outbox::Job::new(ctx, WAITING, &Waiting { unit: unit.to_owned() })?.save(tx).await
}

macro_rules! appointed {
    ($rest:literal) => {
        concat!(
            "SELECT c.id, c.public_id, c.reference, c.person_id, c.unit_id, c.inmate_id, i.public_id AS inmate_public, ",
            "i.name AS inmate_name, c.body, c.sent_at, c.state, c.state_at, c.due_at, c.officer_id, c.why, p.name AS person, ",
            "u.name AS unit_name, k.sealed AS subject_key FROM appointed c JOIN person p ON p.id = c.person_id ",
            "JOIN unit u ON u.id = c.unit_id JOIN subject_key k ON k.subject_id = c.person_id ",
            "LEFT JOIN inmate i ON i.id = c.inmate_id ",
            $rest
        )
    };
}
pub const MINE: &str = appointed!(
    "WHERE c.person_id = $1 AND c.state <> 'withdrawn' ORDER BY c.sent_at DESC, c.id DESC LIMIT 20"
);
pub const OWN: &str = appointed!("WHERE c.public_id = $1 AND c.person_id = $2");
/// Of their units. What was taken back was never theirs.
pub const OF_STAFF: &str =
    appointed!("WHERE c.public_id = $1 AND $2 LIKE '% ' || c.unit_id || ' %' AND c.state <> 'withdrawn'");
pub const MINE_HELD: &str = appointed!("WHERE c.person_id = $1 ORDER BY c.sent_at DESC, c.id DESC");
