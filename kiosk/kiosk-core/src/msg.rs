//! Everything that may happen to a kiosk: news from the server and the
//! printer, the passing of time, and what the visitor presses.
//!
//! Messages are past tense. Ids are made by the shell and travel in the
//! message of the press, so that the same press is always the same id.

use catalogue::{Catalogue, Shelf};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use queue_api::{
    BoardView, CommandId, HallProfile, LaneId, NumberLease, PassView, PrintOutcome, PrinterState,
    Problem, Ticket, TicketId,
};
use slip::ReportKind;

use crate::{CardHeard, Ending, Machine};

/// Something that happened.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "one at a time, and none is kept")]
pub enum Msg {
    /// The hall's profile came, from the server or from the last run.
    HallArrived {
        /// The profile.
        hall: HallProfile,
        /// Its time zone, looked up by the shell.
        zone: TimeZone,
    },
    /// The catalogue came, from the server or from the last run.
    CatalogueArrived {
        /// All published matters.
        catalogue: Catalogue,
    },
    /// The server sent the whole queue.
    BoardViewArrived {
        /// Who waits where.
        view: BoardView,
    },
    /// The server does not know this kiosk: it shows a code until
    /// somebody has let it in.
    JoinBegan {
        /// What is typed in; none while the server is away.
        code: Option<String>,
        /// What the kiosk calls itself.
        name: String,
    },
    /// The server knows it.
    Joined,
    /// The feed broke off and is being made again.
    ServerLost,
    /// The printer is found to be something else than before.
    PrinterChanged {
        /// What it is now.
        state: PrinterState,
    },
    /// The window has another shape than before.
    ScreenChanged {
        /// Its new shape.
        shape: Shape,
    },
    /// The sound card is there, or not.
    SoundChanged {
        /// Whether anything can be heard.
        ready: bool,
    },
    /// A second or so has passed.
    Tick,
    /// Somebody has set the PIN of the staff panel.
    StaffPinFound,
    /// A PIN was looked at.
    PinChecked {
        /// Whether it is the one.
        right: bool,
    },
    /// The machine says how it is.
    MachineTold {
        /// How.
        machine: Machine,
    },

    /// The server gave a number.
    TicketIssued {
        /// The press it answers.
        command_id: CommandId,
        /// The number, with all that is printed on it.
        ticket: Ticket,
    },
    /// The server gave no number.
    IssueFailed {
        /// The press it answers.
        command_id: CommandId,
        /// Why.
        failure: IssueFailure,
    },
    /// The server knows the ticket that was looked for, or put back.
    TicketFound {
        /// The press it answers.
        command_id: CommandId,
        /// As it is now.
        ticket: Ticket,
    },
    /// The server knows the return pass that was looked for.
    PassFound {
        /// The press it answers.
        command_id: CommandId,
        /// What it is worth.
        pass: PassView,
    },
    /// The server does not, or says no.
    LookFailed {
        /// The press it answers.
        command_id: CommandId,
        /// Why.
        failure: IssueFailure,
    },
    /// The server granted numbers for when it cannot be reached; they are
    /// on the kiosk's disk.
    LeaseArrived {
        /// What is left of them.
        lease: NumberLease,
    },
    /// A number that the kiosk gave is on its disk.
    OfflineKept {
        /// The press it answers.
        command_id: CommandId,
    },
    /// It could not be written there.
    OfflineNotKept {
        /// The press.
        command_id: CommandId,
    },
    /// The server was told of it, and it is a ticket.
    TakenIn {
        /// The press.
        command_id: CommandId,
        /// The ticket.
        ticket: TicketId,
    },
    /// This kiosk has a reader of identity cards.
    CardReaderKnown,
    /// The kiosk has the key for identity cards of this day.
    IdentityKeyArrived {
        /// The hall's own date.
        day: Date,
    },
    /// What the reader of identity cards says.
    Card {
        /// The press that it reads for.
        press: CommandId,
        /// That.
        heard: CardHeard,
    },
    /// A print job ended, well or not.
    Printed {
        /// The job.
        job: CommandId,
        /// What became of the paper.
        outcome: PrintOutcome,
    },

    /// A print job of an earlier run was found whose end was not seen.
    UnfinishedFound {
        /// The job.
        job: CommandId,
        /// The ticket on the slip, if there was one.
        ticket: Option<TicketId>,
        /// What can be said of the paper.
        outcome: PrintOutcome,
    },

