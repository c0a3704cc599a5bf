//! Back from the provider: the attempt is taken once, the code changed for claims, the person welcomed.

use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
};
use backend::{
    identity::{arrival, login},
    notices,
    oidc::{Claims, Pending, Provider, Refusal},
};
use domain::{
    access::{Area, Level, Role},
    kernel::{CivilDate, Instant, NationalId},
};
use http::{HeaderMap, StatusCode};
use serde::Deserialize;

use super::{Auth, Problem, cookies, register, see_other};
use crate::faults;

#[derive(Deserialize)]
pub struct Answer {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
    /// RFC 9207: who answers. A provider that sends it must be the one we asked.
    iss: Option<String>,
}

pub async fn callback(
    State(auth): State<Auth>,
    Path(area): Path<String>,
    Query(answer): Query<Answer>,
    headers: HeaderMap,
) -> Response {
    let Some((area, _)) = auth.provider(&area) else { return StatusCode::NOT_FOUND.into_response() };
    match arrive(&auth, area, &answer, &headers).await {
        Ok(response) => response,
        Err(Stop::Problem(problem, code)) => auth.problem(area, (problem, code), None).await,
        Err(Stop::Begun(problem, code, back)) => auth.problem(area, (problem, code), Some(back)).await,
        Err(Stop::Fault(error)) => {
            tracing::error!(%error, "a sign-in failed");
            faults::status(&error).into_response()
        }
    }
}

enum Stop {
    Problem(Problem, &'static str),
    /// The same, on the way to prove anew who she is: where she was going, with what she had typed.
    Begun(Problem, &'static str, String),
    Fault(backend::Error),
}

impl From<backend::Error> for Stop {
    fn from(error: backend::Error) -> Self {
        Self::Fault(error)
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        let problem = match refusal {
            Refusal::Unreachable => Problem::Unreachable,
            Refusal::LevelTooLow => Problem::Level,
            _ => Problem::Refused,
        };
        Self::Problem(problem, refusal.code())
    }
}

async fn arrive(auth: &Auth, area: Area, answer: &Answer, headers: &HeaderMap) -> Result<Response, Stop> {
    let ctx = &auth.ctx;
    let Some((_, provider)) = auth.provider(area.code()) else {
        return Err(Stop::Problem(Problem::Refused, "sign_in.no_provider"));
    };
    let key = cookies::read(headers, &cookies::name(&ctx.settings, cookies::Kind::Login, area));
    let (Some(key), Some(state)) = (key, &answer.state) else {
        return Err(Stop::Problem(Problem::Expired, "sign_in.no_attempt"));
    };
    let Some(attempt) = login::take(ctx, area, &key, state).await? else {
        return Err(Stop::Problem(Problem::Expired, "sign_in.wrong_state"));
    };
    come(auth, area, provider, answer, headers, &attempt).await.map_err(|stop| match stop {
        Stop::Problem(problem, code) if attempt.fresh_since.is_some() => {
            Stop::Begun(problem, code, attempt.return_to.clone())
        }
        other => other,
    })
}

/// The answer to an attempt of this browser.
async fn come(
    auth: &Auth,
    area: Area,
    provider: &Provider,
    answer: &Answer,
    headers: &HeaderMap,
    attempt: &login::Attempt,
) -> Result<Response, Stop> {
    let ctx = &auth.ctx;
    if answer.iss.as_deref().is_some_and(|iss| iss != provider.issuer()) {
        return Err(Refusal::WrongIssuer.into());
    }
    let code = match (&answer.error, &answer.code) {
        (None, Some(code)) => code,
        (Some(error), _) if error == "access_denied" => {
            return Err(Stop::Problem(Problem::Cancelled, "sign_in.cancelled"));
        }
        _ => return Err(Stop::Problem(Problem::Refused, "sign_in.provider_error")),
    };
    let level = Level::parse(&attempt.level).unwrap_or(Level::High);
    let pending = Pending {
        nonce: &attempt.nonce,
        pkce_verifier: &attempt.pkce_verifier,
        level,
        fresh_since: attempt.fresh_since.map(Instant),
    };
    let claims = provider.finish(code, pending, ctx.now(), &ctx.chance.token()).await?;
    let mut arrival = known(auth, area, claims)?;
    arrival.previous = cookies::session(&ctx.settings, headers, area);
    let token = match area {
        Area::Citizen | Area::Staff => arrival::welcome(ctx, arrival).await?,
        Area::Victim => notices::sessions::welcome(ctx, &arrival)
            .await?
            .ok_or(Stop::Problem(Problem::NotAllowed, "sign_in.no_number"))?,
    };
    let mut response = see_other(&attempt.return_to);
    cookies::clear(&mut response, &ctx.settings, cookies::Kind::Login, area);
    cookies::set(&mut response, &ctx.settings, cookies::Kind::Session, area, &token);
    Ok(response)
}

/// The claims as an arrival, or why there is nothing here for this person.
fn known(auth: &Auth, area: Area, claims: Claims) -> Result<arrival::Arrival, Stop> {
    let denied = |code| Stop::Problem(Problem::NotAllowed, code);
    let number = match (area, &claims.pid) {
        (Area::Staff, _) | (_, None) => None,
        (_, Some(pid)) => Some(NationalId::parse(pid).map_err(|_| denied("sign_in.bad_number"))?),
    };
    if number.as_ref().is_some_and(NationalId::is_synthetic) && !auth.ctx.settings.identity.synthetic_numbers
    {
        return Err(denied("sign_in.synthetic_number"));
    }
    let roles: Vec<Role> = claims.roles.iter().filter_map(|role| Role::parse(role)).collect();
    if area == Area::Staff && roles.is_empty() {
        return Err(denied("sign_in.no_role"));
    }
    let (found_name, found_birth) = register::look_up(&auth.ctx.settings, number.as_ref());
    let name = found_name.or(claims.name).ok_or(denied("sign_in.no_name"))?;
    let birth_date = found_birth.or(claims.birth_date).and_then(|date| CivilDate::parse_iso(&date));
    let (roles, units) = if area == Area::Staff { (roles, claims.units) } else { (Vec::new(), Vec::new()) };
    Ok(arrival::Arrival {
        area,
        issuer: claims.iss,
        subject: claims.sub,
        sid: claims.sid,
        number,
        name,
        birth_date,
        level: claims.level,
        fresh_at: claims.fresh_at,
        roles,
        units,
        id_token: claims.id_token,
        previous: None,
    })
}
