//! Walking: every row is looked at, or those of the last two days; and
//! where the journal begins, if older days were moved to an archive.
//!
//! The days before them are looked at while the server runs, and on every
//! start after something looked wrong.

use std::path::Path;

use jiff::Timestamp;
use queue_core::{Event, Morning};
use rusqlite::{Connection, OptionalExtension};

use super::beginning::{self, Beginning};
use super::chain::Chain;
use super::numbers::{Numbers, Wrong};
use super::open::OpenError;
use super::ratings::{self, Ratings};
use super::visits::{self, Visits};
use super::{Head, Reader, Row, mornings, schema};

/// Where a walk begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Begin {
    /// With the first row there is.
    AtTheBeginning,
    /// With the day before the last, if its morning is known.
    OnAMorning,
}

pub(super) fn damaged(path: &Path, reason: String) -> OpenError {
    OpenError::Damaged { path: path.to_owned(), reason }
}

/// Looks at the tables and tells the reader every row; none if nothing
/// was ever written.
pub(super) fn examine(
    path: &Path,
    connection: &Connection,
    reader: &mut impl Reader,
    begin: Begin,
    with_visits: bool,
) -> Result<Option<Head>, OpenError> {
    let sqlite = |error: rusqlite::Error| damaged(path, error.to_string());
    let found = schema::version_of(connection).map_err(sqlite)?;
    if found > schema::version() {
        return Err(OpenError::TooNew { path: path.to_owned(), found });
    }
    let morning = match begin {
        Begin::OnAMorning if found >= mornings::SINCE => mornings::before_last(connection),
        _ => Ok(None),
    };
    let morning = morning.map_err(sqlite)?;
    if morning.is_none() {
        let verdict: String =
            connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(sqlite)?;
        if verdict != "ok" {
            return Err(damaged(path, verdict));
        }
    }
    if found == 0 {
        return Ok(None);
    }
    let tables = Tables {
        visits: (with_visits && found >= visits::SINCE).then(Visits::default),
        ratings: (with_visits && found >= ratings::SINCE).then(Ratings::default),
    };
    walk(connection, reader, morning, tables).map(Some).map_err(|error| match error {
        WalkError::Sqlite(error) => sqlite(error),
        WalkError::Broken { seq, reason } => damaged(path, format!("event {seq}: {reason}")),
        WalkError::Beginning(reason) => damaged(path, format!("beginning: {reason}")),
        WalkError::Numbers(reason) => damaged(path, format!("numbers: {reason}")),
        WalkError::Visits(reason) => OpenError::Reports { path: path.to_owned(), reason },
    })
}

/// What reports read, as far as it is compared.
struct Tables {
    visits: Option<Visits>,
    ratings: Option<Ratings>,
}

enum WalkError {
    Sqlite(rusqlite::Error),
    Broken { seq: u64, reason: String },
    Beginning(String),
    Numbers(String),
    Visits(String),
}

impl WalkError {
    fn of_beginning(wrong: Wrong) -> WalkError {
        match wrong {
            Wrong::Sqlite(error) => WalkError::Sqlite(error),
            Wrong::Differs(reason) => WalkError::Beginning(reason),
        }
    }
}

impl From<Wrong> for WalkError {
    fn from(wrong: Wrong) -> WalkError {
        match wrong {
            Wrong::Sqlite(error) => WalkError::Sqlite(error),
            Wrong::Differs(reason) => WalkError::Numbers(reason),
        }
    }
}

impl From<rusqlite::Error> for WalkError {
    fn from(error: rusqlite::Error) -> WalkError {
        WalkError::Sqlite(error)
    }
}

/// Every row in order, from the one that opened the morning's day if
/// there is one: no gap, the chain unbroken, the body readable, the
/// numbers and visits those of the tables; an older journal has none of
/// visits. A journal that was cut has a morning of its own to begin with.
fn walk(
    connection: &Connection,
    reader: &mut impl Reader,
    morning: Option<Morning>,
    mut tables: Tables,
) -> Result<Head, WalkError> {
    let mut numbers = Numbers::default();
    let mut head = Head::START;
    let beginning = beginning::read(connection).map_err(WalkError::of_beginning)?;
    let whole = morning.is_none();
    if let Some(morning) = morning.or_else(|| beginning.as_ref().map(|it| it.morning.clone())) {
        head.seq = morning.seq - 1;
        head.chain = link_of(connection, head.seq, beginning.as_ref())?;
        reader.begin(morning, whole);
    }
    let mut select = connection
        .prepare("SELECT seq, at, kind, body, chain FROM events WHERE seq > ?1 ORDER BY seq")?;
    let mut rows = select.query([head.seq])?;
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
        if let Some(visits) = &mut tables.visits {
            visits.see(&row, connection)?;
        }
        if let Some(ratings) = &mut tables.ratings {
            ratings.see(&row, connection)?;
        }
        reader.row(row);
    }
    numbers.compare_day(connection)?;
    if whole {
        numbers.compare_count(connection)?;
    }
    let visits = tables.visits.map(|it| it.end(connection, whole)).transpose()?;
    let ratings = tables.ratings.map(|it| it.end(connection)).transpose()?;
    match visits.flatten().or(ratings.flatten()) {
        Some(reason) => Err(WalkError::Visits(reason)),
        None => Ok(head),
    }
}

/// The link of a row that is not walked.
fn link_of(
    connection: &Connection,
    seq: u64,
    beginning: Option<&Beginning>,
) -> Result<Chain, WalkError> {
    let link = match beginning.filter(|it| it.through_seq == seq) {
        Some(beginning) => Some(beginning.through_chain),
        None if seq == 0 => Some(Chain::GENESIS),
        None => stored_link(connection, seq)?,
    };
    link.ok_or_else(|| WalkError::Broken { seq, reason: "it has no link".to_owned() })
}

/// The link of a row, if it is there.
pub(super) fn stored_link(connection: &Connection, seq: u64) -> rusqlite::Result<Option<Chain>> {
    let stored = connection.query_row(schema::SELECT_ROW, [seq], |row| row.get::<_, Vec<u8>>(3));
    Ok(stored.optional()?.and_then(|it| Chain::from_bytes(&it)))
}
