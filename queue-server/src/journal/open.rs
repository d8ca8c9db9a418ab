//! Opening: look first, write only when what lies there is sound.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use queue_core::Morning;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::lock::Lock;
use super::numbers::Wrong;
use super::walk::{Begin, damaged, examine, stored_link};
use super::{
    Beginning, Chain, FileId, Head, Journal, Opened, Reader, Reserve, beginning, copy, mornings,
    ratings, schema, suspicion, visits,
};

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
    /// It is being read, and cannot be replaced meanwhile.
    #[error(
        "the journal `{}` is being read (`verify`, `backup` or `export`): try again when that has \
         ended",
        .0.display()
    )]
    Read(PathBuf),
    /// The events are sound, what reports read is not what they tell.
    #[error(
        "the events of `{}` are sound, but the tables of its reports are not what they tell; the \
         next start makes them anew: {reason}",
        path.display()
    )]
    Reports {
        /// Which.
        path: PathBuf,
        /// What was found first.
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
    /// It can't be made ready for writing.
    #[error("the journal `{}` cannot be opened", path.display())]
    Unready {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: PrepareError,
    },
}

pub(super) fn open(dir: &Path, reader: &mut impl Reader) -> Result<Journal, OpenError> {
    let folder = |source| OpenError::Folder { path: dir.to_owned(), source };
    fs::create_dir_all(dir).map_err(folder)?;
    let mut lock = hold(dir)?;
    let marked = lock.is_marked().map_err(folder)?;
    let path = dir.join("hall.db");
    let suspected = suspicion::is_there(&path);
    let begin = if suspected { Begin::AtTheBeginning } else { Begin::OnAMorning };
    let found = if path.exists() { look(&path, reader, begin)? } else { None };
    if found.is_none() && marked {
        return Err(OpenError::Missing(path));
    }
    let connection = prepare(&path, suspected)
        .map_err(|source| OpenError::Unready { path: path.clone(), source })?;
    // A folder that had no journal has one: it came from elsewhere.
    if let Some(head) = found.as_ref().filter(|_| !marked) {
        let marked = copy::mark(&connection, head.seq).map_err(PrepareError::from);
        marked.map_err(|source| OpenError::Unready { path: path.clone(), source })?;
    }
    // The mark comes after the file that it speaks of and before the
    // first event, so that a crash between them is only a new folder.
    if !marked {
        lock.mark().map_err(folder)?;
    }
    // If something looked wrong, all was looked at now, and it is sound.
    suspicion::end(&path).map_err(folder)?;
    let file = FileId::of(&path).map_err(folder)?;
    let visits = visits::today(&connection).map_err(PrepareError::from);
    let visits = visits.map_err(|source| OpenError::Unready { path: path.clone(), source })?;
    let (reserve, head) = (Reserve::beside(&path), found.unwrap_or(Head::START));
    Ok(Journal { path, file, connection, reserve, head, visits: Some(visits), _lock: lock })
}

/// Walks the file and writes nothing; none if it is empty.
fn look(path: &Path, reader: &mut impl Reader, begin: Begin) -> Result<Option<Head>, OpenError> {
    let sqlite = |error: rusqlite::Error| damaged(path, error.to_string());
    // Reading after a crash may need to write beside the file.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(sqlite)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).map_err(sqlite)?;
    connection.pragma_update(None, "query_only", true).map_err(sqlite)?;
    // Figures that are wrong keep nobody from a number.
    examine(path, &connection, reader, begin, false)
}

/// Walks a whole journal as a guest: beside a running server, and
/// where nothing may be written.
pub(super) fn inspect(path: &Path, reader: &mut impl Reader) -> Result<Head, OpenError> {
    let sqlite = |error: rusqlite::Error| damaged(path, error.to_string());
    let connection = guest(path)?;
    // One transaction: a running server may write between two questions.
    let reading = connection.unchecked_transaction().map_err(sqlite)?;
    let head = examine(path, &reading, reader, Begin::AtTheBeginning, true)?;
    head.ok_or_else(|| OpenError::Missing(path.to_owned()))
}

/// Copies a whole journal as a guest. The backup interface begins anew
/// with each write of the server and would never end; this does not.
pub(super) fn copy(path: &Path, to: &Path) -> Result<(), OpenError> {
    let unready = |error: rusqlite::Error| OpenError::Unready {
        path: path.to_owned(),
        source: PrepareError::from(error),
    };
    guest(path)?.execute("VACUUM INTO ?1", [to.to_string_lossy()]).map_err(unready)?;
    let marked = Connection::open(to).and_then(|copy| {
        let head = schema::head_seq(&copy)?;
        copy::mark(&copy, head)
    });
    marked.map_err(unready)
}

