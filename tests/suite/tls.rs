//! The certificate that a hall makes for itself: devices which were told
//! its fingerprint come in over TLS, and no others believe it.

use std::net::TcpStream;
use std::time::Duration;

use queue_api::{BoardView, HallView};
use queue_client::{Client, ClientError, FeedEvent, Pin};
use reqwest::header::SET_COOKIE;
use serde_json::json;
use tests::hall::{CLERK, DemoHall, PIN};
use tests::program::Start;

/// Generous, since the machine may build meanwhile; reached only on
/// failure.
const PATIENCE: Duration = Duration::from_mins(1);

fn https(hall: &DemoHall) -> String {
    hall.address.replace("http://", "https://")
}

#[tokio::test]
async fn who_knows_the_fingerprint_comes_in_and_follows() {
    let hall = DemoHall::start("tls-pin").unwrap();
    let token = hall.enrol("board", "board-1").unwrap();
    let pin: Pin = hall.fingerprint().unwrap().parse().unwrap();
    let client = Client::pinned(&https(&hall), Some(token), Some(pin)).unwrap();
    assert_eq!(client.hall().await.unwrap().windows.len(), 8);
    let mut feed = client.feed::<BoardView>("view=board");
    assert!(matches!(feed.recv().await, Some(FeedEvent::View(_))));
}

#[tokio::test]
async fn another_certificate_is_believed_by_nobody() {
    let hall = DemoHall::start("tls-other").unwrap();
    let other: Pin = "0".repeat(64).parse().unwrap();
    let wrong = Client::pinned(&https(&hall), None, Some(other)).unwrap();
    assert!(matches!(wrong.hall().await, Err(ClientError::Unreachable { .. })));
    // Without a fingerprint the machine's own list decides, if it has one.
    match Client::new(&https(&hall), None) {
        Ok(client) => {
            assert!(matches!(client.hall().await, Err(ClientError::Unreachable { .. })));
        }
        Err(error) => assert!(matches!(error, ClientError::NoTrust(_)), "{error}"),
    }
    let unused = Client::pinned(&hall.address, None, Some(other));
    assert!(matches!(unused, Err(ClientError::PinUnused { .. })));
}

#[tokio::test]
async fn a_board_follows_over_tls() {
    let hall = DemoHall::start("tls-board").unwrap();
    let (server, pin) = (https(&hall), hall.fingerprint().unwrap());
    let picture = hall.folder().join("board.png");
    let _board = Start::ours("display-board")
        .unwrap()
        .args(["--server", &server, "--pin", &pin, "--snapshot", picture.to_str().unwrap()])
        .env("YIMEN_TOKEN", hall.enrol("board", "board-1").unwrap())
        .logging_to(&hall.folder().join("display-board.log"))
        .unwrap();
    let manager = hall.sign_in("3001").await.unwrap();
    let mut feed = Client::new(&hall.address, Some(manager)).unwrap().feed::<HallView>("view=hall");
    let follows = async {
        loop {
            if let Some(FeedEvent::View(view)) = feed.recv().await
                && view.devices.iter().any(|it| it.name == "board-1" && it.connected)
            {
                return;
            }
        }
    };
    tokio::time::timeout(PATIENCE, follows).await.expect("the board follows");
}

#[tokio::test]
async fn a_session_that_began_over_tls_stays_there() {
    let hall = DemoHall::start("tls-cookie").unwrap();
    let http = reqwest::Client::builder().tls_danger_accept_invalid_certs(true).build().unwrap();
    let cookie = async |address: &str| -> String {
        let body = json!({ "staff": CLERK, "pin": PIN });
        let reply = http.post(format!("{address}/api/v1/session")).json(&body).send().await;
        reply.unwrap().headers()[SET_COOKIE].to_str().unwrap().to_owned()
    };
    assert!(cookie(&https(&hall)).await.ends_with("; Secure"));
    assert!(!cookie(&hall.address).await.contains("Secure"));
}

#[tokio::test]
async fn who_comes_in_and_says_nothing_does_not_hold_up_the_end() {
    let mut hall = DemoHall::start("tls-silent").unwrap();
    let silent = TcpStream::connect(hall.address.trim_start_matches("http://")).unwrap();
    // It is received before the next one is.
    hall.sign_in(CLERK).await.unwrap();
    hall.stop().unwrap();
    let log = std::fs::read_to_string(hall.folder().join("queue-server.log")).unwrap();
    assert!(!log.contains("cut off"), "{log}");
    drop(silent);
}
