//! Where a visitor is, and where they were.

use catalogue::{Answers, Shelf};
use queue_api::{LaneId, WindowId};
use slip::ReportKind;

use crate::staff::StaffPage;

/// A page that was left, and what it was about.
#[derive(Clone, Debug)]
pub(crate) struct Left {
    pub(crate) page: Page,
    pub(super) matter: Option<String>,
    pub(super) answers: Answers,
    /// How many matters there had been before it.
    pub(super) also: usize,
}

/// Where the visitor is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Page {
    Home,
    /// Most used matters, and the ways to the others.
    Find {
        at: usize,
    },
    Search {
        typed: String,
        at: usize,
    },
    /// The ways to a matter for who cannot name it.
    Shelves,
    Shelf {
        shelf: Shelf,
        at: usize,
    },
    /// The matters of a topic of a shelf.
    Topic {
        shelf: Shelf,
        id: String,
        at: usize,
    },
    /// A matter's guide.
    Guide {
        at: usize,
    },
    Question {
        at: usize,
    },
    /// The checklist.
    Papers {
        at: usize,
    },
    /// What the errand says.
    Errand,
    /// 已有预约或过号: what is in the hand.
    Have,
    /// The pad for an appointment's code.
    Code {
        typed: String,
    },
    /// The pad for a ticket's number.
    Number {
        typed: String,
        /// For a report on it.
        report: Option<ReportKind>,
    },
    /// What a report is about.
    Report,
    /// The plan of the hall.
    Plan {
        sought: Sought,
        at: usize,
    },
    /// What the server says of what is in the hand.
    Held,
    /// The panel of staff.
    Staff(StaffPage),
}

/// What is looked for on the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Sought {
    /// Nothing yet.
    Any,
    /// The windows of a lane that was chosen.
    Lane(LaneId),
    /// Those of a ticket, or the one that called it.
    Ticket { lane: LaneId, window: Option<WindowId> },
}

impl Sought {
    pub(crate) fn lane(&self) -> Option<&LaneId> {
        match self {
            Sought::Any => None,
            Sought::Lane(lane) | Sought::Ticket { lane, .. } => Some(lane),
        }
    }
}
