//! A person of the demo as the first sign-in would have made her; with a number, a later sign-in finds her.

use domain::{
    access::{Level, Person},
    kernel::{CivilDate, Id, Instant, NationalId, Public},
};

use crate::{
    Error, Result, args,
    ctx::{Citizen, Ctx},
    db::{Command, Tx},
    identity::{
        arrival::{INSERT_NUMBER, INSERT_PERSON},
        names::sort_key,
    },
    vault::INSERT_SUBJECT_KEY,
};

/// Whether she has arrived before: by her number if she has one, by name and birth date if not.
pub async fn known(
    ctx: &Ctx,
    name: &str,
    born: CivilDate,
    number: Option<&NationalId>,
) -> Result<Option<Citizen>> {
    let found: Option<(String,)> = match number {
        Some(number) => {
            let hash = ctx.vault.fingerprint("national_id", number.expose());
            ctx.db.optional(BY_NUMBER, args![hash]).await?
        }
        None => ctx.db.optional(BY_NAME, args![sort_key(name), born]).await?,
    };
    Ok(found.map(|(id,)| citizen(Id::new(id), name)))
}

fn citizen(person: Id<Person>, name: &str) -> Citizen {
    Citizen {
        session: Id::new("demo"),
        person,
        name: name.to_owned(),
        level: Level::High,
        fresh_until: None,
        by: None,
    }
}

pub async fn arrive(ctx: &Ctx, name: &str, born: CivilDate, number: Option<&NationalId>) -> Result<Citizen> {
    let now = ctx.now();
    let id: Id<Person> = ctx.chance.id(now);
    let (key, key_row) = ctx.vault.new_subject(&ctx.chance, id.as_str())?;
    let number = number.map(|number| {
        let place = format!("person_number/sealed/{id}");
        let sealed = key.seal(&ctx.chance, &place, number.expose().as_bytes())?;
        Ok::<_, Error>((ctx.vault.fingerprint("national_id", number.expose()), sealed))
    });
    let command = NewPerson {
        id: id.clone(),
        public: ctx.chance.public(),
        name: name.to_owned(),
        born,
        key_row,
        number: number.transpose()?,
        now,
    };
    ctx.db.write(command).await?;
    Ok(citizen(id, name))
}

struct NewPerson {
    id: Id<Person>,
    public: Public<Person>,
    name: String,
    born: CivilDate,
    key_row: Vec<u8>,
    number: Option<(Vec<u8>, Vec<u8>)>,
    now: Instant,
}

impl Command for NewPerson {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let values = args![&self.id, &self.public, &self.name, sort_key(&self.name), self.born, self.now];
        tx.later(INSERT_PERSON, values).await?;
        tx.later(INSERT_SUBJECT_KEY, args![&self.id, self.key_row.as_slice(), self.now]).await?;
        if let Some((hash, sealed)) = &self.number {
            tx.later(INSERT_NUMBER, args![&self.id, hash.as_slice(), sealed.as_slice()]).await?;
        }
        Ok(())
    }
}

pub const BY_NUMBER: &str = "SELECT person_id FROM person_number WHERE hash = $1";
pub const BY_NAME: &str = "SELECT p.id FROM person p WHERE p.sort_name = $1 AND p.birth_date = $2 \
    AND NOT EXISTS (SELECT 1 FROM child_of c WHERE c.person_id = p.id) ORDER BY p.created_at, p.id LIMIT 1";
