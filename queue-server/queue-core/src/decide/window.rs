//! What a clerk does at a window.

use jiff::{SignedDuration, Timestamp};

use crate::command::WindowAct;
use crate::discipline;
use crate::event::{CallReason, Event, Line};
use crate::hall::{Hall, Ticket, Window, WindowStatus};
use crate::ids::{Outcome, StaffId, TicketId, TicketState, WindowId};
use crate::rejection::Rejection;

pub(super) fn at_window(
    hall: &Hall,
    id: WindowId,
    act: &WindowAct,
    now: Timestamp,
) -> Result<Vec<Event>, Rejection> {
    if !hall.rules().windows.contains_key(&id) {
        return Err(Rejection::UnknownWindow(id));
    }
    if hall.day().is_none() {
        return Err(Rejection::DayNotOpen);
    }
    let window = hall.window(id);
    match act {
        WindowAct::Open { staff } => open(id, window, staff),
        WindowAct::Pause { reason, minutes } => pause(hall, id, window, reason.as_ref(), *minutes),
        WindowAct::Close => close(hall, id, window),
        WindowAct::CallNext => call_next(hall, id, window, now),
        WindowAct::Call { ticket, why } => call(hall, id, window, *ticket, why),
        WindowAct::Recall { ticket } => {
            let ticket = not_arrived(present(hall, window, *ticket)?)?.id;
            Ok(vec![Event::TicketRecalled { ticket, window: id }])
        }
        WindowAct::Arrive { ticket } => {
            let ticket = not_arrived(present(hall, window, *ticket)?)?.id;
            Ok(vec![Event::TicketArrived { ticket, window: id }])
        }
        WindowAct::NoShow { ticket } => {
            no_show(hall, id, not_arrived(present(hall, window, *ticket)?)?, now)
        }
        WindowAct::Park { ticket } => {
            let ticket = present(hall, window, *ticket)?;
            let parked = Event::TicketParked { ticket: ticket.id, window: id };
            Ok(arrival(ticket, id).into_iter().chain([parked]).collect())
        }
        WindowAct::Resume { ticket } => resume(hall, id, window, *ticket),
        WindowAct::Transfer { ticket, to, note } => {
            transfer(hall, id, present(hall, window, *ticket)?, to, note.as_ref())
        }
        WindowAct::Finish { ticket, outcome } => {
            Ok(finish(hall, id, present(hall, window, *ticket)?, *outcome))
        }
    }
}

fn open(id: WindowId, window: &Window, staff: &StaffId) -> Result<Vec<Event>, Rejection> {
    match window.status {
        WindowStatus::Open { .. } => Err(Rejection::WindowAlreadyOpen),
        WindowStatus::Closed | WindowStatus::Paused { .. } => {
            Ok(vec![Event::WindowOpened { window: id, staff: staff.clone() }])
        }
    }
}

fn pause(
    hall: &Hall,
    id: WindowId,
    window: &Window,
    reason: Option<&String>,
    minutes: Option<u32>,
) -> Result<Vec<Event>, Rejection> {
    idle(hall, window)?;
    serving(window)?;
    Ok(vec![Event::WindowPaused { window: id, reason: reason.cloned(), minutes }])
}

/// Who waits for this window alone, or was set aside here, goes back to
/// the lane: somebody else can serve them there.
fn close(hall: &Hall, id: WindowId, window: &Window) -> Result<Vec<Event>, Rejection> {
    idle(hall, window)?;
    if window.status == WindowStatus::Closed {
        return Err(Rejection::WindowNotOpen);
    }
    let bound = |it: &&Ticket| it.state == TicketState::Waiting && it.for_window == Some(id);
    let left = hall.tickets().filter(bound).chain(hall.parked_at(id));
    let sent_on = left.map(|it| Event::TicketTransferred {
        ticket: it.id,
        window: None,
        to: Line::Lane(it.lane.clone()),
        note: None,
    });
    Ok(sent_on.chain([Event::WindowClosed { window: id }]).collect())
}

fn call_next(
    hall: &Hall,
    id: WindowId,
    window: &Window,
    now: Timestamp,
) -> Result<Vec<Event>, Rejection> {
    serving(window)?;
    idle(hall, window)?;
    let choice = discipline::next(hall, id, now).ok_or(Rejection::NobodyWaiting)?;
    let (ticket, reason, helping) = (choice.ticket, choice.reason, choice.helping);
    Ok(vec![Event::TicketCalled { ticket, window: id, reason, helping }])
}

/// Out of turn, and so with a reason that others can read.
fn call(
    hall: &Hall,
    id: WindowId,
    window: &Window,
    ticket: TicketId,
    why: &str,
) -> Result<Vec<Event>, Rejection> {
    serving(window)?;
    idle(hall, window)?;
    let ticket = super::known(hall, ticket)?;
    if ticket.state != TicketState::Waiting {
        return Err(Rejection::NotWaiting(ticket.number.clone()));
    }
    if why.trim().is_empty() {
        return Err(Rejection::ReasonMissing);
    }
    let reason = CallReason::ByNumber { why: why.to_owned() };
    Ok(vec![Event::TicketCalled { ticket: ticket.id, window: id, reason, helping: false }])
}

