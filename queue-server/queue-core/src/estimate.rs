//! How long a wait will be, as an honest range.
//!
//! Queue length × service time ÷ open windows. The range is ±30 %, in
//! steps of five minutes, because a number that looks exact is taken
//! for a promise.

use crate::hall::{Hall, WindowStatus, count};
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
    let service = service_minutes(hall, lane);
    let (open, idle) = windows(hall, lane);
    // Whoever finds nobody idle waits for half a service on average
    // before the first of those ahead is even called.
    let halves = 2 * ahead + u32::from(idle == 0);
    let minutes = service * halves / (2 * open.max(1));
    let low = minutes * (100 - SPREAD_PERCENT) / 100 / STEP_MINUTES * STEP_MINUTES;
    let high = (minutes * (100 + SPREAD_PERCENT) / 100).div_ceil(STEP_MINUTES) * STEP_MINUTES;
    Estimate { low, high: high.max(low + STEP_MINUTES) }
}

/// When whoever comes now would have been served, in minutes from now,
/// taken on the long side. Before any window has opened, all that are
/// meant for the lane count.
pub(crate) fn minutes_until_served(hall: &Hall, lane: &LaneId) -> u32 {
    let open = match open_windows(hall, lane) {
        0 => count(hall.windows_of(lane).count()),
        open => open,
    };
    let services = hall.waiting_count(lane) + 1;
    services.saturating_mul(service_minutes(hall, lane)).div_ceil(open.max(1))
}

/// One service in a lane, in minutes.
pub(crate) fn service_minutes(hall: &Hall, lane: &LaneId) -> u32 {
    hall.rules().lanes.get(lane).map_or(SERVICE_MINUTES_UNKNOWN, |it| it.service_minutes)
}

/// How many windows are open for a lane of their own.
pub(crate) fn open_windows(hall: &Hall, lane: &LaneId) -> u32 {
    windows(hall, lane).0
}

/// How many windows are open for the lane, and how many of them idle.
fn windows(hall: &Hall, lane: &LaneId) -> (u32, u32) {
    let mut counts = (0, 0);
    for id in hall.windows_of(lane) {
        let window = hall.window(id);
        if matches!(window.status, WindowStatus::Open { .. }) {
            counts.0 += 1;
            counts.1 += u32::from(window.ticket.is_none());
        }
    }
    counts
}
