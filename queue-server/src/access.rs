//! Who may come in: devices by token, staff by session. Kept in a file of
//! its own (`access.db`), so that `enrol` works beside a running server
//! and the record of the hall holds no secret. Who came in and who let
//! whom in is noted there, too (`audit`).

mod audit;
mod codes;
mod devices;
mod line;
mod papers;
mod pins;
mod requests;
mod schema;
mod sessions;
mod setup;
mod strangers;

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::Context;
use jiff::Timestamp;
use rusqlite::Connection;

pub(crate) use audit::walk_notes;
pub(crate) use codes::Codes;
pub(crate) use devices::Device;
pub(crate) use line::Line;
pub(crate) use papers::Papers;
pub(crate) use pins::{CLOSED_SECS, Pins, Tried, is_demo_pin};
pub(crate) use requests::{Approval, Asked, GOOD_SECS, Requests, Standing};
pub(crate) use sessions::Session;
pub(crate) use setup::{CodeTried, Setup, admin_with};
pub(crate) use strangers::Strangers;

/// How long `enrol` and the server wait for each other.
const BUSY: Duration = Duration::from_secs(5);

/// The open file.
#[derive(Debug)]
pub(crate) struct Access {
    connection: Mutex<Connection>,
    n_shown_out: AtomicU64,
}

impl Access {
    /// Opens or makes `access.db` in `dir`.
    pub(crate) fn open(dir: &Path) -> anyhow::Result<Access> {
        let path = dir.join("access.db");
        let open = || -> rusqlite::Result<Connection> {
            let mut connection = Connection::open(&path)?;
            connection.busy_timeout(BUSY)?;
            connection.pragma_update(None, "journal_mode", "WAL")?;
            schema::migrate(&mut connection)?;
            Ok(connection)
        };
        let connection = open().with_context(|| format!("cannot open `{}`", path.display()))?;
        Ok(Access { connection: Mutex::new(connection), n_shown_out: AtomicU64::new(0) })
    }

    /// Whether this opens anything now.
    pub(crate) fn opens(&self, token: &str, now: Timestamp) -> rusqlite::Result<bool> {
        Ok(self.device(token)?.is_some() || self.session(token, now)?.is_some())
    }

    /// How often somebody has been shown the door; streams look again
    /// when it has grown.
    pub(crate) fn n_shown_out(&self) -> u64 {
        self.n_shown_out.load(Ordering::Acquire)
    }

    fn show_out(&self) {
        self.n_shown_out.fetch_add(1, Ordering::AcqRel);
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
