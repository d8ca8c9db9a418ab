//! The reckoning for one who asks: who goes before them by the time they
//! are served, in which lanes, and how soon that has flowed off.

use jiff::{SignedDuration, Timestamp};

use super::flow::{self, Flow, Hours, Outlet, SLOT_MS};
use super::learned::{at, slot};
use super::reach::{Group, Serves};
use super::{Estimate, is_open, prior_ms};
use crate::discipline::{Asker, ahead_in, goes_last};
use crate::event::Line;
use crate::hall::{Hall, WindowStatus, count};
use crate::ids::{LaneId, WindowId};
use crate::queue::Queue;

/// Ranges are given in steps of this many minutes.
const STEP_MINUTES: u32 = 5;

/// Services vary so much that whoever is being served has at least this
/// part of a mean service before them, in thousandths (for lognormal
/// services that vary by 0.7 of their mean).
const STILL_PERMILLE: i64 = 600;

/// What a paused window, and one that is usually open and is not, are
/// worth in the half hours to come, in thousandths.
const PAUSED_PERMILLE: i64 = 600;
const LATE_PERMILLE: i64 = 500;

/// Where windows usually open or close, their part of a half hour changes
/// by so much, in thousandths.
const TURN_PERMILLE: u16 = 300;

/// The part of a wait by which the reckoning itself may be wrong, in
/// thousandths.
const DOUBT_PERMILLE: i64 = 250;

/// Half hours that are looked ahead.
const SLOTS_AHEAD: usize = 24;

/// Someone who asks how long they will wait.
pub(super) struct Asks<'a> {
    pub(super) hall: &'a Hall,
    pub(super) who: Asker,
    /// Where they wait, or waited before they were sent to `window`.
    pub(super) lane: &'a LaneId,
    pub(super) window: Option<WindowId>,
    pub(super) group: &'a Group,
    /// The place of the lane in the group, if they wait in the lane.
    pub(super) at: Option<usize>,
    pub(super) now: Timestamp,
}

/// What is before somebody: people by lane of the group, and after them
/// by window.
type Before = Vec<u32>;

impl<'a> Asks<'a> {
    /// The range.
    pub(super) fn estimate(&self) -> Estimate {
        let learned = self.hall.learned();
        let service_ms = self.service_ms(self.lane).max(1);
        let mut outlets = self.outlets();
        let next_ms = self.next_free_ms(&outlets);
        let (flow, same) = self.flow(&mut outlets, next_ms);
        let open_ms = flow.ms - flow.closed_ms;
        // Waits that add up vary less, by their number.
        let services = i64::from(same.max(1));
        let variance_s2 = learned.variance_s2(self.lane, prior_ms(self.hall, self.lane));
        let varies = (variance_s2 * 1_000 / square((service_ms / 1_000).max(1))).min(16_000);
        let chance = square(open_ms / 1_000) * varies / 1_000 / services;
        let doubt = square((open_ms + next_ms) / 1_000 * DOUBT_PERMILLE / 1_000);
        let spread_s = (chance + doubt + square(next_ms / 1_250) + 3_600).isqrt();
        let trust = learned.trust(self.lane, self.who.class);
        let likely_ms = flow.closed_ms + trust.likely_ms(open_ms + next_ms);
        let (below_ms, above_ms) = trust.reach_ms(spread_s * 1_000);
        let low = minutes(likely_ms - below_ms) / STEP_MINUTES * STEP_MINUTES;
        let high = minutes(likely_ms + above_ms + 59_999).div_ceil(STEP_MINUTES) * STEP_MINUTES;
        Estimate { likely: minutes(likely_ms + 30_000), low, high: high.max(low + STEP_MINUTES) }
    }

    /// One service of those who wait in a lane now, in milliseconds.
    fn service_ms(&self, lane: &LaneId) -> i64 {
        let learned = self.hall.learned();
        learned.mean_ms(lane, prior_ms(self.hall, lane)) * learned.hour_permille(lane, self.now)
            / 1_000
    }

