//! What is written is read back, and what was tampered with is refused
//! and left alone.

mod appointments;
mod golden;
mod managed;
mod ratings;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use jiff::civil::date;
use queue_core::{
    Archived, Block, CallReason, Class, Errand, Estimate, Event, Grant, Issued, LaneId, Lease,
    Line, Offline, Outcome, Pass, PrintOutcome, PriorityReason, Rating, RatingLevel, Source,
    TicketId, TicketNumber, VoidReason, WindowId,
};

use super::*;
use crate::scratch::Scratch;

/// For whoever wants the rows alone.
impl<F: FnMut(Row)> Reader for F {
    fn begin(&mut self, _morning: Morning, _whole: bool) {}

    fn row(&mut self, row: Row) {
        self(row);
    }
}

fn row(seq: u64, event: Event) -> Row {
    let at = Timestamp::from_second(i64::try_from(seq).unwrap()).unwrap();
    let command_id = Some(format!("command-{seq}").parse().unwrap());
    let by = Actor::Device("kiosk-1".to_owned());
    Row { entry: Entry { seq, at, event }, origin: Origin { command_id, by } }
}

fn issued(seq: u64, count: u32) -> Row {
    let lane: LaneId = "A".parse().unwrap();
    row(
        seq,
        Event::TicketIssued(Issued {
            ticket: TicketId(seq),
            number: TicketNumber { lane: lane.clone(), count },
            lane,
            class: Class::Ordinary,
            matter: Some("id-card-renewal".to_owned()),
            answers: Some([("reason".to_owned(), vec!["lost".to_owned()])].into()),
            source: Source::Kiosk,
            token: format!("token-{seq}"),
            more: Vec::new(),
            priority: None,
            grant: None,
            waits_from: None,
            pass: None,
            appointment: None,
            forecast: None,
            offline: None,
            holder: None,
        }),
    )
}

fn day(seq: u64) -> Row {
    row(seq, Event::DayOpened { day: date(2026, 11, 23) })
}

fn read_all(dir: &Path) -> Result<Vec<Row>, OpenError> {
    let mut rows = Vec::new();
    Journal::open(dir, &mut |row| rows.push(row))?;
    Ok(rows)
}

#[test]
fn what_is_appended_is_replayed_as_it_was() {
    let dir = Scratch::new("journal-replay");
    let rows = [day(1), issued(2, 1), issued(3, 2)];
    let mut journal = Journal::open(dir.path(), &mut |_| panic!("a new journal is empty")).unwrap();
    journal.append(0, &rows[..1]).unwrap();
    journal.append(1, &rows[1..]).unwrap();
    let head = journal.head().clone();
    drop(journal);
    assert_eq!(read_all(dir.path()).unwrap(), rows);
    assert_eq!(*Journal::open(dir.path(), &mut |_| {}).unwrap().head(), head);
}

#[test]
fn a_second_server_is_kept_out_of_the_folder() {
    let dir = Scratch::new("journal-lock");
    let _journal = Journal::open(dir.path(), &mut |_| {}).unwrap();
    assert!(matches!(read_all(dir.path()), Err(OpenError::Taken(_))));
}

#[test]
fn an_append_at_another_place_is_fenced() {
    let dir = Scratch::new("journal-fence");
    let mut journal = Journal::open(dir.path(), &mut |_| {}).unwrap();
    journal.append(0, &[day(1)]).unwrap();
    let fenced = journal.append(0, &[day(2)]).unwrap_err();
    assert!(matches!(fenced, AppendError::Fenced { expected: 0, found: 1 }), "{fenced:?}");
}

#[test]
fn the_same_number_twice_in_a_day_is_refused_by_the_table() {
    let dir = Scratch::new("journal-number");
    let mut journal = Journal::open(dir.path(), &mut |_| {}).unwrap();
    journal.append(0, &[day(1), issued(2, 1)]).unwrap();
    let double = journal.append(2, &[issued(3, 1)]).unwrap_err();
    assert!(matches!(double, AppendError::Broken(_)), "{double:?}");
    drop(journal);
    assert_eq!(read_all(dir.path()).unwrap().len(), 2, "a refused batch leaves nothing behind");
}

