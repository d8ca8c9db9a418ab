//! The tables that reports read: written in the transaction of the
//! events, made anew from them, and compared with them.
//!
//! `visits` holds every visit as it is; when a day is opened, the one
//! before it is counted into `tallies`, and nothing of it changes any
//! more.

use std::collections::BTreeMap;

use jiff::civil::Date;
use queue_core::{Estimate, Event, TicketId};
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, params};
use serde::de::DeserializeOwned;

use super::numbers::Wrong;
use super::{Row, schema};
use crate::visits::{Fold, Tally, Visit, day_tallies, word};

/// The first schema that has the tables.
pub(super) const SINCE: u32 = schema::VISITS_SINCE;

/// The rows of a batch on their way into the tables.
pub(super) struct Writer<'c> {
    connection: &'c Connection,
    fold: Fold,
    /// The day that is open, or was last.
    day: Option<Date>,
    /// What is to be written, the latest state of each visit.
    changed: BTreeMap<(u64, u32), Visit>,
}

impl<'c> Writer<'c> {
    /// Goes on after the last row that is stored. `known` saves reading
    /// the open day again.
    pub(super) fn new(
        connection: &'c Connection,
        known: Option<Fold>,
    ) -> rusqlite::Result<Writer<'c>> {
        let latest: Option<(String, u64)> = connection
            .prepare_cached("SELECT day, first_seq FROM days ORDER BY first_seq DESC LIMIT 1")?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let day = latest.as_ref().and_then(|(day, _)| day.parse().ok());
        let fold = match (known, latest) {
            (Some(fold), _) => fold,
            (None, None) => Fold::default(),
            (None, Some((_, first_seq))) => {
                let mut fold = Fold::default();
                each_row(connection, "events", first_seq, |row| {
                    fold.see(&row.entry);
                    Ok(())
                })?;
                fold
            }
        };
        Ok(Writer { connection, fold, day, changed: BTreeMap::new() })
    }

    /// Takes the next row.
    pub(super) fn see(&mut self, row: &Row) -> rusqlite::Result<()> {
        if let Event::DayOpened { day } = &row.entry.event {
            self.flush()?;
            if let Some(before) = self.day.replace(*day) {
                count(self.connection, before)?;
            }
            let mut insert = self.connection.prepare_cached(schema::INSERT_DAY)?;
            insert.execute(params![day.to_string(), row.entry.seq])?;
        }
        let changed = self.fold.see(&row.entry);
        self.changed.extend(changed.into_iter().map(|it| ((it.ticket.0, it.nth), it)));
        Ok(())
    }

    /// Writes what is left to write, and hands on what is known of the
    /// open day.
    pub(super) fn finish(mut self) -> rusqlite::Result<Fold> {
        self.flush()?;
        Ok(self.fold)
    }

    /// Writes the visits that have changed.
    pub(super) fn flush(&mut self) -> rusqlite::Result<()> {
        let mut upsert = self.connection.prepare_cached(schema::UPSERT_VISIT)?;
        for it in std::mem::take(&mut self.changed).into_values() {
            upsert.execute(params![
                it.day.to_string(),
                it.ticket.0,
                it.nth,
                it.number.to_string(),
                it.lane.as_str(),
                word(&it.class),
                it.priority.as_ref().map(word),
                it.matter,
                word(&it.source),
                it.issued,
                it.since,
                it.called,
                it.calls,
                it.arrived,
                it.parked,
                it.parked_s,
                it.finished,
                it.window.map(|it| it.0),
                it.clerk.as_ref().map(queue_core::StaffId::as_str),
                it.outcome.as_ref().map(word),
                it.ended.as_ref().map(word),
                it.wait_s(),
                it.service_s(),
                it.forecast.map(|it| it.likely),
                it.forecast.map(|it| it.low),
                it.forecast.map(|it| it.high),
            ])?;
        }
        Ok(())
    }
}

/// What is known of the open day.
pub(super) fn today(connection: &Connection) -> rusqlite::Result<Fold> {
    Ok(Writer::new(connection, None)?.fold)
}

/// Counts a day that is over.
fn count(connection: &Connection, day: Date) -> rusqlite::Result<()> {
    let mut insert = connection.prepare_cached(schema::INSERT_TALLY)?;
    for ((facet, key), tally) in day_tallies(&of_day(connection, day)?) {
        insert.execute(params![facet.name(), day.to_string(), key, tally.to_bytes()])?;
    }
    Ok(())
}

/// Fills the tables from all events that there are. What they hold of
/// days before the first of these stays.
pub(super) fn rebuild(connection: &Connection) -> rusqlite::Result<()> {
    if let Some(first) = first_day(connection)? {
        for table in ["days", "visits", "tallies"] {
            let sql = format!("DELETE FROM {table} WHERE day >= ?1");
            connection.execute(&sql, [first.to_string()])?;
        }
    }
    fill(connection, "events")
}

