//! A kiosk and a board that nobody has enrolled: each shows a code, goes
//! on by itself when it was let in, and asks again when it is shown out.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use queue_api::DevicesView;
use serde_json::json;
use tests::browser::Browser;
use tests::hall::{DemoHall, PIN};
use tests::program::{Program, Start};
use tests::visitor::Kiosk;

use crate::push::{Traffic, stand_between};

/// Lets in the one device that asks.
async fn let_in(hall: &DemoHall, manager: &str, name: &str, code: &str) -> u64 {
    let list: DevicesView = hall.get(manager, "devices").await.unwrap().json().await.unwrap();
    let asks = list.requests.iter().find(|it| it.name == name).expect("it asks");
    let body = json!({ "code": code });
    let reply = hall.post(manager, &format!("devices/{}/approve", asks.id), &body).await.unwrap();
    assert_eq!(reply.status(), 204);
    asks.id.0
}

fn assert_kept(state: &Path) {
    let token = state.join("token");
    assert_eq!(fs::metadata(&token).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(fs::read_to_string(&token).unwrap().trim().len() > 40);
}

/// A board without a token, drawn into a picture.
fn board(hall: &DemoHall, server: &str, state: &Path) -> Program {
    let picture = hall.folder().join("board.png");
    Start::ours("display-board")
        .unwrap()
        .args(["--server", server, "--name", "叫号屏-9", "--snapshot", picture.to_str().unwrap()])
        .args([Path::new("--state"), state])
        .logging_to(&hall.folder().join("display-board.log"))
        .unwrap()
}

#[tokio::test]
async fn a_board_comes_in_by_its_code_and_asks_again_when_it_is_shown_out() {
    let hall = DemoHall::start("joining-board").unwrap();
    let manager = hall.sign_in("3001").await.unwrap();
    let traffic = Traffic::default();
    let server = hall.address.trim_start_matches("http://").to_owned();
    let between = stand_between(server, traffic.clone()).await;
    let state = hall.folder().join("board-state");
    let mut first = board(&hall, &between, &state);
    traffic.hears("\"claim\":\"", 1).await;
    let code = traffic.last_told("\"code\":\"", "\"claim\":\"");
    let id = let_in(&hall, &manager, "叫号屏-9", &code).await;
    traffic.hears("event: view", 1).await;
    assert_kept(&state);
    assert_eq!(traffic.asked("POST /api/v1/devices"), 1);
    // The next start needs nobody.
    first.kill().unwrap();
    let _second = board(&hall, &between, &state);
    traffic.hears("event: view", 2).await;
    assert_eq!(traffic.asked("POST /api/v1/devices"), 1);
    // Shown out, it asks again.
    hall.post(&manager, &format!("devices/{id}/revoke"), &json!({})).await.unwrap();
    traffic.hears("\"claim\":\"", 2).await;
    let code = traffic.last_told("\"code\":\"", "\"claim\":\"");
    let views = traffic.told("event: view");
    let_in(&hall, &manager, "叫号屏-9", &code).await;
    traffic.hears("event: view", views + 1).await;
}

#[tokio::test]
async fn a_kiosk_shows_its_code_and_then_its_first_page() {
    let hall = DemoHall::start("joining-kiosk").unwrap();
    let manager = hall.sign_in("3001").await.unwrap();
    let printer = format!("dir:{}", hall.folder().join("paper").display());
    let kiosk = Kiosk::start_unknown(hall.folder(), &hall.address, &printer, (540, 960)).unwrap();
    let digits = |label: &str| {
        let code: String = label.chars().filter(|it| *it != ' ').collect();
        (code.len() == 6 && code.bytes().all(|it| it.is_ascii_digit())).then_some(code)
    };
    let code = kiosk
        .wait("a code", |map| map.elements.iter().find_map(|it| digits(&it.label)))
        .await
        .unwrap();
    let list: DevicesView = hall.get(&manager, "devices").await.unwrap().json().await.unwrap();
    let name = list.requests[0].name.clone();
    assert!(name.starts_with("kiosk"), "{name}");
    // The manager reads the code on the kiosk and types it in on a page.
    let browser = Browser::start().await.unwrap();
    browser.sign_in(&hall.address, "3001", PIN).await.unwrap();
    browser.open(&format!("{}/hall", hall.address)).await.unwrap();
    browser.tells("requests", &name).await.unwrap();
    let field = format!("code-{}", list.requests[0].id);
    let wrong = if code == "000000" { "111111" } else { "000000" };
    browser.fill(&field, wrong).await.unwrap();
    browser.press("让它加入").await.unwrap();
    browser.tells("requests", "代码不对").await.unwrap();
    browser.fill(&field, &code).await.unwrap();
    browser.press("让它加入").await.unwrap();
    kiosk.wait("the first page", |map| (map.page == "Home").then_some(())).await.unwrap();
    assert_kept(&hall.folder().join("kiosk/state"));
}
