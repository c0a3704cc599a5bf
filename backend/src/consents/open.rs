//! An officer opens a case, names those at home, and works on it: who lives there, how the home is, when it is over.

use domain::{
    access::Unit,
    consents::{Dwelling, FieldError, HomeForm, NewPerson, PersonForm, Refusal, may_ask},
    kernel::{CivilDate, Id, Instant, Public, Reference},
};

use super::{
    Done, FormKey, HomeMark, PersonMark, Undone, address_place, applicant_place, email_place, invite,
    name_place, public,
    rows::{HOME_OF_STAFF, HomeRecord},
    units,
};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
    rules::Rules,
};

/// The case belongs to the first of her units. The same form again is the case it has opened.
pub async fn open(ctx: &Ctx, staff: &Staff, key: &str, form: &HomeForm) -> Result<Done<Public<HomeMark>>> {
    let (key, unit) = (FormKey::parse(key), staff.units.first().cloned());
    let (true, Some(key), Some(unit)) = (may_ask(&staff.roles), key, unit) else {
        return Ok(Err(Refusal::Hidden.into()));
    };
    let (now, rules) = (ctx.now(), Rules::on(&ctx.db, ctx.now().date()).await?);
    let new = match form.parse(now.date(), rules.days("consents.longest_days")?) {
        Ok(new) => new,
        Err(errors) => return Ok(Err(errors.into())),
    };
    let id: Id<HomeMark> = ctx.chance.id(now);
    let command = Open {
        ctx: ctx.clone(),
        staff: staff.clone(),
        unit,
        key,
        name: ctx.vault.seal(&ctx.chance, &applicant_place(id.as_str()), new.name.as_bytes())?,
        address: ctx.vault.seal(&ctx.chance, &address_place(id.as_str()), new.address.as_bytes())?,
        answer_by: new.answer_by,
        told_first: new.answer_by.plus_days(rules.days("consents.tell_after_days")?),
        told_every: rules.days("consents.tell_every_days")?,
        id,
        public: ctx.chance.public(),
        reference: ctx.chance.reference(),
        now,
    };
    Ok(Ok(ctx.db.write(command).await?))
}

struct Open {
    ctx: Ctx,
    staff: Staff,
    unit: Id<Unit>,
    key: FormKey,
    name: Vec<u8>,
    address: Vec<u8>,
    answer_by: CivilDate,
    told_first: CivilDate,
    told_every: i64,
    id: Id<HomeMark>,
    public: Public<HomeMark>,
    reference: Reference,
    now: Instant,
}

impl Command for Open {
    type Out = Public<HomeMark>;

    async fn run(&self, tx: &mut Tx) -> Result<Public<HomeMark>> {
        if let Some((known,)) = tx.optional::<(String,)>(OPENED, args![&self.key, &self.staff.staff]).await? {
            return public(&known);
        }
        let values = args![
            &self.id,
            &self.public,
            &self.reference,
            &self.unit,
            &self.key,
            self.name.clone(),
            self.address.clone(),
            self.answer_by,
            self.told_first,
            self.told_every,
            &self.staff.staff,
            self.now
        ];
        tx.execute(OPEN, values).await?;
        let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), "home_opened");
        entry.at_unit(&self.unit).about("home_case", &self.id).save(tx).await?;
        Ok(self.public.clone())
    }
}

/// One more who lives there. She is invited at once; on paper if no address is known.
pub async fn add(ctx: &Ctx, staff: &Staff, case: &Public<HomeMark>, form: &PersonForm) -> Result<Done> {
    if !may_ask(&staff.roles) {
        return Ok(Err(Refusal::Hidden.into()));
    }
    let new = match form.parse(ctx.settings.identity.synthetic_numbers) {
        Ok(new) => new,
        Err(errors) => return Ok(Err(errors.into())),
    };
    let id: Id<PersonMark> = ctx.chance.id(ctx.now());
    let NewPerson { number, name, email } = new;
    let seal = |place: &str, plain: &str| ctx.vault.seal(&ctx.chance, place, plain.as_bytes());
    let command = Add {
        ctx: ctx.clone(),
        staff: staff.clone(),
        case: case.clone(),
        hash: ctx.vault.fingerprint("national_id", number.expose()),
        name: seal(&name_place(id.as_str()), &name)?,
        email: email.map(|email| seal(&email_place(id.as_str()), email.as_str())).transpose()?,
        id,
        public: ctx.chance.public(),
    };
    ctx.db.write(command).await
}

struct Add {
    ctx: Ctx,
    staff: Staff,
    case: Public<HomeMark>,
    hash: Vec<u8>,
    name: Vec<u8>,
    email: Option<Vec<u8>>,
    id: Id<PersonMark>,
    public: Public<PersonMark>,
}

