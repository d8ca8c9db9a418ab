//! Views of the hall, each whole and made from the published state: what
//! a board, a window, the staff page and a ticket's page show.
//!
//! Pure: a hall and its profile in, a view out.

pub(crate) mod appointments;
mod board;
pub(crate) mod manage;
mod status;
#[cfg(test)]
mod tests;

pub use board::{board, window_board};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use queue_api::{
    Advice, BeforeYou, Booked, EstimateMinutes, ForecastReport, HallProfile, LaneProfile, LaneView,
    NumberBlock, NumberLease, PassView, PrintOutcome, QueueView, Ticket, TicketState,
    WaitingTicket, WhyBefore, WindowFigures, WindowId, WindowProfile, WindowState, WindowView,
};
use queue_core::{Accuracy, Block, Hall, HeldPass, Lease, WindowStatus, accuracy, number_hours};
pub use status::status;

/// A lease as its kiosk gets it.
pub fn number_lease(hall: &Hall, lease: &Lease, business_day: Date) -> NumberLease {
    let block = |it: &Block| {
        let (gives_from, gives_until) = number_hours(hall.rules(), &it.lane);
        let Block { lane, first, count } = it.clone();
        NumberBlock { lane, first, count, gives_from, gives_until }
    };
    let blocks = lease.blocks.iter().map(block).collect();
    NumberLease { token: lease.token.clone(), business_day, blocks }
}

/// How good forecasts have been, lane by lane.
pub fn forecasts(hall: &Hall, profile: &HallProfile) -> Vec<ForecastReport> {
    let accuracy = accuracy(hall);
    let report = |lane: &LaneProfile| {
        let Accuracy { tickets, mean_error_s, mean_absolute_error_s, within_percent } =
            accuracy.get(&lane.id).copied().unwrap_or_default();
        let (lane, name) = (lane.id.clone(), lane.name.clone());
        ForecastReport { lane, name, tickets, mean_error_s, mean_absolute_error_s, within_percent }
    };
    profile.lanes.iter().map(report).collect()
}

/// Every lane of the hall.
pub fn lanes(hall: &Hall, profile: &HallProfile, now: Timestamp) -> Vec<LaneView> {
    profile.lanes.iter().map(|it| lane(hall, it, now)).collect()
}

fn lane(hall: &Hall, profile: &LaneProfile, now: Timestamp) -> LaneView {
    let waiting = hall.waiting_count(&profile.id);
    let served = hall.windows().any(|(id, window)| {
        matches!(window.status, WindowStatus::Open { .. })
            && hall.rules().windows.get(&id).is_some_and(|it| it.lanes.contains(&profile.id))
    });
    LaneView {
        id: profile.id.clone(),
        name: profile.name.clone(),
        waiting,
        estimate_minutes: minutes(queue_core::estimate(hall, &profile.id, now)),
        served,
        stopped: hall.is_stopped(&profile.id),
        gives_numbers: queue_core::gives_numbers(hall, &profile.id, now).is_ok(),
        numbers_left: queue_core::numbers_left(hall, &profile.id),
    }
}

/// A window as its clerk sees it; none if the profile has no such window.
pub fn window(
    hall: &Hall,
    profile: &HallProfile,
    id: WindowId,
    now: Timestamp,
) -> Option<WindowView> {
    profile.windows.iter().find(|it| it.id == id).map(|it| window_of(hall, profile, it, now))
}

/// Every window of the hall.
pub fn windows(hall: &Hall, profile: &HallProfile, now: Timestamp) -> Vec<WindowView> {
    profile.windows.iter().map(|it| window_of(hall, profile, it, now)).collect()
}

fn window_of(
    hall: &Hall,
    profile: &HallProfile,
    window: &WindowProfile,
    now: Timestamp,
) -> WindowView {
    let it = hall.window(window.id);
    let (state, clerk, pause) = match &it.status {
        WindowStatus::Closed => (WindowState::Closed, None, None),
        WindowStatus::Open { staff } => (WindowState::Open, Some(staff.clone()), None),
        WindowStatus::Paused { staff, reason, until } => {
            (WindowState::Paused, Some(staff.clone()), Some((reason.clone(), *until)))
        }
    };
    let (pause_reason, pause_until) = pause.unwrap_or_default();
    let rules = hall.rules().windows.get(&window.id);
    let visitor = it.ticket.and_then(|id| hall.ticket(id));
    let waiting = queue_core::waiting_for(hall, window.id, now);
    WindowView {
        seq: hall.seq(),
        id: window.id,
        label: window.label.clone(),
        zone: window.zone.clone(),
        name: window.name.clone(),
        state,
        pause_reason,
        pause_until,
        ticket: visitor.map(|it| without_secret(ticket(hall, profile, it, now))),
        called_at: visitor.and_then(|it| it.called_at),
        clerk,
        // As the manager changed it for today.
        lanes: rules.map_or_else(|| window.lanes.clone(), |it| it.lanes.clone()),
        helps: rules.map_or_else(Vec::new, |it| it.helps.clone()),
        waiting: waiting.into_iter().filter_map(|id| hall.ticket(id)).map(waiting_ticket).collect(),
        parked: hall.parked_at(window.id).map(waiting_ticket).collect(),
        no_show_at: visitor.and_then(|it| no_show_at(hall, it)),
        calls: visitor.map_or(0, |it| it.calls),
        served_today: it.served,
        today: WindowFigures {
            service_seconds: it.service_ms_mean().and_then(|ms| u32::try_from(ms / 1_000).ok()),
            outcomes: it.outcomes.clone(),
        },
    }
}

