//! The guide desk in a real browser against the real server: numbers for
//! visitors, tickets found and put right, appointments.

use catalogue::{Answers, Catalogue, Notice};
use queue_api::{AppointmentState, AppointmentsView, Class, PassReply, PriorityReason, Ticket};
use queue_api::{LaneId, TicketState};
use serde_json::json;
use tests::browser::Browser;
use tests::hall::{CLERK, DESK, DemoHall, PIN};

use crate::appointments::noon_hall;

#[tokio::test]
async fn a_matter_is_found_as_it_is_typed_and_several_go_on_one_ticket() {
    let hall = DemoHall::start("desk-issue").unwrap();
    let browser = desk(&hall).await;

    // By initials, as people type; Enter chooses, and with nothing typed
    // it issues.
    browser.strike("n").await.unwrap();
    browser.strike("spxk").await.unwrap();
    browser.tells("found", "食品许可").await.unwrap();
    browser.strike("\n").await.unwrap();
    browser.tells("chosen", "食品许可").await.unwrap();
    browser.strike("fapiao").await.unwrap();
    browser.tells("found", "发票").await.unwrap();
    browser.strike("\n").await.unwrap();
    browser.tells("chosen", "再办").await.unwrap();
    browser.click("#class [value=priority]").await.unwrap();
    browser.click("#priority [value=pregnant]").await.unwrap();
    browser.press("取号").await.unwrap();
    browser.shows("plate", "A001").await.unwrap();
    browser.tells("ticket-more", "优先 · 孕妇 · 发票").await.unwrap();
    browser.until("return document.getElementById('qr').naturalWidth > 0").await.unwrap();
    browser.until("return document.getElementById('chosen').children.length === 0").await.unwrap();

    let ticket = ticket(&hall, "A001").await;
    assert_eq!((ticket.class, ticket.priority), (Class::Priority, Some(PriorityReason::Pregnant)));
    assert_eq!(ticket.more, ["invoice-issuance"]);
    // The QR on the page is what a phone opens.
    let path = format!("tickets/{}/qr.svg", ticket.id);
    let token = hall.sign_in(DESK).await.unwrap();
    let picture = hall.get(&token, &path).await.unwrap().text().await.unwrap();
    assert_eq!(read_qr(&picture), ticket.url);
    let clerk = hall.sign_in(CLERK).await.unwrap();
    assert_eq!(hall.get(&clerk, &path).await.unwrap().status(), 403, "a clerk prints no tickets");
    // The slip is what the browser prints.
    browser.evaluate("window.print = () => { document.title = 'printed'; }").await.unwrap();
    browser.strike("\u{1b}p").await.unwrap();
    browser.tells("slip", "A001").await.unwrap();
    browser.strike("p").await.unwrap();
    browser.until("return document.title === 'printed'").await.unwrap();
    browser
        .until("return document.querySelector('#sheet .slip-number').textContent === 'A001'")
        .await
        .unwrap();
    browser.ran_clean(&hall.address).await.unwrap();
}

#[tokio::test]
async fn the_situation_is_asked_and_the_notice_fits_it() {
    let hall = DemoHall::start("desk-situation").unwrap();
    let browser = desk(&hall).await;
    browser.strike("n").await.unwrap();
    browser.strike("spxk").await.unwrap();
    browser.tells("found", "食品许可").await.unwrap();
    browser.strike("\n").await.unwrap();
    // The same questions in the same order as at the kiosk.
    let token = hall.sign_in(DESK).await.unwrap();
    let reply = hall.get(&token, "catalogue").await.unwrap();
    let catalogue: Catalogue = reply.error_for_status().unwrap().json().await.unwrap();
    let matter = catalogue.matter("food-operation-permit").unwrap();
    let mut answers = Answers::new();
    while let Some(question) = matter.next_question(&answers) {
        browser.tells("situation-question", &question.text.zh).await.unwrap();
        let told = |it: &&catalogue::Choice| ["agent", "catering", "no"].contains(&it.id.as_str());
        let option = question.options.iter().find(told).unwrap();
        browser.press(&option.zh).await.unwrap();
        answers = matter.answer(&answers, &question.id, &[option.id.as_str()]).unwrap();
    }
    browser.tells("situation-at", "情形问完了").await.unwrap();
    // A step back, and the same answer again.
    browser.press("上一问").await.unwrap();
    browser.until("return !document.getElementById('situation-question').hidden").await.unwrap();
    let last = matter.answered(&answers).pop().unwrap();
    browser.press(&last.chosen[0].zh).await.unwrap();
    browser.tells("situation-at", "情形问完了").await.unwrap();
    browser.press("取号").await.unwrap();
    browser.shows("plate", "A001").await.unwrap();
    let given = ticket(&hall, "A001").await.answers.unwrap();
    assert_eq!(given, answers, "what was said went with the number");

    browser.strike("\u{1b}l").await.unwrap();
    browser.tells("slip", "一次性告知单").await.unwrap();
    let today = ticket(&hall, "A001").await.business_day;
    let notice = Notice::of(matter, &answers, today, &catalogue.workdays, true);
    assert!(notice.papers.bring.len() > 3, "there is something to bring");
    for paper in &notice.papers.bring {
        browser.tells("slip", &paper.material.name.zh).await.unwrap();
    }
    browser.tells("slip", "A001").await.unwrap();
    browser.evaluate("window.print = () => { document.title = 'printed'; }").await.unwrap();
    browser.strike("p").await.unwrap();
    browser.until("return document.title === 'printed'").await.unwrap();
    browser.ran_clean(&hall.address).await.unwrap();
}

