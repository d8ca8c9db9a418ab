//! The hall as a pure state machine: commands in, events out.
//!
//! No I/O, no clock, no randomness. Reading order: `ids` (the names of
//! things), `command` and `event` (what may be asked, what happened),
//! `decide` (from the one to the other, or a `rejection`), `hall` (the
//! state and how an event changes it), `discipline` (who is next),
//! `estimate` (how long), `rules` (what the hall is made of).

#![forbid(unsafe_code)]

mod command;
mod decide;
mod discipline;
mod estimate;
mod event;
mod hall;
mod ids;
mod rejection;
mod rules;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use command::{Command, TicketRequest, WindowAct};
pub use decide::decide;
pub use discipline::{next, waiting_for};
pub use estimate::{Estimate, estimate};
pub use event::{CallReason, Entry, Event, VoidReason};
pub use hall::{Call, Hall, Ticket, Window, WindowStatus};
pub use ids::{
    BadId, Class, CommandId, LaneId, Outcome, PrintOutcome, Source, StaffId, TicketId,
    TicketNumber, TicketState, WindowId,
};
pub use rejection::Rejection;
pub use rules::{LaneRules, Rules, WindowRules};

/// Answers to a matter's questions: question id → chosen option ids.
pub type Answers = BTreeMap<String, Vec<String>>;
