//! The demo's sign-in provider, in the same process under `/testid/{citizen,staff}`. Never in production.

use std::sync::Arc;

use axum::Router;
use backend::{config::OidcClient, ctx::Ctx};
use domain::access::Area;
use secrecy::ExposeSecret;
use testid::{Client, Config, Key, Kind};

/// The providers that the settings point at, if they are ours; else an empty router.
pub fn router(ctx: &Ctx) -> Router {
    let mut router = Router::new();
    let areas = [
        (Area::Citizen, Kind::Citizen, &ctx.settings.oidc.citizen),
        (Area::Staff, Kind::Staff, &ctx.settings.oidc.staff),
    ];
    for (area, kind, client) in areas {
        if !ctx.settings.uses_testid(area) {
            continue;
        }
        match Key::generate() {
            Ok(key) => {
                let provider = testid::router(config(ctx, area, kind, client, key));
                router = router.nest(&format!("/testid/{}", area.code()), provider);
            }
            Err(error) => tracing::error!(%error, "TestID cannot be started"),
        }
    }
    router
}

fn config(ctx: &Ctx, area: Area, kind: Kind, client: &OidcClient, key: Key) -> Config {
    let base = &ctx.settings.server.base_url;
    let (clock, chance) = (ctx.clock.clone(), ctx.chance.clone());
    Config {
        issuer: client.issuer.clone(),
        kind,
        clients: vec![Client {
            id: client.client_id.clone(),
            secret: Some(client.client_secret.expose_secret().to_owned()),
            redirect_uris: vec![format!("{base}/auth/{}/callback", area.code())],
            post_logout_redirect_uris: vec![format!("{base}/")],
        }],
        clock: Arc::new(move || clock.now().micros() / 1_000_000),
        random: Arc::new(move |bytes| chance.fill(bytes)),
        key,
    }
}
