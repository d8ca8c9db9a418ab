//! A clerk's day by the keys, in a real browser against the real server:
//! papers, setting aside, sending on, calling by number, long waits, the
//! small form. A page that ran a test ran it without a fault.

use queue_api::{Outcome, PassReply, Ticket, TicketState};
use serde_json::{Value, json};
use tests::browser::Browser;
use tests::hall::{CLERK, DESK, DemoHall, PIN, command_id};

/// The clerk of window 2.
const COLLEAGUE: &str = "1002";

/// What the tests are about, with answers: catering, through an agent.
const PERMIT: &str = "food-operation-permit";

/// What stands on the keys of the finish dialog, 1 to 8.
const OUTCOMES: [(Outcome, &str); 8] = [
    (Outcome::DoneNow, "当场办结"),
    (Outcome::Accepted, "受理"),
    (Outcome::Correction, "补正"),
    (Outcome::Declined, "不受理"),
    (Outcome::Consult, "咨询"),
    (Outcome::Collected, "领取"),
    (Outcome::PassedOn, "转出"),
    (Outcome::Other, "其他"),
];

#[tokio::test]
async fn the_papers_of_the_visitor_are_beside_them_and_ticks_outlast_a_reload() {
    let hall = DemoHall::start("clerk-papers").unwrap();
    issue(
        &hall,
        json!({ "matter": PERMIT, "answers": {
            "agent": ["agent"], "scope": ["catering"], "auto": ["no"],
        }}),
    )
    .await;
    let browser = open_window(&hall, CLERK).await;

    browser.strike(" ").await.unwrap();
    browser.tells("papers", "食品经营许可申请书").await.unwrap();
    browser.tells("papers", "授权委托书").await.unwrap();
    browser.tells("papers", "不用带").await.unwrap();
    browser.tells("situation", "委托他人代办 · 餐饮服务").await.unwrap();
    browser.strike("1").await.unwrap();
    browser.tells("papers", "已收 1").await.unwrap();
    // The second is passed over, and said to be missing.
    browser.strike("3").await.unwrap();
    browser.has(".paper.missing").await.unwrap();
    browser.reload().await.unwrap();
    browser.tells("papers", "已收 2").await.unwrap();
    browser.press("English").await.unwrap();
    browser.tells("papers", "2 in").await.unwrap();
    browser.ran_clean(&hall.address).await.unwrap();
}

#[tokio::test]
async fn several_matters_on_one_ticket_are_done_in_turn_at_one_window() {
    let hall = DemoHall::start("clerk-several").unwrap();
    let more = json!({ "matter": PERMIT, "more": ["food-prepackaged-filing"] });
    let ticket = issue(&hall, more).await;
    let browser = open_window(&hall, CLERK).await;

    browser.strike(" a").await.unwrap();
    browser.offers("到了").await.unwrap();
    browser.strike("a").await.unwrap();
    browser.tells("more", "还要办 1 件").await.unwrap();
    browser.offers("这件办结，办下一件").await.unwrap();
    browser.strike(" ").await.unwrap();
    browser.tells("matter", "预包装").await.unwrap();
    browser.shows("plate", &ticket.number.to_string()).await.unwrap();
    browser.offers("办结，叫下一位").await.unwrap();
    browser.strike("f").await.unwrap();
    browser.offers("咨询").await.unwrap();
    browser.strike("5").await.unwrap();
    browser.shows("state", "等您叫号").await.unwrap();
    browser.shows("outcomes", "当场办结 1 · 咨询 1").await.unwrap();
    browser.ran_clean(&hall.address).await.unwrap();
}

