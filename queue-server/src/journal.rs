//! The journal: an append-only sequence of events in SQLite, each row
//! chained to the one before it by a hash.
//!
//! Its interface is small on purpose (append at an expected sequence,
//! replay), so that another store can stand behind it. It does not know
//! what the events mean. What is on the disk is looked at before
//! anything is written: a damaged file is refused and left as it is.

mod beginning;
mod chain;
mod copy;
mod cut;
mod file_id;
mod lock;
mod mornings;
mod numbers;
mod open;
mod ratings;
mod reserve;
mod schema;
mod suspicion;
mod visits;
mod walk;

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;
use queue_core::{CommandId, Entry, Event, Issued, Morning};
use rusqlite::{Connection, ErrorCode, TransactionBehavior, params};
use serde::{Deserialize, Serialize};

use crate::actor::Actor;
use crate::visits::Fold;

pub(crate) use beginning::Beginning;
pub(crate) use chain::Chain;
use file_id::FileId;
pub(crate) use lock::Lock;
pub use open::OpenError;
pub(crate) use reserve::Reserve;
pub(crate) use visits::of_day;

/// What a batch and the file's own housekeeping need, with room.
const ROOM_BYTES: u64 = 256 * 1024;

/// A row of the journal: an entry, who asked for it, and with which
/// command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The fact and its place.
    pub entry: Entry,
    /// Who and why.
    pub origin: Origin,
}

/// Who asked for an event, and with which command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The command, where a client sent one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub command_id: Option<CommandId>,
    /// Who.
    pub by: Actor,
}

/// What the `body` column holds.
#[derive(Serialize, Deserialize)]
struct Body<E> {
    #[serde(flatten)]
    origin: Origin,
    #[serde(flatten)]
    event: E,
}

impl Row {
    /// The lasting format of a row, but for `seq` and `at`.
    pub(crate) fn body(&self) -> String {
        let body = Body { origin: self.origin.clone(), event: &self.entry.event };
        serde_json::to_string(&body).expect("events have string keys only")
    }

    /// Reads what [`Row::body`] wrote, in this version or an earlier one.
    pub(crate) fn read(seq: u64, at: Timestamp, body: &str) -> Result<Row, serde_json::Error> {
        let Body { origin, event } = serde_json::from_str::<Body<Event>>(body)?;
        Ok(Row { entry: Entry { seq, at, event }, origin })
    }
}

/// The open journal. One process, one thread.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    /// The file that was opened, whatever lies at `path` later.
    file: FileId,
    connection: Connection,
    reserve: Reserve,
    head: Head,
    /// The visits of the open day; none when they have to be read again.
    visits: Option<Fold>,
    /// Held for as long as the journal is open.
    _lock: Lock,
}

/// A business day and the event that opened it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Opened {
    /// The day.
    pub(crate) day: Date,
    /// The event.
    pub(crate) seq: u64,
}

/// The last row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    /// Its sequence; 0 before the first.
    pub(crate) seq: u64,
    /// Its time.
    pub(crate) at: Timestamp,
    /// Its link of the chain.
    pub(crate) chain: Chain,
    /// The business day opened last, as text.
    pub(crate) day: Option<String>,
}

impl Head {
    /// Before the first row.
    pub(crate) const START: Head =
        Head { seq: 0, at: Timestamp::UNIX_EPOCH, chain: Chain::GENESIS, day: None };
}

/// Where a desk keeps what happens. The journal of a folder is one; the
/// simulation has another, on a disk that fails on purpose.
pub trait Record {
    /// Sequence and time of the last row that is stored.
    fn head(&self) -> (u64, Timestamp);

    /// Appends rows behind `expected` in one step; when this returns they
    /// are stored for good. After an error none of them is, unless the
    /// error says that only a restart can tell.
    fn append(&mut self, expected: u64, rows: &[Row]) -> Result<(), AppendError>;

    /// Whether this is a copy made at another time or place, to which
    /// nothing was added yet.
    fn is_copy(&self) -> bool {
        false
    }

    /// Keeps what the hall knew when a day had been opened, to begin with
    /// another time. It saves time and may be lost.
    fn keep_morning(&mut self, _morning: &Morning) {}
}

/// Who is told what a journal holds.
pub(crate) trait Reader {
    /// The story begins on this morning; the row that opened its day is
    /// the first that is told. Without it, it begins with the first day.
    /// It is `whole` where the journal has nothing older.
    fn begin(&mut self, morning: Morning, whole: bool);

    /// What comes next.
    fn row(&mut self, row: Row);
}

