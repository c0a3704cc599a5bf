//! Signing in and out. One code path for every area; each area has its own provider, cookie and session.
//! What must come back from the provider is kept on the server; the browser holds a key to it. A failure is
//! a page with a code from a closed list, and an audit row with the precise one.

mod callback;
pub mod cookies;
mod leave;
mod register;
pub mod sessions;
mod start;

use std::sync::Arc;

use app::routes;
use axum::{
    Json, Router,
    extract::{Path, State},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use backend::{
    audit,
    ctx::{Actor, Ctx},
    oidc::{KeyError, Provider},
};
use domain::access::Area;
use http::{HeaderValue, StatusCode, header};

/// What sign-in needs of the composition root.
#[derive(Clone)]
pub struct Auth {
    pub ctx: Ctx,
    providers: Arc<Providers>,
}

struct Providers {
    citizen: Provider,
    staff: Provider,
    victim: Provider,
}

/// Why somebody is back on the sign-in page. The page has words for each of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// They turned round at the provider.
    Cancelled,
    /// It took too long, or was begun in another browser.
    Expired,
    /// The provider's answer was not to be believed.
    Refused,
    /// Signed in, but at a lower level than the area asks for.
    Level,
    /// The provider does not answer.
    Unreachable,
    /// Signed in, but there is nothing here for them.
    NotAllowed,
}

impl Problem {
    pub const ALL: [Self; 6] =
        [Self::Cancelled, Self::Expired, Self::Refused, Self::Level, Self::Unreachable, Self::NotAllowed];

    pub fn code(self) -> &'static str {
        match self {
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
            Self::Refused => "refused",
            Self::Level => "level",
            Self::Unreachable => "unreachable",
            Self::NotAllowed => "not-allowed",
        }
    }
}

impl Auth {
    /// `http` is the client for talking to the providers; it must not follow redirects.
    pub fn new(ctx: Ctx, http: reqwest::Client) -> Result<Self, KeyError> {
        let base = ctx.settings.server.base_url.clone();
        let provider = |client: &backend::config::OidcClient, area: Area| {
            Provider::new(client.clone(), format!("{base}/auth/{}/callback", area.code()), http.clone())
        };
        let citizen = provider(&ctx.settings.oidc.citizen, Area::Citizen)?;
        let staff = provider(&ctx.settings.oidc.staff, Area::Staff)?;
        let victim = provider(&ctx.settings.oidc.victim, Area::Victim)?;
        Ok(Self { ctx, providers: Arc::new(Providers { citizen, staff, victim }) })
    }

    /// The area in a path and its provider.
    fn provider(&self, area: &str) -> Option<(Area, &Provider)> {
        match Area::parse(area)? {
            Area::Citizen => Some((Area::Citizen, &self.providers.citizen)),
            Area::Staff => Some((Area::Staff, &self.providers.staff)),
            Area::Victim => Some((Area::Victim, &self.providers.victim)),
        }
    }

    /// Back to the sign-in page. The precise code goes to the audit; the address tells the kind alone. Who was proving
    /// anew who she is can do so again, and comes back to what she had typed.
    async fn problem(
        &self,
        area: Area,
        (problem, code): (Problem, &'static str),
        proving: Option<String>,
    ) -> Response {
        metrics::counter!("varde_sign_in_refused", "code" => code).increment(1);
        let entry = audit::Entry::new(&self.ctx, &Actor::Anonymous, "sign_in_refused").detail(code);
        let entry = if area == Area::Victim { entry.in_stream(audit::NOTICES) } else { entry };
        if let Err(error) = audit::record(&self.ctx, entry).await {
            tracing::error!(%error, "a refused sign-in could not be recorded");
        }
        let told = format!("outcome=failed&problem={}", problem.code());
        let mut response = see_other(&match proving {
            Some(back) if area == Area::Victim => format!("{}&{told}", routes::message_prove(&back)),
            Some(back) => format!("{}&{told}", routes::prove_yourself(&back)),
            None if area == Area::Victim => format!("{}?{told}", routes::MESSAGE),
            None => format!("{}?{told}", routes::SIGN_IN),
        });
        cookies::clear(&mut response, &self.ctx.settings, cookies::Kind::Login, area);
        response
    }
}

pub fn router(auth: Auth) -> Router {
    Router::new()
        .route("/auth/{area}/start", post(start::start))
        .route("/auth/{area}/callback", get(callback::callback))
        .route("/auth/{area}/sign-out", post(leave::sign_out))
        .route("/auth/{area}/front-channel", get(leave::front_channel))
        .route("/auth/{area}/back-channel", post(leave::back_channel))
        .route("/auth/{area}/jwks.json", get(keys))
        .route("/auth/{area}/extend", post(leave::extend))
        .with_state(auth)
}

/// The public keys that Varde signs in with, for the provider to fetch; an empty set where it has a secret.
async fn keys(State(auth): State<Auth>, Path(area): Path<String>) -> Response {
    match auth.provider(&area) {
        Some((_, provider)) => Json(provider.keys().jwks()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// 303: whatever was posted is not posted again.
pub fn see_other(location: &str) -> Response {
    match HeaderValue::from_str(location) {
        Ok(value) => (StatusCode::SEE_OTHER, [(header::LOCATION, value)]).into_response(),
        Err(_) => StatusCode::BAD_REQUEST.into_response(),
    }
}