#[tokio::test]
async fn each_way_to_end_a_visit_has_its_digit_and_counts_in_the_days_figures() {
    let hall = DemoHall::start("clerk-outcomes").unwrap();
    for _ in OUTCOMES {
        issue(&hall, json!({ "lane": "A" })).await;
    }
    let browser = open_window(&hall, CLERK).await;

    for (at, (outcome, _)) in (1..).zip(OUTCOMES) {
        browser.offers("叫下一位").await.unwrap();
        browser.strike(" ").await.unwrap();
        browser.offers("到了").await.unwrap();
        browser.strike("f").await.unwrap();
        browser.has("#chooser[open]").await.unwrap();
        browser.strike(&at.to_string()).await.unwrap();
        browser.shows("served", &format!("{at} 人")).await.unwrap();
        let view = hall.window(1).await.unwrap();
        assert_eq!(view.today.outcomes.get(&outcome), Some(&1), "{:?}", view.today);
    }
    let counted: Vec<_> = OUTCOMES.iter().map(|(_, words)| format!("{words} 1")).collect();
    browser.shows("outcomes", &counted.join(" · ")).await.unwrap();
    let mean = hall.window(1).await.unwrap().today.service_seconds;
    assert!(mean.is_some_and(|it| it < 120), "{mean:?}");
    browser.ran_clean(&hall.address).await.unwrap();
}

#[tokio::test]
async fn who_is_set_aside_comes_back_by_one_key() {
    let hall = DemoHall::start("clerk-park").unwrap();
    let first = issue(&hall, json!({ "lane": "A" })).await;
    let second = issue(&hall, json!({ "lane": "A" })).await;
    let browser = open_window(&hall, CLERK).await;

    for ticket in [&first, &second] {
        browser.offers("叫下一位").await.unwrap();
        browser.strike(" ").await.unwrap();
        browser.shows("plate", &ticket.number.to_string()).await.unwrap();
        browser.offers("先放一放").await.unwrap();
        browser.strike("p").await.unwrap();
        browser.shows("state", "等您叫号").await.unwrap();
    }
    browser.shows("parked-count", "先放一放的 2 人").await.unwrap();
    browser.strike("2").await.unwrap();
    browser.shows("plate", &second.number.to_string()).await.unwrap();
    browser.shows("state", "正在办理").await.unwrap();
    browser.shows("parked-count", "先放一放的 1 人").await.unwrap();
    browser.ran_clean(&hall.address).await.unwrap();
}

#[tokio::test]
async fn a_visitor_sent_on_brings_the_word_to_the_colleague_and_keeps_the_place() {
    let hall = DemoHall::start("clerk-transfer").unwrap();
    let ticket = issue(&hall, json!({ "lane": "B" })).await;
    let later = issue(&hall, json!({ "lane": "A" })).await;
    let browser = open_window(&hall, CLERK).await;
    let colleague = open_window(&hall, COLLEAGUE).await;

    browser.strike(" ").await.unwrap();
    browser.shows("plate", &ticket.number.to_string()).await.unwrap();
    browser.strike("t").await.unwrap();
    browser.has("#transfer[open]").await.unwrap();
    browser.strike("a02\n").await.unwrap();
    browser.strike("申请书已看过\n").await.unwrap();
    browser.shows("notice", &format!("{} 转过去了，先来后到不变。", ticket.number)).await.unwrap();
    colleague.tells("waiting", "申请书已看过").await.unwrap();
    colleague.shows("waiting-count", "等候 2 人").await.unwrap();
    colleague.strike(" ").await.unwrap();
    colleague.shows("plate", &ticket.number.to_string()).await.unwrap();
    colleague.tells("note", "申请书已看过").await.unwrap();
    assert_eq!(state_of(&hall, &later).await, TicketState::Waiting);
    colleague.ran_clean(&hall.address).await.unwrap();
    browser.ran_clean(&hall.address).await.unwrap();
}

