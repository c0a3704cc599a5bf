//! A contact is opened: for somebody who was found, or for somebody who is registered by it. Its row in the trail is a part of it.

use domain::{
    access::{Channel, Person, Unit},
    kernel::{Id, Instant, Public},
    visits::{
        assisted::{Asked, AskedForm, RegisterForm, may_assist},
        clearance::draft::KnownBy,
    },
};

use super::{ContactMark, Done, Undone, find::ONE};
use crate::{
    Error, Result, args,
    audit::{self, ON_BEHALF},
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
    identity::registered::Registered,
    rules::Rules,
    visits::units,
};

/// For somebody whom her units know.
pub async fn open(
    ctx: &Ctx,
    staff: &Staff,
    person: &Public<Person>,
    form: &AskedForm,
) -> Result<Done<Public<ContactMark>>> {
    let asked = match form.parse() {
        Ok(asked) => asked,
        Err(errors) => return Ok(Err(Undone::Fields(errors))),
    };
    write(ctx, staff, asked, Whom::Known(person.clone())).await
}

/// For somebody who is not known yet. Whoever has the number that was typed is her.
pub async fn register(ctx: &Ctx, staff: &Staff, form: &RegisterForm) -> Result<Done<Public<ContactMark>>> {
    let new = match form.parse(ctx.now().date()) {
        Ok(new) => new,
        Err(errors) => return Ok(Err(Undone::Fields(errors))),
    };
    let known_by = match &new.who.known_by {
        KnownBy::BirthDate(day) => (Some(*day), None),
        KnownBy::Number(number) => (None, Some(number)),
    };
    let drawn = Registered::draw(ctx, &new.who.name, known_by, new.phone.as_ref())?;
    write(ctx, staff, new.asked, Whom::New(Box::new(drawn))).await
}

enum Whom {
    Known(Public<Person>),
    New(Box<Registered>),
}

async fn write(ctx: &Ctx, staff: &Staff, asked: Asked, whom: Whom) -> Result<Done<Public<ContactMark>>> {
    let Some(unit) = staff.units.first().filter(|_| may_assist(&staff.roles)) else {
        return Ok(Err(Undone::Hidden));
    };
    let command = Open {
        id: ctx.chance.id(ctx.now()),
        public: ctx.chance.public(),
        unit: unit.clone(),
        staff: staff.clone(),
        ctx: ctx.clone(),
        asked,
        whom,
    };
    ctx.db.write(command).await
}

struct Open {
    id: Id<ContactMark>,
    public: Public<ContactMark>,
    unit: Id<Unit>,
    staff: Staff,
    ctx: Ctx,
    asked: Asked,
    whom: Whom,
}

impl Command for Open {
    type Out = Done<Public<ContactMark>>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let (person, new) = match &self.whom {
            Whom::Known(public) => {
                let values = vec![units(&self.staff), public.into()];
                if tx.optional::<(String, String, Option<String>)>(ONE, values).await?.is_none() {
                    return Ok(Err(Undone::Hidden));
                }
                let (id,): (String,) = tx.one(BY_PUBLIC, args![public]).await?;
                (Id::new(id), false)
            }
            Whom::New(drawn) => {
                let made = tx.optional(BY_KEY, args![&self.staff.staff, &self.asked.key]).await?;
                if let Some(made) = made {
                    return known(made);
                }
                drawn.save(tx, self.ctx.now()).await?
            }
        };
        let values = args![&self.staff.staff, &self.asked.key, &person];
        if let Some(made) = tx.optional(BY_KEY_AND_PERSON, values).await? {
            return known(made);
        }
        self.save(tx, &person, new).await?;
        Ok(Ok(self.public.clone()))
    }
}

fn known((public,): (String,)) -> Result<Done<Public<ContactMark>>> {
    Ok(Ok(Public::parse(&public).ok_or(Error::Broken("public id"))?))
}

impl Open {
    async fn save(&self, tx: &mut Tx, person: &Id<Person>, new: bool) -> Result<()> {
        let now: Instant = self.ctx.now();
        let ends = now.plus_minutes(Rules::within(tx, now.date()).await?.days("assist.minutes")?);
        let channel: Channel = self.asked.channel;
        let values = args![
            &self.id,
            &self.public,
            &self.asked.key,
            person,
            &self.staff.staff,
            &self.unit,
            channel.code(),
            new,
            now,
            ends
        ];
        tx.later(INSERT_CONTACT, values).await?;
        let action = if new { "person_registered" } else { "assist_opened" };
        let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), action);
        entry.about("person", person).because(ON_BEHALF).detail(channel.code()).save(tx).await
    }
}

pub const BY_PUBLIC: &str = "SELECT id FROM person WHERE public_id = $1";
pub const BY_KEY: &str = "SELECT public_id FROM assist_contact WHERE staff_id = $1 AND form_key = $2";
pub const BY_KEY_AND_PERSON: &str =
    "SELECT public_id FROM assist_contact WHERE staff_id = $1 AND form_key = $2 AND person_id = $3";
pub const INSERT_CONTACT: &str = "INSERT INTO assist_contact (id, public_id, form_key, person_id, staff_id, unit_id, channel, \
    registered, opened_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
