//! Whoever has something in the hand already, before a real window: a
//! number typed on the pad, a slip, a booking and a return pass read by a
//! scanner that types, paper from a real printer, a clerk who passes over.

use jiff::SignedDuration;
use queue_api::{Appointment, PassReply, Ticket};
use reqwest::StatusCode;
use serde_json::json;
use tests::hall::{DESK, DemoHall, command_id};
use tests::paper::Paper;

use crate::appointments::noon_hall;
use crate::corner::Corner;

/// What the screen says once a slip is out.
const OUT: &str = "请从下方拿小票";

async fn home(corner: &Corner) {
    corner.kiosk.press("回到首页").await.unwrap();
    corner.kiosk.page("Home").await.unwrap();
}

/// From home to where the number stands.
async fn type_number(corner: &Corner, keys: &[&str]) {
    corner.kiosk.press("已有预约或过号").await.unwrap();
    corner.kiosk.press("我已经有号").await.unwrap();
    corner.kiosk.keys(keys).await.unwrap();
    corner.kiosk.press("确定").await.unwrap();
    corner.kiosk.page("Standing").await.unwrap();
}

/// Everything that stands on the screen.
fn screen(corner: &Corner) -> String {
    let map = corner.kiosk.map().unwrap();
    map.elements.iter().map(|it| it.label.as_str()).collect::<Vec<_>>().join("\n")
}

fn sound(paper: &Paper) -> String {
    assert!(paper.complete && paper.faults.is_empty(), "{:?}", paper.faults);
    paper.words()
}

#[tokio::test]
async fn a_number_tells_its_place_and_its_slip_everything() {
    let corner = Corner::start("kiosk-hand").await;
    let kiosk = &corner.kiosk;
    kiosk.page("Home").await.unwrap();
    kiosk.press("我要取号").await.unwrap();
    kiosk.press("身份证").await.unwrap();
    kiosk.press("直接取号").await.unwrap();
    let first = corner.paper(1, OUT).await;
    let slip = first.codes().unwrap().remove(0);
    home(&corner).await;

    // The number alone: where one waits, not what for.
    type_number(&corner, &["C", "1"]).await;
    kiosk.reads("您还在排队").await.unwrap();
    let shown = screen(&corner);
    assert!(shown.contains("C001") && !shown.contains("身份证"), "{shown}");
    kiosk.press("补打小票").await.unwrap();
    let second = corner.paper(2, OUT).await;
    let words = sound(&second);
    assert!(words.contains("C001") && words.contains("补打"), "{words}");
    assert!(!words.contains("身份证"), "the number does not say what for: {words}");
    assert!(second.codes().is_err(), "nor does it lead to the ticket's page");
    home(&corner).await;

    // The slip itself, held to the scanner at home.
    kiosk.scan(&slip).unwrap();
    kiosk.page("Standing").await.unwrap();
    kiosk.reads("居民身份证").await.unwrap();
    kiosk.press("补打小票").await.unwrap();
    let third = corner.paper(3, OUT).await;
    let words = sound(&third);
    assert!(words.contains("补打"), "{words}");
    assert_eq!(third.codes().unwrap(), [slip], "it is the slip that it was");
}

#[tokio::test]
async fn whoever_was_passed_over_comes_back_once() {
    let corner = Corner::start("kiosk-rejoin").await;
    let (hall, kiosk) = (&corner.hall, &corner.kiosk);
    kiosk.page("Home").await.unwrap();
    let ticket = hall.issue("A").await.unwrap();
    assert_eq!(ticket.number.to_string(), "A001");
    hall.act("open", json!({})).await.unwrap();
    let pass_over = async || {
        let window = hall.act("call-next", json!({})).await.unwrap();
        let called = window.ticket.unwrap();
        hall.act("no-show", json!({ "ticket": called.id })).await.unwrap();
    };
    pass_over().await;

    type_number(&corner, &["A", "1"]).await;
    kiosk.reads("叫过您了").await.unwrap();
    kiosk.press("重新排队").await.unwrap();
    kiosk.reads("排回去了").await.unwrap();
    assert_eq!(corner.ticket(1).await.state, queue_api::TicketState::Waiting);
    home(&corner).await;

    pass_over().await;
    type_number(&corner, &["A", "1"]).await;
    kiosk.reads("已经排回去过一次").await.unwrap();
    kiosk.press("我要取号").await.unwrap();
    kiosk.page("Find").await.unwrap();
    assert_eq!(corner.printer.papers().unwrap().len(), 0, "none of it needs paper");
}

