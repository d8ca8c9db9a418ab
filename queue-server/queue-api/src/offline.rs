//! Numbers that a kiosk gives while it cannot reach the server: leased
//! beforehand, told afterwards.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Answers, Class, CommandId, Holder, LaneId, PriorityReason, ProblemCode, TicketId, TicketNumber,
};

/// `POST /leases`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LeaseRequest {
    /// As in every command.
    pub command_id: CommandId,
    /// The lanes; none of them for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lanes: Vec<LaneId>,
}

/// Numbers that one kiosk may give by itself on one business day. It
/// gives each once, and none of them on another day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NumberLease {
    /// What the lease is known by.
    pub token: String,
    /// The hall's own date.
    pub business_day: Date,
    /// The numbers, by lane.
    pub blocks: Vec<NumberBlock>,
}

/// Numbers of a lane that follow each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NumberBlock {
    /// The lane.
    pub lane: LaneId,
    /// The first of them.
    pub first: u32,
    /// How many.
    pub count: u32,
    /// The time of day from which the lane gives numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gives_from: Option<Time>,
    /// The time of day from which it gives none any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gives_until: Option<Time>,
}

/// A number that a kiosk gave, with what the visitor asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfflineTicket {
    /// The command by which the server was asked in vain. Whatever came
    /// of it there, the visitor has this number and no other.
    pub command_id: CommandId,
    /// The lease.
    pub lease: String,
    /// The day of the lease.
    pub business_day: Date,
    /// On the paper.
    pub number: TicketNumber,
    /// On the paper: the secret of its QR, made by the kiosk.
    pub token: String,
    /// By the kiosk's clock.
    pub issued_at: Timestamp,
    /// How the visitor queues.
    pub class: Class,
    /// Why it goes first, with class `priority`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<PriorityReason>,
    /// What for, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matter: Option<String>,
    /// The situation, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<Answers>,
    /// Further matters, done in turn on the same ticket.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub more: Vec<String>,
    /// Their situations in the same order, as far as they are known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub more_answers: Vec<Answers>,
    /// As in an `IssueRequest`. A number on paper stays, whoever else has
    /// one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<Holder>,
}

/// `POST /tickets/import`: what a kiosk gave, oldest first. It may be
/// sent again until it is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeInRequest {
    /// The kiosk's clock now: by it the server sees how far off it is.
    pub sent_at: Timestamp,
    /// At most 64 of them.
    pub tickets: Vec<OfflineTicket>,
}

/// What became of them, in the same order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TakeInReply {
    /// One for each.
    pub tickets: Vec<TakenIn>,
}

/// What became of a number that a kiosk gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TakenIn {
    /// The command it was told with.
    pub command_id: CommandId,
    /// The ticket it is; none if its day was over, or it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<TicketId>,
    /// Why it was refused. What may pass is to be told again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<ProblemCode>,
}
