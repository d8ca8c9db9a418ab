//! How times are spread: their sum, the longest, and how many lie in each
//! step of a ladder. Sum, mean and longest are exact. A percentile is the
//! upper end of its step, no more than ten seconds above the truth up to
//! ten minutes, half a minute up to an hour, two minutes up to four
//! hours, ten minutes beyond.

use std::collections::BTreeMap;

/// Parts of the ladder: up to so many seconds, in steps of so many.
const LADDER: [(i64, i64); 4] = [(600, 10), (3_600, 30), (14_400, 120), (86_400, 600)];

/// Times of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spread {
    /// All of them together.
    pub sum_s: u64,
    /// The longest.
    pub longest_s: u64,
    steps: BTreeMap<u64, u64>,
}

impl Spread {
    /// Counts one.
    pub fn see(&mut self, seconds: i64) {
        let positive = u64::try_from(seconds).unwrap_or_default();
        self.sum_s += positive;
        self.longest_s = self.longest_s.max(positive);
        *self.steps.entry(step_of(seconds)).or_default() += 1;
    }

    /// Takes others in.
    pub fn merge(&mut self, other: &Spread) {
        self.sum_s += other.sum_s;
        self.longest_s = self.longest_s.max(other.longest_s);
        for (step, count) in &other.steps {
            *self.steps.entry(*step).or_default() += count;
        }
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        self.steps.values().sum()
    }

    /// Their mean, in whole seconds; none of none.
    pub fn mean_s(&self) -> Option<u64> {
        (self.sum_s + self.count() / 2).checked_div(self.count())
    }

    /// So many percent are no longer than this, to the precision of the
    /// ladder.
    pub fn percentile_s(&self, percent: u64) -> Option<u64> {
        let wanted = (self.count() * percent).div_ceil(100).max(1);
        let mut seen = 0;
        let step = self.steps.iter().find_map(|(step, count)| {
            seen += count;
            (seen >= wanted).then_some(*step)
        })?;
        Some(end_of(step).map_or(self.longest_s, |end| end.min(self.longest_s)))
    }

    /// How many are no longer than this; exact at the end of a step.
    pub fn within(&self, seconds: i64) -> u64 {
        self.steps.range(..=step_of(seconds)).map(|(_, count)| count).sum()
    }

    pub(super) fn write(&self, out: &mut Vec<u64>) {
        out.extend([self.sum_s, self.longest_s, self.steps.len() as u64]);
        out.extend(self.steps.iter().flat_map(|(step, count)| [*step, *count]));
    }

    pub(super) fn read(numbers: &mut impl Iterator<Item = u64>) -> Option<Spread> {
        let (sum_s, longest_s, n) = (numbers.next()?, numbers.next()?, numbers.next()?);
        let mut steps = BTreeMap::new();
        for _ in 0..n {
            steps.insert(numbers.next()?, numbers.next()?);
        }
        Some(Spread { sum_s, longest_s, steps })
    }
}

/// Each step holds its end and not its beginning; the first holds nothing
/// but zero, the last all that is longer than the ladder.
pub(super) fn step_of(seconds: i64) -> u64 {
    let (mut from, mut below) = (0, 0);
    for (to, width) in LADDER {
        if seconds <= to {
            let steps = (seconds - from).max(0).unsigned_abs().div_ceil(width.unsigned_abs());
            return below + steps;
        }
        below += ((to - from) / width).unsigned_abs();
        from = to;
    }
    below + 1
}

/// The longest time in a step; none for the last.
fn end_of(step: u64) -> Option<u64> {
    let (mut from, mut below) = (0, 0);
    for (to, width) in LADDER.map(|(to, width)| (to.unsigned_abs(), width.unsigned_abs())) {
        let steps = (to - from) / width;
        if step <= below + steps {
            return Some(from + (step - below) * width);
        }
        below += steps;
        from = to;
    }
    None
}
