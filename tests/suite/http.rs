//! The server's door: what is malformed, huge, slow or not allowed is
//! told so, and the server lives on.

mod crowd;
mod devices;
mod disk;
mod guard;
mod programs;
mod rights;
mod setup;

use std::time::Duration;

use queue_api::{Problem, ProblemCode, Ticket};
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::json;
use tests::hall::{CLERK, DESK, DemoHall, PIN, command_id};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What a refused request is told; every refusal is problem+json.
pub(crate) async fn problem(request: RequestBuilder) -> ProblemCode {
    let reply = request.send().await.unwrap();
    let (status, kind) = (reply.status(), reply.headers()["content-type"].clone());
    assert_eq!(kind, "application/problem+json");
    let problem: Problem = reply.json().await.unwrap();
    assert_eq!(problem.status, status.as_u16());
    assert!(!problem.titles.zh.is_empty() && !problem.titles.en.is_empty());
    problem.code
}

#[tokio::test]
async fn what_cannot_be_read_is_told_so_and_the_server_lives() {
    let hall = DemoHall::start("malformed").unwrap();
    let desk = hall.sign_in(DESK).await.unwrap();
    let clerk = hall.sign_in(CLERK).await.unwrap();
    let http = reqwest::Client::new();
    let post = |path: &str, body: &str| {
        let who = if path.starts_with("windows") { &clerk } else { &desk };
        let request = http.post(hall.url(path)).bearer_auth(who).body(body.to_owned());
        request.header("content-type", "application/json")
    };
    let good = json!({
        "command_id": command_id(), "lane": "A", "class": "ordinary", "source": "desk",
    });
    let with = |name: &str, value: serde_json::Value| {
        let mut body = good.clone();
        body[name] = value;
        body.to_string()
    };
    let cases = [
        (post("tickets", "{"), ProblemCode::Malformed),
        (post("tickets", ""), ProblemCode::Malformed),
        (post("tickets", "[]"), ProblemCode::Malformed),
        (post("tickets", &with("lane", json!("a1"))), ProblemCode::Malformed),
        (post("tickets", &with("lane", json!("ZZ"))), ProblemCode::UnknownLane),
        (post("tickets", &with("matter", json!("no-such"))), ProblemCode::UnknownMatter),
        (post("tickets", &with("lane", json!(null))), ProblemCode::LaneOrMatter),
        (post("tickets", &with("command_id", json!("../../x"))), ProblemCode::Malformed),
        (post("tickets", &with("surprise", json!(1))), ProblemCode::Malformed),
        (post("tickets", &with("lane", json!("A".repeat(100_000)))), ProblemCode::TooLarge),
        (post("tickets/1/dance", "{}"), ProblemCode::NotFound),
        (post("windows/1/dance", "{}"), ProblemCode::Malformed),
        (post("windows/99999999/call-next", "{}"), ProblemCode::Malformed),
        (http.get(hall.url("tickets/9")).bearer_auth(&desk), ProblemCode::UnknownTicket),
        (http.get(hall.url("tickets/x")).bearer_auth(&desk), ProblemCode::Malformed),
        (http.get(hall.url("status/guessed")), ProblemCode::UnknownTicket),
        (http.get(hall.url("feed?view=ticket&token=guessed")), ProblemCode::UnknownTicket),
        (http.get(hall.url("feed?view=dance")).bearer_auth(&desk), ProblemCode::Malformed),
        (http.get(hall.url("feed?view=window")).bearer_auth(&desk), ProblemCode::UnknownWindow),
        (
            http.get(hall.url("feed?view=window&window=99")).bearer_auth(&desk),
            ProblemCode::UnknownWindow,
        ),
        (http.get(hall.url("nothing")), ProblemCode::NotFound),
        (http.request(Method::PATCH, hall.url("tickets")), ProblemCode::MethodNotAllowed),
        (
            http.post(hall.url("session")).json(&json!({"staff": "1001", "pin": "0"})),
            ProblemCode::WrongPin,
        ),
    ];
    for (nth, (request, expected)) in cases.into_iter().enumerate() {
        assert_eq!(problem(request).await, expected, "case {nth}");
    }
    assert_eq!(
        post("tickets", &good.to_string()).send().await.unwrap().status(),
        StatusCode::CREATED
    );
}

