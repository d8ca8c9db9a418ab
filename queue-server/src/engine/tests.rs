//! A full disk is told to those who ask, and ends nothing.

use queue_core::TicketRequest;

use super::*;
use crate::profile;
use crate::scratch::Scratch;

fn ticket() -> Command {
    let lane = "A".parse().unwrap();
    Command::IssueTicket(TicketRequest::at_kiosk(lane, "t".repeat(200)))
}

#[test]
fn a_start_on_nothing_is_no_walk_through_the_record() {
    let dir = Scratch::new("engine-empty");
    let (engine, _ended) = start(dir.path(), Rules::default(), TimeZone::UTC, false).unwrap();
    assert_eq!(engine.walks().report(0).last, None);
}

#[tokio::test]
async fn a_full_disk_is_told_and_looking_finds_room_again() {
    let dir = Scratch::new("engine-full");
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/halls/demo");
    let rules = profile::load(&demo).unwrap().rules;
    let desk = Desk::open(dir.path(), rules, TimeZone::UTC).unwrap();
    desk.fill_disk();
    let (engine, _ended) = run(desk).unwrap();
    assert_eq!(engine.trouble(), None);
    // What fits into the pages there are is still stored.
    let mut refused = None;
    for _ in 0..1_000 {
        refused = engine.submit(None, Actor::Server, ticket()).await.err();
        if refused.is_some() {
            break;
        }
    }
    assert!(matches!(refused, Some(Refusal::NotStored)), "{refused:?}");
    assert!(engine.trouble().unwrap().contains("disk is full"), "{:?}", engine.trouble());
    // A command that needs no room says nothing of it.
    let nobody = Command::VoidTicket { ticket: queue_core::TicketId(9_999) };
    let refused = engine.submit(None, Actor::Server, nobody.clone()).await;
    assert!(matches!(refused, Err(Refusal::Rejected(_))), "{refused:?}");
    assert!(engine.trouble().is_some());
    // The folder has room, which SQLite alone does not know here.
    engine.look_at_the_clock();
    let _ = engine.submit(None, Actor::Server, nobody).await;
    assert_eq!(engine.trouble(), None);
}
