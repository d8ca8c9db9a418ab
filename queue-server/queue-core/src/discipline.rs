//! Who is next: first come, first served, over all lanes of the window.

use crate::event::CallReason;
use crate::hall::Hall;
use crate::ids::{TicketId, WindowId};

/// Whom the window would call now, and why.
pub fn next(hall: &Hall, window: WindowId) -> Option<(TicketId, CallReason)> {
    let lanes = &hall.rules().windows.get(&window)?.lanes;
    // Ticket ids are counted up as tickets are issued, so the smallest
    // id is whoever has waited longest.
    let longest = lanes.iter().filter_map(|lane| hall.waiting_in(lane).next()).min()?;
    Some((longest, CallReason::LongestWaiting))
}

/// Everybody this window could call, whoever has waited longest first.
pub fn waiting_for(hall: &Hall, window: WindowId) -> Vec<TicketId> {
    let lanes = hall.rules().windows.get(&window).map(|it| it.lanes.as_slice()).unwrap_or_default();
    let mut waiting: Vec<TicketId> = lanes.iter().flat_map(|lane| hall.waiting_in(lane)).collect();
    waiting.sort_unstable();
    waiting
}
