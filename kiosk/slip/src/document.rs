//! What a slip says, field by field, before anybody thinks of paper.
//!
//! These types carry meaning only. They must not know widths, fonts or
//! bytes, and they hold no sentence of the slip's own: the fixed words
//! of both languages are in `words`.

mod joint;
mod pass;

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

pub use self::joint::{JointMatter, JointNoticeSlip, SharedPaper};
pub use self::pass::{ElsewhereSlip, ReturnPassSlip};

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
    /// A one-time notice.
    Notice(NoticeSlip),
    /// A queue ticket with the notice below it, on one piece of paper.
    TicketAndNotice(TicketSlip, NoticeSlip),
    /// One notice for several matters that are done on one visit.
    JointNotice(JointNoticeSlip),
    /// A pass for coming back without queueing anew.
    ReturnPass(ReturnPassSlip),
    /// Where to go with a matter that this hall does not do.
    Elsewhere(ElsewhereSlip),
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
    /// How many people are before the visitor.
    pub ahead: u32,
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
    /// Whether this number was printed before; the slip then says so.
    pub reprint: bool,
}

/// A one-time notice (一次性告知单): everything this visitor must bring
/// and know, once. All texts are ready, in the slip's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeSlip {
    /// The language of the fixed words; the texts below are in it.
    pub lang: Lang,
    /// The hall's name.
    pub hall: String,
    /// The matter's full official name.
    pub matter: String,
    /// The implementing authority, never the hall.
    pub department: String,
    /// The authority that entrusted this hall's window, where one did.
    pub entrusted_by: Option<String>,
    /// The category in words, such as `行政许可`.
    pub category: String,
    /// The kind in words, such as `承诺件`.
    pub kind: String,
    /// The visitor's answers in the order they were asked.
    pub answers: Vec<Answer>,
    /// "You need not do this" and "go there instead"; printed first.
    pub redirects: Vec<Redirect>,
    /// Papers to bring.
    pub bring: Vec<Paper>,
    /// Papers that may follow later (容缺).
    pub later: Vec<Paper>,
    /// Papers the hall looks up by itself; no box to tick.
    pub skip: Vec<Paper>,
    /// What happens, in order.
    pub steps: Vec<Step>,
    /// The promised limit in words, such as `5 个工作日` or `当场办结`.
    pub promised: String,
    /// The statutory limit in words, where the law sets one.
    pub statutory: Option<String>,
    /// When the clock starts, in words.
    pub clock_starts: Option<String>,
    /// What the limit does not count, such as a test or a hearing.
    pub excluded: Vec<String>,
    /// When it would be done if it were handed in today.
    pub due: Option<Due>,
    /// The fees; none means "no fee", and the slip says so.
    pub fees: Vec<Fee>,
    /// Where to go and whom to ask.
    pub place: Place,
    /// Common reasons for being sent back.
    pub rejections: Vec<String>,
    /// The catalogue's revision, such as `2026-11-22`.
    pub catalogue_revision: String,
    /// The notice's number, such as `N-1042`.
    pub notice_number: String,
    /// When it was printed, in the hall's time.
    pub printed_at: DateTime,
    /// What the QR code at the foot says, where there is one.
    pub url: Option<String>,
    /// Whether this notice was printed before; the slip then says so.
    pub reprint: bool,
    /// Whether it is printed large, for people who read with trouble.
    #[serde(default)]
    pub large: bool,
}

/// A question of the kiosk and what the visitor answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The question as it was asked.
    pub question: String,
    /// The answer or answers, already joined.
    pub answer: String,
}

/// A lawful answer that saves the visitor the papers (行政许可法 32).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redirect {
    /// What holds for this visitor.
    pub text: String,
    /// Where to go or what to do instead, such as another matter's name.
    pub instead: Option<String>,
}

/// One paper of a notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// The official name.
    pub name: String,
    /// How many originals.
    pub originals: u32,
    /// How many copies.
    pub copies: u32,
    /// Where to get it, in a word or two, such as `自己准备`.
    pub source: Option<String>,
    /// What the clerk checks.
    pub check: Option<String>,
    /// Anything else about this paper.
    pub note: Option<String>,
    /// Whether the hall keeps the original.
    pub kept: bool,
    /// Whether the matter can be done without it (非必要).
    pub optional: bool,
}

/// One step of the procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What happens.
    pub name: String,
    /// How long it takes, in words, where the guide promises it.
    pub limit: Option<String>,
}

/// The date of the result, counted from a date of handing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The day of handing in.
    pub handed_in: Date,
    /// The last day of the promised limit.
    pub due: Date,
    /// Whether the holiday calendar for that time is not known yet.
    pub provisional: bool,
}

/// One fee of the published standard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fee {
    /// What is paid for.
    pub item: String,
    /// How much, in words, such as `20 元/本`.
    pub amount: String,
    /// The document that allows it.
    pub basis: String,
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
