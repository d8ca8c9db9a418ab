//! The visitor's phone behind the QR, in a real browser of a phone's
//! size against the real server: what is called is seen at once, nobody
//! leaves by accident, and what somebody thinks is told once.

mod door;

use queue_api::Ticket;
use serde_json::{Value, json};
use tests::browser::Browser;
use tests::hall::{DESK, DemoHall, command_id, data};

/// A phone of today, and a small one of ten years ago.
const PHONE: (u32, u32) = (390, 844);
const SMALL_PHONE: (u32, u32) = (320, 568);

/// A matter of lane A with papers of each kind.
const MATTER: &str = "food-operation-permit";

/// A ticket for the matter, whose questions nobody answered, and for
/// `more` matters.
async fn issue_matter(hall: &DemoHall, more: &[&str]) -> Ticket {
    let desk = hall.sign_in(DESK).await.unwrap();
    let request = json!({
        "command_id": command_id(), "matter": MATTER, "class": "ordinary", "source": "desk",
        "answers": {}, "more": more,
    });
    let reply = hall.post(&desk, "tickets", &request).await.unwrap();
    reply.error_for_status().unwrap().json().await.unwrap()
}

async fn open(hall: &DemoHall, ticket: &Ticket, language: &str) -> Browser {
    let browser = Browser::phone(language, PHONE).await.unwrap();
    browser.open(&ticket.url).await.unwrap();
    browser.offers(if language == "en" { "中文" } else { "English" }).await.unwrap();
    assert!(ticket.url.starts_with(&hall.address));
    browser
}

/// The phone's motor, as the page uses it.
async fn listen_to_the_motor(browser: &Browser) {
    let hook = "const { dataset } = document.body;
        dataset.buzzes = 0;
        navigator.vibrate = () => { dataset.buzzes = Number(dataset.buzzes) + 1; return true; };";
    browser.evaluate(hook).await.unwrap();
}

/// Waits until the phone has shaken so often.
async fn shook(browser: &Browser, times: u32) {
    browser.text(&format!("body[data-buzzes='{times}']")).await.unwrap();
}

async fn act(hall: &DemoHall, verb: &str) {
    hall.act(verb, json!({})).await.unwrap();
}

/// Bodies of the journal's events of one kind.
fn journal(hall: &DemoHall, kind: &str) -> Vec<Value> {
    let connection = rusqlite::Connection::open(data(hall.folder()).join("hall.db")).unwrap();
    let mut select =
        connection.prepare("SELECT body FROM events WHERE kind = ?1 ORDER BY seq").unwrap();
    let bodies = select.query_map([kind], |row| row.get::<_, String>(0)).unwrap();
    bodies.map(|it| serde_json::from_str(&it.unwrap()).unwrap()).collect()
}