/// The day with which the events begin.
pub(super) fn first_day(connection: &Connection) -> rusqlite::Result<Option<Date>> {
    let sql = "SELECT body ->> 'day' FROM events WHERE kind = 'day_opened' ORDER BY seq LIMIT 1";
    let first: Option<String> = connection.query_row(sql, [], |row| row.get(0)).optional()?;
    first.map(|it| it.parse().map_err(|_| unreadable(0))).transpose()
}

/// Fills the tables from a table of events.
pub(super) fn fill(connection: &Connection, events: &str) -> rusqlite::Result<()> {
    let mut writer = Writer::new(connection, Some(Fold::default()))?;
    each_row(connection, events, 1, |row| writer.see(&row))?;
    writer.finish().map(drop)
}

/// Every row from `first_seq` on.
pub(super) fn each_row(
    connection: &Connection,
    events: &str,
    first_seq: u64,
    mut take: impl FnMut(Row) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let sql = format!("SELECT seq, at, body FROM {events} WHERE seq >= ?1 ORDER BY seq");
    let mut select = connection.prepare(&sql)?;
    let mut rows = select.query([first_seq])?;
    while let Some(columns) = rows.next()? {
        let (seq, at, body): (u64, String, String) =
            (columns.get(0)?, columns.get(1)?, columns.get(2)?);
        let at = at.parse().map_err(|_| unreadable(1))?;
        take(Row::read(seq, at, &body).map_err(|_| unreadable(2))?)?;
    }
    Ok(())
}

/// The visits of a business day, in the order of their tickets.
pub(crate) fn of_day(connection: &Connection, day: Date) -> rusqlite::Result<Vec<Visit>> {
    let mut select = connection.prepare_cached(schema::SELECT_VISITS)?;
    let visits = select.query_map([day.to_string()], read)?;
    visits.collect()
}

