//! Inmates and where they are. The feed of custody events writes them later; today the demo and the tests do.

use domain::{
    access::Unit,
    kernel::{CivilDate, Id, Instant, NationalId, Public},
};

use crate::{
    Result, args,
    ctx::Ctx,
    db::{Command, Tx},
    identity::names::sort_key,
};

/// Marks an inmate's id.
#[derive(Debug)]
pub enum Inmate {}

/// An inmate to be placed in a unit.
pub struct NewInmate {
    pub name: String,
    pub birth_date: CivilDate,
    pub number: Option<NationalId>,
    pub unit: Id<Unit>,
}

/// Adds the inmate and his placement from now on.
pub async fn place(ctx: &Ctx, inmate: NewInmate) -> Result<Id<Inmate>> {
    let now = ctx.now();
    let id: Id<Inmate> = ctx.chance.id(now);
    let number = inmate.number.as_ref().map(|number| {
        let place = format!("inmate/number_sealed/{id}");
        let sealed = ctx.vault.seal(&ctx.chance, &place, number.expose().as_bytes())?;
        Ok::<_, crate::Error>((ctx.vault.fingerprint("national_id", number.expose()), sealed))
    });
    let (hash, sealed) = number.transpose()?.unzip();
    let command =
        Place { id, public: ctx.chance.public(), placement: ctx.chance.id(now), hash, sealed, inmate, now };
    ctx.db.write(command).await
}

struct Place {
    id: Id<Inmate>,
    public: Public<Inmate>,
    placement: Id<Place>,
    hash: Option<Vec<u8>>,
    sealed: Option<Vec<u8>>,
    inmate: NewInmate,
    now: Instant,
}

impl Command for Place {
    type Out = Id<Inmate>;

    async fn run(&self, tx: &mut Tx) -> Result<Id<Inmate>> {
        let i = &self.inmate;
        let values = args![
            &self.id,
            &self.public,
            &i.name,
            sort_key(&i.name),
            i.birth_date,
            self.hash.clone(),
            self.sealed.clone()
        ];
        tx.later(INSERT, values).await?;
        tx.later(PLACE, args![&self.placement, &self.id, &i.unit, self.now]).await?;
        Ok(self.id.clone())
    }
}

pub const INSERT: &str = "INSERT INTO inmate (id, public_id, name, sort_name, birth_date, number_hash, number_sealed) \
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
pub const PLACE: &str = "INSERT INTO placement (id, inmate_id, unit_id, started_at) VALUES ($1, $2, $3, $4)";
