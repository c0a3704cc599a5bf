//! Who comes for an organisation: named by the first of its people or by the unit, until a day, known by her number. Whoever signs in with that
//! number is she, and nobody else.

use domain::{
    access::Level,
    kernel::{CivilDate, Id, Public},
    visits::{
        clearance::forms::{FieldError, FormErrors},
        organisations::{NewPerson, Organisation, OrganisationPerson, PersonForm, may_register},
    },
};

use super::{Hidden, over, place, recheck};
use crate::{
    Result, args, audit,
    ctx::{Actor, Citizen, Ctx, Staff},
    db::{Command, Tx},
    rules::Rules,
    visits::{sessions::rows::date, units},
};

/// Whoever names her.
#[derive(Clone, Debug)]
pub enum Adder {
    /// The first of its people.
    Lead(Citizen),
    Staff(Staff),
}

impl Adder {
    fn actor(&self) -> Actor {
        match self {
            Self::Lead(who) => Actor::Citizen(who.clone()),
            Self::Staff(staff) => Actor::Staff(staff.clone()),
        }
    }

    fn may(&self) -> bool {
        match self {
            Self::Lead(who) => who.level >= Level::High,
            Self::Staff(staff) => may_register(&staff.roles),
        }
    }

    /// The organisation's id, if it is theirs to say who comes for it.
    async fn organisation(
        &self,
        tx: &mut Tx,
        of: &Public<Organisation>,
        today: CivilDate,
    ) -> Result<Option<String>> {
        let found: Option<(String,)> = match self {
            Self::Lead(who) => tx.optional(LED, args![of, &who.person, today]).await?,
            Self::Staff(staff) => tx.optional(OF_UNITS, args![of, units(staff)]).await?,
        };
        Ok(found.map(|(id,)| id))
    }
}

/// One more of its people, before she is written down.
pub(super) struct NewRow {
    id: Id<OrganisationPerson>,
    public: Public<OrganisationPerson>,
    hash: Vec<u8>,
    name: String,
    leads: bool,
    valid_to: CivilDate,
}

impl NewRow {
    pub fn of(ctx: &Ctx, new: &NewPerson, leads: bool) -> Self {
        Self {
            hash: ctx.vault.fingerprint("national_id", new.number.expose()),
            name: new.name.clone(),
            public: ctx.chance.public(),
            id: ctx.chance.id(ctx.now()),
            leads,
            valid_to: new.valid_to,
        }
    }

    fn sealed(&self, ctx: &Ctx, id: &str) -> Result<Vec<u8>> {
        ctx.vault.seal(&ctx.chance, &place(id), self.name.as_bytes())
    }
}

/// How a name that stands already is taken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Again {
    /// With the clearance of one unit more: another unit's later day stands.
    Later,
    /// As the unit says.
    Anew,
    /// By the first of its people: over another of the first a unit alone says until when.
    NoLead,
}

/// Named again she stands until the new day; whoever has named others goes on doing so. False: it is not theirs to say.
pub(super) async fn put(
    tx: &mut Tx,
    ctx: &Ctx,
    of: &Id<Organisation>,
    (new, again): (&NewRow, Again),
) -> Result<bool> {
    let standing: Option<(String, i64, String)> = tx.optional(STANDING, args![of, new.hash.clone()]).await?;
    let Some((id, leads, valid_to)) = standing else {
        let (hash, name) = (new.hash.clone(), new.sealed(ctx, new.id.as_str())?);
        let values = args![
            &new.id,
            &new.public,
            of,
            hash,
            name,
            new.leads,
            new.valid_to,
            ctx.now(),
            over(new.valid_to)
        ];
        return tx.execute(INSERT, values).await.map(|_| true);
    };
    if leads == 1 && again == Again::NoLead {
        return Ok(false);
    }
    let stands = date(&valid_to)?;
    let to = if again == Again::Later { stands.max(new.valid_to) } else { new.valid_to };
    let values = args![to, new.leads, &id, over(to), new.sealed(ctx, &id)?];
    tx.execute(AGAIN, values).await.map(|_| true)
}

/// None: it is not theirs.
pub async fn add(
    ctx: &Ctx,
    by: &Adder,
    of: &Public<Organisation>,
    form: &PersonForm,
) -> Result<std::result::Result<std::result::Result<(), FormErrors>, Hidden>> {
    if !by.may() {
        return Ok(Err(Hidden));
    }
    let today = ctx.now().date();
    let days = Rules::on(&ctx.db, today).await?.days("organisations.days")?;
    let parsed = form.parse(today, (days, ctx.settings.identity.synthetic_numbers));
    let new = parsed.map(|new| NewRow::of(ctx, &new, false));
    ctx.db.write(Add { ctx: ctx.clone(), by: by.clone(), of: of.clone(), new }).await
}

