//! What the hall has learned of itself from what happened: how long
//! services last, when windows are open, how good forecasts were.
//!
//! Only events are looked at, never the rules, and everything is a whole
//! number: a journal teaches the same under any profile, every time it
//! is read. Times of day are in UTC for that reason; only their sameness
//! from day to day matters.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::service::{Ratio, Service};
use super::trust::{Accuracy, Trust};
use crate::event::{CallReason, Entry, Event};
use crate::hall::Ticket;
use crate::ids::{Class, LaneId, TicketId, TicketState, WindowId};

/// Matters of a lane that are told apart; a catalogue has fewer.
const MATTERS_MAX: usize = 256;

/// So many services teach as much as what was assumed before.
const PRIOR_SERVICES: i64 = 5;

/// So many services of an hour teach as much as the rest of the day.
const PRIOR_HOUR: i64 = 15;

/// A clerk who takes longer to call the next had something else to do.
const BETWEEN_MAX: SignedDuration = SignedDuration::from_mins(3);

/// Half hours of a day.
const SLOTS: usize = 48;

/// A figure for each half hour of a UTC day.
pub(super) type HalfHours = [[u16; 2]; 24];

/// So many days weigh in when windows are usually open.
const USUAL_DAYS: i64 = 5;

/// All that was learned.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Learned {
    lanes: BTreeMap<LaneId, OfLane>,
    windows: BTreeMap<WindowId, OfWindow>,
    /// Days on which windows were open.
    days: i64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfLane {
    services: Service,
    /// Services by their hour, as parts of what they take on average.
    hours: [Ratio; 24],
    matters: BTreeMap<String, Service>,
    ordinary: Trust,
    preferred: Trust,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfWindow {
    /// Since when it is open, if it is.
    open_since: Option<Timestamp>,
    /// When it last let a visitor go today.
    free_since: Option<Timestamp>,
    /// Its visitor, and since when it is occupied with them.
    visitor: Option<(TicketId, Timestamp)>,
    /// Today, in seconds of each half hour.
    today_s: HalfHours,
    /// On the days before, in thousandths of each half hour.
    usual: HalfHours,
}

impl Learned {
    /// Learns from what is about to be applied to `tickets`.
    pub(crate) fn see(&mut self, entry: &Entry, tickets: &BTreeMap<TicketId, Ticket>) {
        let at = entry.at;
        match &entry.event {
            Event::DayOpened { .. } => self.turn_the_day(),
            Event::WindowOpened { window, .. } => {
                let it = self.windows.entry(*window).or_default();
                it.open_since = it.open_since.or(Some(at));
                it.free_since = Some(at);
            }
            Event::WindowPaused { window, .. } | Event::WindowClosed { window } => {
                self.windows.entry(*window).or_default().closes(at);
            }
            Event::TicketCalled { ticket, window, reason, .. } => {
                let Some(ticket) = tickets.get(ticket) else { return };
                self.compare(ticket, reason, at);
                self.windows.entry(*window).or_default().calls(ticket, at);
            }
            Event::TicketFinished { ticket, window, .. }
            | Event::TicketNoShow { ticket, window }
            | Event::TicketParked { ticket, window }
            | Event::TicketTransferred { ticket, window: Some(window), .. } => {
                self.lets_go(*window, tickets.get(ticket), at);
            }
            Event::MatterFinished { ticket, window, stays, .. } => {
                self.lets_go(*window, tickets.get(ticket), at);
                if *stays {
                    self.windows.entry(*window).or_default().visitor = Some((*ticket, at));
                }
            }
            Event::TicketVoided { ticket, .. } => {
                // A service that was broken off teaches nothing.
                let at_window = tickets.get(ticket).and_then(|it| it.window);
                if let Some(window) = at_window.and_then(|it| self.windows.get_mut(&it)) {
                    window.visitor = window.visitor.filter(|(id, _)| id != ticket);
                }
            }
            Event::DayClosed { .. }
            | Event::TicketIssued(_)
            | Event::TicketPrinted { .. }
            | Event::TicketRecalled { .. }
            | Event::TicketArrived { .. }
            | Event::TicketReinstated { .. }
            | Event::TicketResumed { .. }
            | Event::TicketTransferred { window: None, .. }
            | Event::PassGiven { .. }
            | Event::ServiceRated(_)
            | Event::NumbersLeased(_)
            | Event::NumbersSkipped { .. }
            | Event::NumberToldLate { .. }
            | Event::AppointmentMade { .. }
            | Event::AppointmentCancelled { .. }
            | Event::AppointmentMissed { .. }
            | Event::AppointmentsImported { .. }
            | Event::RecordArchived(_)
            | Event::DayReopened { .. }
            | Event::NumbersStopped { .. }
            | Event::NumbersResumed { .. }
            | Event::WindowAssigned { .. }
            | Event::NoticePosted { .. }
            | Event::NoticeRemoved { .. }
            | Event::StandInFiled { .. }
            | Event::StandInWithdrawn { .. } => {}
        }
    }

    /// A day on which no window opened is not a day to learn from.
    fn turn_the_day(&mut self) {
        if self.windows.values().all(|it| it.today_s == HalfHours::default()) {
            return;
        }
        self.days = (self.days + 1).min(USUAL_DAYS);
        for window in self.windows.values_mut() {
            window.visitor = None;
            window.free_since = None;
            for (usual, today_s) in
                window.usual.iter_mut().flatten().zip(window.today_s.iter_mut().flatten())
            {
                let today = i64::from(*today_s) * 1_000 / 1_800;
                let moved = i64::from(*usual) + (today - i64::from(*usual)) / self.days;
                *usual = u16::try_from(moved.clamp(0, 1_000)).unwrap_or(1_000);
                *today_s = 0;
            }
        }
    }

    /// A first call in its turn ends the wait that was forecast.
    fn compare(&mut self, ticket: &Ticket, reason: &CallReason, at: Timestamp) {
        let moved = ticket.lane != ticket.number.lane || ticket.for_window.is_some();
        let out_of_turn = matches!(reason, CallReason::ByNumber { .. });
        let Some(forecast) = ticket.forecast else { return };
        if ticket.first_called_at.is_some() || moved || out_of_turn {
            return;
        }
        let lane = self.lanes.entry(ticket.lane.clone()).or_default();
        lane.trust_mut(ticket.class).see(forecast, at.duration_since(ticket.issued_at));
    }

    fn lets_go(&mut self, window: WindowId, ticket: Option<&Ticket>, at: Timestamp) {
        let window = self.windows.entry(window).or_default();
        window.free_since = Some(at);
        let (Some((id, since)), Some(ticket)) = (window.visitor.take(), ticket) else { return };
        if id == ticket.id {
            let lane = self.lanes.entry(ticket.lane.clone()).or_default();
            lane.see(ticket, millis(at.duration_since(since)), at);
        }
    }

    /// One service in a lane, in milliseconds, where the profile says
    /// `prior_ms`.
    pub(super) fn mean_ms(&self, lane: &LaneId, prior_ms: i64) -> i64 {
        let of_lane = self.lanes.get(lane).map(|it| it.services).unwrap_or_default();
        of_lane.mean_ms(prior_ms, PRIOR_SERVICES)
    }

    /// What services of a lane take at this time of day, in thousandths.
    pub(super) fn hour_permille(&self, lane: &LaneId, now: Timestamp) -> i64 {
        self.lanes.get(lane).map_or(1_000, |it| it.hours[hour(now)].permille(PRIOR_HOUR))
    }

    /// How much services of a lane vary, in seconds squared.
    pub(super) fn variance_s2(&self, lane: &LaneId, prior_ms: i64) -> i64 {
        let of_lane = self.lanes.get(lane).map(|it| it.services).unwrap_or_default();
        of_lane.variance_s2(prior_ms, PRIOR_SERVICES)
    }

    /// What this matter takes, in thousandths of what its lane takes.
    pub(crate) fn share_of(&self, lane: &LaneId, matter: Option<&str>) -> u32 {
        let of_lane = self.lanes.get(lane);
        let share = of_lane.and_then(|it| {
            let all_ms = it.services.mean_ms(0, 0).max(1);
            let ms = it.matters.get(matter?)?.mean_ms(all_ms, PRIOR_SERVICES);
            u32::try_from(ms * 1_000 / all_ms).ok()
        });
        share.unwrap_or(1_000).clamp(100, 10_000)
    }

    /// Since when a window is occupied with its visitor.
    pub(super) fn occupied_since(&self, window: WindowId) -> Option<Timestamp> {
        self.windows.get(&window)?.visitor.map(|(_, since)| since)
    }

    /// Whether a window has been open and is not any more.
    pub(super) fn was_open(&self, window: WindowId) -> bool {
        let is = |it: &OfWindow| it.open_since.is_none() && it.today_s != HalfHours::default();
        self.windows.get(&window).is_some_and(is)
    }

    /// How much of each half hour of the UTC day a window is open on a
    /// usual day, in thousandths; none before the first day is over.
    pub(super) fn usual(&self, window: WindowId) -> Option<&HalfHours> {
        self.windows.get(&window).filter(|_| self.days > 0).map(|it| &it.usual)
    }

    /// What forecasts in a lane have come to.
    pub(super) fn trust(&self, lane: &LaneId, class: Class) -> Trust {
        let Some(it) = self.lanes.get(lane) else { return Trust::default() };
        if class == Class::Ordinary { it.ordinary } else { it.preferred }
    }

    /// How good forecasts were, by lane.
    pub(super) fn accuracy(&self) -> BTreeMap<LaneId, Accuracy> {
        let of = |it: &OfLane| Trust::accuracy(&[it.ordinary, it.preferred]);
        self.lanes.iter().map(|(id, it)| (id.clone(), of(it))).collect()
    }
}

impl OfLane {
    fn trust_mut(&mut self, class: Class) -> &mut Trust {
        if class == Class::Ordinary { &mut self.ordinary } else { &mut self.preferred }
    }

    /// Whoever did not come occupied the window, too, but says nothing of
    /// the matter.
    fn see(&mut self, ticket: &Ticket, ms: i64, at: Timestamp) {
        if let Some(matter) = &ticket.matter
            && ticket.state != TicketState::Called
            && (self.matters.len() < MATTERS_MAX || self.matters.contains_key(matter))
        {
            self.matters.entry(matter.clone()).or_default().see(ms);
        }
        self.services.see(ms);
        let mean_ms = self.services.mean_ms(0, 0).max(1);
        self.hours[hour(at)].see(ms.saturating_mul(1_000) / mean_ms);
    }
}

impl OfWindow {
    fn closes(&mut self, at: Timestamp) {
        let Some(since) = self.open_since.take() else { return };
        // A window that was forgotten over night was not open all night.
        let (mut from, to) = (since.as_second(), at.as_second().min(since.as_second() + 43_200));
        while from < to {
            let end = (from / 1_800 + 1) * 1_800;
            let seconds = u16::try_from(end.min(to) - from).unwrap_or(1_800);
            let slot = slot(from);
            let slot = &mut self.today_s[slot / 2][slot % 2];
            *slot = (*slot + seconds).min(1_800);
            from = end;
        }
    }

    /// The visitor's service begins for those behind them when the window
    /// was free for it.
    fn calls(&mut self, ticket: &Ticket, at: Timestamp) {
        let free = self
            .free_since
            .filter(|it| ticket.waits_from <= *it && at.duration_since(*it) <= BETWEEN_MAX);
        self.visitor = Some((ticket.id, free.unwrap_or(at)));
    }
}

fn millis(duration: SignedDuration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

fn hour(at: Timestamp) -> usize {
    usize::try_from(at.as_second().rem_euclid(86_400) / 3_600).unwrap_or(0)
}

/// The figure of a half hour, counted on past midnight.
pub(super) fn at(figures: &HalfHours, slot: usize) -> u16 {
    let slot = slot % SLOTS;
    figures[slot / 2][slot % 2]
}

/// The half hour of the UTC day.
pub(super) fn slot(second: i64) -> usize {
    usize::try_from(second.rem_euclid(86_400) / 1_800).unwrap_or(0)
}
