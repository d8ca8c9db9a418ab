//! A number as the visitor has it, whoever gave it.

use jiff::Timestamp;
use queue_api::{
    Booked, Class, CommandId, EstimateMinutes, HallProfile, LaneId, OfflineTicket, Ticket,
    TicketId, TicketNumber,
};

/// Which ticket is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TicketRef {
    /// One that the server knows.
    Known(TicketId),
    /// One that the kiosk gave by itself, by the command of its press,
    /// until the server knows it.
    Offline(CommandId),
}

/// A number and what is said with it.
#[derive(Clone, Debug)]
pub(crate) struct Given {
    pub(crate) ticket: TicketRef,
    pub(crate) number: TicketNumber,
    pub(crate) lane: LaneId,
    pub(crate) class: Class,
    pub(crate) matter: Option<String>,
    /// How many further matters are done on it.
    pub(crate) more: usize,
    pub(crate) issued_at: Timestamp,
    /// The page of the ticket.
    pub(crate) url: String,
    /// Not known where the kiosk gave it by itself.
    pub(crate) wait: Option<Wait>,
    /// A slip of it may be out already.
    pub(crate) on_paper: bool,
    /// The appointment it was given for.
    pub(crate) booked: Option<Booked>,
}

/// How long until the call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wait {
    pub(crate) ahead: u32,
    pub(crate) minutes: EstimateMinutes,
}

impl From<Ticket> for Given {
    fn from(it: Ticket) -> Given {
        Given {
            ticket: TicketRef::Known(it.id),
            number: it.number,
            lane: it.lane,
            class: it.class,
            matter: it.matter,
            more: it.more.len(),
            issued_at: it.issued_at,
            url: it.url,
            wait: Some(Wait { ahead: it.ahead, minutes: it.estimate_minutes }),
            on_paper: it.on_paper,
            booked: it.booked,
        }
    }
}

impl Given {
    pub(crate) fn offline(it: &OfflineTicket, profile: &HallProfile) -> Given {
        Given {
            ticket: TicketRef::Offline(it.command_id.clone()),
            number: it.number.clone(),
            lane: it.number.lane.clone(),
            class: it.class,
            matter: it.matter.clone(),
            more: it.more.len(),
            issued_at: it.issued_at,
            url: format!("{}/t/{}", profile.public_url, it.token),
            wait: None,
            on_paper: false,
            booked: None,
        }
    }
}
