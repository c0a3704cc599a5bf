//! What waits for one inside when the demo begins: a letter of a relative that has been let through, and one of his lawyer. By
//! the same commands as anybody.

use domain::{
    access::Role,
    identity::{MandateKind, NewMandate},
    kernel::{CivilDate, Locale, NationalId},
    messages::{ControlForm, WrittenForm},
};

use super::{
    arrive::{arrive, known},
    relatives::{Cleared, days_ago},
};
use crate::{
    Error, Result,
    ctx::{Ctx, Staff},
    identity::{lawyers, mandates},
    messages::{FormKey, counsel, exchange},
};

/// His lawyer: name, day of birth, synthetic number.
const LAWYER: (&str, &str, &str) = ("Torunn Vardheim", "1972-08-17", "17887230048");
/// Where he is: letters are read there, and shown to him on a screen.
const UNIT: &str = "Fjellheim fengsel";
const HERS: &str = "Hei!\nVi tenker på deg alle sammen. Hunden har fått valper. Hilsen fra oss hjemme.";
const OF_LAWYER: &str = "Hei. Saken er berammet. Jeg kommer innom fredag, så går vi gjennom papirene.";

/// Once, with the rest of the demo's people: where letters are on, and for somebody whom no visitor of the demo plays.
pub async fn seed(ctx: &Ctx, cleared: &[Cleared]) -> Result<()> {
    let (wrote, ruled) = (days_ago(ctx, 2), days_ago(ctx, 1));
    for one in cleared.iter().filter(|one| !one.persona && one.officer.unit_name == UNIT) {
        let pens = exchange::mine(&wrote, &one.who).await?;
        let Some(pen) = pens.into_iter().find(|pen| pen.open && pen.name == one.inmate) else { continue };
        if pen.last_at.is_none() {
            let letter = exchange::write(&wrote, &one.who, &pen.inmate, &form(ctx, HERS)).await?;
            let letter = letter.map_err(|_| broken())?;
            let controller = Staff { roles: vec![Role::MessageController], ..one.officer.clone() };
            let open = exchange::desk_letter(&ruled, &controller, &letter).await?;
            if let Some(open) = open.filter(|open| open.state == "in_control") {
                let through = ControlForm {
                    version: open.version.to_string(),
                    outcome: "release".into(),
                    ..ControlForm::default()
                };
                exchange::rule(&ruled, &controller, &letter, &through, Locale::Nb)
                    .await?
                    .map_err(|_| broken())?;
            }
        }
        return lawyer(ctx, one, &pen.inmate).await;
    }
    Ok(())
}

async fn lawyer(
    ctx: &Ctx,
    one: &Cleared,
    inmate: &domain::kernel::Public<crate::custody::inmates::Inmate>,
) -> Result<()> {
    let then = days_ago(ctx, 3);
    let (name, born, number) = LAWYER;
    let born = CivilDate::parse_iso(born).ok_or_else(broken)?;
    let number = || NationalId::parse(number).map_err(|_| broken());
    if known(&then, name, born, Some(&number()?)).await?.is_some() {
        return Ok(());
    }
    let who = arrive(&then, name, born, Some(&number()?)).await?;
    let today = then.now().date();
    let new = NewMandate {
        number: number()?,
        name: name.to_owned(),
        kind: MandateKind::Appointment,
        valid_from: today,
        valid_to: today.plus_days(365),
    };
    mandates::register(&then, &one.officer, inmate, new).await?.map_err(|_| broken())?;
    lawyers::freshen(&then, &who).await?;
    counsel::write(&then, &who, inmate, &form(ctx, OF_LAWYER)).await?.map_err(|_| broken())
}

fn form(ctx: &Ctx, words: &str) -> WrittenForm {
    let key: FormKey = ctx.chance.public();
    WrittenForm { key: key.to_string(), words: words.to_owned(), draft: String::new() }
}

fn broken() -> Error {
    Error::Broken("the demo's letters")
}
