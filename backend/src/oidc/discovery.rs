//! What a provider says about itself, and its keys. What is known is replaced by what is read and by nothing else: a
//! provider that does not answer takes nothing away. One asks for all who wait, and not often: forged tokens with keys
//! that nobody knows must not become a flood of requests to the provider.

use std::{future::Future, pin::Pin, sync::Arc};

use domain::kernel::Instant;
use openidconnect::IssuerUrl;
use tokio::sync::{Mutex, RwLock};

use super::{Metadata, http};

/// Discovery is kept this long.
const KEPT_SECONDS: i64 = 24 * 3600;

/// A key that we do not know is asked for at most this often. A provider publishes a key long before it signs with it;
/// one that changes it at once makes everybody wait for no more than this.
const REFETCH_SECONDS: i64 = 60;

/// As long as nothing is known nobody can sign in: a provider that did not answer is asked again soon.
const RETRY_SECONDS: i64 = 5;

struct Known<M> {
    at: Instant,
    metadata: Arc<M>,
}

/// Asks the provider; none if it does not answer as it should.
type Read<M> = Box<dyn Fn() -> Reading<M> + Send + Sync>;
type Reading<M> = Pin<Box<dyn Future<Output = Option<M>> + Send>>;

struct Inner<M> {
    read: Read<M>,
    known: RwLock<Option<Known<M>>>,
    /// Whose turn it is to ask, and when somebody did.
    asked: Mutex<Option<Instant>>,
}

pub(crate) struct Discovery<M>(Arc<Inner<M>>);

impl<M> Clone for Discovery<M> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

/// What an OpenID provider says, with its keys.
pub(super) fn of_openid(issuer: String, client: reqwest::Client) -> Discovery<Metadata> {
    Discovery::new(move || {
        let (issuer, client) = (issuer.clone(), client.clone());
        Box::pin(async move {
            let url = IssuerUrl::new(issuer.clone()).ok()?;
            let read = Metadata::discover_async(url, &http::sender(&client)).await;
            let told = |error| tracing::warn!(issuer, %error, "the provider's discovery cannot be read");
            read.map_err(told).ok()
        })
    })
}

impl<M: Send + Sync + 'static> Discovery<M> {
    pub fn new(read: impl Fn() -> Reading<M> + Send + Sync + 'static) -> Self {
        Self(Arc::new(Inner { read: Box::new(read), known: RwLock::default(), asked: Mutex::default() }))
    }

    /// What is known, if it is not too old; otherwise what the provider says now. None if it says nothing.
    pub async fn metadata(&self, now: Instant) -> Option<Arc<M>> {
        if let Some(metadata) = self.0.young(now).await {
            return Some(metadata);
        }
        self.ask(now, RETRY_SECONDS).await;
        self.0.young(now).await
    }

    /// A key was unknown: the provider may have changed it.
    pub async fn refresh(&self, now: Instant) {
        self.ask(now, REFETCH_SECONDS).await;
    }

    /// Asks the provider, unless somebody has while we waited or not long before. Whoever gives up waiting does not stop
    /// it: it would keep others from asking and bring them nothing.
    async fn ask(&self, now: Instant, pause: i64) {
        let inner = self.0.clone();
        let asking = tokio::spawn(async move {
            let mut asked = inner.asked.lock().await;
            // To both sides: those who wait have read the clock before whoever asks for them.
            let lately = |at: Instant| (now.micros() - at.micros()).abs() < pause * 1_000_000;
            if asked.is_some_and(lately) {
                return;
            }
            *asked = Some(now);
            if let Some(metadata) = (inner.read)().await {
                *inner.known.write().await = Some(Known { at: now, metadata: Arc::new(metadata) });
            }
        });
        let _ = asking.await;
    }
}

impl<M> Inner<M> {
    async fn young(&self, now: Instant) -> Option<Arc<M>> {
        let known = self.known.read().await;
        let young = known.as_ref().filter(|known| now < known.at.plus_seconds(KEPT_SECONDS));
        young.map(|known| known.metadata.clone())
    }
}
