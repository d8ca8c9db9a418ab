//! The record on a machine that fails: a disk that says no, a page that
//! is not what was written, a copy taken meanwhile. Real server, real
//! files.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use queue_api::{IssueRequest, Source, Ticket};
use queue_client::Client;
use queue_core::{Command as Wish, LaneId, LaneRules, Rules, TicketRequest};
use queue_server::actor::Actor;
use queue_server::engine::{Asked, Desk};
use rusqlite::Connection;
use tests::hall::{DemoHall, command_id, data};
use tests::program::{Start, built, repository};

/// No answer takes this long; a server that has ended gives none.
const PATIENCE: Duration = Duration::from_secs(5);

/// Tickets after which a failure must have shown.
const TICKETS_MAX: usize = 20_000;

/// SQLite's page, in bytes.
const PAGE: usize = 4_096;

async fn issue(kiosk: &Client) -> Result<Ticket, queue_client::ClientError> {
    let request = IssueRequest {
        lane: Some("A".parse().unwrap()),
        ..IssueRequest::ordinary(command_id().parse().unwrap(), Source::Kiosk)
    };
    kiosk.issue_ticket(&request, PATIENCE).await
}

fn kiosk(hall: &DemoHall) -> Client {
    Client::new(&hall.address, Some(hall.enrol("kiosk", "kiosk-1").unwrap())).unwrap()
}

fn run(args: &[&str], folder: &Path) -> Output {
    let server = built("queue-server").unwrap();
    Command::new(server).args(args).arg("--data").arg(folder).output().unwrap()
}

/// What a start says that must be refused.
fn refused(folder: &Path) -> String {
    let demo = repository().join("assets/halls/demo");
    let args = ["serve", "--listen", "127.0.0.1:0", "--hall", demo.to_str().unwrap()];
    let output = run(&args, folder);
    assert!(!output.status.success());
    String::from_utf8(output.stderr).unwrap()
}

/// The numbers in the journal, as printed.
fn stored(folder: &Path) -> Vec<String> {
    let connection = Connection::open(folder.join("hall.db")).unwrap();
    let sql = "SELECT body ->> 'number' FROM events WHERE kind = 'ticket_issued' ORDER BY seq";
    let mut select = connection.prepare(sql).unwrap();
    let numbers = select.query_map([], |row| row.get(0)).unwrap();
    numbers.collect::<Result<_, _>>().unwrap()
}

/// A process that makes every later sync of another fail; none where it
/// may not.
fn failing_syncs(of: u32, log: &Path) -> Option<tests::program::Program> {
    let may = Command::new("strace").args(["-o", "/dev/null", "true"]).output();
    if !may.is_ok_and(|it| it.status.success()) {
        return None;
    }
    let pid = of.to_string();
    let strace = Start::theirs("strace")
        .args(["-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync"])
        .args(["-e", "inject=fsync,fdatasync:error=EIO", "-p", &pid])
        .logging_to(log)
        .unwrap();
    Some(strace)
}

#[tokio::test]
async fn after_a_sync_that_failed_the_server_stops_and_knows_all_it_has_answered() {
    let mut hall = DemoHall::start("sync-fails").unwrap();
    let kiosk = kiosk(&hall);
    let mut given = vec![issue(&kiosk).await.unwrap().number.to_string()];
    let log = hall.folder().join("strace.log");
    let Some(_strace) = failing_syncs(hall.id(), &log) else { return };
    while let Ok(ticket) = issue(&kiosk).await {
        given.push(ticket.number.to_string());
        assert!(given.len() < TICKETS_MAX, "no sync has failed");
    }
    assert!(!hall.wait().unwrap().success(), "it ends by itself, as a failure");
    assert!(data(hall.folder()).join("hall.suspect").exists());
    hall.restart().unwrap();
    assert!(!data(hall.folder()).join("hall.suspect").exists(), "all was looked at");
    let kept = stored(&data(hall.folder()));
    assert!(kept.starts_with(&given), "{} given, {} kept", given.len(), kept.len());
    let next = issue(&kiosk).await.unwrap().number.to_string();
    assert!(!kept.contains(&next), "{next} is given once");
}

