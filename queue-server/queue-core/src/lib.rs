//! The hall as a pure state machine: commands in, events out.
//!
//! No I/O, no clock, no randomness. Reading order: `ids` (the names of
//! things).

#![forbid(unsafe_code)]

mod ids;

pub use ids::{
    BadId, Class, CommandId, LaneId, Outcome, PrintOutcome, Source, StaffId, TicketId,
    TicketNumber, TicketState, WindowId,
};