    /// How long those before take, and how many of them are in the lane.
    /// Who is before somebody depends on when they are served: a visitor
    /// who goes first overtakes as time passes, others are overtaken. The
    /// wait is the first one after which all who are before by then can
    /// have been served.
    fn flow(&self, outlets: &mut [Outlet<'a>], next_ms: i64) -> (Flow, u32) {
        let service_ms = |(lane, line): &(LaneId, Line)| {
            let share = self.hall.line(line).map_or(1_000, Queue::mean_share);
            self.service_ms(lane) * i64::try_from(share).unwrap_or(1_000) / 1_000
        };
        let services: Vec<i64> = self.group.lanes.iter().map(service_ms).collect();
        let mine = |before: &Before| self.at.map_or(0, |at| before[at]);
        let mut off = |before: &Before| self.off(before, &services, outlets);
        let first = self.before(next_ms);
        let longest = off(&first);
        let same = |later_ms| self.before(next_ms + later_ms) == first;
        if longest.ms == 0 || self.is_last() || (same(longest.ms / 2) && same(longest.ms)) {
            return (longest, mine(&first));
        }
        let mut early = 0;
        for eighths in [1, 2, 4, 8] {
            let mut late = longest.ms * eighths / 8;
            let mut before = self.before(next_ms + late);
            let mut flow = off(&before);
            if flow.ms > late {
                early = late;
                continue;
            }
            for _ in 0..3 {
                let middle = early.midpoint(late);
                let there = self.before(next_ms + middle);
                let flow_there = off(&there);
                if flow_there.ms > middle {
                    early = middle;
                } else {
                    (late, before, flow) = (middle, there, flow_there);
                }
            }
            // Who overtakes everybody waits until they do.
            flow.ms = flow.ms.max(early);
            return (flow, mine(&before));
        }
        let more = self.before(next_ms + off(&self.before(next_ms + longest.ms)).ms);
        (off(&more), mine(&more))
    }

    fn is_last(&self) -> bool {
        // Whose slot is to come may go before them or not.
        let of_windows = self.group.windows.iter().map(|it| &it.line);
        let mut all = self.group.lanes.iter().map(|(_, line)| line).chain(of_windows);
        goes_last(self.hall.rules(), &self.who, self.now)
            && all.all(|it| self.hall.line(it).is_none_or(|it| it.has_come(self.now)))
    }

    /// Who would be before them if they were served so much later.
    fn before(&self, later_ms: i64) -> Before {
        let then = self.now.saturating_add(SignedDuration::from_millis(later_ms));
        let then = then.unwrap_or(self.now);
        let lanes = self.group.lanes.iter().map(|(_, line)| line);
        let windows = self.group.windows.iter().map(|it| &it.line);
        let last = self.is_last();
        let ahead = |line: Option<&Queue>| match line {
            None => 0,
            Some(line) if last => count(line.len()),
            Some(line) => ahead_in(self.hall.rules(), line, &self.who, then),
        };
        lanes.chain(windows).map(|it| ahead(self.hall.line(it))).collect()
    }

    fn off(&self, before: &Before, services: &[i64], outlets: &mut [Outlet<'a>]) -> Flow {
        let mut work: Vec<i64> =
            before.iter().zip(services).map(|(n, ms)| i64::from(*n).saturating_mul(*ms)).collect();
        let alone_ms = self.at.map_or(0, |at| work[at]);
        let bound = &before[services.len()..];
        let service_ms = self.service_ms(self.lane);
        for (outlet, n) in outlets.iter_mut().zip(bound) {
            outlet.bound_ms = i64::from(*n).saturating_mul(service_ms);
        }
        let into_slot = self.now.as_millisecond().rem_euclid(SLOT_MS);
        // Where no window is to be seen that would serve them, one will
        // have to be opened.
        let unseen = Flow { ms: alone_ms.min(flow::WAIT_MS_MAX), closed_ms: 0 };
        let windows = i64::try_from(outlets.len()).unwrap_or(i64::MAX).max(1);
        if alone_ms / windows > flow::WAIT_MS_MAX {
            return unseen;
        }
        flow::off(&mut work, outlets, SLOT_MS - into_slot).unwrap_or(unseen)
    }

    /// The windows of the group, with when they are there.
    fn outlets(&self) -> Vec<Outlet<'a>> {
        let served = self.served();
        let nobody = self.group.windows.iter().all(|it| !is_open(self.hall, it.id));
        let tides = self.group.windows.iter().all(|it| self.is_tidal(it.id));
        let outlet = |it: &'a Serves| {
            let Serves { own, helps, .. } = it;
            let mine = match self.window {
                Some(window) => it.id == window,
                None => self.at.is_some_and(|at| own.contains(&at)),
            };
            Outlet { own, helps, bound_ms: 0, mine, hours: self.hours(it, served, nobody, tides) }
        };
        self.group.windows.iter().map(outlet).collect()
    }