#[tokio::test]
async fn what_is_too_long_or_does_not_go_together_is_refused() {
    let hall = DemoHall::start("texts").unwrap();
    let desk = hall.sign_in(DESK).await.unwrap();
    let clerk = hall.sign_in(CLERK).await.unwrap();
    let http = reqwest::Client::new();
    let issue = |name: &str, value: serde_json::Value| {
        let mut body = json!({
            "command_id": command_id(), "lane": "A", "class": "ordinary", "source": "desk",
        });
        body[name] = value;
        http.post(hall.url("tickets")).bearer_auth(&desk).json(&body)
    };
    let unprinted = |chars: usize| {
        let reason = "纸".repeat(chars);
        let body =
            json!({ "command_id": command_id(), "outcome": "not_started", "reason": reason });
        http.post(hall.url("tickets/1/printed")).bearer_auth(&desk).json(&body)
    };
    let pause = |chars: usize| {
        let body = json!({ "command_id": command_id(), "reason": "开".repeat(chars) });
        http.post(hall.url("windows/1/pause")).bearer_auth(&clerk).json(&body)
    };
    let sign_in = |chars: usize| {
        let body = json!({ "staff": "1001", "pin": "0".repeat(chars) });
        http.post(hall.url("session")).json(&body)
    };
    let zone = |chars: usize| {
        let feed = hall.url(&format!("feed?view=board&zone={}", "z".repeat(chars)));
        http.get(feed).bearer_auth(&desk)
    };
    for (request, expected) in [
        // The matter is of lane B.
        (issue("matter", json!("birth-registration")), ProblemCode::LaneNotOfMatter),
        (issue("answers", json!({ "q": vec!["o"; 65] })), ProblemCode::Malformed),
        (unprinted(60), ProblemCode::UnknownTicket),
        (unprinted(61), ProblemCode::TextTooLong),
        (pause(60), ProblemCode::WindowNotOpen),
        (pause(61), ProblemCode::TextTooLong),
        (sign_in(60), ProblemCode::WrongPin),
        (sign_in(61), ProblemCode::TextTooLong),
        (zone(61), ProblemCode::TextTooLong),
    ] {
        assert_eq!(problem(request).await, expected);
    }
}

#[tokio::test]
async fn nobody_does_what_is_not_theirs() {
    let hall = DemoHall::start("rights").unwrap();
    let board = hall.enrol("board", "board-1").unwrap();
    let kiosk = hall.enrol("kiosk", "kiosk-1").unwrap();
    let clerk = hall.sign_in(CLERK).await.unwrap();
    let supervisor = hall.sign_in("4001").await.unwrap();
    let http = reqwest::Client::new();
    let issue =
        json!({ "command_id": command_id(), "lane": "A", "class": "ordinary", "source": "desk" });
    let call = json!({ "command_id": command_id() });
    let printer = json!({ "state": "ready", "since": "2026-11-24T09:00:00Z" });
    let loudspeaker = json!({
        "name": "东区", "state": "ready", "since": "2026-11-24T09:00:00Z", "waiting": 0,
    });
    let post =
        |token: &str, path: &str, body| http.post(hall.url(path)).bearer_auth(token).json(body);
    for (token, path, body) in [
        (&board, "tickets", &issue),
        (&clerk, "tickets", &issue),
        (&supervisor, "tickets", &issue),
        (&kiosk, "windows/1/call-next", &call),
        (&clerk, "windows/2/call-next", &call),
        (&supervisor, "windows/1/open", &call),
        (&clerk, "devices/me/report", &json!({ "printer": null })),
        (&board, "devices/me/report", &json!({ "printer": printer })),
        (&kiosk, "devices/me/report", &json!({ "printer": null, "loudspeakers": [loudspeaker] })),
    ] {
        assert_eq!(problem(post(token, path, body)).await, ProblemCode::NotYours, "{path}");
    }
    for path in [
        "hall",
        "catalogue",
        "tickets/1",
        "windows/1",
        "queue",
        "feed?view=board",
        "feed?view=hall",
    ] {
        assert_eq!(problem(http.get(hall.url(path))).await, ProblemCode::SignInFirst, "{path}");
        let stranger = http.get(hall.url(path)).bearer_auth("guessed");
        assert_eq!(problem(stranger).await, ProblemCode::SignInFirst, "{path}");
    }
    assert_eq!(
        problem(http.get(hall.url("queue")).bearer_auth(&kiosk)).await,
        ProblemCode::NotYours
    );
}

