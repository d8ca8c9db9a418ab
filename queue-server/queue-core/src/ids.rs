//! The names of things: windows, lanes, tickets, commands, staff; and
//! the small closed sets that travel with them.
//!
//! They are the only part of this crate that other rooms may see
//! (through `queue-api`). In JSON every identifier is a string, but for
//! the numbers that people also read aloud (window, ticket id).

use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// An identifier that is a text of this shape, told to whoever reads the
/// description of the interface.
macro_rules! text_schema {
    ($name:ident, $pattern:literal) => {
        impl JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "pattern": $pattern })
            }
        }
    };
}
pub(crate) use text_schema;

/// A window of the hall, 1 and up. What is painted on the wall (`A01`)
/// is its label, not its id.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct WindowId(pub u16);

impl fmt::Display for WindowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A lane (业务队列): one to four capital letters, which are also the
/// prefix of its ticket numbers. They are looked up and compared all the
/// time, and so lie in the id itself.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LaneId {
    /// Zeros behind the last letter.
    letters: [u8; LANE_LETTERS_MAX],
}

const LANE_LETTERS_MAX: usize = 4;

impl LaneId {
    /// The letters.
    pub fn as_str(&self) -> &str {
        let length = self.letters.iter().position(|it| *it == 0).unwrap_or(LANE_LETTERS_MAX);
        // Capital letters are ASCII.
        std::str::from_utf8(&self.letters[..length]).unwrap_or_default()
    }
}

text_schema!(LaneId, "^[A-Z]{1,4}$");

impl FromStr for LaneId {
    type Err = BadId;

    fn from_str(text: &str) -> Result<LaneId, BadId> {
        let fits = (1..=LANE_LETTERS_MAX).contains(&text.len());
        if !fits || !text.bytes().all(|b| b.is_ascii_uppercase()) {
            return Err(BadId::Lane);
        }
        let mut letters = [0; LANE_LETTERS_MAX];
        letters[..text.len()].copy_from_slice(text.as_bytes());
        Ok(LaneId { letters })
    }
}

impl fmt::Debug for LaneId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("LaneId").field(&self.as_str()).finish()
    }
}

impl TryFrom<String> for LaneId {
    type Error = BadId;

    fn try_from(text: String) -> Result<LaneId, BadId> {
        text.parse()
    }
}

impl From<LaneId> for String {
    fn from(lane: LaneId) -> String {
        lane.as_str().to_owned()
    }
}

impl fmt::Display for LaneId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A ticket, counted up from 1 over the life of a journal.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct TicketId(pub u64);

impl fmt::Display for TicketId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The number on the paper (票号), for instance `A012`: the lane and a
/// count that restarts at 1 each business day. Past 999 it grows a
/// digit rather than repeat.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TicketNumber {
    /// The lane that issued it; a transfer does not change the number.
    pub lane: LaneId,
    /// 1 and up.
    pub count: u32,
}

impl fmt::Display for TicketNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{:03}", self.lane, self.count)
    }
}

text_schema!(TicketNumber, "^[A-Z]{1,4}([0-9]{2}[1-9]|[0-9][1-9][0-9]|[1-9][0-9]{2,7})$");

impl FromStr for TicketNumber {
    type Err = BadId;

    fn from_str(text: &str) -> Result<TicketNumber, BadId> {
        let split = text.find(|c: char| c.is_ascii_digit()).ok_or(BadId::Number)?;
        let (lane, digits) = text.split_at(split);
        let lane = lane.parse().map_err(|_| BadId::Number)?;
        let count: u32 = digits.parse().map_err(|_| BadId::Number)?;
        let number = TicketNumber { lane, count };
        if count == 0 || number.to_string() != text { Err(BadId::Number) } else { Ok(number) }
    }
}

impl TryFrom<String> for TicketNumber {
    type Error = BadId;

    fn try_from(text: String) -> Result<TicketNumber, BadId> {
        text.parse()
    }
}

impl From<TicketNumber> for String {
    fn from(number: TicketNumber) -> String {
        number.to_string()
    }
}

/// The longest command id, in characters.
const COMMAND_CHARS_MAX: usize = 64;

/// One intention of a client, said once or many times: 8 to 64
/// characters of `0-9 a-z A-Z -`, a UUID as a rule. The same id gives
/// the same answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CommandId(String);

impl CommandId {
    /// The text of it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id of a command that follows from this one, such as the report
    /// on it: `letter` and a hyphen before it, cut where the whole would
    /// be too long.
    #[must_use]
    pub fn prefixed(&self, letter: &str) -> CommandId {
        let mut text = format!("{letter}-{self}");
        text.truncate(COMMAND_CHARS_MAX);
        CommandId(text)
    }
}

