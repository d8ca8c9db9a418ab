//! What is heard in the hall: the real server, the real board and a clerk;
//! ALSA's `file` plug-in stands where the loudspeaker is.

use std::fs;
use std::path::Path;

use queue_api::{DevicesView, LoudspeakerReport, LoudspeakerState, Ticket};
use serde_json::json;
use sound::Pack;
use tests::hall::DemoHall;
use tests::program::{Program, Start, repository};
use voice::{Announcement, Language, Manner, plan};

use crate::sound_card::{LOOK, LOOKS_MAX, SoundCard, as_played};

/// A board that speaks on this card.
fn board(card: &SoundCard, hall: &DemoHall, token: &str) -> Program {
    let picture = hall.folder().join("board.png");
    Start::ours("display-board")
        .unwrap()
        .args(["--server", &hall.address, "--snapshot", picture.to_str().unwrap()])
        .args(["--sound", "heard", "--speak", "zh,en", "--repeat", "2"])
        .env("YIMEN_TOKEN", token)
        .env("ALSA_CONFIG_PATH", &card.setting)
        .logging_to(&hall.folder().join("display-board.log"))
        .unwrap()
}

/// What a call sounds like, as the card takes it.
fn call(folder: &Path, ticket: &Ticket, label: &str) -> Vec<u8> {
    let (mut pack, _) = Pack::open(&repository().join("assets/voice")).unwrap();
    let manner = Manner { languages: vec![Language::Zh, Language::En], ..Manner::default() };
    let announcement = Announcement::new(&ticket.number.to_string(), label);
    let said = pack.say(|has| plan(&announcement, &manner, has));
    let names: Vec<&str> = said.speech.pieces.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names.first(), Some(&"common/chime2"));
    assert_eq!(names.iter().filter(|it| it.starts_with("zh/qing_")).count(), 2);
    assert_eq!(names.iter().filter(|it| it.starts_with("en/t_")).count(), 1);
    as_played(folder, &said.speech.samples)
}

/// What staff see of the board's loudspeaker, once it is so.
async fn staff_see(hall: &DemoHall, state: LoudspeakerState) -> LoudspeakerReport {
    let manager = hall.sign_in("3001").await.unwrap();
    let mut seen = None;
    for _ in 0..LOOKS_MAX {
        let view: DevicesView = hall.get(&manager, "devices").await.unwrap().json().await.unwrap();
        seen = view.devices.into_iter().find_map(|it| it.loudspeakers.into_iter().next());
        match seen {
            Some(report) if report.state == state => return report,
            _ => tokio::time::sleep(LOOK).await,
        }
    }
    panic!("staff never saw {state:?}, but {seen:?}")
}

/// The hall with window 1 open, and a visitor called there.
async fn next(hall: &DemoHall) -> Ticket {
    let ticket = hall.issue("A").await.unwrap();
    let view = hall.act("call-next", json!({})).await.unwrap();
    assert_eq!(view.ticket.map(|it| it.id), Some(ticket.id));
    ticket
}

#[tokio::test]
async fn a_call_is_heard_once_though_the_server_is_killed_and_a_recall_again() {
    let mut hall = DemoHall::start("spoken").unwrap();
    let card = SoundCard::new(hall.folder());
    let token = hall.enrol("board", "叫号屏-1").unwrap();
    hall.act("open", json!({})).await.unwrap();
    let _board = board(&card, &hall, &token);
    let report = staff_see(&hall, LoudspeakerState::Ready).await;
    assert_eq!((report.name.as_str(), report.waiting), ("heard", 0));
    let first = next(&hall).await;
    let mut expected = call(hall.folder(), &first, "A01");
    card.hears(&expected).await;
    hall.kill().unwrap();
    hall.restart().unwrap();
    // It comes back by itself, says so, and has nothing new to say.
    staff_see(&hall, LoudspeakerState::Ready).await;
    card.hears(&expected).await;
    hall.act("recall", json!({})).await.unwrap();
    expected.extend(call(hall.folder(), &first, "A01"));
    card.hears(&expected).await;
}

#[tokio::test]
async fn a_card_that_is_pulled_out_is_told_and_what_waits_is_said_when_it_is_back() {
    let hall = DemoHall::start("unheard").unwrap();
    let card = SoundCard::new(hall.folder());
    let token = hall.enrol("board", "叫号屏-1").unwrap();
    hall.act("open", json!({})).await.unwrap();
    let _board = board(&card, &hall, &token);
    staff_see(&hall, LoudspeakerState::Ready).await;
    card.pull_out();
    let ticket = next(&hall).await;
    let report = staff_see(&hall, LoudspeakerState::NoDevice).await;
    assert_eq!(report.waiting, 1, "the call was not spoken and waits");
    card.plug_in();
    card.hears(&call(hall.folder(), &ticket, "A01")).await;
    assert_eq!(staff_see(&hall, LoudspeakerState::Ready).await.waiting, 0);
}

#[tokio::test]
async fn a_board_without_a_card_shows_its_calls_and_staff_know() {
    let hall = DemoHall::start("no-card").unwrap();
    let card = SoundCard::new(hall.folder());
    card.pull_out();
    let token = hall.enrol("board", "叫号屏-1").unwrap();
    hall.act("open", json!({})).await.unwrap();
    let _board = board(&card, &hall, &token);
    staff_see(&hall, LoudspeakerState::NoDevice).await;
    let picture = hall.folder().join("board.png");
    let before = fs::read(&picture).unwrap();
    next(&hall).await;
    for _ in 0..LOOKS_MAX {
        if fs::read(&picture).unwrap() != before {
            break;
        }
        tokio::time::sleep(LOOK).await;
    }
    assert!(fs::read(&picture).unwrap() != before, "the call is on the screen");
    assert!(!card.heard.exists());
    let log = fs::read_to_string(hall.folder().join("display-board.log")).unwrap();
    assert_eq!(log.matches("no sound; it is tried again").count(), 1, "one line");
    assert_eq!(log.matches("ALSA lib").count(), 0);
}
