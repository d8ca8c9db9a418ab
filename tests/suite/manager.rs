//! The manager's page in a real browser against the real server: the
//! day, numbers, windows' lanes, notices and stand-ins; and that nobody
//! else can do any of it.

use jiff::ToSpan;
use jiff::civil::Date;
use queue_api::{BoardView, HallView, ProblemCode};
use queue_client::{Client, FeedEvent};
use reqwest::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tests::browser::Browser;
use tests::hall::{CLERK, DESK, DemoHall, PIN, command_id};

/// Runs the demo hall.
const MANAGER: &str = "3001";

/// Reads everything, changes nothing.
const SUPERVISOR: &str = "4001";

#[tokio::test]
async fn numbers_are_stopped_lane_by_lane_or_all_at_once_and_go_on() {
    let hall = DemoHall::start("manager-numbers").unwrap();
    let browser = page(&hall, MANAGER).await;
    let kiosk = hall.enrol("kiosk", "kiosk-1").unwrap();

    browser.click("[aria-label='停止 A 队列取号']").await.unwrap();
    browser.shows("notice", "这个队列已停止取号。").await.unwrap();
    assert_eq!(at_kiosk(&hall, &kiosk, "A").await, Err(ProblemCode::NumbersStopped));
    assert_eq!(at_kiosk(&hall, &kiosk, "C").await, Ok(()));
    browser.has("[aria-label='恢复 A 队列取号']").await.unwrap();

    browser.press("全部停止取号").await.unwrap();
    browser.tells("sure-what", "咨询台还可以发号").await.unwrap();
    browser.click("#sure-go").await.unwrap();
    browser.shows("notice", "所有队列已停止取号。").await.unwrap();
    assert_eq!(at_kiosk(&hall, &kiosk, "C").await, Err(ProblemCode::NumbersStopped));
    // A person decides there.
    hall.issue("A").await.unwrap();
    browser.press("恢复取号").await.unwrap();
    browser.shows("notice", "已恢复取号。").await.unwrap();
    assert_eq!(at_kiosk(&hall, &kiosk, "A").await, Ok(()));
    browser.ran_clean(&hall.address).await.unwrap();
}

#[tokio::test]
async fn a_day_closed_too_early_goes_on_and_the_paper_of_who_waited_is_a_pass() {
    let hall = DemoHall::start("manager-day").unwrap();
    let ticket = hall.issue("A").await.unwrap();
    let browser = page(&hall, MANAGER).await;

    browser.press("结束今天").await.unwrap();
    browser.tells("sure-what", "还有 1 人在等").await.unwrap();
    browser.press("返回").await.unwrap();
    browser.shows("figure-waiting", "1 人").await.unwrap();
    browser.press("结束今天").await.unwrap();
    browser.click("#sure-go").await.unwrap();
    browser.shows("day", "今天已经结束").await.unwrap();
    let desk = hall.sign_in(DESK).await.unwrap();
    let again = json!({
        "command_id": command_id(), "lane": "A", "class": "ordinary", "source": "desk",
        "pass": ticket.token,
    });
    let refused = hall.post(&desk, "tickets", &again).await.unwrap();
    assert_eq!(code(&refused.json().await.unwrap()), ProblemCode::DayClosed);
    browser.press("今天继续").await.unwrap();
    browser.shows("notice", "今天继续，请各窗口重新开窗。").await.unwrap();
    let taken = hall.post(&desk, "tickets", &again).await.unwrap();
    assert_eq!(taken.status(), StatusCode::CREATED, "{}", taken.text().await.unwrap());
    browser.ran_clean(&hall.address).await.unwrap();
}

