//! What a kiosk must still know after a power cut: the hall and the
//! catalogue (so that it can help without the server), the number of its
//! own notices, which slips were at the printer, and the numbers it may
//! give and gave by itself.
//!
//! A job is written down before its first byte is sent. So a kiosk that
//! was killed knows which slip may be half on paper; it is never sent
//! again by itself.

use std::path::Path;

use jiff::Timestamp;
use kiosk_core::{Roll, TicketRef};
use queue_api::{CommandId, NumberLease, OfflineTicket, PrintOutcome, TicketId};
use rusqlite::{Connection, OptionalExtension, Params, params};
use serde::{Deserialize, Serialize};

/// The store of one kiosk, one file.
#[derive(Debug)]
pub(crate) struct Store {
    db: Connection,
}

/// Why the store cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    /// The file cannot be opened or brought up to date.
    #[error("the kiosk's store `{path}` cannot be opened")]
    Open {
        /// The file.
        path: String,
        /// What SQLite said.
        #[source]
        source: rusqlite::Error,
    },
    /// It was written by a later version.
    #[error("the kiosk's store is of version {found}, this program knows {known}")]
    TooNew {
        /// Its version.
        found: u32,
        /// Ours.
        known: u32,
    },
    /// A number is given from a lease only.
    #[error("the number's lease is not in the kiosk's store")]
    NoLease,
    /// A statement failed.
    #[error("the kiosk's store cannot be used")]
    Use(#[from] rusqlite::Error),
}

/// Something that is kept whole, under a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    /// The hall's profile as JSON.
    Hall,
    /// The catalogue as JSON.
    Catalogue,
}

/// A job of an earlier run and what can be said of its paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unfinished {
    /// The job.
    pub(crate) job: CommandId,
    /// The ticket on the slip.
    pub(crate) ticket: Option<TicketId>,
    /// What can be said.
    pub(crate) outcome: PrintOutcome,
}

/// One step for each version of the store, the first makes it.
const STEPS: &[&str] = &["
    CREATE TABLE kept (name TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
    CREATE TABLE jobs (
        id TEXT PRIMARY KEY,
        ticket INTEGER,
        at TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'done', 'not_started', 'unknown')),
        reason TEXT,
        reported INTEGER NOT NULL DEFAULT 0
    ) STRICT;
", "
    ALTER TABLE jobs ADD COLUMN offline TEXT;
    CREATE TABLE leases (
        token   TEXT PRIMARY KEY,
        day     TEXT NOT NULL,
        machine TEXT NOT NULL,
        body    TEXT NOT NULL
    ) STRICT;
    CREATE TABLE offline (
        command_id TEXT PRIMARY KEY,
        body       TEXT NOT NULL,
        told       TEXT
    ) STRICT;
"];

/// The number of the first notice.
const FIRST_NOTICE: u64 = 1001;

/// Jobs that are remembered; older ones are forgotten.
const JOBS_MAX: u32 = 2_000;

/// Told of a slip that was queued when the kiosk went down.
const RESTARTED: &str = "kiosk_restarted";

impl Store {
    /// Opens the store in a folder, and makes both if they are not there.
    pub(crate) fn open(dir: &Path) -> Result<Store, StoreError> {
        let path = dir.join("kiosk.db");
        let failed = |source| StoreError::Open { path: path.display().to_string(), source };
        let db = Connection::open(&path).map_err(failed)?;
        db.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")
            .map_err(failed)?;
        Store::up_to_date(db)
    }

    /// A store that is forgotten at the end.
    pub(crate) fn in_memory() -> Result<Store, StoreError> {
        Store::up_to_date(Connection::open_in_memory()?)
    }

    fn up_to_date(mut db: Connection) -> Result<Store, StoreError> {
        let found: u32 = db.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        let known = u32::try_from(STEPS.len()).expect("there are few versions");
        if found > known {
            return Err(StoreError::TooNew { found, known });
        }
        for (step, version) in STEPS.iter().zip(1u32..).skip(found as usize) {
            let change = db.transaction()?;
            change.execute_batch(step)?;
            change.pragma_update(None, "user_version", version)?;
            change.commit()?;
        }
        Ok(Store { db })
    }

    /// Keeps a text in place of the one before.
    pub(crate) fn keep(&self, name: Kept, body: &str) -> Result<(), StoreError> {
        self.put(name.key(), body)
    }

    /// A text that was kept.
    pub(crate) fn kept(&self, name: Kept) -> Result<Option<String>, StoreError> {
        self.get(name.key())
    }

    /// What was printed on the present roll.
    pub(crate) fn roll(&self) -> Result<Roll, StoreError> {
        let kept = self.get(ROLL)?.and_then(|it| serde_json::from_str::<KeptRoll>(&it).ok());
        let KeptRoll { since, slips, mm } = kept.unwrap_or_default();
        Ok(Roll { since, slips, mm })
    }

    /// Keeps what was printed on the present roll.
    pub(crate) fn keep_roll(&self, roll: &Roll) -> Result<(), StoreError> {
        let Roll { since, slips, mm } = *roll;
        self.put(ROLL, &json(&KeptRoll { since, slips, mm }))
    }