impl Command for Add {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let Some(home) = of_staff(tx, &self.staff, &self.case).await? else {
            return Ok(Err(Refusal::Hidden.into()));
        };
        if home.is_closed() {
            return Ok(Err(Refusal::Closed.into()));
        }
        let known: Option<(String,)> = tx.optional(KNOWN, args![&home.id, self.hash.clone()]).await?;
        if known.is_some() {
            return Ok(Err(Undone::Fields(vec![FieldError {
                field: "number",
                code: Refusal::Known.code(),
            }])));
        }
        let values = args![
            &self.id,
            &self.public,
            &home.id,
            self.hash.clone(),
            self.name.clone(),
            self.email.clone(),
            &self.staff.staff,
            self.ctx.now()
        ];
        tx.execute(ADD, values).await?;
        if self.email.is_some() {
            invite(tx, &self.ctx, self.id.as_str()).await?;
        }
        let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), "home_asked");
        entry.at_unit(&home.unit()).about("home_person", &self.id).save(tx).await?;
        Ok(Ok(()))
    }
}

/// What an officer changes in a case that is open, as of the version she saw.
#[derive(Clone, Debug)]
pub enum Change {
    /// How the home is, and whether children there are to be heard: `none`, `to_hear` or `heard`.
    Facts { dwelling: Dwelling, children: &'static str },
    /// She does not live there. Her words are kept.
    Removed(Public<PersonMark>),
    /// An officer has talked with her.
    Talked(Public<PersonMark>),
    /// It is served, or comes to nothing.
    Over,
}

pub async fn change(
    ctx: &Ctx,
    staff: &Staff,
    case: &Public<HomeMark>,
    version: i64,
    change: Change,
) -> Result<Done> {
    if !may_ask(&staff.roles) {
        return Ok(Err(Refusal::Hidden.into()));
    }
    let step = Step { ctx: ctx.clone(), staff: staff.clone(), case: case.clone(), version, change };
    ctx.db.write(step).await
}

struct Step {
    ctx: Ctx,
    staff: Staff,
    case: Public<HomeMark>,
    version: i64,
    change: Change,
}

impl Command for Step {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let Some(home) = of_staff(tx, &self.staff, &self.case).await? else {
            return Ok(Err(Refusal::Hidden.into()));
        };
        if home.is_closed() {
            return Ok(Err(Refusal::Closed.into()));
        }
        if tx.execute(STEP, args![&home.id, self.version]).await? == 0 {
            return Ok(Err(Refusal::Stale.into()));
        }
        let now = self.ctx.now();
        let (action, changed) = match &self.change {
            Change::Facts { dwelling, children } => {
                let values = args![dwelling.code(), now, *children, &home.id];
                ("home_seen", tx.execute(FACTS, values).await?)
            }
            Change::Removed(who) => {
                ("home_person_removed", tx.execute(REMOVE, args![now, who, &home.id]).await?)
            }
            Change::Talked(who) => {
                ("home_person_talked", tx.execute(TALKED, args![now, who, &home.id]).await?)
            }
            Change::Over => ("home_closed", tx.execute(CLOSE, args![now, &home.id]).await?),
        };
        if changed == 0 {
            return Err(Error::Broken("one at home who is not in the case"));
        }
        let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), action);
        entry.at_unit(&home.unit()).about("home_case", &home.id()).save(tx).await?;
        Ok(Ok(()))
    }
}

/// One of her units; any other is not there.
pub(super) async fn of_staff(
    tx: &mut Tx,
    staff: &Staff,
    case: &Public<HomeMark>,
) -> Result<Option<HomeRecord>> {
    tx.optional(HOME_OF_STAFF, args![case, units(staff)]).await
}

pub const OPENED: &str = "SELECT public_id FROM home_case WHERE form_key = $1 AND opened_by = $2";
pub const OPEN: &str = "INSERT INTO home_case (id, public_id, reference, unit_id, form_key, name, address, answer_by, \
    told_first, told_every, opened_by, opened_at, dwelling_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)";
pub const KNOWN: &str =
    "SELECT id FROM home_person WHERE case_id = $1 AND number_hash = $2 AND removed_at IS NULL";
pub const ADD: &str = "INSERT INTO home_person (id, public_id, case_id, number_hash, name, email, added_by, added_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
pub const STEP: &str = "UPDATE home_case SET version = version + 1 WHERE id = $1 AND version = $2";
/// The day of a view is moved by another view alone.
pub const FACTS: &str = "UPDATE home_case SET dwelling_at = CASE WHEN dwelling = $1 THEN dwelling_at ELSE $2 END, \
    dwelling = $1, children = $3 WHERE id = $4";
pub const REMOVE: &str =
    "UPDATE home_person SET removed_at = $1 WHERE public_id = $2 AND case_id = $3 AND removed_at IS NULL";
pub const TALKED: &str =
    "UPDATE home_person SET talked_at = $1 WHERE public_id = $2 AND case_id = $3 AND removed_at IS NULL";
pub const CLOSE: &str = "UPDATE home_case SET closed_at = $1 WHERE id = $2";
