//! The older days go into a file of their own, the hall knows what it
//! knew, and nothing that is left can be told otherwise.

use std::fs;
use std::io;

use jiff::SignedDuration;
use jiff::tz::TimeZone;
use queue_core::{Command, TicketRequest, WindowAct};
use rusqlite::Connection;

use super::*;
use crate::actor::Actor;
use crate::engine::{Asked, Desk};
use crate::record::WhichRecord;
use crate::scratch::Scratch;
use crate::week::{Chance, any, days, kept_of, rules};

/// Weeks that are tried.
const SEEDS: u64 = 2;

fn now() -> Timestamp {
    "2026-11-30T01:00:00Z".parse().unwrap()
}

fn open(data: &Path) -> Result<Desk, String> {
    Desk::open(data, rules(), TimeZone::UTC).map_err(|error| error.to_string())
}

/// A closed journal of several days, and its rows.
fn week(dir: &Scratch, seed: u64) -> (PathBuf, Vec<Row>) {
    let data = dir.path().join("whole");
    let rows = days(&data, seed).rows_after(0).unwrap();
    (data, rows)
}

/// The same again, to be cut.
fn another(of: &Path, name: &str) -> PathBuf {
    let data = of.with_file_name(name);
    fs::create_dir(&data).unwrap();
    for file in ["hall.db", "hall.lock"] {
        fs::copy(of.join(file), data.join(file)).unwrap();
    }
    data
}

fn cut_at(data: &Path, day: Date, out: &Path) -> Result<Option<Moved>, String> {
    let moved = cut(data, Left::From(day), out, now(), &mut |_| Ok(()));
    moved.map_err(|error| format!("{error:#}"))
}

fn said(data: Option<&Path>, file: Option<&Path>, archive: Option<&Path>) -> (bool, String) {
    let owned = |it: Option<&Path>| it.map(Path::to_owned);
    let record = WhichRecord { data: owned(data), file: owned(file) };
    let options = verify::Options { record, archive: owned(archive) };
    let mut out = Vec::new();
    let sound = verify::verify(&options, &mut out).unwrap();
    (sound, String::from_utf8(out).unwrap())
}

fn rows_of(path: &Path) -> Vec<Row> {
    let mut rows = Vec::new();
    Journal::inspect(path, &mut |row| rows.push(row)).unwrap();
    rows
}

/// What reports read, table by table.
fn figures(data: &Path) -> Vec<Vec<String>> {
    let connection = Connection::open(data.join("hall.db")).unwrap();
    let table = |name: &str| {
        let mut select = connection.prepare(&format!("SELECT * FROM {name}")).unwrap();
        let columns = select.column_count();
        let row = |row: &rusqlite::Row<'_>| {
            (0..columns).map(|it| row.get_ref(it).map(|it| format!("{it:?}"))).collect()
        };
        let rows: rusqlite::Result<Vec<String>> = select.query_map([], row).unwrap().collect();
        rows.unwrap()
    };
    ["days", "visits", "tallies", "ratings"].map(table).into()
}

#[test]
fn a_cut_at_any_day_leaves_a_hall_that_knows_what_it_knew() {
    let mut cuts = 0;
    for seed in 0..SEEDS {
        let dir = Scratch::new(&format!("archive-days-{seed}"));
        let (whole, rows) = week(&dir, seed);
        let opened = Journal::days(&whole.join("hall.db")).unwrap();
        assert!(opened.len() > 5, "{opened:?}");
        for (nth, first) in opened.iter().enumerate() {
            let data = another(&whole, &format!("cut-{nth}"));
            let out = data.with_extension("db");
            let before = fs::read(data.join("hall.db")).unwrap();
            let moved = cut_at(&data, first.day, &out);
            if nth == 0 {
                assert_eq!(moved, Ok(None), "nothing is older");
            } else if nth + 1 == opened.len() {
                let refused = moved.unwrap_err();
                assert!(refused.starts_with("the last two business days stay"), "{refused}");
            } else {
                let moved = moved.unwrap().unwrap();
                assert_eq!(moved.archived.through_seq, first.seq - 1);
                assert_eq!(rows_of(&out), rows, "all that was there is in the archive");
                assert_eq!(figures(&data), figures(&whole), "figures outlive their events");
                knows_the_same(&data, &out, &rows, first.seq, seed);
                cuts += 1;
                continue;
            }
            assert_eq!(fs::read(data.join("hall.db")).unwrap(), before);
            assert!(!out.exists());
        }
    }
    assert!(cuts > 6, "{cuts}");
}

