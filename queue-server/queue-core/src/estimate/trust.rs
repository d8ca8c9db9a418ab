//! How far forecasts can be trusted: each is compared with what
//! happened, and what is learned of it moves and widens the next ones.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::Estimate;

/// The figures are of the newest, at most so many.
const TICKETS_MAX: u32 = 1_000;

/// A forecast that misses on one side moves that side out by so many
/// thousandths; one that does not, back by a sixth of it. So one of seven
/// misses on either side; with those whose range begins at nothing, eight
/// of ten waits lie within.
const STEP_PERMILLE: i64 = 90;
const BACK: i64 = 6;

/// How good forecasts have been, of the last thousand tickets or so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accuracy {
    /// Tickets that were compared.
    pub tickets: u32,
    /// Forecast minus wait, on average, in seconds.
    pub mean_error_s: i64,
    /// The same without its sign.
    pub mean_absolute_error_s: i64,
    /// Waits within the range, in percent.
    pub within_percent: u32,
}

/// What was learned of the forecasts of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Trust {
    /// What the reckoned wait is multiplied by.
    drift_permille: i64,
    /// How far the range reaches to either side, by the reckoned spread.
    below_permille: i64,
    above_permille: i64,
    tickets: u32,
    within: u32,
    error_s: i64,
    absolute_error_s: i64,
}

impl Default for Trust {
    fn default() -> Trust {
        // Eight tenths of a bell curve lie within 1.28 deviations.
        Trust {
            drift_permille: 1_000,
            below_permille: 1_280,
            above_permille: 1_280,
            tickets: 0,
            within: 0,
            error_s: 0,
            absolute_error_s: 0,
        }
    }
}

impl Trust {
    /// Compares a forecast with the wait that it came to.
    pub(super) fn see(&mut self, forecast: Estimate, waited: SignedDuration) {
        let waited_s = waited.as_secs().clamp(0, 86_400);
        let [likely_s, low_s, high_s] =
            [forecast.likely, forecast.low, forecast.high].map(|it| i64::from(it.min(1_440)) * 60);
        let error_s = likely_s - waited_s;
        self.tickets += 1;
        self.within += u32::from((low_s..=high_s).contains(&waited_s));
        self.error_s += error_s;
        self.absolute_error_s += error_s.abs();
        if self.tickets >= 2 * TICKETS_MAX {
            self.tickets /= 2;
            self.within /= 2;
            self.error_s /= 2;
            self.absolute_error_s /= 2;
        }
        // Ten minutes are added so that short waits, of which a minute is
        // a large part, do not drive the long ones.
        let off = (-error_s * 1_000 / (likely_s + 600)).clamp(-1_000, 1_000);
        self.drift_permille = (self.drift_permille + off / 40).clamp(500, 2_500);
        // Nobody waits less than nothing: such a range says nothing about
        // its lower side.
        if low_s > 0 {
            step(&mut self.below_permille, waited_s < low_s);
        }
        if likely_s > 0 {
            step(&mut self.above_permille, waited_s > high_s);
        }
    }

    /// A reckoned wait as it will come out, in milliseconds.
    pub(super) fn likely_ms(&self, reckoned_ms: i64) -> i64 {
        reckoned_ms * self.drift_permille / 1_000
    }

    /// How far below and above the likely wait the range reaches.
    pub(super) fn reach_ms(&self, spread_ms: i64) -> (i64, i64) {
        (spread_ms * self.below_permille / 1_000, spread_ms * self.above_permille / 1_000)
    }

    /// The figures of several kinds together.
    pub(super) fn accuracy(of: &[Trust]) -> Accuracy {
        let tickets: u32 = of.iter().map(|it| it.tickets).sum();
        let mean = |sum: i64| sum / i64::from(tickets.max(1));
        Accuracy {
            tickets,
            mean_error_s: mean(of.iter().map(|it| it.error_s).sum()),
            mean_absolute_error_s: mean(of.iter().map(|it| it.absolute_error_s).sum()),
            within_percent: 100 * of.iter().map(|it| it.within).sum::<u32>() / tickets.max(1),
        }
    }
}

fn step(permille: &mut i64, missed: bool) {
    let by = if missed { STEP_PERMILLE } else { -STEP_PERMILLE / BACK };
    *permille = (*permille + by).clamp(200, 5_000);
}
