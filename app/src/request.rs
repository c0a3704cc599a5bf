//! What a page knows about the request it answers. The server provides it once as leptos context; pages read
//! it with `page()`. Without a request a neutral page stands in, so nothing here panics.

use std::sync::Arc;

use axum::extract::MatchedPath;
use backend::{ctx::Actor, messages::news::Unread, work::Waiting};
use domain::{
    access::Area,
    kernel::{Instant, Locale},
};
use http::request::Parts;
use leptos::prelude::*;

use crate::routes;

/// Names of the hashed files under `/pkg/`.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    pub css: String,
    pub js: String,
    pub wasm: String,
    /// What loads the two before.
    pub islands: String,
    /// What makes "leave this page" leave nothing behind.
    pub leave: String,
    /// What tells an open page that there is something new.
    pub live: String,
    /// What sends files so that a lost line costs nothing.
    pub upload: String,
}

/// The reference of this request in the log, for the page of what broke.
#[derive(Clone, Debug)]
pub struct Trace(pub String);

/// The network a request comes from, as the server sees it. It is never shown or kept, but as a keyed hash.
#[derive(Clone, Debug)]
pub struct Network(pub String);

/// When the reader's session ends: if nothing more happens, and whatever happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionEnd {
    pub idle: Instant,
    pub absolute: Instant,
}

#[derive(Clone)]
pub struct Page {
    pub locale: Locale,
    /// The path with its query, as the language switch has to come back to it.
    pub path: String,
    pub area: Area,
    pub actor: Actor,
    /// Of whoever is signed in.
    pub session: Option<SessionEnd>,
    /// What a citizen has not read; nothing where no menu is drawn.
    pub unread: Unread,
    /// What waits for somebody of the staff; nothing where no menu is drawn.
    pub work: Waiting,
    pub now: Instant,
    pub demo: bool,
    pub assets: Arc<Assets>,
}

impl Page {
    /// Of no request at all.
    fn nobodys() -> Self {
        Self {
            locale: Locale::default(),
            path: routes::FRONT.to_owned(),
            area: Area::Citizen,
            actor: Actor::Anonymous,
            session: None,
            unread: Unread::default(),
            work: Waiting::default(),
            now: Instant(0),
            demo: false,
            assets: Arc::default(),
        }
    }

    /// The path without its query.
    pub fn bare_path(&self) -> &str {
        self.path.split(['?', '#']).next().unwrap_or_default()
    }

    /// The signed-in person's name.
    pub fn name(&self) -> Option<&str> {
        match &self.actor {
            Actor::Citizen(citizen) => Some(&citizen.name),
            Actor::Staff(staff) => Some(&staff.name),
            Actor::Visitor(visitor) => Some(&visitor.name),
            Actor::Anonymous | Actor::System => None,
        }
    }

    /// Whether `path` is this page or lies above it; the front page lies above nothing.
    pub fn is_under(&self, path: &str) -> bool {
        let here = self.bare_path();
        here == path
            || (path != routes::FRONT && here.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')))
    }

    /// A value of the query string, decoded by the router's rules.
    pub fn query(&self, name: &str) -> Option<String> {
        let query = self.path.split_once('?')?.1;
        query.split('&').find_map(|pair| {
            let (key, value) = pair.split_once('=')?;
            (key == name).then(|| decoded(value))
        })
    }
}

pub fn page() -> Arc<Page> {
    use_context::<Arc<Page>>().unwrap_or_else(|| Arc::new(Page::nobodys()))
}

/// What the path of this request has in the place of `{name}` in its page's pattern.
pub fn param(name: &str) -> Option<String> {
    let parts = use_context::<Parts>()?;
    let pattern = parts.extensions.get::<MatchedPath>()?.as_str();
    let mut places = pattern.split('/').zip(parts.uri.path().split('/'));
    places
        .find(|(place, _)| place.strip_prefix('{').and_then(|p| p.strip_suffix('}')) == Some(name))
        .map(|(_, found)| found.to_owned())
}

/// The network this request comes from.
pub fn network() -> Option<String> {
    use_context::<Parts>()?.extensions.get::<Network>().map(|from| from.0.clone())
}

/// The value of a cookie. Two of the same name are none: one of them is not ours.
pub fn cookie(name: &str) -> Option<String> {
    let parts = use_context::<Parts>()?;
    let lines = parts.headers.get_all(http::header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let mut found = pairs.filter(|(known, _)| *known == name).map(|(_, value)| value.to_owned());
    let value = found.next().filter(|value| !value.is_empty())?;
    found.next().is_none().then_some(value)
}

/// Sets the status of the answer; without a request it does nothing.
pub fn status(code: http::StatusCode) {
    if let Some(options) = use_context::<leptos_axum::ResponseOptions>() {
        options.set_status(code);
    }
}

/// Adds a header to the answer; without a request, or with what is none, it does nothing.
pub fn header(name: &'static str, value: &str) {
    if let (Some(options), Ok(value)) =
        (use_context::<leptos_axum::ResponseOptions>(), http::HeaderValue::from_str(value))
    {
        options.insert_header(http::HeaderName::from_static(name), value);
    }
}

/// Sends the reader to another page of ours (303).
pub fn redirect(path: &str) {
    if use_context::<leptos_axum::ResponseOptions>().is_some() {
        leptos_axum::redirect(&routes::local(path));
        status(http::StatusCode::SEE_OTHER);
    }
}

fn decoded(text: &str) -> String {
    let (mut out, mut bytes) = (Vec::with_capacity(text.len()), text.bytes());
    while let Some(b) = bytes.next() {
        match b {
            b'+' => out.push(b' '),
            b'%' => {
                let pair = [bytes.next().unwrap_or_default(), bytes.next().unwrap_or_default()];
                let value = std::str::from_utf8(&pair).ok().and_then(|hex| u8::from_str_radix(hex, 16).ok());
                out.push(value.unwrap_or(b'?'));
            }
            other => out.push(other),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_knows_where_it_is() {
        let here = Page { path: "/visits/book?try=a%2Fb+c".to_owned(), ..Page::nobodys() };
        assert_eq!(here.bare_path(), "/visits/book");
        assert_eq!(here.query("try").as_deref(), Some("a/b c"));
        assert_eq!(here.query("no"), None);
        assert!(here.is_under("/visits"));
        assert!(!here.is_under("/vis"));
        assert!(!here.is_under("/"));
    }
}
