//! What boards show: the hall, one of its zones, or one window.

use jiff::Timestamp;
use queue_api::{
    BOARD_CALLS_MAX, BoardCall, BoardView, BoardWindow, HallProfile, LaneProfile, LaneView,
    StaffId, StaffRole, TicketState, WindowId, WindowProfile, WindowState,
};
use queue_core::{Hall, WindowStatus};

use super::{lane, manage};

/// What a board shows, of one zone or of the whole hall.
pub fn board(hall: &Hall, profile: &HallProfile, zone: Option<&str>, now: Timestamp) -> BoardView {
    let here = |it: &str| zone.is_none_or(|zone| zone == it);
    BoardView {
        calls: calls(hall, profile, |it| here(&it.zone)),
        lanes: lanes(hall, profile, now, |it| here(&it.zone)),
        ..bare(hall, zone, now)
    }
}

/// What the board over a window shows; none if there is no such window.
/// `role` knows what a member of staff is.
pub fn window_board(
    hall: &Hall,
    profile: &HallProfile,
    role: impl Fn(&StaffId) -> Option<StaffRole>,
    id: WindowId,
    now: Timestamp,
) -> Option<BoardView> {
    let window = profile.windows.iter().find(|it| it.id == id)?;
    // As the manager changed them for today.
    let rules = hall.rules().windows.get(&id);
    let served = rules.map_or(&window.lanes, |it| &it.lanes);
    Some(BoardView {
        calls: calls(hall, profile, |it| it.id == id),
        lanes: lanes(hall, profile, now, |it| served.contains(&it.id)),
        window: Some(sign(hall, window, role)),
        ..bare(hall, Some(&window.zone), now)
    })
}

/// What does not depend on which windows and lanes a board shows.
fn bare(hall: &Hall, zone: Option<&str>, now: Timestamp) -> BoardView {
    BoardView {
        seq: hall.seq(),
        now,
        business_day: hall.day(),
        calls: Vec::new(),
        lanes: Vec::new(),
        waiting: hall.waiting_total(),
        notices: manage::notices(hall, now, |it| zone.is_none() || it.is_none() || it == zone),
        zone: zone.map(str::to_owned),
        window: None,
    }
}

fn sign(
    hall: &Hall,
    window: &WindowProfile,
    role: impl Fn(&StaffId) -> Option<StaffRole>,
) -> BoardWindow {
    let it = hall.window(window.id);
    let (state, clerk, pause_until) = match &it.status {
        WindowStatus::Closed => (WindowState::Closed, None, None),
        WindowStatus::Open { staff } => (WindowState::Open, Some(staff), None),
        WindowStatus::Paused { staff, until, .. } => (WindowState::Paused, Some(staff), *until),
    };
    let visitor = it.ticket.and_then(|id| hall.ticket(id));
    BoardWindow {
        id: window.id,
        label: window.label.clone(),
        name: window.name.clone(),
        state,
        pause_until,
        clerk: clerk.cloned(),
        clerk_role: clerk.and_then(role),
        number: visitor.map(|it| it.number.clone()),
        arrived: visitor.is_some_and(|it| it.state == TicketState::Serving),
    }
}

/// The newest calls to these windows whose visitors may still come.
fn calls(
    hall: &Hall,
    profile: &HallProfile,
    is_wanted: impl Fn(&WindowProfile) -> bool,
) -> Vec<BoardCall> {
    let calls = hall.calls().filter_map(|call| {
        let window = profile.windows.iter().find(|it| it.id == call.window)?;
        let ticket = hall.ticket(call.ticket)?;
        let gone = matches!(ticket.state, TicketState::NoShow | TicketState::Void);
        (is_wanted(window) && !gone).then(|| BoardCall {
            seq: call.seq,
            number: ticket.number.clone(),
            window: window.id,
            window_label: window.label.clone(),
            class: ticket.class,
            at: call.at,
            state: ticket.state,
        })
    });
    calls.take(BOARD_CALLS_MAX).collect()
}

fn lanes(
    hall: &Hall,
    profile: &HallProfile,
    now: Timestamp,
    is_wanted: impl Fn(&LaneProfile) -> bool,
) -> Vec<LaneView> {
    profile.lanes.iter().filter(|it| is_wanted(it)).map(|it| lane(hall, it, now)).collect()
}
