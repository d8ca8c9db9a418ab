//! The hall's profile, as `GET /hall` gives it to every screen.

use jiff::civil::{Date, Time};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Class, LaneId, WindowId};

/// A text in both languages of the suite.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Bilingual {
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// What every screen needs to know of the hall before the first visitor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HallProfile {
    /// The name over the door.
    pub name: Bilingual,
    /// IANA name of the hall's time zone; it decides the business day.
    pub time_zone: String,
    /// Where the hall stands.
    pub address: Bilingual,
    /// Enquiry telephone.
    pub phone: String,
    /// Complaint line, 12345 as a rule.
    pub complaint: String,
    /// When the hall is open on a working day, earliest first.
    pub opening: Vec<Span>,
    /// Waiting areas.
    pub zones: Vec<ZoneProfile>,
    /// Windows by id.
    pub windows: Vec<WindowProfile>,
    /// Lanes by id.
    pub lanes: Vec<LaneProfile>,
    /// Classes a ticket may have here.
    pub classes: Vec<Class>,
    /// The one line at the foot of the board.
    pub notice: Bilingual,
    /// Ids of the matters most wanted, for the kiosk's first page.
    #[serde(default)]
    pub most_used: Vec<String>,
    /// Whether papers that the hall looks up itself need not be brought
    /// (免提交).
    #[serde(default)]
    pub waive_shared: bool,
    /// A visitor who has waited so many minutes has waited too long:
    /// consoles say so.
    #[serde(default = "wait_target_minutes")]
    pub wait_target_minutes: u32,
    /// Changes whenever any published matter changes; printed on slips.
    pub catalogue_revision: String,
    /// Prefix of the address in a ticket's QR, for instance
    /// `http://192.168.1.10:8080`; the ticket's own `url` is complete.
    pub public_url: String,
    /// Where a visitor goes who could not get it done (办不成事反映窗口),
    /// if the hall has such a place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stuck_desk: Option<Bilingual>,
    /// Where everything stands, if the hall has drawn it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<PlanProfile>,
    /// Whether kiosks ask for an identity card, for one live ticket a
    /// matter. Most halls do not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<IdentityProfile>,
}

/// How kiosks ask for an identity card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct IdentityProfile {
    /// Whether there is no number without one.
    pub required: bool,
}

/// `GET /identity-key`: what a kiosk makes `holder` with today. It keeps
/// the key in memory only, and the server destroys its own with the day.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct IdentityKey {
    /// The hall's own date.
    pub business_day: Date,
    /// 256 bits in hex.
    pub key: String,
}

/// Not in a log.
impl std::fmt::Debug for IdentityKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "IdentityKey({})", self.business_day)
    }
}

/// The plan of the hall: a grid of cells seen from above, in which
/// everything is a rectangle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlanProfile {
    /// Cells across.
    pub width: u16,
    /// Cells down.
    pub height: u16,
    /// Where one comes in.
    pub entrance: PlanRect,
    /// The guide desk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub desk: Option<PlanRect>,
    /// Kiosks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kiosks: Vec<PlanRect>,
    /// Waiting areas, by their id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub zones: Vec<PlanPlace>,
    /// Windows, by what is painted on the wall.
    pub windows: Vec<PlanPlace>,
}

/// What a rectangle of the plan stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// A waiting area.
    Zone,
    /// A window.
    Window,
    /// Where one comes in.
    Entrance,
    /// The guide desk.
    Desk,
    /// A kiosk.
    Kiosk,
}

impl PlanProfile {
    /// Everything on the plan in the order in which it is drawn, with its
    /// name where it has one: a zone's id, a window's label.
    pub fn marks(&self) -> impl Iterator<Item = (MarkKind, &str, PlanRect)> {
        let zones = self.zones.iter().map(|it| (MarkKind::Zone, it.name.as_str(), it.at));
        let windows = self.windows.iter().map(|it| (MarkKind::Window, it.name.as_str(), it.at));
        let desk = self.desk.iter().map(|it| (MarkKind::Desk, "", *it));
        let kiosks = self.kiosks.iter().map(|it| (MarkKind::Kiosk, "", *it));
        let entrance = [(MarkKind::Entrance, "", self.entrance)];
        zones.chain(windows).chain(entrance).chain(desk).chain(kiosks)
    }
}

/// A rectangle of the plan, in cells from its upper left corner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlanRect {
    /// Cells from the left.
    pub x: u16,
    /// Cells from the top.
    pub y: u16,
    /// Cells across.
    pub width: u16,
    /// Cells down.
    pub height: u16,
}

/// Something with a name on the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlanPlace {
    /// Its name there.
    pub name: String,
    /// Where it is.
    pub at: PlanRect,
}

/// Of a server that does not say it.
fn wait_target_minutes() -> u32 {
    15
}

/// From one time of day until another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Span {
    /// First minute.
    pub from: Time,
    /// First minute after.
    pub to: Time,
}

/// A waiting area (等候区).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ZoneProfile {
    /// Short and stable, for instance `A`.
    pub id: String,
    /// What the sign says.
    pub name: Bilingual,
}

/// A window and what it handles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WindowProfile {
    /// Its id in paths and commands.
    pub id: WindowId,
    /// What is painted on the wall, for instance `A01`.
    pub label: String,
    /// Zone id.
    pub zone: String,
    /// What the sign over it says.
    pub name: Bilingual,
    /// A general window (综合窗口) takes any of its lanes without
    /// difference; a special one (专业窗口) is one department's.
    pub general: bool,
    /// Lanes it serves.
    pub lanes: Vec<LaneId>,
}

/// A lane and who waits in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LaneProfile {
    /// Its id and the prefix of its numbers.
    pub id: LaneId,
    /// At most six Chinese characters, for the lane table.
    pub name: Bilingual,
    /// Zone id where its visitors wait.
    pub zone: String,
    /// When its numbers stop for the day.
    pub last_ticket: Time,
    /// The authority in whose name its windows accept, where they are not
    /// that authority's own (委托受理; 行政许可法 art. 24: made public,
    /// done in the entrusting authority's name).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entrusted_by: Option<Bilingual>,
}
