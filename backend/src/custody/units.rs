//! Units as data: what anybody may know of them.

use domain::{access::Unit, kernel::Id};

use crate::{
    Result, args,
    ctx::Ctx,
    db::{Command, Tx},
};

/// A unit as the public pages show it. `level` is `special_high`, `high`, `lower` or `transitional`.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PublicUnit {
    pub slug: String,
    pub name: String,
    pub level: String,
    pub region: String,
    pub place: String,
    pub address: String,
    pub phone: String,
    pub email: String,
    /// How to get there, in Norwegian.
    pub travel: String,
}

/// All open units by name; the intake desk is no place to visit.
pub async fn public_units(ctx: &Ctx) -> Result<Vec<PublicUnit>> {
    let mut units: Vec<PublicUnit> = ctx.db.all(PUBLIC_UNITS, vec![]).await?;
    units.sort_by_key(|u| crate::identity::names::sort_key(&u.name));
    Ok(units)
}

/// None when there is no such unit to visit.
pub async fn public_unit(ctx: &Ctx, slug: &str) -> Result<Option<(Id<Unit>, PublicUnit)>> {
    let found: Option<Found> = ctx.db.optional(PUBLIC_UNIT, args![slug]).await?;
    Ok(found.map(|found| (Id::new(found.id), found.unit)))
}

#[derive(sqlx::FromRow)]
struct Found {
    id: String,
    #[sqlx(flatten)]
    unit: PublicUnit,
}

/// Adds a unit, or brings it up to date by its slug.
pub async fn put_unit(ctx: &Ctx, unit: PublicUnit) -> Result<Id<Unit>> {
    let id = ctx.chance.id(ctx.now());
    ctx.db.write(PutUnit { id, unit }).await
}

struct PutUnit {
    id: Id<Unit>,
    unit: PublicUnit,
}

impl Command for PutUnit {
    type Out = Id<Unit>;

    async fn run(&self, tx: &mut Tx) -> Result<Id<Unit>> {
        let u = &self.unit;
        let values = args![
            &self.id, &u.slug, &u.name, &u.level, &u.region, &u.place, &u.address, &u.phone, &u.email,
            &u.travel
        ];
        tx.one::<(String,)>(PUT_UNIT, values).await.map(|(id,)| Id::new(id))
    }
}

/// The mailbox of a unit.
pub const UNIT_EMAIL: &str = "SELECT email FROM unit WHERE id = $1";
pub const PUBLIC_UNITS: &str = "SELECT slug, name, level, region, place, address, phone, email, travel FROM unit \
    WHERE open = 1 AND level <> 'intake'";
pub const PUBLIC_UNIT: &str = "SELECT id, slug, name, level, region, place, address, phone, email, travel FROM unit \
    WHERE slug = $1 AND open = 1 AND level <> 'intake'";
pub const PUT_UNIT: &str = "INSERT INTO unit (id, slug, name, level, region, place, address, phone, email, travel) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (slug) DO UPDATE SET name = excluded.name, \
    level = excluded.level, region = excluded.region, place = excluded.place, address = excluded.address, \
    phone = excluded.phone, email = excluded.email, travel = excluded.travel RETURNING id";
