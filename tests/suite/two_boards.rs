//! Two boards hang in one hall, and whoever looks from one to the other
//! sees the same: real programs that draw into files, a real server that
//! is killed, a cable that is pulled.
//!
//! A board replaces its file at each change, and the same pixels are the
//! same file: the files are compared to the last byte, and the number is
//! read off the picture.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use queue_api::Ticket;
use serde_json::json;
use tests::cable::Cable;
use tests::hall::{DESK, DemoHall, command_id};
use tests::lobby::newest_on;
use tests::program::{Program, Start};

/// How often the boards are looked at.
const LOOK: Duration = Duration::from_millis(100);

/// How long boards may take to show the same. Reached only on failure.
const PATIENCE: Duration = Duration::from_mins(2);

/// A silent board; its picture is what it shows.
struct Board {
    picture: PathBuf,
    log: PathBuf,
    _program: Program,
}

impl Board {
    fn start(hall: &DemoHall, server: &str, name: &str, token: &str) -> Board {
        let picture = hall.folder().join(format!("{name}.png"));
        let log = hall.folder().join(format!("{name}.log"));
        let program = Start::ours("display-board")
            .unwrap()
            .args(["--server", server, "--voice", "off"])
            .args(["--snapshot", picture.to_str().unwrap()])
            .env("YIMEN_TOKEN", token)
            .logging_to(&log)
            .unwrap();
        Board { picture, log, _program: program }
    }

    fn shown(&self) -> Vec<u8> {
        fs::read(&self.picture).unwrap_or_default()
    }

    fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }

    /// Waits until its log says this so often.
    async fn says(&self, what: &str, times: usize) {
        until(|| self.log().matches(what).count() >= times)
            .await
            .unwrap_or_else(|()| panic!("`{what}` was never said, but {}", self.log()));
    }
}

/// Waits for what must come.
async fn until(mut holds: impl FnMut() -> bool) -> Result<(), ()> {
    let look = async {
        while !holds() {
            tokio::time::sleep(LOOK).await;
        }
    };
    tokio::time::timeout(PATIENCE, look).await.map_err(|_| ())
}

/// Waits until all show the same picture, with this number as the newest
/// call.
async fn all_show(boards: &[&Board], called: &Ticket) {
    let (number, mut read) = (called.number.to_string(), (Vec::new(), String::new()));
    until(|| {
        let shown: Vec<Vec<u8>> = boards.iter().map(|it| it.shown()).collect();
        let alike = !shown[0].is_empty() && shown.iter().all(|it| *it == shown[0]);
        // A picture is read once, for that takes longer than a look.
        if alike && shown[0] != read.0 {
            read.1 = newest_on(&boards[0].picture).unwrap();
            read.0.clone_from(&shown[0]);
        }
        alike && read.1 == number
    })
    .await
    .unwrap_or_else(|()| panic!("they never all showed {number}; {} was read", read.1));
}

/// A visitor comes and is called to window 1.
async fn next(hall: &DemoHall) -> Ticket {
    let ticket = hall.issue("A").await.unwrap();
    let view = hall.act("call-next", json!({})).await.unwrap();
    assert_eq!(view.ticket.map(|it| it.id), Some(ticket.id));
    ticket
}

async fn next_after_service(hall: &DemoHall) -> Ticket {
    hall.act("finish", json!({})).await.unwrap();
    next(hall).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_boards_show_the_same_calls_whatever_happens_to_server_and_network() {
    let mut hall = DemoHall::start("two-boards").unwrap();
    let tokens: Vec<String> =
        (1..=3).map(|nth| hall.enrol("board", &format!("board-{nth}")).unwrap()).collect();
    let cable = Cable::lay(&hall.address).await.unwrap();
    // One is there before the server, the other comes after a call.
    hall.stop().unwrap();
    let one = Board::start(&hall, &hall.address, "one", &tokens[0]);
    one.says("the feed is lost", 1).await;
    hall.restart().unwrap();
    hall.act("open", json!({})).await.unwrap();
    let first = next(&hall).await;
    all_show(&[&one], &first).await;
    let two = Board::start(&hall, &cable.address, "two", &tokens[1]);
    all_show(&[&one, &two], &first).await;
    for _ in 0..3 {
        let called = next_after_service(&hall).await;
        all_show(&[&one, &two], &called).await;
    }

    // A call that is answered is on the disk, and on the boards, though
    // the server dies with it.
    let called = next_after_service(&hall).await;
    hall.kill().unwrap();
    hall.restart().unwrap();
    all_show(&[&one, &two], &called).await;
    let known = next_after_service(&hall).await;
    all_show(&[&one, &two], &known).await;

    // What is called while one is cut off is on it afterwards; till then
    // it keeps what it knows.
    let n_lost = two.log().matches("the feed is lost").count();
    cable.pull();
    let unseen = next_after_service(&hall).await;
    all_show(&[&one], &unseen).await;
    two.says("the feed is lost", n_lost + 1).await;
    all_show(&[&two], &known).await;
    let newest = next_after_service(&hall).await;
    cable.put_back();
    all_show(&[&one, &two], &newest).await;

    // Who did not come is called no more, nor when they are put back: on
    // boards that showed the call and on one that comes now.
    hall.act("no-show", json!({})).await.unwrap();
    all_show(&[&one, &two], &unseen).await;
    let desk = hall.sign_in(DESK).await.unwrap();
    let back = format!("tickets/{}/reinstate", newest.id);
    let back = hall.post(&desk, &back, &json!({ "command_id": command_id() })).await.unwrap();
    assert!(back.status().is_success(), "{back:?}");
    let three = Board::start(&hall, &hall.address, "three", &tokens[2]);
    let all = [&one, &two, &three];
    all_show(&all, &unseen).await;
    let again = hall.act("call-next", json!({})).await.unwrap().ticket.unwrap();
    assert_eq!(again.id, newest.id);
    all_show(&all, &again).await;
}
