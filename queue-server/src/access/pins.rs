//! Staff PINs: argon2id, and a door that closes after too many tries.
//!
//! Six digits fall in hours to whoever may try without limit, whatever
//! the hash; the limit of tries is what protects them. It is counted for
//! each address, because service numbers are no secret: else anybody on
//! the hall's network could keep a clerk out by trying for them. A wider
//! limit over all addresses holds who has many.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use argon2::Argon2;
use argon2::password_hash::{PasswordVerifier, phc::PasswordHash};
use jiff::{SignedDuration, Timestamp};
use queue_api::StaffId;

/// Tries from one address before the door closes to it.
const TRIES_MAX: u32 = 5;

/// Tries from all addresses before it closes to everybody.
const TRIES_ANYWHERE_MAX: u32 = 25;

/// How long it stays closed, and how long a try is remembered.
const CLOSED_MINUTES: i64 = 15;

/// The same in seconds, for a header.
pub(crate) const CLOSED_SECS: i64 = CLOSED_MINUTES * 60;

/// Doors that are remembered at once. Beyond it numbers that nobody has
/// are forgotten; those of staff are few.
const DOORS_MAX: usize = 10_000;

/// What the demo hall's staff all use.
const DEMO_PIN: &str = "123456";

/// Whether this hash is of the demo hall's PIN.
pub(crate) fn is_demo_pin(hash: &str) -> bool {
    matches(DEMO_PIN, hash)
}

/// Tries, in memory: a restart is no shortcut worth having, it takes
/// longer than a try.
#[derive(Debug, Default)]
pub(crate) struct Pins {
    doors: Mutex<HashMap<Key, Door>>,
}

/// A service number, and the address it is tried from; none for all
/// addresses together.
type Key = (StaffId, Option<IpAddr>);

/// How often a number was tried of late.
#[derive(Clone, Copy, Debug)]
struct Door {
    tries: u32,
    last: Timestamp,
    /// Somebody has this number.
    known: bool,
}

impl Door {
    /// Opens again, or never closed: what happened here counts no more.
    /// A clock that was set back opens it too, rather than keep people out.
    fn is_old(&self, now: Timestamp) -> bool {
        now.duration_since(self.last).abs() >= SignedDuration::from_mins(CLOSED_MINUTES)
    }
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
        from: IpAddr,
        now: Timestamp,
    ) -> Tried {
        // Counted before it is looked at: tries side by side would
        // otherwise all find the door open.
        if !self.count(staff, from, hash.is_some(), now) {
            return Tried::Closed;
        }
        if matches(pin, hash.unwrap_or(NOBODY)) && hash.is_some() {
            self.forgive(staff, from);
            return Tried::Right;
        }
        // Numbers that nobody has would fill the log.
        if hash.is_some() && self.is_closed(staff, from, now) {
            tracing::warn!(%staff, %from, "wrong PINs have closed the door");
        }
        Tried::Wrong
    }

    /// Whether a try from there would not even be looked at.
    pub(crate) fn is_closed(&self, staff: &StaffId, from: IpAddr, now: Timestamp) -> bool {
        is_closed(&self.lock(), staff, from, now)
    }

    /// Counts a try, unless the door is closed.
    fn count(&self, staff: &StaffId, from: IpAddr, known: bool, now: Timestamp) -> bool {
        let mut doors = self.lock();
        if is_closed(&doors, staff, from, now) {
            return false;
        }
        for address in [None, Some(from)] {
            let key = (staff.clone(), address);
            if doors.len() >= DOORS_MAX && !doors.contains_key(&key) {
                forget(&mut doors, now);
            }
            let door = doors.entry(key).or_insert(Door { tries: 0, last: now, known });
            let before = if door.is_old(now) { 0 } else { door.tries };
            *door = Door { tries: before + 1, last: now, known };
        }
        true
    }

    /// Gives the tries from an address back to who had the right PIN.
    fn forgive(&self, staff: &StaffId, from: IpAddr) {
        let mut doors = self.lock();
        let tries = doors.remove(&(staff.clone(), Some(from))).map_or(0, |it| it.tries);
        if let Some(anywhere) = doors.get_mut(&(staff.clone(), None)) {
            anywhere.tries = anywhere.tries.saturating_sub(tries);
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Key, Door>> {
        self.doors.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_closed(doors: &HashMap<Key, Door>, staff: &StaffId, from: IpAddr, now: Timestamp) -> bool {
    let reached = |address, tries_max| {
        let door = doors.get(&(staff.clone(), address));
        door.is_some_and(|it| it.tries >= tries_max && !it.is_old(now))
    };
    reached(Some(from), TRIES_MAX) || reached(None, TRIES_ANYWHERE_MAX)
}

/// Makes room: what is old goes, and if that is not enough, the numbers
/// that nobody has, whose PIN can't be found. Those of staff stay.
fn forget(doors: &mut HashMap<Key, Door>, now: Timestamp) {
    doors.retain(|_, door| !door.is_old(now));
    if doors.len() >= DOORS_MAX {
        doors.retain(|_, door| door.known);
    }
}

/// A hash of a random word that nobody knows.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGtub3dzIGl0$k6+uuXHrmMxRQNTLkYkpzD8k2CKF7XWAyqFM3zRBKcE";

fn matches(pin: &str, hash: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|hash| Argon2::default().verify_password(pin.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests;