impl Record for Journal {
    fn head(&self) -> (u64, Timestamp) {
        (self.head.seq, self.head.at)
    }

    fn append(&mut self, expected: u64, rows: &[Row]) -> Result<(), AppendError> {
        match Journal::append(self, expected, rows) {
            Err(AppendError::DiskFull(_)) if self.reserve.open() => {
                Journal::append(self, expected, rows)
            }
            done => done,
        }
    }

    fn is_copy(&self) -> bool {
        copy::is_fresh(&self.connection, self.head.seq)
    }

    fn keep_morning(&mut self, morning: &Morning) {
        if let Err(error) = mornings::keep(&mut self.connection, morning) {
            tracing::warn!(%error, "the next start takes longer: the morning was not kept");
        }
    }
}

/// From now on a start of the server looks at everything in a journal.
pub(crate) fn suspect(path: &Path, cause: &str) -> io::Result<()> {
    suspicion::begin(path, cause)
}

/// Why nothing was appended.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// Another writer was here: this process is no longer the one.
    #[error("the journal is at {found}, not at {expected}: another server writes to it")]
    Fenced {
        /// Where this process stood.
        expected: u64,
        /// Where the journal stands.
        found: u64,
    },
    /// Somebody moved or removed the file under the running server.
    #[error("the journal's file is no longer at its place; {rescue}")]
    Vanished {
        /// Where its contents were saved, in words.
        rescue: String,
    },
    /// The disk is full. Nothing was changed; it may work again later.
    #[error("the disk is full")]
    DiskFull(#[source] rusqlite::Error),
    /// The disk failed: what is on it is known only after a restart.
    #[error("the journal cannot be written")]
    Broken(#[source] rusqlite::Error),
}

/// Why the record could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The disk failed.
    #[error("the journal cannot be read")]
    Sqlite(#[from] rusqlite::Error),
    /// A row that this program did not write and did not refuse on start.
    #[error("event {seq} of the journal is not readable")]
    Foreign {
        /// Which.
        seq: u64,
    },
}

impl From<rusqlite::Error> for AppendError {
    fn from(error: rusqlite::Error) -> AppendError {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => AppendError::DiskFull(error),
            _ => AppendError::Broken(error),
        }
    }
}

impl Journal {
    /// Opens the journal in `dir`, made new where there is none, and
    /// tells the reader what a start needs, oldest first.
    pub(crate) fn open(dir: &Path, reader: &mut impl Reader) -> Result<Journal, OpenError> {
        open::open(dir, reader)
    }

    /// Looks through a whole journal and writes nothing; a server may be
    /// running on it.
    pub(crate) fn inspect(path: &Path, reader: &mut impl Reader) -> Result<Head, OpenError> {
        open::inspect(path, reader)
    }

    /// Copies a whole journal to a file that is not there yet; a server
    /// may be running on it.
    pub(crate) fn copy(path: &Path, to: &Path) -> Result<(), OpenError> {
        open::copy(path, to)
    }

    /// The mornings that a journal has kept; none in an old one.
    pub(crate) fn mornings(path: &Path) -> Result<Vec<Morning>, OpenError> {
        open::mornings(path)
    }

    /// Where a journal begins whose older days were moved to an archive.
    pub(crate) fn beginning(path: &Path) -> Result<Option<Beginning>, OpenError> {
        open::beginning(path)
    }

    /// The business days in a journal, oldest first.
    pub(crate) fn days(path: &Path) -> Result<Vec<Opened>, OpenError> {
        open::days(path)
    }

    /// The link of an event, if it is there.
    pub(crate) fn link(path: &Path, seq: u64) -> Result<Option<Chain>, OpenError> {
        open::link(path, seq)
    }

    /// Takes a folder in which no server runs, until dropped.
    pub(crate) fn hold(dir: &Path) -> Result<Lock, OpenError> {
        open::hold(dir)
    }

    /// Makes the journal `to` of what `from` has behind a beginning, with
    /// the row that tells of it at the end.
    pub(crate) fn cut(
        from: &Path,
        to: &Path,
        beginning: &Beginning,
        told: &Row,
    ) -> Result<(), OpenError> {
        cut::write(from, to, beginning, told)
    }

    /// Brings all of a journal into its one file, so that another can
    /// take its place; nobody else may have it open.
    pub(crate) fn settle(path: &Path) -> Result<(), OpenError> {
        cut::settle(path)
    }

