//! Who may come in: devices by token, staff by session. Kept in a file of
//! its own (`access.db`), so that `enrol` works beside a running server
//! and the record of the hall holds no secret.

mod codes;
mod line;
mod pins;

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::Context;
use jiff::{SignedDuration, Timestamp};
use queue_api::{DeviceKind, StaffId, WindowId};
use rusqlite::{Connection, OptionalExtension, params};

use crate::secret;

pub(crate) use codes::Codes;
pub(crate) use line::Line;
pub(crate) use pins::{CLOSED_SECS, Pins, Tried, is_demo_pin};

/// A session ends by itself after a shift.
const SESSION_HOURS: i64 = 12;

/// How long `enrol` and the server wait for each other.
const BUSY: Duration = Duration::from_secs(5);

const SCHEMA: &str = "
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
";

/// The open file.
#[derive(Debug)]
pub(crate) struct Access {
    connection: Mutex<Connection>,
}

/// An enrolled device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Device {
    /// What the hall calls it.
    pub(crate) name: String,
    /// Kiosk or board.
    pub(crate) kind: DeviceKind,
}

/// Somebody who has signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Session {
    /// Who.
    pub(crate) staff: StaffId,
    /// Where a clerk sits.
    pub(crate) window: Option<WindowId>,
}

impl Access {
    /// Opens or makes `access.db` in `dir`.
    pub(crate) fn open(dir: &Path) -> anyhow::Result<Access> {
        let path = dir.join("access.db");
        let open = || -> rusqlite::Result<Connection> {
            let connection = Connection::open(&path)?;
            connection.busy_timeout(BUSY)?;
            connection.pragma_update(None, "journal_mode", "WAL")?;
            connection.execute_batch(SCHEMA)?;
            Ok(connection)
        };
        let connection = open().with_context(|| format!("cannot open `{}`", path.display()))?;
        Ok(Access { connection: Mutex::new(connection) })
    }

    /// Makes a device known under `name` and gives its token, which is
    /// stored nowhere. A name enrolled again gets a new token; the old
    /// one is void.
    pub(crate) fn enrol(
        &self,
        name: &str,
        kind: DeviceKind,
        now: Timestamp,
    ) -> anyhow::Result<String> {
        let token = secret::credential();
        self.connection()
            .execute(
                "INSERT OR REPLACE INTO devices (name, kind, fingerprint, enrolled_at) VALUES (?1, ?2, ?3, ?4)",
                params![name, kind_text(kind), secret::fingerprint(&token), now.to_string()],
            )
            .context("cannot store the device")?;
        Ok(token)
    }

    /// The device that bears this token.
    pub(crate) fn device(&self, token: &str) -> rusqlite::Result<Option<Device>> {
        self.connection()
            .prepare_cached("SELECT name, kind FROM devices WHERE fingerprint = ?1")?
            .query_row([secret::fingerprint(token)], read_device)
            .optional()
    }

    /// Every enrolled device by name.
    pub(crate) fn devices(&self) -> rusqlite::Result<Vec<Device>> {
        self.connection()
            .prepare_cached("SELECT name, kind FROM devices ORDER BY name")?
            .query_map([], read_device)?
            .collect()
    }

    /// Starts a session and gives its token.
    pub(crate) fn begin(&self, session: &Session, now: Timestamp) -> rusqlite::Result<String> {
        let token = secret::credential();
        let until =
            now.saturating_add(SignedDuration::from_hours(SESSION_HOURS)).unwrap_or(Timestamp::MAX);
        let connection = self.connection();
        connection.execute("DELETE FROM sessions WHERE until <= ?1", [now.as_second()])?;
        connection.execute(
            "INSERT INTO sessions (fingerprint, staff, window, until) VALUES (?1, ?2, ?3, ?4)",
            params![
                secret::fingerprint(&token),
                session.staff.as_str(),
                session.window.map(|it| it.0),
                until.as_second()
            ],
        )?;
        Ok(token)
    }

    /// The session that bears this token, if it has not ended.
    pub(crate) fn session(&self, token: &str, now: Timestamp) -> rusqlite::Result<Option<Session>> {
        let found = self
            .connection()
            .prepare_cached(
                "SELECT staff, window FROM sessions WHERE fingerprint = ?1 AND until > ?2",
            )?
            .query_row(params![secret::fingerprint(token), now.as_second()], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, Option<u16>>(1)?))
            })
            .optional()?;
        Ok(found.and_then(|(staff, window)| {
            Some(Session { staff: staff.parse().ok()?, window: window.map(WindowId) })
        }))
    }

    /// Ends a session.
    pub(crate) fn end(&self, token: &str) -> rusqlite::Result<()> {
        self.connection()
            .execute("DELETE FROM sessions WHERE fingerprint = ?1", [secret::fingerprint(token)])
            .map(|_| ())
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn read_device(row: &rusqlite::Row<'_>) -> rusqlite::Result<Device> {
    let kind: String = row.get(1)?;
    let kind = match kind.as_str() {
        "board" => DeviceKind::Board,
        "program" => DeviceKind::Program,
        _ => DeviceKind::Kiosk,
    };
    Ok(Device { name: row.get(0)?, kind })
}

fn kind_text(kind: DeviceKind) -> &'static str {
    match kind {
        DeviceKind::Kiosk => "kiosk",
        DeviceKind::Board => "board",
        DeviceKind::Program => "program",
    }
}

#[cfg(test)]
mod tests;