#[tokio::test]
async fn a_transfer_outlasts_a_lost_network_and_a_reload_and_happens_once() {
    let mut hall = DemoHall::start("clerk-cut").unwrap();
    let ticket = issue(&hall, json!({ "lane": "B" })).await;
    let browser = open_window(&hall, CLERK).await;

    browser.strike(" ").await.unwrap();
    browser.shows("plate", &ticket.number.to_string()).await.unwrap();
    // What was typed into the dialog is there again after a reload.
    browser.strike("t").await.unwrap();
    browser.has("#transfer[open]").await.unwrap();
    browser.strike("a\n等盖章").await.unwrap();
    browser
        .until("return sessionStorage.getItem('yimen.transfer').includes('等盖章')")
        .await
        .unwrap();
    browser.reload().await.unwrap();
    browser.offers("转到别处").await.unwrap();
    browser.strike("t").await.unwrap();
    browser.has("#transfer[open]").await.unwrap();
    browser
        .until("return document.getElementById('transfer-note').value === '等盖章'")
        .await
        .unwrap();
    // The cable is out when it is sent.
    browser.cut_off(true).await.unwrap();
    browser.strike("\n").await.unwrap();
    browser.shows("notice", "服务器还没有回答，正在再试。不用再按，不会重复。").await.unwrap();
    browser.shows("plate", &ticket.number.to_string()).await.unwrap();
    // The server dies meanwhile, and the page is loaded anew.
    hall.kill().unwrap();
    hall.restart().unwrap();
    browser.cut_off(false).await.unwrap();
    browser.reload().await.unwrap();
    browser.shows("state", "等您叫号").await.unwrap();
    browser.shows("waiting-count", "等候 1 人").await.unwrap();
    let now = ticket_of(&hall, &ticket).await;
    assert_eq!((now.lane.to_string().as_str(), now.state), ("A", TicketState::Waiting));
    assert_eq!(now.note.as_deref(), Some("等盖章"));
    assert_eq!(hall.window(1).await.unwrap().waiting.len(), 1, "sent on once");
    browser.until("return sessionStorage.getItem('yimen.transfer') === null").await.unwrap();
}

#[tokio::test]
async fn one_is_called_by_number_with_a_reason_and_who_was_passed_over_is_put_back() {
    let hall = DemoHall::start("clerk-number").unwrap();
    let first = issue(&hall, json!({ "lane": "A" })).await;
    let second = issue(&hall, json!({ "lane": "A" })).await;
    let browser = open_window(&hall, CLERK).await;

    browser.strike("d").await.unwrap();
    browser.has("#number[open]").await.unwrap();
    browser.strike("a99\n").await.unwrap();
    // Without a reason nothing is asked of the server.
    browser.until("return document.activeElement.id === 'number-reason'").await.unwrap();
    browser.strike("身体不适\n").await.unwrap();
    browser.shows("number-notice", "今天没有这个号，请看一眼小票。").await.unwrap();
    browser.strike("a2\n").await.unwrap();
    browser.shows("plate", &second.number.to_string()).await.unwrap();
    browser.tells("no-show", "叫了 1 次。 没有来就再叫一次。").await.unwrap();
    browser.strike("r").await.unwrap();
    browser.shows("notice", &format!("{} 又叫了一次。", second.number)).await.unwrap();
    browser.tells("no-show", "叫了 2 次。 再等").await.unwrap();
    browser.strike("n").await.unwrap();
    browser.offers("叫下一位").await.unwrap();
    assert_eq!(state_of(&hall, &second).await, TicketState::NoShow);
    browser.strike("g").await.unwrap();
    browser.has("#number[open]").await.unwrap();
    browser.strike("a2\n").await.unwrap();
    browser.shows("notice", &format!("{} 重新排进去了。", second.number)).await.unwrap();
    browser.shows("waiting-count", "等候 2 人").await.unwrap();
    assert_eq!(state_of(&hall, &first).await, TicketState::Waiting);
    browser.ran_clean(&hall.address).await.unwrap();
}

