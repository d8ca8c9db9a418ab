//! Numbers that kiosks give while the server cannot be reached, at the
//! real server's door and on a real kiosk: each exists once, whatever was
//! lost, sent twice or put back from an old copy.

use jiff::{SignedDuration, Timestamp};
use queue_api::{
    CommandId, NumberLease, ProblemCode, TakeInReply, TakenIn, Ticket, TicketId, TicketState,
};
use reqwest::StatusCode;
use serde_json::{Value, json};
use tests::hall::{CLERK, DESK, DemoHall, command_id};

use crate::corner::Corner;

/// The server's door, as kiosks use it.
struct Door {
    hall: DemoHall,
}

impl Door {
    async fn post(&self, token: &str, path: &str, body: &Value) -> (StatusCode, Value) {
        let reply = self.hall.post(token, path, body).await.unwrap();
        (reply.status(), reply.json().await.unwrap())
    }

    async fn lease(&self, kiosk: &str) -> NumberLease {
        let body = json!({ "command_id": command_id(), "lanes": ["C"] });
        let (status, lease) = self.post(kiosk, "leases", &body).await;
        assert_eq!(status, StatusCode::CREATED, "{lease}");
        serde_json::from_value(lease).unwrap()
    }

    /// What becomes of numbers that a kiosk tells.
    async fn tell(&self, kiosk: &str, sent_at: Timestamp, told: &[Value]) -> Vec<TakenIn> {
        let body = json!({ "sent_at": sent_at, "tickets": told });
        let (status, reply) = self.post(kiosk, "tickets/import", &body).await;
        assert_eq!(status, StatusCode::OK, "{reply}");
        serde_json::from_value::<TakeInReply>(reply).unwrap().tickets
    }

    async fn issue(&self, kiosk: &str, command: &CommandId) -> Ticket {
        let body = json!({
            "command_id": command, "lane": "C", "class": "ordinary", "source": "kiosk",
        });
        serde_json::from_value(self.post(kiosk, "tickets", &body).await.1).unwrap()
    }

    async fn ticket(&self, id: TicketId) -> Ticket {
        let desk = self.hall.sign_in(DESK).await.unwrap();
        self.hall.get(&desk, &format!("tickets/{id}")).await.unwrap().json().await.unwrap()
    }
}

fn told(lease: &NumberLease, count: u32, press: &CommandId, at: Timestamp) -> Value {
    json!({
        "command_id": press,
        "lease": lease.token,
        "business_day": lease.business_day,
        "number": format!("C{count:03}"),
        "token": format!("the-secret-of-paper-{count}"),
        "issued_at": at,
        "class": "ordinary",
    })
}

fn press() -> CommandId {
    command_id().parse().unwrap()
}

#[tokio::test]
async fn a_number_told_twice_is_one_ticket_and_replaces_the_answer_that_was_lost() {
    let door = Door { hall: DemoHall::start("offline-told").unwrap() };
    let kiosk = door.hall.enrol("kiosk", "kiosk-1").unwrap();
    let other = door.hall.enrol("kiosk", "kiosk-2").unwrap();
    let (lease, of_other) = (door.lease(&kiosk).await, door.lease(&other).await);
    let (block, next) = (&lease.blocks[0], &of_other.blocks[0]);
    assert_eq!((block.first, block.count, next.first), (501, 40, 541));

    // The server had given a number, and the kiosk never heard of it.
    let (asked, before) = (press(), door.issue(&other, &press()).await);
    let lost = door.issue(&kiosk, &asked).await;
    assert_eq!((before.number.count, lost.number.count), (1, 2), "none of the leased");
    let now = now();
    // The kiosk's clock is an hour slow, which is seen by what it sends.
    let slow = SignedDuration::from_hours(1);
    let body = [told(&lease, 501, &asked, now - slow)];
    let first = door.tell(&kiosk, now - slow, &body).await;
    let again = door.tell(&kiosk, now - slow, &body).await;
    assert_eq!(first, again);
    let ticket = door.ticket(first[0].ticket.unwrap()).await;
    assert_eq!((ticket.number.to_string().as_str(), ticket.state), ("C501", TicketState::Waiting));
    assert!(ticket.issued_at <= now && now.duration_since(ticket.issued_at).as_secs() < 60);
    assert_eq!(door.ticket(lost.id).await.state, TicketState::Void);
    // The request that was given up arrives after all.
    assert_eq!(door.issue(&kiosk, &asked).await.number, lost.number, "one id, one answer");

    // What is not this kiosk's is refused by itself; the rest is taken.
    let mixed = [
        told(&lease, 502, &press(), now),
        told(&lease, 541, &press(), now),
        told(&lease, 1, &press(), now),
        told(&lease, 501, &press(), now),
    ];
    let became = door.tell(&kiosk, now, &mixed).await;
    let refused = Some(ProblemCode::NumberTaken);
    let problems: Vec<_> = became.iter().map(|it| it.problem).collect();
    assert_eq!(problems, [None, refused, refused, refused]);
    assert!(became[0].ticket.is_some());

    // Only kiosks give numbers by themselves.
    let clerk = door.hall.sign_in(CLERK).await.unwrap();
    let board = door.hall.enrol("board", "board-1").unwrap();
    for (path, body) in [
        ("leases", json!({ "command_id": command_id() })),
        ("tickets/import", json!({ "sent_at": now, "tickets": [] })),
    ] {
        for who in [&clerk, &board] {
            let (status, problem) = door.post(who, path, &body).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{path}: {problem}");
        }
    }
    // Without the server no other classes are given than with it.
    for class in ["green", "appointment"] {
        let mut other = told(&lease, 503, &press(), now);
        other["class"] = json!(class);
        let body = json!({ "sent_at": now, "tickets": [other] });
        let (status, problem) = door.post(&kiosk, "tickets/import", &body).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{class}: {problem}");
    }
    // A secret that could be guessed, and more at once than is taken.
    let mut short = told(&lease, 503, &press(), now);
    short["token"] = json!("short");
    let many = vec![told(&lease, 503, &press(), now); 65];
    for tickets in [vec![short], many] {
        let body = json!({ "sent_at": now, "tickets": tickets });
        let (status, problem) = door.post(&kiosk, "tickets/import", &body).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{problem}");
    }
}

