//! The table of numbers must tell what the events tell.
//!
//! It is kept for its primary key. A row too many in it would stop the
//! hall at the very number it claims; a row too few would let that number
//! be given twice.

use std::collections::BTreeMap;

use queue_core::{Event, Issued};
use rusqlite::Connection;

use super::{Row, schema};

/// Numbers as the events give them, one business day at a time.
#[derive(Default)]
pub(super) struct Numbers {
    day: Option<String>,
    /// Lane and count → ticket.
    given: BTreeMap<(String, u32), u64>,
    /// Numbers of the days before.
    given_before: u64,
}

/// What is wrong with the table.
pub(super) enum Wrong {
    Sqlite(rusqlite::Error),
    Differs(String),
}

impl From<rusqlite::Error> for Wrong {
    fn from(error: rusqlite::Error) -> Wrong {
        Wrong::Sqlite(error)
    }
}

impl Numbers {
    /// Takes the next event; a new day is the time to compare the old.
    pub(super) fn see(&mut self, row: &Row, connection: &Connection) -> Result<(), Wrong> {
        match &row.entry.event {
            Event::DayOpened { day } => {
                self.compare_day(connection)?;
                self.given_before += self.given.len() as u64;
                self.given.clear();
                self.day = Some(day.to_string());
            }
            Event::TicketIssued(Issued { ticket, number, .. }) => {
                self.given.insert((number.lane.to_string(), number.count), ticket.0);
            }
            _ => {}
        }
        Ok(())
    }

    /// Compares how many there are, when all events were seen.
    pub(super) fn compare_count(&self, connection: &Connection) -> Result<(), Wrong> {
        let given = self.given_before + self.given.len() as u64;
        let rows: u64 = connection.query_row(schema::COUNT_NUMBERS, [], |row| row.get(0))?;
        if rows == given {
            return Ok(());
        }
        Err(Wrong::Differs(format!("{given} numbers were given, the table has {rows}")))
    }

    /// Compares the day seen last.
    pub(super) fn compare_day(&self, connection: &Connection) -> Result<(), Wrong> {
        let Some(day) = &self.day else { return Ok(()) };
        let mut given = self.given.iter();
        let mut select = connection.prepare_cached(schema::SELECT_NUMBERS)?;
        let mut rows = select.query([day])?;
        while let Some(row) = rows.next()? {
            let number: (String, u32) = (row.get(0)?, row.get(1)?);
            let ticket: u64 = row.get(2)?;
            if given.next() != Some((&number, &ticket)) {
                let (lane, count) = number;
                let message = format!("{lane}{count:03} of {day} is not as the events say");
                return Err(Wrong::Differs(message));
            }
        }
        match given.next() {
            None => Ok(()),
            Some(((lane, count), _)) => {
                Err(Wrong::Differs(format!("{lane}{count:03} of {day} is missing")))
            }
        }
    }
}
