//! How services were rated, counted by day: written in the transaction of
//! the events, made anew from them, and compared with them. A rating
//! counts on the day of its service, which may be over, and is told
//! apart as its visit is.

use std::collections::BTreeMap;

use jiff::civil::Date;
use queue_core::{Event, Rating};
use rusqlite::{Connection, params};

use super::{Row, schema, visits};
use crate::visits::{Facet, keys};

/// The first schema that has the table.
pub(super) const SINCE: u32 = schema::RATINGS_SINCE;

/// Counts a rating. Its visit is in the table of visits.
pub(super) fn count(connection: &Connection, rating: &Rating) -> rusqlite::Result<()> {
    let mut insert = connection.prepare_cached(schema::COUNT_RATING)?;
    let (day, level) = (rating.day.to_string(), u8::from(rating.level));
    for (facet, key) in told_apart(connection, rating)? {
        insert.execute(params![facet.name(), day, key, level])?;
    }
    Ok(())
}

/// Counts all that a table of events tells, of services since a day if
/// one is named.
pub(super) fn fill(
    connection: &Connection,
    events: &str,
    since: Option<Date>,
) -> rusqlite::Result<()> {
    visits::each_row(connection, events, 1, |row| match &row.entry.event {
        Event::ServiceRated(rating) if since.is_none_or(|it| rating.day >= it) => {
            count(connection, rating)
        }
        _ => Ok(()),
    })
}

/// Counts anew what the events tell of the days since they begin.
pub(super) fn rebuild(connection: &Connection) -> rusqlite::Result<()> {
    let Some(first) = visits::first_day(connection)? else { return Ok(()) };
    connection.execute("DELETE FROM ratings WHERE day >= ?1", [first.to_string()])?;
    fill(connection, "events", Some(first))
}

/// By what a rating is told apart: by what its visit is.
fn told_apart(connection: &Connection, rating: &Rating) -> rusqlite::Result<Vec<(Facet, String)>> {
    let visit = visits::finished(connection, rating.day, rating.ticket, rating.service)?;
    Ok(match visit {
        Some(visit) => keys(&visit).collect(),
        None => vec![(Facet::All, String::new())],
    })
}

/// Facet, day, key and level.
type Counted = (String, String, String, u8);

/// The ratings that events tell, to be compared with the table.
#[derive(Default)]
pub(super) struct Ratings {
    /// The first day that was seen; what was rated before is not known.
    first: Option<Date>,
    told: BTreeMap<Counted, u64>,
}

impl Ratings {
    /// Takes the next event.
    pub(super) fn see(&mut self, row: &Row, connection: &Connection) -> rusqlite::Result<()> {
        match &row.entry.event {
            Event::DayOpened { day } => self.first = self.first.or(Some(*day)),
            Event::ServiceRated(rating) if self.first.is_some_and(|it| rating.day >= it) => {
                let (day, level) = (rating.day.to_string(), u8::from(rating.level));
                for (facet, key) in told_apart(connection, rating)? {
                    let counted = (facet.name().to_owned(), day.clone(), key, level);
                    *self.told.entry(counted).or_default() += 1;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// All events were seen; what differs.
    pub(super) fn end(self, connection: &Connection) -> rusqlite::Result<Option<String>> {
        let Some(first) = self.first else { return Ok(None) };
        let mut select = connection.prepare(schema::SELECT_RATINGS)?;
        let rows = select.query_map([first.to_string()], |row| {
            Ok(((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?), row.get(4)?))
        })?;
        let stored: BTreeMap<Counted, u64> = rows.collect::<rusqlite::Result<_>>()?;
        let differs = (stored != self.told)
            .then(|| format!("the ratings since {first} are not as the events say"));
        Ok(differs)
    }
}
