//! The work before somebody, flowing off through the windows that share
//! it. A window that serves several lanes works on each by its part of
//! what is still before them, which is what calling whoever came first
//! comes to on average.

use super::learned::{HalfHours, at};

/// Half an hour, the grain in which windows open and close.
pub(super) const SLOT_MS: i64 = 1_800_000;

/// Nobody is told to wait longer than this.
pub(super) const WAIT_MS_MAX: i64 = 43_200_000;

/// No lane has more work before anybody than this.
const WORK_MS_MAX: i64 = 1_000_000_000_000;

/// A window that is usually there for less of a half hour than this, in
/// thousandths, only finishes then or is about to open.
const SHARE_MIN: i64 = 300;

/// So many lanes that run empty, and half hours, are looked at.
const STEPS_MAX: usize = 96;

/// A window as far as the flow goes.
#[derive(Clone, Debug)]
pub(super) struct Outlet<'a> {
    /// Its lanes, by place.
    pub(super) own: &'a [usize],
    /// The lanes it helps, by place.
    pub(super) helps: &'a [usize],
    /// Work that only this window does, in milliseconds.
    pub(super) bound_ms: i64,
    /// Whether it would call the one who asks.
    pub(super) mine: bool,
    /// When it is there.
    pub(super) hours: Hours<'a>,
}

/// How much of a window there is by half hours from now.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hours<'a> {
    /// In the first of them, in thousandths.
    pub(super) now: i64,
    /// While nothing changes, in thousandths of what is usual.
    pub(super) later: i64,
    /// What is usual, by half hours of the UTC day.
    pub(super) usual: Option<&'a HalfHours>,
    /// The present half hour of the UTC day.
    pub(super) slot: usize,
    /// The first half hour in which windows usually open or close.
    pub(super) turn: usize,
    /// Half hours in which the lane is served, as its rules say; from
    /// the last of them on, windows stay as they are.
    pub(super) served: u64,
}

impl Hours<'_> {
    /// In a half hour from now, in thousandths; little is nothing.
    fn share(&self, ahead: usize) -> i64 {
        let share = self.expected(ahead);
        if share < SHARE_MIN { 0 } else { share }
    }

    fn expected(&self, ahead: usize) -> i64 {
        let last = 63 - self.served.leading_zeros().min(63);
        let ahead = ahead.min(last as usize);
        if ahead == 0 {
            return self.now;
        }
        match self.usual {
            Some(_) if ahead < self.turn && self.now >= 1_000 => 1_000,
            Some(usual) => {
                let share = i64::from(at(usual, self.slot + ahead));
                if ahead < self.turn { share * self.later / 1_000 } else { share }
            }
            None if self.served & (1 << ahead) == 0 => 0,
            None => self.later,
        }
    }
}

/// How the work before somebody flows off, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Flow {
    /// Until it has.
    pub(super) ms: i64,
    /// The part of it in which no window was there that would call them.
    pub(super) closed_ms: i64,
}

/// When a window that is `mine` has nothing left before the one who asks;
/// none if that is not to be seen. `work_ms` is by lane; the first half hour
/// ends after `first_ms`.
pub(super) fn off(work_ms: &mut [i64], outlets: &mut [Outlet<'_>], first_ms: i64) -> Option<Flow> {
    for it in work_ms.iter_mut().chain(outlets.iter_mut().map(|it| &mut it.bound_ms)) {
        *it = (*it).clamp(0, WORK_MS_MAX);
    }
    let mut speed = vec![0; work_ms.len()];
    let (mut now, mut slot, mut slot_end) = (0, 0, first_ms.clamp(1, SLOT_MS));
    let mut closed_ms = 0;
    for _ in 0..STEPS_MAX {
        if now >= WAIT_MS_MAX {
            break;
        }
        speed.fill(0);
        let mut step = slot_end - now;
        let mut closed = true;
        for outlet in outlets.iter_mut() {
            let open = outlet.hours.share(slot);
            if open == 0 {
                continue;
            }
            if outlet.mine && left(outlet.own, work_ms) + outlet.bound_ms == 0 {
                return Some(Flow { ms: now, closed_ms });
            }
            closed &= !outlet.mine;
            step = step.min(pull(outlet, open, work_ms, &mut speed));
        }
        for (work, speed) in work_ms.iter().zip(&speed).filter(|(_, speed)| **speed > 0) {
            step = step.min(div_up(work * 1_000, *speed).max(1));
        }
        now += step;
        closed_ms += if closed { step } else { 0 };
        for (work, speed) in work_ms.iter_mut().zip(&speed) {
            *work = (*work - div_up(speed * step, 1_000)).max(0);
        }
        for outlet in outlets.iter_mut().filter(|it| it.bound_ms > 0) {
            let done = outlet.hours.share(slot) * step / 1_000;
            outlet.bound_ms = (outlet.bound_ms - done.max(1)).max(0);
        }
        if now >= slot_end {
            slot += 1;
            slot_end += SLOT_MS;
        }
    }
    None
}

fn div_up(of: i64, by: i64) -> i64 {
    (of + by - 1) / by
}

fn left(lanes: &[usize], work_ms: &[i64]) -> i64 {
    lanes.iter().map(|it| work_ms[*it]).sum()
}

/// Adds what a window does to the speed of its lanes, and says how soon
/// that changes by its own doing.
fn pull(outlet: &Outlet<'_>, open: i64, work_ms: &[i64], speed: &mut [i64]) -> i64 {
    if outlet.bound_ms > 0 {
        return div_up(outlet.bound_ms * 1_000, open).max(1);
    }
    let own = left(outlet.own, work_ms);
    let (lanes, total) = match own {
        0 => (outlet.helps, left(outlet.helps, work_ms)),
        own => (outlet.own, own),
    };
    for lane in lanes {
        // At least a thousandth, so that the last of it flows off.
        let part = open * work_ms[*lane] / total.max(1);
        speed[*lane] += if work_ms[*lane] > 0 { part.max(1) } else { 0 };
    }
    SLOT_MS
}
