//! A small synthetic prison service that tells this portal, over its API, what happens in it, and the inmates at their own
//! end of their letters: `varde simulate`, and the demo as long as it is served.

mod inmates;

use std::{error::Error, time::Duration};

use backend::{
    ctx::Ctx,
    custody::public_units,
    demo::service::{Line, Service},
};
use domain::custody::Wire;
use serde_json::json;
use testid::Key;
use tokio::sync::watch;

use crate::sender;
use inmates::Inside;

/// How the service goes.
#[derive(clap::Args, Clone, Debug)]
pub struct Pace {
    /// The same seed is the same service.
    #[arg(long, default_value_t = 7)]
    pub seed: u64,
    #[arg(long, default_value_t = 40)]
    pub inmates: u32,
    /// Simulated hours in all.
    #[arg(long, default_value_t = 24)]
    pub hours: i64,
    /// Seconds that an hour takes.
    #[arg(long, default_value_t = 1.0)]
    pub hour_seconds: f64,
    /// Percent of the items that come twice, late or in a burst.
    #[arg(long, default_value_t = 10)]
    pub faults: u64,
}

type Failed = Box<dyn Error + Send + Sync>;

/// What was sent, and what came back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub sent: usize,
    pub accepted: usize,
    pub refused: usize,
    /// Letters that inmates have opened.
    pub opened: usize,
    /// Letters that inmates have written.
    pub answered: usize,
}

/// Runs to the end of its hours.
pub async fn simulate(ctx: &Ctx, client: &reqwest::Client, pace: &Pace) -> Result<Tally, Failed> {
    let mut play = Play::begin(ctx, client, pace).await?;
    for _ in 0..pace.hours {
        play.hour().await?;
        tokio::time::sleep(Duration::from_secs_f64(pace.hour_seconds.max(0.0))).await;
    }
    play.ends().await
}

/// The demo's prison service, as long as the demo is served. What fails is said and tried no more in this round: it is a
/// play, and the portal does not wait for it.
pub async fn go_on(ctx: &Ctx, client: &reqwest::Client, mut stop: watch::Receiver<bool>) {
    let seconds = ctx.settings.demo.hour_seconds;
    if !ctx.settings.is_demo() || seconds == 0 {
        return;
    }
    // Each start tells a story of its own about the same few inmates.
    let seed = u64::try_from(ctx.now().micros()).unwrap_or_default();
    let pace = Pace { seed, inmates: 8, hours: 0, hour_seconds: 0.0, faults: 10 };
    let mut play = match Play::begin(ctx, client, &pace).await {
        Ok(play) => play,
        Err(error) => return tracing::warn!(%error, "the demo's prison service does not start"),
    };
    while !*stop.borrow() {
        if let Err(error) = play.hour().await {
            tracing::warn!(%error, "the demo's prison service was not heard");
        }
        tokio::select! {
            () = tokio::time::sleep(Duration::from_secs(seconds)) => {}
            _ = stop.changed() => {}
        }
    }
}

/// A service that goes its way, the line it speaks over, and what came of it.
struct Play<'a> {
    api: Api<'a>,
    service: Service,
    line: Line,
    inside: Inside<'a>,
    tally: Tally,
}

impl<'a> Play<'a> {
    async fn begin(ctx: &'a Ctx, client: &'a reqwest::Client, pace: &Pace) -> Result<Self, Failed> {
        let api = Api { ctx, client, key: sender::own(ctx)? };
        let units = public_units(ctx).await?.into_iter().map(|unit| unit.slug).collect();
        let service = Service::new(pace.seed, pace.inmates, units);
        for (key, wire) in service.register(ctx.now()) {
            api.put(&key, &serde_json::to_value(wire)?).await?;
        }
        let line = Line::new(pace.seed, pace.faults);
        let inside = Inside::begin(ctx, client, pace.seed).await?;
        Ok(Self { api, service, line, inside, tally: Tally::default() })
    }

    async fn hour(&mut self) -> Result<(), Failed> {
        let wires = self.line.sends(self.service.hour(self.api.ctx.now()));
        self.api.send(&wires, &mut self.tally).await?;
        self.inside.hour(&mut self.tally).await
    }

    async fn ends(mut self) -> Result<Tally, Failed> {
        self.api.send(&self.line.rest(), &mut self.tally).await?;
        Ok(self.tally)
    }
}

struct Api<'a> {
    ctx: &'a Ctx,
    client: &'a reqwest::Client,
    key: Key,
}

impl Api<'_> {
    async fn call(
        &self,
        request: reqwest::RequestBuilder,
        body: &serde_json::Value,
    ) -> Result<serde_json::Value, Failed> {
        let token = sender::token(self.ctx, self.client, &self.key).await?;
        let answer = request.bearer_auth(token).json(body).send().await?;
        let (status, text) = (answer.status(), answer.text().await?);
        if !status.is_success() {
            return Err(format!("the API answered {status}: {text}").into());
        }
        Ok(serde_json::from_str(&text)?)
    }

    fn at(&self, path: &str) -> String {
        format!("{}/api/v1/{path}", self.ctx.settings.server.base_url)
    }

    async fn put(&self, key: &str, body: &serde_json::Value) -> Result<(), Failed> {
        self.call(self.client.put(self.at(&format!("inmates/{key}"))), body).await.map(|_| ())
    }

    /// A thousand at a time.
    async fn send(&self, wires: &[Wire], tally: &mut Tally) -> Result<(), Failed> {
        for batch in wires.chunks(1_000) {
            let answer =
                self.call(self.client.post(self.at("custody-events")), &json!({ "events": batch })).await?;
            let results = answer["results"].as_array().map(Vec::as_slice).unwrap_or_default();
            let accepted = results.iter().filter(|result| result["outcome"] == "accepted").count();
            tally.sent += batch.len();
            tally.accepted += accepted;
            tally.refused += results.len() - accepted;
        }
        Ok(())
    }
}
