//! What may be asked of the hall. Imperative; who asked and when is said
//! beside it, not in it.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::Answers;
use crate::appointment::{AppointmentId, Booking, BookingLine};
use crate::event::{Errand, Grant, Line};
use crate::holder::Holder;
use crate::ids::{
    Class, CommandId, LaneId, Outcome, PrintOutcome, PriorityReason, Source, StaffId, TicketId,
    TicketNumber, WindowId,
};
use crate::manage::{NoticeId, StandInId};
use crate::rating::{RatingLevel, RatingReason};

/// One thing asked of the hall.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// A new business day begins; what is left of the old one ends.
    OpenDay {
        /// The hall's own date.
        day: Date,
    },
    /// A visitor wants a number.
    IssueTicket(TicketRequest),
    /// A device tells what became of the paper.
    ReportPrinted {
        /// Whose slip.
        ticket: TicketId,
        /// What became of it.
        print: PrintOutcome,
    },
    /// A waiting visitor leaves, or nobody can have seen the number.
    VoidTicket {
        /// Which.
        ticket: TicketId,
    },
    /// Whoever holds the paper gives it up, before they are served.
    LeaveQueue {
        /// Which.
        ticket: TicketId,
    },
    /// Whoever holds the paper says what they think of a service (好差评).
    RateService {
        /// On which ticket.
        ticket: TicketId,
        /// Which of its services; the first is 1.
        service: u32,
        /// How satisfied.
        level: RatingLevel,
        /// Why; as many of that level as they like.
        reasons: BTreeSet<RatingReason>,
    },
    /// A visitor who did not come is there after all (过号重排).
    Reinstate {
        /// Which.
        ticket: TicketId,
    },
    /// A visitor may come back another day without queueing (二次优先卡).
    GivePass {
        /// The ticket it is given on.
        ticket: TicketId,
        /// 128 random bits made by the shell: the secret of its QR.
        token: String,
        /// The last day on which it is taken.
        until: Date,
    },
    /// A kiosk wants numbers for when it cannot reach the server.
    LeaseNumbers {
        /// The kiosk.
        device: String,
        /// 128 random bits made by the shell: the name of the lease.
        token: String,
        /// The lanes; none of them for all.
        lanes: Vec<LaneId>,
    },
    /// A kiosk tells of a number that it gave by itself.
    TakeIn(OfflineTicket),
    /// The journal may have lost numbers that are on paper: none of today
    /// is given again.
    SkipNumbers,
    /// Somebody wants a place in a slot to come (预约).
    MakeAppointment(Booking),
    /// The same for many, all or none.
    ImportAppointments {
        /// SHA-256 of the file in hex: what was asked for.
        file: String,
        /// What it says.
        lines: Vec<BookingLine>,
    },
    /// An appointment is given up.
    CancelAppointment {
        /// Which.
        appointment: AppointmentId,
    },
    /// Somebody with an appointment is there (签到) and gets a number.
    CheckIn {
        /// Which.
        appointment: AppointmentId,
        /// 128 random bits made by the shell: the secret of the paper's QR.
        token: String,
        /// Where they said so.
        source: Source,
    },
    /// Something the hall's manager does.
    Manage(Manage),
    /// Something done at a window.
    AtWindow {
        /// Which window.
        window: WindowId,
        /// What is done there.
        act: WindowAct,
    },
}

/// What the hall's manager does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Manage {
    /// Ends the day before midnight does.
    CloseDay,
    /// Takes that back on the same day.
    ReopenDay,
    /// No more numbers of these lanes, until they are given again.
    StopNumbers {
        /// Which.
        lanes: Vec<LaneId>,
    },
    /// Numbers of these lanes are given again.
    ResumeNumbers {
        /// Which.
        lanes: Vec<LaneId>,
    },
    /// A window serves other lanes today.
    AssignWindow {
        /// Which.
        window: WindowId,
        /// Its own lanes.
        lanes: Vec<LaneId>,
        /// Those it helps when idle.
        helps: Vec<LaneId>,
    },
    /// Boards show a line.
    PostNotice(NoticeRequest),
    /// They do not any more.
    RemoveNotice {
        /// Which.
        notice: NoticeId,
    },
    /// Somebody sits at another's window for some days.
    FileStandIn(StandInRequest),
    /// They do not.
    WithdrawStandIn {
        /// Which filing.
        stand_in: StandInId,
    },
}