struct Add {
    ctx: Ctx,
    by: Adder,
    of: Public<Organisation>,
    /// What is wrong with a form is told to nobody whom it is not there for.
    new: std::result::Result<NewRow, FormErrors>,
}

impl Command for Add {
    type Out = std::result::Result<std::result::Result<(), FormErrors>, Hidden>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let found = self.by.organisation(tx, &self.of, self.ctx.now().date()).await?;
        let Some(id) = found else { return Ok(Err(Hidden)) };
        let new = match &self.new {
            Ok(new) => new,
            Err(errors) => return Ok(Ok(Err(errors.clone()))),
        };
        let id: Id<Organisation> = Id::new(id);
        let again = if matches!(self.by, Adder::Staff(_)) { Again::Anew } else { Again::NoLead };
        if !put(tx, &self.ctx, &id, (new, again)).await? {
            return Ok(Ok(Err(vec![FieldError { field: "number", code: "leads" }])));
        }
        recheck(tx, id.as_str(), self.ctx.now().date()).await?;
        let entry = audit::Entry::new(&self.ctx, &self.by.actor(), "organisation_person_added");
        entry.about("organisation", &id).save(tx).await?;
        Ok(Ok(Ok(())))
    }
}

/// She comes for it no more. Of the first of its people a unit alone ends it. False: that was so before.
pub async fn end(
    ctx: &Ctx,
    by: &Adder,
    of: &Public<Organisation>,
    person: &Public<OrganisationPerson>,
) -> Result<std::result::Result<bool, Hidden>> {
    if !by.may() {
        return Ok(Err(Hidden));
    }
    let (of, person) = (of.clone(), person.clone());
    ctx.db.write(End { ctx: ctx.clone(), by: by.clone(), of, person }).await
}

struct End {
    ctx: Ctx,
    by: Adder,
    of: Public<Organisation>,
    person: Public<OrganisationPerson>,
}

impl Command for End {
    type Out = std::result::Result<bool, Hidden>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let now = self.ctx.now();
        let found = self.by.organisation(tx, &self.of, now.date()).await?;
        let Some(id) = found else { return Ok(Err(Hidden)) };
        let any = matches!(self.by, Adder::Staff(_));
        if tx.execute(END, args![&self.person, &id, now, any]).await? == 0 {
            return Ok(Ok(false));
        }
        recheck(tx, &id, now.date()).await?;
        let entry = audit::Entry::new(&self.ctx, &self.by.actor(), "organisation_person_ended");
        entry.about("organisation", &Id::<Organisation>::new(id)).save(tx).await?;
        Ok(Ok(true))
    }
}

pub const LED: &str = "SELECT o.id FROM organisation o JOIN organisation_person m ON m.organisation_id = o.id AND m.leads = 1 \
    AND m.ended_at IS NULL AND m.valid_to >= $3 JOIN person_number n ON n.hash = m.number_hash \
    WHERE o.public_id = $1 AND n.person_id = $2";
pub const OF_UNITS: &str = "SELECT o.id FROM organisation o WHERE o.public_id = $1 AND EXISTS (SELECT 1 FROM organisation_clearance c \
    WHERE c.organisation_id = o.id AND $2 LIKE '% ' || c.unit_id || ' %')";
pub const STANDING: &str = "SELECT id, leads, valid_to FROM organisation_person WHERE organisation_id = $1 AND number_hash = $2 \
    AND ended_at IS NULL";
pub const AGAIN: &str = "UPDATE organisation_person SET valid_to = $1, over_at = $4, name = $5, \
    leads = CASE WHEN leads = 1 THEN 1 ELSE CAST($2 AS BIGINT) END WHERE id = $3";
pub const INSERT: &str = "INSERT INTO organisation_person (id, public_id, organisation_id, number_hash, name, leads, valid_to, added_at, over_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
pub const END: &str = "UPDATE organisation_person SET ended_at = $3, over_at = $3 WHERE public_id = $1 AND organisation_id = $2 AND ended_at IS NULL \
    AND (leads = 0 OR CAST($4 AS BIGINT) = 1)";
