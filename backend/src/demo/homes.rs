//! A case of the demo about serving at home: one who lives there has consented, one has not answered yet.

use domain::{
    access::{Level, Role},
    consents::{AnswerForm, Dwelling, HomeForm, PersonForm},
    kernel::{CivilDate, Id, Locale, NationalId},
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
};

/// Name, birth date, number, address for mail.
const AT_HOME: [(&str, &str, &str, &str); 2] = [
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
        consents::add(&then, &staff, &case, &form).await?.map_err(|_| broken())?;
    }
    let facts = Change::Facts { dwelling: Dwelling::Suitable, children: "to_hear" };
    consents::change(&days_ago(ctx, 4), &staff, &case, 1, facts).await?.map_err(|_| broken())?;
    consented(&days_ago(ctx, 2)).await
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

/// The first of them says yes.
async fn consented(then: &Ctx) -> Result<()> {
    let (name, born, number, _) = AT_HOME[0];
    let number = NationalId::parse(number).map_err(|_| broken())?;
    let born = CivilDate::parse_iso(born).ok_or_else(broken)?;
    let who = match known(then, name, born, Some(&number)).await? {
        Some(who) => who,
        None => arrive(then, name, born, Some(&number)).await?,
    };
    let who = Citizen { level: Level::High, fresh_until: Some(then.now().plus_minutes(10)), ..who };
    let asked = consents::mine(then, &who).await?.pop().ok_or_else(broken)?.public;
    let text = Text::on(then, Locale::Nb, then.now().date()).await?;
    let key: FormKey = then.chance.public();
    let form =
        AnswerForm { key: key.to_string(), answer: "yes".into(), text: text.sha256, read: "yes".into() };
    consents::answer(then, &who, &asked, &form, Locale::Nb).await?.map_err(|_| broken())
}

pub const HOMES: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM home_case";
