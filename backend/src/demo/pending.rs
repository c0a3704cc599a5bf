//! What waits at a unit of the demo without a persona having done it: a lawyer who has to meet her client soon and wants to bring an
//! interpreter to a later room, and an application handed in by a code by somebody who has no eID.

use domain::{
    kernel::{CivilDate, Locale, NationalId, Public},
    visits::{
        booking::{Way, bringing::BringForm, urgent::UrgentForm},
        handin::{HandInForm, Purpose, Reached},
    },
};

use super::{
    arrive::{arrive, known},
    counsel::{ClientRow, register},
    relatives::days_ago,
};
use crate::{
    Error, Result, args,
    ctx::{Citizen, Ctx},
    custody::inmates::Inmate,
    identity::{delegates::Acting, lawyers},
    visits::{
        assisted::handin::{self, Asked, CODE_LETTER, CodeLetter, Handed},
        booking::counsel::{self, bringing, urgent},
    },
};

const UNIT: &str = "storaasen";
/// Name, birth date, number; the demo's register of lawyers lists her.
const LAWYER: (&str, &str, &str) = ("Gudrun Rypestein", "1979-04-22", "22847931055");
const CLIENT: &str = "Jonas Mosebø";
const WRITER: (&str, &str) = ("Dagny Rypetind", "dagny.rypetind@varde.example");

fn broken() -> Error {
    Error::Broken("what waits in the demo")
}

/// Each once.
pub async fn seed(ctx: &Ctx) -> Result<()> {
    let (handed,): (i64,) = ctx.db.one(HANDED, vec![]).await?;
    if handed == 0 {
        hand_in(&days_ago(ctx, 1)).await?;
    }
    let client: Option<ClientRow> = ctx.db.optional(WHERE_HE_IS, args![CLIENT, UNIT]).await?;
    let number = NationalId::parse(LAWYER.2).map_err(|_| broken())?;
    let born = CivilDate::parse_iso(LAWYER.1).ok_or_else(broken)?;
    let there = known(ctx, LAWYER.0, born, Some(&number)).await?;
    let Some(client) = client.filter(|_| there.is_none()) else { return Ok(()) };
    let lawyer = arrive(&days_ago(ctx, 7), LAWYER.0, born, Some(&number)).await?;
    let inmate: Public<Inmate> = Public::parse(&client.public_id).ok_or_else(broken)?;
    register(ctx, &client, &inmate, (LAWYER.0, number)).await?;
    lawyers::freshen(&days_ago(ctx, 7), &lawyer).await?;
    soon(ctx, &lawyer, &inmate).await?;
    interpreter(ctx, &lawyer, &inmate).await
}

/// She has to have met him by noon in two days.
async fn soon(ctx: &Ctx, lawyer: &Citizen, inmate: &Public<Inmate>) -> Result<()> {
    let by = ctx.now().date().plus_days(2).0;
    let form = UrgentForm {
        reason: "deadline".to_owned(),
        way: "any".to_owned(),
        by_day: by.day().to_string(),
        by_month: by.month().to_string(),
        by_year: by.year().to_string(),
        clock: "12.00".to_owned(),
        ..UrgentForm::default()
    };
    let asked = urgent::ask(ctx, lawyer, (inmate, &ctx.chance.public()), &form).await?;
    asked.ok_or_else(broken)?.map_err(|_| broken())
}

/// On the last day that has a free room, so that the days at hand stay as they are.
async fn interpreter(ctx: &Ctx, lawyer: &Citizen, inmate: &Public<Inmate>) -> Result<()> {
    let free = counsel::rooms(ctx, lawyer, inmate).await?.ok_or_else(broken)?;
    let mut rooms = free.days.iter().rev().flat_map(|(_, rooms)| rooms);
    let Some(session) = rooms.find(|room| room.way == Way::Room) else { return Ok(()) };
    let booked = counsel::book(ctx, lawyer, inmate, &session.public, &ctx.chance.public()).await?;
    let visit = booked.ok_or_else(broken)?.map_err(|_| broken())?;
    let form = BringForm { what: "interpreter".to_owned(), detail: "polsk".to_owned() };
    let acting = Acting::from(lawyer);
    let asked = bringing::ask(ctx, &acting, &visit, &ctx.chance.public(), &form).await?;
    asked.ok_or_else(broken)?.map_err(|_| broken())
}

/// From the code that was sent to it being handed in. The code is read where it waits: it is too old to be sent any more.
async fn hand_in(then: &Ctx) -> Result<()> {
    let asked = Asked {
        purpose: Purpose::Write,
        reached: Reached::parse(WRITER.1, true).map_err(|_| broken())?,
        reference: None,
        network: None,
        locale: Locale::Nb,
    };
    let token = handin::ask(then, &asked).await?.ok_or_else(broken)?;
    let (payload,): (String,) = then.db.one(CODE, args![CODE_LETTER]).await?;
    let letter: CodeLetter = serde_json::from_str(&payload).map_err(|_| broken())?;
    let code = handin::code_sent(then, &letter).await?.ok_or_else(broken)?.code;
    let token = handin::open(then, asked.purpose, &token, &code).await?.map_err(|_| broken())?;
    if !handin::keep(then, &token, &written()).await? {
        return Err(broken());
    }
    match handin::hand_in(then, &token, Locale::Nb).await? {
        Handed::In => Ok(()),
        Handed::Wrong | Handed::TooMany | Handed::Ended => Err(broken()),
    }
}

fn written() -> HandInForm {
    let text = str::to_owned;
    HandInForm {
        name: text(WRITER.0),
        birth_day: text("4"),
        birth_month: text("2"),
        birth_year: text("1961"),
        country: text("Island"),
        address: text("Rypegata 1, 0001 Lyngmo"),
        email: text(WRITER.1),
        whom: text(CLIENT),
        unit: text(UNIT),
        relation: text("sibling"),
        read: text("yes"),
        ..HandInForm::default()
    }
}

pub const HANDED: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM hand_in";
pub const CODE: &str = "SELECT payload FROM outbox WHERE kind = $1 ORDER BY id DESC LIMIT 1";
pub const WHERE_HE_IS: &str = "SELECT i.id, i.public_id, p.unit_id, u.name AS unit_name FROM inmate i JOIN placement p \
    ON p.inmate_id = i.id AND p.ended_at IS NULL JOIN unit u ON u.id = p.unit_id WHERE i.name = $1 AND u.slug = $2 ORDER BY i.id LIMIT 1";
