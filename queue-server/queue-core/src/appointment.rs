//! Appointments (预约): a place in a slot of a day to come, known by a
//! code. Who made it is not known here or anywhere else in the hall.
//!
//! `rules` (what the hall allows), `slots` (what is free), `book` (what
//! was made). Making, cancelling and checking in is decided in `decide`.

mod book;
mod rules;
mod slots;

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

pub(crate) use book::Book;
pub use book::HeldAppointment;
pub use rules::AppointmentRules;
pub(crate) use rules::minutes;
pub(crate) use slots::{Capacity, is_slot, starts};
pub use slots::{Slot, bookable_days, next_free, slots};

use crate::ids::{BadId, LaneId, text_schema};

/// An appointment, counted up from 1 over the life of a journal.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct AppointmentId(pub u64);

impl fmt::Display for AppointmentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What a visitor types or shows to check in (签到): 8 to 16 digits, the
/// same for no other appointment that the hall still knows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AppointmentCode(String);

impl AppointmentCode {
    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

text_schema!(AppointmentCode, "^[0-9]{8,16}$");

impl FromStr for AppointmentCode {
    type Err = BadId;

    fn from_str(text: &str) -> Result<AppointmentCode, BadId> {
        let digits = (8..=16).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        if digits { Ok(AppointmentCode(text.to_owned())) } else { Err(BadId::AppointmentCode) }
    }
}

impl TryFrom<String> for AppointmentCode {
    type Error = BadId;

    fn try_from(text: String) -> Result<AppointmentCode, BadId> {
        text.parse()
    }
}

impl From<AppointmentCode> for String {
    fn from(code: AppointmentCode) -> String {
        code.0
    }
}

impl fmt::Display for AppointmentCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where an appointment is in its life.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum AppointmentState {
    /// The visitor is expected.
    Booked,
    /// The visitor came and has a ticket.
    CheckedIn,
    /// It was given up in time.
    Cancelled,
    /// The visitor did not come in time (爽约).
    Missed,
}

/// What somebody books.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booking {
    /// Chosen by the shell, or by the program that booked it elsewhere.
    pub code: AppointmentCode,
    /// Where.
    pub lane: LaneId,
    /// What for, if known.
    pub matter: Option<String>,
    /// The hall's own date.
    pub day: Date,
    /// The first minute of the slot.
    pub time: Time,
    /// What the program that booked it elsewhere calls it; a booking of
    /// the same reference is the same booking.
    pub reference: Option<String>,
}

/// A booking with its line in the file it came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookingLine {
    /// 1 and up.
    pub line: u64,
    /// What was booked.
    pub booking: Booking,
}

/// An appointment as it was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    /// Unique over the life of the journal.
    pub id: AppointmentId,
    /// With which the visitor checks in.
    pub code: AppointmentCode,
    /// Where.
    pub lane: LaneId,
    /// What for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matter: Option<String>,
    /// The hall's own date.
    pub day: Date,
    /// The first minute of its slot.
    pub time: Time,
    /// The same as an instant: what the visitor was promised, whatever
    /// becomes of the hall's settings.
    pub starts: Timestamp,
    /// What the program that booked it elsewhere calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

impl Appointment {
    /// Whether it is what this booking asks for, whatever its code.
    pub fn is_for(&self, booking: &Booking) -> bool {
        let Booking { code: _, lane, matter, day, time, reference } = booking;
        (&self.lane, &self.matter, &self.day, &self.time, &self.reference)
            == (lane, matter, day, time, reference)
    }
}
