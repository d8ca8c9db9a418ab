//! Devices: what they say of themselves, and how they come in.

use std::fmt;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{DeviceView, WindowId};

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
    /// The board's loudspeakers; a board that is silent has none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub loudspeakers: Vec<LoudspeakerReport>,
}

/// How one of a board's loudspeakers is, and what waits to be spoken
/// there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LoudspeakerReport {
    /// What it is called on its board: its place, or its sound card.
    #[schemars(length(min = 1, max = 40))]
    pub name: String,
    /// Whether anything is heard.
    pub state: LoudspeakerState,
    /// When it began to be so.
    pub since: Timestamp,
    /// Calls that wait behind the one being spoken.
    pub waiting: u32,
    /// When the oldest of them was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oldest: Option<Timestamp>,
}

/// Whether a loudspeaker is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LoudspeakerState {
    /// It is.
    Ready,
    /// 没有声音: its sound card is gone. It comes back by itself.
    NoDevice,
    /// 语音包缺录音: the voice pack is missing or lacks clips.
    NoClips,
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

/// Where a board hangs, and so what it shows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BoardPlace {
    /// In the hall: all windows.
    Hall,
    /// In a waiting area, by its id.
    Zone(String),
    /// Over a window.
    Window(WindowId),
}

/// `POST /devices/{id}/place`: what a board is to show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceRequest {
    /// None: what the board's own options say.
    #[serde(default)]
    pub place: Option<BoardPlace>,
}

/// A device or its request, unique in the hall; it says nothing else.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct DeviceId(pub u64);

impl fmt::Display for DeviceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// `POST /devices`: a device asks to come in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeviceRequest {
    /// What it is for; a program is enrolled on the server's own machine.
    pub kind: DeviceKind,
    /// What the hall shall call it.
    #[schemars(length(min = 1, max = 40))]
    pub name: String,
}

/// The reply. The device shows the code and waits for somebody to type
/// it in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DeviceAsked {
    /// The request.
    pub id: DeviceId,
    /// For the screen: six digits.
    pub code: String,
    /// For the device itself: with it, it fetches its token.
    pub claim: String,
    /// For how long the code is good; then it asks again.
    pub good_secs: u32,
}

/// `POST /devices/{id}/token`: answered when somebody has decided, or
/// after a while with `waiting`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenRequest {
    /// From the reply to the request.
    pub claim: String,
}

/// The reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum TokenReply {
    /// Nobody has decided; ask again at once.
    Waiting,
    /// It may come in. The token is stored nowhere else.
    Approved {
        /// The device's own.
        token: String,
    },
}

/// `POST /devices/{id}/approve`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApproveRequest {
    /// What the device's screen shows.
    pub code: String,
}

/// `GET /devices`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DevicesView {
    /// Those that are enrolled, by name.
    pub devices: Vec<DeviceView>,
    /// Those that ask to come in, oldest first.
    pub requests: Vec<DeviceRequestView>,
}

/// A device that asks to come in. Its code is on its own screen only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DeviceRequestView {
    /// The request.
    pub id: DeviceId,
    /// What it would be called.
    pub name: String,
    /// What it is for.
    pub kind: DeviceKind,
    /// The address it asks from.
    pub from: String,
    /// When it asked.
    pub since: Timestamp,
}
