//! Lengths of time that are left to chance.

use chance::Chance;
use jiff::SignedDuration;

/// What a simulated day leaves to chance beyond numbers.
pub(super) trait Times {
    /// A length of time from `least` to `most` milliseconds.
    fn millis(&mut self, least: u64, most: u64) -> SignedDuration;

    /// About `mean` seconds, and at times much longer: what is left of a
    /// waiting time is always the same (exponential).
    fn about_s(&mut self, mean: f64) -> SignedDuration;

    /// One of them; none of none.
    fn any<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T>;
}

impl Times for Chance {
    fn millis(&mut self, least: u64, most: u64) -> SignedDuration {
        let millis = self.between(least, most);
        SignedDuration::from_millis(i64::try_from(millis).unwrap_or(i64::MAX))
    }

    fn about_s(&mut self, mean: f64) -> SignedDuration {
        let unit = f64::from(u32::try_from(self.number() >> 32).unwrap_or(0)) / f64::from(u32::MAX);
        SignedDuration::from_secs_f64(-mean * (1.0 - unit).max(1e-9).ln())
    }

    fn any<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        (!of.is_empty()).then(|| self.pick(of))
    }
}
