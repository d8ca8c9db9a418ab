//! Staff PINs: argon2id, and a door that closes after too many tries.
//!
//! Six digits fall in hours to whoever may try without limit, whatever
//! the hash; the limit of tries is what protects them.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use argon2::Argon2;
use argon2::password_hash::{PasswordVerifier, phc::PasswordHash};
use jiff::{SignedDuration, Timestamp};
use queue_api::StaffId;

/// Wrong tries before the door closes.
const TRIES_MAX: u32 = 5;

/// How long it stays closed.
const CLOSED_MINUTES: i64 = 15;

/// Service numbers whose wrong tries are remembered at once.
const TRIED_MAX: usize = 10_000;

/// What the demo hall's staff all use.
const DEMO_PIN: &str = "123456";

/// Whether this hash is of the demo hall's PIN.
pub(crate) fn is_demo_pin(hash: &str) -> bool {
    matches(DEMO_PIN, hash)
}

/// Wrong tries by service number, in memory: a restart is no shortcut
/// worth having, it takes longer than a try.
#[derive(Debug, Default)]
pub(crate) struct Pins {
    tries: Mutex<HashMap<StaffId, Tries>>,
}

#[derive(Clone, Copy, Debug)]
struct Tries {
    wrong: u32,
    closed_until: Timestamp,
}

/// What came of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tried {
    /// The PIN is right.
    Right,
    /// It is not, or nobody has this number.
    Wrong,
    /// Too many were wrong; the PIN was not even looked at.
    Closed,
}

impl Pins {
    /// Tries a PIN against a stored hash; none if nobody has that
    /// number, which takes as long and counts the same. Slow on purpose
    /// (tens of milliseconds): call it where blocking is allowed.
    pub(crate) fn try_pin(
        &self,
        staff: &StaffId,
        pin: &str,
        hash: Option<&str>,
        now: Timestamp,
    ) -> Tried {
        {
            let tries = self.lock();
            let closed = tries.get(staff).is_some_and(|it| now < it.closed_until);
            // Somebody who tries numbers at random fills no memory.
            if closed || (tries.len() >= TRIED_MAX && !tries.contains_key(staff)) {
                return Tried::Closed;
            }
        }
        let right = matches(pin, hash.unwrap_or(NOBODY)) && hash.is_some();
        let mut tries = self.lock();
        if right {
            tries.remove(staff);
            return Tried::Right;
        }
        let entry =
            tries.entry(staff.clone()).or_insert(Tries { wrong: 0, closed_until: Timestamp::MIN });
        entry.wrong += 1;
        if entry.wrong >= TRIES_MAX {
            let closed = SignedDuration::from_mins(CLOSED_MINUTES);
            *entry = Tries {
                wrong: 0,
                closed_until: now.saturating_add(closed).unwrap_or(Timestamp::MAX),
            };
        }
        Tried::Wrong
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<StaffId, Tries>> {
        self.tries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A hash of a random word that nobody knows.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGtub3dzIGl0$k6+uuXHrmMxRQNTLkYkpzD8k2CKF7XWAyqFM3zRBKcE";

fn matches(pin: &str, hash: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|hash| Argon2::default().verify_password(pin.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use argon2::password_hash::PasswordHasher;

    use super::*;

    fn hash(pin: &str) -> String {
        Argon2::default()
            .hash_password_with_salt(pin.as_bytes(), b"salt for a test")
            .unwrap()
            .to_string()
    }

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(minute * 60).unwrap()
    }

    #[test]
    fn five_wrong_tries_close_the_door_for_fifteen_minutes() {
        let (pins, staff, hash) = (Pins::default(), "1001".parse().unwrap(), hash("471100"));
        for _ in 0..5 {
            assert_eq!(pins.try_pin(&staff, "000000", Some(&hash), at(0)), Tried::Wrong);
        }
        assert_eq!(pins.try_pin(&staff, "471100", Some(&hash), at(14)), Tried::Closed);
        assert_eq!(pins.try_pin(&staff, "471100", Some(&hash), at(15)), Tried::Right);
    }

    #[test]
    fn the_right_pin_forgives_the_wrong_ones_before_it() {
        let (pins, staff, hash) = (Pins::default(), "1001".parse().unwrap(), hash("471100"));
        for _ in 0..3 {
            for _ in 0..4 {
                assert_eq!(pins.try_pin(&staff, "000000", Some(&hash), at(0)), Tried::Wrong);
            }
            assert_eq!(pins.try_pin(&staff, "471100", Some(&hash), at(0)), Tried::Right);
        }
    }

    #[test]
    fn a_number_that_nobody_has_is_only_ever_wrong() {
        assert!(PasswordHash::new(NOBODY).is_ok());
        assert_eq!(Pins::default().try_pin(&"7".parse().unwrap(), "", None, at(0)), Tried::Wrong);
    }
}
