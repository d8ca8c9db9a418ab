//! The lanes on the board: the six busiest, in the order of their letters.

use std::cmp::Reverse;

use queue_api::{EstimateMinutes, LaneId, LaneView};
use voice::Language;

use crate::view::in_language;

/// Lanes a board has room for.
pub const LANE_ROWS: usize = 6;

/// From here on a wait is said in steps of [`ROUND_MINUTES`].
const ROUND_FROM_MINUTES: u32 = 10;

/// More precision than this would be a promise.
const ROUND_MINUTES: u32 = 5;

/// One lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaneRow {
    /// Its letter.
    pub id: LaneId,
    /// Its name in the board's language.
    pub name: String,
    /// How many wait.
    pub waiting: u32,
    /// How long, or why not.
    pub wait: Wait,
}

/// What a lane's last column says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// Nobody waits (不用等).
    None,
    /// About so many minutes.
    Minutes(u32),
    /// No open window serves it now.
    NotServed,
}

/// The busiest lanes of a hall.
pub(crate) fn busiest(lanes: &[LaneView], language: Language) -> Vec<LaneRow> {
    busiest_of(lanes, LANE_ROWS, language)
}

/// The `n` busiest lanes, shown by letter so that rows do not jump when
/// one visitor more waits.
pub(crate) fn busiest_of(lanes: &[LaneView], n: usize, language: Language) -> Vec<LaneRow> {
    let mut busiest: Vec<&LaneView> = lanes.iter().collect();
    busiest.sort_by_key(|it| (Reverse(it.waiting), !it.served, it.id.clone()));
    busiest.truncate(n);
    busiest.sort_by_key(|it| it.id.clone());
    busiest.into_iter().map(|it| row(it, language)).collect()
}

fn row(lane: &LaneView, language: Language) -> LaneRow {
    LaneRow {
        id: lane.id.clone(),
        name: in_language(&lane.name, language).to_owned(),
        waiting: lane.waiting,
        wait: wait(lane),
    }
}

fn wait(lane: &LaneView) -> Wait {
    match lane {
        LaneView { served: false, .. } => Wait::NotServed,
        LaneView { waiting: 0, .. } => Wait::None,
        LaneView { estimate_minutes, .. } => Wait::Minutes(about(*estimate_minutes)),
    }
}

/// The middle of the range, never 0, rounded up in steps once it is long.
fn about(range: EstimateMinutes) -> u32 {
    let middle = range.low.midpoint(range.high).max(1);
    if middle < ROUND_FROM_MINUTES {
        middle
    } else {
        middle.div_ceil(ROUND_MINUTES) * ROUND_MINUTES
    }
}
