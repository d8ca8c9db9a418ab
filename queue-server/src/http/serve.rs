//! Accepting connections: a limit on how many, a limit on how long a
//! head may take, and an orderly end.
//!
//! What is not HTTP, or has too large a head, is answered by hyper itself
//! with 400, 414 or 431 and an empty body, and a head that takes too long
//! by closing; hyper lets nobody put a problem into those. From a head
//! that can be read on, every refusal is a problem.
//!
//! One door has both ways: who greets with TLS is answered with TLS, and
//! everybody else in the clear (`clear` says with what).

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use futures_util::TryFutureExt;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use rustix::net::sockopt::set_tcp_user_timeout;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, timeout};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;
use tower::ServiceExt;

use super::clear::Way;
use super::room::{Place, Room, raise_file_limit};
use super::stop::Stop;

/// How often it is said that connections are turned away.
const TURNED_AWAY_TOLD: Duration = Duration::from_mins(1);

/// From the first byte of a request until its head is complete.
const HEAD_MAX: Duration = Duration::from_secs(10);

/// The first byte of a greeting by TLS (RFC 8446, 5.1: a handshake).
const TLS_HANDSHAKE: u8 = 22;

/// A peer that is gone without a word is noticed after this long.
const PEER_GONE_MS: u32 = 10_000;

/// How long replies under way may take to end when the server stops.
const FAREWELL_MAX: Duration = Duration::from_secs(3);

/// Where a request comes from. What a proxy says of it is not believed:
/// anybody can say that.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// Serves until the sign to stop, over TLS where there is a certificate.
pub(crate) async fn serve(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    router: Router,
    mut stop: Stop,
) {
    raise_file_limit();
    let graceful = GracefulShutdown::new();
    let room = Arc::new(Room::new());
    let mut turned_away = TurnedAway::default();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.stopped() => break,
        };
        let Some((stream, peer)) = usable(accepted).await else { continue };
        // A phone that comes over IPv4 to an IPv6 door is the same phone.
        let from = peer.ip().to_canonical();
        let Some(place) = room.enter(from) else {
            // Dropped, which its peer sees at once.
            turned_away.add(from);
            continue;
        };
        let guest = Guest { router: router.clone(), from, place: Arc::new(place) };
        let watcher = graceful.watcher();
        match tls.clone() {
            Some(acceptor) => tokio::spawn(receive(stream, acceptor, guest, watcher, stop.clone())),
            None => tokio::spawn(talk(stream, Way::Clear, guest, watcher)),
        };
    }
    drop(listener);
    if timeout(FAREWELL_MAX, graceful.shutdown()).await.is_err() {
        tracing::warn!("some replies were cut off");
    }
}

/// One who has come in.
struct Guest {
    router: Router,
    from: IpAddr,
    place: Arc<Place>,
}

/// Finds out how somebody speaks, and lets them talk; in a task of its
/// own, so that nothing of the greeting is kept beside it.
async fn receive(
    stream: TcpStream,
    acceptor: TlsAcceptor,
    guest: Guest,
    watcher: Watcher,
    mut stop: Stop,
) {
    let greeted = tokio::select! {
        greeted = timeout(HEAD_MAX, greet(stream, acceptor)) => greeted,
        () = stop.stopped() => return,
    };
    match greeted {
        Ok(Ok(Greeted::Secret(stream))) => {
            tokio::spawn(talk(*stream, Way::Secret, guest, watcher));
        }
        Ok(Ok(Greeted::Clear(stream))) => {
            let way = in_the_clear(guest.from);
            tokio::spawn(talk(stream, way, guest, watcher));
        }
        Ok(Err(error)) => tracing::debug!(from = %guest.from, %error, "no greeting"),
        Err(_) => tracing::debug!(from = %guest.from, "came in and said nothing"),
    }
}

/// Nobody listens between a machine and itself.
fn in_the_clear(from: IpAddr) -> Way {
    if from.is_loopback() { Way::Clear } else { Way::Exposed }
}

/// A connection, and how it began.
enum Greeted {
    Clear(TcpStream),
    Secret(Box<TlsStream<TcpStream>>),
}

async fn greet(stream: TcpStream, acceptor: TlsAcceptor) -> io::Result<Greeted> {
    let mut first = [0];
    stream.peek(&mut first).await?;
    if first[0] != TLS_HANDSHAKE {
        return Ok(Greeted::Clear(stream));
    }
    Ok(Greeted::Secret(Box::new(acceptor.accept(stream).await?)))
}

/// Answers requests. Not an async function: that would hold the
/// connection twice, as what it took along and as what it waits for.
fn talk(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    way: Way,
    Guest { router, from, place }: Guest,
    watcher: Watcher,
) -> impl Future<Output = ()> {
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(Peer(from));
        request.extensions_mut().insert(way);
        request.extensions_mut().insert(Arc::clone(&place));
        router.clone().oneshot(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_MAX)
        .serve_connection(TokioIo::new(stream), service);
    watcher
        .watch(connection)
        .unwrap_or_else(move |error| tracing::debug!(%from, %error, "connection ended"))
}

/// Who found no room, told once in a while: told each time, it would
/// fill the log.
#[derive(Debug, Default)]
struct TurnedAway {
    n_untold: u64,
    told: Option<Instant>,
}

impl TurnedAway {
    fn add(&mut self, from: IpAddr) {
        self.n_untold += 1;
        if self.told.is_none_or(|it| it.elapsed() >= TURNED_AWAY_TOLD) {
            tracing::warn!(n = self.n_untold, latest = %from, "turned away: too many connections");
            *self = TurnedAway { n_untold: 0, told: Some(Instant::now()) };
        }
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

#[cfg(test)]
mod tests;
