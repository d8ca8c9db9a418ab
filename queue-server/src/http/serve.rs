//! Accepting connections: a limit on how many, a limit on how long a
//! head may take, and an orderly end.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use rustix::net::sockopt::set_tcp_user_timeout;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower::ServiceExt;

use super::stop::Stop;

/// Connections at once: every screen of a large hall and its phones.
const CONNECTIONS_MAX: usize = 2_048;

/// From the first byte of a request until its head is complete.
const HEAD_MAX: Duration = Duration::from_secs(10);

/// A peer that is gone without a word is noticed after this long.
const PEER_GONE_MS: u32 = 10_000;

/// How long replies under way may take to end when the server stops.
const FAREWELL_MAX: Duration = Duration::from_secs(3);

/// Serves until the sign to stop.
pub(crate) async fn serve(listener: TcpListener, router: Router, mut stop: Stop) {
    let graceful = GracefulShutdown::new();
    let room = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.stopped() => break,
        };
        let Some((stream, peer)) = usable(accepted).await else { continue };
        let Ok(place) = Arc::clone(&room).try_acquire_owned() else {
            tracing::warn!(%peer, "turned away: too many connections");
            continue;
        };
        let router = router.clone();
        let service = service_fn(move |request: Request<Incoming>| {
            router.clone().oneshot(request.map(Body::new))
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD_MAX)
            .serve_connection(TokioIo::new(stream), service);
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            let _place = place;
            if let Err(error) = connection.await {
                tracing::debug!(%peer, %error, "connection ended");
            }
        });
    }
    drop(listener);
    if tokio::time::timeout(FAREWELL_MAX, graceful.shutdown()).await.is_err() {
        tracing::warn!("some replies were cut off");
    }
}

/// The stream, set up for short messages; none after an error, which is
/// of one connection or of the whole process running short of something.
async fn usable(accepted: io::Result<(TcpStream, SocketAddr)>) -> Option<(TcpStream, SocketAddr)> {
    match accepted {
        Ok((stream, peer)) => {
            let set = stream.set_nodelay(true).and_then(|()| {
                set_tcp_user_timeout(&stream, PEER_GONE_MS).map_err(io::Error::from)
            });
            if let Err(error) = set {
                tracing::debug!(%peer, %error, "a socket option was refused");
            }
            Some((stream, peer))
        }
        Err(error) => {
            tracing::warn!(%error, "a connection could not be accepted");
            // Out of file descriptors would otherwise spin.
            tokio::time::sleep(Duration::from_millis(50)).await;
            None
        }
    }
}
