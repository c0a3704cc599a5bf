//! What an officer sees of mandates: whom they may be for, those there are, and one of them before it is ended. What she has
//! looked at is written down in the transaction that reads it, and nothing is for whoever is not in her units.

use domain::{
    identity::{Mandate, MandateKind, may_register},
    kernel::{CivilDate, Id, Public},
};

use super::{INMATE, MandateRow, Registered, place, units};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    custody::{
        finding::{Found, FoundRow, by_name, part_of},
        inmates::Inmate,
    },
    db::{Command, Tx},
};

/// Why she looks, in the trail.
const HANDLE_CASE: &str = "handle_case";

fn day(text: &str) -> Result<CivilDate> {
    CivilDate::parse_iso(text).ok_or(Error::Broken("a day of a mandate"))
}

/// Inmates of her units by a part of the name; an empty one finds nobody.
pub async fn find(ctx: &Ctx, staff: &Staff, name: &str) -> Result<Vec<Found>> {
    let Some(part) = part_of(name).filter(|_| may_register(&staff.roles)) else { return Ok(vec![]) };
    let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "inmate_search");
    audit::record(ctx, entry.because(HANDLE_CASE)).await?;
    by_name(ctx, units(staff), &part).await
}

/// An inmate of her units and the mandates for him, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfInmate {
    pub inmate: Found,
    pub mandates: Vec<Registered>,
}

/// None if he is not in her units.
pub async fn of_inmate(ctx: &Ctx, staff: &Staff, inmate: &Public<Inmate>) -> Result<Option<OfInmate>> {
    if !may_register(&staff.roles) {
        return Ok(None);
    }
    let look = Look { ctx: ctx.clone(), staff: staff.clone(), inmate: inmate.clone() };
    let Some((inmate, rows)) = ctx.db.write(look).await? else { return Ok(None) };
    let mandates = rows.into_iter().map(|row| registered(ctx, row)).collect::<Result<_>>()?;
    Ok(Some(OfInmate { inmate: inmate.found()?, mandates }))
}

struct Look {
    ctx: Ctx,
    staff: Staff,
    inmate: Public<Inmate>,
}

impl Command for Look {
    type Out = Option<(FoundRow, Vec<Row>)>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let values = args![&self.inmate, units(&self.staff)];
        let Some((id, unit)) = tx.optional::<(String, String)>(INMATE, values).await? else {
            return Ok(None);
        };
        let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), "mandate_list");
        let entry = entry.at_unit(&Id::new(unit)).because(HANDLE_CASE);
        entry.about("inmate", &Id::<Inmate>::new(id.as_str())).save(tx).await?;
        let inmate: FoundRow = tx.one(WHO, args![&id]).await?;
        Ok(Some((inmate, tx.all(OF_INMATE, args![&id]).await?)))
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

fn registered(ctx: &Ctx, row: Row) -> Result<Registered> {
    let broken = || Error::Broken("a mandate");
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
}

/// One of them, before she ends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct One {
    pub inmate: Found,
    pub mandate: Registered,
}

/// None if it is for nobody in her units.
pub async fn one(ctx: &Ctx, staff: &Staff, mandate: &Public<MandateRow>) -> Result<Option<One>> {
    let about: Option<(String, String)> = ctx.db.optional(super::ABOUT, args![mandate, units(staff)]).await?;
    let Some(inmate) = about.and_then(|(_, inmate)| Public::parse(&inmate)) else { return Ok(None) };
    let Some(all) = of_inmate(ctx, staff, &inmate).await? else { return Ok(None) };
    let OfInmate { inmate, mandates } = all;
    let mandate = mandates.into_iter().find(|one| one.public == *mandate);
    Ok(mandate.map(|mandate| One { inmate, mandate }))
}

pub const WHO: &str = "SELECT i.public_id, i.name, i.birth_date, u.name AS unit_name FROM inmate i \
    JOIN placement p ON p.inmate_id = i.id AND p.ended_at IS NULL JOIN unit u ON u.id = p.unit_id WHERE i.id = $1";
pub const OF_INMATE: &str = "SELECT id, public_id, name, kind, valid_from, valid_to, ended_at FROM mandate \
    WHERE inmate_id = $1 ORDER BY registered_at DESC, id DESC LIMIT 100";
