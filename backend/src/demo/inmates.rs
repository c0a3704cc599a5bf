//! Forty invented inmates in six units, and one under eighteen. Names are made from two lists; birth dates follow from the place in them.

use domain::{
    access::Unit,
    kernel::{CivilDate, Id},
};

use crate::{
    Error, Result, args,
    ctx::{Clock, Ctx},
    custody::inmates::{NewInmate, place},
};

const GIVEN: [&str; 10] =
    ["Even", "Jonas", "Sander", "Torjus", "Ola", "Iver", "Mikkel", "Aslak", "Vetle", "Birk"];
const FAMILY: [&str; 4] = ["Fjellvik", "Lyngdal", "Steinsvik", "Mosebø"];
const UNITS: [&str; 5] = ["lyngmo", "storaasen", "havvik", "fjellheim", "elvebakken"];
const WOMEN: [&str; 10] =
    ["Eline", "Johanne", "Sunniva", "Tora", "Oda", "Ingvild", "Marit", "Astri", "Vilde", "Bergljot"];

const MOST: usize = 40;
/// Somebody under eighteen, and how many days ago he was born.
const YOUNG: (&str, i64) = ("Kasper Lyngdal", 17 * 365);

/// Each of a second of his own: ids of one thousandth of a second stand in no order, and the demo's people are told apart by theirs.
fn moments_ago(ctx: &Ctx, seconds: usize) -> Ctx {
    let seconds = i64::try_from(seconds).unwrap_or_default();
    Ctx { clock: Clock::fake(ctx.now().plus_seconds(-seconds)), ..ctx.clone() }
}

/// Adds them once; a service that has inmates is left as it is.
pub async fn seed(ctx: &Ctx) -> Result<()> {
    let (known,): (i64,) = ctx.db.one(COUNT, vec![]).await?;
    if known > 0 {
        return Ok(());
    }
    for n in 0..MOST {
        // The last eight live in the unit for women.
        let (given, slug) = if n < 32 { (GIVEN[n % 10], UNITS[n % 5]) } else { (WOMEN[n % 10], "bekkelund") };
        let (id,): (String,) = ctx.db.one(crate::identity::arrival::UNIT_BY_SLUG, args![slug]).await?;
        let unit: Id<Unit> = Id::new(id);
        let name = format!("{given} {}", FAMILY[n / 10 % 4]);
        let inmate = NewInmate { name, birth_date: born(n)?, number: None, unit };
        place(&moments_ago(ctx, MOST - n), inmate).await?;
    }
    // The last of all, whom nobody visits yet.
    let (id,): (String,) = ctx.db.one(crate::identity::arrival::UNIT_BY_SLUG, args![UNITS[0]]).await?;
    let birth_date = ctx.now().date().plus_days(-YOUNG.1);
    place(ctx, NewInmate { name: YOUNG.0.into(), birth_date, number: None, unit: Id::new(id) }).await?;
    Ok(())
}

/// From 1970 to 2003, every day of its month real.
fn born(n: usize) -> Result<CivilDate> {
    let text = format!("{}-{:02}-{:02}", 1970 + n * 7 % 34, 1 + n * 5 % 12, 1 + n * 11 % 28);
    CivilDate::parse_iso(&text).ok_or(Error::Broken("birth date of the demo"))
}

pub const COUNT: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM inmate";
