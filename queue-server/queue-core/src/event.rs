//! What happened. Events are the only lasting format: a kind or a field
//! that was ever written is read by every later version.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Answers;
use crate::ids::{
    Class, LaneId, Outcome, PrintOutcome, Source, StaffId, TicketId, TicketNumber, WindowId,
};

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
    TicketIssued {
        /// The ticket.
        ticket: TicketId,
        /// What is printed on it.
        number: TicketNumber,
        /// Where it waits.
        lane: LaneId,
        /// How it queues.
        class: Class,
        /// What for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        matter: Option<String>,
        /// The situation.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answers: Option<Answers>,
        /// Where it was asked for.
        source: Source,
        /// The secret of its QR.
        token: String,
    },
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
}

impl Event {
    /// The name it bears in the journal.
    pub fn kind(&self) -> &'static str {
        match self {
            Event::DayOpened { .. } => "day_opened",
            Event::DayClosed { .. } => "day_closed",
            Event::TicketIssued { .. } => "ticket_issued",
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
        }
    }

    /// The ticket it is about, if it is about one.
    pub fn ticket(&self) -> Option<TicketId> {
        match self {
            Event::TicketIssued { ticket, .. }
            | Event::TicketPrinted { ticket, .. }
            | Event::TicketVoided { ticket, .. }
            | Event::TicketCalled { ticket, .. }
            | Event::TicketRecalled { ticket, .. }
            | Event::TicketArrived { ticket, .. }
            | Event::TicketFinished { ticket, .. }
            | Event::TicketNoShow { ticket, .. } => Some(*ticket),
            Event::DayOpened { .. }
            | Event::DayClosed { .. }
            | Event::WindowOpened { .. }
            | Event::WindowPaused { .. }
            | Event::WindowClosed { .. } => None,
        }
    }
}

/// Why a ticket will not be served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VoidReason {
    /// The visitor or the desk gave it up.
    Cancelled,
    /// It was left over when the day ended.
    DayEnded,
}

/// Why this visitor was called: the answer to "why not me".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum CallReason {
    /// Nobody in the window's lanes has waited longer.
    LongestWaiting,
}
