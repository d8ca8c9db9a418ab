//! What a subscriber costs, counted in bytes and not in time; and what
//! is not said in the clear.

use std::io::{Read, Write};
use std::net::TcpStream as Client;
use std::path::Path;

use jiff::tz::TimeZone;
use queue_api::DeviceKind;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::Semaphore;

use super::*;
use crate::access::{Access, Codes, Line, Papers, Requests, Setup, Strangers};
use crate::http::{Boards, router};
use crate::identity::DayKey;
use crate::live::{Devices, LiveHall};
use crate::reading::Reading;
use crate::retold::RecordReader;
use crate::scratch::Scratch;
use crate::tls::{self, Wish};
use crate::{engine, profile};

/// Subscribers that are counted.
const SUBSCRIBERS: usize = 100;

/// What one may hold. hyper takes 8 KiB to read into and 8 KiB to write
/// heads from, most of which is never touched; the rest is ours.
const BYTES_MAX: i64 = 20_000;

/// The demo hall, and the token of a board.
fn hall(dir: &Path) -> (Arc<LiveHall>, String) {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/halls/demo");
    let files = profile::load(&demo).unwrap();
    let (engine, _ended) = engine::start(dir, files.rules.clone(), TimeZone::UTC, false).unwrap();
    let access = Access::open(dir).unwrap();
    let token = access.enrol("board-1", DeviceKind::Board, appliance::now()).unwrap();
    let hall = LiveHall {
        reading: Reading::new(dir.join("hall.db")),
        engine,
        access,
        files,
        identity: DayKey::open(dir),
        requests: Requests::default(),
        setup: Setup::default(),
        first_admin: std::sync::OnceLock::new(),
        strangers: Strangers::default(),
        pins: Arc::default(),
        codes: Codes::default(),
        papers: Papers::default(),
        line: Line::new().unwrap(),
        devices: Devices::default(),
        boards: Boards::default(),
        record: RecordReader::open(dir).unwrap(),
        event_readers: Arc::new(Semaphore::new(1)),
        catalogue_json: bytes::Bytes::new(),
    };
    (Arc::new(hall), token)
}

/// Follows the boards, and has the first view.
fn subscribe(server: SocketAddr, token: &str) -> Client {
    let mut stream = Client::connect(server).unwrap();
    write!(
        stream,
        "GET /api/v1/feed?view=board HTTP/1.1\r\nhost: hall\r\nauthorization: Bearer {token}\r\n\r\n"
    )
    .unwrap();
    let (mut seen, mut part) = (Vec::new(), [0; 4096]);
    while !seen.ends_with(b"\n\n\r\n") {
        let read = stream.read(&mut part).unwrap();
        assert_ne!(read, 0, "the server hung up");
        seen.extend_from_slice(&part[..read]);
    }
    let text = String::from_utf8(seen).unwrap();
    assert!(text.contains("event: view\nid: 0\ndata: {"), "{text}");
    stream
}

/// All that the server does here, it does on the thread that counts; the
/// subscribers are on another.
#[test]
fn a_subscriber_holds_little_memory() {
    let dir = Scratch::new("serve-memory");
    let (hall, token) = hall(dir.path());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let server = listener.local_addr().unwrap();
    let (_give_sign, stop) = Stop::new();
    let tls = tls::open(&Wish::Auto, dir.path(), server.ip(), appliance::now()).unwrap();
    let acceptor = tls.map(|it| it.acceptor);
    runtime.spawn(serve(listener, acceptor, router(hall, stop.clone()), stop));
    let come = |n: usize| -> Vec<Client> {
        let token = token.clone();
        let all = move || (0..n).map(|_| subscribe(server, &token)).collect();
        runtime.block_on(runtime.spawn_blocking(all)).unwrap()
    };
    // What is taken once is taken by the first.
    let first = come(1);
    let mut all = Vec::new();
    let kept = allocation_counter::measure(|| all = come(SUBSCRIBERS));
    let each = kept.bytes_current / i64::try_from(SUBSCRIBERS).unwrap();
    assert!(each > 0, "they are counted");
    assert!(each < BYTES_MAX, "a subscriber holds {each} bytes");
    drop((first, all));
}

/// What the real router answers to a request in the clear from another
/// machine.
async fn exposed(router: &Router, request: &str) -> String {
    let from: IpAddr = "192.168.1.9".parse().unwrap();
    let place = Arc::new(Arc::new(Room::new()).enter(from).unwrap());
    let guest = Guest { router: router.clone(), from, place };
    let (mut phone, door) = tokio::io::duplex(64 * 1024);
    let served = GracefulShutdown::new();
    let talks = tokio::spawn(talk(door, in_the_clear(from), guest, served.watcher()));
    let heads = "host: hall:8080\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
    phone.write_all(format!("{request} HTTP/1.1\r\n{heads}").as_bytes()).await.unwrap();
    let mut answer = String::new();
    phone.read_to_string(&mut answer).await.unwrap();
    talks.await.unwrap();
    answer
}

#[tokio::test]
async fn the_router_keeps_secrets_from_who_listens() {
    let dir = Scratch::new("serve-exposed");
    let (hall, _) = hall(dir.path());
    let (_give_sign, stop) = Stop::new();
    let router = router(hall, stop);
    let page = exposed(&router, "GET /console").await;
    assert!(page.starts_with("HTTP/1.1 308 "), "{page}");
    assert!(page.contains("location: https://hall:8080/console\r\n"), "{page}");
    let sign_in = exposed(&router, "POST /api/v1/session").await;
    assert!(sign_in.starts_with("HTTP/1.1 403 "), "{sign_in}");
    assert!(sign_in.contains("\"code\":\"needs_tls\""), "{sign_in}");
    let style = exposed(&router, "GET /web/phone.css").await;
    assert!(style.starts_with("HTTP/1.1 200 "), "{style}");
    assert_eq!(in_the_clear(IpAddr::from([127, 0, 0, 1])), Way::Clear);
}
