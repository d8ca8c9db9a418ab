//! How times are spread: their sum, the longest, and how many lie in each
//! step of a ladder. Sum, mean and longest are exact. A percentile is the
//! upper end of its step, no more than ten seconds above the truth up to
//! ten minutes, half a minute up to an hour, two minutes up to four
//! hours, ten minutes beyond.

/// Parts of the ladder: up to so many seconds, in steps of so many.
const LADDER: [(i64, i64); 4] = [(600, 10), (3_600, 30), (14_400, 120), (86_400, 600)];

/// More steps than the ladder has.
const STEPS_MAX: usize = 1_000;

/// Times of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spread {
    /// All of them together.
    pub sum_s: u64,
    /// The longest.
    pub longest_s: u64,
    /// How many in each step; the last of them is not nothing.
    steps: Vec<u64>,
}

impl Spread {
    /// Counts one.
    pub fn see(&mut self, seconds: i64) {
        let positive = u64::try_from(seconds).unwrap_or_default();
        self.sum_s += positive;
        self.longest_s = self.longest_s.max(positive);
        self.add(step_of(seconds), 1);
    }

    /// Takes others in.
    pub fn merge(&mut self, other: &Spread) {
        self.sum_s += other.sum_s;
        self.longest_s = self.longest_s.max(other.longest_s);
        for (step, count) in other.steps.iter().enumerate() {
            self.add(step, *count);
        }
    }

    fn add(&mut self, step: usize, count: u64) {
        if self.steps.len() <= step {
            self.steps.resize(step + 1, 0);
        }
        self.steps[step] += count;
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        self.steps.iter().sum()
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
        let step = self.steps.iter().position(|count| {
            seen += count;
            seen >= wanted
        })?;
        Some(end_of(step).map_or(self.longest_s, |end| end.min(self.longest_s)))
    }

    /// How many are no longer than this; exact at the end of a step.
    pub fn within(&self, seconds: i64) -> u64 {
        self.steps.iter().take(step_of(seconds) + 1).sum()
    }

    pub(super) fn write(&self, out: &mut Vec<u64>) {
        let steps = (0..).zip(&self.steps).filter(|(_, count)| **count > 0);
        out.extend([self.sum_s, self.longest_s, steps.clone().count() as u64]);
        out.extend(steps.flat_map(|(step, count)| [step, *count]));
    }

    /// Takes in what was written, without making it whole before.
    pub(super) fn take(&mut self, numbers: &mut impl Iterator<Item = u64>) -> Option<()> {
        self.sum_s += numbers.next()?;
        self.longest_s = self.longest_s.max(numbers.next()?);
        for _ in 0..numbers.next()? {
            let step = usize::try_from(numbers.next()?).ok().filter(|it| *it <= STEPS_MAX)?;
            self.add(step, numbers.next()?);
        }
        Some(())
    }
}

/// Each step holds its end and not its beginning; the first holds nothing
/// but zero, the last all that is longer than the ladder.
pub(super) fn step_of(seconds: i64) -> usize {
    let (mut from, mut below) = (0, 0);
    for (to, width) in LADDER {
        if seconds <= to {
            return below + whole(((seconds - from).max(0) + width - 1) / width);
        }
        below += whole((to - from) / width);
        from = to;
    }
    below + 1
}

/// The longest time in a step; none for the last.
fn end_of(step: usize) -> Option<u64> {
    let (mut from, mut below) = (0, 0);
    for (to, width) in LADDER {
        let steps = whole((to - from) / width);
        if step <= below + steps {
            let end = from + i64::try_from(step - below).ok()? * width;
            return u64::try_from(end).ok();
        }
        below += steps;
        from = to;
    }
    None
}

/// A count that is not below nothing.
fn whole(count: i64) -> usize {
    usize::try_from(count).unwrap_or_default()
}
