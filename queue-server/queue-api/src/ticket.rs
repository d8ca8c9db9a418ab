//! A ticket on the wire, and the requests that act on one.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Class, CommandId, Holder, LaneId, Outcome, PrintOutcome, PriorityReason, Source, TicketId,
    TicketNumber, TicketState, WindowId,
};

/// Answers to a matter's questions: question id → chosen option ids.
pub type Answers = BTreeMap<String, Vec<String>>;

/// `POST /tickets`. Either `lane` or `matter`; when both are given, the
/// lane must be the matter's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IssueRequest {
    /// The same id always gives the same ticket.
    pub command_id: CommandId,
    /// A lane without a matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lane: Option<LaneId>,
    /// A matter's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matter: Option<String>,
    /// How the visitor queues.
    pub class: Class,
    /// The situation, if the visitor answered the matter's questions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<Answers>,
    /// Where it was asked for.
    pub source: Source,
    /// Further matters, done in turn on the same ticket.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub more: Vec<String>,
    /// Their situations in the same order, as far as they are known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub more_answers: Vec<Answers>,
    /// Why it goes first, with class `priority`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<PriorityReason>,
    /// Why it goes through the green channel, with class `green`; who
    /// signed in answers for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grant: Option<String>,
    /// The secret of a return pass.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pass: Option<String>,
    /// Whose it is: HMAC-SHA-256 of the number on an identity card under
    /// the key of the day (`GET /identity-key`), in hex. The number itself
    /// never leaves the kiosk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<Holder>,
}

impl IssueRequest {
    /// An ordinary number, for nothing that is known yet.
    pub fn ordinary(command_id: CommandId, source: Source) -> IssueRequest {
        IssueRequest {
            command_id,
            lane: None,
            matter: None,
            class: Class::Ordinary,
            answers: None,
            source,
            more: Vec::new(),
            more_answers: Vec::new(),
            priority: None,
            grant: None,
            pass: None,
            holder: None,
        }
    }
}

/// A ticket, with all that is printed on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Ticket {
    /// Unique over the life of the hall.
    pub id: TicketId,
    /// Unique in its business day.
    pub number: TicketNumber,
    /// Where it waits now.
    pub lane: LaneId,
    /// How it queues.
    pub class: Class,
    /// What it is for, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matter: Option<String>,
    /// The situation, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<Answers>,
    /// Further matters on it, in turn.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub more: Vec<String>,
    /// Why it goes first, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<PriorityReason>,
    /// What the window before wrote for the next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The hall's own date.
    pub business_day: Date,
    /// When the number was committed.
    pub issued_at: Timestamp,
    /// Where it is in its life.
    pub state: TicketState,
    /// The window that called it, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<WindowId>,
    /// Latest call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called_at: Option<Timestamp>,
    /// When the visitor was at the window.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrived_at: Option<Timestamp>,
    /// How many are called before it; 0 once it is called.
    pub ahead: u32,
    /// How long until it is called, as a range.
    pub estimate_minutes: EstimateMinutes,
    /// 128 unguessable bits: who holds the paper may ask where it stands.
    pub token: String,
    /// What the QR says: the page of this ticket.
    pub url: String,
    /// A slip of it may be out: every further one is marked.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub on_paper: bool,
    /// The appointment it was given for, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub booked: Option<Booked>,
    /// Of one that was passed over: until when it is put back into the
    /// line. None if that was done before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rejoin_until: Option<Timestamp>,
}

/// The appointment of a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Booked {
    /// The first minute of its slot.
    pub time: Time,
    /// The visitor came too late for it and waits since they came.
    pub late: bool,
}

/// A wait as an honest range, in whole minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EstimateMinutes {
    /// Hardly sooner.
    pub low: u32,
    /// Hardly later.
    pub high: u32,
}

/// `POST /tickets/{id}/printed`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PrintedReport {
    /// As in every command.
    pub command_id: CommandId,
    /// What became of the paper.
    #[serde(flatten)]
    pub outcome: PrintOutcome,
}

/// `POST /tickets/{id}/void` and the like: a command with nothing more
/// to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TicketCommand {
    /// As in every command.
    pub command_id: CommandId,
}

/// `POST /windows/{w}/…`: which fields count depends on the verb.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WindowCommand {
    /// As in every command.
    pub command_id: CommandId,
    /// The ticket meant; a verb on another than the window's current
    /// ticket is refused, so that a late press harms nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<TicketId>,
    /// For `finish`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// For `pause`: what the window's sign says. For `call`: why out of
    /// turn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// For `pause`: for how long at most, in minutes; the window's sign
    /// then says until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// For `transfer`: the lane to wait in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_lane: Option<LaneId>,
    /// For `transfer`: the one window to wait for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_window: Option<WindowId>,
    /// For `transfer`: what the next window should know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// `POST /tickets/{id}/pass`: a return pass (二次优先卡).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PassReply {
    /// 128 unguessable bits: who holds it comes back without queueing.
    pub token: String,
    /// Where its holder is served.
    pub lane: LaneId,
    /// The last day on which it is taken.
    pub until: Date,
}

/// `GET /passes?token=`: what a return pass is worth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PassView {
    /// Where its holder is served.
    pub lane: LaneId,
    /// What for, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matter: Option<String>,
    /// The last day on which it is taken.
    pub until: Date,
    /// What its holder came back for today, if they did: it is used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<Ticket>,
}

/// `GET /tickets/{id}/before`: one of those who are called earlier, first
/// to last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BeforeYou {
    /// Who.
    pub number: TicketNumber,
    /// How they queue.
    pub class: Class,
    /// Why.
    pub why: WhyBefore,
}

/// Why somebody is called earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WhyBefore {
    /// They came earlier.
    CameEarlier,
    /// Their class goes first.
    ByClass,
}
