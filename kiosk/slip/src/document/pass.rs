//! Slips for another day or another place.
//!
//! Whether a visitor gets one, and which days count, is decided before
//! it gets here.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use super::{Lang, Place};

/// A return pass (二次优先卡): whoever was sent for a paper comes back
/// ahead of the queue, once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnPassSlip {
    /// The language of the fixed words; the texts below are in it.
    pub lang: Lang,
    /// The hall's name.
    pub hall: String,
    /// What the visitor comes back for: the matter's short name.
    pub what: String,
    /// The first working day it is good for.
    pub valid_from: Date,
    /// The last working day it is good for.
    pub valid_to: Date,
    /// The lane it is good for, such as `综合窗口`.
    pub lane: String,
    /// The ticket of the first visit, such as `A023`.
    pub ticket: String,
    /// The notice with what is still missing, such as `N-1042`.
    pub notice_number: Option<String>,
    /// The pass's token as the kiosk scans it; printed as a QR code.
    pub token: String,
    /// When it was given, in the hall's time.
    pub issued: DateTime,
    /// Whether this pass was printed before; the slip then says so.
    pub reprint: bool,
}

/// "Not in this hall": where a matter is done instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ElsewhereSlip {
    /// The language of the fixed words; the texts below are in it.
    pub lang: Lang,
    /// The name of this hall.
    pub hall: String,
    /// The matter's full official name.
    pub matter: String,
    /// Why this hall cannot do it, in one sentence.
    pub why: String,
    /// The hall or office that does it.
    pub go_to: String,
    /// How to find and reach that office.
    pub place: Place,
    /// When it was printed, in the hall's time.
    pub printed_at: DateTime,
}