    /// The number of the next notice.
    pub(crate) fn next_notice(&self) -> Result<u64, StoreError> {
        let kept = self.get(NEXT_NOTICE)?;
        Ok(kept.and_then(|it| it.parse().ok()).unwrap_or(FIRST_NOTICE))
    }

    /// A slip waits for the printer. Its notice's number is used up.
    pub(crate) fn job_queued(
        &mut self,
        job: &CommandId,
        ticket: Option<&TicketRef>,
        notice: Option<&str>,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let next = self.next_notice()?;
        let used = notice.and_then(|it| it.strip_prefix("N-")?.parse::<u64>().ok());
        let (known, offline) = match ticket {
            None => (None, None),
            Some(TicketRef::Known(id)) => (Some(id.0.cast_signed()), None),
            Some(TicketRef::Offline(command)) => (None, Some(command.as_str())),
        };
        let change = self.db.transaction()?;
        change.execute(
            "INSERT INTO jobs (id, ticket, offline, at, state) VALUES (?1, ?2, ?3, ?4, 'queued')",
            params![job.as_str(), known, offline, at.to_string()],
        )?;
        if let Some(used) = used.filter(|used| *used >= next) {
            change.execute(PUT, params![NEXT_NOTICE, (used + 1).to_string()])?;
        }
        change.execute(
            "DELETE FROM jobs WHERE rowid <= (SELECT max(rowid) FROM jobs) - ?1",
            [JOBS_MAX],
        )?;
        change.commit()?;
        Ok(())
    }

    /// From now on a byte of it may be on paper.
    pub(crate) fn job_sending(&self, job: &CommandId) -> Result<(), StoreError> {
        self.db.execute("UPDATE jobs SET state = 'sending' WHERE id = ?1", [job.as_str()])?;
        Ok(())
    }

    /// Its end is known.
    pub(crate) fn job_ended(
        &self,
        job: &CommandId,
        outcome: &PrintOutcome,
    ) -> Result<(), StoreError> {
        let (state, reason) = match outcome {
            PrintOutcome::Done => ("done", None),
            PrintOutcome::NotStarted { reason } => ("not_started", Some(reason)),
            PrintOutcome::Unknown => ("unknown", None),
        };
        self.db.execute(
            "UPDATE jobs SET state = ?2, reason = ?3 WHERE id = ?1",
            params![job.as_str(), state, reason],
        )?;
        Ok(())
    }

    /// The server knows of its end.
    pub(crate) fn job_reported(&self, job: &CommandId) -> Result<(), StoreError> {
        self.db.execute("UPDATE jobs SET reported = 1 WHERE id = ?1", [job.as_str()])?;
        Ok(())
    }

    /// Whether the last slip that went to the printer may have stopped
    /// within a command: its end was not seen.
    pub(crate) fn was_within_slip(&self) -> Result<bool, StoreError> {
        let last = self.db.query_row(
            "SELECT state FROM jobs WHERE state IN ('sending', 'done', 'unknown')
             ORDER BY rowid DESC LIMIT 1",
            [],
            |row| row.get::<_, String>(0),
        );
        Ok(last.optional()?.is_some_and(|it| it != "done"))
    }

    /// The jobs of earlier runs that the server may not know the end of,
    /// oldest first. Those whose end was not seen get one.
    pub(crate) fn unfinished(&self) -> Result<Vec<Unfinished>, StoreError> {
        let n_unknown =
            self.db.execute("UPDATE jobs SET state = 'unknown' WHERE state = 'sending'", [])?;
        if n_unknown > 0 {
            tracing::warn!(n_unknown, "slips were under way when the kiosk went down");
        }
        self.db.execute(
            "UPDATE jobs SET state = 'not_started', reason = ?1 WHERE state = 'queued'",
            [RESTARTED],
        )?;
        self.ended("ticket IS NOT NULL", [])
    }

    /// Jobs whose end is known and not reported, oldest first.
    fn ended(&self, which: &str, with: impl Params) -> Result<Vec<Unfinished>, StoreError> {
        let mut query = self.db.prepare(&format!(
            "SELECT id, ticket, state, reason FROM jobs
             WHERE {which} AND reported = 0 AND state NOT IN ('queued', 'sending') ORDER BY rowid",
        ))?;
        let rows = query.query_map(with, |row| {
            let (id, ticket): (String, Option<i64>) = (row.get(0)?, row.get(1)?);
            let (state, reason): (String, Option<String>) = (row.get(2)?, row.get(3)?);
            Ok((id, ticket, state, reason))
        })?;
        let mut unfinished = Vec::new();
        for row in rows {
            let (id, ticket, state, reason) = row?;
            let outcome = match state.as_str() {
                "done" => PrintOutcome::Done,
                "not_started" => PrintOutcome::NotStarted { reason: reason.unwrap_or_default() },
                _ => PrintOutcome::Unknown,
            };
            // Every id in the table was a command id when it was written.
            if let Ok(job) = id.parse() {
                let ticket = ticket.map(|it| TicketId(it.cast_unsigned()));
                unfinished.push(Unfinished { job, ticket, outcome });
            }
        }
        Ok(unfinished)
    }

