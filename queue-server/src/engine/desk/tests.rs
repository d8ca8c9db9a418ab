//! A start that begins on a morning knows what one knows that was told
//! the whole story.

use jiff::SignedDuration;
use queue_core::{Source, TicketRequest};

use super::*;
use crate::scratch::Scratch;
use crate::verify;
use crate::week::{Chance, any, days, kept_of, rules};

/// Journals that are tried.
const SEEDS: u64 = 6;

#[test]
fn a_start_on_a_morning_knows_what_the_whole_story_tells() {
    let mut days_seen = 0;
    for seed in 0..SEEDS {
        let dir = Scratch::new("desk-morning");
        let rows = days(dir.path(), seed).rows_after(0).unwrap();
        let mut whole = Replay::new(rules());
        for row in &rows {
            whole.tell(row);
        }
        let mut desk = Desk::open(dir.path(), rules(), TimeZone::UTC).unwrap();
        assert!(!desk.seen_whole, "seed {seed}: it begins on a morning");
        assert_eq!(desk.hall, whole.hall, "seed {seed}");
        assert_eq!(desk.memory, whole.memory, "seed {seed}");
        assert!(verify::look_through(&dir.path().join("hall.db")).is_ok(), "seed {seed}");
        // The same answers from here on.
        let mut chance = Chance::new(seed + 77);
        let mut other = Desk::with(whole, kept_of(&rows), TimeZone::UTC);
        for nth in 300..460 {
            let now = rows.last().unwrap().entry.at + SignedDuration::from_mins(11 * (nth - 299));
            let nth = u64::try_from(nth).unwrap();
            let asked = any(&mut chance, nth, now.to_zoned(TimeZone::UTC).date());
            let answers = [
                format!("{:?}", desk.take(std::slice::from_ref(&asked), now)),
                format!("{:?}", other.take(&[asked], now)),
            ];
            assert_eq!(answers[0], answers[1], "seed {seed}, command {nth}");
        }
        days_seen += rows.iter().filter(|it| it.entry.event.kind() == "day_opened").count();
    }
    assert!(days_seen > 5 * usize::try_from(SEEDS).unwrap(), "{days_seen} days");
}

/// Changes a closed journal of several days, behind the server's back.
fn tampered(dir: &Path, sql: &str) {
    drop(days(dir, 3));
    let connection = rusqlite::Connection::open(dir.join("hall.db")).unwrap();
    connection
        .execute_batch("DROP TRIGGER events_stay; DROP TRIGGER events_stay_as_they_are")
        .unwrap();
    assert_eq!(connection.execute(sql, []).unwrap(), 1, "{sql}");
}

/// Starts the engine and waits until looking back has stopped it.
fn stopped_by_looking_back(dir: &Path) {
    let (_engine, ended) = crate::engine::start(dir, rules(), TimeZone::UTC, false).unwrap();
    ended.blocking_recv().unwrap();
    assert!(dir.join("hall.suspect").exists());
}

#[test]
fn a_wrong_morning_stops_the_server_and_the_next_start_is_right() {
    let dir = Scratch::new("desk-forged");
    tampered(
        dir.path(),
        r#"UPDATE mornings SET body = json_set(body, '$.passes.x', json('{
               "ticket": 1, "pass": { "token": "x", "lane": "A", "until": "2030-01-01" },
               "used": false }'))
           WHERE seq = (SELECT min(seq) FROM mornings)"#,
    );
    stopped_by_looking_back(dir.path());
    let desk = Desk::open(dir.path(), rules(), TimeZone::UTC).unwrap();
    assert!(desk.seen_whole);
    let mut whole = Replay::new(rules());
    desk.rows_after(0).unwrap().iter().for_each(|row| whole.tell(row));
    assert_eq!(desk.hall, whole.hall);
    assert!(!dir.path().join("hall.suspect").exists());
    drop(desk);
    assert!(!Desk::open(dir.path(), rules(), TimeZone::UTC).unwrap().seen_whole);
}