#[tokio::test]
async fn a_return_pass_is_given_at_the_window_and_shown_again() {
    let hall = DemoHall::start("clerk-pass").unwrap();
    let ticket = issue(&hall, json!({ "matter": PERMIT })).await;
    let browser = open_window(&hall, CLERK).await;

    browser.strike(" ").await.unwrap();
    browser.offers("到了").await.unwrap();
    browser.strike("a").await.unwrap();
    for _ in 0..2 {
        browser.offers("二次优先卡").await.unwrap();
        browser.strike("e").await.unwrap();
        browser.tells("slip", &ticket.number.to_string()).await.unwrap();
        browser.until("return document.querySelector('#slip img').naturalWidth > 0").await.unwrap();
        browser.strike("\u{1b}").await.unwrap();
        browser.until("return !document.querySelector('dialog[open]')").await.unwrap();
    }
    let clerk = hall.sign_in(CLERK).await.unwrap();
    let path = format!("tickets/{}/pass", ticket.id);
    let pass: PassReply = hall.get(&clerk, &path).await.unwrap().json().await.unwrap();
    let picture = hall.get(&clerk, &format!("{path}.svg")).await.unwrap().text().await.unwrap();
    assert_eq!(crate::desk::read_qr(&picture), pass.token);
    browser.ran_clean(&hall.address).await.unwrap();
}

#[tokio::test]
async fn a_long_wait_is_told_as_the_clerk_has_chosen_and_once() {
    let hall =
        DemoHall::start_with("clerk-late", "wait_target_minutes = 15", "wait_target_minutes = 1")
            .unwrap();
    let ticket = issue(&hall, json!({ "lane": "A" })).await;
    let browser = open_window(&hall, CLERK).await;

    browser.offers("超时：闪").await.unwrap();
    browser.strike("m").await.unwrap();
    browser.offers("超时：响").await.unwrap();
    browser.strike("mm").await.unwrap();
    browser.reload().await.unwrap();
    browser.offers("超时：闪").await.unwrap();
    browser.shows("waiting-count", "等候 1 人").await.unwrap();
    // For this page the hours fly: a minute has passed at its next tick.
    let hurry = "const at = Date.now(), since = performance.now(); \
                 Date.now = () => at + 90_000 + (performance.now() - since) * 60; return true";
    browser.until(hurry).await.unwrap();
    browser.shows("overdue", &format!("{} 等了 1 分以上", ticket.number)).await.unwrap();
    browser.has("#overdue.flash").await.unwrap();
    browser.has(".waited.late").await.unwrap();
    let told = "return JSON.parse(sessionStorage.getItem('yimen.alarm.told')).length === 1";
    browser.until(told).await.unwrap();
    browser.ran_clean(&hall.address).await.unwrap();
}

#[tokio::test]
async fn the_small_form_shows_the_number_and_calls_the_next() {
    let hall = DemoHall::start("clerk-small").unwrap();
    let first = issue(&hall, json!({ "lane": "A" })).await;
    let browser = open_window(&hall, CLERK).await;

    // As a narrow window beside other programs.
    browser.resize(380, 540).await.unwrap();
    browser
        .until("return getComputedStyle(document.querySelector('.papers')).display === 'none'")
        .await
        .unwrap();
    browser.press("叫下一位").await.unwrap();
    browser.shows("plate", &first.number.to_string()).await.unwrap();
    browser.until("return document.documentElement.scrollWidth <= 380").await.unwrap();
    browser.resize(1366, 768).await.unwrap();
    // As a window above all others, where the browser has that.
    browser.until("return 'documentPictureInPicture' in window").await.unwrap();
    browser.press("小窗").await.unwrap();
    let small = "const it = window.documentPictureInPicture.window; \
                 return Boolean(it) && it.document.querySelector('.plate').textContent";
    let shows = format!("{small} === '{}'", first.number);
    browser.until(&shows).await.unwrap();
    let press = "window.documentPictureInPicture.window.document\
                 .querySelector('[data-action=arrive]').click(); return true";
    browser.until(press).await.unwrap();
    browser.shows("state", "正在办理").await.unwrap();
    let state = "return window.documentPictureInPicture.window.document\
                 .querySelector('.caption').textContent === '正在办理'";
    browser.until(state).await.unwrap();
    // In a browser that has it not: a narrow window of its own.
    browser
        .until(
            "window.documentPictureInPicture.window.close(); \
                   return delete window.documentPictureInPicture",
        )
        .await
        .unwrap();
    browser.strike("o").await.unwrap();
    browser.to_new_tab().await.unwrap();
    browser.shows("plate", &first.number.to_string()).await.unwrap();
    browser.offers("办结，叫下一位").await.unwrap();
    browser.ran_clean(&hall.address).await.unwrap();
}

