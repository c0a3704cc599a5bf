//! A session that ran out. A page leads by the sign-in back to itself; a form that was sent too late loses
//! nothing: what was typed is sealed for the person whose session it was, and stands in the form again after
//! the sign-in. Whoever signs in as somebody else finds nothing.

use std::collections::BTreeMap;

use app::routes;
use axum::{
    body::to_bytes,
    extract::Request,
    response::{IntoResponse, Response},
};
use backend::{
    ctx::{Actor, Ctx},
    form_try::{self, FormTry},
};
use domain::access::Area;
use http::{Method, Uri, header};

use crate::{
    auth::{cookies, see_other, sessions},
    faults, forms,
};

/// The answer to somebody who is not signed in and asks for what is private.
pub async fn turned_away(ctx: &Ctx, area: Area, request: Request) -> Response {
    match lead(ctx, area, request).await {
        Ok(location) => see_other(&location),
        Err(error) => {
            tracing::error!(%error, "an ended session could not be looked up");
            faults::status(&error).into_response()
        }
    }
}

async fn lead(ctx: &Ctx, area: Area, request: Request) -> backend::Result<String> {
    let back = way_back(&request);
    let token = cookies::session(&ctx.settings, request.headers(), area);
    let owner = match token {
        Some(token) => sessions::ran_out(ctx, area, &token).await?,
        None => None,
    };
    let Some(owner) = owner else { return Ok(routes::way_in(area, &back)) };
    let back = match keep(ctx, &owner, request).await? {
        Some(key) if back != routes::FRONT => routes::with_kept(&back, &key),
        _ => back,
    };
    Ok(routes::in_again(area, &back))
}

/// Keeps the fields under the name of the function they were sent to; gives the key.
async fn keep(ctx: &Ctx, owner: &Actor, request: Request) -> backend::Result<Option<String>> {
    let Some(form) = app::forms::endpoint(request.uri().path()) else { return Ok(None) };
    let body = to_bytes(request.into_body(), forms::LARGEST).await.unwrap_or_default();
    let values = typed(&String::from_utf8_lossy(&body));
    if values.is_empty() {
        return Ok(None);
    }
    form_try::keep(ctx, owner, form, &FormTry { values, errors: Vec::new() }).await.map(Some)
}

/// The values by their fields; those of a list stand in one, with a space between.
fn typed(body: &str) -> BTreeMap<String, String> {
    let mut values = BTreeMap::<String, String>::new();
    for (name, value) in body.split('&').filter_map(|pair| pair.split_once('=')) {
        let (Some(name), Some(value)) = (forms::decoded(name), forms::decoded(value)) else { continue };
        let kept = values.entry(name.trim_end_matches("[]").to_owned()).or_default();
        if !kept.is_empty() {
            kept.push(' ');
        }
        kept.push_str(&value);
    }
    values
}

/// The page itself, or for a write the page that held the form.
fn way_back(request: &Request) -> String {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return routes::local(&whole(request.uri()));
    }
    let referer = request.headers().get(header::REFERER).and_then(|v| v.to_str().ok());
    let page: Option<Uri> = referer.and_then(|text| text.parse().ok());
    routes::local(&page.map(|uri| whole(&uri)).unwrap_or_default())
}

/// The path with its query.
pub fn whole(uri: &Uri) -> String {
    uri.path_and_query().map_or_else(|| uri.path().to_owned(), ToString::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_kept_by_field() {
        let values = typed("name=Ola+Nordmann&needs[]=ramp&needs%5B%5D=quiet&note=&x");
        let pairs: Vec<_> = values.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        assert_eq!(pairs, [("name", "Ola Nordmann"), ("needs", "ramp quiet"), ("note", "")]);
    }
}
