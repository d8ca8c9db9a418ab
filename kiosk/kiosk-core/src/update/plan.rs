//! Where a window is.

use queue_api::{LaneId, TicketState};

use crate::held;
use crate::state::{Errand, Page, Progress, Sought, State};

/// From a ticket to its windows, from elsewhere to all of them.
pub(super) fn open(state: &mut State) {
    let visit = &state.visit;
    let sought = match (&visit.page, &visit.errand, &visit.held) {
        (Page::Errand, Some(Errand { progress: Progress::Ticket { number, .. }, .. }), _) => {
            Sought::Ticket { lane: number.lane.clone(), window: None }
        }
        (
            Page::Held,
            _,
            Some(held::Held { progress: held::Progress::Ticket { ticket, .. }, .. }),
        ) => {
            let waits = ticket.state == TicketState::Waiting;
            Sought::Ticket { lane: ticket.lane.clone(), window: ticket.window.filter(|_| !waits) }
        }
        (Page::Have, ..) => Sought::Any,
        _ => return,
    };
    state.visit.go(Page::Plan { sought, at: 0 });
}

/// A lane of the list.
pub(super) fn choose(page: &mut Page, lane: LaneId) {
    if let Page::Plan { sought, .. } = page
        && !matches!(sought, Sought::Ticket { .. })
    {
        *sought = Sought::Lane(lane);
    }
}