/// Overwrites the last page in which `text` lies.
fn spoil_page_with(folder: &Path, text: &str) {
    let path = folder.join("hall.db");
    let mut bytes = fs::read(&path).unwrap();
    let at = bytes.windows(text.len()).rposition(|it| it == text.as_bytes()).unwrap();
    bytes[at / PAGE * PAGE..][..PAGE].fill(0x5a);
    fs::write(&path, &bytes).unwrap();
}

#[tokio::test]
async fn a_page_that_spoils_under_the_server_stops_it_and_is_not_built_upon() {
    let mut hall = DemoHall::start("page-spoils").unwrap();
    let kiosk = kiosk(&hall);
    let mut last = String::new();
    for _ in 0..50 {
        last = issue(&kiosk).await.unwrap().token;
    }
    let folder = data(hall.folder());
    let other = Connection::open(folder.join("hall.db")).unwrap();
    other.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    spoil_page_with(&folder, &last);
    // Somebody else's commit makes the server read its pages anew.
    let schema: u32 = other.query_row("PRAGMA user_version", [], |it| it.get(0)).unwrap();
    other.pragma_update(None, "user_version", schema).unwrap();
    assert!(issue(&kiosk).await.is_err());
    assert!(!hall.wait().unwrap().success());
    drop(other);
    let said = refused(&folder);
    assert!(said.contains("is damaged and was left as it is"), "{said}");
}

/// Five days with 200 tickets each, and nobody at work.
fn days(folder: &Path) {
    let lane: LaneId = "A".parse().unwrap();
    let rules = Rules { lanes: [(lane.clone(), LaneRules::default())].into(), ..Rules::default() };
    let mut desk = Desk::open(folder, rules, TimeZone::UTC).unwrap();
    let first: Timestamp = "2026-11-16T01:00:00Z".parse().unwrap();
    for day in 0..5 {
        let ticket = |nth: usize| Asked {
            command_id: None,
            by: Actor::Server,
            command: Wish::IssueTicket(TicketRequest {
                source: Source::Desk,
                ..TicketRequest::at_kiosk(lane.clone(), format!("token-{day}-{nth}-"))
            }),
        };
        let asked: Vec<Asked> = (0..200).map(ticket).collect();
        desk.take(&asked, first + SignedDuration::from_hours(24 * day)).unwrap();
    }
}

#[test]
fn a_spoiled_page_of_an_older_day_is_found_while_the_server_runs() {
    let folder = repository().join(format!("target/e2e/old-page-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    let kept = data(&folder);
    fs::create_dir_all(&kept).unwrap();
    days(&kept);
    spoil_page_with(&kept, "token-1-100-");
    let mut hall = DemoHall::start_on(folder, "127.0.0.1:0").unwrap();
    assert!(!hall.wait().unwrap().success(), "it stops when it has looked back");
    let said = refused(&kept);
    assert!(said.contains("is damaged and was left as it is"), "{said}");
}

#[tokio::test]
async fn a_copy_taken_while_numbers_are_given_is_sound() {
    let hall = DemoHall::start("copy").unwrap();
    let kiosk = kiosk(&hall);
    let issuing = tokio::spawn(async move {
        for _ in 0..400 {
            issue(&kiosk).await.unwrap();
        }
    });
    let copies = hall.folder().join("copies");
    fs::create_dir(&copies).unwrap();
    let place = copies.join("hall.db");
    let mut taken = 0;
    while !issuing.is_finished() || taken == 0 {
        let from = data(hall.folder());
        let to = place.clone();
        let saved = tokio::task::spawn_blocking(move || {
            run(&["backup", "--out", to.to_str().unwrap()], &from)
        });
        let saved = saved.await.unwrap();
        assert!(saved.status.success(), "{}", String::from_utf8_lossy(&saved.stderr));
        taken += 1;
    }
    issuing.await.unwrap();
    let said = run(&["verify"], &copies);
    assert!(said.stdout.starts_with(b"sound: "), "{}", String::from_utf8_lossy(&said.stdout));
    let saved = stored(&copies);
    assert!(stored(&data(hall.folder())).starts_with(&saved));
}
