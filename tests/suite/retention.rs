//! The older days of a hall that has been open for a while are moved to
//! an archive with the real program; the real server goes on.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use queue_core::{Command as Wish, LaneId, LaneRules, Rules, Source, TicketId, TicketRequest};
use queue_server::actor::Actor;
use queue_server::engine::{Asked, Desk};
use reqwest::StatusCode;
use rusqlite::Connection;
use serde_json::{Value, json};
use tests::hall::{DESK, DemoHall, command_id, data};
use tests::program::{built, repository};

/// Tickets of a day.
const TICKETS: usize = 20;

/// Five days up to now, by how long ago they are.
const FIVE: [i64; 5] = [4, 3, 2, 1, 0];

#[expect(clippy::disallowed_methods, reason = "the real server goes by the real clock")]
fn now() -> Timestamp {
    Timestamp::now()
}

fn zone() -> TimeZone {
    TimeZone::get("Asia/Shanghai").unwrap()
}

/// The business day so many days ago.
fn day(now: Timestamp, ago: i64) -> String {
    let at = now - SignedDuration::from_hours(24 * ago);
    at.to_zoned(zone()).date().to_string()
}

/// So many days `ago` at the desk; four days ago somebody gets a return
/// pass.
fn days(kept: &Path, now: Timestamp, ago: &[i64]) {
    let lane: LaneId = "A".parse().unwrap();
    let rules = Rules { lanes: [(lane.clone(), LaneRules::default())].into(), ..Rules::default() };
    let mut desk = Desk::open(kept, rules, zone()).unwrap();
    let mut take = |at: Timestamp, command: Wish| {
        let asked = Asked { command_id: None, by: Actor::Server, command };
        let answers = desk.take(&[asked], at).unwrap();
        assert!(answers[0].is_ok(), "{answers:?}");
    };
    for &ago in ago {
        let at = now - SignedDuration::from_hours(24 * ago);
        for nth in 0..TICKETS {
            let request = TicketRequest {
                source: Source::Desk,
                ..TicketRequest::at_kiosk(lane.clone(), format!("token-{ago}-{nth}"))
            };
            take(at, Wish::IssueTicket(request));
        }
        if ago == FIVE[0] {
            let until = (now + SignedDuration::from_hours(24 * 30)).to_zoned(zone()).date();
            let token = "pass-from-before".to_owned();
            take(at, Wish::GivePass { ticket: TicketId(1), token, until });
        }
    }
}

fn run(args: &[&str]) -> Output {
    Command::new(built("queue-server").unwrap()).args(args).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr[..]].concat()).into_owned()
}

/// Does what must work.
fn done(args: &[&str]) -> String {
    let output = run(args);
    assert!(output.status.success(), "{args:?}: {}", said(&output));
    said(&output)
}

