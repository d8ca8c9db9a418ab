//! What the shell is told to do. Effects are imperative and complete:
//! the shell needs nothing else to carry them out.

use queue_api::{CommandId, DeviceReport, IssueRequest, PrintedReport, TicketId};
use slip::Slip;

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
        ticket: Option<TicketId>,
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
    /// Tell the server how the printer is.
    ReportDevice(DeviceReport),
    /// Fetch the hall's profile. Answered by `HallArrived`.
    FetchHall,
    /// Fetch the catalogue. Answered by `CatalogueArrived` if it changed.
    FetchCatalogue,
}
