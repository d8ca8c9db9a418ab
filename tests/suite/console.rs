//! The pages in a real browser against the real server: a clerk's
//! presses become calls, once each, whatever the line does. What a page
//! decides is not asked here, only what a person sees.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use queue_api::Ticket;
use serde_json::{Value, json};
use tests::browser::Browser;
use tests::hall::{CLERK, DemoHall, PIN, command_id};

/// A lane that window 1 serves.
const LANE: &str = "A";

#[tokio::test]
async fn a_clerk_calls_serves_and_finishes_by_the_keys() {
    let hall = DemoHall::start("console").unwrap();
    let browser = console(&hall).await;
    let first = issue(&hall).await;
    let second = issue(&hall).await;

    browser.offers("开窗").await.unwrap();
    browser.strike(" ").await.unwrap();
    browser.shows("waiting-count", "等候 2 人").await.unwrap();
    browser.offers("叫下一位").await.unwrap();
    browser.strike(" ").await.unwrap();
    browser.shows("plate", &first.number.to_string()).await.unwrap();
    browser.offers("到了").await.unwrap();
    browser.strike("a").await.unwrap();
    browser.shows("state", "正在办理").await.unwrap();
    browser.offers("办结，叫下一位").await.unwrap();
    browser.strike(" ").await.unwrap();
    browser.shows("plate", &second.number.to_string()).await.unwrap();
    browser.shows("served", "1 人").await.unwrap();
    browser.shows("waiting-count", "等候 0 人").await.unwrap();
}

#[tokio::test]
async fn a_visitor_who_did_not_come_makes_room_and_an_outcome_is_chosen_by_digit() {
    let hall = DemoHall::start("console").unwrap();
    let browser = console(&hall).await;
    issue(&hall).await;
    let second = issue(&hall).await;

    browser.press("开窗").await.unwrap();
    browser.press("叫下一位").await.unwrap();
    browser.press("没有来").await.unwrap();
    browser.press("叫下一位").await.unwrap();
    browser.shows("plate", &second.number.to_string()).await.unwrap();
    browser.press("办结").await.unwrap();
    browser.offers("材料要补正").await.unwrap();
    browser.strike("3").await.unwrap();
    browser.shows("state", "等您叫号").await.unwrap();
    browser.press("叫下一位").await.unwrap();
    browser.shows("notice", "没有人在等").await.unwrap();
}

#[tokio::test]
async fn a_pause_says_why_and_if_the_clerk_likes_until_when() {
    let hall = DemoHall::start("console-pause").unwrap();
    let browser = console(&hall).await;
    browser.press("开窗").await.unwrap();
    browser.press("暂停服务").await.unwrap();
    browser.offers("午间休息").await.unwrap();
    browser.strike("3").await.unwrap();
    browser.shows("state", "暂停服务 · 午间休息").await.unwrap();

    browser.strike(" ").await.unwrap();
    browser.press("暂停服务").await.unwrap();
    browser.offers("短暂离开").await.unwrap();
    browser.evaluate("document.getElementById('chooser-back').value = '15'").await.unwrap();
    browser.strike("1").await.unwrap();
    browser.tells("state", "暂停服务 · 短暂离开 · 到 ").await.unwrap();
    browser.ran_clean(&hall.address).await.unwrap();
}

#[tokio::test]
async fn a_called_visitor_who_gives_up_on_the_phone_is_told_to_the_clerk() {
    let hall = DemoHall::start("console").unwrap();
    let browser = console(&hall).await;
    let ticket = issue(&hall).await;
    browser.press("开窗").await.unwrap();
    browser.press("叫下一位").await.unwrap();
    browser.shows("plate", &ticket.number.to_string()).await.unwrap();
    let (_, secret) = ticket.url.rsplit_once('/').unwrap();
    let body = json!({ "command_id": command_id() });
    hall.post("", &format!("status/{secret}/leave"), &body).await.unwrap();
    let says = format!("{} 不来了：本人取消了，或者在别处过了号。可以叫下一位。", ticket.number);
    browser.shows("notice", &says).await.unwrap();
    browser.shows("state", "等您叫号").await.unwrap();
    // What is pressed here is told by no such line.
    let next = issue(&hall).await;
    browser.press("叫下一位").await.unwrap();
    browser.shows("plate", &next.number.to_string()).await.unwrap();
    browser.press("没有来").await.unwrap();
    browser.shows("state", "等您叫号").await.unwrap();
    browser.shows("notice", "").await.unwrap();
}

