//! What a command leads to: events, or a rejection in words. Nothing is
//! changed here; `Hall::apply` does that.

use jiff::civil::Date;

use crate::command::{Command, TicketRequest, WindowAct};
use crate::discipline;
use crate::event::{Event, VoidReason};
use crate::hall::{Hall, Ticket, Window, WindowStatus};
use crate::ids::{PrintOutcome, StaffId, TicketId, TicketNumber, TicketState, WindowId};
use crate::rejection::Rejection;

/// The events that `command` leads to in this hall, at least one.
pub fn decide(hall: &Hall, command: &Command) -> Result<Vec<Event>, Rejection> {
    match command {
        Command::OpenDay { day } => open_day(hall, *day),
        Command::IssueTicket(request) => issue(hall, request),
        Command::ReportPrinted { ticket, print } => printed(hall, *ticket, print),
        Command::VoidTicket { ticket } => void(hall, *ticket),
        Command::AtWindow { window, act } => at_window(hall, *window, act),
    }
}

fn open_day(hall: &Hall, day: Date) -> Result<Vec<Event>, Rejection> {
    // A clock that was set back must not reopen a day whose numbers are
    // already on paper.
    if hall.latest_day().is_some_and(|latest| day <= latest) {
        return Err(Rejection::DayAlreadyOpen);
    }
    let mut events = Vec::new();
    if let Some(old) = hall.day() {
        events.extend(end_of_day(hall));
        events.push(Event::DayClosed { day: old });
    }
    events.push(Event::DayOpened { day });
    Ok(events)
}

/// Everybody still in the hall's books leaves them, then the windows.
fn end_of_day(hall: &Hall) -> Vec<Event> {
    let left = hall.tickets().filter(|it| it.is_live());
    let voided = left.map(|it| Event::TicketVoided { ticket: it.id, reason: VoidReason::DayEnded });
    let windows = hall.windows().filter(|(_, it)| it.status != WindowStatus::Closed);
    let closed = windows.map(|(id, _)| Event::WindowClosed { window: id });
    voided.chain(closed).collect()
}

fn issue(hall: &Hall, request: &TicketRequest) -> Result<Vec<Event>, Rejection> {
    if hall.day().is_none() {
        return Err(Rejection::DayNotOpen);
    }
    if !hall.rules().lanes.contains_key(&request.lane) {
        return Err(Rejection::UnknownLane(request.lane.clone()));
    }
    let count = hall.issued_in(&request.lane) + 1;
    Ok(vec![Event::TicketIssued {
        ticket: hall.next_ticket(),
        number: TicketNumber { lane: request.lane.clone(), count },
        lane: request.lane.clone(),
        class: request.class,
        matter: request.matter.clone(),
        answers: request.answers.clone(),
        source: request.source,
        token: request.token.clone(),
    }])
}

fn printed(hall: &Hall, ticket: TicketId, print: &PrintOutcome) -> Result<Vec<Event>, Rejection> {
    let ticket = hall.ticket(ticket).ok_or(Rejection::UnknownTicket(ticket))?.id;
    Ok(vec![Event::TicketPrinted { ticket, print: print.clone() }])
}

fn void(hall: &Hall, ticket: TicketId) -> Result<Vec<Event>, Rejection> {
    let ticket = hall.ticket(ticket).ok_or(Rejection::UnknownTicket(ticket))?;
    if ticket.state != TicketState::Waiting {
        return Err(Rejection::NotWaiting(ticket.number.clone()));
    }
    Ok(vec![Event::TicketVoided { ticket: ticket.id, reason: VoidReason::Cancelled }])
}

fn at_window(hall: &Hall, id: WindowId, act: &WindowAct) -> Result<Vec<Event>, Rejection> {
    if !hall.rules().windows.contains_key(&id) {
        return Err(Rejection::UnknownWindow(id));
    }
    if hall.day().is_none() {
        return Err(Rejection::DayNotOpen);
    }
    let window = hall.window(id);
    match act {
        WindowAct::Open { staff } => open(id, window, staff),
        WindowAct::Pause { reason } => pause(hall, id, window, reason.as_ref()),
        WindowAct::Close => close(hall, id, window),
        WindowAct::CallNext => call_next(hall, id, window),
        WindowAct::Recall { ticket } => {
            let ticket = not_arrived(present(hall, window, *ticket)?)?;
            Ok(vec![Event::TicketRecalled { ticket, window: id }])
        }
        WindowAct::Arrive { ticket } => {
            let ticket = not_arrived(present(hall, window, *ticket)?)?;
            Ok(vec![Event::TicketArrived { ticket, window: id }])
        }
        WindowAct::NoShow { ticket } => {
            let ticket = not_arrived(present(hall, window, *ticket)?)?;
            Ok(vec![Event::TicketNoShow { ticket, window: id }])
        }
        WindowAct::Finish { ticket, outcome } => {
            let ticket = present(hall, window, *ticket)?;
            let arrived = (ticket.state == TicketState::Called)
                .then_some(Event::TicketArrived { ticket: ticket.id, window: id });
            let finished =
                Event::TicketFinished { ticket: ticket.id, window: id, outcome: *outcome };
            Ok(arrived.into_iter().chain([finished]).collect())
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
) -> Result<Vec<Event>, Rejection> {
    idle(hall, window)?;
    serving(window)?;
    Ok(vec![Event::WindowPaused { window: id, reason: reason.cloned() }])
}

fn close(hall: &Hall, id: WindowId, window: &Window) -> Result<Vec<Event>, Rejection> {
    idle(hall, window)?;
    if window.status == WindowStatus::Closed {
        return Err(Rejection::WindowNotOpen);
    }
    Ok(vec![Event::WindowClosed { window: id }])
}

fn call_next(hall: &Hall, id: WindowId, window: &Window) -> Result<Vec<Event>, Rejection> {
    serving(window)?;
    idle(hall, window)?;
    let (ticket, reason) = discipline::next(hall, id).ok_or(Rejection::NobodyWaiting)?;
    Ok(vec![Event::TicketCalled { ticket, window: id, reason }])
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

fn not_arrived(ticket: &Ticket) -> Result<TicketId, Rejection> {
    match ticket.state {
        TicketState::Called => Ok(ticket.id),
        _ => Err(Rejection::AlreadyArrived(ticket.number.clone())),
    }
}
