//! The accept loop. `axum::serve` sets no timer, so that a client dribbling its headers would hold a socket
//! for ever; here a header has to arrive in time, and a stop lets running requests end.

use std::{net::SocketAddr, time::Duration};

use axum::{Router, body::Body, extract::ConnectInfo};
use http::Request;
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::{GracefulShutdown, Watcher},
    service::TowerToHyperService,
};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

/// How long a stop waits for running requests.
const GRACE: Duration = Duration::from_secs(15);

/// Serves until `stop` ends, then finishes what runs, at most `GRACE`.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    header_timeout: Duration,
    stop: impl Future<Output = ()>,
) {
    let graceful = GracefulShutdown::new();
    tokio::pin!(stop);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => connect(stream, peer, router.clone(), header_timeout, graceful.watcher()),
                // Out of file handles, or the peer left already: wait, do not spin.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            },
            () = &mut stop => break,
        }
    }
    drop(listener);
    if tokio::time::timeout(GRACE, graceful.shutdown()).await.is_err() {
        tracing::warn!("stopped with requests still running");
    }
}

fn connect(stream: TcpStream, peer: SocketAddr, router: Router, header_timeout: Duration, watcher: Watcher) {
    let service = tower::service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(header_timeout)
        .max_headers(64)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    let connection = watcher.watch(connection);
    tokio::spawn(async move {
        // A connection that breaks off is its client's affair.
        let _ = connection.await;
    });
}
