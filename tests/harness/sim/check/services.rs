//! How long services last in a lane, by the record: from the time at
//! which a window was free for a visitor until it let them go.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use queue_api::{LaneId, TicketId, WindowId};
use queue_core::Event;

use super::Seen;

/// A clerk who takes longer to call had something else to do.
const CALLS_WITHIN: SignedDuration = SignedDuration::from_mins(3);

/// So many services weigh as much as what the profile assumes.
const ASSUMED_WEIGHS: f64 = 5.0;

/// So many services weigh in a mean.
const REMEMBERED: f64 = 64.0;

/// Shorter and longer ones are taken for these, in milliseconds.
const SHORTEST_MS: f64 = 10_000.0;
const LONGEST_MS: f64 = 7_200_000.0;

/// Whole numbers make the mean of the hall differ by less than this from
/// the one here, in milliseconds.
const ROUNDED_BY_MS: f64 = 150.0;

/// Where whole minutes hang on a rounding, both are right.
#[derive(Clone, Copy, Debug)]
pub(super) enum Rounded {
    Down,
    Up,
}

#[derive(Debug, Default)]
pub(super) struct Services {
    windows: BTreeMap<WindowId, Occupied>,
    /// How many, and their mean in milliseconds.
    lanes: BTreeMap<LaneId, (f64, f64)>,
}

#[derive(Debug, Default)]
struct Occupied {
    free_since: Option<Timestamp>,
    visitor: Option<(TicketId, Timestamp)>,
}

impl Services {
    /// What an event says of them, before it changes the tickets.
    pub(super) fn see(&mut self, event: &Event, at: Timestamp, tickets: &BTreeMap<TicketId, Seen>) {
        match event {
            Event::DayOpened { .. } => self.windows.clear(),
            Event::WindowOpened { window, .. } => {
                self.windows.entry(*window).or_default().free_since = Some(at);
            }
            Event::TicketCalled { ticket, window, .. } => {
                let Some(seen) = tickets.get(ticket) else { return };
                let window = self.windows.entry(*window).or_default();
                let was_free = |free: &Timestamp| {
                    seen.from <= *free && at.duration_since(*free) <= CALLS_WITHIN
                };
                let since = window.free_since.filter(was_free).unwrap_or(at);
                window.visitor = Some((*ticket, since));
            }
            Event::TicketFinished { ticket, window, .. }
            | Event::TicketNoShow { ticket, window }
            | Event::TicketParked { ticket, window }
            | Event::TicketTransferred { ticket, window: Some(window), .. } => {
                self.goes(*ticket, *window, at, tickets);
            }
            Event::MatterFinished { ticket, window, stays, .. } => {
                self.goes(*ticket, *window, at, tickets);
                if *stays {
                    self.windows.entry(*window).or_default().visitor = Some((*ticket, at));
                }
            }
            Event::TicketVoided { ticket, .. } => {
                for window in self.windows.values_mut() {
                    window.visitor.take_if(|(id, _)| id == ticket);
                }
            }
            _ => {}
        }
    }

    fn goes(
        &mut self,
        ticket: TicketId,
        window: WindowId,
        at: Timestamp,
        tickets: &BTreeMap<TicketId, Seen>,
    ) {
        let window = self.windows.entry(window).or_default();
        window.free_since = Some(at);
        let Some((id, since)) = window.visitor.take() else { return };
        let Some(seen) = tickets.get(&ticket).filter(|_| id == ticket) else { return };
        let ms = at.duration_since(since).as_secs_f64() * 1_000.0;
        let (n, mean_ms) = self.lanes.entry(seen.lane.clone()).or_default();
        *n = (*n + 1.0).min(REMEMBERED);
        *mean_ms += (ms.clamp(SHORTEST_MS, LONGEST_MS) - *mean_ms) / *n;
    }

    /// One service in whole minutes, where the profile assumes `assumed`.
    pub(super) fn minutes(&self, lane: &LaneId, assumed: u32, rounded: Rounded) -> u32 {
        let (n, mean_ms) = self.lanes.get(lane).copied().unwrap_or_default();
        let assumed_ms = f64::from(assumed) * 60_000.0;
        let ms = (mean_ms * n + assumed_ms * ASSUMED_WEIGHS) / (n + ASSUMED_WEIGHS);
        let ms = match rounded {
            Rounded::Down => ms - ROUNDED_BY_MS,
            Rounded::Up => ms + ROUNDED_BY_MS,
        };
        // Half a minute is rounded up, and less than one is one.
        SignedDuration::from_secs_f64((ms + 30_000.0) / 1_000.0)
            .as_mins()
            .try_into()
            .unwrap_or(u32::MAX)
            .max(1)
    }
}