#[tokio::test]
async fn a_window_gets_other_lanes_and_calls_from_them() {
    let hall = DemoHall::start("manager-lanes").unwrap();
    hall.issue("K").await.unwrap();
    let browser = page(&hall, MANAGER).await;

    browser.click("[aria-label='换 A01 窗口的队列']").await.unwrap();
    browser.click("#assign input[name=own][value=K]").await.unwrap();
    browser.click("#assign input[name=own][value=I]").await.unwrap();
    browser.press("今天这样办").await.unwrap();
    browser.shows("notice", "窗口的队列已换，只管今天。").await.unwrap();
    let view = hall.window(1).await.unwrap();
    let lanes: Vec<String> = view.lanes.iter().map(ToString::to_string).collect();
    assert_eq!(lanes, ["A", "B", "J", "K"]);
    hall.act("open", json!({})).await.unwrap();
    let view = hall.act("call-next", json!({})).await.unwrap();
    assert_eq!(view.ticket.unwrap().number.to_string(), "K001");
    // The same once more is told where it was asked.
    browser.click("[aria-label='换 A01 窗口的队列']").await.unwrap();
    browser.press("今天这样办").await.unwrap();
    browser.shows("assign-notice", "已经是这样了").await.unwrap();
    browser.ran_clean(&hall.address).await.unwrap();
}

#[tokio::test]
async fn a_notice_reaches_the_boards_of_its_zone_until_it_is_removed() {
    let hall = DemoHall::start("manager-notice").unwrap();
    let board = hall.enrol("board", "board-1").unwrap();
    let browser = page(&hall, MANAGER).await;

    browser.press("发通知").await.unwrap();
    browser.fill("post-zh", "A03 窗口今天下午不开。").await.unwrap();
    browser.fill("post-en", "Window A03 is closed this afternoon.").await.unwrap();
    browser.click("#post-zone [value=A]").await.unwrap();
    browser.press("现在显示").await.unwrap();
    browser.shows("notice", "通知已经在大屏上。").await.unwrap();
    browser.tells("notices", "A03 窗口今天下午不开。").await.unwrap();
    let texts = |view: BoardView| -> Vec<String> {
        view.notices.into_iter().map(|it| it.text.zh).collect()
    };
    assert_eq!(texts(shown(&hall, &board, "A").await), ["A03 窗口今天下午不开。"]);
    assert!(texts(shown(&hall, &board, "B").await).is_empty(), "not of that zone");
    browser.click("[aria-label='撤下：A03 窗口今天下午不开。']").await.unwrap();
    browser.shows("notice", "通知已撤下。").await.unwrap();
    assert!(texts(shown(&hall, &board, "A").await).is_empty());
    browser.ran_clean(&hall.address).await.unwrap();
}

#[tokio::test]
async fn who_sits_where_without_a_filing_is_said_and_a_filing_is_made() {
    let hall = DemoHall::start("manager-stand-in").unwrap();
    let clerk = sign_in_at(&hall, "1005", 3).await;
    let body = json!({ "command_id": command_id() });
    hall.post(&clerk, "windows/3/open", &body).await.unwrap();
    let browser = page(&hall, MANAGER).await;

    browser.tells("windows", "1005 没有备案").await.unwrap();
    browser.press("登记替岗").await.unwrap();
    browser.click("#file-window [value='3']").await.unwrap();
    browser.click("#file-staff [value='1005']").await.unwrap();
    browser.press("备案").await.unwrap();
    browser.shows("notice", "已备案。").await.unwrap();
    browser.tells("stand-ins", "工号 1005 在 A03 窗口").await.unwrap();
    browser
        .until("return !document.getElementById('windows').textContent.includes('没有备案')")
        .await
        .unwrap();
    // Two on one window, or one at two, is no filing.
    browser.press("登记替岗").await.unwrap();
    browser.click("#file-window [value='3']").await.unwrap();
    browser.click("#file-staff [value='1006']").await.unwrap();
    browser.press("备案").await.unwrap();
    browser.shows("file-stand-in-notice", "这几天这个窗口或这个人已经备案").await.unwrap();
    browser.ran_clean(&hall.address).await.unwrap();
}

