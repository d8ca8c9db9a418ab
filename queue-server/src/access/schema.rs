//! The tables of `access.db` and their migrations.

use rusqlite::{Connection, TransactionBehavior};

/// Each step brings the file from the version of its index to the next.
/// Steps that have shipped are never edited. The first may find its
/// tables: files older than the versions have them.
const STEPS: &[&str] = &[
    "
    CREATE TABLE IF NOT EXISTS devices (
        name        TEXT PRIMARY KEY,
        kind        TEXT NOT NULL,
        fingerprint BLOB NOT NULL UNIQUE,
        enrolled_at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS sessions (
        fingerprint BLOB PRIMARY KEY,
        staff       TEXT NOT NULL,
        window      INTEGER,
        until       INTEGER NOT NULL
    ) STRICT;
",
    "
    ALTER TABLE devices ADD COLUMN id INTEGER NOT NULL DEFAULT 0;
    UPDATE devices SET id = abs(random()) % 4294967296;
    CREATE UNIQUE INDEX devices_by_id ON devices (id);
    ALTER TABLE sessions ADD COLUMN seen INTEGER NOT NULL DEFAULT 0;
    UPDATE sessions SET seen = unixepoch();
    CREATE TABLE accounts (
        staff    TEXT PRIMARY KEY,
        pin_hash TEXT NOT NULL,
        made_at  TEXT NOT NULL
    ) STRICT;
    CREATE TABLE audit (
        seq   INTEGER PRIMARY KEY,
        at    TEXT NOT NULL,
        kind  TEXT NOT NULL,
        body  TEXT NOT NULL,
        chain BLOB NOT NULL
    ) STRICT;
    CREATE TRIGGER audit_stays_as_it_is BEFORE UPDATE ON audit
        BEGIN SELECT RAISE(ABORT, 'what was noted is never changed'); END;
    CREATE TRIGGER audit_stays BEFORE DELETE ON audit
        BEGIN SELECT RAISE(ABORT, 'what was noted is never deleted'); END;
",
    "ALTER TABLE devices ADD COLUMN place TEXT;",
];

/// The version that began to note who came in.
pub(super) const NOTES_SINCE: u32 = 2;

/// Brings the file to this program's version. `enrol` and the server may
/// both come to it.
pub(super) fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let from: u32 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    for (step, sql) in (1..).zip(STEPS).skip(from as usize) {
        transaction.execute_batch(sql)?;
        transaction.pragma_update(None, "user_version", step)?;
    }
    transaction.commit()
}
