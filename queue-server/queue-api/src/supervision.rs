//! What a supervisor reads of the record: what happened, who did it and
//! why. No ticket's secret is in it.

use jiff::Timestamp;
use jiff::civil::Date;
use queue_core::{
    Class, LaneId, Outcome, PriorityReason, Source, StaffId, TicketId, TicketNumber, WindowId,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which part of a day is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Look {
    /// Every call, with its reason.
    Calls,
    /// Who did not wait like everybody: the green channel and calls by
    /// number, with their reasons.
    Exceptions,
    /// What was given up, missed, or put back.
    Ended,
}

/// `GET /supervision/events`: a page of a day, the latest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ToldPage {
    /// The business day.
    pub day: Date,
    /// What happened.
    pub events: Vec<Told>,
    /// Ask for what was before this sequence, if there is more.
    pub before: Option<u64>,
}

/// Something that happened, as a supervisor reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Told {
    /// Its place in the record.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// The kind of event.
    pub kind: String,
    /// Who asked for it: `staff:1001`, `device:kiosk-1`, `server`.
    pub by: String,
    /// The ticket.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<TicketNumber>,
    /// How it queues.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<Class>,
    /// Where to, or where it waits from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lane: Option<LaneId>,
    /// The window it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<WindowId>,
    /// What for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matter: Option<String>,
    /// Where the number was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// Why it goes first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<PriorityReason>,
    /// Who let it through the green channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted_by: Option<StaffId>,
    /// How the service ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// How a ticket ended that was not served, or what became of its
    /// paper: one word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub how: Option<String>,
    /// Why it was called before others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call: Option<WhyCalled>,
    /// What a person wrote: why a number was called, why the green
    /// channel was opened, what the next window should know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Why a ticket was called and not the one that had waited longest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WhyCalled {
    /// The rule, in one word.
    pub rule: String,
    /// Who would have been called otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<TicketNumber>,
    /// The cap on waiting, in minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap_minutes: Option<u32>,
    /// How long this one had waited, in minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waited_minutes: Option<i64>,
    /// What a minute of this one's counts, in hundredths.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<u32>,
    /// How long the other had waited, in minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before_waited_minutes: Option<i64>,
    /// What a minute of the other's counts, in hundredths.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before_rate: Option<u32>,
    /// How many of those who go first in a row, this one included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_a_row: Option<u32>,
    /// How many there may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<u32>,
    /// The window helped out in a lane that is not its own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub helping: bool,
}

/// `GET /supervision/tickets/{number}`: one ticket's whole history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TicketHistory {
    /// The business day.
    pub day: Date,
    /// The ticket.
    pub number: TicketNumber,
    /// Its id in the record.
    pub ticket: TicketId,
    /// What happened to it, the first first.
    pub events: Vec<Told>,
    /// Who came later to the same lane and was called earlier.
    pub overtaken_by: Vec<Overtaker>,
}

/// Somebody who came later and was called earlier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Overtaker {
    /// Who.
    pub number: TicketNumber,
    /// How they queued.
    pub class: Class,
    /// Since when they waited.
    pub since: Timestamp,
    /// Their call.
    pub call: Told,
}

/// `GET /supervision/record`: when all of the record was walked last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RecordReport {
    /// Sequence of the last event now.
    pub seq: u64,
    /// A walk is under way since then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub walking_since: Option<Timestamp>,
    /// The last walk that came to an end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<RecordWalk>,
}

/// A walk through all of the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RecordWalk {
    /// When it ended.
    pub at: Timestamp,
    /// Whether all was as written.
    pub sound: bool,
    /// Up to which event.
    pub seq: u64,
    /// The hash of that event and all before it, in hex.
    pub chain: String,
    /// What is wrong, for an administrator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
}