#[tokio::test]
async fn a_supervisor_sees_all_of_it_and_nobody_but_the_manager_does_any() {
    let hall = DemoHall::start("manager-roles").unwrap();
    let browser = page(&hall, SUPERVISOR).await;
    browser.shows("figure-open", "0 / 8").await.unwrap();
    let buttons = browser
        .evaluate("return [...document.querySelectorAll('main button')].filter((it) => it.checkVisibility()).length")
        .await
        .unwrap();
    assert_eq!(buttons, json!(0));
    browser.ran_clean(&hall.address).await.unwrap();

    let (today, id) = (today(&hall).await, command_id());
    let tomorrow = today.checked_add(1.day()).unwrap();
    let all = [
        ("day/close", json!({ "command_id": id })),
        ("day/reopen", json!({ "command_id": id })),
        ("day/stop-numbers", json!({ "command_id": id, "lanes": ["A"] })),
        ("day/resume-numbers", json!({ "command_id": id, "lanes": ["A"] })),
        ("windows/1/lanes", json!({ "command_id": id, "lanes": ["B"] })),
        ("notices", json!({ "command_id": id, "text": { "zh": "通知", "en": "Notice" } })),
        ("notices/1/remove", json!({ "command_id": id })),
        (
            "stand-ins",
            json!({ "command_id": id, "window": 1, "staff": "1002", "from": today, "to": tomorrow }),
        ),
        ("stand-ins/1/withdraw", json!({ "command_id": id })),
    ];
    let mut others = Vec::new();
    for staff in [CLERK, DESK, SUPERVISOR, "9001"] {
        others.push(hall.sign_in(staff).await.unwrap());
    }
    others.push(hall.enrol("kiosk", "kiosk-1").unwrap());
    others.push(hall.enrol("board", "board-1").unwrap());
    for other in &others {
        for (path, body) in &all {
            let reply = hall.post(other, path, body).await.unwrap();
            assert_eq!(reply.status(), StatusCode::FORBIDDEN, "{path}");
        }
    }
    // A repeated command is one command.
    let manager = hall.sign_in(MANAGER).await.unwrap();
    let notice = json!({ "command_id": command_id(), "text": { "zh": "通知", "en": "Notice" } });
    for _ in 0..2 {
        let reply = hall.post(&manager, "notices", &notice).await.unwrap();
        assert_eq!(reply.status(), StatusCode::NO_CONTENT);
    }
    assert_eq!(first::<HallView>(&hall, &manager, "view=hall").await.notices.len(), 1);
}

async fn page(hall: &DemoHall, staff: &str) -> Browser {
    let browser = Browser::start().await.unwrap();
    browser.sign_in(&hall.address, staff, PIN).await.unwrap();
    browser.open(&format!("{}/hall", hall.address)).await.unwrap();
    browser.shows("link-words", "已连接").await.unwrap();
    browser
}

async fn sign_in_at(hall: &DemoHall, staff: &str, window: u16) -> String {
    let body = json!({ "staff": staff, "pin": PIN, "window": window });
    let reply = hall.post("", "session", &body).await.unwrap();
    let reply: Value = reply.json().await.unwrap();
    reply["token"].as_str().unwrap().to_owned()
}

/// A number of a lane, as a visitor takes it at a kiosk.
async fn at_kiosk(hall: &DemoHall, kiosk: &str, lane: &str) -> Result<(), ProblemCode> {
    let body = json!({
        "command_id": command_id(), "lane": lane, "class": "ordinary", "source": "kiosk",
    });
    let reply = hall.post(kiosk, "tickets", &body).await.unwrap();
    if reply.status().is_success() { Ok(()) } else { Err(code(&reply.json().await.unwrap())) }
}

fn code(problem: &Value) -> ProblemCode {
    serde_json::from_value(problem["code"].clone()).unwrap()
}

async fn shown(hall: &DemoHall, board: &str, zone: &str) -> BoardView {
    first(hall, board, &format!("view=board&zone={zone}")).await
}

async fn today(hall: &DemoHall) -> Date {
    // The first command of a date opens it.
    hall.issue("A").await.unwrap();
    let desk = hall.sign_in(DESK).await.unwrap();
    first::<HallView>(hall, &desk, "view=hall").await.business_day.unwrap()
}

/// The first view of a feed.
async fn first<V: DeserializeOwned + Send + 'static>(
    hall: &DemoHall,
    token: &str,
    query: &str,
) -> V {
    let mut feed = Client::new(&hall.address, Some(token.to_owned())).unwrap().feed::<V>(query);
    while let Some(event) = feed.recv().await {
        if let FeedEvent::View(view) = event {
            return view;
        }
    }
    unreachable!("a feed ends with its reader");
}