    fn hours(&self, window: &Serves, served: u64, nobody: bool, tides: bool) -> Hours<'a> {
        let usual = self.hall.learned().usual(window.id);
        let slot = slot(self.now.as_second());
        let turn = usual.map_or(SLOTS_AHEAD, |usual| {
            let changes =
                |ahead: &usize| at(usual, slot + ahead).abs_diff(at(usual, slot)) >= TURN_PERMILLE;
            (1..SLOTS_AHEAD).find(changes).unwrap_or(SLOTS_AHEAD)
        });
        // Where there are only tidal windows, they are not for peaks only.
        let tidal = self.is_tidal(window.id) && !tides;
        // How much of the present half hour windows are there as a rule.
        let present = match usual {
            Some(usual) => i64::from(at(usual, slot)),
            None => i64::from(served & 1 == 1) * 1_000,
        };
        let (now, later) = match self.hall.window(window.id).status {
            WindowStatus::Open { .. } => (1_000, 1_000),
            WindowStatus::Paused { .. } => (present * PAUSED_PERMILLE / 1_000, 1_000),
            WindowStatus::Closed if usual.is_some() => (0, LATE_PERMILLE),
            // On the first day, those that are meant to be open will be.
            WindowStatus::Closed if tidal || self.hall.learned().was_open(window.id) => (0, 0),
            WindowStatus::Closed if nobody => (present, 1_000),
            WindowStatus::Closed => (present * LATE_PERMILLE / 1_000, 1_000),
        };
        Hours { now, later, usual, slot, turn, served }
    }

    fn is_tidal(&self, window: WindowId) -> bool {
        self.hall.rules().windows.get(&window).is_some_and(|it| it.tidal)
    }

    /// The half hours from now in which the lane is served, as bits; all
    /// where the rules do not say.
    fn served(&self) -> u64 {
        let rules = self.hall.rules();
        let spans = rules.lanes.get(self.lane).map_or(&[][..], |it| &it.spans);
        if spans.is_empty() {
            return u64::MAX;
        }
        let time = rules.zone.to_datetime(self.now).time();
        let second = |time: jiff::civil::Time| {
            i64::from(time.hour()) * 3_600
                + i64::from(time.minute()) * 60
                + i64::from(time.second())
        };
        let now = second(time);
        let from = now - now % 1_800;
        (0..SLOTS_AHEAD).fold(0, |bits, ahead| {
            let at = (from + i64::try_from(ahead).unwrap_or(0) * 1_800).max(0);
            let inside = spans.iter().any(|it| second(it.from) < at + 1_800 && at < second(it.to));
            bits | u64::from(inside) << ahead
        })
    }

    /// How soon the first of the windows that serve them is free of the
    /// visitor it has: the more there are, the sooner.
    fn next_free_ms(&self, outlets: &[Outlet<'_>]) -> i64 {
        let mut rate = 0;
        let mine = outlets.iter().zip(&self.group.windows).filter(|(it, _)| it.mine);
        for (_, serves) in mine {
            if !is_open(self.hall, serves.id) {
                continue;
            }
            let window = self.hall.window(serves.id);
            let Some(ticket) = window.ticket.and_then(|it| self.hall.ticket(it)) else { return 0 };
            let share = self.hall.learned().share_of(&ticket.lane, ticket.matter.as_deref());
            let mean_ms = self.service_ms(&ticket.lane) * i64::from(share) / 1_000;
            let since = self.hall.learned().occupied_since(serves.id).or(ticket.called_at);
            let for_ms = since.map_or(0, |it| self.now.as_millisecond() - it.as_millisecond());
            let left_ms = (mean_ms - for_ms).max(mean_ms * STILL_PERMILLE / 1_000).max(1_000);
            rate += 1_000_000_000_000 / left_ms;
        }
        if rate == 0 { 0 } else { 1_000_000_000_000 / rate }
    }
}

fn square(it: i64) -> i64 {
    it.saturating_mul(it)
}

fn minutes(ms: i64) -> u32 {
    u32::try_from(ms / 60_000).unwrap_or(0)
}