/// Does `harm` to the closed journal's connection, and returns what
/// opening it says. The file must be the same before and after that.
fn after(name: &str, harm: impl FnOnce(&Connection)) -> String {
    let dir = Scratch::new(name);
    let mut journal = Journal::open(dir.path(), &mut |_| {}).unwrap();
    journal.append(0, &[day(1), issued(2, 1), issued(3, 2)]).unwrap();
    drop(journal);
    let path = dir.path().join("hall.db");
    let connection = Connection::open(&path).unwrap();
    connection.pragma_update(None, "journal_mode", "DELETE").unwrap();
    connection
        .execute_batch("DROP TRIGGER events_stay; DROP TRIGGER events_stay_as_they_are")
        .unwrap();
    harm(&connection);
    drop(connection);
    let before = fs::read(&path).unwrap();
    let error = read_all(dir.path()).unwrap_err();
    assert_eq!(fs::read(&path).unwrap(), before, "a refused journal is left as it is");
    error.to_string().replace(dir.path().to_str().unwrap(), "DATA")
}

#[test]
fn a_changed_event_breaks_the_chain() {
    let said = after("journal-changed", |connection| {
        let sql = "UPDATE events SET body = replace(body, 'kiosk-1', 'kiosk-2') WHERE seq = 2";
        assert_eq!(connection.execute(sql, []).unwrap(), 1);
    });
    assert_eq!(
        said,
        "the journal `DATA/hall.db` is damaged and was left as it is: event 2: the hash chain is broken here"
    );
}

#[test]
fn a_missing_event_is_noticed() {
    let said = after("journal-missing", |connection| {
        assert_eq!(connection.execute("DELETE FROM events WHERE seq = 2", []).unwrap(), 1);
    });
    assert_eq!(
        said,
        "the journal `DATA/hall.db` is damaged and was left as it is: event 3: follows event 1"
    );
}

#[test]
fn a_journal_of_a_later_version_is_not_touched() {
    let said = after("journal-later", |connection| {
        connection.pragma_update(None, "user_version", 99).unwrap();
    });
    assert_eq!(said, "the journal `DATA/hall.db` was written by a later version (schema 99)");
}

#[test]
fn a_file_that_is_no_database_is_not_touched() {
    let dir = Scratch::new("journal-garbage");
    let path = dir.path().join("hall.db");
    fs::write(&path, vec![0x5a; 8_192]).unwrap();
    let said = read_all(dir.path()).unwrap_err().to_string();
    assert!(said.contains("is damaged and was left as it is"), "{said}");
    assert_eq!(fs::read(&path).unwrap(), vec![0x5a; 8_192]);
}

#[test]
fn a_number_that_no_event_gave_is_noticed() {
    let said = after("journal-forged", |connection| {
        let sql = "INSERT INTO numbers VALUES ('2026-11-23', 'A', 3, 9)";
        assert_eq!(connection.execute(sql, []).unwrap(), 1);
    });
    assert!(said.ends_with("numbers: A003 of 2026-11-23 is not as the events say"), "{said}");
    let said = after("journal-other-day", |connection| {
        let sql = "INSERT INTO numbers VALUES ('2026-11-24', 'A', 1, 9)";
        assert_eq!(connection.execute(sql, []).unwrap(), 1);
    });
    assert!(said.ends_with("numbers: 2 numbers were given, the table has 3"), "{said}");
    let said = after("journal-lost-number", |connection| {
        assert_eq!(connection.execute("DELETE FROM numbers WHERE count = 2", []).unwrap(), 1);
    });
    assert!(said.ends_with("numbers: A002 of 2026-11-23 is missing"), "{said}");
}

#[test]
fn tables_of_reports_that_differ_stop_nobody_and_are_made_anew() {
    for harm in [
        "UPDATE visits SET since = since - 60 WHERE ticket = 2",
        "DELETE FROM visits WHERE ticket = 3",
        "INSERT INTO visits SELECT '2026-11-24', 9, nth, number, lane, class, priority, matter,
            source, issued, since, called, calls, arrived, parked, parked_s, finished, window_id,
            clerk, outcome, ended, wait_s, service_s, forecast_likely, forecast_low, forecast_high
         FROM visits WHERE ticket = 2",
        "UPDATE days SET first_seq = 2",
    ] {
        let dir = Scratch::new("journal-visits");
        let path = dir.path().join("hall.db");
        let mut journal = Journal::open(dir.path(), &mut |_| {}).unwrap();
        journal.append(0, &[day(1), issued(2, 1), issued(3, 2)]).unwrap();
        drop(journal);
        Journal::inspect(&path, &mut |_| {}).unwrap();
        Connection::open(&path).unwrap().execute(harm, []).unwrap();
        let said = Journal::inspect(&path, &mut |_| {}).unwrap_err();
        assert!(matches!(said, OpenError::Reports { .. }), "{harm}: {said}");
        assert_eq!(read_all(dir.path()).unwrap().len(), 3, "the hall opens: {harm}");
        suspect(&path, "figures").unwrap();
        read_all(dir.path()).unwrap();
        Journal::inspect(&path, &mut |_| {}).unwrap();
    }
}