#[test]
fn what_visitors_thought_outlives_its_events() {
    let dir = Scratch::new("archive-ratings");
    let (whole, ticket) = (dir.path().join("whole"), queue_core::TicketId(1));
    let mut desk = open(&whole).unwrap();
    let act = |act| Command::AtWindow { window: queue_core::WindowId(1), act };
    let lane = "A".parse().unwrap();
    let asked = [
        act(WindowAct::Open { staff: "1001".parse().unwrap() }),
        Command::IssueTicket(TicketRequest::at_kiosk(lane, "secret".to_owned())),
        act(WindowAct::CallNext),
        act(WindowAct::Arrive { ticket: None }),
        act(WindowAct::Finish { ticket: None, outcome: queue_core::Outcome::DoneNow }),
        Command::RateService {
            ticket,
            service: 1,
            level: 4.try_into().unwrap(),
            reasons: [].into(),
        },
    ];
    let asked = asked.map(|command| Asked { command_id: None, by: Actor::Server, command });
    let first = now() - SignedDuration::from_hours(24 * 5);
    for answer in desk.take(&asked, first).unwrap() {
        answer.unwrap();
    }
    for day in 1..4 {
        desk.take(&[], first + SignedDuration::from_hours(24 * day)).unwrap();
    }
    drop(desk);
    let before = figures(&whole);
    assert!(before[3].len() > 4, "{before:?}");
    let third = Journal::days(&whole.join("hall.db")).unwrap()[2].day;
    cut_at(&whole, third, &dir.path().join("old.db")).unwrap().unwrap();
    assert_eq!(figures(&whole), before);
}

/// A hall on a cut journal is the one that knows the whole story, with
/// the cut at its end, on a start that is brief and on one that is not.
fn knows_the_same(data: &Path, archive: &Path, rows: &[Row], first: u64, seed: u64) {
    let left = rows_of(&data.join("hall.db"));
    let (told, kept) = left.split_last().unwrap();
    assert_eq!(kept, &rows[usize::try_from(first).unwrap() - 1..]);
    let story: Vec<Row> = rows.iter().chain([told]).cloned().collect();
    let (sound, words) = said(Some(data), None, Some(archive));
    assert!(sound && words.contains("joined: "), "{words}");
    for suspected in [false, true] {
        if suspected {
            fs::write(data.join("hall.suspect"), "").unwrap();
        }
        let desk = open(data).unwrap();
        let whole = Desk::on(kept_of(&story), &story, rules(), TimeZone::UTC);
        assert_eq!(*desk.published().hall(), *whole.published().hall(), "seed {seed}");
        assert_eq!(desk.rows_after(0).unwrap(), left);
    }
    // The same answers from here on, and to what was asked before.
    let mut desk = open(data).unwrap();
    let mut whole = Desk::on(kept_of(&story), &story, rules(), TimeZone::UTC);
    let mut chance = Chance::new(seed + 77);
    for nth in 300..420 {
        let passed = SignedDuration::from_mins(11 * i64::try_from(nth - 299).unwrap());
        let at = told.entry.at + passed;
        let asked = any(&mut chance, nth, at.to_zoned(TimeZone::UTC).date());
        let answers = [desk.take(std::slice::from_ref(&asked), at), whole.take(&[asked], at)];
        let [one, other] = answers.map(|it| format!("{it:?}"));
        assert_eq!(one, other, "seed {seed}, cut before event {first}, command {nth}");
    }
    drop(desk);
    let (sound, words) = said(Some(data), None, Some(archive));
    assert!(sound, "and it still joins: {words}");
}

#[test]
fn a_record_is_cut_again_and_each_archive_joins_the_next() {
    let dir = Scratch::new("archive-again");
    let (data, rows) = week(&dir, 1);
    let opened = Journal::days(&data.join("hall.db")).unwrap();
    let (first, second) = (dir.path().join("1.db"), dir.path().join("2.db"));
    cut_at(&data, opened[2].day, &first).unwrap().unwrap();
    cut_at(&data, opened[4].day, &second).unwrap().unwrap();
    let (sound, words) = said(Some(&data), None, Some(&second));
    assert!(sound, "{words}");
    let (sound, words) = said(None, Some(&second), Some(&first));
    assert!(sound, "{words}");
    let (sound, words) = said(Some(&data), None, Some(&first));
    assert!(!sound && words.contains("the journal wants"), "{words}");
    assert_eq!(rows_of(&first), rows);
    let kinds: Vec<&str> = rows_of(&data.join("hall.db"))
        .iter()
        .map(|it| it.entry.event.kind())
        .filter(|it| *it == "record_archived")
        .collect();
    assert_eq!(kinds.len(), 2, "both cuts are told");
    // A copy of a cut journal is one, too.
    let copy = dir.path().join("copy.db");
    backup::save(&data.join("hall.db"), &copy, &mut |_| Ok(()), verify::look_through).unwrap();
    let (sound, words) = said(None, Some(&copy), Some(&second));
    assert!(sound, "{words}");
}