#[tokio::test]
async fn after_a_return_to_an_old_copy_no_number_of_today_comes_twice() {
    let mut door = Door { hall: DemoHall::start("old-copy").unwrap() };
    let kiosk = door.hall.enrol("kiosk", "kiosk-1").unwrap();
    door.issue(&kiosk, &press()).await;
    let copy = door.hall.folder().join("copy.db");
    door.hall.backup(&copy).unwrap();
    let lost = door.issue(&kiosk, &press()).await;
    let (lost_lease, visitor) = (door.lease(&kiosk).await, press());

    door.hall.stop().unwrap();
    door.hall.put_back(&copy).unwrap();
    door.hall.restart().unwrap();
    let next = door.issue(&kiosk, &press()).await;
    assert!(next.number.count > lost.number.count + 100, "{} after {}", next.number, lost.number);
    assert!(next.id.0 > lost.id.0 + 100, "a late report on {} reaches nobody else", lost.id);
    let lease = door.lease(&kiosk).await;
    assert!(lease.blocks[0].first >= lost_lease.blocks[0].first + 40);
    // Whoever has a number of the lease that was lost is in the queue.
    let now = now();
    let became = door.tell(&kiosk, now, &[told(&lost_lease, 501, &visitor, now)]).await;
    assert_eq!(door.ticket(became[0].ticket.unwrap()).await.state, TicketState::Waiting);
    // The copy is a copy once: another start skips nothing more.
    door.hall.stop().unwrap();
    door.hall.restart().unwrap();
    let after = door.issue(&kiosk, &press()).await;
    assert_eq!(after.number.count, next.number.count + 1);
}

#[tokio::test]
async fn a_kiosk_goes_on_without_the_server_and_tells_it_afterwards() {
    let mut corner = Corner::start("kiosk-offline").await;
    corner.kiosk.says("numbers for when the server is away").await.unwrap();
    corner.kiosk.press("我要取号").await.unwrap();
    corner.kiosk.press("身份证").await.unwrap();
    corner.kiosk.page("Guide").await.unwrap();
    corner.hall.kill().unwrap();
    corner.kiosk.press("直接取号").await.unwrap();
    corner.kiosk.reads("恢复后按取号时间排队").await.unwrap();
    let paper = corner.paper(1, "请从下方拿小票").await;
    corner.kiosk.screen.picture("offline.png").unwrap();
    assert!(paper.complete && paper.faults.is_empty(), "{:?}", paper.faults);
    assert!(paper.words().contains("C501") && paper.words().contains("脱机取号"));

    corner.hall.restart().unwrap();
    corner.kiosk.says("an offline number is a ticket").await.unwrap();
    let ticket = corner.ticket(1).await;
    assert_eq!((ticket.number.to_string().as_str(), ticket.state), ("C501", TicketState::Waiting));
    assert!(paper.codes().unwrap().contains(&ticket.url), "the QR is the ticket's page");
}

#[expect(clippy::disallowed_methods, reason = "the real server goes by the real clock")]
fn now() -> Timestamp {
    Timestamp::now()
}
