//! `/authorize`: shows the page of people, and sends the one chosen back with a code.
//!
//! The page carries one opaque key; what the client asked for stays on the server, so nothing in
//! the form can widen it.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::response::Response;

use crate::forgery::Forgery;
use crate::level::Level;
use crate::personas::{Persona, persona};
use crate::request::{self, Refused, Request};
use crate::store::{CODE_SECONDS, Code, REQUEST_SECONDS, Session, SignIn};
use crate::text::Lang;
use crate::wire::{Params, see_other, with_query};
use crate::{Provider, claims, page, pushed};

/// GET: checks the request and shows who can sign in.
pub(crate) async fn show(State(provider): State<Arc<Provider>>, RawQuery(query): RawQuery) -> Response {
    let Some(params) = Params::parse(query.as_deref().unwrap_or("")) else {
        return page::refusal(Lang::default(), "the query cannot be read or repeats a parameter");
    };
    match pushed::take(&provider, &params).unwrap_or_else(|| request::read(&provider, &params)) {
        Ok(request) => {
            let key = provider.secret();
            let shown = page::choice(provider.config.kind, &request, &key);
            let now = provider.now();
            provider.memory().requests.put(key, request, now, REQUEST_SECONDS);
            shown
        }
        Err(Refused::Here(why)) => {
            tracing::warn!(why, "sign-in request refused");
            page::refusal(Lang::choose(params.get("ui_locales")), why)
        }
        Err(Refused::Back(url)) => see_other(&url),
    }
}

/// What was pressed on the page.
enum Pressed {
    Cancel,
    Person(&'static Persona, Level, Option<Forgery>),
}

/// POST: a person was chosen, or none.
pub(crate) async fn choose(State(provider): State<Arc<Provider>>, body: Bytes) -> Response {
    let params = std::str::from_utf8(&body).ok().and_then(Params::parse).unwrap_or_default();
    let Some(pressed) = pressed(&provider, &params) else {
        return page::refusal(Lang::default(), "the form is not one of this provider's");
    };
    let now = provider.now();
    let key = params.get("request").unwrap_or("");
    let Some(request) = provider.memory().requests.take(key, now) else {
        return page::refusal(Lang::default(), "the sign-in has expired or was used already");
    };
    match pressed {
        Pressed::Cancel => see_other(&request::failure(
            &provider.config.issuer,
            &request.redirect_uri,
            Some(&request.state),
            "access_denied",
            None,
        )),
        Pressed::Person(persona, level, forgery) => {
            let start = (persona, level, forgery);
            see_other(&sign_in(&provider, request, start, now))
        }
    }
}

fn pressed(provider: &Provider, params: &Params) -> Option<Pressed> {
    if params.get("cancel").is_some() {
        return Some(Pressed::Cancel);
    }
    let persona = persona(provider.config.kind, params.get("persona")?)?;
    let level = Level::parse(params.get("level")?)?;
    let forgery = params.get("forge").and_then(Forgery::parse);
    // Nobody gets further than their means of sign-in, whatever the form says.
    Some(Pressed::Person(persona, level.min(persona.highest), forgery))
}

/// Starts a session and answers with the address that carries its code.
fn sign_in(
    provider: &Provider,
    request: Request,
    (persona, level, forgery): (&'static Persona, Level, Option<Forgery>),
    now: i64,
) -> String {
    let (code, sid) = (provider.secret(), provider.secret());
    let url = with_query(
        &request.redirect_uri,
        &[("code", &code), ("state", &request.state), ("iss", &provider.config.issuer)],
    );
    let mut memory = provider.memory();
    let subject = claims::subject(&provider.config.issuer, &request.client_id, persona.id);
    let session = Session { client: request.client_id.clone(), subject, name: persona.name };
    memory.begin_session(&sid, session, now);
    let signed = SignIn { request, persona, level, auth_time: now, sid, forgery };
    memory.codes.put(code, Code::Fresh(Box::new(signed)), now, CODE_SECONDS);
    url
}