/// Which visit a service of a ticket was, the first being 1.
pub(super) fn finished(
    connection: &Connection,
    day: Date,
    ticket: TicketId,
    service: u32,
) -> rusqlite::Result<Option<Visit>> {
    let Some(before) = service.checked_sub(1) else { return Ok(None) };
    connection
        .prepare_cached(schema::SELECT_FINISHED)?
        .query_row(params![day.to_string(), ticket.0, before], read)
        .optional()
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Visit> {
    let likely: Option<u32> = row.get(21)?;
    let (low, high): (Option<u32>, Option<u32>) = (row.get(22)?, row.get(23)?);
    let forecast = likely.zip(low).zip(high);
    Ok(Visit {
        day: meant(row, 0)?.ok_or_else(|| unreadable(0))?,
        ticket: TicketId(row.get(1)?),
        nth: row.get(2)?,
        number: meant(row, 3)?.ok_or_else(|| unreadable(3))?,
        lane: meant(row, 4)?.ok_or_else(|| unreadable(4))?,
        class: meant(row, 5)?.ok_or_else(|| unreadable(5))?,
        priority: meant(row, 6)?,
        matter: row.get(7)?,
        source: meant(row, 8)?.ok_or_else(|| unreadable(8))?,
        issued: row.get(9)?,
        since: row.get(10)?,
        called: row.get(11)?,
        calls: row.get(12)?,
        arrived: row.get(13)?,
        parked: row.get(14)?,
        parked_s: row.get(15)?,
        finished: row.get(16)?,
        window: row.get::<_, Option<u16>>(17)?.map(queue_core::WindowId),
        clerk: meant(row, 18)?,
        outcome: meant(row, 19)?,
        ended: meant(row, 20)?,
        forecast: forecast.map(|((likely, low), high)| Estimate { likely, low, high }),
    })
}

/// What the word in a column means.
fn meant<T: DeserializeOwned>(row: &rusqlite::Row<'_>, at: usize) -> rusqlite::Result<Option<T>> {
    let Some(text) = row.get::<_, Option<String>>(at)? else { return Ok(None) };
    serde_json::from_value(text.into()).map(Some).map_err(|_| unreadable(at))
}

fn unreadable(column: usize) -> rusqlite::Error {
    rusqlite::Error::InvalidColumnType(column, "not what was written".to_owned(), Type::Text)
}

/// The visits that events tell, one business day at a time, to be
/// compared with the tables.
#[derive(Default)]
pub(super) struct Visits {
    fold: Fold,
    day: Option<Date>,
    /// The first day that was seen, and the visits of all days before the
    /// one that is being told.
    first: Option<Date>,
    told_before: u64,
    told: BTreeMap<(u64, u32), Visit>,
    /// The first difference; the walk goes on for the sake of the rest.
    differs: Option<String>,
}

impl Visits {
    /// Takes the next event; a new day is the time to compare the old.
    pub(super) fn see(&mut self, row: &Row, connection: &Connection) -> rusqlite::Result<()> {
        let seen = self.take(row, connection);
        self.note(seen)
    }

    /// All events were seen, from the first on if it is so; what differs.
    pub(super) fn end(
        mut self,
        connection: &Connection,
        from_the_beginning: bool,
    ) -> rusqlite::Result<Option<String>> {
        let day = self.compare_day(connection);
        self.note(day)?;
        if from_the_beginning {
            let count = self.compare_count(connection);
            self.note(count)?;
        }
        Ok(self.differs)
    }

    fn note(&mut self, seen: Result<(), Wrong>) -> rusqlite::Result<()> {
        match seen {
            Ok(()) => Ok(()),
            Err(Wrong::Sqlite(error)) => Err(error),
            Err(Wrong::Differs(reason)) => {
                self.differs.get_or_insert(reason);
                Ok(())
            }
        }
    }

    fn take(&mut self, row: &Row, connection: &Connection) -> Result<(), Wrong> {
        let mut compared = Ok(());
        if let Event::DayOpened { day } = &row.entry.event {
            compared = self.compare_day(connection).and_then(|()| self.compare_tallies(connection));
            self.told_before += self.told.len() as u64;
            self.told.clear();
            self.day = Some(*day);
            self.first = self.first.or(self.day);
            let sql = "SELECT first_seq FROM days WHERE day = ?1";
            let opened: Option<u64> = connection
                .prepare_cached(sql)?
                .query_row([day.to_string()], |row| row.get(0))
                .optional()?;
            if opened != Some(row.entry.seq) {
                let what = format!("the day {day} is not as the events say");
                compared = compared.and(Err(Wrong::Differs(what)));
            }
        }
        let changed = self.fold.see(&row.entry);
        self.told.extend(changed.into_iter().map(|it| ((it.ticket.0, it.nth), it)));
        compared
    }

    /// Compares the visits of the day seen last.
    fn compare_day(&self, connection: &Connection) -> Result<(), Wrong> {
        let Some(day) = self.day else { return Ok(()) };
        let mut told = self.told.values();
        let mut select = connection.prepare_cached(schema::SELECT_VISITS)?;
        let mut rows = select.query([day.to_string()])?;
        while let Some(row) = rows.next()? {
            let visit = read(row)?;
            let (wait_s, service_s): (Option<i64>, Option<i64>) = (row.get(24)?, row.get(25)?);
            let reckoned = wait_s == visit.wait_s() && service_s == visit.service_s();
            if told.next() != Some(&visit) || !reckoned {
                let (number, nth) = (visit.number, visit.nth);
                let what = format!("visit {nth} of {number} on {day} is not as the events say");
                return Err(Wrong::Differs(what));
            }
        }
        match told.next() {
            None => Ok(()),
            Some(Visit { number, nth, .. }) => {
                Err(Wrong::Differs(format!("visit {nth} of {number} on {day} is missing")))
            }
        }
    }

    /// Compares what was counted of that day when the next was opened.
    fn compare_tallies(&self, connection: &Connection) -> Result<(), Wrong> {
        let Some(day) = self.day else { return Ok(()) };
        let told = day_tallies(self.told.values());
        let told: BTreeMap<(String, String), Tally> = told
            .into_iter()
            .map(|((it, key), tally)| ((it.name().to_owned(), key), tally))
            .collect();
        let mut select = connection.prepare_cached(schema::SELECT_TALLIES)?;
        let mut rows = select.query([day.to_string()])?;
        let mut stored = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let bytes: Vec<u8> = row.get(2)?;
            let tally = Tally::from_bytes(&bytes)
                .ok_or_else(|| Wrong::Differs(format!("the tallies of {day} are not readable")))?;
            stored.insert((row.get(0)?, row.get(1)?), tally);
        }
        if stored == told {
            return Ok(());
        }
        Err(Wrong::Differs(format!("the tallies of {day} are not what its visits come to")))
    }

    /// Compares how many there are from the first day seen on, when all
    /// events were seen.
    fn compare_count(&self, connection: &Connection) -> Result<(), Wrong> {
        let Some(first) = self.first else { return Ok(()) };
        let told = self.told_before + self.told.len() as u64;
        let sql = "SELECT count(*) FROM visits WHERE day >= ?1";
        let rows: u64 = connection.query_row(sql, [first.to_string()], |row| row.get(0))?;
        if rows == told {
            return Ok(());
        }
        Err(Wrong::Differs(format!("there were {told} visits since {first}, the table has {rows}")))
    }
}