#[test]
fn a_tally_that_differs_is_noticed_and_a_batch_writes_each_visit_once() {
    let dir = Scratch::new("journal-tallies");
    let path = dir.path().join("hall.db");
    let mut journal = Journal::open(dir.path(), &mut |_| {}).unwrap();
    let (ticket, window) = (TicketId(2), WindowId(1));
    let reason = CallReason::LongestWaiting;
    journal.append(0, &[day(1), issued(2, 1)]).unwrap();
    let before = journal.connection.total_changes();
    let served = [
        row(3, Event::TicketCalled { ticket, window, reason, helping: false }),
        row(4, Event::TicketRecalled { ticket, window }),
        row(5, Event::TicketArrived { ticket, window }),
        row(6, Event::TicketFinished { ticket, window, outcome: Outcome::Consult }),
    ];
    journal.append(2, &served).unwrap();
    assert_eq!(journal.connection.total_changes() - before, 4 + 1, "four events, one visit");
    let later = row(7, Event::DayOpened { day: date(2026, 11, 24) });
    journal.append(6, &[later]).unwrap();
    drop(journal);
    Journal::inspect(&path, &mut |_| {}).unwrap();
    let connection = Connection::open(&path).unwrap();
    let tallies: u32 =
        connection.query_row("SELECT count(*) FROM tallies", [], |row| row.get(0)).unwrap();
    assert_eq!(tallies, 6, "all, lane, class, matter, window and half hour");
    connection.execute("DELETE FROM tallies WHERE facet = 'lane'", []).unwrap();
    let said = Journal::inspect(&path, &mut |_| {}).unwrap_err().to_string();
    assert!(said.ends_with("the tallies of 2026-11-23 are not what its visits come to"), "{said}");
}

/// A journal of one row in a folder, closed.
fn begun(name: &str) -> Scratch {
    let dir = Scratch::new(name);
    Journal::open(dir.path(), &mut |_| {}).unwrap().append(0, &[day(1)]).unwrap();
    dir
}

#[test]
fn a_journal_that_was_deleted_is_missed() {
    let dir = begun("journal-deleted");
    let path = dir.path().join("hall.db");
    fs::remove_file(&path).unwrap();
    assert!(matches!(read_all(dir.path()), Err(OpenError::Missing(it)) if it == path));
    assert!(!path.exists(), "no other is begun in its place");
}

#[test]
fn a_journal_that_was_cut_to_nothing_is_missed() {
    for length in [0, 1, 99, 100, 511] {
        let dir = begun("journal-cut");
        let path = dir.path().join("hall.db");
        let cut = fs::read(&path).unwrap()[..length].to_vec();
        fs::write(&path, &cut).unwrap();
        let said = read_all(dir.path()).unwrap_err();
        assert!(matches!(said, OpenError::Missing(_) | OpenError::Damaged { .. }), "{said}");
        assert_eq!(fs::read(&path).unwrap(), cut, "{length} bytes are left as they are");
    }
}

#[test]
fn a_file_removed_under_the_server_is_saved_and_the_server_stops() {
    let dir = begun("journal-vanished");
    let path = dir.path().join("hall.db");
    let mut journal = Journal::open(dir.path(), &mut |_| {}).unwrap();
    fs::remove_file(&path).unwrap();
    let said = journal.append(1, &[issued(2, 1)]).unwrap_err();
    assert!(matches!(said, AppendError::Vanished { .. }), "{said}");
    drop(journal);
    fs::rename(dir.path().join("hall.rescued.db"), &path).unwrap();
    assert_eq!(read_all(dir.path()).unwrap(), [day(1)]);
}

#[test]
fn a_guest_reads_beside_the_server() {
    let dir = Scratch::new("journal-guest");
    let mut journal = Journal::open(dir.path(), &mut |_| {}).unwrap();
    journal.append(0, &[day(1)]).unwrap();
    assert_eq!(Journal::inspect(&dir.path().join("hall.db"), &mut |_| {}).unwrap().seq, 1);
    journal.append(1, &[issued(2, 1)]).unwrap();
    assert_eq!(
        Journal::inspect(&dir.path().join("hall.db"), &mut |_| {}).unwrap(),
        *journal.head()
    );
}

#[test]
fn events_can_be_neither_changed_nor_deleted() {
    let dir = Scratch::new("journal-append-only");
    let mut journal = Journal::open(dir.path(), &mut |_| {}).unwrap();
    journal.append(0, &[day(1)]).unwrap();
    for sql in ["UPDATE events SET kind = ''", "DELETE FROM events"] {
        assert!(journal.connection.execute(sql, []).is_err(), "{sql}");
    }
}
