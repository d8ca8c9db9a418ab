//! Cutting: the journal as it is to be from a morning on is made beside
//! the one there is, which is not touched. Whoever calls this looks
//! through what was made, and gives it its name.

use std::path::Path;

use rusqlite::{Connection, OpenFlags, params};

use super::open::{PrepareError, guest};
use super::{Beginning, OpenError, Row, copy, mornings, ratings, schema, visits};

/// The events left, their numbers and their mornings.
const FILL_EVENTS: &str = "INSERT INTO events (seq, at, kind, body, chain)
    SELECT seq, at, kind, body, chain FROM old.events WHERE seq > ?1 ORDER BY seq";
const FILL_NUMBERS: &str = "INSERT INTO numbers (business_day, lane, count, ticket)
    SELECT business_day, lane, count, ticket FROM old.numbers WHERE business_day >= ?1
    ORDER BY business_day, lane, count";
const FILL_MORNINGS: &str = "INSERT INTO mornings (seq, program, body)
    SELECT seq, program, body FROM old.mornings WHERE seq > ?1 ORDER BY seq";

/// What reports read, of all days there ever were.
const FILL_VISITS: &str = "INSERT INTO days SELECT * FROM old.days;
    INSERT INTO visits SELECT * FROM old.visits;
    INSERT INTO tallies SELECT * FROM old.tallies;";
const FILL_RATINGS: &str = "INSERT INTO ratings SELECT * FROM old.ratings;";

/// Makes the journal `to` of what `from` has behind the beginning; last
/// in it is the row that tells of that.
pub(super) fn write(
    from: &Path,
    to: &Path,
    beginning: &Beginning,
    told: &Row,
) -> Result<(), OpenError> {
    let old = guest(from)?;
    let unready = |error: rusqlite::Error| OpenError::Unready {
        path: to.to_owned(),
        source: PrepareError::from(error),
    };
    fill(&old, from, to, beginning, told).map_err(unready)
}

fn fill(
    old: &Connection,
    from: &Path,
    to: &Path,
    beginning: &Beginning,
    told: &Row,
) -> rusqlite::Result<()> {
    let mut new = Connection::open(to)?;
    // It has no worth until the caller has brought it to the disk.
    new.pragma_update(None, "journal_mode", "MEMORY")?;
    new.pragma_update(None, "synchronous", "OFF")?;
    schema::migrate(&mut new)?;
    new.execute("ATTACH ?1 AS old", [from.to_string_lossy()])?;
    let filling = new.transaction()?;
    beginning.write(&filling)?;
    filling.execute(FILL_EVENTS, [beginning.through_seq])?;
    filling.execute(FILL_NUMBERS, [beginning.morning.day().to_string()])?;
    if schema::version_of(old)? >= mornings::SINCE {
        filling.execute(FILL_MORNINGS, [beginning.through_seq])?;
    }
    // Figures outlive the events they were counted from.
    if schema::version_of(old)? >= visits::SINCE {
        filling.execute_batch(FILL_VISITS)?;
    } else {
        visits::fill(&filling, "old.events")?;
    }
    if schema::version_of(old)? >= ratings::SINCE {
        filling.execute_batch(FILL_RATINGS)?;
    } else {
        ratings::fill(&filling, "old.events", None)?;
    }
    let (seq, at) = (told.entry.seq, told.entry.at.to_string());
    let (kind, body) = (told.entry.event.kind(), told.body());
    let chain = beginning.archive_chain.next(seq, &at, kind, &body);
    filling.execute(schema::INSERT_EVENT, params![seq, at, kind, body, chain.as_bytes()])?;
    filling.commit()?;
    // What was a copy still is one: numbers given since are on paper.
    if copy::is_fresh(old, beginning.archive_seq) {
        copy::mark(&new, seq)?;
    }
    new.close().map_err(|(_, error)| error)
}

/// Brings all of a journal into its one file, so that another can take
/// its place; nobody else may have it open.
pub(super) fn settle(path: &Path) -> Result<(), OpenError> {
    let unready = |error: rusqlite::Error| OpenError::Unready {
        path: path.to_owned(),
        source: PrepareError::from(error),
    };
    if into_one_file(path).map_err(unready)? {
        return Ok(());
    }
    Err(OpenError::Read(path.to_owned()))
}

/// False if somebody reads it.
fn into_one_file(path: &Path) -> rusqlite::Result<bool> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    let busy: bool =
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy {
        return Ok(false);
    }
    let mode =
        connection.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get::<_, String>(0));
    match mode {
        Ok(mode) => Ok(mode == "delete"),
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy) => {
            Ok(false)
        }
        Err(error) => Err(error),
    }
}
