//! A device comes in by the code on its screen, and goes at once.

use std::time::Duration;

use queue_api::{
    AuditFact, AuditPage, DeviceAsked, DevicesView, HallView, ProblemCode, TokenReply,
};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use tests::hall::DemoHall;

use super::problem;

/// A device asks to come in.
async fn ask(hall: &DemoHall, kind: &str, name: &str) -> DeviceAsked {
    let body = json!({ "kind": kind, "name": name });
    let reply = Client::new().post(hall.url("devices")).json(&body).send().await.unwrap();
    assert_eq!(reply.status(), StatusCode::CREATED);
    reply.json().await.unwrap()
}

fn fetch(hall: &DemoHall, asked: &DeviceAsked) -> reqwest::RequestBuilder {
    let path = format!("devices/{}/token", asked.id);
    Client::new().post(hall.url(&path)).json(&json!({ "claim": asked.claim }))
}

#[tokio::test]
async fn a_device_comes_in_by_the_code_on_its_screen_and_goes_at_once() {
    let hall = DemoHall::start("enrolment").unwrap();
    let manager = hall.sign_in("3001").await.unwrap();
    let asked = ask(&hall, "kiosk", "kiosk-7").await;
    assert!(asked.code.len() == 6 && asked.code.bytes().all(|it| it.is_ascii_digit()));
    let waits = tokio::spawn(fetch(&hall, &asked).send());
    // The list has the request and not its code.
    let list = hall.get(&manager, "devices").await.unwrap().text().await.unwrap();
    assert!(!list.contains(&asked.code) && !list.contains(&asked.claim), "{list}");
    let list: DevicesView = serde_json::from_str(&list).unwrap();
    assert_eq!((list.requests.len(), list.requests[0].name.as_str()), (1, "kiosk-7"));
    let approve = |code: &str| {
        let path = hall.url(&format!("devices/{}/approve", asked.id));
        Client::new().post(path).bearer_auth(&manager).json(&json!({ "code": code }))
    };
    assert_eq!(problem(approve("x")).await, ProblemCode::WrongCode);
    assert_eq!(approve(&asked.code).send().await.unwrap().status(), StatusCode::NO_CONTENT);
    let reply: TokenReply = waits.await.unwrap().unwrap().json().await.unwrap();
    let TokenReply::Approved { token } = reply else { panic!("it was approved") };
    let me: Value = hall.get(&token, "devices/me").await.unwrap().json().await.unwrap();
    assert_eq!((&me["name"], &me["kind"]), (&json!("kiosk-7"), &json!("kiosk")));
    // An answer that was lost is given again; the token before is void.
    let TokenReply::Approved { token: again } =
        fetch(&hall, &asked).send().await.unwrap().json().await.unwrap()
    else {
        panic!("it is approved still")
    };
    assert_eq!(hall.get(&token, "devices/me").await.unwrap().status(), StatusCode::UNAUTHORIZED);
    // Revoked: its feed ends, and the token opens nothing.
    let mut feed = hall.get(&again, "feed?view=board").await.unwrap();
    assert!(feed.chunk().await.unwrap().is_some());
    let path = format!("devices/{}/revoke", asked.id);
    let revoked = hall.post(&manager, &path, &json!({})).await.unwrap();
    assert_eq!(revoked.status(), StatusCode::NO_CONTENT);
    let end = async { while feed.chunk().await.unwrap().is_some() {} };
    tokio::time::timeout(Duration::from_secs(30), end).await.expect("the feed ends");
    assert_eq!(hall.get(&again, "hall").await.unwrap().status(), StatusCode::UNAUTHORIZED);
    assert_eq!(problem(fetch(&hall, &asked)).await, ProblemCode::UnknownDevice);
    // Who did it is noted, and the code is not.
    let supervisor = hall.sign_in("4001").await.unwrap();
    let audit = hall.get(&supervisor, "audit").await.unwrap().text().await.unwrap();
    assert!(!audit.contains(&asked.code) && !audit.contains(&again), "{audit}");
    let page: AuditPage = serde_json::from_str(&audit).unwrap();
    let by = |fact: &AuditFact| match fact {
        AuditFact::DeviceApproved { device, by, .. } => {
            Some(("in", device.clone(), by.to_string()))
        }
        AuditFact::DeviceRevoked { device, by } => Some(("out", device.clone(), by.to_string())),
        _ => None,
    };
    let facts: Vec<_> = page.entries.iter().filter_map(|it| by(&it.fact)).collect();
    let fact = |what| (what, "kiosk-7".to_owned(), "3001".to_owned());
    assert_eq!(facts, [fact("out"), fact("in")], "the newest first");
}

#[tokio::test]
async fn five_wrong_codes_and_five_screens_from_one_address_are_too_many() {
    let hall = DemoHall::start("enrolment-limits").unwrap();
    let manager = hall.sign_in("3001").await.unwrap();
    let asked = ask(&hall, "board", "board-0").await;
    let approve = |code: &str| {
        let path = hall.url(&format!("devices/{}/approve", asked.id));
        Client::new().post(path).bearer_auth(&manager).json(&json!({ "code": code }))
    };
    for _ in 0..5 {
        assert_eq!(problem(approve("000 000")).await, ProblemCode::WrongCode);
    }
    assert_eq!(problem(approve(&asked.code)).await, ProblemCode::UnknownDevice);
    assert_eq!(problem(fetch(&hall, &asked)).await, ProblemCode::UnknownDevice);
    for nth in 1..=4 {
        ask(&hall, "board", &format!("board-{nth}")).await;
    }
    let body = json!({ "kind": "board", "name": "board-5" });
    let more = Client::new().post(hall.url("devices")).json(&body);
    assert_eq!(problem(more).await, ProblemCode::TooManyRequests);
    for (kind, name) in [("program", "city"), ("board", ""), ("board", "a\nb")] {
        let body = json!({ "kind": kind, "name": name });
        let bad = Client::new().post(hall.url("devices")).json(&body);
        assert_eq!(problem(bad).await, ProblemCode::Malformed, "{kind} {name:?}");
    }
    // Staff see them on the hall's page, and a manager turns one away.
    let mut feed = hall.get(&manager, "feed?view=hall").await.unwrap();
    let first = feed.chunk().await.unwrap().unwrap();
    let data = std::str::from_utf8(&first).unwrap().split_once("data: ").unwrap().1;
    let view: HallView = serde_json::from_str(data.trim()).unwrap();
    assert_eq!(view.requests.len(), 4);
    let path = format!("devices/{}/revoke", view.requests[0].id);
    assert_eq!(hall.post(&manager, &path, &json!({})).await.unwrap().status(), 204);
    let list: DevicesView = hall.get(&manager, "devices").await.unwrap().json().await.unwrap();
    assert_eq!(list.requests.len(), 3);
}
