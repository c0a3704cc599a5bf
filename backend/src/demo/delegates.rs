//! A lawyer of the demo has a delegate, who has said yes and has booked a room for her; another has not answered yet.

use domain::{
    kernel::{CivilDate, NationalId},
    messages::NewDelegate,
};

use super::{
    arrive::{arrive, known},
    relatives::days_ago,
};
use crate::{
    Error, Result,
    ctx::{Citizen, Ctx},
    identity::delegates::{self, Acting, FormKey},
    visits::booking::counsel::{self, Wish},
};

/// Name, birth date, number: she who has a client since the demo's letters, and who books for her.
const LAWYER: (&str, &str, &str) = ("Torunn Vardheim", "1972-08-17", "17887230048");
const DELEGATE: (&str, &str, &str) = ("Siv Bekkasin", "1998-03-14", "14839810521");
const FIRM: &str = "Advokatfirmaet Vardheim";

fn broken() -> Error {
    Error::Broken("the delegate of the demo")
}

/// Once; without a client there is nothing to do for her.
pub async fn seed(ctx: &Ctx) -> Result<()> {
    let then = days_ago(ctx, 2);
    let lawyer = person(ctx, LAWYER).await?;
    let clients = delegates::clients(ctx, &lawyer).await?;
    if clients.is_empty() || !delegates::mine(ctx, &lawyer).await?.is_empty() {
        return Ok(());
    }
    let ids: Vec<String> = clients.iter().map(|client| client.inmate.to_string()).collect();
    let new = |name: &str, label: &str| NewDelegate {
        name: name.to_owned(),
        label: label.to_owned(),
        firm: FIRM.to_owned(),
        clients: ids.clone(),
        valid_to: ctx.now().date().plus_days(180),
    };
    let key: FormKey = ctx.chance.public();
    let named = delegates::name(&then, &lawyer, &key, &new("Siv Bekkasin", "advokatfullmektig")).await?;
    let (delegation, code) = named.map_err(|_| broken())?;
    let siv = person(ctx, DELEGATE).await?;
    delegates::open(&then, &siv, code.expose()).await?.map_err(|_| broken())?;
    delegates::answer(&then, &siv, &delegation, true).await?.map_err(|_| broken())?;
    let key: FormKey = ctx.chance.public();
    delegates::name(ctx, &lawyer, &key, &new("Resepsjonen", "sekretær")).await?.map_err(|_| broken())?;
    let inmate = &clients[0].inmate;
    let acting = Acting::under(&siv, delegation);
    let free = counsel::rooms(ctx, acting.clone(), inmate).await?.ok_or_else(broken)?;
    let Some(session) = free.days.get(3).and_then(|(_, rooms)| rooms.first()) else { return Ok(()) };
    let wish = Wish {
        inmate: inmate.clone(),
        session: session.public.clone(),
        key: ctx.chance.public(),
        instead: None,
        with: vec![],
    };
    let booked = counsel::book_under(ctx, acting, wish).await?.ok_or_else(broken)?;
    booked.map(|_| ()).map_err(|_| broken())
}

async fn person(ctx: &Ctx, (name, born, number): (&str, &str, &str)) -> Result<Citizen> {
    let number = NationalId::parse(number).map_err(|_| broken())?;
    let born = CivilDate::parse_iso(born).ok_or_else(broken)?;
    match known(ctx, name, born, Some(&number)).await? {
        Some(who) => Ok(who),
        None => arrive(ctx, name, born, Some(&number)).await,
    }
}
