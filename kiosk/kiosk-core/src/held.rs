//! What a visitor has in the hand: a ticket's number or slip, or a return
//! pass, and what the server says of it.

use jiff::Timestamp;
use jiff::civil::DateTime;
use queue_api::{Bilingual, CommandId, PassView, Problem, ProblemCode, Ticket, TicketNumber};
use slip::ReportKind;

/// Something shown or typed, and how far it is.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    /// Sent again as it is.
    pub(crate) asked: Wanted,
    /// The paper itself was shown: what it says may be said.
    pub(crate) shown: bool,
    /// Slips printed of it in this visit.
    pub(crate) n_slips: u8,
    /// It was asked for to report on it.
    pub(crate) report: Option<ReportKind>,
    pub(crate) progress: Progress,
}

/// What the server is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// The ticket with this number.
    Number(CommandId, TicketNumber),
    /// The ticket whose paper has this secret.
    Ticket(CommandId, String),
    /// The return pass with this secret.
    Pass(CommandId, String),
    /// To put this one back into the line.
    Rejoin(CommandId, Box<Ticket>),
    /// Nothing: a code that means nothing here.
    Nothing,
}

impl Wanted {
    pub(crate) fn command_id(&self) -> Option<&CommandId> {
        match self {
            Wanted::Number(id, _)
            | Wanted::Ticket(id, _)
            | Wanted::Pass(id, _)
            | Wanted::Rejoin(id, _) => Some(id),
            Wanted::Nothing => None,
        }
    }
}

/// How far it is.
#[derive(Clone, Debug)]
pub(crate) enum Progress {
    /// The server is being asked.
    Asking { since: Timestamp },
    /// It has not answered for long; a late answer still counts.
    Away,
    /// A ticket of today; `rejoined` if it was put back just now.
    Ticket { ticket: Box<Ticket>, rejoined: bool },
    /// A return pass that is good today.
    Pass(Box<PassView>),
    /// It leads nowhere.
    Sorry(Sorry),
}

/// Why something leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Sorry {
    /// A number or slip that is none of today's.
    Ticket,
    /// A code that nobody booked.
    Appointment,
    /// One cannot check in yet, but from then on.
    Early(Option<DateTime>),
    /// Too late for the appointment.
    Missed,
    /// Given up, or over.
    NotAwaited,
    /// Wrong codes too often.
    TooManyTries,
    /// No numbers now.
    Closed,
    /// A pass that is used, or too old.
    Pass,
    /// Passed over too long ago.
    RejoinLate,
    /// Put back before.
    RejoinedBefore,
    /// It can be called any moment, or was.
    NotPassedOver,
    /// A one-time notice: papers, not a place in a line.
    Notice,
    /// A code of somebody else.
    Unreadable,
    /// The server cannot be reached.
    Away,
    /// Something else, in the server's words.
    Other(Bilingual),
}

impl Sorry {
    /// What a refusal means to whoever stands there.
    pub(crate) fn of(problem: &Problem) -> Sorry {
        match problem.code {
            ProblemCode::UnknownTicket => Sorry::Ticket,
            ProblemCode::UnknownAppointment => Sorry::Appointment,
            ProblemCode::CheckInEarly => Sorry::Early(problem.from),
            ProblemCode::AppointmentMissed => Sorry::Missed,
            ProblemCode::NotBooked => Sorry::NotAwaited,
            ProblemCode::TooManyTries => Sorry::TooManyTries,
            ProblemCode::DayClosed | ProblemCode::LaneClosed | ProblemCode::NumbersStopped => {
                Sorry::Closed
            }
            ProblemCode::PassInvalid => Sorry::Pass,
            ProblemCode::TooLate => Sorry::RejoinLate,
            ProblemCode::ReinstatedBefore => Sorry::RejoinedBefore,
            ProblemCode::NotNoShow => Sorry::NotPassedOver,
            _ => Sorry::Other(problem.titles.clone()),
        }
    }
}
