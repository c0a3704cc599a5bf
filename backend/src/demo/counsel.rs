//! A lawyer of the demo and a client of hers: the mandate, a private room some days ahead, and what they have written over the last
//! days. One answer she has not
//! read, one message of hers has not been delivered.

use domain::{
    access::{Role, Unit},
    identity::{MandateKind, NewMandate},
    kernel::{CivilDate, Id, NationalId, Public},
    messages::WrittenForm,
};

use super::{
    arrive::{arrive, known},
    officer::{OFFICER_NAME, officer},
    relatives::days_ago,
};
use crate::{
    Error, Result, args,
    ctx::{Citizen, Ctx, Staff},
    custody::inmates::Inmate,
    identity::{lawyers, mandates},
    messages::{FormKey, Unsent, counsel, inside},
    visits::booking::counsel as rooms,
};

/// Name, birth date, number.
const LAWYER: (&str, &str, &str) = ("Ingrid Tindestrå", "1984-11-23", "23918414622");
const CLIENT: &str = "Even Fjellvik";

fn broken() -> Error {
    Error::Broken("the lawyer of the demo")
}

/// Adds them once; a client who has a lawyer is left as he is.
pub async fn seed(ctx: &Ctx) -> Result<()> {
    let (there,): (i64,) = ctx.db.one(MANDATES, args![CLIENT]).await?;
    let client: Option<ClientRow> = ctx.db.optional(INMATE, args![CLIENT]).await?;
    let Some(client) = client.filter(|_| there == 0) else { return Ok(()) };
    let number = NationalId::parse(LAWYER.2).map_err(|_| broken())?;
    let born = CivilDate::parse_iso(LAWYER.1).ok_or_else(broken)?;
    let lawyer = match known(ctx, LAWYER.0, born, Some(&number)).await? {
        Some(lawyer) => lawyer,
        None => arrive(ctx, LAWYER.0, born, Some(&number)).await?,
    };
    let inmate = Public::parse(&client.public_id).ok_or_else(broken)?;
    register(ctx, &client, &inmate, (LAWYER.0, number)).await?;
    lawyers::freshen(&days_ago(ctx, 7), &lawyer).await?;
    letters(ctx, &lawyer, &client.id, &inmate).await?;
    room(ctx, &lawyer, &inmate).await
}

/// She sees him in some days: the third of the days that have a free room.
async fn room(ctx: &Ctx, lawyer: &Citizen, inmate: &Public<Inmate>) -> Result<()> {
    let free = rooms::rooms(ctx, lawyer, inmate).await?.ok_or_else(broken)?;
    let Some(session) = free.days.get(2).and_then(|(_, rooms)| rooms.first()) else { return Ok(()) };
    let key = ctx.chance.public();
    let booked = rooms::book(ctx, lawyer, inmate, &session.public, &key).await?;
    booked.ok_or_else(broken)?.map(|_| ()).map_err(|_| broken())
}

#[derive(sqlx::FromRow)]
pub(super) struct ClientRow {
    id: String,
    pub public_id: String,
    unit_id: String,
    unit_name: String,
}

/// An officer of the unit has written down that she is appointed, a week ago.
pub(super) async fn register(
    ctx: &Ctx,
    client: &ClientRow,
    inmate: &Public<Inmate>,
    (name, number): (&str, NationalId),
) -> Result<()> {
    let staff = Staff {
        session: Id::new("demo"),
        staff: officer(ctx).await?,
        name: OFFICER_NAME.to_owned(),
        roles: vec![Role::CaseOfficer],
        units: vec![Id::<Unit>::new(client.unit_id.as_str())],
        unit_name: client.unit_name.clone(),
    };
    let today = ctx.now().date();
    let new = NewMandate {
        number,
        name: name.to_owned(),
        kind: MandateKind::Appointment,
        valid_from: today.plus_days(-7),
        valid_to: today.plus_days(180),
    };
    let done = mandates::register(&days_ago(ctx, 7), &staff, inmate, new).await?;
    done.map(|_| ()).map_err(|mandates::Hidden| broken())
}

async fn letters(ctx: &Ctx, lawyer: &Citizen, client: &str, inmate: &Public<Inmate>) -> Result<()> {
    let write = async |days: i64, words: &str| {
        let then = days_ago(ctx, days);
        let form = written(&then, words);
        counsel::write(&then, lawyer, inmate, &form).await?.map_err(|_: Unsent| broken())
    };
    write(6, "Hei. Jeg er oppnevnt som forsvareren din. Ankefristen er om fjorten dager.").await?;
    let (source, key): (String, String) = ctx.db.one(HIS_KEY, args![client]).await?;
    let inside = inside::enter(ctx, &source, &key).await?.ok_or_else(broken)?;
    let then = days_ago(ctx, 5);
    let there = counsel::feed(&then, &inside).await?.pop().ok_or_else(broken)?;
    let first = there.messages.first().ok_or_else(broken)?;
    let opened = counsel::acknowledge(&then, &inside, &there.public, &first.public, true).await?;
    opened.map_err(|_| broken())?;
    let then = days_ago(ctx, 4);
    let answer = written(&then, "Takk. Jeg vil anke. Kan vi snakke om det på mandag?");
    counsel::reply(&then, &inside, &there.public, &answer).await?.map_err(|_| broken())?;
    write(3, "Jeg kommer på mandag. Ta med papirene fra retten.").await
}

fn written(ctx: &Ctx, words: &str) -> WrittenForm {
    let key: FormKey = ctx.chance.public();
    WrittenForm { key: key.to_string(), words: words.to_owned(), draft: String::new() }
}

pub const MANDATES: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM mandate m JOIN inmate i ON i.id = m.inmate_id WHERE i.name = $1";
pub const HIS_KEY: &str =
    "SELECT source, key FROM inmate_key WHERE inmate_id = $1 ORDER BY source, key LIMIT 1";
pub const INMATE: &str = "SELECT i.id, i.public_id, p.unit_id, u.name AS unit_name FROM inmate i JOIN placement p \
    ON p.inmate_id = i.id AND p.ended_at IS NULL JOIN unit u ON u.id = p.unit_id WHERE i.name = $1 ORDER BY i.id LIMIT 1";
