//! What a discipline does to those who wait, as figures.

use std::collections::BTreeMap;

use queue_core::Class;

use crate::day::Lived;

/// Everybody's minutes under one discipline.
#[derive(Clone, Debug, Default)]
pub(crate) struct Waits {
    /// First calls, in minutes after the number was given.
    pub(crate) minutes: BTreeMap<Class, Vec<f64>>,
    /// Ordinary visitors' overtakings, one by one.
    pub(crate) overtaken: Vec<u32>,
    pub(crate) never_called: u32,
    pub(crate) refused: u32,
    pub(crate) busy_ms: i64,
    pub(crate) open_ms: i64,
    pub(crate) days: u32,
}

/// One line of the table.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Figures {
    pub(crate) visitors: usize,
    pub(crate) mean: f64,
    pub(crate) median: f64,
    pub(crate) p90: f64,
    pub(crate) p99: f64,
    pub(crate) max: f64,
    /// Share that waited over 30 minutes, in percent.
    pub(crate) over_30: f64,
    /// Share that waited over an hour, in percent.
    pub(crate) over_60: f64,
}

impl Waits {
    /// Adds a day.
    pub(crate) fn add(&mut self, lived: &Lived) {
        for visit in &lived.visits {
            if visit.class == Class::Ordinary {
                self.overtaken.push(visit.overtaken);
            }
            match visit.called_ms {
                Some(called) => {
                    let minutes = minutes(called - visit.issued_ms);
                    self.minutes.entry(visit.class).or_default().push(minutes);
                }
                None => self.never_called += 1,
            }
        }
        self.refused += lived.refused;
        self.busy_ms += lived.busy_ms;
        self.open_ms += lived.open_ms;
        self.days += 1;
    }

    /// Adds the days of another run.
    pub(crate) fn merge(&mut self, other: Waits) {
        for (class, mut minutes) in other.minutes {
            self.minutes.entry(class).or_default().append(&mut minutes);
        }
        self.overtaken.extend(other.overtaken);
        self.never_called += other.never_called;
        self.refused += other.refused;
        self.busy_ms += other.busy_ms;
        self.open_ms += other.open_ms;
        self.days += other.days;
    }

    /// Puts every list in order, which the figures rely on.
    pub(crate) fn sort(&mut self) {
        self.minutes.values_mut().for_each(|it| it.sort_by(f64::total_cmp));
    }

    /// The figures of one class; `sort` came before.
    pub(crate) fn of(&self, class: Class) -> Figures {
        self.minutes.get(&class).map(|it| figures(it)).unwrap_or_default()
    }

    /// The figures of everybody.
    pub(crate) fn all(&self) -> Figures {
        let mut all: Vec<f64> = self.minutes.values().flatten().copied().collect();
        all.sort_by(f64::total_cmp);
        figures(&all)
    }

    /// How often an ordinary visitor is overtaken in their own lane, on
    /// average and at most.
    pub(crate) fn overtakings(&self) -> (f64, u32) {
        let sum: u32 = self.overtaken.iter().sum();
        let mean = f64::from(sum) / number(self.overtaken.len().max(1));
        (mean, self.overtaken.iter().copied().max().unwrap_or(0))
    }

    /// Share of the open time in which windows have a visitor, percent.
    pub(crate) fn utilisation(&self) -> f64 {
        100.0 * minutes(self.busy_ms) / minutes(self.open_ms).max(1.0)
    }
}

fn figures(sorted: &[f64]) -> Figures {
    let Some(max) = sorted.last().copied() else { return Figures::default() };
    let share = |over: f64| {
        let up_to = sorted.partition_point(|it| *it <= over);
        100.0 * number(sorted.len() - up_to) / number(sorted.len())
    };
    let at = |percent: usize| sorted[(sorted.len() - 1) * percent / 100];
    Figures {
        visitors: sorted.len(),
        mean: sorted.iter().sum::<f64>() / number(sorted.len()),
        median: at(50),
        p90: at(90),
        p99: at(99),
        max,
        over_30: share(30.0),
        over_60: share(60.0),
    }
}

/// Milliseconds as minutes.
#[expect(clippy::cast_precision_loss, reason = "a study has fewer than 2^53 milliseconds")]
pub(crate) fn minutes(ms: i64) -> f64 {
    ms as f64 / 60_000.0
}

/// A count as a figure.
#[expect(clippy::cast_precision_loss, reason = "a study counts fewer than 2^53 visitors")]
pub(crate) fn number(count: usize) -> f64 {
    count as f64
}