/// A journal that was cut before its third day.
fn a_cut(dir: &Scratch) -> (PathBuf, Opened) {
    let (data, _) = week(dir, 3);
    let first = Journal::days(&data.join("hall.db")).unwrap()[2];
    cut_at(&data, first.day, &dir.path().join("archive.db")).unwrap().unwrap();
    (data, first)
}

/// What a start says after `harm` to a cut journal, which it leaves as it
/// is.
fn after(nth: usize, harm: &str) -> String {
    let dir = Scratch::new(&format!("archive-forged-{nth}"));
    let (data, first) = a_cut(&dir);
    let path = data.join("hall.db");
    let connection = Connection::open(&path).unwrap();
    connection
        .execute_batch(
            "DROP TRIGGER events_stay; DROP TRIGGER events_stay_as_they_are;
             DROP TRIGGER beginning_stays; DROP TRIGGER beginning_stays_as_it_is",
        )
        .unwrap();
    assert_eq!(connection.execute(harm, []).unwrap(), 1, "{harm}");
    drop(connection);
    let before = fs::read(&path).unwrap();
    let refused = open(&data).map(drop).unwrap_err();
    assert!(!said(Some(&data), None, None).0);
    assert_eq!(fs::read(&path).unwrap(), before, "{harm}");
    let words = refused.split(" and was left as it is: ").nth(1).unwrap_or(&refused);
    words.replace(&format!("event {}", first.seq), "event FIRST")
}

#[test]
fn a_beginning_that_is_forged_or_missing_is_refused_on_start() {
    let harms = [
        (
            "UPDATE beginning SET morning = json_set(morning, '$.issued_ever', 7777)",
            "does not tell of it",
        ),
        ("UPDATE beginning SET archive_sha256 = 'beef'", "does not tell of it"),
        ("UPDATE beginning SET archive_chain = zeroblob(32)", "does not tell of it"),
        ("UPDATE beginning SET archive_seq = archive_seq - 1", "does not tell of it"),
        (
            "UPDATE beginning SET through_chain = zeroblob(32)",
            "beginning: event FIRST does not follow from it",
        ),
        ("UPDATE beginning SET morning = '{}'", "beginning: the morning cannot be read"),
        ("UPDATE beginning SET through_seq = through_seq + 1", "beginning: it is for event "),
        ("DELETE FROM beginning", "beginning: there is none, and the first event is "),
        (
            "DELETE FROM events WHERE seq = (SELECT min(seq) FROM events)",
            "beginning: it is for event FIRST, the first one is ",
        ),
    ];
    for (nth, (harm, said)) in harms.iter().enumerate() {
        let words = after(nth, harm);
        assert!(words.contains(said), "{harm}: {words}");
    }
}

#[test]
fn a_beginning_can_be_neither_changed_nor_deleted_nor_added() {
    let dir = Scratch::new("archive-append-only");
    let (data, _) = a_cut(&dir);
    let connection = Connection::open(data.join("hall.db")).unwrap();
    for sql in [
        "UPDATE beginning SET archive_seq = 0",
        "DELETE FROM beginning",
        "INSERT INTO beginning SELECT 0, through_chain, morning, archive_seq, archive_chain,
         archive_sha256 FROM beginning",
    ] {
        assert!(connection.execute(sql, []).is_err(), "{sql}");
    }
}

