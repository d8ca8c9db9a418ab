//! What a command leads to: events, or a rejection in words. Nothing is
//! changed here; `Hall::apply` does that.

mod appoint;
mod issue;
mod offline;
mod reinstate;
mod window;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::command::Command;
use crate::event::{Event, Pass, VoidReason};
use crate::hall::{Hall, Ticket, WindowStatus};
use crate::ids::{PrintOutcome, TicketId, TicketState};
use crate::rejection::Rejection;

/// The events that `command` leads to in this hall at `now`, at least
/// one; the last of them is the one that was asked for.
pub fn decide(hall: &Hall, command: &Command, now: Timestamp) -> Result<Vec<Event>, Rejection> {
    match command {
        Command::OpenDay { day } => open_day(hall, *day),
        Command::IssueTicket(request) => issue::issue(hall, request, now),
        Command::ReportPrinted { ticket, print } => printed(hall, *ticket, print),
        Command::VoidTicket { ticket } => void(hall, *ticket),
        Command::Reinstate { ticket } => reinstate::reinstate(hall, known(hall, *ticket)?, now),
        Command::GivePass { ticket, token, until } => give_pass(hall, *ticket, token, *until),
        Command::LeaseNumbers { device, token, lanes } => {
            offline::lease(hall, device, token, lanes)
        }
        Command::TakeIn(ticket) => offline::take_in(hall, ticket, now),
        Command::SkipNumbers => offline::skip(hall),
        Command::MakeAppointment(booking) => appoint::make(hall, booking, now),
        Command::ImportAppointments { file, lines } => appoint::import(hall, file, lines, now),
        Command::CancelAppointment { appointment } => appoint::cancel(hall, *appointment, now),
        Command::CheckIn { appointment, token, source } => {
            appoint::check_in(hall, *appointment, token, *source, now)
        }
        Command::AtWindow { window, act } => window::at_window(hall, *window, act, now),
    }
}

fn known(hall: &Hall, ticket: TicketId) -> Result<&Ticket, Rejection> {
    hall.ticket(ticket).ok_or(Rejection::UnknownTicket(ticket))
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
    events.splice(0..0, appoint::missed_before(hall, day));
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

/// A number that nobody can have seen is given up with the report.
fn printed(hall: &Hall, id: TicketId, print: &PrintOutcome) -> Result<Vec<Event>, Rejection> {
    let ticket = known(hall, id)?;
    let unseen = ticket.state == TicketState::Waiting && print.is_unseen();
    let void = unseen.then_some(Event::TicketVoided { ticket: id, reason: VoidReason::Unseen });
    let printed = Event::TicketPrinted { ticket: id, print: print.clone() };
    Ok(void.into_iter().chain([printed]).collect())
}

fn void(hall: &Hall, id: TicketId) -> Result<Vec<Event>, Rejection> {
    let ticket = known(hall, id)?;
    if ticket.state != TicketState::Waiting {
        return Err(Rejection::NotWaiting(ticket.number.clone()));
    }
    Ok(vec![Event::TicketVoided { ticket: id, reason: VoidReason::Cancelled }])
}

/// The pass is for what the ticket was for.
fn give_pass(hall: &Hall, id: TicketId, token: &str, until: Date) -> Result<Vec<Event>, Rejection> {
    let ticket = known(hall, id)?;
    if hall.pass_on(id).is_some() {
        return Err(Rejection::PassGivenBefore(ticket.number.clone()));
    }
    if hall.pass(token).is_some() || hall.day().is_none_or(|today| until < today) {
        return Err(Rejection::PassInvalid);
    }
    let pass = Pass {
        token: token.to_owned(),
        lane: ticket.lane.clone(),
        matter: ticket.matter.clone(),
        until,
    };
    Ok(vec![Event::PassGiven { ticket: id, pass }])
}
