//! What a device says of itself.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a device is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeviceKind {
    /// Issues tickets and prints.
    Kiosk,
    /// Shows calls.
    Board,
    /// Another system: it reads what happens and the figures, and changes
    /// nothing.
    Program,
}

/// `POST /devices/me/report`: sent when something changed, not polled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeviceReport {
    /// The kiosk's printer; a board has none.
    pub printer: Option<PrinterReport>,
}

/// The state of a kiosk's printer and since when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PrinterReport {
    /// What the printer said last.
    pub state: PrinterState,
    /// When it began to be so.
    pub since: Timestamp,
}

/// What a printer can be found to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PrinterState {
    /// Ready, enough paper.
    Ready,
    /// Ready, the roll is near its end.
    NearEnd,
    /// 没纸了.
    NoPaper,
    /// 盖子开着.
    CoverOpen,
    /// The cutter is stuck.
    CutterJam,
    /// 卡纸了.
    PaperJam,
    /// The last slip still lies in the mouth of the presenter.
    NotTaken,
    /// Too hot; it will go on by itself.
    Cooling,
    /// Another fault that needs a person.
    Fault,
    /// It does not answer.
    Away,
}
