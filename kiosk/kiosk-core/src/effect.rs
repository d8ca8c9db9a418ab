//! What the shell is told to do. Effects are imperative and complete:
//! the shell needs nothing else to carry them out.

use queue_api::{
    CheckInRequest, CommandId, DeviceReport, IssueRequest, LaneId, NumberLease, OfflineTicket,
    PrintedReport, TicketId, TicketNumber,
};
use slip::Slip;

use crate::{Ending, TicketRef};

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
    /// Check somebody in who has an appointment, in the same way.
    CheckIn(CheckInRequest),
    /// Look up a ticket of today by its number. Answered by `TicketFound`
    /// or `LookFailed`.
    FindByNumber {
        /// Of the press.
        command_id: CommandId,
        /// Which.
        number: TicketNumber,
    },
    /// Look up a ticket of today by the secret of its paper. Answered by
    /// `TicketFound` or `LookFailed`.
    FindBySecret {
        /// Of the press.
        command_id: CommandId,
        /// The secret; only characters that an address may have.
        token: String,
    },
    /// Look up a return pass by its secret. Answered by `PassFound` or
    /// `LookFailed`.
    FindPass {
        /// Of the press.
        command_id: CommandId,
        /// The secret; only characters that an address may have.
        token: String,
    },
    /// Put a visitor who was passed over back into the line, again and
    /// again with the same command id. Answered by `TicketFound` or
    /// `LookFailed`.
    Reinstate {
        /// Of the press.
        command_id: CommandId,
        /// Who.
        ticket: TicketId,
    },
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
    /// Read the identity card that somebody puts on the reader. Answered
    /// by `Card`, more than once, until there is a card or `LetCardGo`.
    ReadCard {
        /// Of the press.
        press: CommandId,
    },
    /// Nobody is asked for a card any more.
    LetCardGo,
    /// Fetch the key of today for identity cards. Answered by
    /// `IdentityKeyArrived`.
    FetchIdentityKey,
    /// Its day is over.
    ForgetIdentityKey,
    /// Tell the server how the printer is.
    ReportDevice(DeviceReport),
    /// Fetch the hall's profile. Answered by `HallArrived`.
    FetchHall,
    /// Fetch the catalogue. Answered by `CatalogueArrived` if it changed.
    FetchCatalogue,
    /// Say in the log how the staff panel gets its PIN.
    SayNoPin,
    /// Look at a PIN of the staff panel. Answered by `PinChecked`.
    CheckPin {
        /// What was typed.
        pin: String,
    },
    /// Look how the machine is. Answered by `MachineTold`.
    TellMachine,
    /// Count the paper anew. Answered by `MachineTold`.
    NewRoll,
    /// End the program.
    End(Ending),
}
