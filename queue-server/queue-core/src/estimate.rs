//! How long a wait will be, as an honest range.
//!
//! Queue length × service time ÷ open windows. The range is ±30 %, in
//! steps of five minutes, because a number that looks exact is taken
//! for a promise.

use crate::hall::{Hall, WindowStatus};
use crate::ids::LaneId;

/// Hardly sooner and hardly later than this, in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// Hardly sooner.
    pub low: u32,
    /// Hardly later.
    pub high: u32,
}

/// How far the range reaches to both sides, in percent.
const SPREAD_PERCENT: u32 = 30;

/// Estimates are given in steps of this many minutes.
const STEP_MINUTES: u32 = 5;

/// Service time taken for a lane that the profile no longer has.
const SERVICE_MINUTES_UNKNOWN: u32 = 10;

/// How long somebody waits in `lane` who has `ahead` people before them.
pub fn estimate(hall: &Hall, lane: &LaneId, ahead: u32) -> Estimate {
    let service =
        hall.rules().lanes.get(lane).map_or(SERVICE_MINUTES_UNKNOWN, |it| it.service_minutes);
    let (open, idle) = windows(hall, lane);
    // Whoever finds nobody idle waits for half a service on average
    // before the first of those ahead is even called.
    let halves = 2 * ahead + u32::from(idle == 0);
    let minutes = service * halves / (2 * open.max(1));
    let low = minutes * (100 - SPREAD_PERCENT) / 100 / STEP_MINUTES * STEP_MINUTES;
    let high = (minutes * (100 + SPREAD_PERCENT) / 100).div_ceil(STEP_MINUTES) * STEP_MINUTES;
    Estimate { low, high: high.max(low + STEP_MINUTES) }
}

/// How many windows are open for the lane, and how many of them idle.
fn windows(hall: &Hall, lane: &LaneId) -> (u32, u32) {
    let mut counts = (0, 0);
    for (id, rules) in &hall.rules().windows {
        let window = hall.window(*id);
        if rules.lanes.contains(lane) && matches!(window.status, WindowStatus::Open { .. }) {
            counts.0 += 1;
            counts.1 += u32::from(window.ticket.is_none());
        }
    }
    counts
}
