//! How much one address may ask, and how much all may ask at once. Answers 429 and 503, both with
//! `Retry-After`, before any work is done. Keeps nothing but counters, in memory.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use app::request::Network;
use axum::{
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use backend::config::Limits;
use http::{HeaderMap, Method, StatusCode, header};
use tokio::{sync::Semaphore, time::Instant};

const WINDOW: Duration = Duration::from_secs(60);
/// Above this many addresses the table is swept; it never grows with the number of attackers.
const SWEEP_AT: usize = 50_000;

#[derive(Clone)]
pub struct Limiter(Arc<Inner>);

struct Inner {
    limits: Limits,
    trusted: Vec<IpAddr>,
    seen: Mutex<HashMap<IpAddr, Count>>,
    places: Semaphore,
}

struct Count {
    since: Instant,
    requests: u32,
    writes: u32,
}

impl Limiter {
    pub fn new(limits: Limits, trusted: Vec<IpAddr>) -> Self {
        let places = Semaphore::new(limits.concurrent_requests);
        Self(Arc::new(Inner { limits, trusted, seen: Mutex::default(), places }))
    }

    /// Whether this address may ask once more in this minute.
    fn admits(&self, address: IpAddr, write: bool) -> bool {
        let now = Instant::now();
        let mut seen = self.0.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() > SWEEP_AT {
            seen.retain(|_, count| now.duration_since(count.since) < WINDOW);
        }
        let count = seen.entry(network(address)).or_insert(Count { since: now, requests: 0, writes: 0 });
        if now.duration_since(count.since) >= WINDOW {
            *count = Count { since: now, requests: 0, writes: 0 };
        }
        count.requests = count.requests.saturating_add(1);
        count.writes = count.writes.saturating_add(u32::from(write));
        count.requests <= self.0.limits.requests_per_minute && count.writes <= self.0.limits.writes_per_minute
    }

    /// The client's address: the peer, or behind a trusted proxy the last address that proxy saw.
    fn address(&self, peer: SocketAddr, headers: &HeaderMap) -> IpAddr {
        if !self.0.trusted.contains(&peer.ip()) {
            return peer.ip();
        }
        let forwarded = headers.get("x-forwarded-for").and_then(|v| v.to_str().ok()).unwrap_or_default();
        let hops = forwarded.rsplit(',').filter_map(|hop| hop.trim().parse().ok());
        hops.into_iter().find(|hop: &IpAddr| !self.0.trusted.contains(hop)).unwrap_or(peer.ip())
    }
}

/// Whoever has one IPv6 address has a whole /64 of them.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from(u128::from(v6) & !u128::from(u64::MAX))),
        v4 => v4,
    }
}

pub async fn limit(State(limiter): State<Limiter>, mut request: Request, next: Next) -> Response {
    // The bundle's files are cheap, cached for ever and many on a first visit.
    if request.uri().path().starts_with("/pkg/") {
        return next.run(request).await;
    }
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0);
    if let Some(peer) = peer {
        let write = !matches!(*request.method(), Method::GET | Method::HEAD);
        let address = limiter.address(peer, request.headers());
        request.extensions_mut().insert(Network(network(address).to_string()));
        if !limiter.admits(address, write) {
            metrics::counter!("varde_requests_refused", "why" => "rate").increment(1);
            return later(StatusCode::TOO_MANY_REQUESTS, "60");
        }
    }
    let Ok(_place) = limiter.0.places.try_acquire() else {
        metrics::counter!("varde_requests_refused", "why" => "crowd").increment(1);
        return later(StatusCode::SERVICE_UNAVAILABLE, "2");
    };
    next.run(request).await
}

fn later(status: StatusCode, seconds: &'static str) -> Response {
    (status, [(header::RETRY_AFTER, seconds)]).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limiter() -> Limiter {
        let limits = Limits { requests_per_minute: 5, writes_per_minute: 2, ..Limits::default() };
        Limiter::new(limits, vec![IpAddr::from([10, 0, 0, 1])])
    }

    #[tokio::test]
    async fn an_address_has_its_share_and_another_has_its_own() {
        let limiter = limiter();
        let (one, two) = (IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));
        assert!((0..5).all(|_| limiter.admits(one, false)) && !limiter.admits(one, false));
        assert!((0..2).all(|_| limiter.admits(two, true)) && !limiter.admits(two, true));
    }

    #[test]
    fn a_forwarded_address_is_believed_from_a_trusted_proxy_only() {
        let limiter = limiter();
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "203.0.113.9, 198.51.100.7".parse().expect("a header"));
        let proxy = SocketAddr::from(([10, 0, 0, 1], 1));
        let stranger = SocketAddr::from(([192, 0, 2, 1], 1));
        assert_eq!(limiter.address(proxy, &headers), IpAddr::from([198, 51, 100, 7]));
        assert_eq!(limiter.address(stranger, &headers), stranger.ip());
    }
}