#[tokio::test]
async fn the_green_channel_needs_a_reason_and_who_signed_in_answers_for_it() {
    let hall = DemoHall::start("desk-green").unwrap();
    let browser = desk(&hall).await;

    browser.click("#lane [value=C]").await.unwrap();
    browser.click("#class [value=green]").await.unwrap();
    browser.tells("grant-by", DESK).await.unwrap();
    browser.press("取号").await.unwrap();
    browser.shows("notice", "请写绿色通道的理由。").await.unwrap();
    browser.fill("grant", "急救转院").await.unwrap();
    browser.strike("\n").await.unwrap();
    browser.shows("plate", "C001").await.unwrap();
    browser.tells("ticket-more", "绿色通道").await.unwrap();
    assert_eq!(ticket(&hall, "C001").await.class, Class::Green);
    browser.ran_clean(&hall.address).await.unwrap();
}

#[tokio::test]
async fn a_ticket_is_found_by_number_or_by_its_paper_and_given_up_or_put_back() {
    let hall = DemoHall::start("desk-find").unwrap();
    let [first, second] = [hall.issue("A").await.unwrap(), hall.issue("A").await.unwrap()];
    let browser = desk(&hall).await;

    browser.strike("/").await.unwrap();
    browser.strike("a9\n").await.unwrap();
    browser.shows("notice", "今天没有这个号，请看一眼小票。").await.unwrap();
    browser.strike("ａ１\n").await.unwrap();
    browser.shows("plate", &first.number.to_string()).await.unwrap();
    // While it is looked at, the hall goes on.
    hall.act("open", json!({})).await.unwrap();
    hall.act("call-next", json!({})).await.unwrap();
    browser.shows("ticket-state", "已叫号").await.unwrap();
    browser.shows("ticket-window", "A01").await.unwrap();
    hall.act("no-show", json!({ "ticket": first.id })).await.unwrap();
    browser.shows("ticket-state", "过号").await.unwrap();
    browser.strike("\u{1b}g").await.unwrap();
    browser.shows("ticket-state", "在等").await.unwrap();
    browser.shows("ahead", "1 人").await.unwrap();

    // A scanner types the address on the slip and an Enter.
    browser.fill("find-what", &second.url).await.unwrap();
    browser.strike("\n").await.unwrap();
    browser.shows("plate", &second.number.to_string()).await.unwrap();
    browser.reload().await.unwrap();
    browser.shows("plate", &second.number.to_string()).await.unwrap();
    browser.strike("v").await.unwrap();
    browser.offers("作废这个号").await.unwrap();
    browser.strike("1").await.unwrap();
    browser.shows("ticket-state", "已作废").await.unwrap();
    assert_eq!(ticket(&hall, "A002").await.state, TicketState::Void);
    browser.ran_clean(&hall.address).await.unwrap();
}

