//! What a slip says, field by field, before anybody thinks of paper.
//!
//! These types carry meaning only. They must not know widths, fonts or
//! bytes, and they hold no sentence of the slip's own: the fixed words
//! of both languages are in `words`.

mod notice;
mod pass;
mod report;

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

pub use self::notice::{
    Answer, Due, Fee, NoticeMatter, NoticeSlip, Paper, Redirect, SharedPaper, Step,
};
pub use self::pass::{ElsewhereSlip, ReturnPassSlip};
pub use self::report::{ReportKind, ReportSlip};

/// The language a slip is printed in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// Simplified Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

/// One piece of paper, from the first line to the cut.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(
    clippy::large_enum_variant,
    reason = "a slip is built once per press; boxes would only burden its builders"
)]
pub enum Slip {
    /// A queue ticket.
    Ticket(TicketSlip),
    /// A one-time notice for one matter, or for several of one visit.
    Notice(NoticeSlip),
    /// A queue ticket with the notice below it, on one piece of paper.
    TicketAndNotice(TicketSlip, NoticeSlip),
    /// A pass for coming back without queueing anew.
    ReturnPass(ReturnPassSlip),
    /// Where to go with a matter that this hall does not do.
    Elsewhere(ElsewhereSlip),
    /// What a visitor hands in who was not helped.
    Report(ReportSlip),
    /// A page for the person who installs the printer.
    Test(TestSlip),
}

/// How long somebody will probably wait, as a range in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Minutes {
    /// The shorter guess.
    pub low: u32,
    /// The longer guess; equal to `low` when there is no range.
    pub high: u32,
}

/// A queue ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketSlip {
    /// The language of the fixed words; the texts below are in it.
    pub lang: Lang,
    /// The hall's name.
    pub hall: String,
    /// The ticket number as it is called, such as `A012`.
    pub number: String,
    /// What the visitor came for: the matter's or the lane's short name.
    pub what: String,
    /// The implementing authority, where the ticket is for a matter.
    pub department: Option<String>,
    /// The zone to wait in, such as `等候区 A`.
    pub zone: String,
    /// The windows that may call, such as `A01–A04`.
    pub windows: String,
    /// How many people are before the visitor, where the server could
    /// say.
    pub ahead: Option<u32>,
    /// The expected wait, where the server could give one.
    pub estimate: Option<Minutes>,
    /// When the number was given, in the hall's time.
    pub issued: DateTime,
    /// The ticket class in words, such as `预约号`; nothing for a plain
    /// walk-in where the hall does not name it.
    pub class: Option<String>,
    /// The page that shows the place in the queue; printed as a QR code.
    pub url: Option<String>,
    /// For how many minutes a passed number can join again at the kiosk.
    pub rejoin_minutes: Option<u32>,
    /// The one-time notice that belongs to this ticket, such as `N-1042`.
    pub notice_number: Option<String>,
    /// Whether the kiosk gave the number while it could not reach the
    /// server; the slip then says so.
    pub offline: bool,
    /// Whether this number was printed before; the slip then says so.
    pub reprint: bool,
}

/// Where to go and whom to ask; what a hall has not filled in is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The window or windows.
    pub window: Option<String>,
    /// The hall's address.
    pub address: Option<String>,
    /// The hours of the window.
    pub hours: Option<String>,
    /// The telephone for questions.
    pub phone: Option<String>,
    /// The telephone for complaints.
    pub complaint: Option<String>,
}

/// What `kiosk printer-test` prints: proof that width, Chinese, the QR
/// code and the cut work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestSlip {
    /// The language of the fixed words.
    pub lang: Lang,
    /// The hall's name.
    pub hall: String,
    /// The printer as configured, such as `serial:/dev/ttyUSB0`.
    pub printer: String,
    /// The printer profile's name.
    pub profile: String,
    /// When it was printed, in the hall's time.
    pub printed_at: DateTime,
}
