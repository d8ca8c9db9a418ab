//! The record as a supervisor reads it: the events of a day in words that
//! can be shown, without any secret. Reads, and changes nothing.

mod told;
mod walks;

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use queue_api::{Look, Overtaker, TicketHistory, ToldPage};
use queue_core::{CallReason, Class, Event, Issued, TicketId, TicketNumber};
use rusqlite::{Connection, OptionalExtension, params};

use crate::journal::{self, Row};
use crate::reading::ReadingError;
use crate::visits::Visit;

use told::told;
pub(crate) use walks::Walks;

/// A business day, as far as it has been.
struct Day {
    date: Date,
    /// Its events are from here on, and before there.
    from: u64,
    to: u64,
    visits: Vec<Visit>,
}

impl Day {
    fn open(connection: &Connection, day: Date) -> Result<Option<Day>, ReadingError> {
        let sql = "SELECT first_seq, (SELECT min(first_seq) FROM days AS later
                       WHERE later.first_seq > days.first_seq) FROM days WHERE day = ?1";
        let found: Option<(u64, Option<u64>)> = connection
            .prepare_cached(sql)?
            .query_row([day.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((from, to)) = found else { return Ok(None) };
        let to = to.unwrap_or(u64::MAX >> 1);
        Ok(Some(Day { date: day, from, to, visits: journal::of_day(connection, day)? }))
    }

    fn numbers(&self) -> BTreeMap<TicketId, TicketNumber> {
        self.visits.iter().map(|it| (it.ticket, it.number.clone())).collect()
    }

    /// Its events of these kinds, the latest first, from before `before`.
    fn rows(
        &self,
        connection: &Connection,
        kinds: &str,
        before: Option<u64>,
        mut take: impl FnMut(Row) -> bool,
    ) -> Result<(), ReadingError> {
        let mut select = connection.prepare(
            "SELECT seq, at, body FROM events
             WHERE seq >= ?1 AND seq < ?2 AND instr(?3, kind) > 0 ORDER BY seq DESC",
        )?;
        let to = before.map_or(self.to, |it| it.min(self.to));
        let mut rows = select.query(params![self.from, to, kinds])?;
        while let Some(row) = rows.next()? {
            let (seq, at, body): (u64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let at = at.parse().ok();
            let row = at.and_then(|at| Row::read(seq, at, &body).ok());
            let row = row.ok_or_else(|| ReadingError::Foreign(format!("event {seq}")))?;
            if !take(row) {
                break;
            }
        }
        Ok(())
    }
}

/// A page of a day; none if the day never was.
pub(crate) fn page(
    connection: &Connection,
    day: Date,
    look: Look,
    before: Option<u64>,
    limit: usize,
) -> Result<Option<ToldPage>, ReadingError> {
    let Some(day) = Day::open(connection, day)? else { return Ok(None) };
    let numbers = day.numbers();
    let (mut events, mut more) = (Vec::new(), None);
    day.rows(connection, kinds(look), before, |row| {
        if !belongs(look, &row.entry.event) {
            return true;
        }
        if events.len() == limit {
            more = events.last().map(|it: &queue_api::Told| it.seq);
            return false;
        }
        events.push(told(&row, &numbers));
        true
    })?;
    Ok(Some(ToldPage { day: day.date, events, before: more }))
}

/// The kinds of event that may belong to a look.
fn kinds(look: Look) -> &'static str {
    match look {
        Look::Calls => "ticket_called",
        Look::Exceptions => "ticket_issued ticket_called",
        Look::Ended => "ticket_voided ticket_no_show ticket_reinstated",
    }
}

fn belongs(look: Look, event: &Event) -> bool {
    match (look, event) {
        (Look::Exceptions, Event::TicketIssued(Issued { class, grant, .. })) => {
            *class == Class::Green || grant.is_some()
        }
        (Look::Exceptions, Event::TicketCalled { reason, .. }) => {
            matches!(reason, CallReason::ByNumber { .. })
        }
        _ => true,
    }
}

/// All that happened to one ticket; none if there was no such number.
pub(crate) fn ticket(
    connection: &Connection,
    day: Date,
    number: &TicketNumber,
) -> Result<Option<TicketHistory>, ReadingError> {
    let Some(day) = Day::open(connection, day)? else { return Ok(None) };
    let Some(first) = day.visits.iter().find(|it| it.number == *number) else { return Ok(None) };
    let (ticket, numbers) = (first.ticket, day.numbers());
    let (mut events, mut calls) = (Vec::new(), BTreeMap::new());
    day.rows(connection, TICKET_KINDS, None, |row| {
        if row.entry.event.ticket() == Some(ticket) {
            events.push(told(&row, &numbers));
        }
        if let Event::TicketCalled { ticket, .. } = row.entry.event {
            calls.insert((ticket, row.entry.at.as_second()), told(&row, &numbers));
        }
        true
    })?;
    events.reverse();
    let overtaken_by = overtakers(&day.visits, ticket)
        .filter_map(|visit| {
            Some(Overtaker {
                number: visit.number.clone(),
                class: visit.class,
                since: Timestamp::from_second(visit.since).ok()?,
                call: calls.get(&(visit.ticket, visit.called?))?.clone(),
            })
        })
        .collect();
    Ok(Some(TicketHistory { day: day.date, number: number.clone(), ticket, events, overtaken_by }))
}

/// Every kind of event that is about a ticket.
const TICKET_KINDS: &str = "ticket_issued ticket_printed ticket_voided ticket_called \
    ticket_recalled ticket_arrived ticket_finished ticket_no_show ticket_reinstated \
    ticket_parked ticket_resumed ticket_transferred matter_finished pass_given";

/// Visits in the lane of one of the ticket's visits that began to wait
/// later and were called while it still waited.
fn overtakers(visits: &[Visit], ticket: TicketId) -> impl Iterator<Item = &Visit> {
    let own: Vec<&Visit> = visits.iter().filter(|it| it.ticket == ticket).collect();
    visits.iter().filter(move |it| {
        own.iter().any(|own| {
            let until = own.called.or(own.finished).unwrap_or(i64::MAX);
            it.ticket != ticket
                && it.lane == own.lane
                && it.since > own.since
                && it.called.is_some_and(|called| called < until)
        })
    })
}

#[cfg(test)]
mod tests;
