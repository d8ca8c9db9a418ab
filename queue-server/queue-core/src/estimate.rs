//! How long a wait will be, as an honest range.
//!
//! The queue-length method: the services of all who would be called
//! before, by any window that serves the lane, flow off through the
//! windows that are open or usually open by then. How long services last
//! and how far forecasts can be trusted is learned. The range is in steps
//! of five minutes, because a number that looks exact is taken for a
//! promise.

mod flow;
mod learned;
mod reach;
mod reckon;
mod service;
mod trust;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::discipline::Asker;
use crate::hall::{Hall, Ticket, WindowStatus, count};
use crate::ids::{Class, LaneId, TicketState, WindowId};

pub(crate) use learned::Learned;
pub(crate) use reach::Reach;
use reckon::Asks;
pub use trust::Accuracy;

/// Hardly sooner and hardly later than this, in minutes: eight of ten
/// waits lie between.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Estimate {
    /// The wait that is expected; for reckoning, not for showing.
    pub likely: u32,
    /// Hardly sooner.
    pub low: u32,
    /// Hardly later.
    pub high: u32,
}

/// Service time taken for a lane that the profile no longer has.
const SERVICE_MINUTES_UNKNOWN: u32 = 10;

/// No service lasts longer than a day.
const SERVICE_MINUTES_MAX: u32 = 1_440;

/// For whoever need not wait.
const NOTHING: Estimate = Estimate { likely: 0, low: 0, high: 5 };

/// How long an ordinary visitor who came now would wait in `lane`.
pub fn estimate(hall: &Hall, lane: &LaneId, now: Timestamp) -> Estimate {
    estimate_newcomer(hall, lane, Class::Ordinary, now, now)
}

/// How long whoever came now and counts as waiting since `from` would
/// wait in `lane`.
pub(crate) fn estimate_newcomer(
    hall: &Hall,
    lane: &LaneId,
    class: Class,
    from: Timestamp,
    now: Timestamp,
) -> Estimate {
    let Some((group, at)) = hall.reach().of_lane(lane) else { return NOTHING };
    let who = Asker::newcomer(class, from);
    Asks { hall, who, lane, window: None, group, at: Some(at), now }.estimate()
}

/// How long a ticket that waits will go on waiting.
pub fn estimate_ticket(hall: &Hall, ticket: &Ticket, now: Timestamp) -> Estimate {
    let found = match ticket.for_window {
        None => hall.reach().of_lane(&ticket.lane).map(|(group, at)| (group, Some(at))),
        Some(window) => hall.reach().of_window(window).map(|group| (group, None)),
    };
    let Some((group, at)) = found.filter(|_| ticket.state == TicketState::Waiting) else {
        return NOTHING;
    };
    let who = Asker { class: ticket.class, place: ticket.place() };
    Asks { hall, who, lane: &ticket.lane, window: ticket.for_window, group, at, now }.estimate()
}

/// How good forecasts have been, by lane: what was said when the number
/// was given against the first call.
pub fn accuracy(hall: &Hall) -> BTreeMap<LaneId, Accuracy> {
    hall.learned().accuracy()
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

/// One service in a lane, in minutes, as the profile says and the days
/// have taught.
pub(crate) fn service_minutes(hall: &Hall, lane: &LaneId) -> u32 {
    let ms = hall.learned().mean_ms(lane, prior_ms(hall, lane));
    u32::try_from((ms + 30_000) / 60_000).unwrap_or(u32::MAX).max(1)
}

/// One service as the profile says, in milliseconds.
fn prior_ms(hall: &Hall, lane: &LaneId) -> i64 {
    let minutes =
        hall.rules().lanes.get(lane).map_or(SERVICE_MINUTES_UNKNOWN, |it| it.service_minutes);
    i64::from(minutes.min(SERVICE_MINUTES_MAX)) * 60_000
}

/// How many windows are open for a lane of their own.
pub(crate) fn open_windows(hall: &Hall, lane: &LaneId) -> u32 {
    count(hall.windows_of(lane).filter(|it| is_open(hall, *it)).count())
}

fn is_open(hall: &Hall, window: WindowId) -> bool {
    matches!(hall.window(window).status, WindowStatus::Open { .. })
}
