//! Whole views: what a screen shows, complete, at one point of the
//! journal. The feed sends them under `event: view` with the journal
//! sequence as `id:`; connecting and running are the same.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Bilingual, BoardNotice, BoardPlace, Class, CommandId, DeviceId, DeviceKind, DeviceRequestView,
    EstimateMinutes, LaneId, LoudspeakerReport, Outcome, PrinterReport, PriorityReason,
    RatingLevel, RatingReason, StaffId, StandIn, Ticket, TicketId, TicketNumber, TicketState,
    WindowId,
};

/// `event: ping`, every five seconds: the stream is alive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Ping {
    /// Head of the journal.
    pub seq: u64,
    /// The server's clock.
    pub now: Timestamp,
}

/// `view=board`: what a board shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BoardView {
    /// Journal sequence this view is true at.
    pub seq: u64,
    /// The server's clock when it was made.
    pub now: Timestamp,
    /// The day the numbers belong to; none while the hall is closed.
    pub business_day: Option<Date>,
    /// Calls still of interest, latest call or recall first.
    pub calls: Vec<BoardCall>,
    /// Every lane of the zone (of the hall without a zone), by id.
    pub lanes: Vec<LaneView>,
    /// Everybody who waits in the hall.
    pub waiting: u32,
    /// The manager's lines for this board, now or later.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<BoardNotice>,
    /// The zone it is a view of; none: of the whole hall.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// The window it is a view of, for a board that hangs over one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<BoardWindow>,
}

/// A window as its board shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BoardWindow {
    /// The window.
    pub id: WindowId,
    /// What is painted over it.
    pub label: String,
    /// What its sign says.
    pub name: Bilingual,
    /// Whether it serves.
    pub state: WindowState,
    /// Until when it is paused, if its clerk said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pause_until: Option<Timestamp>,
    /// Who serves there (工号).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clerk: Option<StaffId>,
    /// What they are in the hall.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clerk_role: Option<StaffRole>,
    /// Whose turn it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<TicketNumber>,
    /// Whether that visitor is at the window already.
    #[serde(default)]
    pub arrived: bool,
}

/// Calls in a board's view at most, the newest: what a board shows, and a
/// few that it must speak.
pub const BOARD_CALLS_MAX: usize = 12;

/// One call on the board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BoardCall {
    /// Journal sequence of the call or its latest recall: a board speaks
    /// each sequence once.
    pub seq: u64,
    /// Who is called.
    pub number: TicketNumber,
    /// Where to.
    pub window: WindowId,
    /// What is painted over it.
    pub window_label: String,
    /// How the visitor queued (a tag for 预约 and 绿色通道).
    pub class: Class,
    /// When it was called or recalled.
    pub at: Timestamp,
    /// Called, or already at the window.
    pub state: TicketState,
}

/// How long a lane is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LaneView {
    /// The lane.
    pub id: LaneId,
    /// Its name.
    pub name: Bilingual,
    /// How many wait.
    pub waiting: u32,
    /// How long someone who comes now would wait.
    pub estimate_minutes: EstimateMinutes,
    /// Whether any open window serves it.
    pub served: bool,
    /// Whether it gives numbers now.
    #[serde(default = "yes")]
    pub gives_numbers: bool,
    /// Whether the manager stopped its numbers.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub stopped: bool,
    /// How many numbers are left today, where there is a limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numbers_left: Option<u32>,
}

fn yes() -> bool {
    true
}

/// Closed, open or paused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WindowState {
    /// Nobody sits there.
    Closed,
    /// Serving.
    Open,
    /// Somebody sits there and will be back.
    Paused,
}

/// `GET /windows/{w}` and `view=window`: what a clerk's console shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WindowView {
    /// Journal sequence this view is true at.
    pub seq: u64,
    /// The window.
    pub id: WindowId,
    /// What is painted over it.
    pub label: String,
    /// Zone id.
    pub zone: String,
    /// What its sign says.
    pub name: Bilingual,
    /// Whether it serves.
    pub state: WindowState,
    /// Why it is paused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pause_reason: Option<String>,
    /// Until when, if its clerk said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pause_until: Option<Timestamp>,
    /// The visitor it called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<Ticket>,
    /// Latest call of that visitor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called_at: Option<Timestamp>,
    /// Who opened it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clerk: Option<StaffId>,
    /// Lanes it serves today.
    pub lanes: Vec<LaneId>,
    /// Lanes it helps when nobody waits in its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub helps: Vec<LaneId>,
    /// Who waits for it, next first.
    pub waiting: Vec<WaitingTicket>,
    /// Whom it set aside.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parked: Vec<WaitingTicket>,
    /// From when its visitor counts as not having come, once called often
    /// enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_show_at: Option<Timestamp>,
    /// How often its visitor was called so far.
    #[serde(default)]
    pub calls: u32,
    /// Visits finished here today.
    pub served_today: u32,
    /// The window's day in figures.
    #[serde(default)]
    pub today: WindowFigures,
}

/// A window's day so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WindowFigures {
    /// What a service took on average, in seconds; none before the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_seconds: Option<u32>,
    /// How services ended, each matter of a ticket by itself.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub outcomes: BTreeMap<Outcome, u32>,
}

