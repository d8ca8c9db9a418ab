//! A one-time notice: what is brought once, what each matter needs.
//!
//! Which papers of several matters are the same, and how many pieces
//! serve all, is settled before it gets here; nothing in this file adds
//! or compares papers.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use super::{Lang, Place};

/// A one-time notice (一次性告知单): everything this visitor must bring
/// and know, once. All texts are ready, in the slip's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeSlip {
    /// The language of the fixed words; the texts below are in it.
    pub lang: Lang,
    /// The hall's name.
    pub hall: String,
    /// The matters, one at least; several are numbered from 1.
    pub matters: Vec<NoticeMatter>,
    /// Papers to bring, each once.
    pub bring: Vec<SharedPaper>,
    /// Papers that may follow later (容缺), each once.
    pub later: Vec<SharedPaper>,
    /// Papers the hall looks up by itself, each once; no box to tick.
    pub skip: Vec<SharedPaper>,
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

/// What holds for one matter of a notice alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeMatter {
    /// The matter's full official name.
    pub name: String,
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
}

/// A paper, and the matters it serves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedPaper {
    /// The paper, with the pieces that all its matters need together.
    pub paper: Paper,
    /// The numbers of its matters, counted from 1, rising.
    pub matters: Vec<u32>,
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