/// Tries what must be refused.
fn refused(args: &[&str]) -> String {
    let output = run(args);
    assert!(!output.status.success(), "{args:?}: {}", said(&output));
    said(&output)
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn count(file: &Path, what: &str) -> u64 {
    let connection = Connection::open(file).unwrap();
    connection.query_row(&format!("SELECT count(*) FROM {what}"), [], |row| row.get(0)).unwrap()
}

async fn issue(hall: &DemoHall, pass: Option<&str>) -> (StatusCode, Value) {
    let desk = hall.sign_in(DESK).await.unwrap();
    let mut body = json!({
        "command_id": command_id(), "lane": "A", "class": "ordinary", "source": "desk",
    });
    if let Some(pass) = pass {
        body["pass"] = json!(pass);
    }
    let reply = hall.post(&desk, "tickets", &body).await.unwrap();
    (reply.status(), reply.json().await.unwrap())
}

/// A folder with nothing but these days in it.
fn folder_with(name: &str, now: Timestamp, ago: &[i64]) -> PathBuf {
    let folder = repository().join(format!("target/e2e/{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(data(&folder)).unwrap();
    days(&data(&folder), now, ago);
    folder
}

#[tokio::test]
async fn a_hall_whose_older_days_were_archived_goes_on_as_if_nothing_was() {
    let now = now();
    let folder = folder_with("retention", now, &FIVE);
    let (kept, archive) = (data(&folder), folder.join("archive.db"));
    let journal = kept.join("hall.db");
    let all = count(&journal, "events");
    let before = day(now, 2);
    let told = ["archive", "--data", text(&kept), "--before", &before, "--out", text(&archive)];
    assert!(done(&told).starts_with("archived: "));
    assert!(refused(&told).contains("is there already"), "no archive is ever replaced");
    assert_eq!(count(&archive, "events"), all);
    assert_eq!(count(&journal, "numbers"), 3 * TICKETS as u64, "three days are left");
    let verify = ["verify", "--data", text(&kept), "--archive", text(&archive)];
    let words = done(&verify);
    assert!(words.contains("sound: ") && words.contains("joined: "), "{words}");

    // The next number and the next id, and a pass of a day that is gone.
    let mut hall = DemoHall::start_on(folder.clone(), "127.0.0.1:0").unwrap();
    let (status, ticket) = issue(&hall, Some("pass-from-before")).await;
    assert_eq!(status, StatusCode::CREATED, "{ticket}");
    let same_day = ticket["business_day"] == json!(day(now, 0));
    assert_eq!(ticket["number"], if same_day { "A021" } else { "A001" }, "{ticket}");
    assert_eq!(ticket["id"], 5 * TICKETS + 1, "{ticket}");
    assert_eq!(issue(&hall, Some("pass-from-before")).await.0, StatusCode::CONFLICT, "once");

    // What runs beside a server does so here; archiving does not.
    let (copy, visits) = (folder.join("copy.db"), folder.join("visits.csv"));
    done(&["backup", "--data", text(&kept), "--out", text(&copy)]);
    done(&["verify", "--file", text(&copy), "--archive", text(&archive)]);
    let export = |which: &str, file: &Path, from: &str| {
        let to = day(now, 0);
        let demo = repository().join("assets/halls/demo");
        let mut args = vec!["export", which, text(file), "--hall", text(&demo), "--out"];
        args.extend([text(&visits), "--from", from, "--to", &to]);
        run(&args)
    };
    assert!(said(&export("--data", &kept, &day(now, 4))).contains("are in the archive with"));
    assert!(export("--data", &kept, &before).status.success());
    assert!(export("--file", &archive, &day(now, 4)).status.success());
    let lines = fs::read_to_string(&visits).unwrap().lines().count();
    assert_eq!(lines, 1 + 5 * TICKETS, "the archive has every visit of before");
    let other = folder.join("other.db");
    let told = ["archive", "--data", text(&kept), "--before", &before, "--out", text(&other)];
    assert!(refused(&told).contains("the server must be stopped for this"));

    // A power cut, a start on the mornings, and one on all of it.
    for suspect in [false, true] {
        hall.kill().unwrap();
        if suspect {
            fs::write(kept.join("hall.suspect"), "").unwrap();
        }
        hall.restart().unwrap();
        assert_eq!(issue(&hall, None).await.0, StatusCode::CREATED);
    }
    hall.stop().unwrap();
    done(&verify);
}

#[test]
fn a_beginning_that_was_forged_opens_no_door() {
    let now = now();
    let folder = folder_with("retention-forged", now, &FIVE);
    let (kept, archive) = (data(&folder), folder.join("archive.db"));
    let before = day(now, 1);
    done(&["archive", "--data", text(&kept), "--before", &before, "--out", text(&archive)]);
    let connection = Connection::open(kept.join("hall.db")).unwrap();
    connection
        .execute_batch(
            "DROP TRIGGER beginning_stays_as_it_is;
             UPDATE beginning SET morning = replace(morning, 'pass-from-before', 'pass-of-mine')",
        )
        .unwrap();
    drop(connection);
    let demo = repository().join("assets/halls/demo");
    let words = refused(&[
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--hall",
        text(&demo),
        "--data",
        text(&kept),
    ]);
    assert!(words.contains("is damaged and was left as it is: beginning: "), "{words}");
    let words = refused(&["verify", "--data", text(&kept)]);
    assert!(words.contains("does not tell of it"), "{words}");
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn days_to_keep_are_said_in_the_profile() {
    let now = now();
    let folder = folder_with("retention-profile", now, &[100, 70, 40, 1, 0]);
    let (kept, archive, hall) = (data(&folder), folder.join("archive.db"), folder.join("hall"));
    let demo = repository().join("assets/halls/demo");
    let copied = Command::new("cp").args(["-r", text(&demo), text(&hall)]).status().unwrap();
    assert!(copied.success());
    let told = ["archive", "--data", text(&kept), "--hall", text(&hall), "--out", text(&archive)];
    assert!(refused(&told).contains("say `--before DAY`"), "the demo keeps everything");
    assert!(!archive.exists());
    let profile = hall.join("hall.toml");
    let words = fs::read_to_string(&profile).unwrap();
    fs::write(&profile, words.replace("# keep_days = 365", "keep_days = 62")).unwrap();
    let words = done(&told);
    assert!(words.contains(&format!("from {} on", day(now, 40))), "{words}");
    let again = folder.join("again.db");
    let told = ["archive", "--data", text(&kept), "--hall", text(&hall), "--out", text(&again)];
    assert!(done(&told).starts_with("nothing is older than that"));
    assert!(!again.exists());
    fs::remove_dir_all(&folder).unwrap();
}
