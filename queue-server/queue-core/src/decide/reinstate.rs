//! A visitor who did not come is put back (过号重排): once, a few places
//! behind those who wait, and not too late.

use jiff::{SignedDuration, Timestamp};

use crate::discipline::in_order;
use crate::event::Event;
use crate::hall::{Hall, Ticket};
use crate::ids::{Class, TicketState};
use crate::queue::Place;
use crate::rejection::Rejection;
use crate::rules::{Discipline, Rules};

pub(super) fn reinstate(
    hall: &Hall,
    ticket: &Ticket,
    now: Timestamp,
) -> Result<Vec<Event>, Rejection> {
    let number = || ticket.number.clone();
    if ticket.state != TicketState::NoShow {
        return Err(Rejection::NotNoShow(number()));
    }
    if ticket.reinstated {
        return Err(Rejection::ReinstatedBefore(number()));
    }
    let minutes = hall.rules().reinstate.within_minutes;
    let passed_over = ticket.finished_at.unwrap_or(now);
    if now.duration_since(passed_over) > SignedDuration::from_mins(i64::from(minutes)) {
        return Err(Rejection::TooLate { number: number(), minutes });
    }
    let waits_from = place_back(hall, ticket, now);
    Ok(vec![Event::TicketReinstated { ticket: ticket.id, waits_from }])
}

/// Since when the visitor counts as waiting, so that they come behind the
/// third of those who wait now, and not before their own old place.
fn place_back(hall: &Hall, ticket: &Ticket, now: Timestamp) -> Timestamp {
    let Some(line) = hall.line(&ticket.line()) else { return ticket.waits_from };
    let waiting = in_order(hall.rules(), line.places().collect(), 0, now);
    let behind = hall.rules().reinstate.places_back.max(1) as usize;
    let Some(last) = waiting.iter().take(behind).next_back() else { return ticket.waits_from };
    // Behind somebody whose slot is to come is behind those who came.
    same_rank(hall.rules(), ticket.class, *last, now).min(now).max(ticket.waits_from)
}

/// Since when somebody of `class` waits who ranks with `other` now. With
/// the same rank they stand behind, having come into the line later.
fn same_rank(
    rules: &Rules,
    class: Class,
    (of, other): (Class, Place),
    now: Timestamp,
) -> Timestamp {
    let Discipline::Accumulating(rates) = &rules.discipline else { return other.from };
    let waited = now.duration_since(other.from);
    if rates.of(of) == rates.of(class) || rules.cap().is_some_and(|cap| waited >= cap) {
        return other.from;
    }
    let scaled = waited.as_secs_f64() * f64::from(rates.of(of)) / f64::from(rates.of(class).max(1));
    let counted = SignedDuration::from_secs_f64(scaled.clamp(0.0, 1e6));
    // Past the cap they would rank before everybody who is not.
    let below_cap = |cap: SignedDuration| counted.min(cap - SignedDuration::from_secs(1));
    now.saturating_sub(rules.cap().map_or(counted, below_cap)).unwrap_or(now)
}
