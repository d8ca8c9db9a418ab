//! Whether the machine's clock is to be believed, as far as the record
//! can tell. It reads no clock.
//!
//! A clock that is far ahead would open a day of another year, and the
//! hall could not come back from it: time does not run backwards in the
//! record. So it is not believed. A server that runs writes every day, so
//! only one that was off for long has to be told that the clock is right.

use jiff::{SignedDuration, Timestamp};
use queue_api::Alert;

/// The longest a hall is closed without anybody being told to look at the
/// clock.
const AHEAD_MAX: SignedDuration = SignedDuration::from_hours(60 * 24);

/// How far the clock may be behind before somebody is told; clocks are
/// set right by a little every day.
const BEHIND_MAX: SignedDuration = SignedDuration::from_mins(5);

/// What is wrong with a clock that shows `now` after an entry of `last`.
pub(super) fn doubt(last: Timestamp, now: Timestamp) -> Option<Alert> {
    let passed = now.duration_since(last);
    if passed > AHEAD_MAX {
        return Some(Alert::ClockAhead);
    }
    (passed < -BEHIND_MAX).then_some(Alert::ClockBehind)
}

/// The time of what is written at `now` after an entry of `last`.
pub(crate) fn believed(last: Timestamp, now: Timestamp) -> Timestamp {
    if doubt(last, now).is_some() { last } else { now.max(last) }
}

/// What is wrong, for whoever has to set it.
pub(super) fn cause(alert: Alert, last: Timestamp, now: Timestamp) -> String {
    let advice = match alert {
        Alert::ClockAhead => {
            "numbers go on for the day that is open; set the clock, or if the hall was closed so \
             long, start the server once with `--trust-clock`"
        }
        _ => "numbers go on and the record's time stands still; set the clock",
    };
    format!("the clock shows {now}, the last entry is of {last}: {advice}")
}
