//! Views of the hall, each whole and made from the published state: what
//! a board, a window, the staff page and a ticket's page show.
//!
//! Pure: a hall and its profile in, a view out.

#[cfg(test)]
mod tests;

use jiff::Timestamp;
use queue_api::{
    Bilingual, BoardCall, BoardView, EstimateMinutes, HallProfile, LaneId, LaneProfile, LaneView,
    QueueView, Ticket, TicketState, TicketView, WaitingTicket, WindowId, WindowProfile,
    WindowState, WindowView,
};
use queue_core::{Hall, WindowStatus};

/// Calls a board is told of: what it shows, and a few that it must speak.
const BOARD_CALLS_MAX: usize = 12;

/// What a board shows, of one zone or of the whole hall.
pub fn board(hall: &Hall, profile: &HallProfile, zone: Option<&str>, now: Timestamp) -> BoardView {
    let here = |it: &str| zone.is_none_or(|zone| zone == it);
    let calls = hall.calls().filter_map(|call| {
        let window = profile.windows.iter().find(|it| it.id == call.window)?;
        let ticket = hall.ticket(call.ticket)?;
        let gone = matches!(ticket.state, TicketState::NoShow | TicketState::Void);
        (here(&window.zone) && !gone).then(|| BoardCall {
            seq: call.seq,
            number: ticket.number.clone(),
            window: window.id,
            window_label: window.label.clone(),
            class: ticket.class,
            at: call.at,
            state: ticket.state,
        })
    });
    BoardView {
        seq: hall.seq(),
        now,
        business_day: hall.day(),
        calls: calls.take(BOARD_CALLS_MAX).collect(),
        lanes: profile.lanes.iter().filter(|it| here(&it.zone)).map(|it| lane(hall, it)).collect(),
        waiting: profile.lanes.iter().map(|it| hall.waiting_count(&it.id)).sum(),
    }
}

/// Every lane of the hall.
pub fn lanes(hall: &Hall, profile: &HallProfile) -> Vec<LaneView> {
    profile.lanes.iter().map(|it| lane(hall, it)).collect()
}

fn lane(hall: &Hall, profile: &LaneProfile) -> LaneView {
    let waiting = hall.waiting_count(&profile.id);
    let served = hall.windows().any(|(id, window)| {
        matches!(window.status, WindowStatus::Open { .. })
            && hall.rules().windows.get(&id).is_some_and(|it| it.lanes.contains(&profile.id))
    });
    LaneView {
        id: profile.id.clone(),
        name: profile.name.clone(),
        waiting,
        estimate_minutes: minutes(hall, &profile.id, waiting),
        served,
    }
}

/// A window as its clerk sees it; none if the profile has no such window.
pub fn window(hall: &Hall, profile: &HallProfile, id: WindowId) -> Option<WindowView> {
    profile.windows.iter().find(|it| it.id == id).map(|it| window_of(hall, profile, it))
}

/// Every window of the hall.
pub fn windows(hall: &Hall, profile: &HallProfile) -> Vec<WindowView> {
    profile.windows.iter().map(|it| window_of(hall, profile, it)).collect()
}

fn window_of(hall: &Hall, profile: &HallProfile, window: &WindowProfile) -> WindowView {
    let now = hall.window(window.id);
    let (state, clerk, pause_reason) = match &now.status {
        WindowStatus::Closed => (WindowState::Closed, None, None),
        WindowStatus::Open { staff } => (WindowState::Open, Some(staff.clone()), None),
        WindowStatus::Paused { staff, reason } => {
            (WindowState::Paused, Some(staff.clone()), reason.clone())
        }
    };
    let visitor = now.ticket.and_then(|id| hall.ticket(id));
    let waiting = queue_core::waiting_for(hall, window.id);
    WindowView {
        seq: hall.seq(),
        id: window.id,
        label: window.label.clone(),
        zone: window.zone.clone(),
        name: window.name.clone(),
        state,
        pause_reason,
        ticket: visitor.map(|it| without_secret(ticket(hall, profile, it))),
        called_at: visitor.and_then(|it| it.called_at),
        clerk,
        lanes: window.lanes.clone(),
        waiting: waiting.into_iter().filter_map(|id| hall.ticket(id)).map(waiting_ticket).collect(),
        served_today: now.served,
    }
}

/// The waiting lists of the whole hall.
pub fn queue(hall: &Hall, profile: &HallProfile) -> QueueView {
    let waiting = hall.tickets().filter(|it| it.state == TicketState::Waiting);
    QueueView {
        seq: hall.seq(),
        lanes: lanes(hall, profile),
        waiting: waiting.map(waiting_ticket).collect(),
    }
}

fn waiting_ticket(ticket: &queue_core::Ticket) -> WaitingTicket {
    WaitingTicket {
        id: ticket.id,
        number: ticket.number.clone(),
        matter: ticket.matter.clone(),
        class: ticket.class,
        issued_at: ticket.issued_at,
    }
}

/// A ticket with all that is printed on it.
pub fn ticket(hall: &Hall, profile: &HallProfile, ticket: &queue_core::Ticket) -> Ticket {
    let ahead = hall.ahead_of(ticket);
    Ticket {
        id: ticket.id,
        number: ticket.number.clone(),
        lane: ticket.lane.clone(),
        class: ticket.class,
        matter: ticket.matter.clone(),
        answers: ticket.answers.clone(),
        business_day: ticket.day,
        issued_at: ticket.issued_at,
        state: ticket.state,
        window: ticket.window,
        called_at: ticket.called_at,
        arrived_at: ticket.arrived_at,
        ahead,
        estimate_minutes: minutes(hall, &ticket.lane, ahead),
        token: ticket.token.clone(),
        url: format!("{}/t/{}", profile.public_url, ticket.token),
    }
}

/// A ticket for those who do not print it: token and address are empty.
pub fn without_secret(ticket: Ticket) -> Ticket {
    Ticket { token: String::new(), url: String::new(), ..ticket }
}

/// Where a visitor stands, for whoever holds the paper.
pub fn status(hall: &Hall, profile: &HallProfile, ticket: &queue_core::Ticket) -> TicketView {
    let ahead = hall.ahead_of(ticket);
    let lane = profile.lanes.iter().find(|it| it.id == ticket.lane);
    let letters = || Bilingual { zh: ticket.lane.to_string(), en: ticket.lane.to_string() };
    let window = profile.windows.iter().find(|it| Some(it.id) == ticket.window);
    TicketView {
        seq: hall.seq(),
        number: ticket.number.clone(),
        lane_name: lane.map_or_else(letters, |it| it.name.clone()),
        state: ticket.state,
        ahead,
        estimate_minutes: minutes(hall, &ticket.lane, ahead),
        window_label: window.map(|it| it.label.clone()),
    }
}

fn minutes(hall: &Hall, lane: &LaneId, ahead: u32) -> EstimateMinutes {
    let estimate = queue_core::estimate(hall, lane, ahead);
    EstimateMinutes { low: estimate.low, high: estimate.high }
}
