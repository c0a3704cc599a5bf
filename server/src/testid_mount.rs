//! The demo's providers, in the same process under `/testid/{citizen,staff,machine}`. Never in production.

use std::sync::{Arc, OnceLock};

use axum::Router;
use backend::{config::OidcClient, ctx::Ctx, oidc::ClientKeys};
use domain::access::Area;
use secrecy::ExposeSecret;
use testid::{Client, Config, Key, KeyError, Kind, MachineConfig};

use crate::sender;

/// One key a provider for the whole process: making one takes a tenth of a second, and the servers of one process may share them.
static KEYS: [OnceLock<Key>; 4] = [const { OnceLock::new() }; 4];
const OF_MACHINES: usize = 3;

fn key_of(provider: usize) -> Result<Key, KeyError> {
    if let Some(key) = KEYS[provider].get() {
        return Ok(key.clone());
    }
    let made = Key::generate()?;
    Ok(KEYS[provider].get_or_init(|| made).clone())
}

/// The providers that the settings point at, if they are ours; else an empty router.
pub fn router(ctx: &Ctx, http: &reqwest::Client) -> Router {
    let mut router = Router::new();
    let areas = [
        (Area::Citizen, Kind::Citizen, &ctx.settings.oidc.citizen),
        (Area::Staff, Kind::Staff, &ctx.settings.oidc.staff),
        (Area::Victim, Kind::Citizen, &ctx.settings.oidc.victim),
    ];
    for (n, (area, kind, client)) in areas.into_iter().enumerate() {
        if !ctx.settings.uses_testid(area) {
            continue;
        }
        match key_of(n) {
            Ok(key) => {
                let provider = testid::router(config(ctx, http, (area, kind, client), key));
                router = router.nest(&format!("/testid/{}", area.code()), provider);
            }
            Err(error) => tracing::error!(%error, "TestID cannot be started"),
        }
    }
    router.merge(machines(ctx))
}

/// The machines' provider, if the settings point at ours: it knows the demo's own sender.
fn machines(ctx: &Ctx) -> Router {
    let settings = &ctx.settings.maskinporten;
    let Some(path) = settings.demo_key_file.as_deref().filter(|_| ctx.settings.uses_test_machines()) else {
        return Router::new();
    };
    let keys = sender::key(path).map_err(|error| error.to_string());
    let keys =
        keys.and_then(|own| key_of(OF_MACHINES).map(|key| (own, key)).map_err(|error| error.to_string()));
    match keys {
        Ok((own, key)) => {
            let (clock, chance) = (ctx.clock.clone(), ctx.chance.clone());
            let provider = testid::machine_router(MachineConfig {
                issuer: settings.issuer.clone(),
                machines: sender::machine(ctx, &own).into_iter().collect(),
                clock: Arc::new(move || clock.now().micros() / 1_000_000),
                random: Arc::new(move |bytes| chance.fill(bytes)),
                key,
            });
            Router::new().nest("/testid/machine", provider)
        }
        Err(error) => {
            tracing::error!(error, "TestID cannot be started for machines");
            Router::new()
        }
    }
}

fn config(
    ctx: &Ctx,
    http: &reqwest::Client,
    (area, kind, client): (Area, Kind, &OidcClient),
    key: Key,
) -> Config {
    let (base, http) = (&ctx.settings.server.base_url, http.clone());
    let keys = ClientKeys::read(&client.signing_key_files).unwrap_or_default();
    let at = |end: &str| format!("{base}/auth/{}/{end}", area.code());
    let (clock, chance) = (ctx.clock.clone(), ctx.chance.clone());
    Config {
        issuer: client.issuer.clone(),
        kind,
        clients: vec![Client {
            id: client.client_id.clone(),
            secret: keys.is_empty().then(|| client.client_secret.expose_secret().to_owned()),
            keys: keys.jwks()["keys"].as_array().cloned().unwrap_or_default(),
            redirect_uris: vec![at("callback")],
            post_logout_redirect_uris: vec![format!("{base}/")],
            frontchannel_logout_uri: Some(at("front-channel")),
            backchannel_logout_uri: Some(at("back-channel")),
        }],
        clock: Arc::new(move || clock.now().micros() / 1_000_000),
        random: Arc::new(move |bytes| chance.fill(bytes)),
        post: Arc::new(move |url, body| Box::pin(tell(http.clone(), url, body))),
        key,
    }
}

/// One attempt, as ID-porten makes.
async fn tell(http: reqwest::Client, url: String, body: String) {
    let form = (http::header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    if let Err(error) = http.post(url).header(form.0, form.1).body(body).send().await {
        tracing::warn!(%error, "a relying party could not be told of a sign-out");
    }
}