#[tokio::test]
async fn a_kiosk_speaks_for_itself_and_a_person_answers_for_the_green_channel() {
    let hall = DemoHall::start("classes").unwrap();
    let kiosk = hall.enrol("kiosk", "kiosk-1").unwrap();
    let desk = hall.sign_in(DESK).await.unwrap();
    let grant = Some("急诊转来");
    for (token, class, source, grant, expected) in [
        (&kiosk, "ordinary", "kiosk", None, StatusCode::CREATED),
        (&kiosk, "priority", "kiosk", None, StatusCode::CREATED),
        (&kiosk, "green", "kiosk", grant, StatusCode::FORBIDDEN),
        (&kiosk, "ordinary", "desk", None, StatusCode::FORBIDDEN),
        (&desk, "green", "desk", None, StatusCode::UNPROCESSABLE_ENTITY),
        (&desk, "green", "desk", grant, StatusCode::CREATED),
    ] {
        let issue = json!({
            "command_id": command_id(), "lane": "A", "class": class, "source": source,
            "grant": grant,
        });
        let reply = hall.post(token, "tickets", &issue).await.unwrap();
        assert_eq!(reply.status(), expected, "{class} by {source}, {grant:?}");
    }
}

#[tokio::test]
async fn the_secret_of_a_paper_is_seen_by_those_who_print_it() {
    let hall = DemoHall::start("secrets").unwrap();
    let kiosk = hall.enrol("kiosk", "kiosk-1").unwrap();
    let board = hall.enrol("board", "board-1").unwrap();
    let (desk, clerk) = (hall.sign_in(DESK).await.unwrap(), hall.sign_in(CLERK).await.unwrap());
    let issued = hall.issue("A").await.unwrap();
    let path = format!("tickets/{}", issued.id);
    let http = reqwest::Client::new();
    let asked_by = |token: &str| http.get(hall.url(&path)).bearer_auth(token);
    assert_eq!(problem(asked_by(&board)).await, ProblemCode::NotYours);
    for (token, seen) in [(&kiosk, true), (&desk, true), (&clerk, false)] {
        let ticket: Ticket = asked_by(token).send().await.unwrap().json().await.unwrap();
        assert_eq!(ticket.number, issued.number);
        assert_eq!(ticket.token == issued.token, seen);
        assert_eq!(ticket.url == issued.url, seen);
    }
    hall.act("open", json!({})).await.unwrap();
    let called = hall.act("call-next", json!({})).await.unwrap().ticket.unwrap();
    assert_eq!((called.number, called.token.as_str()), (issued.number, ""));
}

#[tokio::test]
async fn five_wrong_pins_close_the_door() {
    let hall = DemoHall::start("pins").unwrap();
    let http = reqwest::Client::new();
    let try_pin =
        |pin: &str| http.post(hall.url("session")).json(&json!({ "staff": "1002", "pin": pin }));
    for _ in 0..5 {
        assert_eq!(problem(try_pin("000000")).await, ProblemCode::WrongPin);
    }
    assert_eq!(problem(try_pin(PIN)).await, ProblemCode::TooManyTries);
    hall.sign_in(CLERK).await.expect("others are not kept out");
}

/// Writes bytes to the server and gives what it answers until it hangs up.
async fn raw(hall: &DemoHall, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(hall.address.trim_start_matches("http://")).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    let mut answer = Vec::new();
    let patience = Duration::from_secs(30);
    let read = tokio::time::timeout(patience, stream.read_to_end(&mut answer)).await;
    read.expect("the server hangs up").ok();
    String::from_utf8_lossy(&answer).into_owned()
}

