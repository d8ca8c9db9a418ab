//! Who has signed in. A session ends after a shift, after two hours in
//! which nobody asked for anything, when its holder signs out, and when
//! somebody ends all sessions of a number.

use jiff::{SignedDuration, Timestamp};
use queue_api::{StaffId, WindowId};
use rusqlite::{OptionalExtension, params};

use super::Access;
use crate::secret;

/// A session ends by itself after a shift.
pub(super) const SESSION_HOURS: i64 = 12;

/// It also ends when nobody has asked for anything for so long. An open
/// page that only watches asks for nothing.
pub(super) const IDLE_SECS: i64 = 2 * 3_600;

/// That somebody was here is written down this often at most.
const SEEN_SECS: i64 = 300;

/// Somebody who has signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Session {
    /// Who.
    pub(crate) staff: StaffId,
    /// Where a clerk sits.
    pub(crate) window: Option<WindowId>,
}

impl Access {
    /// Starts a session and gives its token.
    pub(crate) fn begin(&self, session: &Session, now: Timestamp) -> rusqlite::Result<String> {
        let token = secret::credential();
        let until =
            now.saturating_add(SignedDuration::from_hours(SESSION_HOURS)).unwrap_or(Timestamp::MAX);
        let connection = self.connection();
        connection.execute(
            "DELETE FROM sessions WHERE until <= ?1 OR seen <= ?1 - ?2",
            [now.as_second(), IDLE_SECS],
        )?;
        connection.execute(
            "INSERT INTO sessions (fingerprint, staff, window, until, seen) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                secret::fingerprint(&token),
                session.staff.as_str(),
                session.window.map(|it| it.0),
                until.as_second(),
                now.as_second(),
            ],
        )?;
        Ok(token)
    }

    /// The session that bears this token, if it has not ended.
    pub(crate) fn session(&self, token: &str, now: Timestamp) -> rusqlite::Result<Option<Session>> {
        Ok(self.find(token, now)?.map(|(session, _)| session))
    }

    /// The same, of somebody who asks for something: the session lives on.
    pub(crate) fn session_in_use(
        &self,
        token: &str,
        now: Timestamp,
    ) -> rusqlite::Result<Option<Session>> {
        let Some((session, seen)) = self.find(token, now)? else { return Ok(None) };
        if now.as_second() - seen >= SEEN_SECS {
            let sql = "UPDATE sessions SET seen = ?2 WHERE fingerprint = ?1";
            let seen = self
                .connection()
                .execute(sql, params![secret::fingerprint(token), now.as_second()]);
            // A full disk keeps nobody out.
            if let Err(error) = seen {
                tracing::warn!(%error, "that a session is in use could not be noted");
            }
        }
        Ok(Some(session))
    }

    fn find(&self, token: &str, now: Timestamp) -> rusqlite::Result<Option<(Session, i64)>> {
        let found = self
            .connection()
            .prepare_cached(
                "SELECT staff, window, seen FROM sessions
                 WHERE fingerprint = ?1 AND until > ?2 AND seen > ?2 - ?3",
            )?
            .query_row(params![secret::fingerprint(token), now.as_second(), IDLE_SECS], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, Option<u16>>(1)?, row.get(2)?))
            })
            .optional()?;
        Ok(found.and_then(|(staff, window, seen)| {
            let session = Session { staff: staff.parse().ok()?, window: window.map(WindowId) };
            Some((session, seen))
        }))
    }

    /// Ends a session.
    pub(crate) fn end(&self, token: &str) -> rusqlite::Result<()> {
        let sql = "DELETE FROM sessions WHERE fingerprint = ?1";
        self.connection().execute(sql, [secret::fingerprint(token)])?;
        self.show_out();
        Ok(())
    }

    /// Ends all sessions of somebody, wherever they are.
    pub(crate) fn end_all(&self, staff: &StaffId) -> rusqlite::Result<()> {
        self.connection().execute("DELETE FROM sessions WHERE staff = ?1", [staff.as_str()])?;
        self.show_out();
        Ok(())
    }
}
