//! An OpenID provider of our own, for the demo and the tests.
//!
//! It promises to behave like ID-porten and the staff provider where a relying party can tell the
//! difference: code flow only, PKCE S256, state and nonce mandatory, RS256 with a key id, short
//! tokens, `pid` absent for people without a Norwegian number, no name claims for citizens. Instead
//! of an eID it shows a page of synthetic people.
//!
//! It never holds a real person, keeps nothing outside memory, and has no single sign-on: every
//! sign-in shows the page again. The composition root refuses to mount it in production.
//!
//! ```ignore
//! let provider = testid::router(testid::Config {
//!     issuer: "http://localhost:3000/testid/citizen".into(),
//!     kind: testid::Kind::Citizen,
//!     clients: vec![client],
//!     clock,
//!     random,
//!     post,
//!     key: testid::Key::generate()?,
//! });
//! let app = axum::Router::new().nest("/testid/citizen", provider);
//! ```

mod authorize;
mod claims;
mod client;
mod discovery;
mod ending;
mod forgery;
mod key;
mod level;
mod logout;
mod machine;
mod page;
mod people;
mod personas;
mod pushed;
mod request;
mod store;
mod style;
mod text;
mod token;
mod wire;

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

pub use claims::subject;
pub use client::Client;
pub use forgery::Forgery;
pub use key::{Key, KeyError};
pub use level::Level;
pub use machine::{Machine, MachineConfig, assertion, bound_assertion, machine_router};
pub use people::{Address, Person, Protection, people, person, person_by_national_id};
pub use personas::{Eidas, Group, Persona, StaffFacts, persona, personas};

/// Seconds since 1970-01-01T00:00:00Z, supplied by whoever mounts the provider.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;
/// Fills the slice with unpredictable bytes, supplied by whoever mounts the provider.
pub type Random = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// Sends a form to a relying party, once; supplied by whoever mounts the provider. What becomes of it is not told.
pub type Post = Arc<dyn Fn(String, String) -> Pin<Box<dyn Future<Output = ()> + Send>> + Send + Sync>;

/// No form of ours comes near this; larger bodies are refused before they are read.
pub(crate) const BODY_LIMIT: usize = 16 * 1024;

/// Whom a provider signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Like ID-porten: `pid`, levels `idporten-loa-*`, no names.
    Citizen,
    /// Like a staff provider: `name`, `roles`, `units`, no `pid`.
    Staff,
}

/// All that one provider needs to know.
#[derive(Clone)]
pub struct Config {
    /// Absolute URL without a trailing slash; the router must be reachable there.
    pub issuer: String,
    pub kind: Kind,
    pub clients: Vec<Client>,
    pub clock: Clock,
    pub random: Random,
    pub post: Post,
    pub key: Key,
}

/// One running provider: its settings and what it remembers.
pub(crate) struct Provider {
    pub(crate) config: Config,
    memory: Mutex<store::Memory>,
}

impl Provider {
    pub(crate) fn now(&self) -> i64 {
        (self.config.clock)()
    }

    /// 256 random bits as base64url: request keys, codes, access tokens, session ids.
    pub(crate) fn secret(&self) -> String {
        let mut bytes = [0_u8; 32];
        (self.config.random)(&mut bytes);
        wire::base64url(&bytes)
    }

    pub(crate) fn client(&self, id: &str) -> Option<&Client> {
        self.config.clients.iter().find(|client| client.id == id)
    }

    /// A panic in another request must not take the provider down with it.
    pub(crate) fn memory(&self) -> MutexGuard<'_, store::Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The provider as a router, to be nested under the path of its issuer.
pub fn router(config: Config) -> Router {
    let provider = Arc::new(Provider { config, memory: Mutex::default() });
    Router::new()
        .route("/.well-known/openid-configuration", get(discovery::configuration))
        .route("/jwks", get(discovery::jwks))
        .route("/authorize", get(authorize::show).post(authorize::choose))
        .route("/par", post(pushed::push))
        .route("/token", post(token::exchange))
        .route("/userinfo", get(token::userinfo).post(token::userinfo))
        .route("/logout", get(logout::by_link).post(logout::by_form))
        .route("/sessions", get(ending::list).post(ending::end))
        .route("/testid.css", get(style::sheet))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .with_state(provider)
}