#[tokio::test]
async fn a_return_pass_is_given_and_taken_at_the_desk() {
    let hall = DemoHall::start("desk-pass").unwrap();
    let first = hall.issue("C").await.unwrap();
    let browser = desk(&hall).await;

    browser.fill("find-what", "c1\n").await.unwrap();
    browser.shows("plate", "C001").await.unwrap();
    browser.strike("\u{1b}e").await.unwrap();
    browser.tells("slip", "C001").await.unwrap();
    browser.until("return document.querySelector('#slip img').naturalWidth > 0").await.unwrap();
    browser.strike("\u{1b}").await.unwrap();
    let token = hall.sign_in(DESK).await.unwrap();
    let path = format!("tickets/{}/pass", first.id);
    let pass: PassReply = hall.get(&token, &path).await.unwrap().json().await.unwrap();
    assert_eq!(pass.lane, "C".parse::<LaneId>().unwrap());
    // In another lane it is worth nothing, in its own it goes first.
    browser.click("#lane [value=D]").await.unwrap();
    browser.fill("held-pass", &pass.token).await.unwrap();
    browser.press("取号").await.unwrap();
    browser.tells("notice", "二次优先卡无效").await.unwrap();
    browser.click("#lane [value=C]").await.unwrap();
    browser.press("取号").await.unwrap();
    browser.shows("plate", "C002").await.unwrap();
    browser.shows("ahead", "0 人").await.unwrap();
    browser.ran_clean(&hall.address).await.unwrap();
}

#[tokio::test]
async fn an_appointment_is_made_given_up_and_checked_in_by_its_code() {
    let (hall, begun) = noon_hall("desk-booked");
    let browser = desk(&hall).await;

    let today = format!(
        "const day = document.getElementById('day'); day.value = '{}'; \
         day.dispatchEvent(new Event('change')); return true",
        begun.date()
    );
    let mut codes = Vec::new();
    for _ in 0..2 {
        browser.click("#lane [value=C]").await.unwrap();
        browser.click("[name=when][value=later]").await.unwrap();
        browser.until(&today).await.unwrap();
        browser.click("#slots button").await.unwrap();
        browser.press("预约").await.unwrap();
        browser.has("#slip[open] .slip-code").await.unwrap();
        codes.push(browser.text("#slip .slip-code").await.unwrap());
        browser.strike("\u{1b}").await.unwrap();
        browser.until("return !document.querySelector('dialog[open]')").await.unwrap();
    }
    browser.tells("booked-counts", "没到 2").await.unwrap();
    browser.tells("booked", &codes[0]).await.unwrap();
    browser.fill("code", &codes[1]).await.unwrap();
    browser.press("签到").await.unwrap();
    browser.shows("plate", "C001").await.unwrap();
    browser.tells("booked-counts", "已签到 1").await.unwrap();
    assert_eq!(ticket(&hall, "C001").await.class, Class::Appointment);

    // So shortly before its time it can't be given up, which is said.
    browser.click("#booked button").await.unwrap();
    browser.offers("取消这个预约").await.unwrap();
    browser.strike("1").await.unwrap();
    browser.has("#notice:not([hidden])").await.unwrap();
    let latest = "const all = document.querySelectorAll('#slots button'); \
                if (all.length < 20) return false; all[all.length - 1].click(); return true";
    browser.click("#lane [value=C]").await.unwrap();
    browser.click("[name=when][value=later]").await.unwrap();
    browser.until(&today).await.unwrap();
    browser.until(latest).await.unwrap();
    browser.press("预约").await.unwrap();
    browser.has("#slip[open] .slip-code").await.unwrap();
    browser.strike("\u{1b}").await.unwrap();
    browser.tells("booked-counts", "没到 2").await.unwrap();
    browser.click("#booked tr:last-child button").await.unwrap();
    browser.offers("取消这个预约").await.unwrap();
    browser.strike("1").await.unwrap();
    browser.shows("notice", "预约取消了。").await.unwrap();
    browser.tells("booked-counts", "取消 1").await.unwrap();
    let token = hall.sign_in(DESK).await.unwrap();
    let list: AppointmentsView =
        hall.get(&token, "appointments").await.unwrap().json().await.unwrap();
    let count = |state| list.appointments.iter().filter(|it| it.state == state).count();
    assert_eq!(count(AppointmentState::Cancelled), 1);
    browser.ran_clean(&hall.address).await.unwrap();
}

