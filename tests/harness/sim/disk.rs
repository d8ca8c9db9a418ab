//! A disk that fails on purpose. What it has said is stored stays, as on
//! SQLite with a full sync; a commit is there whole or not at all.

use std::cell::{Cell, Ref, RefCell};
use std::rc::Rc;

use jiff::Timestamp;
use queue_server::journal::{AppendError, Record, Row};
use rusqlite::ffi;

/// What goes wrong with the next commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// There is no room.
    Full,
    /// The power fails before it is stored.
    DiesBefore,
    /// It is stored, and the power fails before anybody hears of it.
    DiesAfter,
}

/// Cloned handles are the same disk: it outlives the server on it.
#[derive(Clone, Debug, Default)]
pub(super) struct Disk {
    rows: Rc<RefCell<Vec<Row>>>,
    /// How many rows there were after each commit.
    commits: Rc<RefCell<Vec<u64>>>,
    fault: Rc<Cell<Option<Fault>>>,
    /// It is a copy that was made at this length.
    copied_at: Rc<Cell<Option<u64>>>,
}

impl Disk {
    pub(super) fn fail_next(&self, fault: Fault) {
        self.fault.set(Some(fault));
    }

    /// How many rows are stored for good.
    pub(super) fn len(&self) -> u64 {
        self.rows.borrow().len() as u64
    }

    /// An old copy takes its place: of the last `rows`, and of what was
    /// stored in one commit with them, nothing is known.
    pub(super) fn go_back(&self, rows: u64) {
        let mut commits = self.commits.borrow_mut();
        let old = self.len().saturating_sub(rows);
        let kept = commits.partition_point(|it| *it <= old).max(1);
        commits.truncate(kept);
        let len = commits.last().copied().unwrap_or(0);
        self.rows.borrow_mut().truncate(usize::try_from(len).unwrap_or(usize::MAX));
        self.copied_at.set(Some(len));
    }

    /// Everything that is stored.
    pub(super) fn rows(&self) -> Ref<'_, Vec<Row>> {
        self.rows.borrow()
    }

    /// The rows behind the first `seen`.
    pub(super) fn rows_after(&self, seen: u64) -> Vec<Row> {
        let seen = usize::try_from(seen).unwrap_or(usize::MAX);
        self.rows.borrow().get(seen..).unwrap_or_default().to_vec()
    }
}

impl Record for Disk {
    fn head(&self) -> (u64, Timestamp) {
        let rows = self.rows.borrow();
        rows.last().map_or((0, Timestamp::UNIX_EPOCH), |row| (row.entry.seq, row.entry.at))
    }

    fn is_copy(&self) -> bool {
        self.copied_at.get() == Some(self.len()) && self.len() > 0
    }

    fn append(&mut self, expected: u64, rows: &[Row]) -> Result<(), AppendError> {
        let found = self.len();
        if found != expected {
            return Err(AppendError::Fenced { expected, found });
        }
        let fault = self.fault.take();
        if matches!(fault, None | Some(Fault::DiesAfter)) {
            self.rows.borrow_mut().extend_from_slice(rows);
            self.commits.borrow_mut().push(self.len());
        }
        let failure = |code| rusqlite::Error::SqliteFailure(ffi::Error::new(code), None);
        match fault {
            None => Ok(()),
            Some(Fault::Full) => Err(AppendError::DiskFull(failure(ffi::SQLITE_FULL))),
            Some(Fault::DiesBefore | Fault::DiesAfter) => {
                Err(AppendError::Broken(failure(ffi::SQLITE_IOERR)))
            }
        }
    }
}
