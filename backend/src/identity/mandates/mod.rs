//! A lawyer's mandate for one inmate, registered by an officer of the unit where he is. She is named by her number, so it may
//! be there before she has ever signed in; whoever signs in with that number is she, and nobody else.

mod client;
mod reads;

pub use client::{CLIENT, Client, asked};
pub use reads::{OfInmate, One, find, of_inmate, one};

use domain::{
    access::Unit,
    identity::{Mandate, MandateKind, NewMandate, may_register},
    kernel::{Id, Public},
};

use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    custody::inmates::Inmate,
    db::{Command, Tx, Value},
};

#[derive(Debug)]
pub enum MandateRow {}

/// There is no such inmate in her units, or no such mandate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hidden;

/// A mandate as the unit sees it: that there is one, never what is written under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    pub public: Public<MandateRow>,
    pub name: String,
    pub kind: MandateKind,
    pub mandate: Mandate,
}

fn units(staff: &Staff) -> Value {
    let ids: Vec<&str> = staff.units.iter().map(Id::<Unit>::as_str).collect();
    Value::from(format!(" {} ", ids.join(" ")))
}

fn place(id: &str) -> String {
    format!("mandate/name/{id}")
}

pub async fn register(
    ctx: &Ctx,
    staff: &Staff,
    inmate: &Public<Inmate>,
    new: NewMandate,
) -> Result<std::result::Result<Public<MandateRow>, Hidden>> {
    if !may_register(&staff.roles) {
        return Ok(Err(Hidden));
    }
    ctx.db.write(prepare(ctx, staff, inmate, new)?).await
}

/// The registration itself, for whoever writes more in the same transaction.
pub(super) fn prepare(
    ctx: &Ctx,
    staff: &Staff,
    inmate: &Public<Inmate>,
    new: NewMandate,
) -> Result<Register> {
    let id: Id<MandateRow> = ctx.chance.id(ctx.now());
    Ok(Register {
        ctx: ctx.clone(),
        staff: staff.clone(),
        inmate: inmate.clone(),
        hash: ctx.vault.fingerprint("national_id", new.number.expose()),
        name: ctx.vault.seal(&ctx.chance, &place(id.as_str()), new.name.as_bytes())?,
        public: ctx.chance.public(),
        id,
        new,
    })
}

pub(super) struct Register {
    ctx: Ctx,
    staff: Staff,
    inmate: Public<Inmate>,
    hash: Vec<u8>,
    name: Vec<u8>,
    id: Id<MandateRow>,
    public: Public<MandateRow>,
    new: NewMandate,
}

impl Command for Register {
    type Out = std::result::Result<Public<MandateRow>, Hidden>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let found: Option<(String, String)> =
            tx.optional(INMATE, args![&self.inmate, units(&self.staff)]).await?;
        let Some((inmate, unit)) = found else { return Ok(Err(Hidden)) };
        let new = &self.new;
        // The same form twice is one mandate.
        let (hash, kind) = (self.hash.clone(), new.kind.code());
        let same = args![hash, &inmate, kind, new.valid_from, new.valid_to];
        if let Some((public,)) = tx.optional::<(String,)>(SAME, same).await? {
            return Ok(Ok(Public::parse(&public).ok_or(Error::Broken("a mandate"))?));
        }
        let values = args![
            &self.id,
            &self.public,
            self.hash.clone(),
            self.name.clone(),
            &inmate,
            &unit,
            new.kind.code(),
            new.valid_from,
            new.valid_to,
            &self.staff.staff,
            self.ctx.now()
        ];
        tx.later(REGISTER, values).await?;
        let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), "mandate_registered");
        entry.at_unit(&Id::new(unit)).about("mandate", &self.id).detail(new.kind.code()).save(tx).await?;
        Ok(Ok(self.public.clone()))
    }
}

/// From now on she is a stranger to him. Whom it was about; ending it once more changes nothing.
pub async fn end(
    ctx: &Ctx,
    staff: &Staff,
    mandate: &Public<MandateRow>,
) -> Result<std::result::Result<Public<Inmate>, Hidden>> {
    if !may_register(&staff.roles) {
        return Ok(Err(Hidden));
    }
    ctx.db.write(End { ctx: ctx.clone(), staff: staff.clone(), mandate: mandate.clone() }).await
}

struct End {
    ctx: Ctx,
    staff: Staff,
    mandate: Public<MandateRow>,
}

impl Command for End {
    type Out = std::result::Result<Public<Inmate>, Hidden>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let about: Option<(String, String)> =
            tx.optional(ABOUT, args![&self.mandate, units(&self.staff)]).await?;
        let Some((id, inmate)) = about else { return Ok(Err(Hidden)) };
        if tx.execute(END, args![self.ctx.now(), &self.staff.staff, &id]).await? == 1 {
            let actor = Actor::Staff(self.staff.clone());
            let entry = audit::Entry::new(&self.ctx, &actor, "mandate_ended");
            entry.about("mandate", &Id::<MandateRow>::new(id)).save(tx).await?;
        }
        Ok(Ok(Public::parse(&inmate).ok_or(Error::Broken("an inmate"))?))
    }
}

pub const INMATE: &str = "SELECT i.id, p.unit_id FROM inmate i JOIN placement p ON p.inmate_id = i.id \
    AND p.ended_at IS NULL WHERE i.public_id = $1 AND $2 LIKE '% ' || p.unit_id || ' %'";
pub const REGISTER: &str = "INSERT INTO mandate (id, public_id, number_hash, name, inmate_id, unit_id, kind, valid_from, \
    valid_to, registered_by, registered_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
pub const SAME: &str = "SELECT public_id FROM mandate WHERE number_hash = $1 AND inmate_id = $2 AND kind = $3 \
    AND valid_from = $4 AND valid_to = $5 AND ended_at IS NULL";
/// For whoever has him now, wherever it was registered.
pub const ABOUT: &str = "SELECT m.id, i.public_id FROM mandate m JOIN inmate i ON i.id = m.inmate_id \
    JOIN placement p ON p.inmate_id = i.id AND p.ended_at IS NULL WHERE m.public_id = $1 \
    AND $2 LIKE '% ' || p.unit_id || ' %'";
pub const END: &str = "UPDATE mandate SET ended_at = $1, ended_by = $2 WHERE id = $3 AND ended_at IS NULL";
