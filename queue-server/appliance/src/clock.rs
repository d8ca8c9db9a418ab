//! The only place that reads a clock.

use std::time::Instant;

use jiff::Timestamp;

/// What time it is.
#[expect(clippy::disallowed_methods, reason = "this is the edge where time comes in")]
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// The clock for deadlines; it never goes back.
#[expect(clippy::disallowed_methods, reason = "this is the edge where time comes in")]
pub fn monotonic() -> Instant {
    Instant::now()
}
