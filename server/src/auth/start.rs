//! Off to the provider.

use app::routes;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use backend::{
    identity::login,
    oidc::{Ask, Refusal, level_of},
};
use domain::access::{Area, Level};
use http::{HeaderMap, StatusCode};

use super::{Auth, Problem, cookies, see_other};
use crate::{faults, forms::field, language};

pub async fn start(
    State(auth): State<Auth>,
    Path(area): Path<String>,
    headers: HeaderMap,
    body: String,
) -> Response {
    let Some((area, provider)) = auth.provider(&area) else { return StatusCode::NOT_FOUND.into_response() };
    let (ctx, fresh) = (&auth.ctx, field(&body, "fresh").as_deref() == Some("yes"));
    let asked = field(&body, "level").and_then(|level| Level::parse(&level));
    let level = least_level(&auth, area).max(asked.unwrap_or(Level::Low));
    let (locale, now) = (language::chosen(&headers), ctx.now());
    let chance = || ctx.chance.token();
    let begun = provider.start(Ask { level, fresh, locale, now, chance: &chance }).await;
    let begun = match begun {
        Ok(begun) => begun,
        Err(Refusal::Unreachable) => {
            return auth.problem(area, (Problem::Unreachable, Refusal::Unreachable.code()), None).await;
        }
        Err(refusal) => return auth.problem(area, (Problem::Refused, refusal.code()), None).await,
    };
    let attempt = login::Attempt {
        state: begun.state,
        nonce: begun.nonce,
        pkce_verifier: begun.pkce_verifier,
        return_to: landing(area, field(&body, "return_to").as_deref()),
        level: level.code().to_owned(),
        fresh_since: fresh.then(|| now.micros()),
    };
    match login::save(ctx, area, &attempt).await {
        Ok(key) => {
            let mut response = see_other(&begun.url);
            cookies::set(&mut response, &ctx.settings, cookies::Kind::Login, area, &key);
            response
        }
        Err(error) => {
            tracing::error!(%error, "a sign-in could not be begun");
            faults::status(&error).into_response()
        }
    }
}

/// What the settings ask of an area, and substantial if they ask nothing that we know.
fn least_level(auth: &Auth, area: Area) -> Level {
    level_of(&auth.ctx.settings.provider(area).acr).unwrap_or(Level::Substantial)
}

/// Where they were going, if that is here; else their own first page.
fn landing(area: Area, return_to: Option<&str>) -> String {
    let home = match area {
        Area::Citizen => routes::MY,
        Area::Staff => routes::STAFF_WORK,
        Area::Victim => routes::MESSAGE,
    };
    match return_to.map(routes::local) {
        Some(path) if path != routes::FRONT && !path.starts_with(routes::SIGN_IN) => path,
        _ => home.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_lands_elsewhere() {
        let table = [
            (Some("/visits/book"), "/visits/book"),
            (Some("https://evil.example/"), "/my"),
            (Some("//evil.example"), "/my"),
            (Some("/\\evil.example"), "/my"),
            (Some("/sign-in?problem=level"), "/my"),
            (None, "/my"),
        ];
        for (given, expected) in table {
            assert_eq!(landing(Area::Citizen, given), expected, "{given:?}");
        }
        assert_eq!(landing(Area::Staff, None), "/staff/work");
        assert_eq!(landing(Area::Victim, None), "/message");
    }
}
