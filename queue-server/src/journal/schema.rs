//! The tables, their migrations and the statements on them.
//!
//! `events` is never changed, only added to; two triggers see to that.
//! `numbers` is there for its primary key: a number of a business day
//! exists once, whatever the code above believes. `mornings` saves time
//! on a start and is made anew from the events. `beginning` has one row
//! in a journal whose older days were moved to an archive, and none in
//! another. `days`, `visits` and `tallies` are what reports read: written with
//! the events and, once, of those of an older journal; so is `ratings`.

use rusqlite::Connection;

use super::{ratings, visits};

/// Each step brings the database from the version of its index to the
/// next. Steps that have shipped are never edited.
const STEPS: &[&str] = &[
    "
    CREATE TABLE events (
        seq   INTEGER PRIMARY KEY,
        at    TEXT NOT NULL,
        kind  TEXT NOT NULL,
        body  TEXT NOT NULL,
        chain BLOB NOT NULL
    ) STRICT;
    CREATE TRIGGER events_stay_as_they_are BEFORE UPDATE ON events
        BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
    CREATE TRIGGER events_stay BEFORE DELETE ON events
        BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
    CREATE TABLE numbers (
        business_day TEXT NOT NULL,
        lane         TEXT NOT NULL,
        count        INTEGER NOT NULL,
        ticket       INTEGER NOT NULL,
        PRIMARY KEY (business_day, lane, count)
    ) STRICT, WITHOUT ROWID;
",
    "
    CREATE TABLE mornings (
        seq     INTEGER PRIMARY KEY,
        program TEXT NOT NULL,
        body    TEXT NOT NULL
    ) STRICT;
",
    "
    CREATE TABLE beginning (
        through_seq    INTEGER PRIMARY KEY,
        through_chain  BLOB NOT NULL,
        morning        TEXT NOT NULL,
        archive_seq    INTEGER NOT NULL,
        archive_chain  BLOB NOT NULL,
        archive_sha256 TEXT NOT NULL
    ) STRICT;
    CREATE TRIGGER beginning_is_one BEFORE INSERT ON beginning
        WHEN EXISTS (SELECT 1 FROM beginning)
        BEGIN SELECT RAISE(ABORT, 'a journal begins once'); END;
    CREATE TRIGGER beginning_stays_as_it_is BEFORE UPDATE ON beginning
        BEGIN SELECT RAISE(ABORT, 'a beginning is never changed'); END;
    CREATE TRIGGER beginning_stays BEFORE DELETE ON beginning
        BEGIN SELECT RAISE(ABORT, 'a beginning is never deleted'); END;
",
    VISITS,
    "
    CREATE TABLE ratings (
        facet TEXT NOT NULL,
        day   TEXT NOT NULL,
        key   TEXT NOT NULL,
        level INTEGER NOT NULL,
        count INTEGER NOT NULL,
        PRIMARY KEY (facet, day, key, level)
    ) STRICT, WITHOUT ROWID;
",
];

/// What reports read; made anew from the events by this step.
const VISITS: &str = "
    CREATE TABLE days (
        day       TEXT PRIMARY KEY,
        first_seq INTEGER NOT NULL UNIQUE
    ) STRICT;
    CREATE TABLE visits (
        day             TEXT NOT NULL,
        ticket          INTEGER NOT NULL,
        nth             INTEGER NOT NULL,
        number          TEXT NOT NULL,
        lane            TEXT NOT NULL,
        class           TEXT NOT NULL,
        priority        TEXT,
        matter          TEXT,
        source          TEXT NOT NULL,
        issued          INTEGER NOT NULL,
        since           INTEGER NOT NULL,
        called          INTEGER,
        calls           INTEGER NOT NULL,
        arrived         INTEGER,
        parked          INTEGER,
        parked_s        INTEGER NOT NULL,
        finished        INTEGER,
        window_id       INTEGER,
        clerk           TEXT,
        outcome         TEXT,
        ended           TEXT,
        wait_s          INTEGER,
        service_s       INTEGER,
        forecast_likely INTEGER,
        forecast_low    INTEGER,
        forecast_high   INTEGER,
        PRIMARY KEY (day, ticket, nth)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE tallies (
        facet TEXT NOT NULL,
        day   TEXT NOT NULL,
        key   TEXT NOT NULL,
        tally BLOB NOT NULL,
        PRIMARY KEY (facet, day, key)
    ) STRICT, WITHOUT ROWID;
";

/// The step that makes the tables of visits.
pub(super) const VISITS_SINCE: u32 = 4;

/// The step that makes the table of ratings.
pub(super) const RATINGS_SINCE: u32 = 5;

/// One event.
pub(super) const INSERT_EVENT: &str =
    "INSERT INTO events (seq, at, kind, body, chain) VALUES (?1, ?2, ?3, ?4, ?5)";

/// What is hashed of an event, and its link.
pub(super) const SELECT_ROW: &str = "SELECT at, kind, body, chain FROM events WHERE seq = ?1";

/// Where a journal begins that was cut.
pub(super) const INSERT_BEGINNING: &str = "INSERT INTO beginning
    (through_seq, through_chain, morning, archive_seq, archive_chain, archive_sha256)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

/// The same, read back.
pub(super) const SELECT_BEGINNING: &str = "SELECT through_seq, through_chain, morning,
    archive_seq, archive_chain, archive_sha256 FROM beginning";

/// The days that were opened, and with which event.
pub(super) const SELECT_DAYS: &str =
    "SELECT seq, body ->> 'day' FROM events WHERE kind = 'day_opened' ORDER BY seq";

/// What came after an event.
pub(super) const SELECT_AFTER: &str =
    "SELECT seq, at, body FROM events WHERE seq > ?1 ORDER BY seq";

/// One number of a business day.
pub(super) const INSERT_NUMBER: &str =
    "INSERT INTO numbers (business_day, lane, count, ticket) VALUES (?1, ?2, ?3, ?4)";

/// The numbers of a business day, in the order of their key.
pub(super) const SELECT_NUMBERS: &str =
    "SELECT lane, count, ticket FROM numbers WHERE business_day = ?1 ORDER BY lane, count";

/// A visit as it is now.
pub(super) const UPSERT_VISIT: &str = "
    INSERT INTO visits (day, ticket, nth, number, lane, class, priority, matter, source, issued,
        since, called, calls, arrived, parked, parked_s, finished, window_id, clerk, outcome, ended,
        wait_s, service_s, forecast_likely, forecast_low, forecast_high)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19,
        ?20, ?21, ?22, ?23, ?24, ?25, ?26)
    ON CONFLICT (day, ticket, nth) DO UPDATE SET lane = excluded.lane, matter = excluded.matter,
        since = excluded.since, called = excluded.called, calls = excluded.calls,
        arrived = excluded.arrived, parked = excluded.parked, parked_s = excluded.parked_s,
        finished = excluded.finished, window_id = excluded.window_id, clerk = excluded.clerk,
        outcome = excluded.outcome, ended = excluded.ended, wait_s = excluded.wait_s,
        service_s = excluded.service_s";

