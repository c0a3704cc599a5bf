//! Children are persons of their own, known through the adult who named them. The same child named twice by the
//! same adult is one person.

use domain::{
    access::Person,
    kernel::{CivilDate, Id, Instant, Public},
};

use super::names::sort_key;
use crate::{Result, args, ctx::Ctx, db::Tx, vault::INSERT_SUBJECT_KEY};

/// A child with everything drawn that a new row needs.
pub struct NamedChild {
    name: String,
    birth_date: CivilDate,
    id: Id<Person>,
    public: Public<Person>,
    key_row: Vec<u8>,
}

impl NamedChild {
    pub fn draw(ctx: &Ctx, name: &str, birth_date: CivilDate) -> Result<Self> {
        let id = ctx.chance.id::<Person>(ctx.now());
        let (_, key_row) = ctx.vault.new_subject(&ctx.chance, id.as_str())?;
        Ok(Self { name: name.to_owned(), birth_date, id, public: ctx.chance.public(), key_row })
    }

    /// The child's person, found among this adult's children or made.
    pub async fn save(&self, tx: &mut Tx, guardian: &Id<Person>, now: Instant) -> Result<Id<Person>> {
        let sort = sort_key(&self.name);
        let known: Option<(String,)> =
            tx.optional(FIND_CHILD, args![guardian, &sort, self.birth_date]).await?;
        if let Some((id,)) = known {
            return Ok(Id::new(id));
        }
        let values = args![&self.id, &self.public, &self.name, &sort, self.birth_date, now];
        tx.later(super::arrival::INSERT_PERSON, values).await?;
        tx.later(INSERT_SUBJECT_KEY, args![&self.id, self.key_row.as_slice(), now]).await?;
        tx.later(INSERT_CHILD, args![guardian, &self.id]).await?;
        Ok(self.id.clone())
    }
}

pub const FIND_CHILD: &str = "SELECT p.id FROM child_of c JOIN person p ON p.id = c.person_id \
    WHERE c.guardian_id = $1 AND p.sort_name = $2 AND p.birth_date = $3";
pub const INSERT_CHILD: &str = "INSERT INTO child_of (guardian_id, person_id) VALUES ($1, $2)";