    /// One of the tiles of the home page.
    WayPressed {
        /// Which.
        way: Way,
    },
    /// The search field.
    SearchPressed,
    /// A key of the keyboard on the screen.
    KeyPressed {
        /// Its character.
        key: char,
    },
    /// The key that takes back one character.
    ErasePressed,
    /// The key that takes back all of them.
    ClearPressed,
    /// "Another way to find it".
    ShelvesPressed,
    /// One of these ways.
    ShelfPressed {
        /// Which.
        shelf: Shelf,
    },
    /// A department, or something in a life.
    TopicPressed {
        /// Its id.
        id: String,
    },
    /// A matter, wherever it stood.
    MatterPressed {
        /// Its id.
        id: String,
    },
    /// "One more matter" on the checklist.
    AnotherPressed,
    /// "What must I bring" on a matter's guide.
    QuestionsPressed,
    /// An option of the question on the screen.
    OptionPressed {
        /// Its id.
        id: String,
    },
    /// "I have chosen" under a question that takes several options.
    ChosenPressed,
    /// 不清楚: list everything that may apply.
    UnsurePressed,
    /// The visitor wants paper, a number, or both.
    TakePressed {
        /// What of it.
        want: Want,
        /// Of this press; it also names the print job.
        command_id: CommandId,
        /// The next number of the kiosk's own notices, such as `N-1042`.
        notice_number: String,
        /// 128 random bits: the secret of the ticket's paper, should the
        /// kiosk have to number it by itself.
        token: String,
    },
    /// "Without a card", where the hall allows it.
    WithoutCardPressed,
    /// "Go on without paper", after the printer was found unable.
    WithoutPaperPressed,
    /// "Try again", after the server could not be reached.
    TryAgainPressed,
    /// "Print it again".
    ReprintPressed {
        /// Of this press; it also names the print job.
        command_id: CommandId,
    },
    /// "I have an appointment, or was passed over".
    HavePressed,
    /// "Check in": the pad for an appointment's code.
    CheckInPressed,
    /// "I have a number": the pad for it.
    NumberPressed,
    /// "Could not get it done, or a complaint".
    ReportsPressed,
    /// Which of them.
    ReportPressed {
        /// That one.
        kind: ReportKind,
    },
    /// "I have no number": a report without one.
    BlankPressed {
        /// Of this press; it also names the print job.
        command_id: CommandId,
    },
    /// "Where is the window?"
    PlanPressed,
    /// A lane on the pad for a ticket's number, or beside the plan.
    LanePressed {
        /// Which.
        lane: LaneId,
    },
    /// "That is it" on a pad.
    EnterPressed {
        /// Of this press.
        command_id: CommandId,
    },
    /// A scanner has read something.
    Scanned {
        /// What.
        text: String,
        /// As of a press.
        command_id: CommandId,
    },
    /// "Put me back into the line".
    RejoinPressed {
        /// Of this press.
        command_id: CommandId,
    },
    /// "Print the slip" of a ticket that was looked up.
    SlipPressed {
        /// Of this press; it also names the print job.
        command_id: CommandId,
    },
    /// "Take the number now" on a return pass.
    ComeBackPressed {
        /// Of this press; it also names the print job.
        command_id: CommandId,
    },
    /// Back to the page or the question before.
    BackPressed,
    /// Back to the home page; the visit is over.
    HomePressed,
    /// The next page of a long list.
    NextPagePressed,
    /// The page before of a long list.
    PreviousPagePressed,
    /// The other language.
    LanguagePressed,
    /// High contrast on or off.
    ContrastPressed,
    /// Large text on or off.
    LargeTextPressed,
    /// Everything that is pressed into the lower half, or back.
    LowReachPressed,
    /// Reading aloud, or no longer.
    AloudPressed,
    /// "I am still here".
    StillHerePressed,
    /// The clock in the corner, which says nothing of being pressed.
    CornerPressed,
    /// "Print the test page".
    TestPagePressed {
        /// Of this press; it also names the print job.
        command_id: CommandId,
    },
    /// "A new roll is in".
    NewRollPressed,
    /// The last lines of the log.
    LogPressed,
    /// "Start again", or "leave".
    EndPressed {
        /// Which.
        ending: Ending,
    },
    /// "Yes, do".
    SurePressed,
}

impl Msg {
    /// Whether somebody stands before the kiosk and did this.
    pub fn is_press(&self) -> bool {
        !matches!(
            self,
            Msg::HallArrived { .. }
                | Msg::CatalogueArrived { .. }
                | Msg::BoardViewArrived { .. }
                | Msg::JoinBegan { .. }
                | Msg::Joined
                | Msg::ServerLost
                | Msg::PrinterChanged { .. }
                | Msg::ScreenChanged { .. }
                | Msg::SoundChanged { .. }
                | Msg::Tick
                | Msg::StaffPinFound
                | Msg::PinChecked { .. }
                | Msg::MachineTold { .. }
                | Msg::TicketIssued { .. }
                | Msg::IssueFailed { .. }
                | Msg::TicketFound { .. }
                | Msg::PassFound { .. }
                | Msg::LookFailed { .. }
                | Msg::LeaseArrived { .. }
                | Msg::CardReaderKnown
                | Msg::IdentityKeyArrived { .. }
                | Msg::Card { .. }
                | Msg::OfflineKept { .. }
                | Msg::OfflineNotKept { .. }
                | Msg::TakenIn { .. }
                | Msg::Printed { .. }
                | Msg::UnfinishedFound { .. }
        )
    }
}

/// What a visitor came for, by the tile they pressed; it decides which
/// button of a matter's guide comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// 我要取号.
    #[default]
    Number,
    /// 我要带什么材料.
    Papers,
}

/// What the visitor takes away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Want {
    /// A ticket; the server must give a number.
    Number,
    /// The one-time notice; the kiosk makes it alone.
    Notice,
    /// Both, on one piece of paper.
    Both,
}

impl Want {
    /// Whether the server must give a number.
    pub fn number(self) -> bool {
        matches!(self, Want::Number | Want::Both)
    }

    /// Whether the one-time notice is printed.
    pub fn notice(self) -> bool {
        matches!(self, Want::Notice | Want::Both)
    }
}

/// Why there is no number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IssueFailure {
    /// The server did not answer; it may or may not have given one.
    Unreachable,
    /// The server said no, and why.
    Refused(Box<Problem>),
}

/// The shape of the screen; it decides how much fits on a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// Higher than wide: 1080 × 1920.
    #[default]
    Portrait,
    /// Wider than high: 1920 × 1080.
    Landscape,
}