#[tokio::test]
async fn a_return_pass_scanned_becomes_one_ticket() {
    let corner = Corner::start("kiosk-pass").await;
    let (hall, kiosk) = (&corner.hall, &corner.kiosk);
    kiosk.page("Home").await.unwrap();
    let ticket = hall.issue("A").await.unwrap();
    let desk = hall.sign_in(DESK).await.unwrap();
    let body = json!({ "command_id": command_id() });
    let path = format!("tickets/{}/pass", ticket.id);
    let reply = hall.post(&desk, &path, &body).await.unwrap();
    let pass: PassReply = reply.error_for_status().unwrap().json().await.unwrap();

    kiosk.scan(&pass.token).unwrap();
    kiosk.reads("可以优先取号").await.unwrap();
    kiosk.press("现在取号").await.unwrap();
    let words = sound(&corner.paper(1, OUT).await);
    assert!(words.contains("A002"), "{words}");
    home(&corner).await;

    // Shown again it leads to the same number and makes no other.
    kiosk.scan(&pass.token).unwrap();
    kiosk.page("Standing").await.unwrap();
    assert!(screen(&corner).contains("A002"), "{}", screen(&corner));
    home(&corner).await;
    kiosk.scan("https://www.example.com/").unwrap();
    kiosk.reads("这个码认不出来").await.unwrap();
    let reply = hall.get(&desk, "tickets/3").await.unwrap();
    assert_eq!(reply.status(), StatusCode::NOT_FOUND);
}

/// The desk books a slot of a lane so many minutes from the one that has
/// begun.
async fn book(hall: &DemoHall, begun: &jiff::Zoned, lane: &str, minutes: i64) -> Appointment {
    let at = begun.checked_add(SignedDuration::from_mins(minutes)).unwrap();
    let desk = hall.sign_in(DESK).await.unwrap();
    let body = json!({
        "command_id": command_id(), "lane": lane, "day": at.date(), "time": at.time(),
    });
    let reply = hall.post(&desk, "appointments", &body).await.unwrap();
    reply.error_for_status().unwrap().json().await.unwrap()
}

async fn type_code(corner: &Corner, code: &str) {
    corner.kiosk.press("已有预约或过号").await.unwrap();
    corner.kiosk.press("预约签到").await.unwrap();
    let digits: Vec<String> = code.chars().map(String::from).collect();
    let digits: Vec<&str> = digits.iter().map(String::as_str).collect();
    corner.kiosk.keys(&digits).await.unwrap();
    corner.kiosk.press("确定").await.unwrap();
}

#[tokio::test]
async fn a_booking_is_checked_in_by_pad_and_scanner_and_after_an_outage() {
    let (hall, begun) = noon_hall("kiosk-booked");
    let soon = book(&hall, &begun, "C", 15).await;
    let later = book(&hall, &begun, "D", 15).await;
    let far = book(&hall, &begun, "C", 120).await;
    let listen = format!("pty:{}", hall.folder().join("printer").display());
    let mut corner = Corner::in_hall(hall, &listen, 576, (1920, 1080)).await;
    corner.kiosk.page("Home").await.unwrap();

    type_code(&corner, soon.code.as_str()).await;
    let words = sound(&corner.paper(1, OUT).await);
    assert!(words.contains("C001") && words.contains("预约号"), "{words}");
    assert!(!words.contains("补打"), "{words}");
    home(&corner).await;

    // With the code again there is no second number, and the slip says so.
    corner.kiosk.scan(soon.code.as_str()).unwrap();
    let words = sound(&corner.paper(2, OUT).await);
    assert!(words.contains("C001") && words.contains("补打"), "{words}");
    home(&corner).await;

    // Hours too early: told from when on.
    corner.kiosk.scan(far.code.as_str()).unwrap();
    corner.kiosk.reads("还没到签到时间").await.unwrap();
    let opens = begun.checked_add(SignedDuration::from_mins(90)).unwrap();
    corner.kiosk.reads(&opens.strftime("%H:%M").to_string()).await.unwrap();
    home(&corner).await;

    // A code that nobody has is typed anew.
    type_code(&corner, "00000000").await;
    corner.kiosk.reads("没有找到这个预约").await.unwrap();
    corner.kiosk.press("重新输入").await.unwrap();
    corner.kiosk.page("Code").await.unwrap();

    // The server goes down, the visitor is told, and tries again.
    corner.hall.kill().unwrap();
    corner.kiosk.scan(later.code.as_str()).unwrap();
    corner.kiosk.reads("暂时连不上取号服务").await.unwrap();
    corner.hall.restart().unwrap();
    corner.kiosk.press("再试一次").await.unwrap();
    let words = sound(&corner.paper(3, OUT).await);
    assert!(words.contains("D001"), "{words}");
    let desk = corner.hall.sign_in(DESK).await.unwrap();
    let reply = corner.hall.get(&desk, "tickets?number=D001").await.unwrap();
    let ticket: Ticket = reply.error_for_status().unwrap().json().await.unwrap();
    assert_eq!(ticket.booked.map(|it| (it.time, it.late)), Some((later.time, false)));
}
