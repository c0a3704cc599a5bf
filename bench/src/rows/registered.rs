//! Whether time tells that a victim is registered (T9): events, a relative's page and an officer's, at two inmates who differ
//! in nothing else.

use std::{path::Path, time::Instant};

use backend::{
    args,
    ctx::Ctx,
    identity::arrival::{Arrival, welcome},
    notices::ladder::ChannelKind,
    visits::booking::testing::{Stage as Visits, Whom},
};
use domain::access::{Area, Level, Role};
use serde_json::json;
use server::{open::http, sender};

use super::{
    notices::{events, sqlite, stage},
    timing::{self, Look, welch_row},
};
use crate::{
    Failure, booking,
    process::Portal,
    report::{Row, Target},
    stats::{Ratio, median, welch},
};

/// Events of each world over HTTP, and looks of staff, which are written down before.
const EVENTS: usize = 500;
const STAFF_LOOKS: usize = 1_000;

const CASE: &str = "SELECT public_id FROM application WHERE person_id = $1 AND state <> 'decided'";

/// Two inmates who differ in nothing but that somebody is registered in the case of the one.
pub async fn rows(folder: &Path, table: &Path) -> Result<Vec<Row>, Failure> {
    let database = sqlite(folder, "registered.db");
    let ctx = booking::ctx(&database).await?;
    stage(&ctx).await?.crowd_by("Even Fjellvik", "A", 1, &[ChannelKind::Sms]).await;
    // A standing yes would be an obligation each: here the officer is asked, as she mostly is.
    ctx.db.write(backend::testing::Raw("DELETE FROM notice_standing")).await?;
    let (relatives, staff) = looks(&ctx).await?;
    ctx.db.close().await;
    let portal = Portal::start(folder, &database, table).await?;
    let base = &portal.process.base;
    let of = "an inmate whose victim is registered, one without";
    let [with, without] = &relatives;
    let page = welch_row(base, "T9.relative", of, timing::LOOKS, with, without).await?;
    let [with, without] = &staff;
    let desk = welch_row(base, "T9.staff", of, STAFF_LOOKS, with, without).await?;
    let over = [("VARDE_SERVER__BASE_URL", base.as_str())];
    let ctx = booking::ctx_with(&database, &over).await?;
    let event = told(&ctx, base).await?;
    ctx.db.close().await;
    Ok(vec![event, page, desk])
}

/// The case of each as its relative sees it, and as an officer does.
async fn looks(ctx: &Ctx) -> Result<([Look; 2], [Look; 2]), Failure> {
    let unit: (String,) = ctx.db.one("SELECT id FROM unit WHERE slug = 'benken'", args![]).await?;
    let visits = Visits::new(ctx, domain::kernel::Id::new(unit.0)).await;
    let (site, mut cases) = (booking::site(ctx)?, Vec::new());
    for (who, name) in visits.crowd(2, Whom::OneEach).await.into_iter().zip(["Even", "Jens"]) {
        let whom = format!("name={name}+Fjellvik&birth_day=3&birth_month=2&birth_year=1990");
        timing::applies(&site, &who, &whom).await?;
        let (case,): (String,) = ctx.db.one(CASE, args![&who.citizen.person]).await?;
        cases.push((format!("varde_citizen={}", who.cookie), case));
    }
    let officer = format!("varde_staff={}", welcome(ctx, officer(ctx)).await?);
    let relative =
        |n: usize| Look { cookie: cases[n].0.clone(), path: format!("/visits/clearances/{}", cases[n].1) };
    let staff =
        |n: usize| Look { cookie: officer.clone(), path: format!("/staff/clearances/{}", cases[n].1) };
    Ok(([relative(0), relative(1)], [staff(0), staff(1)]))
}

fn officer(ctx: &Ctx) -> Arrival {
    Arrival {
        area: Area::Staff,
        issuer: "bench".into(),
        subject: "officer".into(),
        sid: None,
        number: None,
        name: "Sunniva Kvitveis".into(),
        birth_date: None,
        level: Level::High,
        fresh_at: Some(ctx.now()),
        roles: vec![Role::CaseOfficer],
        units: vec!["benken".into(), "intake".into()],
        id_token: String::new(),
        previous: None,
    }
}

/// An event at the one and at the other in turn, as the case system sends them.
async fn told(ctx: &Ctx, base: &str) -> Result<Row, Failure> {
    let (client, key) = (http()?, sender::own(ctx)?);
    let (mut token, mut with, mut without) = (String::new(), Vec::new(), Vec::new());
    for n in 0..EVENTS {
        if n % 100 == 0 {
            // It is good for two minutes.
            token = sender::token(ctx, &client, &key).await?;
        }
        let order = if n % 2 == 0 { ["K-1", "K-2"] } else { ["K-2", "K-1"] };
        for inmate in order {
            let wire = &events(n, inmate)[0];
            let request = client.post(format!("{base}/api/v1/custody-events")).bearer_auth(&token);
            let request = request.json(&json!({ "events": [wire] }));
            let start = Instant::now();
            let answer = request.send().await?.error_for_status()?.text().await?;
            let took = start.elapsed().as_secs_f64() * 1e6;
            if !answer.contains("\"accepted\"") {
                return Err(format!("an event was not accepted: {answer}").into());
            }
            if inmate == "K-1" { with.push(took) } else { without.push(took) }
        }
    }
    let t = welch(&with, &without).abs();
    let beside = format!("{:.0} µs, {:.0} µs", median(&with), median(&without));
    let what = format!(
        "Welch's |t| of {EVENTS} events each, over HTTP: an inmate whose victim is registered, one without"
    );
    Ok(Row::new("T9.event", &what, Ratio { ratio: t, low: t, high: t }, Target::AtMost(4.5), beside))
}
