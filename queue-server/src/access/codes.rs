//! Tries of appointments' codes. Eight digits can't be guessed by whoever
//! has only so many tries; who checks in with a right code costs none.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// Wrong codes from one kiosk or one member of staff before no more are
/// looked at.
const WRONG_MAX: u32 = 30;

/// For how long that is, and for how long a wrong code counts.
const CLOSED: SignedDuration = SignedDuration::from_mins(15);

/// Wrong codes by who sent them, in memory. Only devices and staff come
/// so far, so there are few.
#[derive(Debug, Default)]
pub(crate) struct Codes {
    wrong: Mutex<HashMap<String, (u32, Timestamp)>>,
}

impl Codes {
    /// Whether a code from there is still looked at.
    pub(crate) fn are_tried(&self, from: &str, now: Timestamp) -> bool {
        self.lock().get(from).is_none_or(|(n, last)| *n < WRONG_MAX || is_old(*last, now))
    }

    /// One more was wrong.
    pub(crate) fn was_wrong(&self, from: String, now: Timestamp) {
        let mut wrong = self.lock();
        let (n, last) = wrong.entry(from).or_insert((0, now));
        *n = if is_old(*last, now) { 1 } else { *n + 1 };
        *last = now;
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, (u32, Timestamp)>> {
        self.wrong.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A clock that was set back opens the door, too.
fn is_old(last: Timestamp, now: Timestamp) -> bool {
    now.duration_since(last).abs() >= CLOSED
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kiosk_that_guesses_is_stopped_and_another_is_not() {
        let codes = Codes::default();
        let now = Timestamp::UNIX_EPOCH;
        for _ in 0..WRONG_MAX {
            assert!(codes.are_tried("device:kiosk-1", now));
            codes.was_wrong("device:kiosk-1".to_owned(), now);
        }
        assert!(!codes.are_tried("device:kiosk-1", now));
        assert!(codes.are_tried("device:kiosk-2", now));
        assert!(codes.are_tried("device:kiosk-1", now + CLOSED));
        codes.was_wrong("device:kiosk-1".to_owned(), now + CLOSED);
        assert!(codes.are_tried("device:kiosk-1", now + CLOSED));
    }
}
