//! A child welfare service of the demo that the unit has cleared: it meets one inmate, has booked a room, and waits for an answer about another.

use domain::{
    access::{Role, Unit},
    kernel::{CivilDate, Id, NationalId, Public},
    visits::organisations::{AskForm, RegisterForm, TaskForm},
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
    identity::delegates::{Acting, Right},
    visits::{
        booking::counsel::{self, Wish},
        organisations::{self, Registered},
    },
};

/// Name, birth date, number.
const PERSON: (&str, &str, &str) = ("Tone Hvitveis", "1980-05-21", "21858031238");
const NAME: &str = "Fjellbygda barneverntjeneste";
/// Of no real organisation.
const NUMBER: &str = "810000007";
const UNIT: &str = "lyngmo";
const MEETS: &str = "Even Steinsvik";
const ASKS_FOR: &str = "Iver Lyngdal";

fn broken() -> Error {
    Error::Broken("the organisation of the demo")
}

/// Once.
pub async fn seed(ctx: &Ctx) -> Result<()> {
    let then = days_ago(ctx, 6);
    let tone = person(ctx).await?;
    if !organisations::mine(ctx, &tone).await?.is_empty() {
        return Ok(());
    }
    let staff = staff(ctx).await?;
    let done = organisations::register(&then, &staff, &form(ctx)).await?;
    let Ok(Registered::Done(of)) = done else { return Err(broken()) };
    let Some((public,)) = ctx.db.optional::<(String,)>(INMATE, args![MEETS]).await? else { return Ok(()) };
    let inmate = Public::<Inmate>::parse(&public).ok_or_else(broken)?;
    let [to_day, to_month, to_year] = last(ctx);
    let task = TaskForm { to_day, to_month, to_year, ..TaskForm::default() };
    let written = organisations::write_task(&then, &staff, (&of, &inmate), &task).await?;
    written.map_err(|_| broken())?.map_err(|_| broken())?;
    let asks = AskForm {
        unit: UNIT.to_owned(),
        name: ASKS_FOR.to_owned(),
        why: "Samtale om samvær med barnet.".to_owned(),
        ..AskForm::default()
    };
    let asked = organisations::ask(&days_ago(ctx, 1), &tone, (&of, &ctx.chance.public()), &asks).await?;
    asked.map_err(|_| broken())?.map_err(|_| broken())?;
    book(ctx, Acting { who: tone, right: Right::Organisation(of) }, inmate).await
}

/// She sees him on the fourth of the days that have a free room.
async fn book(ctx: &Ctx, acting: Acting, inmate: Public<Inmate>) -> Result<()> {
    let free = counsel::rooms(ctx, acting.clone(), &inmate).await?.ok_or_else(broken)?;
    let Some(session) = free.days.get(3).and_then(|(_, rooms)| rooms.first()) else { return Ok(()) };
    let (session, key) = (session.public.clone(), ctx.chance.public());
    let wish = Wish { inmate, session, key, instead: None, with: vec![] };
    let booked = counsel::book_under(ctx, acting, wish).await?.ok_or_else(broken)?;
    booked.map(|_| ()).map_err(|_| broken())
}

async fn staff(ctx: &Ctx) -> Result<Staff> {
    let (unit, unit_name): (String, String) = ctx.db.one(UNIT_OF, args![UNIT]).await?;
    Ok(Staff {
        session: Id::new("demo"),
        staff: officer(ctx).await?,
        name: OFFICER_NAME.to_owned(),
        roles: vec![Role::CaseOfficer],
        units: vec![Id::<Unit>::new(unit)],
        unit_name,
    })
}

fn form(ctx: &Ctx) -> RegisterForm {
    let [to_day, to_month, to_year] = last(ctx);
    let text = str::to_owned;
    RegisterForm {
        unit: text(UNIT),
        organisation: text(NUMBER),
        name: text(NAME),
        kind: text("child_welfare"),
        watch: text("none"),
        to_day,
        to_month,
        to_year,
        contact: text(PERSON.0),
        number: text(PERSON.2),
    }
}

/// The last day of all of it, as it is typed.
fn last(ctx: &Ctx) -> [String; 3] {
    parts(ctx.now().date().plus_days(300))
}

fn parts(day: CivilDate) -> [String; 3] {
    let iso = day.iso();
    let mut parts = iso.split('-').map(str::to_owned);
    let [year, month, day] = std::array::from_fn(|_| parts.next().unwrap_or_default());
    [day, month, year]
}

async fn person(ctx: &Ctx) -> Result<Citizen> {
    let (name, born, number) = PERSON;
    let number = NationalId::parse(number).map_err(|_| broken())?;
    let born = CivilDate::parse_iso(born).ok_or_else(broken)?;
    match known(ctx, name, born, Some(&number)).await? {
        Some(who) => Ok(who),
        None => arrive(ctx, name, born, Some(&number)).await,
    }
}

pub const INMATE: &str = "SELECT public_id FROM inmate WHERE name = $1 ORDER BY id LIMIT 1";
pub const UNIT_OF: &str = "SELECT id, name FROM unit WHERE slug = $1";
