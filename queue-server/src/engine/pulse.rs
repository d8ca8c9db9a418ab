//! Tells the supervisor that the engine goes round: after a step that was
//! stored and answered, never from a timer of its own. An engine that is
//! stuck, in a write that does not end or in a loop, falls silent and is
//! started again.

use std::time::{Duration, Instant};

use appliance::Watchdog;

/// How often it is said at most; the unit waits for several times that.
const BEAT: Duration = Duration::from_secs(10);

/// The engine's pulse.
#[derive(Debug, Default)]
pub(super) struct Pulse {
    watchdog: Watchdog,
    said: Option<Instant>,
}

impl Pulse {
    /// A step is done. Looking at the clock is one, so that they never
    /// cease while nobody comes.
    pub(super) fn beat(&mut self, now: Instant) {
        if self.is_due(now) {
            self.said = Some(now);
            self.watchdog.alive();
        }
    }

    fn is_due(&self, now: Instant) -> bool {
        self.said.is_none_or(|said| now.duration_since(said) >= BEAT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_step_is_said_and_then_one_in_ten_seconds() {
        let (mut pulse, start) = (Pulse::default(), appliance::monotonic());
        for (ms, due) in [(0, true), (1, false), (9_999, false), (10_000, true), (10_001, false)] {
            let now = start + Duration::from_millis(ms);
            assert_eq!(pulse.is_due(now), due, "{ms}");
            pulse.beat(now);
        }
    }
}