#[tokio::test]
async fn a_space_bar_struck_three_times_calls_one_visitor() {
    let hall = DemoHall::start("console").unwrap();
    let browser = console(&hall).await;
    let first = issue(&hall).await;
    issue(&hall).await;
    issue(&hall).await;

    browser.press("开窗").await.unwrap();
    browser.offers("叫下一位").await.unwrap();
    browser.strike("   ").await.unwrap();
    browser.offers("到了").await.unwrap();
    let view = hall.window(1).await.unwrap();
    assert_eq!(view.ticket.map(|it| it.number), Some(first.number));
    assert_eq!(view.waiting.len(), 2);
}

#[tokio::test]
async fn a_reload_and_a_second_tab_show_the_same_visitor() {
    let hall = DemoHall::start("console").unwrap();
    let browser = console(&hall).await;
    let ticket = issue(&hall).await;
    let number = ticket.number.to_string();

    browser.press("开窗").await.unwrap();
    browser.press("叫下一位").await.unwrap();
    browser.shows("plate", &number).await.unwrap();
    browser.reload().await.unwrap();
    browser.shows("plate", &number).await.unwrap();
    browser.open_tab(&format!("{}/console", hall.address)).await.unwrap();
    browser.shows("plate", &number).await.unwrap();
    browser.press("到了").await.unwrap();
    browser.to_tab(0).await.unwrap();
    browser.shows("state", "正在办理").await.unwrap();
}

#[tokio::test]
async fn a_press_while_the_server_is_down_is_kept_and_done_once() {
    let mut hall = DemoHall::start("console").unwrap();
    let browser = console(&hall).await;
    let ticket = issue(&hall).await;

    browser.press("开窗").await.unwrap();
    browser.press("叫下一位").await.unwrap();
    browser.offers("到了").await.unwrap();
    browser.shows("link-words", "已连接").await.unwrap();
    hall.kill().unwrap();
    browser.shows("link-words", "正在重新连接").await.unwrap();
    browser.strike("a").await.unwrap();
    browser.shows("notice", "服务器还没有回答，正在再试。不用再按，不会重复。").await.unwrap();
    hall.restart().unwrap();
    browser.shows("link-words", "已连接").await.unwrap();
    browser.shows("state", "正在办理").await.unwrap();
    browser.shows("plate", &ticket.number.to_string()).await.unwrap();
}

#[tokio::test]
async fn a_wrong_pin_is_told_in_words_and_without_a_session_one_signs_in() {
    let hall = DemoHall::start("console").unwrap();
    let browser = Browser::start().await.unwrap();

    browser.open(&hall.address).await.unwrap();
    browser.offers("登录").await.unwrap();
    browser.sign_in(&hall.address, CLERK, "000000").await.unwrap();
    browser.shows("notice", "工号或密码不对").await.unwrap();
}

#[tokio::test]
async fn who_signs_in_before_the_page_has_its_words_is_signed_in() {
    let hall = DemoHall::start("console").unwrap();
    let browser = Browser::start().await.unwrap();

    // The words come after the page, and a clerk is faster than they are.
    browser.slow_down(1_000).await.unwrap();
    browser.sign_in(&hall.address, CLERK, PIN).await.unwrap();
    browser.shows("state", "窗口关着").await.unwrap();
    browser.ran_clean(&hall.address).await.unwrap();
}

#[tokio::test]
async fn the_page_behind_the_qr_follows_its_ticket() {
    let hall = DemoHall::start("console").unwrap();
    issue(&hall).await;
    let ticket = issue(&hall).await;
    let browser = Browser::start().await.unwrap();

    browser.open(&ticket.url).await.unwrap();
    browser.shows("plate", &ticket.number.to_string()).await.unwrap();
    browser.shows("ahead", "1").await.unwrap();
    hall.act("open", json!({})).await.unwrap();
    hall.act("call-next", json!({})).await.unwrap();
    browser.shows("state", "下一位就是您").await.unwrap();
    hall.act("finish", json!({ "outcome": "done_now" })).await.unwrap();
    let label = hall.act("call-next", json!({})).await.unwrap().label;
    browser.shows("state", &format!("请到 {label} 窗口")).await.unwrap();
    browser.press("English").await.unwrap();
    browser.shows("state", &format!("Please go to window {label}")).await.unwrap();
}