text_schema!(CommandId, "^[0-9A-Za-z-]{8,64}$");

impl FromStr for CommandId {
    type Err = BadId;

    fn from_str(text: &str) -> Result<CommandId, BadId> {
        let sound = (8..=COMMAND_CHARS_MAX).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if sound { Ok(CommandId(text.to_owned())) } else { Err(BadId::Command) }
    }
}

impl TryFrom<String> for CommandId {
    type Error = BadId;

    fn try_from(text: String) -> Result<CommandId, BadId> {
        text.parse()
    }
}

impl From<CommandId> for String {
    fn from(id: CommandId) -> String {
        id.0
    }
}

impl fmt::Display for CommandId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A member of staff by service number (工号): 1 to 16 digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct StaffId(String);

impl StaffId {
    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

text_schema!(StaffId, "^[0-9]{1,16}$");

impl FromStr for StaffId {
    type Err = BadId;

    fn from_str(text: &str) -> Result<StaffId, BadId> {
        let digits = (1..=16).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        if digits { Ok(StaffId(text.to_owned())) } else { Err(BadId::Staff) }
    }
}

impl TryFrom<String> for StaffId {
    type Error = BadId;

    fn try_from(text: String) -> Result<StaffId, BadId> {
        text.parse()
    }
}

impl From<StaffId> for String {
    fn from(staff: StaffId) -> String {
        staff.0
    }
}

impl fmt::Display for StaffId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text that is not an identifier of the kind it was taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadId {
    /// See [`LaneId`].
    #[error("a lane is one to four capital letters")]
    Lane,
    /// See [`TicketNumber`].
    #[error("a ticket number is a lane and at least three digits, such as `A012`")]
    Number,
    /// See [`CommandId`].
    #[error("a command id is 8 to 64 letters, digits and hyphens")]
    Command,
    /// See [`StaffId`].
    #[error("a staff number is 1 to 16 digits")]
    Staff,
    /// See [`crate::AppointmentCode`].
    #[error("an appointment's code is 8 to 16 digits")]
    AppointmentCode,
    /// See [`crate::Holder`].
    #[error("a holder is 64 hex digits")]
    Holder,
}

/// How a visitor queues (票的类别).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// 普通号.
    Ordinary,
    /// 预约号.
    Appointment,
    /// 优先.
    Priority,
    /// 绿色通道.
    Green,
}

/// Why somebody goes first (优先). Shown on the kiosk, looked at by the
/// clerk; no proof is scanned.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum PriorityReason {
    /// 老年人: 60 or 70 and over, as the hall has it.
    Elder,
    /// 残疾人.
    Disabled,
    /// 孕妇.
    Pregnant,
    /// 携带婴幼儿.
    WithInfant,
    /// 现役军人、退役军人.
    Serviceman,
    /// 紧急情况.
    Emergency,
}

/// Where a ticket was asked for.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The visitor pressed it on a kiosk.
    Kiosk,
    /// The guide desk (咨询台) issued it for the visitor.
    Desk,
}

/// Where a ticket is in its life.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum TicketState {
    /// In its lane.
    Waiting,
    /// Shown on the board, not yet at the window.
    Called,
    /// At the window.
    Serving,
    /// Set aside by the window for a while (挂起): a form is filled in, a
    /// copy is made.
    Parked,
    /// Served; the outcome is known.
    Finished,
    /// Called and did not come (过号).
    NoShow,
    /// Cancelled (作废), or left over when the day ended.
    Void,
}

/// How a service ended (办理结果).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Done on the spot.
    DoneNow,
    /// Accepted, the result comes later.
    Accepted,
    /// Papers missing: a correction notice was given.
    Correction,
    /// Not accepted.
    Declined,
    /// A question was answered.
    Consult,
    /// The result was collected.
    Collected,
    /// Handed on to another authority.
    PassedOn,
    /// None of these.
    Other,
}

/// What became of a print: the number is a fact, the paper another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum PrintOutcome {
    /// The printer said that the whole slip came out.
    Done,
    /// No byte of it was sent.
    NotStarted {
        /// Why, as the printer's state in one word (`no_paper`).
        reason: String,
    },
    /// It was begun and its end was not seen.
    Unknown,
}

impl PrintOutcome {
    /// The reason of a slip that was not begun because the visitor had
    /// left before the number came: nobody has seen it.
    pub const VISITOR_LEFT: &str = "visitor_left";

    /// Whether neither paper nor person has the number.
    pub fn is_unseen(&self) -> bool {
        matches!(self, PrintOutcome::NotStarted { reason } if reason == Self::VISITOR_LEFT)
    }
}