    /// Numbers that the server granted to this machine. Days only go on:
    /// those of the days before are let go.
    pub(crate) fn keep_lease(
        &mut self,
        lease: &NumberLease,
        machine: &str,
    ) -> Result<(), StoreError> {
        let day = lease.business_day.to_string();
        let change = self.db.transaction()?;
        change.execute("DELETE FROM leases WHERE day < ?1", [&day])?;
        change.execute(
            "INSERT INTO leases (token, day, machine, body) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (token) DO NOTHING",
            params![lease.token, day, machine, json(lease)],
        )?;
        change.commit()?;
        Ok(())
    }

    /// What is left of the numbers granted to this machine. Another
    /// machine, into which a copy of this disk was put, gives none of
    /// them.
    pub(crate) fn leases(&self, machine: &str) -> Result<Vec<NumberLease>, StoreError> {
        let mut query =
            self.db.prepare("SELECT body FROM leases WHERE machine = ?1 ORDER BY rowid")?;
        let bodies = query.query_map([machine], |row| row.get::<_, String>(0))?;
        bodies
            .filter_map(|body| body.map(|it| serde_json::from_str(&it).ok()).transpose())
            .map(|it| it.map_err(StoreError::from))
            .collect()
    }

    /// A number that the kiosk gives by itself, and what is left of the
    /// lease then, in one step.
    pub(crate) fn keep_offline(
        &mut self,
        ticket: &OfflineTicket,
        left: &NumberLease,
    ) -> Result<(), StoreError> {
        let change = self.db.transaction()?;
        let kept = change.execute(
            "UPDATE leases SET body = ?2 WHERE token = ?1",
            params![left.token, json(left)],
        )?;
        if kept == 0 {
            return Err(StoreError::NoLease);
        }
        change.execute(
            "INSERT INTO offline (command_id, body) VALUES (?1, ?2)",
            params![ticket.command_id.as_str(), json(ticket)],
        )?;
        change.execute(
            "DELETE FROM offline WHERE told IS NOT NULL
             AND rowid <= (SELECT max(rowid) FROM offline) - ?1",
            [JOBS_MAX],
        )?;
        change.commit()?;
        Ok(())
    }

    /// The numbers given that the server was not told of, oldest first.
    pub(crate) fn untold(&self, most: usize) -> Result<Vec<OfflineTicket>, StoreError> {
        let mut query = self
            .db
            .prepare("SELECT body FROM offline WHERE told IS NULL ORDER BY rowid LIMIT ?1")?;
        let bodies = query.query_map([most], |row| row.get::<_, String>(0))?;
        bodies
            .filter_map(|body| body.map(|it| serde_json::from_str(&it).ok()).transpose())
            .map(|it| it.map_err(StoreError::from))
            .collect()
    }

    /// The server was told of a number, and `became` of it a ticket, or
    /// nothing and why. The ends of its slips that are to be reported now
    /// are given back.
    pub(crate) fn told(
        &mut self,
        command_id: &CommandId,
        became: Result<TicketId, &str>,
    ) -> Result<Vec<Unfinished>, StoreError> {
        let told = became.map_or_else(str::to_owned, |it| it.to_string());
        let change = self.db.transaction()?;
        change.execute(
            "UPDATE offline SET told = ?2 WHERE command_id = ?1",
            params![command_id.as_str(), told],
        )?;
        if let Ok(ticket) = became {
            change.execute(
                "UPDATE jobs SET ticket = ?2 WHERE offline = ?1",
                params![command_id.as_str(), ticket.0.cast_signed()],
            )?;
        }
        change.commit()?;
        self.ended("ticket IS NOT NULL AND offline = ?1", [command_id.as_str()])
    }

    fn put(&self, name: &str, body: &str) -> Result<(), StoreError> {
        self.db.execute(PUT, params![name, body])?;
        Ok(())
    }

    fn get(&self, name: &str) -> Result<Option<String>, StoreError> {
        let mut query = self.db.prepare_cached("SELECT body FROM kept WHERE name = ?1")?;
        Ok(query.query_row([name], |row| row.get(0)).optional()?)
    }
}

const PUT: &str = "INSERT INTO kept (name, body) VALUES (?1, ?2)
                   ON CONFLICT (name) DO UPDATE SET body = excluded.body";

const NEXT_NOTICE: &str = "next_notice";

const ROLL: &str = "roll";

/// A roll as it is written down.
#[derive(Default, Serialize, Deserialize)]
struct KeptRoll {
    since: Option<Timestamp>,
    slips: u64,
    mm: u64,
}

fn json(it: &impl Serialize) -> String {
    serde_json::to_string(it).expect("what is kept has string keys only")
}

impl Kept {
    fn key(self) -> &'static str {
        match self {
            Kept::Hall => "hall",
            Kept::Catalogue => "catalogue",
        }
    }
}

#[cfg(test)]
mod tests;
