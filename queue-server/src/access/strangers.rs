//! Tries of numbers that nobody has. Whoever sends thousands must not
//! fill the disk with notes: one in a minute says how many there were.

use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// Between two notes.
const PAUSE: SignedDuration = SignedDuration::from_mins(1);

/// How many came since the last note.
#[derive(Debug, Default)]
pub(crate) struct Strangers(Mutex<(u64, Option<Timestamp>)>);

impl Strangers {
    /// One more; how many there were, if it is time for a note.
    pub(crate) fn came(&self, now: Timestamp) -> Option<u64> {
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tries.0 += 1;
        if tries.1.is_some_and(|noted| now.duration_since(noted).abs() < PAUSE) {
            return None;
        }
        let n = tries.0;
        *tries = (0, Some(now));
        Some(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thousand_tries_are_two_notes() {
        let strangers = Strangers::default();
        let at = |second: i64| Timestamp::from_second(second).unwrap();
        assert_eq!(strangers.came(at(0)), Some(1));
        for _ in 0..998 {
            assert_eq!(strangers.came(at(30)), None);
        }
        assert_eq!(strangers.came(at(60)), Some(999));
    }
}