/// The mornings that a journal has kept.
pub(super) fn mornings(path: &Path) -> Result<Vec<Morning>, OpenError> {
    let connection = guest(path)?;
    let sqlite = |error: rusqlite::Error| damaged(path, error.to_string());
    if schema::version_of(&connection).map_err(sqlite)? < mornings::SINCE {
        return Ok(Vec::new());
    }
    mornings::all(&connection).map_err(sqlite)
}

/// Where a journal begins that was cut.
pub(super) fn beginning(path: &Path) -> Result<Option<Beginning>, OpenError> {
    beginning::read(&guest(path)?).map_err(|wrong| match wrong {
        Wrong::Sqlite(error) => damaged(path, error.to_string()),
        Wrong::Differs(reason) => damaged(path, format!("beginning: {reason}")),
    })
}

/// The business days in a journal, oldest first.
pub(super) fn days(path: &Path) -> Result<Vec<Opened>, OpenError> {
    let sqlite = |error: rusqlite::Error| damaged(path, error.to_string());
    let connection = guest(path)?;
    let mut select = connection.prepare(schema::SELECT_DAYS).map_err(sqlite)?;
    let mut rows = select.query([]).map_err(sqlite)?;
    let mut days = Vec::new();
    while let Some(row) = rows.next().map_err(sqlite)? {
        let (seq, day): (u64, String) = (row.get(0).map_err(sqlite)?, row.get(1).map_err(sqlite)?);
        let day = day.parse().map_err(|_| damaged(path, format!("event {seq}: no day")))?;
        days.push(Opened { day, seq });
    }
    Ok(days)
}

/// The link of an event, if it is there.
pub(super) fn link(path: &Path, seq: u64) -> Result<Option<Chain>, OpenError> {
    stored_link(&guest(path)?, seq).map_err(|error| damaged(path, error.to_string()))
}

/// Takes a folder in which no server runs, until dropped.
pub(super) fn hold(dir: &Path) -> Result<Lock, OpenError> {
    let folder = |source| OpenError::Folder { path: dir.to_owned(), source };
    Lock::take(dir).map_err(folder)?.ok_or_else(|| OpenError::Taken(dir.to_owned()))
}

/// A connection that reads.
pub(super) fn guest(path: &Path) -> Result<Connection, OpenError> {
    if !path.exists() {
        return Err(OpenError::Missing(path.to_owned()));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(path, flags).map_err(|error| damaged(path, error.to_string()))
}

/// The connection that writes. Where something looked wrong, what can be
/// made anew from the events is made anew.
fn prepare(path: &Path, suspected: bool) -> Result<Connection, PrepareError> {
    let mut connection = Connection::open(path)?;
    // The order matters: the journal mode is stored in the file, the
    // others belong to this connection.
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "journal_size_limit", 64 * 1024 * 1024)?;
    keep_older(&connection, path)?;
    schema::migrate(&mut connection)?;
    if suspected {
        let transaction = connection.transaction()?;
        visits::rebuild(&transaction)?;
        ratings::rebuild(&transaction)?;
        transaction.commit()?;
    }
    Ok(connection)
}

/// Before anything in it is changed for this version, a journal of an
/// earlier one is kept as it is, for the program that wrote it.
fn keep_older(connection: &Connection, path: &Path) -> Result<(), PrepareError> {
    let found = schema::version_of(connection)?;
    if found == 0 || found == schema::version() {
        return Ok(());
    }
    let kept = path.with_file_name(format!("hall.schema-{found}.db"));
    // One from a start that did not get further may be half of one.
    if kept.exists() {
        fs::remove_file(&kept)?;
    }
    connection.execute("VACUUM INTO ?1", [kept.to_string_lossy()])?;
    File::open(&kept)?.sync_all()?;
    tracing::info!(kept = %kept.display(), "the journal as it was before this version");
    Ok(())
}

/// Why the journal can't be made ready for writing.
#[derive(Debug, thiserror::Error)]
pub enum PrepareError {
    /// SQLite said no.
    #[error("the database says no")]
    Sqlite(#[from] rusqlite::Error),
    /// The copy of an older journal could not be kept.
    #[error("the journal as it was cannot be kept beside it")]
    Copy(#[from] io::Error),
}

#[cfg(test)]
mod tests;
