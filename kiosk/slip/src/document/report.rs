//! What a visitor hands in who was not helped.

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use super::Lang;

/// A slip to write on (办不成事反映单, 投诉单). It asks for nobody's name;
/// what is not known is left to be written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportSlip {
    /// The language of the fixed words; the texts below are in it.
    pub lang: Lang,
    /// The hall's name.
    pub hall: String,
    /// What it is about.
    pub kind: ReportKind,
    /// The ticket's number, such as `A023`.
    pub number: Option<String>,
    /// The lane's name.
    pub lane: Option<String>,
    /// The window that called.
    pub window: Option<String>,
    /// When the number was given, in the hall's time.
    pub issued: Option<DateTime>,
    /// When it was called last.
    pub called: Option<DateTime>,
    /// Where it is handed in.
    pub hand_in: String,
    /// The telephone for complaints.
    pub hotline: String,
    /// When it was printed, in the hall's time.
    pub printed_at: DateTime,
}

/// What a report is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportKind {
    /// 办不成事: the matter could not be got done.
    Stuck,
    /// 投诉: about how one was treated.
    Complaint,
}
