//! Where a board hangs: a real board over a window, which the manager
//! puts into the hall and back on the hall's page.

use std::time::Duration;

use queue_api::{BoardPlace, DeviceView, DevicesView, WindowId};
use serde_json::json;
use tests::browser::Browser;
use tests::hall::{DemoHall, PIN};
use tests::program::{Program, Start};

use crate::push::{Traffic, stand_between};

const MANAGER: &str = "3001";

const LOOKS_MAX: usize = 600;

/// A board with these options, drawn into a picture.
fn board(hall: &DemoHall, server: &str, token: &str, options: &[&str]) -> Program {
    let picture = hall.folder().join("board.png");
    Start::ours("display-board")
        .unwrap()
        .args(["--server", server, "--snapshot", picture.to_str().unwrap(), "--voice", "off"])
        .args(options)
        .env("YIMEN_TOKEN", token)
        .logging_to(&hall.folder().join("display-board.log"))
        .unwrap()
}

/// The board as staff see it, once it shows that place.
async fn shows(hall: &DemoHall, place: &BoardPlace) -> DeviceView {
    let manager = hall.sign_in(MANAGER).await.unwrap();
    for _ in 0..LOOKS_MAX {
        let list: DevicesView = hall.get(&manager, "devices").await.unwrap().json().await.unwrap();
        match list.devices.into_iter().find(|it| it.shows.as_ref() == Some(place)) {
            Some(device) => return device,
            None => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
    panic!("no board shows {place:?}")
}

#[tokio::test]
async fn a_board_hangs_over_a_window_until_the_manager_puts_it_elsewhere() {
    let hall = DemoHall::start("places").unwrap();
    let token = hall.enrol("board", "叫号屏-1").unwrap();
    let traffic = Traffic::default();
    let server = hall.address.trim_start_matches("http://").to_owned();
    let between = stand_between(server, traffic.clone()).await;
    let _board = board(&hall, &between, &token, &["--window", "1"]);
    assert_eq!(shows(&hall, &BoardPlace::Window(WindowId(1))).await.place, None, "its own option");
    // What a clerk does there is on its sign.
    hall.act("open", json!({})).await.unwrap();
    traffic.hears("\"clerk\":\"1001\"", 1).await;
    hall.act("pause", json!({ "reason": "午间休息", "minutes": 30 })).await.unwrap();
    traffic.hears("\"pause_until\":\"", 1).await;

    let browser = Browser::start().await.unwrap();
    browser.sign_in(&hall.address, MANAGER, PIN).await.unwrap();
    browser.open(&format!("{}/hall", hall.address)).await.unwrap();
    browser.tells("devices", "显示：A01 窗口").await.unwrap();
    browser.press("改显示的地方").await.unwrap();
    browser.tells("hang-title", "叫号屏-1").await.unwrap();
    choose(&browser, &BoardPlace::Zone("B".to_owned())).await;
    browser.tells("devices", "显示：个人等候区").await.unwrap();
    let zone = BoardPlace::Zone("B".to_owned());
    assert_eq!(shows(&hall, &zone).await.place, Some(zone), "whatever its option says");

    // Back to what the board itself says.
    browser.press("改显示的地方").await.unwrap();
    browser.evaluate("document.getElementById('hang-place').value = 'null'").await.unwrap();
    browser.press("就显示这里").await.unwrap();
    browser.tells("devices", "显示：A01 窗口").await.unwrap();
    assert_eq!(shows(&hall, &BoardPlace::Window(WindowId(1))).await.place, None);
    browser.ran_clean(&hall.address).await.unwrap();
}

async fn choose(browser: &Browser, place: &BoardPlace) {
    let value = serde_json::to_string(place).unwrap();
    let script = format!("document.getElementById('hang-place').value = {value:?}");
    browser.evaluate(&script).await.unwrap();
    browser.press("就显示这里").await.unwrap();
}

#[tokio::test]
async fn a_board_is_put_nowhere_that_is_not_there_and_by_nobody_else() {
    let hall = DemoHall::start("no-place").unwrap();
    let (board, kiosk) = ("叫号屏-1", "取号机-1");
    hall.enrol("board", board).unwrap();
    hall.enrol("kiosk", kiosk).unwrap();
    let manager = hall.sign_in(MANAGER).await.unwrap();
    let list: DevicesView = hall.get(&manager, "devices").await.unwrap().json().await.unwrap();
    let id = |name: &str| list.devices.iter().find(|it| it.name == name).unwrap().id.unwrap();
    let put = async |who: &str, name: &str, place: serde_json::Value| {
        let path = format!("devices/{}/place", id(name));
        hall.post(who, &path, &json!({ "place": place })).await.unwrap().status().as_u16()
    };
    assert_eq!(put(&manager, board, json!({ "window": 99 })).await, 400);
    assert_eq!(put(&manager, board, json!({ "zone": "Z" })).await, 400);
    assert_eq!(put(&manager, kiosk, json!("hall")).await, 404, "a kiosk hangs nowhere");
    let clerk = hall.sign_in("1001").await.unwrap();
    assert_eq!(put(&clerk, board, json!("hall")).await, 403);
    assert_eq!(put(&manager, board, json!("hall")).await, 204);
    // Let in again under its name, it hangs where it hung.
    hall.enrol("board", board).unwrap();
    let list: DevicesView = hall.get(&manager, "devices").await.unwrap().json().await.unwrap();
    let again = list.devices.iter().find(|it| it.name == board).unwrap();
    assert_eq!(again.place, Some(BoardPlace::Hall));
}
