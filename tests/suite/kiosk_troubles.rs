//! When things fail before a visitor's eyes, on the real window: the
//! server is away, the printer has no paper. What is promised: a calm
//! page that says what to do, one number and never a second, and staff
//! who know.

use std::time::Duration;

use queue_api::{HallView, PrinterState};
use queue_client::{Client, FeedEvent};
use tests::hall::{CLERK, DemoHall};

use crate::corner::Corner;

/// Long enough for any page; reached only on failure.
const PATIENCE: Duration = Duration::from_mins(1);

/// The first of the most used matters, a lane of its own window.
const MATTER: &str = "身份证";

/// To the guide of a matter whose number can be taken at once.
async fn to_the_guide(corner: &Corner) {
    corner.kiosk.press("我要取号").await.unwrap();
    corner.kiosk.press(MATTER).await.unwrap();
    corner.kiosk.page("Guide").await.unwrap();
}

/// Numbers that the record holds.
async fn issued(hall: &DemoHall) -> usize {
    let token = hall.sign_in(CLERK).await.unwrap();
    let mut n_issued = 0;
    loop {
        let reply = hall.get(&token, &format!("tickets/{}", n_issued + 1)).await.unwrap();
        if !reply.status().is_success() {
            return n_issued;
        }
        n_issued += 1;
    }
}

/// Waits until the staff page says this of the kiosk's printer.
async fn staff_see(hall: &DemoHall, state: PrinterState) {
    let token = hall.sign_in(CLERK).await.unwrap();
    let mut feed = Client::new(&hall.address, Some(token)).unwrap().feed::<HallView>("view=hall");
    let seen = async {
        while let Some(event) = feed.recv().await {
            let FeedEvent::View(view) = event else { continue };
            let printer = view.devices.iter().find_map(|it| it.printer.as_ref());
            if printer.is_some_and(|it| it.state == state) {
                return;
            }
        }
    };
    tokio::time::timeout(PATIENCE, seen).await.expect("the staff page shows the printer");
}

#[tokio::test]
async fn a_server_that_is_away_costs_a_wait_and_never_a_second_number() {
    // Kiosks have no numbers of their own here.
    let hall = DemoHall::start_with("server-away", "numbers = 40", "numbers = 0").unwrap();
    let listen = format!("pty:{}", hall.folder().join("printer").display());
    let mut corner = Corner::in_hall(hall, &listen, 576, (1080, 1920)).await;
    to_the_guide(&corner).await;
    corner.hall.kill().unwrap();
    corner.kiosk.press("直接取号").await.unwrap();
    let advice = corner.kiosk.reads("请到咨询台").await.unwrap();
    assert!(advice.contains("清单照常打印"), "what still works: {advice}");
    corner.kiosk.screen.picture("away.png").unwrap();

    corner.hall.restart().unwrap();
    let paper = corner.paper(1, "请从下方拿小票").await;
    let ticket = corner.ticket(1).await;
    assert!(paper.words().contains(&ticket.number.to_string()), "{}", paper.words());
    assert_eq!(issued(&corner.hall).await, 1, "one press, one number");
}

#[tokio::test]
async fn a_printer_without_paper_is_found_before_the_number_is_taken() {
    let corner = Corner::start("no-paper").await;
    to_the_guide(&corner).await;
    corner.printer.jam(Some("no-paper")).unwrap();
    staff_see(&corner.hall, PrinterState::NoPaper).await;
    corner.kiosk.press("直接取号").await.unwrap();
    corner.kiosk.reads("还没有取号").await.unwrap();
    corner.kiosk.screen.picture("no-paper.png").unwrap();
    assert_eq!(issued(&corner.hall).await, 0, "nothing was taken yet");

    corner.kiosk.press("只看号码").await.unwrap();
    corner.kiosk.reads("您的号不会丢").await.unwrap();
    let ticket = corner.ticket(1).await;
    corner.kiosk.reads(&ticket.number.to_string()).await.unwrap();
    corner.kiosk.screen.picture("number-on-screen.png").unwrap();
    assert!(corner.printer.papers().unwrap().is_empty());

    // Paper is put in: the next visitor gets theirs.
    corner.printer.jam(None).unwrap();
    staff_see(&corner.hall, PrinterState::Ready).await;
    corner.kiosk.press("我记下了").await.unwrap();
    to_the_guide(&corner).await;
    corner.kiosk.press("直接取号").await.unwrap();
    let paper = corner.paper(1, "请从下方拿小票").await;
    let second = corner.ticket(2).await;
    assert!(paper.words().contains(&second.number.to_string()), "{}", paper.words());
    assert_eq!(issued(&corner.hall).await, 2);
}

#[tokio::test]
async fn a_wide_kiosk_with_narrow_paper_on_the_network_speaks_english() {
    let hall = DemoHall::start("wide").unwrap();
    let corner = Corner::in_hall(hall, "tcp:127.0.0.1:0", 384, (1920, 1080)).await;
    corner.kiosk.page("Home").await.unwrap();
    corner.kiosk.press("English").await.unwrap();
    corner.kiosk.press("Take a number").await.unwrap();
    corner.kiosk.press("ID card").await.unwrap();
    corner.kiosk.page("Guide").await.unwrap();
    corner.kiosk.screen.picture_at_rest("guide.png").await.unwrap();
    corner.kiosk.press("Take a number").await.unwrap();
    corner.kiosk.page("Ticket").await.unwrap();
    corner.kiosk.reads("Take your ticket below").await.unwrap();
    corner.kiosk.screen.picture_at_rest("ticket.png").await.unwrap();
    let ticket = corner.ticket(1).await;
    let papers = corner.printer.papers().unwrap();
    let [paper] = papers.as_slice() else { panic!("one press, one paper: {papers:?}") };
    assert!(paper.complete && paper.faults.is_empty(), "{:?}", paper.faults);
    assert!(paper.words().contains(&ticket.number.to_string()), "{}", paper.words());
    assert!(paper.words().contains("Walk-in"), "in English: {}", paper.words());
    assert!(paper.codes().unwrap().contains(&ticket.url), "{:?}", paper.codes());
}
