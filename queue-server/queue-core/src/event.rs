//! What happened. Events are the only lasting format: a kind or a field
//! that was ever written is read by every later version.

mod archived;
mod lease;
mod rating;
mod reason;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Answers;
use crate::appointment::{Appointment, AppointmentId};
use crate::estimate::Estimate;
use crate::holder::Holder;
use crate::ids::{
    Class, LaneId, Outcome, PrintOutcome, PriorityReason, Source, StaffId, TicketId, TicketNumber,
    WindowId,
};
use crate::manage::{Notice, NoticeId, StandIn, StandInId};

pub use archived::Archived;
pub use lease::{Block, Lease, Offline};
pub use rating::Rating;
pub use reason::{CallReason, VoidReason};

/// An event with its place in the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// 1 and up, without a gap.
    pub seq: u64,
    /// When; never before the entry ahead of it.
    pub at: Timestamp,
    /// What.
    pub event: Event,
}

/// One fact, in the past tense.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// Numbers count from 1 again.
    DayOpened {
        /// The hall's own date.
        day: Date,
    },
    /// The day's numbers are over.
    DayClosed {
        /// The hall's own date.
        day: Date,
    },
    /// A visitor has a number.
    TicketIssued(Issued),
    /// What became of a ticket's paper.
    TicketPrinted {
        /// Whose.
        ticket: TicketId,
        /// What.
        print: PrintOutcome,
    },
    /// A ticket will not be served.
    TicketVoided {
        /// Which.
        ticket: TicketId,
        /// Why.
        reason: VoidReason,
    },
    /// A clerk sat down, or came back.
    WindowOpened {
        /// Where.
        window: WindowId,
        /// Who.
        staff: StaffId,
    },
    /// A clerk left for a while.
    WindowPaused {
        /// Where.
        window: WindowId,
        /// What the sign says.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
        /// For how long at most, in minutes, if that was known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        minutes: Option<u32>,
    },
    /// A window's day ended.
    WindowClosed {
        /// Where.
        window: WindowId,
    },
    /// A visitor was called for the first time.
    TicketCalled {
        /// Who.
        ticket: TicketId,
        /// Where to.
        window: WindowId,
        /// Why this one and not another.
        reason: CallReason,
        /// Whether the window helps out in a lane that is not its own.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        helping: bool,
    },
    /// The same call once more.
    TicketRecalled {
        /// Who.
        ticket: TicketId,
        /// Where to.
        window: WindowId,
    },
    /// The visitor is at the window.
    TicketArrived {
        /// Who.
        ticket: TicketId,
        /// Where.
        window: WindowId,
    },
    /// The service is over.
    TicketFinished {
        /// Who.
        ticket: TicketId,
        /// Where.
        window: WindowId,
        /// How it ended.
        outcome: Outcome,
    },
    /// The visitor did not come.
    TicketNoShow {
        /// Who.
        ticket: TicketId,
        /// Where they were awaited.
        window: WindowId,
    },
    /// A visitor who did not come is back in the line (过号重排).
    TicketReinstated {
        /// Who.
        ticket: TicketId,
        /// Since when they count as waiting: the place they got.
        waits_from: Timestamp,
    },
    /// The window set the visitor aside and is free (挂起).
    TicketParked {
        /// Who.
        ticket: TicketId,
        /// Where.
        window: WindowId,
    },
    /// The visitor who was set aside is served on.
    TicketResumed {
        /// Who.
        ticket: TicketId,
        /// Where.
        window: WindowId,
    },
    /// The visitor waits elsewhere, with the time they came (转移).
    TicketTransferred {
        /// Who.
        ticket: TicketId,
        /// The window that sent them on; none if no window had them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        window: Option<WindowId>,
        /// Where to.
        to: Line,
        /// What the next window should know.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// One of several matters on a ticket is done, and the next begins.
    MatterFinished {
        /// Whose.
        ticket: TicketId,
        /// Where.
        window: WindowId,
        /// How it ended.
        outcome: Outcome,
        /// Whether the visitor stays at this window for the next.
        stays: bool,
    },
    /// A visitor may come back without queueing (二次优先卡).
    PassGiven {
        /// The ticket it was given on.
        ticket: TicketId,
        /// The pass.
        pass: Pass,
    },
    /// Somebody said what they think of a service (好差评).
    ServiceRated(Rating),
    /// A kiosk has numbers to give while it cannot reach the server.
    NumbersLeased(Lease),
    /// Nobody gets these numbers: they may be on papers unknown here.
    NumbersSkipped {
        /// Which.
        blocks: Vec<Block>,
        /// So many ids of tickets are not used either.
        tickets: u64,
        /// Nor so many of appointments.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        appointments: Option<u64>,
    },
    /// A kiosk told of a number that it gave on a day that is over.
    NumberToldLate {
        /// The day of the number.
        day: Date,
        /// The number.
        number: TicketNumber,
        /// When it was given, by the kiosk's clock.
        issued_at: Timestamp,
    },
    /// Somebody has a place in a slot to come (预约).
    AppointmentMade {
        /// The appointment.
        appointment: Appointment,
    },
    /// It was given up in time.
    AppointmentCancelled {
        /// Which.
        appointment: AppointmentId,
    },
    /// Its day is over and nobody checked in (爽约).
    AppointmentMissed {
        /// Which.
        appointment: AppointmentId,
    },
    /// A file of appointments was read, all of it.
    AppointmentsImported {
        /// SHA-256 of the file in hex.
        file: String,
        /// Appointments made of it just before.
        made: u32,
        /// Lines whose reference had been booked already.
        known: u32,
    },
    /// Older days were moved to an archive.
    RecordArchived(Archived),
    /// The day that was closed goes on: it was closed too early.
    DayReopened {
        /// The hall's own date.
        day: Date,
    },
    /// No more numbers of these lanes are given today, until they are
    /// again.
    NumbersStopped {
        /// Which.
        lanes: Vec<LaneId>,
    },
    /// Numbers of these lanes are given again.
    NumbersResumed {
        /// Which.
        lanes: Vec<LaneId>,
    },
    /// A window serves other lanes than the profile says, today.
    WindowAssigned {
        /// Which.
        window: WindowId,
        /// Its own lanes.
        lanes: Vec<LaneId>,
        /// Those it helps when idle.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        helps: Vec<LaneId>,
    },
    /// Boards show a line of the manager's.
    NoticePosted {
        /// The line.
        notice: Notice,
    },
    /// They do not any more.
    NoticeRemoved {
        /// Which.
        notice: NoticeId,
    },
    /// Somebody sits at another's window for some days (rule article 25).
    StandInFiled {
        /// Who, where and when.
        stand_in: StandIn,
    },
    /// They do not.
    StandInWithdrawn {
        /// Which filing.
        stand_in: StandInId,
    },
}

