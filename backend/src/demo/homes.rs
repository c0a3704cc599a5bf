//! Consents of the demo: of two at home one has said yes and one has not answered yet; the father of a child has said yes.

use domain::{
    access::{Level, Role},
    consents::{AnswerForm, Dwelling, HomeForm, ParentForm, PersonForm},
    kernel::{CivilDate, Id, Locale, NationalId, Public},
};

use super::{
    arrive::{arrive, known},
    officer::{OFFICER_NAME, officer},
    relatives::days_ago,
};
use crate::{
    Error, Result, args,
    consents::{self, Change, FormKey, Text},
    ctx::{Citizen, Ctx, Staff},
    identity::arrival::UNIT_BY_SLUG,
    wiring::{TheHouse, ask_parent},
};

/// Name, birth date, number, address for mail.
type Synthetic = (&'static str, &'static str, &'static str, &'static str);

const FATHER: Synthetic = ("Eirik Fjellvik", "1989-08-02", "02888933193", "eirik@eksempel.no");
const AT_HOME: [Synthetic; 2] = [
    ("Runa Blåveisli", "1988-09-07", "07898817649", "runa@eksempel.no"),
    ("Maja Fjellvik", "1991-03-14", "14839121866", "maja@eksempel.no"),
];

fn broken() -> Error {
    Error::Broken("the home of the demo")
}

/// Once: where there is a case, nothing is added.
pub async fn seed(ctx: &Ctx) -> Result<()> {
    let (there,): (i64,) = ctx.db.one(HOMES, args![]).await?;
    if there > 0 {
        return Ok(());
    }
    let then = days_ago(ctx, 6);
    let staff = staff(ctx).await?;
    let key: FormKey = ctx.chance.public();
    let by = then.now().date().plus_days(21).iso();
    let mut parts = by.split('-').map(str::to_owned);
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    let form = HomeForm {
        name: "Nils Holmefjær".into(),
        address: "Skogstien 4, 0001 Lyngmo".into(),
        answer_by: [day, month, year].map(Option::unwrap_or_default),
    };
    let case = consents::open(&then, &staff, key.as_str(), &form).await?.map_err(|_| broken())?;
    for (name, _, number, email) in AT_HOME {
        let form = PersonForm { number: number.into(), name: name.into(), email: email.into() };
        consents::add(&then, &staff, &case, &form, TheHouse).await?.map_err(|_| broken())?;
    }
    let facts = Change::Facts { dwelling: Dwelling::Suitable, children: "to_hear" };
    consents::change(&days_ago(ctx, 4), &staff, &case, 1, facts, TheHouse).await?.map_err(|_| broken())?;
    consented(&days_ago(ctx, 2), AT_HOME[0]).await?;
    child(ctx, &staff).await
}

/// Ask comes along with his mother, and his father has said yes.
async fn child(ctx: &Ctx, staff: &Staff) -> Result<()> {
    let then = days_ago(ctx, 40);
    let Some((clearance, unit)) = then.db.optional::<(String, String)>(ASK, args![]).await? else {
        return Ok(());
    };
    let officer = Staff { units: vec![Id::new(unit)], ..staff.clone() };
    let (name, _, number, email) = FATHER;
    let by = then.now().date().plus_days(21).iso();
    let mut parts = by.split('-').map(str::to_owned);
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    let form = ParentForm {
        person: PersonForm { number: number.into(), name: name.into(), email: email.into() },
        answer_by: [day, month, year].map(Option::unwrap_or_default),
    };
    let key: FormKey = ctx.chance.public();
    let clearance = Public::parse(&clearance).ok_or_else(broken)?;
    ask_parent(&then, &officer, key.as_str(), &clearance, &form).await?.map_err(|_| broken())?;
    consented(&days_ago(ctx, 38), FATHER).await
}

async fn staff(ctx: &Ctx) -> Result<Staff> {
    let (unit,): (String,) = ctx.db.one(UNIT_BY_SLUG, args!["lyngmo"]).await?;
    Ok(Staff {
        session: Id::new("demo"),
        staff: officer(ctx).await?,
        name: OFFICER_NAME.to_owned(),
        roles: vec![Role::CaseOfficer],
        units: vec![Id::new(unit)],
        unit_name: "Lyngmo fengsel".to_owned(),
    })
}

/// One of them says yes.
async fn consented(then: &Ctx, (name, born, number, _): Synthetic) -> Result<()> {
    let number = NationalId::parse(number).map_err(|_| broken())?;
    let born = CivilDate::parse_iso(born).ok_or_else(broken)?;
    let who = match known(then, name, born, Some(&number)).await? {
        Some(who) => who,
        None => arrive(then, name, born, Some(&number)).await?,
    };
    let who = Citizen { level: Level::High, fresh_until: Some(then.now().plus_minutes(10)), ..who };
    let asked = consents::mine(then, &who).await?.pop().ok_or_else(broken)?;
    let text = Text::on(then, asked.kind, Locale::Nb, then.now().date()).await?;
    let key: FormKey = then.chance.public();
    let form =
        AnswerForm { key: key.to_string(), answer: "yes".into(), text: text.sha256, read: "yes".into() };
    consents::answer(then, &who, &asked.public, &form, Locale::Nb, TheHouse).await?.map_err(|_| broken())
}

pub const ASK: &str = "SELECT c.public_id, c.unit_id FROM clearance c JOIN application a ON a.id = c.application_id \
    JOIN person p ON p.id = c.person_id JOIN person q ON q.id = a.person_id WHERE c.child = 1 \
    AND c.outcome = 'granted' AND p.name = 'Ask Fjellvik' AND q.name = 'Maja Fjellvik' ORDER BY c.id LIMIT 1";
pub const HOMES: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM consent_case";
