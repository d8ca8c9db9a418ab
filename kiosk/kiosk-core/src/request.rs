//! What the server is asked for when a number is wanted, and what the
//! visitor shows for it.

use queue_api::{AppointmentCode, CheckInRequest, CommandId, IssueRequest, LaneId};

/// What somebody shows for their number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Claim {
    /// The code of an appointment.
    Appointment(AppointmentCode),
    /// A return pass.
    Pass { token: String, lane: LaneId, matter: Option<String> },
}

/// What the server is asked for: a number, or to check somebody in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Request {
    Issue(IssueRequest),
    CheckIn(CheckInRequest),
}

impl Request {
    /// Of the press.
    pub(crate) fn command_id(&self) -> &CommandId {
        match self {
            Request::Issue(it) => &it.command_id,
            Request::CheckIn(it) => &it.command_id,
        }
    }

    /// Whether another press is for the same thing.
    pub(crate) fn is_for_the_same(&self, other: &Request) -> bool {
        match (self, other) {
            (Request::Issue(it), Request::Issue(other)) => {
                (&it.matter, &it.more, &it.pass) == (&other.matter, &other.more, &other.pass)
            }
            (Request::CheckIn(it), Request::CheckIn(other)) => it.code == other.code,
            _ => false,
        }
    }
}