#[tokio::test]
async fn a_whole_visit_is_pushed_to_the_phone_which_never_asks() {
    let hall = DemoHall::start("phone").unwrap();
    hall.issue("A").await.unwrap();
    let ticket = issue_matter(&hall, &[]).await;
    let browser = open(&hall, &ticket, "zh-CN").await;
    browser.shows("plate", &ticket.number.to_string()).await.unwrap();
    browser.shows("ahead", "1").await.unwrap();
    browser.shows("state", "请在等候区 A 等").await.unwrap();
    browser.shows("door", "A01–A02").await.unwrap();
    listen_to_the_motor(&browser).await;
    browser.click("[data-tick]").await.unwrap();
    let began = browser.requests().await.unwrap();
    let feeds = began.iter().filter(|it| it.contains("/api/v1/feed")).count();
    assert_eq!(feeds, 1, "{began:?}");
    assert!(began.iter().all(|it| it.starts_with(&hall.address)), "{began:?}");

    act(&hall, "open").await;
    act(&hall, "call-next").await;
    browser.shows("state", "下一位就是您").await.unwrap();
    act(&hall, "finish").await;
    shook(&browser, 0).await;
    act(&hall, "call-next").await;
    browser.shows("state", "请到 A01 窗口").await.unwrap();
    browser.shows("door", "A01").await.unwrap();
    shook(&browser, 1).await;
    act(&hall, "recall").await;
    shook(&browser, 2).await;
    act(&hall, "arrive").await;
    browser.shows("state", "正在 A01 窗口办理").await.unwrap();
    act(&hall, "park").await;
    browser.shows("state", "A01 窗口在等您回来").await.unwrap();
    hall.act("resume", json!({ "ticket": ticket.id })).await.unwrap();
    browser.shows("state", "正在 A01 窗口办理").await.unwrap();
    act(&hall, "finish").await;
    browser.shows("state", "这个号已经办完").await.unwrap();
    assert_eq!(browser.requests().await.unwrap(), Vec::<String>::new(), "it was told, not asked");
    assert_eq!(browser.complaints().await.unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn who_was_passed_over_reads_how_to_come_back_and_comes_back_once() {
    let hall = DemoHall::start("phone").unwrap();
    let ticket = hall.issue("A").await.unwrap();
    let browser = open(&hall, &ticket, "en").await;
    act(&hall, "open").await;
    act(&hall, "call-next").await;
    browser.shows("state", "Please go to window A01").await.unwrap();
    act(&hall, "no-show").await;
    browser.shows("state", "You were called and we missed you").await.unwrap();
    let how = browser.text("#do").await.unwrap();
    assert!(
        how.ends_with("you can join again once, at a kiosk, the guide desk or window A01"),
        "{how}"
    );
    let desk = hall.sign_in(DESK).await.unwrap();
    let path = format!("tickets/{}/reinstate", ticket.id.0);
    hall.post(&desk, &path, &json!({ "command_id": command_id() })).await.unwrap();
    browser.shows("state", "You are next").await.unwrap();
    act(&hall, "call-next").await;
    act(&hall, "no-show").await;
    browser
        .shows(
            "do",
            "It is too late to join again; please take a new number, or ask the guide desk",
        )
        .await
        .unwrap();
}

#[tokio::test]
async fn a_visitor_who_leaves_is_asked_once_and_calls_nobody_any_more() {
    let hall = DemoHall::start("phone").unwrap();
    let ticket = hall.issue("A").await.unwrap();
    let next = hall.issue("A").await.unwrap();
    let browser = open(&hall, &ticket, "zh-CN").await;
    browser.press("今天不办了，取消这个号").await.unwrap();
    browser.press("接着等").await.unwrap();
    browser.press("今天不办了，取消这个号").await.unwrap();
    assert_eq!(journal(&hall, "ticket_voided"), Vec::<Value>::new(), "not before the second yes");
    browser.press("不办了，取消").await.unwrap();
    browser.shows("state", "这个号已经取消").await.unwrap();
    assert_eq!(
        browser.evaluate("return document.getElementById('leaving').hidden").await.unwrap(),
        true
    );
    let voided = journal(&hall, "ticket_voided");
    assert_eq!(voided.len(), 1);
    assert_eq!((&voided[0]["reason"], &voided[0]["by"]), (&json!("left"), &json!("visitor")));
    act(&hall, "open").await;
    let called = hall.act("call-next", json!({})).await.unwrap().ticket.unwrap();
    assert_eq!(called.number, next.number);
}

#[tokio::test]
async fn each_service_is_rated_once_with_reasons_and_no_clerk_sees_it() {
    let hall = DemoHall::start("phone").unwrap();
    // Done at the same window: the second begins where the first ends.
    let ticket = issue_matter(&hall, &["individual-business-registration"]).await;
    let browser = open(&hall, &ticket, "zh-CN").await;
    act(&hall, "open").await;
    act(&hall, "call-next").await;
    act(&hall, "finish").await;
    act(&hall, "finish").await;
    browser.shows("state", "这个号已经办完").await.unwrap();
    let before = what_clerks_see(&hall).await;

    browser.press("满意").await.unwrap();
    browser.touch("一张清单告知全部申报材料").await.unwrap();
    browser.touch("跑大厅一次办完").await.unwrap();
    browser.press("提交评价").await.unwrap();
    browser.shows("rating", &thanks_and_card(&browser).await).await.unwrap();
    browser.press("不评价").await.unwrap();
    let rated = journal(&hall, "service_rated");
    assert_eq!(rated.len(), 1);
    let (service, level, reasons) =
        (&rated[0]["service"], &rated[0]["level"], &rated[0]["reasons"]);
    assert_eq!((service, level, reasons), (&json!(1), &json!(4), &json!([408, 411])));
    assert_eq!((&rated[0]["by"], &rated[0]["matter"]), (&json!("visitor"), &json!(MATTER)));
    assert_eq!(what_clerks_see(&hall).await, before);
    browser.reload().await.unwrap();
    browser.offers("English").await.unwrap();
    browser.shows("state", "这个号已经办完").await.unwrap();
    assert_eq!(
        browser.evaluate("return document.getElementById('rating').hidden").await.unwrap(),
        true
    );
    assert_eq!(browser.complaints().await.unwrap(), Vec::<String>::new());
}

/// After the first rating the page says thank you and asks of the second.
async fn thanks_and_card(browser: &Browser) -> String {
    browser.text(".thanks").await.unwrap();
    let text = browser.text("#rating").await.unwrap();
    assert!(text.starts_with("谢谢，您的评价收到了。") && text.contains("非常不满意"), "{text}");
    let read = "return document.getElementById('rating').textContent.replace(/\\s+/g, ' ').trim()";
    browser.evaluate(read).await.unwrap().as_str().unwrap().to_owned()
}

/// Everything that a clerk may read, but the sequence of the journal.
async fn what_clerks_see(hall: &DemoHall) -> Vec<Value> {
    let clerk = hall.sign_in(tests::hall::CLERK).await.unwrap();
    let mut seen = Vec::new();
    for path in ["windows/1", "queue", "tickets/1"] {
        let mut view: Value = hall.get(&clerk, path).await.unwrap().json().await.unwrap();
        view.as_object_mut().unwrap().remove("seq");
        seen.push(view);
    }
    seen
}

#[tokio::test]
async fn a_paper_that_was_ticked_stays_ticked_on_this_phone() {
    let hall = DemoHall::start("phone").unwrap();
    let ticket = issue_matter(&hall, &[]).await;
    let browser = open(&hall, &ticket, "zh-CN").await;
    browser.click("[data-tick]").await.unwrap();
    let read_boxes = "return [...document.querySelectorAll('[data-tick]')].map((it) => it.checked)";
    let boxes = |shown: Value| shown.as_array().unwrap().iter().filter(|it| **it == true).count();
    assert_eq!(boxes(browser.evaluate(read_boxes).await.unwrap()), 1);
    browser.reload().await.unwrap();
    browser.offers("English").await.unwrap();
    assert_eq!(boxes(browser.evaluate(read_boxes).await.unwrap()), 1);
    browser.click("#whole-notice").await.unwrap();
    let title = browser.text(".sheet h1").await.unwrap();
    assert_eq!(title, "一次性告知单");
    browser.offers("English").await.unwrap();
    assert_eq!(boxes(browser.evaluate(read_boxes).await.unwrap()), 1);
    let text = browser.text(".sheet main").await.unwrap();
    for part in ["要带的材料", "办理步骤", "多久办好", "不收费", "到哪里办", "本单不是受理凭证"]
    {
        assert!(text.contains(part), "`{part}` is missing in {text}");
    }
    assert_eq!(browser.complaints().await.unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn a_phone_without_scripts_reads_the_same_and_loads_the_page_again() {
    let hall = DemoHall::start("phone").unwrap();
    let ticket = issue_matter(&hall, &[]).await;
    let browser = Browser::phone("zh-CN", SMALL_PHONE).await.unwrap();
    browser.without_scripts().await.unwrap();
    browser.open(&ticket.url).await.unwrap();
    assert_eq!(browser.text("#plate").await.unwrap(), ticket.number.to_string());
    assert_eq!(browser.text("#state").await.unwrap(), "下一位就是您");
    assert!(browser.text(".papers").await.unwrap().contains("要带的材料"));
    act(&hall, "open").await;
    act(&hall, "call-next").await;
    browser.follow("看最新情况").await.unwrap();
    assert_eq!(browser.text("#state").await.unwrap(), "请到 A01 窗口");
    assert_eq!(browser.text("#door").await.unwrap(), "A01");
    browser.follow("English").await.unwrap();
    assert_eq!(browser.text("#state").await.unwrap(), "Please go to window A01");
    browser.follow("See the whole notice").await.unwrap();
    assert_eq!(browser.text(".sheet h1").await.unwrap(), "What to bring");
    let html = reqwest::get(&ticket.url).await.unwrap().text().await.unwrap();
    assert!(html.contains("<noscript><meta http-equiv=\"refresh\" content=\"20\"></noscript>"));
}

#[tokio::test]
async fn an_english_phone_reads_english_and_may_change() {
    let hall = DemoHall::start("phone").unwrap();
    let ticket = issue_matter(&hall, &[]).await;
    let browser = open(&hall, &ticket, "en").await;
    browser.shows("state", "You are next").await.unwrap();
    assert_eq!(chinese_on(&browser).await, Vec::<String>::new());
    browser.click("#whole-notice").await.unwrap();
    browser.offers("中文").await.unwrap();
    assert_eq!(browser.text(".sheet h1").await.unwrap(), "What to bring");
    assert_eq!(chinese_on(&browser).await, Vec::<String>::new());
    browser.press("中文").await.unwrap();
    assert_eq!(browser.text(".sheet h1").await.unwrap(), "一次性告知单");
    // The phone remembers it.
    browser.open(&ticket.url).await.unwrap();
    browser.shows("state", "下一位就是您").await.unwrap();
}

/// Texts in Chinese that can be read, but for names of laws, which stay
/// as they are, and the way to the other language.
async fn chinese_on(browser: &Browser) -> Vec<String> {
    let script = "const found = [];
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const { parentElement: at, data } = walker.currentNode;
          const own = at.closest('[lang=\"zh-CN\"], #language, #plain');
          if (!own && at.offsetParent && /[\\u4e00-\\u9fff]/.test(data)) { found.push(data); }
        }
        return found;";
    let found = browser.evaluate(script).await.unwrap();
    found.as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_owned()).collect()
}
