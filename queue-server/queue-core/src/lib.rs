//! The hall as a pure state machine: commands in, events out.
//!
//! No I/O, no clock, no randomness. Reading order: `ids` (the names of
//! things), `command` and `event` (what may be asked, what happened),
//! `decide` (from the one to the other, or a `rejection`), `hall` (the
//! state and how an event changes it), `queue` (one line), `discipline`
//! (who is next), `hours` (when numbers are given), `appointment`
//! (places in slots to come), `estimate` (how
//! long), `rating` (what visitors think), `tide` (advice), `manage` (what the manager posts and files),
//! `rules` (what the hall is made of).

#![forbid(unsafe_code)]

mod appointment;
mod command;
mod decide;
mod discipline;
mod estimate;
mod event;
mod hall;
mod holder;
mod hours;
mod ids;
mod manage;
mod queue;
mod rating;
mod rejection;
mod rules;
#[cfg(test)]
mod tests;
mod tide;

use std::collections::BTreeMap;

pub use appointment::{
    Appointment, AppointmentCode, AppointmentId, AppointmentRules, AppointmentState, Booking,
    BookingLine, HeldAppointment, Slot, bookable_days, next_free, slots,
};
pub use command::{
    Command, Manage, NoticeRequest, OfflineTicket, StandInRequest, TicketRequest, WindowAct,
};
pub use decide::decide;
pub use discipline::{Before, Choice, ahead, before, next, waiting_for};
pub use estimate::{Accuracy, Estimate, accuracy, estimate, estimate_ticket};
pub use event::{
    Archived, Block, CallReason, Entry, Errand, Event, Grant, Issued, Lease, Line, Offline, Pass,
    Rating, VoidReason,
};
pub use hall::{Call, Hall, HeldPass, Morning, Ticket, Window, WindowStatus};
pub use holder::Holder;
pub use hours::{gives_numbers, number_hours, numbers_left};
pub use ids::{
    BadId, Class, CommandId, LaneId, Outcome, PrintOutcome, PriorityReason, Source, StaffId,
    TicketId, TicketNumber, TicketState, WindowId,
};
pub use manage::{Notice, NoticeId, StandIn, StandInId};
pub use rating::{
    NoSuchRating, RatingLevel, RatingReason, RatingRules, Served, Service, rated_until,
};
pub use rejection::Rejection;
pub use rules::{
    Discipline, LaneRules, LastTicket, LeftOver, NoShowRules, OfflineRules, Rates, ReinstateRules,
    Rules, SpanRules, WindowRules,
};
pub use tide::{Advice, advice};

/// Answers to a matter's questions: question id → chosen option ids.
pub type Answers = BTreeMap<String, Vec<String>>;
