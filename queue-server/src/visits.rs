//! What a report counts: one line for each service of a ticket at a
//! window. Pure: `fold` makes the lines of events, `tally` counts lines,
//! `spread` keeps how times are spread. The journal stores what they say
//! and compares it; no other place knows what a visit is.

mod fold;
mod spread;
mod tally;

use jiff::civil::Date;
use queue_core::{
    Class, Estimate, LaneId, Outcome, PriorityReason, Source, StaffId, TicketId, TicketNumber,
    WindowId,
};
use serde::{Deserialize, Serialize};

pub use fold::Fold;
pub use spread::Spread;
pub(crate) use tally::word;
pub use tally::{Facet, OUTCOMES, Tally, day_tallies, keys};

/// A service of a ticket at a window, from the moment somebody waits for
/// it. A ticket has one, and one more each time it is sent on, put back
/// or goes on to its next matter. Times are seconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The business day of the number.
    pub day: Date,
    /// The ticket.
    pub ticket: TicketId,
    /// Which service of the ticket, from 1.
    pub nth: u32,
    /// What is printed on it.
    pub number: TicketNumber,
    /// Where it waited for this service.
    pub lane: LaneId,
    /// How it queued.
    pub class: Class,
    /// Why it went first, if it did.
    pub priority: Option<PriorityReason>,
    /// What for.
    pub matter: Option<String>,
    /// Where the number was asked for.
    pub source: Source,
    /// When the number was given.
    pub issued: i64,
    /// Since when this service was waited for. Who came before the time
    /// of an appointment waits from that time on.
    pub since: i64,
    /// First call.
    pub called: Option<i64>,
    /// Calls, recalls among them.
    pub calls: u32,
    /// When the visitor was at the window.
    pub arrived: Option<i64>,
    /// Since when the visitor is set aside.
    pub parked: Option<i64>,
    /// How long they were set aside before.
    pub parked_s: i64,
    /// When it ended.
    pub finished: Option<i64>,
    /// The window that called.
    pub window: Option<WindowId>,
    /// Who sat there.
    pub clerk: Option<StaffId>,
    /// How a finished service ended.
    pub outcome: Option<Outcome>,
    /// How it ended at all; none while it goes on.
    pub ended: Option<Ended>,
    /// The wait that was forecast with the number.
    pub forecast: Option<Estimate>,
}

/// How a visit ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ended {
    /// Served; the outcome is known.
    Finished,
    /// Sent to another window or lane, where the next visit begins.
    SentOn,
    /// Called and did not come.
    NoShow,
    /// Given up by the visitor or the desk.
    Cancelled,
    /// The day ended first.
    LeftOver,
    /// The visitor had left before the number could be seen.
    Unseen,
    /// The kiosk gave another number instead.
    Replaced,
}

impl Visit {
    /// From the beginning of the wait to the first call.
    pub fn wait_s(&self) -> Option<i64> {
        Some((self.called? - self.since).max(0))
    }

    /// How long it took at the window, without the time set aside; none
    /// unless it was served to an end.
    pub fn service_s(&self) -> Option<i64> {
        let served = matches!(self.ended, Some(Ended::Finished | Ended::SentOn));
        let (arrived, finished) = (self.arrived?, self.finished?);
        served.then_some((finished - arrived - self.parked_s).max(0))
    }
}

#[cfg(test)]
mod tests;