    /// A connection to a journal that reads, beside a running server.
    pub(crate) fn guest(path: &Path) -> Result<Connection, OpenError> {
        open::guest(path)
    }

    /// From now on a start looks at everything, until it was found sound.
    pub(crate) fn suspect(&self, cause: &str) {
        if let Err(error) = suspicion::begin(&self.path, cause) {
            tracing::error!(%error, cause, "that something looked wrong could not be noted");
        }
    }

    /// Room on the disk that is kept for when it is full.
    pub(crate) fn reserve(&mut self) -> &mut Reserve {
        &mut self.reserve
    }

    /// The last row.
    pub(crate) fn head(&self) -> &Head {
        &self.head
    }

    /// Where it lies.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the disk has room for a batch: some is taken, brought to
    /// the disk and given back. For when it has said no before; a file of
    /// its own, so that the journal is not touched to find out.
    pub(crate) fn has_room(&self) -> bool {
        let path = self.path.with_file_name("room.tmp");
        let taken = fs::File::create(&path).and_then(|mut file| {
            io::copy(&mut io::repeat(0).take(ROOM_BYTES), &mut file)?;
            file.sync_all()
        });
        let given_back = fs::remove_file(&path);
        taken.is_ok() && given_back.is_ok()
    }

    /// From now on SQLite finds the disk full.
    #[cfg(test)]
    pub(crate) fn fill_disk(&self) {
        self.connection.pragma_update(None, "max_page_count", 1).unwrap();
    }

    /// Every row after `seq`, oldest first.
    pub(crate) fn rows_after(&self, seq: u64) -> Result<Vec<Row>, ReadError> {
        let mut select = self.connection.prepare_cached(schema::SELECT_AFTER)?;
        let mut found = select.query([seq])?;
        let mut rows = Vec::new();
        while let Some(columns) = found.next()? {
            let (seq, at, body): (u64, String, String) =
                (columns.get(0)?, columns.get(1)?, columns.get(2)?);
            let row = at.parse().ok().and_then(|at| Row::read(seq, at, &body).ok());
            rows.push(row.ok_or(ReadError::Foreign { seq })?);
        }
        Ok(rows)
    }

    /// Appends rows in one commit; when this returns they are on the
    /// disk. The first must follow `expected`.
    pub(crate) fn append(&mut self, expected: u64, rows: &[Row]) -> Result<(), AppendError> {
        if !FileId::of(&self.path).is_ok_and(|found| found == self.file) {
            return Err(AppendError::Vanished { rescue: self.rescue() });
        }
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let found = schema::head_seq(&transaction)?;
        if found != expected {
            return Err(AppendError::Fenced { expected, found });
        }
        let mut head = self.head.clone();
        let mut visits = visits::Writer::new(&transaction, self.visits.take())?;
        {
            let mut insert = transaction.prepare_cached(schema::INSERT_EVENT)?;
            let mut number = transaction.prepare_cached(schema::INSERT_NUMBER)?;
            for row in rows {
                let (at, kind, body) =
                    (row.entry.at.to_string(), row.entry.event.kind(), row.body());
                head.seq += 1;
                assert_eq!(row.entry.seq, head.seq, "rows are appended without a gap");
                head.at = row.entry.at;
                head.chain = head.chain.next(head.seq, &at, kind, &body);
                insert.execute(params![head.seq, at, kind, body, head.chain.as_bytes()])?;
                match &row.entry.event {
                    Event::DayOpened { day } => head.day = Some(day.to_string()),
                    Event::TicketIssued(Issued { ticket, number: it, .. }) => {
                        number.execute(params![head.day, it.lane.as_str(), it.count, ticket.0])?;
                    }
                    _ => {}
                }
                visits.see(row)?;
                if let Event::ServiceRated(rating) = &row.entry.event {
                    visits.flush()?;
                    ratings::count(&transaction, rating)?;
                }
            }
        }
        let visits = visits.finish()?;
        transaction.commit()?;
        self.head = head;
        self.visits = Some(visits);
        Ok(())
    }

    /// Saves a file that no longer has a name, which is the last moment
    /// to do so. Says what came of it.
    fn rescue(&self) -> String {
        let place = self.path.with_file_name("hall.rescued.db");
        match self.connection.execute("VACUUM INTO ?1", [place.to_string_lossy()]) {
            Ok(_) => format!(
                "all of it is saved as `{}`: stop the server, rename that to `hall.db`, start again",
                place.display()
            ),
            Err(error) => format!("saving it as `{}` failed: {error}", place.display()),
        }
    }
}

#[cfg(test)]
mod tests;