/// A number that was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// The ticket.
    pub ticket: TicketId,
    /// What is printed on it.
    pub number: TicketNumber,
    /// Where it waits.
    pub lane: LaneId,
    /// How it queues.
    pub class: Class,
    /// What for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matter: Option<String>,
    /// The situation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<Answers>,
    /// Where it was asked for.
    pub source: Source,
    /// The secret of its QR.
    pub token: String,
    /// What else is done on this ticket, in turn.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub more: Vec<Errand>,
    /// Why it goes first, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<PriorityReason>,
    /// Who let it through the green channel, if anybody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grant: Option<Grant>,
    /// Since when it counts as waiting, where that is not the moment it
    /// was issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waits_from: Option<Timestamp>,
    /// The return pass it was given for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pass: Option<String>,
    /// The appointment it was given for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appointment: Option<AppointmentId>,
    /// The wait that was forecast, for comparison with what happens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forecast: Option<Estimate>,
    /// Set where a kiosk gave it by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offline: Option<Offline>,
    /// Whose it is, by a hash that means nothing after the day; only where
    /// the hall allows one live ticket for a matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<Holder>,
}

/// A matter with the lane where it is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Errand {
    /// Where.
    pub lane: LaneId,
    /// What.
    pub matter: String,
    /// The situation, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<Answers>,
}

/// Who let somebody through the green channel, and why (rule article
/// 13: a named grantor, logged).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// Who answers for it.
    pub by: StaffId,
    /// Why, in their words.
    pub reason: String,
}

/// A return pass (二次优先卡): its holder comes back without queueing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pass {
    /// The secret of its QR.
    pub token: String,
    /// Where its holder is served.
    pub lane: LaneId,
    /// What for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matter: Option<String>,
    /// The last day on which it is taken.
    pub until: Date,
}

/// Where a visitor can wait.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// In a lane, for any window that serves it.
    Lane(LaneId),
    /// For one window alone.
    Window(WindowId),
}