/// A line for the boards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeRequest {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// The zone whose boards show it; none for all.
    pub zone: Option<String>,
    /// From when; at once, where it is not said.
    pub from: Option<Timestamp>,
    /// Until when; none until it is removed.
    pub until: Option<Timestamp>,
}

/// Who sits where instead of whom, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandInRequest {
    /// Where.
    pub window: WindowId,
    /// Who.
    pub staff: StaffId,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

/// What a visitor asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketRequest {
    /// Where to wait.
    pub lane: LaneId,
    /// What for, if known.
    pub matter: Option<String>,
    /// How to queue.
    pub class: Class,
    /// The situation, if known.
    pub answers: Option<Answers>,
    /// Where it was asked for.
    pub source: Source,
    /// 128 random bits made by the shell: the secret of the paper's QR.
    pub token: String,
    /// What else is done on this ticket, in turn.
    pub more: Vec<Errand>,
    /// Why it goes first; only with [`Class::Priority`].
    pub priority: Option<PriorityReason>,
    /// Who lets it through; only with [`Class::Green`], and needed there.
    pub grant: Option<Grant>,
    /// The secret of a return pass that its holder comes back with.
    pub pass: Option<String>,
    /// Whose it is, where the hall asks for it.
    pub holder: Option<Holder>,
}

/// A number that a kiosk gave while it could not reach the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfflineTicket {
    /// The lease it is from.
    pub lease: String,
    /// The day of the lease.
    pub day: Date,
    /// The number on the paper.
    pub number: TicketNumber,
    /// When it was given, as near to this machine's clock as is known.
    pub issued_at: Timestamp,
    /// What the visitor asked for; its `token` is on the paper.
    pub request: TicketRequest,
    /// The command by which the server was asked in vain.
    pub asked_as: CommandId,
    /// The ticket which that command led to all the same.
    pub instead_of: Option<TicketId>,
}

impl TicketRequest {
    /// An ordinary visitor at a kiosk who named a lane and nothing more.
    pub fn at_kiosk(lane: LaneId, token: String) -> TicketRequest {
        TicketRequest {
            lane,
            matter: None,
            class: Class::Ordinary,
            answers: None,
            source: Source::Kiosk,
            token,
            more: Vec::new(),
            priority: None,
            grant: None,
            pass: None,
            holder: None,
        }
    }
}

/// What a clerk does. `ticket`, where given, must be the window's own:
/// a press that comes late then harms nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WindowAct {
    /// Sits down, or comes back from a pause.
    Open {
        /// Who.
        staff: StaffId,
    },
    /// Leaves for a while.
    Pause {
        /// What the sign says.
        reason: Option<String>,
        /// For how long at most, in minutes, if that is known.
        minutes: Option<u32>,
    },
    /// Ends the window's day.
    Close,
    /// Calls whoever is next in the window's lanes.
    CallNext,
    /// Calls the same visitor again.
    Recall {
        /// The press meant this one.
        ticket: Option<TicketId>,
    },
    /// The visitor is at the window.
    Arrive {
        /// The press meant this one.
        ticket: Option<TicketId>,
    },
    /// The service is over. A visitor not yet marked as arrived is taken
    /// to have arrived.
    Finish {
        /// The press meant this one.
        ticket: Option<TicketId>,
        /// How it ended.
        outcome: Outcome,
    },
    /// The visitor did not come.
    NoShow {
        /// The press meant this one.
        ticket: Option<TicketId>,
    },
    /// Calls this very number.
    Call {
        /// Which.
        ticket: TicketId,
        /// Why, in the clerk's words.
        why: String,
    },
    /// Sets the visitor aside (挂起).
    Park {
        /// The press meant this one.
        ticket: Option<TicketId>,
    },
    /// Goes on with a visitor this window set aside.
    Resume {
        /// Which.
        ticket: TicketId,
    },
    /// Sends the visitor on, with the place they came with (转移).
    Transfer {
        /// The press meant this one.
        ticket: Option<TicketId>,
        /// Where to.
        to: Line,
        /// What the next window should know.
        note: Option<String>,
    },
}
