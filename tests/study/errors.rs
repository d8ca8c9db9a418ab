//! How far forecasts were from what happened.

use std::collections::BTreeMap;

use crate::before::Range;
use crate::day::Visit;
use crate::waits::minutes;

/// One method's errors, in minutes; forecast minus wait.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Errors {
    pub(crate) tickets: f64,
    sum: f64,
    absolute: f64,
    within: f64,
    width: f64,
    wait: f64,
}

impl Errors {
    fn add(&mut self, forecast: Range, waited: f64) {
        self.tickets += 1.0;
        self.sum += forecast.likely - waited;
        self.absolute += (forecast.likely - waited).abs();
        self.width += forecast.high - forecast.low;
        self.wait += waited;
        if (forecast.low..=forecast.high).contains(&waited) {
            self.within += 1.0;
        }
    }

    fn merge(&mut self, other: Errors) {
        self.tickets += other.tickets;
        self.sum += other.sum;
        self.absolute += other.absolute;
        self.within += other.within;
        self.width += other.width;
        self.wait += other.wait;
    }

    pub(crate) fn mean(&self) -> f64 {
        self.sum / self.tickets.max(1.0)
    }

    pub(crate) fn mean_absolute(&self) -> f64 {
        self.absolute / self.tickets.max(1.0)
    }

    /// Share within the range, in percent.
    pub(crate) fn within(&self) -> f64 {
        100.0 * self.within / self.tickets.max(1.0)
    }

    pub(crate) fn mean_width(&self) -> f64 {
        self.width / self.tickets.max(1.0)
    }

    pub(crate) fn mean_wait(&self) -> f64 {
        self.wait / self.tickets.max(1.0)
    }
}

/// What is told apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Group {
    /// All of them.
    All,
    /// On the so-manieth day of a hall, from 0.
    Day(u32),
    /// By class.
    Class(queue_core::Class),
    /// By lane.
    Lane(String),
    /// By the hour in which the number was given.
    Hour(i64),
    /// By the wait that it came to, in quarters of an hour.
    Quarter(i64),
}

/// Both methods on the same visitors.
#[derive(Clone, Debug, Default)]
pub(crate) struct Compared {
    pub(crate) groups: BTreeMap<Group, (Errors, Errors)>,
}

impl Compared {
    /// Adds a visit that came to a call.
    pub(crate) fn add(&mut self, visit: &Visit) {
        let Some(called) = visit.called_ms else { return };
        let waited = minutes(called - visit.issued_ms);
        let groups = [
            Group::All,
            Group::Day(visit.day),
            Group::Class(visit.class),
            Group::Lane(visit.lane.to_string()),
            Group::Hour(visit.issued_ms / 3_600_000),
            Group::Quarter(((called - visit.issued_ms) / 900_000).min(8)),
        ];
        for group in groups {
            let (old, new) = self.groups.entry(group).or_default();
            old.add(visit.old, waited);
            new.add(visit.new, waited);
        }
    }

    /// Adds another run's.
    pub(crate) fn merge(&mut self, other: Compared) {
        for (group, (old, new)) in other.groups {
            let mine = self.groups.entry(group).or_default();
            mine.0.merge(old);
            mine.1.merge(new);
        }
    }
}
