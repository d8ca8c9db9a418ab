//! Why somebody was called, and why somebody will not be: what a
//! supervisor reads.

use serde::{Deserialize, Serialize};

use crate::ids::TicketId;

/// Why a ticket will not be served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VoidReason {
    /// The visitor or the desk gave it up.
    Cancelled,
    /// Whoever holds the paper gave it up.
    Left,
    /// It was left over when the day ended.
    DayEnded,
    /// The visitor had left before the number could be seen, and nothing
    /// was printed.
    Unseen,
    /// The kiosk never had the answer, and gave the visitor a number by
    /// itself.
    Replaced,
}

/// Why this visitor was called and not whoever had waited longest: the
/// answer to "why not me".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum CallReason {
    /// Nobody in the window's lanes has waited longer.
    LongestWaiting,
    /// They have waited past the cap; so long, nobody who came later goes
    /// before them, whatever their class.
    PastCap {
        /// The cap, in minutes.
        cap_minutes: u32,
        /// Who would have been called by class.
        before: TicketId,
    },
    /// Their class counts more, times the time they have waited.
    HigherScore {
        /// What a minute of theirs counts, in hundredths.
        rate: u32,
        /// How long they had waited, in seconds.
        waited_s: i64,
        /// Who had waited longest.
        before: TicketId,
        /// What a minute of that one's counts, in hundredths.
        before_rate: u32,
        /// How long that one had waited, in seconds.
        before_waited_s: i64,
    },
    /// Their class goes first in this hall.
    HigherClass {
        /// Who had waited longest.
        before: TicketId,
    },
    /// It was the turn of those who go first, so many of them for each
    /// ordinary visitor.
    InTurn {
        /// How many of them in a row, this one included.
        in_a_row: u32,
        /// How many there may be.
        of: u32,
        /// Who had waited longest.
        before: TicketId,
    },
    /// It was the turn of an ordinary visitor.
    OrdinaryTurn {
        /// Who would have been called by class.
        before: TicketId,
    },
    /// The clerk called this very number.
    ByNumber {
        /// Why, in the clerk's words.
        why: String,
    },
}
