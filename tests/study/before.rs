//! The estimate as it was before it learned: people before me × the
//! profile's service minutes ÷ open windows of my lane, ±30 %. The study
//! compares the two on the same visitors.

use queue_core::{Hall, LaneId, WindowStatus};

/// A forecast, in minutes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Range {
    pub(crate) low: f64,
    pub(crate) high: f64,
    /// The one figure that the range surrounds.
    pub(crate) likely: f64,
}

/// How long somebody with `ahead` people before them waits in `lane`.
pub(crate) fn estimate(hall: &Hall, lane: &LaneId, ahead: u32) -> Range {
    let service = hall.rules().lanes.get(lane).map_or(10, |it| it.service_minutes);
    let serve = hall.rules().windows.iter().filter(|(_, it)| it.lanes.contains(lane));
    let open = serve
        .map(|(id, _)| hall.window(*id))
        .filter(|it| matches!(it.status, WindowStatus::Open { .. }));
    let (mut windows, mut idle) = (0, 0);
    for window in open {
        windows += 1;
        idle += u32::from(window.ticket.is_none());
    }
    let minutes = service * (2 * ahead + u32::from(idle == 0)) / (2 * windows.max(1));
    let low = minutes * 7 / 10 / 5 * 5;
    let high = (minutes * 13 / 10).div_ceil(5) * 5;
    Range { low: low.into(), high: high.max(low + 5).into(), likely: minutes.into() }
}