#[test]
fn damage_in_the_older_days_stops_the_server_and_the_next_start_refuses() {
    let dir = Scratch::new("desk-old-damage");
    tampered(
        dir.path(),
        "UPDATE events SET body = replace(body, 'server', 'staff:1') WHERE seq = 2",
    );
    stopped_by_looking_back(dir.path());
    let refused = Desk::open(dir.path(), rules(), TimeZone::UTC).unwrap_err();
    assert!(refused.to_string().ends_with("event 2: the hash chain is broken here"), "{refused}");
}

fn number(desk: &mut Desk, now: &str) -> String {
    static NTH: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let nth = NTH.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let request = TicketRequest {
        source: Source::Desk,
        ..TicketRequest::at_kiosk("A".parse().unwrap(), format!("token-{nth}"))
    };
    let asked =
        Asked { command_id: None, by: Actor::Server, command: Command::IssueTicket(request) };
    let answers = desk.take(&[asked], now.parse().unwrap()).unwrap();
    let ticket = answers[0].as_ref().unwrap().ticket.unwrap();
    let hall = desk.published().hall();
    let ticket = hall.ticket(ticket).unwrap();
    format!("{} of {} at {}", ticket.number, ticket.day, ticket.issued_at)
}

#[test]
fn a_clock_that_goes_wrong_neither_stops_the_numbers_nor_turns_the_day() {
    let dir = Scratch::new("desk-clock");
    let mut desk = Desk::open(dir.path(), rules(), TimeZone::UTC).unwrap();
    let doubt = |desk: &Desk| desk.clock().map(|it| it.0);
    for (clock, said, alert) in [
        ("2026-11-23T01:00:00Z", "A001 of 2026-11-23 at 2026-11-23T01:00:00Z", None),
        // Set right by a little, then behind by years.
        ("2026-11-23T00:59:00Z", "A002 of 2026-11-23 at 2026-11-23T01:00:00Z", None),
        (
            "2000-01-01T00:00:00Z",
            "A003 of 2026-11-23 at 2026-11-23T01:00:00Z",
            Some(Alert::ClockBehind),
        ),
        // Years ahead, also after midnight there.
        (
            "2031-03-01T09:00:00Z",
            "A004 of 2026-11-23 at 2026-11-23T01:00:00Z",
            Some(Alert::ClockAhead),
        ),
        (
            "2031-03-02T09:00:00Z",
            "A005 of 2026-11-23 at 2026-11-23T01:00:00Z",
            Some(Alert::ClockAhead),
        ),
        // Right again, on this day and the next.
        ("2026-11-23T02:00:00Z", "A006 of 2026-11-23 at 2026-11-23T02:00:00Z", None),
        ("2026-11-24T01:00:00Z", "A001 of 2026-11-24 at 2026-11-24T01:00:00Z", None),
        // A long holiday.
        ("2027-01-20T01:00:00Z", "A001 of 2027-01-20 at 2027-01-20T01:00:00Z", None),
    ] {
        assert_eq!(number(&mut desk, clock), said);
        assert_eq!(doubt(&desk), alert, "{clock}");
    }
}

#[test]
fn a_hall_that_was_closed_for_long_says_once_that_its_clock_is_right() {
    let dir = Scratch::new("desk-closed-long");
    let mut desk = Desk::open(dir.path(), rules(), TimeZone::UTC).unwrap();
    number(&mut desk, "2026-11-23T01:00:00Z");
    desk.trust_clock();
    let said = number(&mut desk, "2027-06-01T01:00:00Z");
    assert_eq!(said, "A001 of 2027-06-01 at 2027-06-01T01:00:00Z");
    let said = number(&mut desk, "2028-06-01T01:00:00Z");
    assert_eq!(said, "A002 of 2027-06-01 at 2027-06-01T01:00:00Z", "and not for ever");
}
