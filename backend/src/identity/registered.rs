//! Somebody whom staff register because she cannot sign in. A number that they typed finds whoever has it already; of somebody
//! new it proves nothing until she signs in with it, or an officer has checked who she is.

use domain::{
    access::Person,
    kernel::{CivilDate, Id, Instant, NationalId, Phone, Public},
};

use super::{
    arrival::{FIND_NUMBER, INSERT_PERSON},
    contacts::FirstPhone,
    names::sort_key,
};
use crate::{Error, Result, args, ctx::Ctx, db::Tx, vault::INSERT_SUBJECT_KEY};

/// Everything drawn that a new row needs.
pub struct Registered {
    id: Id<Person>,
    public: Public<Person>,
    name: String,
    born: Option<CivilDate>,
    key_row: Vec<u8>,
    /// Hashed, and sealed.
    number: Option<(Vec<u8>, Vec<u8>)>,
    phone: Option<FirstPhone>,
}

impl Registered {
    pub fn draw(
        ctx: &Ctx,
        name: &str,
        (born, number): (Option<CivilDate>, Option<&NationalId>),
        phone: Option<&Phone>,
    ) -> Result<Self> {
        let id: Id<Person> = ctx.chance.id(ctx.now());
        let (key, key_row) = ctx.vault.new_subject(&ctx.chance, id.as_str())?;
        let number = number.map(|number| {
            let place = format!("person_number/sealed/{id}");
            let sealed = key.seal(&ctx.chance, &place, number.expose().as_bytes())?;
            Ok::<_, Error>((ctx.vault.fingerprint("national_id", number.expose()), sealed))
        });
        let phone = phone.map(|phone| FirstPhone::draw(ctx, &key, &id, phone)).transpose()?;
        let (public, name) = (ctx.chance.public(), name.to_owned());
        Ok(Self { id, public, name, born, key_row, number: number.transpose()?, phone })
    }

    /// Whose number it is, or the new person; and whether she is new. Of somebody known nothing is changed.
    pub async fn save(&self, tx: &mut Tx, now: Instant) -> Result<(Id<Person>, bool)> {
        if let Some((hash, _)) = &self.number {
            let known: Option<(String,)> = tx.optional(FIND_NUMBER, args![hash.as_slice()]).await?;
            if let Some((id,)) = known {
                return Ok((Id::new(id), false));
            }
        }
        let values = args![&self.id, &self.public, &self.name, sort_key(&self.name), self.born, now];
        tx.later(INSERT_PERSON, values).await?;
        tx.later(INSERT_SUBJECT_KEY, args![&self.id, self.key_row.as_slice(), now]).await?;
        if let Some((hash, sealed)) = &self.number {
            let values = args![&self.id, hash.as_slice(), sealed.as_slice(), now];
            tx.later(INSERT_TYPED_NUMBER, values).await?;
        }
        if let Some(phone) = &self.phone {
            phone.save(tx, &self.id, now).await?;
        }
        Ok((self.id.clone(), true))
    }
}

pub const INSERT_TYPED_NUMBER: &str =
    "INSERT INTO person_number (person_id, hash, sealed, typed_at) VALUES ($1, $2, $3, $4)";
