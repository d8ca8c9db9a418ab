//! Opening: look first, write only when what lies there is sound.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use queue_core::Event;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::chain::Chain;
use super::lock::Lock;
use super::numbers::{self, Numbers};
use super::{FileId, Head, Journal, Row, schema};

/// Why the journal is not opened. One line for the operator; the file
/// is as it was.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder can't be made or written to.
    #[error("the data folder `{}` cannot be written", path.display())]
    Folder {
        /// Which.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// Another process has it.
    #[error("another queue-server works in `{}`", .0.display())]
    Taken(PathBuf),
    /// The file is not what was written.
    #[error("the journal `{}` is damaged and was left as it is: {reason}", path.display())]
    Damaged {
        /// Which.
        path: PathBuf,
        /// What was found.
        reason: String,
    },
    /// There was one, and it is gone or empty.
    #[error(
        "the journal `{}` is missing or empty, though this folder had one: put it back, or remove \
         `hall.lock` to begin a new one",
        .0.display()
    )]
    Missing(PathBuf),
    /// A later version of the program wrote it.
    #[error("the journal `{}` was written by a later version (schema {found})", path.display())]
    TooNew {
        /// Which.
        path: PathBuf,
        /// Its schema.
        found: u32,
    },
    /// SQLite said no.
    #[error("the journal `{}` cannot be opened", path.display())]
    Sqlite {
        /// Which.
        path: PathBuf,
        /// What it said.
        #[source]
        source: rusqlite::Error,
    },
}

pub(super) fn open(dir: &Path, mut each: impl FnMut(Row)) -> Result<Journal, OpenError> {
    let folder = |source| OpenError::Folder { path: dir.to_owned(), source };
    fs::create_dir_all(dir).map_err(folder)?;
    let mut lock =
        Lock::take(dir).map_err(folder)?.ok_or_else(|| OpenError::Taken(dir.to_owned()))?;
    let marked = lock.is_marked().map_err(folder)?;
    let path = dir.join("hall.db");
    let found = if path.exists() { look(&path, &mut each)? } else { None };
    if found.is_none() && marked {
        return Err(OpenError::Missing(path));
    }
    let connection =
        prepare(&path).map_err(|source| OpenError::Sqlite { path: path.clone(), source })?;
    // The mark comes after the file that it speaks of and before the
    // first event, so that a crash between them is only a new folder.
    if !marked {
        lock.mark().map_err(folder)?;
    }
    let file = FileId::of(&path).map_err(folder)?;
    Ok(Journal { path, file, connection, head: found.unwrap_or(Head::START), _lock: lock })
}

/// Walks the whole file and writes nothing; none if it is empty.
fn look(path: &Path, each: &mut impl FnMut(Row)) -> Result<Option<Head>, OpenError> {
    let sqlite = |error: rusqlite::Error| damaged(path, error.to_string());
    // Reading after a crash may need to write beside the file.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(sqlite)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).map_err(sqlite)?;
    connection.pragma_update(None, "query_only", true).map_err(sqlite)?;
    examine(path, &connection, each)
}

/// Walks the journal in `dir` as a guest: beside a running server, and
/// where nothing may be written.
pub(super) fn inspect(dir: &Path, mut each: impl FnMut(Row)) -> Result<Head, OpenError> {
    let path = dir.join("hall.db");
    let sqlite = |error: rusqlite::Error| damaged(&path, error.to_string());
    if !path.exists() {
        return Err(OpenError::Missing(path));
    }
    let guest = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(&path, guest).map_err(sqlite)?;
    // One transaction: a running server may write between two questions.
    let reading = connection.unchecked_transaction().map_err(sqlite)?;
    examine(&path, &reading, &mut each)?.ok_or(OpenError::Missing(path))
}

fn damaged(path: &Path, reason: String) -> OpenError {
    OpenError::Damaged { path: path.to_owned(), reason }
}

fn examine(
    path: &Path,
    connection: &Connection,
    each: &mut impl FnMut(Row),
) -> Result<Option<Head>, OpenError> {
    let sqlite = |error: rusqlite::Error| damaged(path, error.to_string());
    let found = schema::version_of(connection).map_err(sqlite)?;
    if found > schema::version() {
        return Err(OpenError::TooNew { path: path.to_owned(), found });
    }
    let verdict: String =
        connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(sqlite)?;
    if verdict != "ok" {
        return Err(damaged(path, verdict));
    }
    if found == 0 {
        return Ok(None);
    }
    walk(connection, each).map(Some).map_err(|error| match error {
        WalkError::Sqlite(error) => sqlite(error),
        WalkError::Broken { seq, reason } => damaged(path, format!("event {seq}: {reason}")),
        WalkError::Numbers(reason) => damaged(path, format!("numbers: {reason}")),
    })
}

enum WalkError {
    Sqlite(rusqlite::Error),
    Broken { seq: u64, reason: String },
    Numbers(String),
}

impl From<numbers::Wrong> for WalkError {
    fn from(wrong: numbers::Wrong) -> WalkError {
        match wrong {
            numbers::Wrong::Sqlite(error) => WalkError::Sqlite(error),
            numbers::Wrong::Differs(reason) => WalkError::Numbers(reason),
        }
    }
}

impl From<rusqlite::Error> for WalkError {
    fn from(error: rusqlite::Error) -> WalkError {
        WalkError::Sqlite(error)
    }
}

/// Every row in order: no gap, the chain unbroken, the body readable,
/// the numbers those of the table.
fn walk(connection: &Connection, each: &mut impl FnMut(Row)) -> Result<Head, WalkError> {
    let mut head = Head::START;
    let mut numbers = Numbers::default();
    let mut select =
        connection.prepare("SELECT seq, at, kind, body, chain FROM events ORDER BY seq")?;
    let mut rows = select.query([])?;
    while let Some(columns) = rows.next()? {
        let seq: u64 = columns.get(0)?;
        let broken = |reason: String| WalkError::Broken { seq, reason };
        if seq != head.seq + 1 {
            return Err(broken(format!("follows event {}", head.seq)));
        }
        let (at, kind): (String, String) = (columns.get(1)?, columns.get(2)?);
        let (body, chain): (String, Vec<u8>) = (columns.get(3)?, columns.get(4)?);
        let link: Chain = head.chain.next(seq, &at, &kind, &body);
        if link.as_bytes() != chain {
            return Err(broken("the hash chain is broken here".to_owned()));
        }
        let at: Timestamp = at.parse().map_err(|error: jiff::Error| broken(error.to_string()))?;
        let row = Row::read(seq, at, &body).map_err(|error| broken(error.to_string()))?;
        let day = match &row.entry.event {
            Event::DayOpened { day } => Some(day.to_string()),
            _ => head.day,
        };
        head = Head { seq, at, chain: link, day };
        numbers.see(&row, connection)?;
        each(row);
    }
    numbers.finish(connection)?;
    Ok(head)
}

/// The connection that writes.
fn prepare(path: &Path) -> rusqlite::Result<Connection> {
    let mut connection = Connection::open(path)?;
    // The order matters: the journal mode is stored in the file, the
    // others belong to this connection.
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "journal_size_limit", 64 * 1024 * 1024)?;
    schema::migrate(&mut connection)?;
    Ok(connection)
}
