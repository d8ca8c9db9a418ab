//! Windows that open and close with the tide (潮汐窗口): advice for a
//! person, never done by itself.

use std::collections::BTreeSet;

use crate::estimate::{open_windows, service_minutes};
use crate::hall::{Hall, WindowStatus};
use crate::ids::{LaneId, WindowId};

/// What the hall's manager might do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Advice {
    /// A lane waits too long; this window could serve it.
    Open {
        /// Which window.
        window: WindowId,
        /// Whose visitors wait.
        lane: LaneId,
        /// How long who comes now would wait, in minutes.
        wait_minutes: u32,
    },
    /// Nobody would miss this window.
    Close {
        /// Which window.
        window: WindowId,
    },
}

/// What could be done now, the longest wait first.
pub fn advice(hall: &Hall) -> Vec<Advice> {
    let target = hall.rules().wait_target_minutes;
    let mut waits: Vec<(u32, &LaneId)> =
        hall.rules().lanes.keys().map(|lane| (wait_minutes(hall, lane, 0), lane)).collect();
    waits.sort_by_key(|(minutes, lane)| (std::cmp::Reverse(*minutes), *lane));
    let mut advised = BTreeSet::new();
    let mut advice = Vec::new();
    for (wait_minutes, lane) in waits.into_iter().filter(|(minutes, _)| *minutes > target) {
        if let Some(window) = could_open(hall, lane, &advised) {
            advised.insert(window);
            advice.push(Advice::Open { window, lane: lane.clone(), wait_minutes });
        }
    }
    let spare = hall.rules().windows.iter().filter(|(id, rules)| {
        let open = matches!(hall.window(**id).status, WindowStatus::Open { .. });
        // Half of the target without it: else it would open again.
        let missed = |lane: &LaneId| wait_minutes(hall, lane, 1) > target / 2;
        rules.tidal && open && hall.window(**id).ticket.is_none() && !rules.lanes.iter().any(missed)
    });
    advice.extend(spare.map(|(window, _)| Advice::Close { window: *window }));
    advice
}

/// How long who comes now would wait with so many windows fewer.
fn wait_minutes(hall: &Hall, lane: &LaneId, fewer: u32) -> u32 {
    let work = hall.waiting_count(lane).saturating_mul(service_minutes(hall, lane));
    work / open_windows(hall, lane).saturating_sub(fewer).max(1)
}

/// A closed window that serves the lane: one meant for peaks first.
fn could_open(hall: &Hall, lane: &LaneId, advised: &BTreeSet<WindowId>) -> Option<WindowId> {
    let closed = |id: &WindowId| hall.window(*id).status == WindowStatus::Closed;
    let is_tidal = |id: &WindowId| hall.rules().windows.get(id).is_some_and(|it| it.tidal);
    hall.windows_of(lane)
        .filter(|id| closed(id) && !advised.contains(id))
        .min_by_key(|id| (!is_tidal(id), *id))
}
