//! What the hall remembers of a ticket, a window, a call and a pass.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Answers;
use crate::appointment::AppointmentId;
use crate::estimate::Estimate;
use crate::event::{Errand, Grant, Line, Pass};
use crate::holder::Holder;
use crate::ids::{
    Class, LaneId, Outcome, PrintOutcome, PriorityReason, Source, StaffId, TicketId, TicketNumber,
    TicketState, WindowId,
};
use crate::queue::Place;

/// A ticket and its history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// Unique over the life of the journal.
    pub id: TicketId,
    /// Unique in its business day.
    pub number: TicketNumber,
    /// Where it waits, or waited last.
    pub lane: LaneId,
    /// The one window it waits for, after it was sent there.
    pub for_window: Option<WindowId>,
    /// How it queues.
    pub class: Class,
    /// Why it goes first, if it does.
    pub priority: Option<PriorityReason>,
    /// Who let it through the green channel, if anybody did.
    pub grant: Option<Grant>,
    /// What for.
    pub matter: Option<String>,
    /// What else is done on it, in turn.
    pub more: Vec<Errand>,
    /// The situation.
    pub answers: Option<Answers>,
    /// Where it was asked for.
    pub source: Source,
    /// The secret of its QR.
    pub token: String,
    /// The day of its number.
    pub day: Date,
    /// Where it is in its life.
    pub state: TicketState,
    /// When its number was committed.
    pub issued_at: Timestamp,
    /// Since when it counts as waiting.
    pub waits_from: Timestamp,
    /// The window that called it, and whose it is unless it waits.
    pub window: Option<WindowId>,
    /// Whoever served it first answers for it (首问负责).
    pub first_window: Option<WindowId>,
    /// What the window before wrote for the next.
    pub note: Option<String>,
    /// Calls since it last waited, recalls among them.
    pub calls: u32,
    /// The first of them.
    pub first_called_at: Option<Timestamp>,
    /// Latest call.
    pub called_at: Option<Timestamp>,
    /// When the visitor was at the window.
    pub arrived_at: Option<Timestamp>,
    /// When the service was over, or the ticket with it.
    pub finished_at: Option<Timestamp>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// Whether it was put back after a no-show; that is done once.
    pub reinstated: bool,
    /// What became of the paper, once reported.
    pub print: Option<PrintOutcome>,
    /// The appointment it was given for.
    pub appointment: Option<AppointmentId>,
    /// The wait that was forecast when it was issued.
    pub forecast: Option<Estimate>,
    /// Whose it is, where the hall asks for it.
    pub holder: Option<Holder>,
    /// Sequence of the event that put it into its line.
    pub(crate) order: u64,
    /// See [`Place::share`].
    pub(crate) share: u32,
}

impl Ticket {
    /// Somebody may still be served on it.
    pub fn is_live(&self) -> bool {
        use TicketState::{Called, Parked, Serving, Waiting};
        matches!(self.state, Waiting | Called | Serving | Parked)
    }

    /// Where it waits, if it waits.
    pub fn line(&self) -> Line {
        self.for_window.map_or_else(|| Line::Lane(self.lane.clone()), Line::Window)
    }

    pub(crate) fn place(&self) -> Place {
        Place { from: self.waits_from, order: self.order, ticket: self.id, share: self.share }
    }
}

/// A window now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// Whether it serves.
    pub status: WindowStatus,
    /// Whom it called and has not let go.
    pub ticket: Option<TicketId>,
    /// Whom it set aside, longest first.
    pub parked: Vec<TicketId>,
    /// Services finished here today.
    pub served: u32,
    /// How they ended, those of several matters one by one.
    pub outcomes: BTreeMap<Outcome, u32>,
    /// Milliseconds spent with visitors today; what was set aside does
    /// not count while it was.
    pub serving_ms: i64,
    /// Since when a visitor is being served, if one is.
    pub serving_since: Option<Timestamp>,
    /// Visitors of other classes than ordinary, called in a row.
    pub preferred_in_a_row: u32,
}

impl Window {
    /// What a service takes here on average, if one has ended.
    pub fn service_ms_mean(&self) -> Option<i64> {
        let served = i64::from(self.served);
        (served > 0).then(|| self.serving_ms / served)
    }

    /// The time with a visitor is over, if there was one.
    pub(super) fn serves_nobody(&mut self, at: Timestamp) {
        if let Some(since) = self.serving_since.take() {
            self.serving_ms += at.as_millisecond() - since.as_millisecond();
        }
    }
}

/// A window that nothing has happened at.
pub(super) static UNTOUCHED: Window = Window {
    status: WindowStatus::Closed,
    ticket: None,
    parked: Vec::new(),
    served: 0,
    outcomes: BTreeMap::new(),
    serving_ms: 0,
    serving_since: None,
    preferred_in_a_row: 0,
};

/// Whether a window serves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum WindowStatus {
    /// Nobody sits there.
    #[default]
    Closed,
    /// Serving.
    Open {
        /// Who.
        staff: StaffId,
    },
    /// Away for a while.
    Paused {
        /// Who will be back.
        staff: StaffId,
        /// What the sign says.
        reason: Option<String>,
        /// When they mean to be back, if they said so.
        until: Option<Timestamp>,
    },
}

/// A call as boards know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Sequence of the call or of its latest recall.
    pub seq: u64,
    /// Who.
    pub ticket: TicketId,
    /// Where to.
    pub window: WindowId,
    /// When.
    pub at: Timestamp,
}

/// A return pass that was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeldPass {
    /// The ticket it was given on, of whatever day.
    pub ticket: TicketId,
    /// The pass.
    pub pass: Pass,
    /// Whether its holder came back with it.
    pub used: bool,
    /// The ticket of today that they came back for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub became: Option<TicketId>,
}
