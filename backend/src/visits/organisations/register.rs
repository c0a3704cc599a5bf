//! A unit clears an organisation, again when its time is nearly over, and ends it. One that another unit has registered before is the same: its
//! name and its kind stand.

use domain::{
    access::Unit,
    kernel::{Id, Public},
    visits::clearance::forms::{FieldError, FormErrors},
    visits::organisations::{
        NewOrganisation, Organisation, OrganisationKind, RegisterForm, Watch, may_register,
    },
};

use super::{
    Hidden, kind,
    people::{Again, NewRow, put},
    public, recheck,
};
use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
    decision::stored,
    identity::names::sort_key,
    rules::Rules,
    visits::units,
};

/// What came of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Registered {
    Done(Public<Organisation>),
    Wrong(FormErrors),
}

/// The unit by its slug. Sent twice it is one.
pub async fn register(
    ctx: &Ctx,
    staff: &Staff,
    form: &RegisterForm,
) -> Result<std::result::Result<Registered, Hidden>> {
    if !may_register(&staff.roles) {
        return Ok(Err(Hidden));
    }
    let now = ctx.now();
    let rules = Rules::on(&ctx.db, now.date()).await?;
    let mut authorities: Vec<OrganisationKind> = vec![];
    for kind in OrganisationKind::ALL {
        if rules.days(kind.rule())? == 1 {
            authorities.push(kind);
        }
    }
    let (days, synthetic) = (rules.days("organisations.days")?, ctx.settings.identity.synthetic_numbers);
    let new = match form.parse(now.date(), (days, synthetic), |kind| authorities.contains(&kind)) {
        Ok(new) => new,
        Err(errors) => return Ok(Ok(Registered::Wrong(errors))),
    };
    let authority = authorities.contains(&new.kind);
    let command = Register {
        slug: form.unit.clone(),
        contact: NewRow::of(ctx, &new.contact, true),
        ctx: ctx.clone(),
        staff: staff.clone(),
        new,
        authority,
        id: ctx.chance.id(now),
        public: ctx.chance.public(),
        cleared: ctx.chance.id(now),
    };
    ctx.db.write(command).await
}

/// Marks a clearance of one.
enum Cleared {}

struct Register {
    ctx: Ctx,
    staff: Staff,
    slug: String,
    new: NewOrganisation,
    authority: bool,
    contact: NewRow,
    id: Id<Organisation>,
    public: Public<Organisation>,
    cleared: Id<Cleared>,
}

#[derive(sqlx::FromRow)]
struct Known {
    id: String,
    public_id: String,
    kind: String,
    authority: i64,
}

impl Command for Register {
    type Out = std::result::Result<Registered, Hidden>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let unit: Option<(String,)> = tx.optional(UNIT, args![&self.slug, units(&self.staff)]).await?;
        let Some((unit,)) = unit else { return Ok(Err(Hidden)) };
        let known: Option<Known> = tx.optional(KNOWN, args![self.new.number.as_str()]).await?;
        let (id, public) = match known {
            None => {
                self.insert(tx).await?;
                (self.id.clone(), self.public.clone())
            }
            Some(known) => {
                if known.authority == 1 && self.new.watch == Watch::Heard {
                    let unheard = FieldError { field: "watch", code: "unheard" };
                    return Ok(Ok(Registered::Wrong(vec![unheard])));
                }
                if kind(&known.kind)? != self.new.kind {
                    let other = FieldError { field: "kind", code: "other_kind" };
                    return Ok(Ok(Registered::Wrong(vec![other])));
                }
                (Id::new(known.id), public(&known.public_id)?)
            }
        };
        self.clear(tx, &id, &unit).await?;
        put(tx, &self.ctx, &id, (&self.contact, Again::Later)).await?;
        recheck(tx, id.as_str(), self.ctx.now().date()).await?;
        Ok(Ok(Registered::Done(public)))
    }
}

impl Register {
    async fn insert(&self, tx: &mut Tx) -> Result<()> {
        let new = &self.new;
        let values = args![
            &self.id,
            &self.public,
            new.number.as_str(),
            &new.name,
            sort_key(&new.name),
            new.kind.code(),
            self.authority,
            self.ctx.now(),
            &self.staff.staff
        ];
        tx.later(INSERT, values).await
    }

    /// In place of the one that stands, if one does.
    async fn clear(&self, tx: &mut Tx, id: &Id<Organisation>, unit: &str) -> Result<()> {
        let (now, staff) = (self.ctx.now(), &self.staff.staff);
        tx.later(END, args![id, unit, now, staff]).await?;
        let measures = stored(self.new.watch.measures());
        let values = args![&self.cleared, id, unit, measures, now.date(), self.new.valid_to, now, staff];
        tx.later(CLEAR, values).await?;
        self.trace(tx, id, unit).await
    }

    async fn trace(&self, tx: &mut Tx, id: &Id<Organisation>, unit: &str) -> Result<()> {
        let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), "organisation_cleared");
        let entry = entry.at_unit(&Id::<Unit>::new(unit)).about("organisation", id);
        entry.because(self.new.kind.code()).save(tx).await
    }
}

/// From now on none of its people meets anybody in this unit. False: that was so before.
pub async fn end(
    ctx: &Ctx,
    staff: &Staff,
    of: &Public<Organisation>,
    slug: &str,
) -> Result<std::result::Result<bool, Hidden>> {
    if !may_register(&staff.roles) {
        return Ok(Err(Hidden));
    }
    let (of, slug) = (of.clone(), slug.to_owned());
    ctx.db.write(End { ctx: ctx.clone(), staff: staff.clone(), of, slug }).await
}

struct End {
    ctx: Ctx,
    staff: Staff,
    of: Public<Organisation>,
    slug: String,
}

impl Command for End {
    type Out = std::result::Result<bool, Hidden>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let unit: Option<(String,)> = tx.optional(UNIT, args![&self.slug, units(&self.staff)]).await?;
        let id: Option<(String,)> = tx.optional(ID, args![&self.of]).await?;
        let (Some((unit,)), Some((id,))) = (unit, id) else { return Ok(Err(Hidden)) };
        let now = self.ctx.now();
        if tx.execute(END, args![&id, &unit, now, &self.staff.staff]).await? == 0 {
            return Ok(Ok(false));
        }
        recheck(tx, &id, now.date()).await?;
        let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), "organisation_ended");
        let entry = entry.at_unit(&Id::<Unit>::new(unit));
        entry.about("organisation", &Id::<Organisation>::new(id)).save(tx).await?;
        Ok(Ok(true))
    }
}

pub const UNIT: &str = "SELECT id FROM unit WHERE slug = $1 AND $2 LIKE '% ' || id || ' %'";
pub const ID: &str = "SELECT id FROM organisation WHERE public_id = $1";
pub const KNOWN: &str = "SELECT id, public_id, kind, authority FROM organisation WHERE number = $1";
pub const INSERT: &str = "INSERT INTO organisation (id, public_id, number, name, sort_name, kind, authority, registered_at, registered_by) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
pub const END: &str = "UPDATE organisation_clearance SET ended_at = $3, ended_by = $4 WHERE organisation_id = $1 AND unit_id = $2 \
    AND ended_at IS NULL";
pub const CLEAR: &str = "INSERT INTO organisation_clearance (id, organisation_id, unit_id, measures, valid_from, valid_to, made_at, made_by) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
