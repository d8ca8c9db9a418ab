//! What a command leads to: events, or a rejection in words. Nothing is
//! changed here; `Hall::apply` does that.

mod appoint;
mod issue;
mod manage;
mod offline;
mod reinstate;
mod window;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use crate::command::Command;
use crate::event::{Event, Pass, VoidReason};
use crate::hall::{Hall, Ticket, WindowStatus};
use crate::ids::{PrintOutcome, TicketId, TicketState};
use crate::rating;
use crate::rejection::Rejection;
use crate::rules::LeftOver;

/// The events that `command` leads to in this hall at `now`, at least
/// one; the last of them is the one that was asked for.
pub fn decide(hall: &Hall, command: &Command, now: Timestamp) -> Result<Vec<Event>, Rejection> {
    match command {
        Command::OpenDay { day } => open_day(hall, *day),
        Command::IssueTicket(request) => issue::issue(hall, request, now),
        Command::ReportPrinted { ticket, print } => printed(hall, *ticket, print),
        Command::VoidTicket { ticket } => void(hall, *ticket),
        Command::LeaveQueue { ticket } => leave(hall, *ticket),
        Command::RateService { ticket, service, level, reasons } => {
            rating::rate(hall, *ticket, *service, *level, reasons)
        }
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
        Command::Manage(act) => manage::manage(hall, act, now),
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
        events.extend(end_of_day(hall, day));
        events.push(Event::DayClosed { day: old });
    }
    events.splice(0..0, appoint::missed_before(hall, day));
    events.push(Event::DayOpened { day });
    Ok(events)
}

/// Everybody still in the hall's books leaves them, then the windows.
/// Whoever waited in vain comes back without queueing, if the hall says
/// so: from `next` on, with the paper that they have.
fn end_of_day(hall: &Hall, next: Date) -> Vec<Event> {
    let left = hall.tickets().filter(|it| it.is_live()).flat_map(|it| {
        let voided = Event::TicketVoided { ticket: it.id, reason: VoidReason::DayEnded };
        pass_for_nothing(hall, it, next).into_iter().chain([voided])
    });
    let windows = hall.windows().filter(|(_, it)| it.status != WindowStatus::Closed);
    let closed = windows.map(|(id, _)| Event::WindowClosed { window: id });
    left.chain(closed).collect()
}

/// The secret of the paper becomes that of the pass: nobody has to print
/// anything for people who have gone home.
fn pass_for_nothing(hall: &Hall, ticket: &Ticket, next: Date) -> Option<Event> {
    let LeftOver::ReturnPass { days } = hall.rules().left_over else { return None };
    let token = &ticket.token;
    let has_one = hall.pass_on(ticket.id).is_some() || hall.pass(token).is_some();
    let until = open_days(hall, next).nth(days.checked_sub(1)? as usize)?;
    (!has_one).then(|| Event::PassGiven { ticket: ticket.id, pass: pass_of(ticket, token, until) })
}

/// The days on which the hall is open, from this one on.
fn open_days(hall: &Hall, from: Date) -> impl Iterator<Item = Date> {
    from.series(1.day()).filter(|it| !hall.rules().closed_days.contains(it))
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

/// Whoever stands at the window already tells the clerk instead.
fn leave(hall: &Hall, id: TicketId) -> Result<Vec<Event>, Rejection> {
    let ticket = known(hall, id)?;
    match ticket.state {
        TicketState::Waiting | TicketState::Called => {
            Ok(vec![Event::TicketVoided { ticket: id, reason: VoidReason::Left }])
        }
        TicketState::Serving | TicketState::Parked => {
            Err(Rejection::AlreadyArrived(ticket.number.clone()))
        }
        TicketState::Finished | TicketState::NoShow | TicketState::Void => {
            Err(Rejection::NotWaiting(ticket.number.clone()))
        }
    }
}

fn give_pass(hall: &Hall, id: TicketId, token: &str, until: Date) -> Result<Vec<Event>, Rejection> {
    let ticket = known(hall, id)?;
    if hall.pass_on(id).is_some() {
        return Err(Rejection::PassGivenBefore(ticket.number.clone()));
    }
    if hall.pass(token).is_some() || hall.day().is_none_or(|today| until < today) {
        return Err(Rejection::PassInvalid);
    }
    Ok(vec![Event::PassGiven { ticket: id, pass: pass_of(ticket, token, until) }])
}

/// A pass is for what the ticket was for.
fn pass_of(ticket: &Ticket, token: &str, until: Date) -> Pass {
    let (lane, matter) = (ticket.lane.clone(), ticket.matter.clone());
    Pass { token: token.to_owned(), lane, matter, until }
}
