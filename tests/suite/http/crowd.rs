//! Too many at the door: who comes in a crowd gets a share, and devices
//! and staff get in all the same.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use queue_api::{Problem, ProblemCode};
use reqwest::{Client, StatusCode};
use serde_json::json;
use tests::hall::{CLERK, DESK, DemoHall, PIN};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::JoinSet;

/// Where the crowd comes from, and where somebody else sits. Both are
/// this machine, but the server sees two addresses, and the harness at a
/// third.
const CROWD: [u8; 4] = [127, 0, 0, 2];
const ELSEWHERE: [u8; 4] = [127, 0, 0, 3];

fn client(from: [u8; 4]) -> Client {
    Client::builder().local_address(IpAddr::from(from)).build().unwrap()
}

/// What who tries to sign in is told; none who is let in.
async fn sign_in(client: &Client, url: &str, staff: &str, pin: &str) -> Option<ProblemCode> {
    let body = json!({ "staff": staff, "pin": pin });
    let reply = client.post(url).json(&body).send().await.unwrap();
    if reply.status() == StatusCode::CREATED {
        return None;
    }
    assert!(
        reply.status() == StatusCode::UNAUTHORIZED || reply.headers().contains_key("retry-after")
    );
    Some(reply.json::<Problem>().await.unwrap().code)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_storm_of_tries_costs_little_and_keeps_nobody_else_out() {
    let hall = DemoHall::start("storm").unwrap();
    let (crowd, elsewhere) = (client(CROWD), client(ELSEWHERE));
    // Every second try is for one number, the others for any.
    let mut storm = JoinSet::new();
    for nth in 0..500 {
        let staff = if nth % 2 == 0 { CLERK.to_owned() } else { format!("7{nth}") };
        let (crowd, url) = (crowd.clone(), hall.url("session"));
        storm.spawn(async move { (sign_in(&crowd, &url, &staff, "000000").await, staff) });
    }
    let url = hall.url("session");
    let colleague = sign_in(&elsewhere, &url, DESK, PIN).await;
    assert_eq!(colleague, None, "a colleague elsewhere signs in meanwhile");
    let storm = storm.join_all().await;
    let wrong = storm.iter().filter(|it| **it == (Some(ProblemCode::WrongPin), CLERK.to_owned()));
    assert!(wrong.count() <= 5, "{storm:?}");
    assert!(storm.iter().all(|(code, _)| code.is_some()));
    let memory = hall.memory_kb_peak().unwrap();
    assert!(memory < 300_000, "{memory} kB for 500 tries");
    assert_eq!(sign_in(&elsewhere, &url, CLERK, PIN).await, None, "nor is the clerk kept out");
}

/// A connection, and the head of the answer to what was asked on it.
async fn ask(
    hall: &DemoHall,
    from: [u8; 4],
    path: &str,
    token: Option<&str>,
) -> (TcpStream, String) {
    let mut stream = connect(hall, from).await;
    let token = token.map_or_else(String::new, |it| format!("authorization: Bearer {it}\r\n"));
    let head = format!("GET {path} HTTP/1.1\r\nhost: hall\r\n{token}\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    while !answer.windows(4).any(|it| it == b"\r\n\r\n") {
        assert!(stream.read_buf(&mut answer).await.unwrap() > 0, "hung up");
    }
    (stream, String::from_utf8_lossy(&answer).to_lowercase())
}

async fn connect(hall: &DemoHall, from: [u8; 4]) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(SocketAddr::from((from, 0))).unwrap();
    let address = hall.address.trim_start_matches("http://").parse().unwrap();
    socket.connect(address).await.unwrap()
}

#[tokio::test]
async fn a_crowd_from_one_address_takes_its_share_and_no_more() {
    /// The share of an address, and how many of it may look in briefly.
    const SHARE: usize = 512;
    const LOOK_IN: usize = 32;
    let hall = DemoHall::start("crowd").unwrap();
    let kiosk = hall.enrol("kiosk", "kiosk-1").unwrap();
    let ticket = hall.issue("A").await.unwrap();
    let page = format!("/api/v1/feed?view=ticket&token={}", ticket.token);
    let mut crowd = Vec::new();
    for nth in 0..SHARE {
        let (stream, head) = ask(&hall, CROWD, &page, None).await;
        assert!(head.starts_with("http/1.1 200 "), "feed {nth}: {head}");
        crowd.push(stream);
    }
    let (_, head) = ask(&hall, CROWD, &page, None).await;
    assert!(head.starts_with("http/1.1 503 ") && head.contains("retry-after"), "{head}");
    let (_, head) = ask(&hall, CROWD, "/healthz", None).await;
    assert!(head.starts_with("http/1.1 200 ") && head.contains("connection: close"), "{head}");
    let (_stays, head) = ask(&hall, CROWD, "/api/v1/feed?view=board", Some(&kiosk)).await;
    assert!(head.starts_with("http/1.1 200 ") && !head.contains("connection: close"), "{head}");
    let desk = sign_in(&client(CROWD), &hall.url("session"), DESK, PIN).await;
    assert_eq!(desk, None, "staff come in from the same address");

    let mut silent = Vec::new();
    for _ in 0..=LOOK_IN {
        silent.push(connect(&hall, CROWD).await);
    }
    let mut last = silent.pop().unwrap();
    let refused = tokio::time::timeout(Duration::from_secs(2), last.read_u8()).await;
    assert!(refused.expect("at once, not after a wait").is_err());
    let (_, head) = ask(&hall, ELSEWHERE, &page, None).await;
    assert!(head.starts_with("http/1.1 200 "), "{head}");
}
