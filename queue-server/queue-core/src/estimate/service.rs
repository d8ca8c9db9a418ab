//! How long services last, as a mean that forgets slowly: the newest
//! sixty-four weigh as much as all before them. In whole numbers, so that
//! a hall that was replayed equals the hall that lived it.

use serde::{Deserialize, Serialize};

/// So many services weigh in the mean; older ones fade.
const MEMORY: i64 = 64;

/// Shorter and longer services are taken for these, in milliseconds: a
/// double press, and a visitor forgotten at a window.
const SERVICE_MS: std::ops::RangeInclusive<i64> = 10_000..=7_200_000;

/// Services of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Service {
    n: i64,
    mean_ms: i64,
    /// In seconds, squared.
    variance_s2: i64,
}

impl Service {
    /// Adds one that was seen.
    pub(super) fn see(&mut self, ms: i64) {
        let ms = ms.clamp(*SERVICE_MS.start(), *SERVICE_MS.end());
        self.n = (self.n + 1).min(MEMORY);
        let off_ms = ms - self.mean_ms;
        let seconds = if self.n == 1 { 0 } else { off_ms / 1_000 };
        self.mean_ms += off_ms / self.n;
        // (1 - 1/n) (variance + off²/n): what the newest changes in it.
        let grown = self.variance_s2 + seconds * seconds / self.n;
        self.variance_s2 = grown - grown / self.n;
    }

    /// The mean, where `prior_ms` counts as much as `weight` services.
    pub(super) fn mean_ms(&self, prior_ms: i64, weight: i64) -> i64 {
        (self.mean_ms * self.n + prior_ms * weight) / (self.n + weight).max(1)
    }

    /// The variance in seconds squared; before anything was seen, that
    /// of services which vary by seven tenths of their mean.
    pub(super) fn variance_s2(&self, prior_ms: i64, weight: i64) -> i64 {
        let seconds = prior_ms / 1_000;
        let prior = seconds * seconds / 2;
        (self.variance_s2 * self.n + prior * weight) / (self.n + weight).max(1)
    }
}

/// A ratio in thousandths that forgets in the same way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ratio {
    n: i64,
    permille: i64,
}

impl Ratio {
    /// Adds one that was seen.
    pub(super) fn see(&mut self, permille: i64) {
        self.n = (self.n + 1).min(MEMORY);
        self.permille += (permille.clamp(50, 8_000) - self.permille) / self.n;
    }

    /// The mean, where one to one counts as much as `weight` of them.
    pub(super) fn permille(&self, weight: i64) -> i64 {
        (self.permille * self.n + 1_000 * weight) / (self.n + weight).max(1)
    }
}
