//! `varde simulate`: a small synthetic prison service that tells this portal, over its API, what happens in it.

use std::{error::Error, time::Duration};

use backend::{
    ctx::Ctx,
    custody::public_units,
    demo::service::{Line, Service},
};
use domain::custody::Wire;
use serde_json::json;
use testid::Key;

use crate::sender;

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
}

/// Runs to the end of its hours.
pub async fn simulate(ctx: &Ctx, client: &reqwest::Client, pace: &Pace) -> Result<Tally, Failed> {
    let api = Api { ctx, client, key: sender::own(ctx)? };
    let units = public_units(ctx).await?.into_iter().map(|unit| unit.slug).collect();
    let mut service = Service::new(pace.seed, pace.inmates, units);
    for (key, wire) in service.register(ctx.now()) {
        api.put(&key, &serde_json::to_value(wire)?).await?;
    }
    let (mut line, mut tally) = (Line::new(pace.seed, pace.faults), Tally::default());
    for _ in 0..pace.hours {
        let wires = line.sends(service.hour(ctx.now()));
        api.send(&wires, &mut tally).await?;
        tokio::time::sleep(Duration::from_secs_f64(pace.hour_seconds.max(0.0))).await;
    }
    api.send(&line.rest(), &mut tally).await?;
    Ok(tally)
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