/// From when a visitor who was called often enough counts as not having
/// come.
fn no_show_at(hall: &Hall, ticket: &queue_core::Ticket) -> Option<Timestamp> {
    let rules = hall.rules().no_show;
    let waited = SignedDuration::from_secs(i64::from(rules.seconds));
    let awaited = ticket.state == TicketState::Called && ticket.calls >= rules.calls;
    ticket.first_called_at.filter(|_| awaited)?.saturating_add(waited).ok()
}

/// Windows that might open or close.
pub fn advice(hall: &Hall) -> Vec<Advice> {
    let advice = queue_core::advice(hall).into_iter().map(|it| match it {
        queue_core::Advice::Open { window, lane, wait_minutes } => {
            Advice::Open { window, lane, wait_minutes }
        }
        queue_core::Advice::Close { window } => Advice::Close { window },
    });
    advice.collect()
}

/// Who is called earlier than this ticket, and why.
pub fn before(hall: &Hall, ticket: &queue_core::Ticket, now: Timestamp) -> Vec<BeforeYou> {
    let before = queue_core::before(hall, ticket, now).into_iter();
    let before = before.filter_map(|(id, why)| Some((hall.ticket(id)?, why)));
    let before = before.map(|(it, why)| BeforeYou {
        number: it.number.clone(),
        class: it.class,
        why: match why {
            queue_core::Before::CameEarlier => WhyBefore::CameEarlier,
            queue_core::Before::ByClass(_) => WhyBefore::ByClass,
        },
    });
    before.collect()
}

/// The waiting lists of the whole hall.
pub fn queue(hall: &Hall, profile: &HallProfile, now: Timestamp) -> QueueView {
    let waiting = hall.tickets().filter(|it| it.state == TicketState::Waiting);
    QueueView {
        seq: hall.seq(),
        lanes: lanes(hall, profile, now),
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
        waits_from: Some(ticket.waits_from).filter(|it| *it > ticket.issued_at),
        priority: ticket.priority,
        note: ticket.note.clone(),
    }
}

/// A ticket with all that is printed on it.
pub fn ticket(
    hall: &Hall,
    profile: &HallProfile,
    ticket: &queue_core::Ticket,
    now: Timestamp,
) -> Ticket {
    let ahead = queue_core::ahead(hall, ticket, now);
    Ticket {
        id: ticket.id,
        number: ticket.number.clone(),
        lane: ticket.lane.clone(),
        class: ticket.class,
        matter: ticket.matter.clone(),
        answers: ticket.answers.clone(),
        more: ticket.more.iter().map(|it| it.matter.clone()).collect(),
        priority: ticket.priority,
        note: ticket.note.clone(),
        business_day: ticket.day,
        issued_at: ticket.issued_at,
        state: ticket.state,
        window: ticket.window,
        called_at: ticket.called_at,
        arrived_at: ticket.arrived_at,
        ahead,
        estimate_minutes: minutes(queue_core::estimate_ticket(hall, ticket, now)),
        token: ticket.token.clone(),
        url: format!("{}/t/{}", profile.public_url, ticket.token),
        on_paper: matches!(ticket.print, Some(PrintOutcome::Done | PrintOutcome::Unknown)),
        booked: booked(hall, ticket),
        rejoin_until: status::rejoin_until(hall, ticket),
    }
}

fn booked(hall: &Hall, ticket: &queue_core::Ticket) -> Option<Booked> {
    let it = &hall.appointment(ticket.appointment?)?.appointment;
    let on_time = i64::from(hall.rules().appointments.on_time_minutes);
    let late = ticket.issued_at.duration_since(it.starts) > SignedDuration::from_mins(on_time);
    Some(Booked { time: it.time, late })
}

/// What a return pass is worth today.
pub fn pass(hall: &Hall, profile: &HallProfile, held: &HeldPass, now: Timestamp) -> PassView {
    let came = held.became.and_then(|id| hall.ticket(id));
    PassView {
        lane: held.pass.lane.clone(),
        matter: held.pass.matter.clone(),
        until: held.pass.until,
        ticket: came.map(|it| ticket(hall, profile, it, now)),
    }
}

/// A ticket for those who do not print it: token and address are empty.
pub fn without_secret(ticket: Ticket) -> Ticket {
    Ticket { token: String::new(), url: String::new(), ..ticket }
}

fn minutes(estimate: queue_core::Estimate) -> EstimateMinutes {
    EstimateMinutes { low: estimate.low, high: estimate.high }
}
