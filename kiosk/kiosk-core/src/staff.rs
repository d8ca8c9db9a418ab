//! What the kiosk remembers of its staff: the corner that opens their
//! panel, wrong PINs, and what the machine last said of itself.

use jiff::{SignedDuration, Timestamp};
use queue_api::CommandId;

/// Presses of the clock that ask for the PIN, and within how long, ms.
/// Nobody does it by accident, and everybody finds the clock again.
const CORNER_PRESSES: u32 = 5;
const CORNER_MS: i64 = 4_000;

/// Wrong PINs before none is looked at any more, and for how long. As at
/// the server's door.
const TRIES_MAX: u32 = 5;
const CLOSED_MINUTES: i64 = 15;

/// Digits of a PIN.
pub(crate) const PIN_DIGITS_MIN: usize = 6;
pub(crate) const PIN_DIGITS_MAX: usize = 12;

/// How long the panel stays when nobody touches it, seconds.
pub(crate) const PANEL_S: i64 = 60;

/// What the machine says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Machine {
    /// The program's version.
    pub version: String,
    /// The address of the server.
    pub server: String,
    /// The machine's own addresses.
    pub addresses: Vec<String>,
    /// The printer as configured, and the name of its profile.
    pub printer: String,
    /// The profile.
    pub profile: String,
    /// What was printed on the present roll.
    pub roll: Roll,
    /// The last lines of the log, the newest last.
    pub lines: Vec<String>,
}

/// What was printed since a roll was put in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roll {
    /// When; none if nobody has said so yet.
    pub since: Option<Timestamp>,
    /// Slips.
    pub slips: u64,
    /// Millimetres of paper.
    pub mm: u64,
}

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It is started again at once.
    Restart,
    /// It stays away until somebody starts it.
    Leave,
}

/// A page of the panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum StaffPage {
    /// The pad for the PIN.
    Pin { typed: String, checked: Checked },
    /// How the machine is.
    Panel,
    /// The last lines of the log; 0 is the newest.
    Log { at: usize },
    /// "Really?"
    Sure(Ending),
}

/// What of a PIN is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Checked {
    NotYet,
    Checking,
    Wrong,
}

/// What became of the test page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TestPage {
    Coming(CommandId),
    Out,
    NotOut,
}

/// Everything about the panel that outlives a visit.
#[derive(Clone, Debug, Default)]
pub(crate) struct Staff {
    /// Somebody has set a PIN.
    pub(crate) has_pin: bool,
    /// When the corner was first pressed, and how often since.
    corner: Option<(Timestamp, u32)>,
    wrong: u32,
    wrong_at: Option<Timestamp>,
    pub(crate) machine: Machine,
    pub(crate) test: Option<TestPage>,
    /// When the server came or went.
    pub(crate) server_since: Option<Timestamp>,
    /// When it said something last.
    pub(crate) heard_at: Option<Timestamp>,
}

impl Staff {
    /// The corner was pressed; true if that was the gesture.
    pub(crate) fn corner_pressed(&mut self, now: Timestamp) -> bool {
        let in_time = |since: &Timestamp| {
            let ms = now.duration_since(*since).as_millis();
            (0..i128::from(CORNER_MS)).contains(&ms)
        };
        let (since, before) = self.corner.filter(|(since, _)| in_time(since)).unwrap_or((now, 0));
        let complete = before + 1 >= CORNER_PRESSES;
        self.corner = (!complete).then_some((since, before + 1));
        complete
    }

    /// A PIN was right, or not.
    pub(crate) fn tried(&mut self, right: bool, now: Timestamp) {
        if self.closed_minutes(now).is_none() && self.wrong >= TRIES_MAX {
            self.wrong = 0;
        }
        self.wrong = if right { 0 } else { self.wrong + 1 };
        self.wrong_at = (!right).then_some(now);
    }

    /// For how many minutes more no PIN is looked at. A clock that was
    /// set by more than that opens it too, rather than keep people out.
    pub(crate) fn closed_minutes(&self, now: Timestamp) -> Option<i64> {
        let since = now.duration_since(self.wrong_at?);
        let left = SignedDuration::from_mins(CLOSED_MINUTES) - since.abs();
        let closed = self.wrong >= TRIES_MAX && left > SignedDuration::ZERO;
        closed.then(|| (left.as_secs() + 59) / 60)
    }
}
