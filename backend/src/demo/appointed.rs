//! A lawyer of the demo who has no mandate yet says that she is appointed, so that the officers of a unit have something to check.

use domain::{
    access::{Level, Person},
    identity::Declared,
    kernel::{CivilDate, Id},
};

use crate::{
    Error, Result, args,
    ctx::{Citizen, Ctx},
    demo::arrive::{arrive, known},
    identity::appointed::{self, FormKey},
};

/// Name, birth date, number.
const LAWYER: (&str, &str, &str) = ("Torunn Vardheim", "1972-08-17", "17887230048");

fn broken() -> Error {
    Error::Broken("the lawyer of the demo")
}

/// Once: where something is declared, nothing is added.
pub async fn seed(ctx: &Ctx) -> Result<()> {
    let (there,): (i64,) = ctx.db.one(DECLARED, vec![]).await?;
    let client: Option<(String, String)> = ctx.db.optional(CLIENT, args!["lyngmo"]).await?;
    let Some((name, born)) = client.filter(|_| there == 0) else { return Ok(()) };
    let who = lawyer(ctx).await?;
    let declared = Declared {
        name,
        born: CivilDate::parse_iso(&born).ok_or_else(broken)?,
        court: "Lyngmo tingrett".to_owned(),
        case_number: "26-104477MED".to_owned(),
        earliest: Some(ctx.now().date().plus_days(3)),
    };
    let key: FormKey = ctx.chance.public();
    appointed::send(ctx, &who, &key, &declared).await?.map(|_| ()).map_err(|_| broken())
}

async fn lawyer(ctx: &Ctx) -> Result<Citizen> {
    let number = domain::kernel::NationalId::parse(LAWYER.2).map_err(|_| broken())?;
    let born = CivilDate::parse_iso(LAWYER.1).ok_or_else(broken)?;
    let who = match known(ctx, LAWYER.0, born, Some(&number)).await? {
        Some(who) => who,
        None => arrive(ctx, LAWYER.0, born, Some(&number)).await?,
    };
    let person: Id<Person> = who.person.clone();
    Ok(Citizen { person, level: Level::High, ..who })
}

pub const DECLARED: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM appointed";
/// The last of the unit by name: the first ones are others' already.
pub const CLIENT: &str = "SELECT i.name, i.birth_date FROM inmate i JOIN placement p ON p.inmate_id = i.id AND p.ended_at IS NULL \
    JOIN unit u ON u.id = p.unit_id WHERE u.slug = $1 ORDER BY i.sort_name DESC, i.id LIMIT 1";