#[test]
fn whatever_it_is_interrupted_in_the_old_journal_is_there_or_the_new_one() {
    let dir = Scratch::new("archive-interrupted");
    let (whole, rows) = week(&dir, 4);
    let first = Journal::days(&whole.join("hall.db")).unwrap()[3];
    let mut seen = [0, 0];
    for step in 1.. {
        let data = another(&whole, &format!("step-{step}"));
        let out = data.with_extension("db");
        let mut taken = 0;
        let done = cut(&data, Left::From(first.day), &out, now(), &mut |_| {
            taken += 1;
            if taken == step { Err(io::Error::other("the power is cut")) } else { Ok(()) }
        });
        let found = rows_of(&data.join("hall.db"));
        let is_cut = found[0].entry.seq == first.seq;
        assert!(is_cut || found == rows, "step {step}");
        assert!(!data.join("hall.cut.db").exists(), "nothing lies about");
        open(&data).unwrap();
        if is_cut {
            assert!(said(Some(&data), None, Some(&out)).0, "step {step}");
        } else {
            let again = dir.path().join(format!("again-{step}.db"));
            cut_at(&data, first.day, &again).unwrap().unwrap();
        }
        if done.is_ok() {
            break;
        }
        seen[usize::from(is_cut)] += 1;
    }
    assert_eq!(seen, [5, 2], "steps before and after the new journal has its name");
}

#[test]
fn what_cannot_be_done_is_said_and_leaves_everything_as_it_is() {
    let dir = Scratch::new("archive-refused");
    let (data, _) = week(&dir, 5);
    let path = data.join("hall.db");
    let day = Journal::days(&path).unwrap()[2].day;
    let out = dir.path().join("archive.db");

    let running = open(&data).unwrap();
    let refused = cut_at(&data, day, &out).unwrap_err();
    assert!(refused.starts_with("the server must be stopped for this: another "), "{refused}");
    drop(running);

    fs::write(&out, "an archive of last year").unwrap();
    let refused = cut_at(&data, day, &out).unwrap_err();
    assert!(refused.ends_with("is there already, and is not replaced"), "{refused}");
    assert_eq!(fs::read(&out).unwrap(), b"an archive of last year");
    let inside = data.join("hall.cut.db");
    let refused = cut_at(&data, day, &inside).unwrap_err();
    assert!(refused.ends_with("give it another name"), "{refused}");
    assert!(!rows_of(&inside).is_empty(), "the archive is not lost with it");

    let other = dir.path().join("other.db");
    open(&data).map(drop).unwrap();
    let reader = Connection::open(&path).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM events").unwrap();
    let refused = cut_at(&data, day, &other).unwrap_err();
    assert!(refused.contains("is being read"), "{refused}");
    drop(reader);
    assert_eq!(rows_of(&path)[0].entry.seq, 1);

    let connection = Connection::open(&path).unwrap();
    connection
        .execute_batch(
            "DROP TRIGGER events_stay_as_they_are;
             UPDATE events SET body = replace(body, 'server', 'staff:1') WHERE seq = 1",
        )
        .unwrap();
    drop(connection);
    let last = dir.path().join("last.db");
    let refused = cut_at(&data, day, &last).unwrap_err();
    assert!(refused.contains("event 1: the hash chain is broken here"), "{refused}");
    assert!(!last.exists());
}

#[test]
fn a_copy_that_is_cut_is_still_known_as_a_copy() {
    let dir = Scratch::new("archive-copy");
    let (data, _) = week(&dir, 6);
    let day = Journal::days(&data.join("hall.db")).unwrap()[2].day;
    let (out, back) = (dir.path().join("archive.db"), dir.path().join("back"));
    fs::create_dir(&back).unwrap();
    Journal::copy(&data.join("hall.db"), &back.join("hall.db")).unwrap();
    cut_at(&back, day, &out).unwrap().unwrap();
    let mut desk = open(&back).unwrap();
    let before = desk.published().hall().seq();
    desk.take(&[], now()).unwrap();
    let first: Vec<&str> =
        desk.rows_after(before).unwrap().iter().map(|it| it.entry.event.kind()).collect();
    assert!(first.contains(&"numbers_skipped"), "{first:?}");
}

#[test]
fn days_to_keep_are_counted_from_the_last_and_the_last_two_stay() {
    let day = |day: i8, seq| Opened { day: jiff::civil::date(2026, 11, day), seq };
    let days = [day(2, 1), day(3, 10), day(6, 20), day(9, 30)];
    let first = |days: &[Opened], left| first_left(days, left).unwrap().map(|it| it.seq);
    for (keep, seq) in [(1, 20), (4, 20), (5, 20), (6, 20), (7, 10)] {
        assert_eq!(first(&days, Left::Days(keep)), Some(seq), "{keep} days");
    }
    assert_eq!(first(&days, Left::Days(8)), None);
    assert_eq!(first(&days, Left::From(jiff::civil::date(2026, 11, 4))), Some(20), "a weekend");
    assert_eq!(first(&days[..1], Left::Days(62)), None);
    assert_eq!(first(&[], Left::From(jiff::civil::date(2026, 11, 4))), None);
}
