//! What this disk can do: rows like the journal's, written by SQLite with
//! the journal's settings and nothing around it.

use std::fs;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior, params};

use crate::clock::Stopwatch;

/// How long one line of the table takes.
const TIME: Duration = Duration::from_secs(2);

/// As long as a ticket's event is.
const BODY_BYTES: usize = 270;

/// Commits a second with so many tickets in each.
pub(crate) fn commits_a_second(folder: &Path, batch: u64) -> anyhow::Result<f64> {
    fs::create_dir_all(folder)?;
    let path = folder.join(format!("raw-{batch}.db"));
    let mut connection = Connection::open(&path)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.execute_batch(
        "CREATE TABLE events (seq INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL,
             body TEXT NOT NULL, chain BLOB NOT NULL) STRICT;
         CREATE TABLE numbers (business_day TEXT NOT NULL, lane TEXT NOT NULL,
             count INTEGER NOT NULL, ticket INTEGER NOT NULL,
             PRIMARY KEY (business_day, lane, count)) STRICT, WITHOUT ROWID;",
    )?;
    let (body, chain) = ("x".repeat(BODY_BYTES), [7_u8; 32]);
    let (mut seq, mut commits) = (0_u64, 0_u32);
    let watch = Stopwatch::start();
    while watch.read() < TIME {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        {
            let mut event =
                transaction.prepare_cached("INSERT INTO events VALUES (?1, ?2, ?3, ?4, ?5)")?;
            let mut number = transaction
                .prepare_cached("INSERT INTO numbers VALUES ('2026-11-23', 'A', ?1, ?1)")?;
            for _ in 0..batch {
                seq += 1;
                let at = "2026-11-23T01:00:00.123456789Z";
                event.execute(params![seq, at, "ticket_issued", body, chain])?;
                number.execute([seq])?;
            }
        }
        transaction.commit()?;
        commits += 1;
    }
    let rate = f64::from(commits) / watch.read().as_secs_f64();
    drop(connection);
    fs::remove_file(path)?;
    Ok(rate)
}
