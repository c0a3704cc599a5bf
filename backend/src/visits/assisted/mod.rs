//! Staff do for somebody what she has no eID for. They find or register her, which opens a contact for a while, and under it
//! they apply, book, change and cancel with the use cases she would use herself. Promises that nobody is found and no contact is
//! opened without its row in the trail first, that a contact is its opener's alone and reaches her own units' visits and no
//! others, that whatever is done stands under the contact (`audit`), and that she reads all of it. Never: the notices, a
//! lawyer's rooms, letters, or how she is reached.

mod filing;
mod find;
pub mod handin;
pub(super) mod held;
mod open;
mod read;
#[cfg(test)]
mod tests;
mod told;
pub mod unreached;
mod visits;

use std::sync::Arc;

use domain::{
    access::{Channel, Level, Person},
    kernel::{Id, Instant, Public},
    visits::{assisted::may_assist, clearance::forms::FormErrors},
};

pub use filing::file;
pub use find::{Found, find};
pub use open::{open, register};
pub use read::{ActOf, Helped, HisApplication, Read, read};
pub use told::{Told, of_application, of_visit};
pub use visits::{Reach, Taken, available, begin_change, bookable, cancel, choose_party, take, visit};

use super::units;
use crate::{
    Error, Result, args,
    ctx::{Behalf, Citizen, Ctx, Staff},
};

/// The mark of a contact's id.
#[derive(Debug)]
pub enum ContactMark {}

/// Why nothing was done. What was typed is kept by whoever asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undone {
    Fields(FormErrors),
    /// There is nothing of the kind for her.
    Hidden,
    /// What this contact was opened for is withdrawn or closed.
    TakenBack,
}

pub type Done<T> = std::result::Result<T, Undone>;

/// Somebody is being helped, by whom and until when.
#[derive(Clone, Debug)]
pub struct Contact {
    pub public: Public<ContactMark>,
    pub name: String,
    pub channel: Channel,
    pub opened_at: Instant,
    pub ends_at: Instant,
    /// She was not known before.
    pub registered: bool,
    id: Id<ContactMark>,
    person: Id<Person>,
    session: Id<domain::access::Session>,
    staff: Staff,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    person_id: String,
    name: String,
    channel: String,
    registered: i64,
    opened_at: i64,
    ends_at: i64,
}

/// A contact of hers that has not ended. To everybody else, colleagues among them, it is not there.
pub async fn contact(ctx: &Ctx, staff: &Staff, public: &Public<ContactMark>) -> Result<Option<Contact>> {
    if !may_assist(&staff.roles) {
        return Ok(None);
    }
    let values = args![public, &staff.staff, ctx.now(), units(staff)];
    let Some(row): Option<Row> = ctx.db.optional(CONTACT, values).await? else { return Ok(None) };
    Ok(Some(Contact {
        public: public.clone(),
        name: row.name,
        channel: Channel::parse(&row.channel).ok_or(Error::Broken("channel of a contact"))?,
        opened_at: Instant(row.opened_at),
        ends_at: Instant(row.ends_at),
        registered: row.registered == 1,
        id: Id::new(row.id),
        person: Id::new(row.person_id),
        session: staff.session.clone(),
        staff: staff.clone(),
    }))
}

impl Contact {
    /// She, as the use cases take her. What asks for the high level is not for others to do.
    fn citizen(&self) -> Citizen {
        let contact = self.id.as_str().to_owned();
        let by = Behalf { staff: self.staff.clone(), channel: self.channel, contact };
        Citizen {
            session: self.session.clone(),
            person: self.person.clone(),
            name: self.name.clone(),
            level: Level::Substantial,
            fresh_until: None,
            by: Some(Arc::new(by)),
        }
    }
}

pub const CONTACT: &str = "SELECT t.id, t.person_id, p.name, t.channel, t.registered, t.opened_at, t.ends_at \
    FROM assist_contact t JOIN person p ON p.id = t.person_id WHERE t.public_id = $1 AND t.staff_id = $2 \
    AND t.ends_at > $3 AND $4 LIKE '% ' || t.unit_id || ' %'";