#[tokio::test]
async fn a_kiosk_out_of_paper_stands_on_the_halls_page_until_it_has_paper() {
    let hall = DemoHall::start("console").unwrap();
    let token = hall.enrol("kiosk", "东门取号机").unwrap();
    // A device counts as connected while it follows a feed.
    let feed = hall.get(&token, "feed?view=board").await.unwrap();
    let browser = console(&hall).await;

    browser.open(&format!("{}/hall", hall.address)).await.unwrap();
    browser.shows("summary", "取号机、显示屏、打印机都正常").await.unwrap();
    report(&hall, &token, "no_paper").await;
    browser.shows("summary", "1 台设备要看一下").await.unwrap();
    let card = browser.text("#devices .look").await.unwrap();
    assert!(
        card.contains("东门取号机") && card.contains("没纸了") && card.contains("请换纸"),
        "{card}"
    );
    report(&hall, &token, "ready").await;
    browser.shows("summary", "取号机、显示屏、打印机都正常").await.unwrap();
    drop(feed);
    browser.shows("summary", "1 台设备要看一下").await.unwrap();
}

#[tokio::test]
async fn a_page_that_faults_or_asks_another_host_is_caught() {
    let hall = DemoHall::start("console").unwrap();
    let browser = console(&hall).await;
    browser.ran_clean(&hall.address).await.unwrap();
    for fault in [
        "setTimeout(() => { throw new Error('a fault'); }); return true",
        "document.body.setAttribute('onclick', 'alert(1)'); document.body.click(); return true",
        "fetch('http://127.0.0.2:9/').catch(() => {}); return true",
    ] {
        browser.until(fault).await.unwrap();
        // What the browser tells of a page it tells a little later.
        browser.reload().await.unwrap();
        browser.shows("state", "窗口关着").await.unwrap();
        let found = browser.ran_clean(&hall.address).await;
        assert!(found.is_err(), "nobody saw `{fault}`");
    }
}

#[tokio::test]
async fn every_file_of_the_pages_is_served() {
    let hall = DemoHall::start("console").unwrap();
    let assets = page_files().filter(|it| it.extension() != Some("html".as_ref()));
    for path in assets {
        let name = path.file_name().unwrap().to_str().unwrap();
        let reply = reqwest::get(format!("{}/web/{name}", hall.address)).await.unwrap();
        assert_eq!(reply.status(), 200, "{name}");
    }
}

#[test]
fn every_text_of_the_pages_exists_in_both_languages() {
    let texts: Value = read(&web().join("words.json")).parse().unwrap();
    for (key, text) in texts.as_object().unwrap() {
        let [zh, en] = ["zh", "en"].map(|it| text[it].as_str().unwrap_or_default());
        assert!(!zh.is_empty() && !en.is_empty(), "`{key}` lacks a language");
        assert_eq!(placeholders(zh), placeholders(en), "`{key}` fills different places");
    }
    for path in page_files() {
        for key in keys_in(&read(&path)) {
            assert!(texts.get(&key).is_some(), "`{}` wants `{key}`", path.display());
        }
    }
}

/// A browser in which the clerk of window 1 has signed in.
async fn console(hall: &DemoHall) -> Browser {
    let browser = Browser::start().await.unwrap();
    browser.sign_in(&hall.address, CLERK, PIN).await.unwrap();
    browser.shows("state", "窗口关着").await.unwrap();
    browser
}

/// What a kiosk says of its printer.
async fn report(hall: &DemoHall, token: &str, state: &str) {
    let report = json!({ "printer": { "state": state, "since": "2026-01-05T01:00:00Z" } });
    let reply = hall.post(token, "devices/me/report", &report).await.unwrap();
    assert!(reply.status().is_success(), "{}", reply.status());
}

async fn issue(hall: &DemoHall) -> Ticket {
    hall.issue(LANE).await.unwrap()
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|it| it.split_once('}')).map(|(name, _)| name).collect()
}

/// The keys that a page names outright; those put together while it runs
/// are met by the tests above.
fn keys_in(source: &str) -> BTreeSet<String> {
    let opened_by = ["data-words=\"", "data-words-label=\"", "words(\""];
    let after = opened_by.iter().flat_map(|it| source.split(it).skip(1));
    after.filter_map(|it| it.split_once('"')).map(|(key, _)| key.to_owned()).collect()
}

fn page_files() -> impl Iterator<Item = PathBuf> {
    std::fs::read_dir(web()).unwrap().map(|it| it.unwrap().path())
}

fn web() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../queue-server/web")
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}
