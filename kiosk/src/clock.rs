//! The clocks of this program, in one place so that the rest of it takes
//! time as an input.

use std::time::Instant;

use jiff::Timestamp;

/// The clock for deadlines; it never goes back.
#[expect(clippy::disallowed_methods, reason = "this is the place that asks the clock")]
pub fn monotonic() -> Instant {
    Instant::now()
}

/// The time of day.
#[expect(clippy::disallowed_methods, reason = "this is the place that asks the clock")]
pub fn now() -> Timestamp {
    Timestamp::now()
}