fn no_show(
    hall: &Hall,
    id: WindowId,
    ticket: &Ticket,
    now: Timestamp,
) -> Result<Vec<Event>, Rejection> {
    let rules = hall.rules().no_show;
    let called_for = now.duration_since(ticket.first_called_at.unwrap_or(now));
    let long = called_for >= SignedDuration::from_secs(i64::from(rules.seconds));
    if rules.enforced && (ticket.calls < rules.calls || !long) {
        let number = ticket.number.clone();
        return Err(Rejection::TooSoon { number, calls: rules.calls, seconds: rules.seconds });
    }
    Ok(vec![Event::TicketNoShow { ticket: ticket.id, window: id }])
}

fn resume(
    hall: &Hall,
    id: WindowId,
    window: &Window,
    ticket: TicketId,
) -> Result<Vec<Event>, Rejection> {
    serving(window)?;
    idle(hall, window)?;
    let ticket = super::known(hall, ticket)?;
    if ticket.state != TicketState::Parked || ticket.window != Some(id) {
        return Err(Rejection::NotParkedHere(ticket.number.clone()));
    }
    Ok(vec![Event::TicketResumed { ticket: ticket.id, window: id }])
}

fn transfer(
    hall: &Hall,
    id: WindowId,
    ticket: &Ticket,
    to: &Line,
    note: Option<&String>,
) -> Result<Vec<Event>, Rejection> {
    match to {
        Line::Lane(lane) if !hall.rules().lanes.contains_key(lane) => {
            return Err(Rejection::UnknownLane(lane.clone()));
        }
        Line::Window(window) if !hall.rules().windows.contains_key(window) => {
            return Err(Rejection::UnknownWindow(*window));
        }
        // A window that is closed calls nobody; one that is paused will.
        Line::Window(window) if hall.window(*window).status == WindowStatus::Closed => {
            return Err(Rejection::WindowNotOpen);
        }
        Line::Lane(_) | Line::Window(_) => {}
    }
    let transferred = Event::TicketTransferred {
        ticket: ticket.id,
        window: Some(id),
        to: to.clone(),
        note: note.cloned(),
    };
    Ok(arrival(ticket, id).into_iter().chain([transferred]).collect())
}

/// A ticket of several matters goes on with the next: here if the window
/// serves it, else in its lane with the place it has.
fn finish(hall: &Hall, id: WindowId, ticket: &Ticket, outcome: Outcome) -> Vec<Event> {
    let finished = match ticket.more.first() {
        None => Event::TicketFinished { ticket: ticket.id, window: id, outcome },
        Some(next) => {
            let serves = hall.rules().windows.get(&id);
            let stays = serves
                .is_some_and(|it| it.lanes.contains(&next.lane) || it.helps.contains(&next.lane));
            Event::MatterFinished { ticket: ticket.id, window: id, outcome, stays }
        }
    };
    arrival(ticket, id).into_iter().chain([finished]).collect()
}

/// Whoever is dealt with at a window has come to it.
fn arrival(ticket: &Ticket, window: WindowId) -> Option<Event> {
    let called = ticket.state == TicketState::Called;
    called.then_some(Event::TicketArrived { ticket: ticket.id, window })
}

/// The window is open.
fn serving(window: &Window) -> Result<(), Rejection> {
    match window.status {
        WindowStatus::Open { .. } => Ok(()),
        WindowStatus::Closed | WindowStatus::Paused { .. } => Err(Rejection::WindowNotOpen),
    }
}

/// The window has no visitor.
fn idle(hall: &Hall, window: &Window) -> Result<(), Rejection> {
    match window.ticket.and_then(|id| hall.ticket(id)) {
        Some(ticket) => Err(Rejection::WindowBusy(ticket.number.clone())),
        None => Ok(()),
    }
}

/// The window's visitor, if it is the one that was meant.
fn present<'a>(
    hall: &'a Hall,
    window: &Window,
    meant: Option<TicketId>,
) -> Result<&'a Ticket, Rejection> {
    let ticket = window.ticket.and_then(|id| hall.ticket(id)).ok_or(Rejection::WindowIdle)?;
    if meant.is_some_and(|meant| meant != ticket.id) {
        return Err(Rejection::OtherTicket(ticket.number.clone()));
    }
    Ok(ticket)
}

fn not_arrived(ticket: &Ticket) -> Result<&Ticket, Rejection> {
    match ticket.state {
        TicketState::Called => Ok(ticket),
        _ => Err(Rejection::AlreadyArrived(ticket.number.clone())),
    }
}
