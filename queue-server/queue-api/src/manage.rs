//! What the hall's manager asks for, and how it is shown.

use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Bilingual, CommandId, LaneId, StaffId, StaffRole, WindowId};

/// `POST /day/stop-numbers` and `/day/resume-numbers`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LanesRequest {
    /// As in every command.
    pub command_id: CommandId,
    /// Which lanes.
    pub lanes: Vec<LaneId>,
}

/// `POST /windows/{w}/lanes`: what a window serves for the rest of the
/// day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignRequest {
    /// As in every command.
    pub command_id: CommandId,
    /// Its own lanes.
    pub lanes: Vec<LaneId>,
    /// Those it helps when idle.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub helps: Vec<LaneId>,
}

/// `POST /notices`: a line for the boards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoticeRequest {
    /// As in every command.
    pub command_id: CommandId,
    /// 1 to 120 characters in each language.
    pub text: Bilingual,
    /// The zone whose boards show it; without it, all do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// From when; without it, at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Timestamp>,
    /// Until when; without it, until it is removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// A line of the manager's for the boards, shown between its two times.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BoardNotice {
    /// Its id in paths.
    pub id: u64,
    /// What it says.
    pub text: Bilingual,
    /// The zone whose boards show it; without it, all do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// From when.
    pub from: Timestamp,
    /// Until when; without it, until it is removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

impl BoardNotice {
    /// Whether boards show it at this moment.
    pub fn is_shown(&self, now: Timestamp) -> bool {
        self.from <= now && self.until.is_none_or(|until| now < until)
    }
}

/// `POST /stand-ins`: somebody sits at another's window for some days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StandInRequest {
    /// As in every command.
    pub command_id: CommandId,
    /// Where.
    pub window: WindowId,
    /// Who.
    pub staff: StaffId,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

/// A filing (替岗备案) that is not over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StandIn {
    /// Its id in paths.
    pub id: u64,
    /// Where.
    pub window: WindowId,
    /// Who.
    pub staff: StaffId,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// The day it was filed on.
    pub filed: Date,
}

/// `GET /staff`: somebody who works in the hall.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StaffView {
    /// Service number (工号).
    pub id: StaffId,
    /// What they may do.
    pub role: StaffRole,
    /// The window they are filed for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<WindowId>,
}
