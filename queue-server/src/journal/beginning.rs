//! Where a journal begins whose older days were moved to an archive: on a
//! morning, behind a link of the chain.
//!
//! The chain vouches for it. The archive ends with an event that is still
//! here, and behind that comes one that tells where was cut, with the
//! hashes of the morning and of the archive. So every start can see with
//! a few rows whether the beginning is the one that was made.

use queue_core::{Archived, Event, Morning};
use rusqlite::{Connection, OptionalExtension, params};

use super::chain::Chain;
use super::numbers::Wrong;
use super::{Head, Row, schema};
use crate::hash;

/// The first schema that has the table.
const SINCE: u32 = 3;

/// The beginning of a journal that was cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Beginning {
    /// The last event that was cut off.
    pub(crate) through_seq: u64,
    /// Its link.
    pub(crate) through_chain: Chain,
    /// What the hall knew when the next event had opened its day.
    pub(crate) morning: Morning,
    /// The last event of the archive, which holds all that was there.
    pub(crate) archive_seq: u64,
    /// Its link.
    pub(crate) archive_chain: Chain,
    /// SHA-256 of the archive's file, in hex.
    pub(crate) archive_sha256: String,
    /// The morning as it is stored; its hash is of these bytes.
    body: String,
}

impl Beginning {
    /// Behind `through`, on a morning; all that was there is in the
    /// archive, which ends with `head`.
    pub(crate) fn new(
        through: Chain,
        morning: Morning,
        head: &Head,
        archive_sha256: String,
    ) -> Beginning {
        let body = serde_json::to_string(&morning).expect("a morning has string keys only");
        Beginning {
            through_seq: morning.seq - 1,
            through_chain: through,
            morning,
            archive_seq: head.seq,
            archive_chain: head.chain,
            archive_sha256,
            body,
        }
    }

    /// What the chain is told of it, right behind the archive's end.
    pub(crate) fn told(&self) -> Archived {
        Archived {
            before: self.morning.day(),
            through_seq: self.through_seq,
            through_chain: format!("{:?}", self.through_chain),
            morning_sha256: hash::of(self.body.as_bytes()),
            archive_sha256: self.archive_sha256.clone(),
        }
    }

    /// Writes it into a journal that is being made.
    pub(super) fn write(&self, connection: &Connection) -> rusqlite::Result<()> {
        let values = params![
            self.through_seq,
            self.through_chain.as_bytes(),
            self.body,
            self.archive_seq,
            self.archive_chain.as_bytes(),
            self.archive_sha256,
        ];
        connection.execute(schema::INSERT_BEGINNING, values).map(drop)
    }

    /// Whether it is the one that was made for these events.
    fn check(&self, connection: &Connection, first: Option<u64>) -> Result<(), Wrong> {
        let next = self.through_seq + 1;
        if first != Some(next) || self.morning.seq != next {
            let first = first.map_or_else(|| "none".to_owned(), |it| it.to_string());
            let message = format!("it is for event {next}, the first one is {first}");
            return Err(Wrong::Differs(message));
        }
        let opened = Event::DayOpened { day: self.morning.day() };
        if behind(connection, self.through_chain, next)? != Some(opened) {
            return Err(Wrong::Differs(format!("event {next} does not follow from it")));
        }
        let told = Event::RecordArchived(self.told());
        let seq = self.archive_seq.saturating_add(1);
        if behind(connection, self.archive_chain, seq)? != Some(told) {
            return Err(Wrong::Differs(format!("event {seq} does not tell of it")));
        }
        Ok(())
    }
}

/// The beginning of a journal that has one, looked at; a journal without
/// one begins with its first event.
pub(super) fn read(connection: &Connection) -> Result<Option<Beginning>, Wrong> {
    let found = match schema::version_of(connection)? {
        SINCE.. => stored(connection)?,
        _ => None,
    };
    let sql = "SELECT min(seq) FROM events";
    let first: Option<u64> = connection.query_row(sql, [], |row| row.get(0))?;
    match (&found, first) {
        (Some(beginning), first) => beginning.check(connection, first)?,
        (None, None | Some(1)) => {}
        (None, Some(first)) => {
            return Err(Wrong::Differs(format!("there is none, and the first event is {first}")));
        }
    }
    Ok(found)
}

fn stored(connection: &Connection) -> Result<Option<Beginning>, Wrong> {
    let row = connection.query_row(schema::SELECT_BEGINNING, [], |row| {
        let links: (Vec<u8>, Vec<u8>) = (row.get(1)?, row.get(4)?);
        Ok((row.get(0)?, row.get::<_, String>(2)?, row.get(3)?, row.get(5)?, links))
    });
    let Some((through_seq, body, archive_seq, archive_sha256, links)) = row.optional()? else {
        return Ok(None);
    };
    let link = |bytes: &[u8]| {
        Chain::from_bytes(bytes).ok_or_else(|| Wrong::Differs("a link is no hash".to_owned()))
    };
    let unreadable = |error| Wrong::Differs(format!("the morning cannot be read: {error}"));
    Ok(Some(Beginning {
        through_seq,
        through_chain: link(&links.0)?,
        morning: serde_json::from_str(&body).map_err(unreadable)?,
        archive_seq,
        archive_chain: link(&links.1)?,
        archive_sha256,
        body,
    }))
}

/// The event at `seq`, if its row is the one chained to `before`.
fn behind(connection: &Connection, before: Chain, seq: u64) -> Result<Option<Event>, Wrong> {
    let row = connection.query_row(schema::SELECT_ROW, [seq], |row| {
        let texts: (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok((texts, row.get::<_, Vec<u8>>(3)?))
    });
    let Some(((at, kind, body), chain)) = row.optional()? else { return Ok(None) };
    if before.next(seq, &at, &kind, &body).as_bytes() != chain {
        return Ok(None);
    }
    let row = at.parse().ok().and_then(|at| Row::read(seq, at, &body).ok());
    Ok(row.map(|it| it.entry.event))
}