/// Somebody who waits, as a clerk sees them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WaitingTicket {
    /// The ticket.
    pub id: TicketId,
    /// Its number.
    pub number: TicketNumber,
    /// What it is for, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matter: Option<String>,
    /// How it queues.
    pub class: Class,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// From when its wait is counted, if that is later: the slot of
    /// somebody who checked in early.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waits_from: Option<Timestamp>,
    /// Why it goes first, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<PriorityReason>,
    /// What the window before wrote for the next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// `GET /queue`: the waiting lists of the whole hall.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QueueView {
    /// Journal sequence this view is true at.
    pub seq: u64,
    /// Every lane by id.
    pub lanes: Vec<LaneView>,
    /// Everybody who waits, longest first.
    pub waiting: Vec<WaitingTicket>,
}

/// `view=hall`: what the hall's staff see on one page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HallView {
    /// Journal sequence this view is true at.
    pub seq: u64,
    /// The server's clock when it was made.
    pub now: Timestamp,
    /// The day the numbers belong to; none while the hall is closed.
    pub business_day: Option<Date>,
    /// Every window by id.
    pub windows: Vec<WindowView>,
    /// Every lane by id.
    pub lanes: Vec<LaneView>,
    /// Every enrolled device.
    pub devices: Vec<DeviceView>,
    /// Devices that ask to come in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requests: Vec<DeviceRequestView>,
    /// Windows that might open or close, the longest wait first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub advice: Vec<Advice>,
    /// Whether the day was closed by hand and can go on.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub can_reopen: bool,
    /// The manager's lines for boards, now or later.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<BoardNotice>,
    /// Who sits at another's window, today or later.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stand_ins: Vec<StandIn>,
    /// What the server itself needs somebody for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alerts: Vec<Alert>,
}

/// What is wrong with the server's machine, while the day goes on as far
/// as it can.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Alert {
    /// The disk is full; what was kept in reserve is being used, if there
    /// was any.
    DiskFull,
    /// The clock is so far ahead of the record that it is not believed.
    ClockAhead,
    /// The clock is behind the record, whose time stands still.
    ClockBehind,
}

/// What the hall's manager might do; a person decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Advice {
    /// A lane waits too long; this window could serve it.
    Open {
        /// Which window.
        window: WindowId,
        /// Whose visitors wait.
        lane: LaneId,
        /// How long who comes now would wait, in minutes.
        wait_minutes: u32,
    },
    /// Nobody would miss this window.
    Close {
        /// Which window.
        window: WindowId,
    },
}

/// A device as staff see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DeviceView {
    /// What requests call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<DeviceId>,
    /// What the hall calls it.
    pub name: String,
    /// Kiosk or board.
    pub kind: DeviceKind,
    /// Whether it is connected now.
    pub connected: bool,
    /// A kiosk's printer, once it has reported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub printer: Option<PrinterReport>,
    /// A board's loudspeakers, once it has reported.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub loudspeakers: Vec<LoudspeakerReport>,
    /// Where the manager put a board; none: where its own options say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<BoardPlace>,
    /// What a board shows now, if it is connected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shows: Option<BoardPlace>,
}

/// `view=ticket` and `GET /status/{token}`: where a visitor stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TicketView {
    /// Journal sequence this view is true at.
    pub seq: u64,
    /// The number on the paper.
    pub number: TicketNumber,
    /// Lane name.
    pub lane_name: Bilingual,
    /// Where it is in its life.
    pub state: TicketState,
    /// How many are called before it.
    pub ahead: u32,
    /// How long until it is called.
    pub estimate_minutes: EstimateMinutes,
    /// The window that called it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window_label: Option<String>,
    /// The waiting area of its lane, by id; none if there is no such lane.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub zone: String,
    /// Windows that may call it, while it waits: `A01–A04`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub windows: String,
    /// Calls since it last waited, recalls among them.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub calls: u32,
    /// Until when it may be put back into the line, if it was passed over
    /// and that is still to be had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rejoin_until: Option<Timestamp>,
    /// Services on it that can be rated, or were.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<ServiceView>,
}

/// A service that the visitor may rate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ServiceView {
    /// Which on the ticket; the first is 1.
    pub service: u32,
    /// What it was, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matter_name: Option<Bilingual>,
    /// Whether it was rated already.
    pub rated: bool,
}

/// `POST /status/{token}/rate`: what the visitor thinks of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RateRequest {
    /// As in every command.
    pub command_id: CommandId,
    /// Which on the ticket; the first is 1.
    pub service: u32,
    /// 5 very satisfied … 1 very dissatisfied.
    pub level: RatingLevel,
    /// National option codes of that level.
    #[serde(default)]
    pub reasons: BTreeSet<RatingReason>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
const fn is_zero(count: &u32) -> bool {
    *count == 0
}

/// `POST /session`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionRequest {
    /// Service number.
    pub staff: StaffId,
    /// Six digits as a rule.
    pub pin: String,
    /// Where a clerk sits down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<WindowId>,
}

/// The reply: a cookie is set as well; programs use the token as bearer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SessionReply {
    /// Bearer token of this session.
    pub token: String,
    /// Who signed in.
    pub staff: StaffId,
    /// What they may do.
    pub role: StaffRole,
    /// Where a clerk sits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<WindowId>,
}

/// What a member of staff may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StaffRole {
    /// Serves at a window.
    Clerk,
    /// Guide desk: issues and voids tickets for visitors.
    Desk,
    /// Runs the hall.
    Manager,
    /// Reads everything, changes nothing.
    Supervisor,
    /// Devices and accounts.
    Admin,
}