#[tokio::test]
async fn a_press_whose_answer_never_came_is_one_ticket_after_a_reload() {
    let mut hall = DemoHall::start("desk-cut").unwrap();
    let browser = desk(&hall).await;

    browser.click("#lane [value=C]").await.unwrap();
    hall.kill().unwrap();
    browser.press("取号").await.unwrap();
    browser.shows("notice", "服务器还没有回答，正在再试。不用再按，不会重复。").await.unwrap();
    hall.restart().unwrap();
    browser.reload().await.unwrap();
    browser.shows("plate", "C001").await.unwrap();
    let token = hall.sign_in(DESK).await.unwrap();
    let second = hall.get(&token, "tickets?number=C002").await.unwrap();
    assert_eq!(second.status(), 404, "one press, one ticket");
}

#[tokio::test]
async fn the_desk_is_not_for_clerks() {
    let hall = DemoHall::start("desk-roles").unwrap();
    let browser = Browser::start().await.unwrap();
    browser.sign_in(&hall.address, CLERK, PIN).await.unwrap();
    browser.shows("state", "窗口关着").await.unwrap();
    browser.open(&format!("{}/desk", hall.address)).await.unwrap();
    browser.shows("no-desk", "咨询台由咨询台和管理员使用。").await.unwrap();
    browser.ran_clean(&hall.address).await.unwrap();
}

#[tokio::test]
async fn papers_numbers_and_passes_are_shown_to_those_who_need_them() {
    let hall = DemoHall::start("desk-doors").unwrap();
    let (desk, clerk) = (hall.sign_in(DESK).await.unwrap(), hall.sign_in(CLERK).await.unwrap());
    let board = hall.enrol("board", "大屏").unwrap();
    let ticket = hall.issue("A").await.unwrap();
    let id = ticket.id;
    let status =
        async |token: &str, path: String| hall.get(token, &path).await.unwrap().status().as_u16();

    for path in ["papers", "pass", "pass.svg", "qr.svg"] {
        assert_eq!(status(&board, format!("tickets/{id}/{path}")).await, 403, "{path}");
    }
    assert_eq!(status(&board, "tickets?number=A001".to_owned()).await, 403);
    // A lane alone has no papers, and no pass was given.
    assert_eq!(status(&clerk, format!("tickets/{id}/papers")).await, 422);
    assert_eq!(status(&clerk, format!("tickets/{id}/pass")).await, 409);
    assert_eq!(status(&desk, "tickets?number=A1".to_owned()).await, 400);
    assert_eq!(status(&desk, "tickets".to_owned()).await, 400);
    // Who does not print a slip sees no secret of it, however it is found.
    let found = hall.get(&clerk, "tickets?number=A001").await.unwrap();
    let found: Ticket = found.json().await.unwrap();
    assert_eq!((found.id, found.token.as_str(), found.url.as_str()), (id, "", ""));
    let by_paper = format!("tickets?token={}", ticket.token);
    assert_eq!(status(&desk, by_paper).await, 200);
}

/// What the QR of a picture says, read by a reader that is none of ours.
pub(crate) fn read_qr(svg: &str) -> String {
    /// Dots for a module.
    const DOTS: usize = 4;
    let number = |text: &str| text.trim().parse::<usize>().unwrap();
    let (_, sides) = svg.split_once("viewBox=\"0 0 ").unwrap();
    let side = number(sides.split(' ').next().unwrap());
    let (_, path) = svg.split_once("<path d=\"").unwrap();
    let dark: std::collections::BTreeSet<(usize, usize)> = path
        .split('M')
        .filter_map(|it| it.split_once('h')?.0.split_once(' '))
        .map(|(x, y)| (number(x), number(y)))
        .collect();
    let mut grey = rqrr::PreparedImage::prepare_from_greyscale(side * DOTS, side * DOTS, |x, y| {
        if dark.contains(&(x / DOTS, y / DOTS)) { 0 } else { 255 }
    });
    grey.detect_grids()[0].decode().unwrap().1
}

/// A browser in which the guide desk has signed in.
async fn desk(hall: &DemoHall) -> Browser {
    let browser = Browser::start().await.unwrap();
    browser.sign_in(&hall.address, DESK, PIN).await.unwrap();
    browser.shows("link-words", "已连接").await.unwrap();
    browser
}

async fn ticket(hall: &DemoHall, number: &str) -> Ticket {
    let token = hall.sign_in(DESK).await.unwrap();
    let reply = hall.get(&token, &format!("tickets?number={number}")).await.unwrap();
    reply.error_for_status().unwrap().json().await.unwrap()
}