/// Sends a head and then, once a second, one byte of the body it
/// promised; gives what is answered.
async fn dripping(hall: &DemoHall, head: &str) -> String {
    let address = hall.address.trim_start_matches("http://");
    let (mut from, mut to) = TcpStream::connect(address).await.unwrap().into_split();
    to.write_all(head.as_bytes()).await.unwrap();
    let drip = async {
        while to.write_all(b" ").await.is_ok() {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        std::future::pending::<()>().await;
    };
    let mut answer = Vec::new();
    let patience = Duration::from_secs(30);
    tokio::select! {
        () = drip => {}
        read = tokio::time::timeout(patience, from.read_to_end(&mut answer)) => {
            read.expect("the server hangs up").ok();
        }
    }
    String::from_utf8_lossy(&answer).into_owned()
}

/// The beginning of a request with a body that is read.
const SESSION: &str =
    "POST /api/v1/session HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";

#[tokio::test]
async fn garbage_is_answered_and_the_server_lives() {
    let hall = DemoHall::start("garbage").unwrap();
    let garbage = raw(&hall, b"\x03\x01 not http at all\r\n\r\n").await;
    assert!(garbage.starts_with("HTTP/1.1 400 "), "{garbage}");
    // Who begins as TLS does and is none is let go, with an alert or not.
    let no_greeting = raw(&hall, b"\x16\x03\x01\x00\x04none").await;
    assert!(!no_greeting.contains("HTTP"), "{no_greeting:?}");
    let huge_head = format!("GET / HTTP/1.1\r\nx: {}\r\n\r\n", "y".repeat(1 << 20));
    let huge_head = raw(&hall, huge_head.as_bytes()).await;
    assert!(huge_head.is_empty() || huge_head.starts_with("HTTP/1.1 431 "), "{huge_head}");
    let long_line = format!("GET /{} HTTP/1.1\r\n\r\n", "y".repeat(70_000));
    let long_line = raw(&hall, long_line.as_bytes()).await;
    assert!(long_line.is_empty() || long_line.starts_with("HTTP/1.1 414 "), "{long_line}");
    // From here on the head can be read, and the answer is a problem.
    let bad_chunk = format!("{SESSION}transfer-encoding: chunked\r\n\r\nZZ\r\n{{}}\r\n");
    let bad_chunk = raw(&hall, bad_chunk.as_bytes()).await;
    assert!(bad_chunk.starts_with("HTTP/1.1 400 "), "{bad_chunk}");
    assert!(bad_chunk.contains("\"code\":\"malformed\""), "{bad_chunk}");
    assert_eq!(hall.issue("A").await.unwrap().number.to_string(), "A001");
}

#[tokio::test]
async fn dawdlers_are_let_go_and_the_server_lives() {
    let hall = DemoHall::start("dawdlers").unwrap();
    let half_a_head = raw(&hall, b"GET /healthz HTTP/1.1\r\nhost: x\r\n");
    let half_a_body = format!("{SESSION}content-length: 99\r\n\r\n{{");
    let half_a_body = raw(&hall, half_a_body.as_bytes());
    let drip = format!("{SESSION}content-length: 9999\r\n\r\n{{");
    let drip = dripping(&hall, &drip);
    let unread_drip = "GET /healthz HTTP/1.1\r\nhost: x\r\ncontent-length: 9999\r\n\r\n";
    let unread_drip = dripping(&hall, unread_drip);
    let (half_a_head, half_a_body, drip, unread_drip) =
        tokio::join!(half_a_head, half_a_body, drip, unread_drip);
    assert!(half_a_head.is_empty() || half_a_head.starts_with("HTTP/1.1 408 "), "{half_a_head}");
    for slow in [half_a_body, drip] {
        assert!(slow.starts_with("HTTP/1.1 408 "), "{slow}");
        assert!(slow.contains("\"code\":\"too_slow\""), "{slow}");
    }
    assert!(unread_drip.starts_with("HTTP/1.1 200 "), "{unread_drip}");
    assert_eq!(hall.issue("A").await.unwrap().number.to_string(), "A001");
}

#[tokio::test]
async fn a_command_sent_twice_is_done_once_and_answered_twice() {
    let mut hall = DemoHall::start("twice").unwrap();
    let desk = hall.sign_in(DESK).await.unwrap();
    let body =
        json!({ "command_id": command_id(), "lane": "B", "class": "ordinary", "source": "desk" });
    let first = hall.post(&desk, "tickets", &body).await.unwrap();
    assert_eq!(first.status(), StatusCode::CREATED);
    let first: serde_json::Value = first.json().await.unwrap();
    hall.kill().unwrap();
    hall.restart().unwrap();
    let second = hall.post(&desk, "tickets", &body).await.unwrap();
    assert_eq!(second.status(), StatusCode::OK);
    assert_eq!(second.json::<serde_json::Value>().await.unwrap(), first);
    let other = json!({ "command_id": body["command_id"] });
    let void =
        reqwest::Client::new().post(hall.url("tickets/1/void")).bearer_auth(&desk).json(&other);
    assert_eq!(problem(void).await, ProblemCode::CommandReused);
}
