//! The record as other systems read it: beside the engine, a part at a
//! time, and without its secrets.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use queue_core::Event;
use rusqlite::Connection;
use serde_json::Value;

use crate::journal::{Journal, OpenError, ReadError, Row};

/// Rows of one part; what one reader holds in memory at a time.
const ROWS_MAX: u32 = 64;

const SELECT_PART: &str = "SELECT seq, at, body FROM events WHERE seq > ?1 ORDER BY seq LIMIT ?2";

/// The journal's file, open for reading.
#[derive(Debug)]
pub(crate) struct RecordReader {
    connection: Mutex<Connection>,
}

impl RecordReader {
    /// Opens the journal that the engine writes.
    pub(crate) fn open(dir: &Path) -> Result<RecordReader, OpenError> {
        let connection = Journal::guest(&dir.join("hall.db"))?;
        Ok(RecordReader { connection: Mutex::new(connection) })
    }

    /// The rows that follow `seq`, a part of them, oldest first. Blocks.
    pub(crate) fn part_after(&self, seq: u64) -> Result<Vec<Row>, ReadError> {
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let mut select = connection.prepare_cached(SELECT_PART)?;
        let mut found = select.query((seq, ROWS_MAX))?;
        let mut rows = Vec::new();
        while let Some(columns) = found.next()? {
            let (seq, at, body): (u64, String, String) =
                (columns.get(0)?, columns.get(1)?, columns.get(2)?);
            let row = at.parse().ok().and_then(|at| Row::read(seq, at, &body).ok());
            rows.push(row.ok_or(ReadError::Foreign { seq })?);
        }
        Ok(rows)
    }
}

/// A row as it is told to other systems: as the journal has it, with its
/// place and time, and without what opens something.
pub(crate) fn told(row: &Row) -> Value {
    let mut told: Value = serde_json::from_str(&row.body()).expect("a body is JSON");
    for path in secrets(&row.entry.event) {
        remove(&mut told, path);
    }
    told["seq"] = row.entry.seq.into();
    told["at"] = row.entry.at.to_string().into();
    told
}

fn remove(value: &mut Value, path: &[&str]) {
    let Some((last, way)) = path.split_last() else { return };
    let place = way.iter().try_fold(value, |value, key| value.get_mut(key));
    if let Some(fields) = place.and_then(Value::as_object_mut) {
        fields.remove(*last);
    }
}

/// Where an event holds a secret. Every kind is named, so that a new one
/// is thought of.
fn secrets(event: &Event) -> &'static [&'static [&'static str]] {
    match event {
        Event::TicketIssued(_) => &[&["token"], &["pass"], &["offline", "lease"], &["holder"]],
        Event::PassGiven { .. } => &[&["pass", "token"]],
        Event::NumbersLeased(_) => &[&["token"]],
        Event::AppointmentMade { .. } => &[&["appointment", "code"]],
        Event::DayOpened { .. }
        | Event::DayClosed { .. }
        | Event::TicketPrinted { .. }
        | Event::TicketVoided { .. }
        | Event::WindowOpened { .. }
        | Event::WindowPaused { .. }
        | Event::WindowClosed { .. }
        | Event::TicketCalled { .. }
        | Event::TicketRecalled { .. }
        | Event::TicketArrived { .. }
        | Event::TicketFinished { .. }
        | Event::TicketNoShow { .. }
        | Event::TicketReinstated { .. }
        | Event::TicketParked { .. }
        | Event::TicketResumed { .. }
        | Event::TicketTransferred { .. }
        | Event::MatterFinished { .. }
        | Event::NumbersSkipped { .. }
        | Event::NumberToldLate { .. }
        | Event::AppointmentCancelled { .. }
        | Event::AppointmentMissed { .. }
        | Event::AppointmentsImported { .. }
        | Event::ServiceRated(_)
        | Event::RecordArchived(_)
        | Event::DayReopened { .. }
        | Event::NumbersStopped { .. }
        | Event::NumbersResumed { .. }
        | Event::WindowAssigned { .. }
        | Event::NoticePosted { .. }
        | Event::NoticeRemoved { .. }
        | Event::StandInFiled { .. }
        | Event::StandInWithdrawn { .. } => &[],
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    #[test]
    fn no_secret_of_any_kind_of_event_is_told() {
        let golden = include_str!("../../tests/golden/events.jsonl");
        for line in golden.lines() {
            let row = Row::read(7, Timestamp::UNIX_EPOCH, line).unwrap();
            let told = told(&row);
            let by = row.origin.by.to_string();
            assert_eq!((told["seq"].as_u64(), told["by"].as_str()), (Some(7), Some(by.as_str())));
            assert_eq!(told["kind"], row.entry.event.kind());
            let text = told.to_string();
            for secret in ["\"token", "\"lease\"", "\"pass\":\"", "\"1000000"] {
                assert!(!text.contains(secret), "{secret} in {text}");
            }
        }
    }
}
