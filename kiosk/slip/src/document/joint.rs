//! One notice for several matters: what is brought once, what each needs.
//!
//! Which papers are the same, and how many pieces serve all, is settled
//! before it gets here; nothing in this file adds or compares papers.

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use super::{Answer, Due, Fee, Lang, Paper, Place, Redirect, Step};

/// A one-time notice for several matters. All texts are ready, in the
/// slip's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JointNoticeSlip {
    /// The language of the fixed words; the texts below are in it.
    pub lang: Lang,
    /// The hall's name.
    pub hall: String,
    /// The matters, numbered from 1 on the slip.
    pub matters: Vec<JointMatter>,
    /// Papers to bring, each once.
    pub bring: Vec<SharedPaper>,
    /// Papers that may follow later (容缺), each once.
    pub later: Vec<SharedPaper>,
    /// Papers the hall looks up by itself, each once.
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

/// A paper, and the matters it serves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedPaper {
    /// The paper, with the pieces that all its matters need together.
    pub paper: Paper,
    /// The numbers of its matters, counted from 1, rising.
    pub matters: Vec<u32>,
}

/// What holds for one matter of several alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JointMatter {
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
    /// "You need not do this" and "go there instead".
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
