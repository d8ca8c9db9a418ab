//! A copy is sound and whole, or there is none.

use std::fs;

use jiff::tz::TimeZone;
use queue_core::{LaneId, LaneRules, Rules, Source, TicketRequest};

use super::*;
use crate::actor::Actor;
use crate::engine::{Asked, Desk};
use crate::scratch::Scratch;

fn desk(dir: &Path) -> Desk {
    let lane: LaneId = "A".parse().unwrap();
    let rules = Rules { lanes: [(lane, LaneRules::default())].into(), ..Rules::default() };
    Desk::open(dir, rules, TimeZone::UTC).unwrap()
}

fn issue(desk: &mut Desk, token: &str) {
    let request = TicketRequest {
        source: Source::Desk,
        ..TicketRequest::at_kiosk("A".parse().unwrap(), token.to_owned())
    };
    let command = queue_core::Command::IssueTicket(request);
    let asked = Asked { command_id: None, by: Actor::Server, command };
    desk.take(&[asked], "2026-11-23T01:00:00Z".parse().unwrap()).unwrap();
}

fn saved(data: &Path, place: &Path) -> String {
    let mut said = Vec::new();
    let options = Options { data: data.to_owned(), out: place.to_owned() };
    match backup(&options, &mut said) {
        Ok(()) => String::from_utf8(said).unwrap(),
        Err(error) => format!("{error:#}"),
    }
}

#[test]
fn a_copy_is_taken_beside_the_server_and_opens_as_a_hall() {
    let dir = Scratch::new("backup");
    let (data, other) = (dir.path().join("data"), dir.path().join("other"));
    let place = other.join("hall.db");
    fs::create_dir(&other).unwrap();
    let mut running = desk(&data);
    issue(&mut running, "first");
    assert_eq!(saved(&data, &place), format!("saved: 2 events in `{}`\n", place.display()));
    issue(&mut running, "second");
    assert_eq!(saved(&data, &place), format!("saved: 3 events in `{}`\n", place.display()));
    assert_eq!(fs::read_dir(&other).unwrap().count(), 1, "nothing else is left there");
    let copied = desk(&other).rows_after(0).unwrap();
    assert_eq!(copied, running.rows_after(0).unwrap());
}

#[test]
fn a_damaged_journal_replaces_no_good_copy() {
    let dir = Scratch::new("backup-damaged");
    let (data, place) = (dir.path().join("data"), dir.path().join("copy.db"));
    let mut running = desk(&data);
    issue(&mut running, "first");
    saved(&data, &place);
    let good = fs::read(&place).unwrap();
    issue(&mut running, "second");
    drop(running);
    let connection = rusqlite::Connection::open(data.join("hall.db")).unwrap();
    connection
        .execute_batch(
            "DROP TRIGGER events_stay_as_they_are;
             UPDATE events SET body = replace(body, 'second', 'zweite')",
        )
        .unwrap();
    let said = saved(&data, &place);
    assert!(said.contains("the copy is not sound"), "{said}");
    assert!(said.contains("the hash chain is broken here"), "{said}");
    assert_eq!(fs::read(&place).unwrap(), good);
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2, "and no half of one");
}