#[tokio::test]
async fn a_dialog_about_a_visitor_who_has_gone_in_another_tab_closes() {
    let hall = DemoHall::start("clerk-tabs").unwrap();
    let first = issue(&hall, json!({ "lane": "A" })).await;
    let second = issue(&hall, json!({ "lane": "A" })).await;
    let browser = open_window(&hall, CLERK).await;

    browser.strike(" ").await.unwrap();
    browser.shows("plate", &first.number.to_string()).await.unwrap();
    browser.strike("t").await.unwrap();
    browser.has("#transfer[open]").await.unwrap();
    browser.open_tab(&format!("{}/console", hall.address)).await.unwrap();
    browser.offers("到了").await.unwrap();
    browser.strike("a").await.unwrap();
    browser.offers("办结，叫下一位").await.unwrap();
    browser.strike(" ").await.unwrap();
    browser.shows("plate", &second.number.to_string()).await.unwrap();
    browser.to_tab(0).await.unwrap();
    browser.shows("plate", &second.number.to_string()).await.unwrap();
    browser.until("return !document.querySelector('dialog[open]')").await.unwrap();
    browser.ran_clean(&hall.address).await.unwrap();
}

#[tokio::test]
async fn every_key_stands_on_its_button_and_in_the_help() {
    let hall = DemoHall::start("clerk-help").unwrap();
    issue(&hall, json!({ "lane": "A" })).await;
    let browser = open_window(&hall, CLERK).await;
    let bare = "return [...document.querySelectorAll('main button')]\
                .every(it => it.hidden || it.closest('[hidden]') || it.querySelector('kbd'))";

    browser.until(bare).await.unwrap();
    browser.strike("?").await.unwrap();
    browser.has("#help[open]").await.unwrap();
    browser.tells("help-keys", "先放一放").await.unwrap();
    browser.strike("\u{1b}z").await.unwrap();
    browser.offers("午间休息").await.unwrap();
    browser.strike("3").await.unwrap();
    browser.shows("state", "暂停服务 · 午间休息").await.unwrap();
    browser.until(bare).await.unwrap();
    browser.strike(" ").await.unwrap();
    browser.offers("叫下一位").await.unwrap();
    browser.strike(" ").await.unwrap();
    browser.offers("到了").await.unwrap();
    browser.until(bare).await.unwrap();
    browser.ran_clean(&hall.address).await.unwrap();
}

/// A browser in which this clerk has opened their window.
async fn open_window(hall: &DemoHall, staff: &str) -> Browser {
    let browser = Browser::start().await.unwrap();
    browser.sign_in(&hall.address, staff, PIN).await.unwrap();
    browser.press("开窗").await.unwrap();
    browser.offers("叫下一位").await.unwrap();
    browser
}

/// The desk issues a ticket for a lane or a matter.
async fn issue(hall: &DemoHall, mut what: Value) -> Ticket {
    let desk = hall.sign_in(DESK).await.unwrap();
    for (key, value) in [("class", "ordinary"), ("source", "desk")] {
        what[key] = json!(value);
    }
    what["command_id"] = json!(command_id());
    let reply = hall.post(&desk, "tickets", &what).await.unwrap();
    reply.error_for_status().unwrap().json().await.unwrap()
}

async fn ticket_of(hall: &DemoHall, ticket: &Ticket) -> Ticket {
    let desk = hall.sign_in(DESK).await.unwrap();
    let reply = hall.get(&desk, &format!("tickets/{}", ticket.id)).await.unwrap();
    reply.error_for_status().unwrap().json().await.unwrap()
}

async fn state_of(hall: &DemoHall, ticket: &Ticket) -> TicketState {
    ticket_of(hall, ticket).await.state
}