/// The visits of a business day in the order of their key.
pub(super) const SELECT_VISITS: &str = "
    SELECT day, ticket, nth, number, lane, class, priority, matter, source, issued, since, called,
        calls, arrived, parked, parked_s, finished, window_id, clerk, outcome, ended,
        forecast_likely, forecast_low, forecast_high, wait_s, service_s
    FROM visits WHERE day = ?1 ORDER BY ticket, nth";

/// The visit of one service, after so many of its ticket.
pub(super) const SELECT_FINISHED: &str = "
    SELECT day, ticket, nth, number, lane, class, priority, matter, source, issued, since, called,
        calls, arrived, parked, parked_s, finished, window_id, clerk, outcome, ended,
        forecast_likely, forecast_low, forecast_high, wait_s, service_s
    FROM visits WHERE day = ?1 AND ticket = ?2 AND ended = 'finished'
    ORDER BY nth LIMIT 1 OFFSET ?3";

/// One more rating of a level.
pub(super) const COUNT_RATING: &str =
    "INSERT INTO ratings (facet, day, key, level, count) VALUES (?1, ?2, ?3, ?4, 1)
     ON CONFLICT (facet, day, key, level) DO UPDATE SET count = count + 1";

/// How services were rated since a day.
pub(super) const SELECT_RATINGS: &str =
    "SELECT facet, day, key, level, count FROM ratings WHERE day >= ?1";

/// A business day and the event that opened it.
pub(super) const INSERT_DAY: &str = "INSERT INTO days (day, first_seq) VALUES (?1, ?2)";

/// What was counted on a business day.
pub(super) const INSERT_TALLY: &str =
    "INSERT INTO tallies (facet, day, key, tally) VALUES (?1, ?2, ?3, ?4)
     ON CONFLICT (facet, day, key) DO UPDATE SET tally = excluded.tally";

/// The tallies of a business day in the order of their key.
pub(super) const SELECT_TALLIES: &str =
    "SELECT facet, key, tally FROM tallies WHERE day = ?1 ORDER BY facet, key";

/// How many numbers were ever given.
pub(super) const COUNT_NUMBERS: &str = "SELECT count(*) FROM numbers";

/// The version this program writes.
pub(super) fn version() -> u32 {
    u32::try_from(STEPS.len()).expect("there are few steps")
}

/// The version of an existing database.
pub(super) fn version_of(connection: &Connection) -> rusqlite::Result<u32> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Brings the database to this program's version.
pub(super) fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    let from = version_of(connection)?;
    for (step, sql) in (1..).zip(STEPS).skip(from as usize) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(sql)?;
        match step {
            VISITS_SINCE => visits::rebuild(&transaction)?,
            RATINGS_SINCE => ratings::fill(&transaction, "events", None)?,
            _ => {}
        }
        transaction.pragma_update(None, "user_version", step)?;
        transaction.commit()?;
    }
    Ok(())
}

/// Sequence of the last event; 0 before the first.
pub(super) fn head_seq(connection: &Connection) -> rusqlite::Result<u64> {
    connection
        .prepare_cached("SELECT coalesce(max(seq), 0) FROM events")?
        .query_row([], |row| row.get(0))
}
