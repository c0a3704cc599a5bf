//! The demo's service: invented places and people, so that whoever signs in sees it alive.
//! Never runs in production.

mod appeals;
mod appointed;
mod arrive;
mod asked;
mod assisted;
mod corrections;
mod counsel;
mod delegates;
mod documents;
mod homes;
mod inmates;
pub mod inside;
mod insight;
mod joined;
mod letters;
mod messages;
mod moved;
mod officer;
mod organisations;
mod pending;
mod personas;
mod relatives;
pub mod service;
#[cfg(test)]
mod tests;
mod times;
mod told;
mod trail;
mod victims;
mod visits;
mod waits;

pub(crate) use told::was_told;

use domain::kernel::Id;

use crate::{
    Result, args, audit,
    config::Environment,
    ctx::{Actor, Ctx},
    custody::{PublicUnit, put_unit},
};

/// slug, name, level, region, place, street. All invented; telephone numbers are from no real series.
const UNITS: [(&str, &str, &str, &str, &str, &str); 7] = [
    ("lyngmo", "Lyngmo fengsel", "high", "Øst", "Lyngmo", "Lyngmoveien 12"),
    ("storaasen", "Storåsen fengsel", "special_high", "Sør", "Storåsen", "Åsgata 4"),
    ("havvik", "Havvik fengsel", "lower", "Vest", "Havvik", "Strandvegen 31"),
    ("fjellheim", "Fjellheim fengsel", "high", "Nord", "Fjellheim", "Fjellveien 7"),
    ("bekkelund", "Bekkelund fengsel, kvinner", "lower", "Øst", "Bekkelund", "Bekkeveien 2"),
    ("intake", "Mottak for søknader", "intake", "Øst", "Lyngmo", "Lyngmoveien 12"),
    ("elvebakken", "Elvebakken overgangsbolig", "transitional", "Sørvest", "Elvebakken", "Elvegata 19"),
];

/// Seeds what is missing; running it again changes nothing.
pub async fn seed(ctx: &Ctx) -> Result<()> {
    if ctx.settings.environment != Environment::Demo {
        return Ok(());
    }
    for (n, (slug, name, level, region, place, street)) in UNITS.into_iter().enumerate() {
        let unit = PublicUnit {
            slug: slug.into(),
            name: name.into(),
            level: level.into(),
            region: region.into(),
            place: place.into(),
            address: format!("{street}, 00{:02} {place}", n + 1),
            phone: format!("+47 00 00 00 {:02}", n + 1),
            email: format!("{slug}@varde.example"),
            travel: format!(
                "Buss 10 fra {place} sentrum stopper ved porten. Det er parkering foran inngangen."
            ),
        };
        put_unit(ctx, unit).await?;
    }
    inmates::seed(ctx).await?;
    times::seed(ctx).await?;
    messages::seed(ctx).await
}

/// Relatives and their visits over the last and the next weeks; for a service that people look at, not for tests.
pub async fn live(ctx: &Ctx) -> Result<()> {
    if ctx.settings.environment != Environment::Demo {
        return Ok(());
    }
    inside::name(ctx).await?;
    let (whole,): (i64,) = ctx.db.one(WHOLE, args![WHOLE_NOW.0, WHOLE_NOW.1]).await?;
    if whole > 0 {
        return Ok(());
    }
    let cleared = relatives::seed(ctx, relatives::ALL).await?;
    visits::seed(ctx, &cleared).await?;
    waits::seed(ctx, &cleared).await?;
    joined::seed(ctx, &cleared).await?;
    asked::seed(ctx, &cleared).await?;
    letters::seed(ctx, &cleared).await?;
    moved::seed(ctx).await?;
    appeals::seed(ctx).await?;
    corrections::seed(ctx).await?;
    assisted::seed(ctx).await?;
    documents::seed(ctx).await?;
    victims::seed(ctx).await?;
    counsel::seed(ctx).await?;
    appointed::seed(ctx).await?;
    delegates::seed(ctx).await?;
    organisations::seed(ctx).await?;
    pending::seed(ctx).await?;
    homes::seed(ctx).await?;
    trail::seed(ctx).await?;
    insight::seed(ctx).await?;
    let entry = audit::Entry::new(ctx, &Actor::System, "demo_seeded");
    audit::record(ctx, entry.about(WHOLE_NOW.0, &Id::<()>::new(WHOLE_NOW.1))).await
}

/// A year of figures: without them a page of figures has nothing to show.
pub async fn figures(ctx: &Ctx) -> Result<()> {
    if ctx.settings.environment != Environment::Demo {
        return Ok(());
    }
    insight::seed(ctx).await
}

/// Subject of the trace that the last step of `live` leaves: with it the next start asks one question and is done,
/// and what visitors of the demo have changed since stays as they left it.
const WHOLE_NOW: (&str, &str) = ("demo", "people");
pub const WHOLE: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE subject_kind = $1 AND subject_id = $2";
