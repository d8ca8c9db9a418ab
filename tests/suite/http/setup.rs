//! A hall without an administrator, and what is noted of who comes in.

use std::fs;

use queue_api::{AuditFact, AuditPage, ProblemCode};
use reqwest::{Client, StatusCode};
use serde_json::json;
use tests::hall::{CLERK, DemoHall, PIN, staff_without};

use super::problem;

/// The code that the log tells.
fn code(hall: &DemoHall) -> String {
    let log = fs::read_to_string(hall.folder().join("queue-server.log")).unwrap();
    let line = log.lines().rev().find(|it| it.contains("open /setup")).expect("the log has it");
    let digits = line.split("code=\"").nth(1).unwrap();
    digits.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn the_first_administrator_comes_in_with_the_code_of_the_log() {
    let mut hall = staff_without("setup", "9001").unwrap();
    let http = Client::new();
    let code = code(&hall);
    let make = |code: &str, staff: &str, pin: &str| {
        http.post(hall.url("setup")).json(&json!({ "code": code, "staff": staff, "pin": pin }))
    };
    for (code, staff, pin, expected) in [
        ("0", "9009", "471100", ProblemCode::WrongCode),
        (code.as_str(), "9009", "123456", ProblemCode::WeakPin),
        (code.as_str(), "9009", "777777", ProblemCode::WeakPin),
        (code.as_str(), CLERK, "471100", ProblemCode::StaffKnown),
    ] {
        assert_eq!(problem(make(code, staff, pin)).await, expected);
    }
    assert_eq!(make(&code, "9009", "471100").send().await.unwrap().status(), StatusCode::CREATED);
    assert_eq!(problem(make(&code, "9010", "471100")).await, ProblemCode::SetupOver);
    let sign_in = |hall: &DemoHall| {
        let body = json!({ "staff": "9009", "pin": "471100" });
        Client::new().post(hall.url("session")).json(&body).send()
    };
    let reply = sign_in(&hall).await.unwrap();
    assert_eq!(reply.status(), StatusCode::CREATED);
    assert_eq!(reply.json::<serde_json::Value>().await.unwrap()["role"], "admin");
    // After a restart there is an administrator, and no code.
    hall.stop().unwrap();
    hall.restart().unwrap();
    assert_eq!(sign_in(&hall).await.unwrap().status(), StatusCode::CREATED);
    let log = fs::read_to_string(hall.folder().join("queue-server.log")).unwrap();
    assert_eq!(log.matches("open /setup").count(), 1);
    assert!(!log.contains("471100"), "a PIN is in no log");
}

#[tokio::test]
async fn who_comes_in_and_who_tries_to_is_noted_without_any_pin() {
    let hall = DemoHall::start("audit").unwrap();
    let http = Client::new();
    let sign_in = |staff: &str, pin: &str| {
        http.post(hall.url("session")).json(&json!({ "staff": staff, "pin": pin }))
    };
    let clerk = hall.sign_in(CLERK).await.unwrap();
    for _ in 0..6 {
        let reply = sign_in("1002", "999999").send().await.unwrap();
        assert!(reply.status().is_client_error());
    }
    for _ in 0..3 {
        assert_eq!(problem(sign_in("777", "999999")).await, ProblemCode::WrongPin);
    }
    let out = http.delete(hall.url("session")).bearer_auth(&clerk).send().await.unwrap();
    assert_eq!(out.status(), StatusCode::NO_CONTENT);
    let supervisor = hall.sign_in("4001").await.unwrap();
    let text = hall.get(&supervisor, "audit").await.unwrap().text().await.unwrap();
    assert!(!text.contains("999999") && !text.contains(PIN) && !text.contains(&clerk), "{text}");
    let page: AuditPage = serde_json::from_str(&text).unwrap();
    let told: Vec<String> = page.entries.iter().rev().map(|it| brief(&it.fact)).collect();
    let wrong = "wrong 1002 127.0.0.1";
    assert_eq!(
        told,
        [
            "in 1001 127.0.0.1",
            wrong,
            wrong,
            wrong,
            wrong,
            wrong,
            "locked 1002 127.0.0.1",
            "nobody 127.0.0.1 1",
            "out 1001",
            "in 4001 127.0.0.1",
        ]
    );
}

fn brief(fact: &AuditFact) -> String {
    match fact {
        AuditFact::SignedIn { staff, from } => format!("in {staff} {from}"),
        AuditFact::WrongPin { staff, from } => format!("wrong {staff} {from}"),
        AuditFact::Locked { staff, from } => format!("locked {staff} {from}"),
        AuditFact::UnknownNumber { from, times } => format!("nobody {from} {times}"),
        AuditFact::SignedOut { staff } => format!("out {staff}"),
        other => format!("{other:?}"),
    }
}

#[tokio::test]
async fn signing_out_everywhere_ends_every_session_of_that_number() {
    let hall = DemoHall::start("everywhere").unwrap();
    let http = Client::new();
    let (here, there) = (hall.sign_in(CLERK).await.unwrap(), hall.sign_in(CLERK).await.unwrap());
    let (colleague, manager) =
        (hall.sign_in("1002").await.unwrap(), hall.sign_in("3001").await.unwrap());
    let out = |token: &str, query: &str| {
        let path = hall.url(&format!("sessions{query}"));
        let request = http.delete(path).bearer_auth(token);
        async { request.send().await.unwrap().status() }
    };
    let is_in = |token: &str| {
        let request = http.get(hall.url("session")).bearer_auth(token);
        async { request.send().await.unwrap().status() == StatusCode::OK }
    };
    assert_eq!(out(&colleague, "?staff=1001").await, StatusCode::FORBIDDEN);
    assert!(is_in(&here).await && is_in(&there).await);
    assert_eq!(out(&here, "").await, StatusCode::NO_CONTENT);
    assert!(!is_in(&here).await && !is_in(&there).await && is_in(&colleague).await);
    assert_eq!(out(&manager, "?staff=1002").await, StatusCode::NO_CONTENT);
    assert!(!is_in(&colleague).await && is_in(&manager).await);
}
