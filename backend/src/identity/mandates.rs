//! A lawyer's mandate for one inmate, registered by an officer of the unit where he is. She is named by her number, so it may
//! be there before she has ever signed in; whoever signs in with that number is she, and nobody else.

use domain::{
    access::Unit,
    identity::{Mandate, MandateKind, NewMandate, may_register},
    kernel::{CivilDate, Id, Public},
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
    let id: Id<MandateRow> = ctx.chance.id(ctx.now());
    let command = Register {
        ctx: ctx.clone(),
        staff: staff.clone(),
        inmate: inmate.clone(),
        hash: ctx.vault.fingerprint("national_id", new.number.expose()),
        name: ctx.vault.seal(&ctx.chance, &place(id.as_str()), new.name.as_bytes())?,
        public: ctx.chance.public(),
        id,
        new,
    };
    ctx.db.write(command).await
}

struct Register {
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
        tx.execute(REGISTER, values).await?;
        let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), "mandate_registered");
        entry.at_unit(&Id::new(unit)).about("mandate", &self.id).detail(new.kind.code()).save(tx).await?;
        Ok(Ok(self.public.clone()))
    }
}

/// From now on she is a stranger to him.
pub async fn end(
    ctx: &Ctx,
    staff: &Staff,
    mandate: &Public<MandateRow>,
) -> Result<std::result::Result<(), Hidden>> {
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
    type Out = std::result::Result<(), Hidden>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let values = args![self.ctx.now(), &self.staff.staff, &self.mandate, units(&self.staff)];
        let Some((id,)) = tx.optional::<(String,)>(END, values).await? else { return Ok(Err(Hidden)) };
        let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), "mandate_ended");
        entry.about("mandate", &Id::<MandateRow>::new(id)).save(tx).await?;
        Ok(Ok(()))
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    public_id: String,
    name: Vec<u8>,
    kind: String,
    valid_from: String,
    valid_to: String,
    ended_at: Option<i64>,
}

/// The mandates for one inmate of her units, newest first.
pub async fn of_inmate(ctx: &Ctx, staff: &Staff, inmate: &Public<Inmate>) -> Result<Vec<Registered>> {
    if !may_register(&staff.roles) {
        return Ok(vec![]);
    }
    let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "mandate_list");
    audit::record(ctx, entry.because("handle_case")).await?;
    let rows: Vec<Row> = ctx.db.all(OF_INMATE, args![inmate, units(staff)]).await?;
    let registered = |row: Row| {
        let broken = || Error::Broken("a mandate");
        let day = |text: &str| CivilDate::parse_iso(text).ok_or_else(broken);
        Ok(Registered {
            public: Public::parse(&row.public_id).ok_or_else(broken)?,
            name: String::from_utf8_lossy(&ctx.vault.open(&place(&row.id), &row.name)?).into_owned(),
            kind: MandateKind::parse(&row.kind).ok_or_else(broken)?,
            mandate: Mandate {
                valid_from: day(&row.valid_from)?,
                valid_to: day(&row.valid_to)?,
                ended: row.ended_at.is_some(),
            },
        })
    };
    rows.into_iter().map(registered).collect()
}

pub const INMATE: &str = "SELECT i.id, p.unit_id FROM inmate i JOIN placement p ON p.inmate_id = i.id \
    AND p.ended_at IS NULL WHERE i.public_id = $1 AND $2 LIKE '% ' || p.unit_id || ' %'";
pub const REGISTER: &str = "INSERT INTO mandate (id, public_id, number_hash, name, inmate_id, unit_id, kind, valid_from, \
    valid_to, registered_by, registered_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
/// By whoever has him now, wherever it was registered.
pub const END: &str = "UPDATE mandate SET ended_at = $1, ended_by = $2 WHERE public_id = $3 AND ended_at IS NULL \
    AND inmate_id IN (SELECT p.inmate_id FROM placement p WHERE p.ended_at IS NULL AND $4 LIKE '% ' || p.unit_id || ' %') \
    RETURNING id";
pub const OF_INMATE: &str = "SELECT m.id, m.public_id, m.name, m.kind, m.valid_from, m.valid_to, m.ended_at FROM mandate m \
    JOIN inmate i ON i.id = m.inmate_id JOIN placement p ON p.inmate_id = i.id AND p.ended_at IS NULL \
    WHERE i.public_id = $1 AND $2 LIKE '% ' || p.unit_id || ' %' ORDER BY m.registered_at DESC, m.id DESC LIMIT 100";
