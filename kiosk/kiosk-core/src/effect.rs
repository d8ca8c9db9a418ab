//! What the shell is told to do. Effects are imperative and complete:
//! the shell needs nothing else to carry them out.

use queue_api::{
    CommandId, DeviceReport, IssueRequest, LaneId, NumberLease, OfflineTicket, PrintedReport,
    TicketId,
};
use slip::Slip;

use crate::TicketRef;

/// Something the shell must do.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::large_enum_variant,
    reason = "one per press; a box would only burden who reads it"
)]
pub enum Effect {
    /// Ask the server for a number, again and again with the same
    /// command id. Answered by `TicketIssued` or `IssueFailed`.
    Ask(IssueRequest),
    /// Print one slip, once. Answered by `Printed`.
    Print {
        /// Names the job in the store and in the answer.
        job: CommandId,
        /// The ticket on the slip, if there is one.
        ticket: Option<TicketRef>,
        /// What to print.
        slip: Slip,
    },
    /// Tell the server what became of a ticket's paper.
    ReportPrinted {
        /// The ticket.
        ticket: TicketId,
        /// The job, as the store knows it.
        job: CommandId,
        /// What became of it, under an id of its own.
        report: PrintedReport,
    },
    /// Ask the server for numbers to give without it. Answered by
    /// `LeaseArrived`, once they are kept, or not at all.
    Lease {
        /// The lanes; none of them for all.
        lanes: Vec<LaneId>,
    },
    /// Keep a number that the kiosk gives by itself, and what is then
    /// left of its lease, in one step. Answered by `OfflineKept` or
    /// `OfflineNotKept`.
    KeepOffline {
        /// The number.
        ticket: OfflineTicket,
        /// What is left.
        lease: NumberLease,
    },
    /// Tell the server of all numbers kept that it does not know. Answered
    /// by `TakenIn` for each.
    TellOffline,
    /// Tell the server how the printer is.
    ReportDevice(DeviceReport),
    /// Fetch the hall's profile. Answered by `HallArrived`.
    FetchHall,
    /// Fetch the catalogue. Answered by `CatalogueArrived` if it changed.
    FetchCatalogue,
}
