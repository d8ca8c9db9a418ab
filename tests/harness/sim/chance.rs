//! Everything that is left to chance, from one seed: the same seed makes
//! the same day, step by step.

use jiff::SignedDuration;

/// Splitmix64: small, and the same on every machine.
#[derive(Debug)]
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(seed: u64) -> Chance {
        Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x2545_f491_4f6c_dd1d)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from `least` to `most`.
    pub(super) fn between(&mut self, least: u64, most: u64) -> u64 {
        least + self.next() % (most - least + 1)
    }

    /// A length of time from `least` to `most` milliseconds.
    pub(super) fn millis(&mut self, least: u64, most: u64) -> SignedDuration {
        let millis = self.between(least, most);
        SignedDuration::from_millis(i64::try_from(millis).unwrap_or(i64::MAX))
    }

    /// About `mean` seconds, and at times much longer: what is left of a
    /// waiting time is always the same (exponential).
    pub(super) fn about_s(&mut self, mean: f64) -> SignedDuration {
        let unit = f64::from(u32::try_from(self.next() >> 32).unwrap_or(0)) / f64::from(u32::MAX);
        SignedDuration::from_secs_f64(-mean * (1.0 - unit).max(1e-9).ln())
    }

    /// Whether something happens that does so `percent` times of 100.
    pub(super) fn percent(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }

    /// One of them; none of none.
    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let n = u64::try_from(from.len()).ok().filter(|n| *n > 0)?;
        from.get(usize::try_from(self.next() % n).ok()?)
    }
}
