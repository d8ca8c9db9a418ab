//! Appointments on the wire: slots, bookings, check-in, import.

use jiff::civil::{Date, Time};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    AppointmentCode, AppointmentId, AppointmentState, CommandId, LaneId, Source, TicketId,
};

/// `POST /appointments`. Either `lane` or `matter`; when both are given,
/// the lane must be the matter's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AppointmentRequest {
    /// The same id always gives the same appointment.
    pub command_id: CommandId,
    /// A lane without a matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lane: Option<LaneId>,
    /// A matter's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matter: Option<String>,
    /// The hall's own date.
    pub day: Date,
    /// The first minute of the slot.
    pub time: Time,
}

/// An appointment. It says nothing of who made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Appointment {
    /// Unique over the life of the hall.
    pub id: AppointmentId,
    /// What the visitor checks in with.
    pub code: AppointmentCode,
    /// Where.
    pub lane: LaneId,
    /// What for, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matter: Option<String>,
    /// The hall's own date.
    pub day: Date,
    /// The first minute of its slot.
    pub time: Time,
    /// Where it is in its life. One that nobody can check in for any more
    /// is missed, though that is written down when the day ends.
    pub state: AppointmentState,
    /// The ticket it became.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<TicketId>,
    /// What the program that booked it elsewhere calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

/// `GET /appointments?day=&lane=&page=`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AppointmentsView {
    /// How many there are of each kind, on all pages.
    pub counts: AppointmentCounts,
    /// Pages in all; the first is 1.
    pub pages: usize,
    /// Those of this page, by day and time.
    pub appointments: Vec<Appointment>,
}

/// Appointments by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AppointmentCounts {
    /// Still awaited.
    pub booked: usize,
    /// Became a ticket.
    pub checked_in: usize,
    /// Given up in time.
    pub cancelled: usize,
    /// Nobody came in time.
    pub missed: usize,
}

/// `GET /appointments/slots?lane=&day=`: one slot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SlotView {
    /// First minute.
    pub from: Time,
    /// First minute after.
    pub to: Time,
    /// Appointments in it.
    pub booked: u32,
    /// How many more may be made.
    pub free: u32,
}

/// `POST /appointments/check-in`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckInRequest {
    /// As in every command.
    pub command_id: CommandId,
    /// What the visitor has.
    pub code: AppointmentCode,
    /// Where they are.
    pub source: Source,
}

/// `POST /appointments/import?command_id=`: what became of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ImportReply {
    /// Appointments that the file's lines are, made now or before.
    pub appointments: Vec<ImportedAppointment>,
}

/// A line that was imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ImportedAppointment {
    /// As the file has it.
    pub reference: String,
    /// The appointment.
    pub id: AppointmentId,
    /// What its visitor checks in with.
    pub code: AppointmentCode,
}