impl Event {
    /// The name it bears in the journal.
    pub fn kind(&self) -> &'static str {
        match self {
            Event::DayOpened { .. } => "day_opened",
            Event::DayClosed { .. } => "day_closed",
            Event::TicketIssued(_) => "ticket_issued",
            Event::TicketPrinted { .. } => "ticket_printed",
            Event::TicketVoided { .. } => "ticket_voided",
            Event::WindowOpened { .. } => "window_opened",
            Event::WindowPaused { .. } => "window_paused",
            Event::WindowClosed { .. } => "window_closed",
            Event::TicketCalled { .. } => "ticket_called",
            Event::TicketRecalled { .. } => "ticket_recalled",
            Event::TicketArrived { .. } => "ticket_arrived",
            Event::TicketFinished { .. } => "ticket_finished",
            Event::TicketNoShow { .. } => "ticket_no_show",
            Event::TicketReinstated { .. } => "ticket_reinstated",
            Event::TicketParked { .. } => "ticket_parked",
            Event::TicketResumed { .. } => "ticket_resumed",
            Event::TicketTransferred { .. } => "ticket_transferred",
            Event::MatterFinished { .. } => "matter_finished",
            Event::PassGiven { .. } => "pass_given",
            Event::ServiceRated(_) => "service_rated",
            Event::NumbersLeased(_) => "numbers_leased",
            Event::NumbersSkipped { .. } => "numbers_skipped",
            Event::NumberToldLate { .. } => "number_told_late",
            Event::AppointmentMade { .. } => "appointment_made",
            Event::AppointmentCancelled { .. } => "appointment_cancelled",
            Event::AppointmentMissed { .. } => "appointment_missed",
            Event::AppointmentsImported { .. } => "appointments_imported",
            Event::RecordArchived(_) => "record_archived",
            Event::DayReopened { .. } => "day_reopened",
            Event::NumbersStopped { .. } => "numbers_stopped",
            Event::NumbersResumed { .. } => "numbers_resumed",
            Event::WindowAssigned { .. } => "window_assigned",
            Event::NoticePosted { .. } => "notice_posted",
            Event::NoticeRemoved { .. } => "notice_removed",
            Event::StandInFiled { .. } => "stand_in_filed",
            Event::StandInWithdrawn { .. } => "stand_in_withdrawn",
        }
    }

    /// The ticket it is about, if it is about one.
    pub fn ticket(&self) -> Option<TicketId> {
        match self {
            Event::TicketIssued(issued) => Some(issued.ticket),
            Event::ServiceRated(rating) => Some(rating.ticket),
            Event::TicketPrinted { ticket, .. }
            | Event::TicketVoided { ticket, .. }
            | Event::TicketCalled { ticket, .. }
            | Event::TicketRecalled { ticket, .. }
            | Event::TicketArrived { ticket, .. }
            | Event::TicketFinished { ticket, .. }
            | Event::TicketNoShow { ticket, .. }
            | Event::TicketReinstated { ticket, .. }
            | Event::TicketParked { ticket, .. }
            | Event::TicketResumed { ticket, .. }
            | Event::TicketTransferred { ticket, .. }
            | Event::MatterFinished { ticket, .. }
            | Event::PassGiven { ticket, .. } => Some(*ticket),
            Event::DayOpened { .. }
            | Event::DayClosed { .. }
            | Event::WindowOpened { .. }
            | Event::WindowPaused { .. }
            | Event::WindowClosed { .. }
            | Event::NumbersLeased(_)
            | Event::NumbersSkipped { .. }
            | Event::NumberToldLate { .. }
            | Event::AppointmentMade { .. }
            | Event::AppointmentCancelled { .. }
            | Event::AppointmentMissed { .. }
            | Event::AppointmentsImported { .. }
            | Event::RecordArchived(_)
            | Event::DayReopened { .. }
            | Event::NumbersStopped { .. }
            | Event::NumbersResumed { .. }
            | Event::WindowAssigned { .. }
            | Event::NoticePosted { .. }
            | Event::NoticeRemoved { .. }
            | Event::StandInFiled { .. }
            | Event::StandInWithdrawn { .. } => None,
        }
    }

    /// The appointment it is about, if it is about one.
    pub fn appointment(&self) -> Option<AppointmentId> {
        match self {
            Event::AppointmentMade { appointment } => Some(appointment.id),
            Event::AppointmentCancelled { appointment }
            | Event::AppointmentMissed { appointment } => Some(*appointment),
            Event::TicketIssued(issued) => issued.appointment,
            _ => None,
        }
    }
}
