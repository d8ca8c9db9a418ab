//! The same rows, written by a connection that does not wait for the
//! disk as the journal does.

use std::fs;

use jiff::tz::TimeZone;
use queue_server::engine::Desk;
use rusqlite::Connection;

use crate::recorder::Recording;
use crate::workload::{self, Record, rules, scratch};

/// Rows in one commit.
const BATCH: usize = 3;

/// Records the writing of a real journal's rows at this level of
/// `synchronous`.
pub(crate) fn record(level: &str) -> Record {
    let source = scratch(&format!("careful-{level}"));
    let mut desk = Desk::open(&source, rules(), TimeZone::UTC).unwrap();
    workload::fill(&mut desk);
    drop(desk);
    let rows = workload::stored(&source).unwrap();

    let folder = scratch(&format!("sloppy-{level}"));
    let recording = Recording::of(&folder);
    drop(Desk::open(&folder, rules(), TimeZone::UTC).unwrap());
    let marked_from = recording.n_ops();
    let connection = Connection::open(folder.join("hall.db")).unwrap();
    connection.pragma_update(None, "synchronous", level).unwrap();
    connection.pragma_update(None, "wal_autocheckpoint", 40).unwrap();
    connection.execute("ATTACH ?1 AS source", [source.join("hall.db").to_str()]).unwrap();
    let mut answered = Vec::new();
    for from in (1..=rows.len()).step_by(BATCH) {
        let to = (from + BATCH - 1).min(rows.len());
        let copy = format!(
            "BEGIN IMMEDIATE;
             INSERT INTO events SELECT * FROM source.events WHERE seq BETWEEN {from} AND {to};
             INSERT INTO numbers SELECT * FROM source.numbers WHERE ticket IN (
                 SELECT body ->> 'ticket' FROM source.events
                 WHERE kind = 'ticket_issued' AND seq BETWEEN {from} AND {to});
             COMMIT;"
        );
        connection.execute_batch(&copy).unwrap();
        answered.push((recording.n_ops(), to));
    }
    drop(connection);
    for folder in [source, folder] {
        fs::remove_dir_all(folder).unwrap();
    }
    Record { ops: recording.finish(), marked_from, answered, rows }
}
