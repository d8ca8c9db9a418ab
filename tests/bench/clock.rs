//! A stopwatch and a pause: the one place of the bench that knows the
//! clock.

use std::time::{Duration, Instant};

/// Runs from when it was made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts.
    #[expect(clippy::disallowed_methods, reason = "to measure time is what a bench is for")]
    pub(crate) fn start() -> Stopwatch {
        Stopwatch(Instant::now())
    }

    /// Time since the start.
    pub(crate) fn read(self) -> Duration {
        self.0.elapsed()
    }
}

/// Lets time pass in which a person does nothing.
#[expect(clippy::disallowed_methods, reason = "a person reads and waits in real time")]
pub(crate) fn pause(how_long: Duration) {
    std::thread::sleep(how_long);
}
