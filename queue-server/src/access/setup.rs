//! The first administrator of a hall that has none. A code that only the
//! server's log tells lets one person make the account, once.

use std::sync::{Mutex, MutexGuard, PoisonError};

use argon2::Argon2;
use argon2::password_hash::PasswordHasher;
use jiff::Timestamp;
use queue_api::{StaffId, StaffRole};
use rusqlite::{OptionalExtension, params};

use super::{Access, is_demo_pin};
use crate::profile::StaffMember;
use crate::secret;

/// Wrong codes before the server must be started again for a new one.
const WRONG_MAX: u32 = 10;

/// Whether somebody may make the first account, and with which code.
#[derive(Debug, Default)]
pub(crate) struct Setup(Mutex<Option<Open>>);

#[derive(Debug)]
struct Open {
    code: String,
    n_wrong: u32,
}

/// What became of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CodeTried {
    /// It is right, and is used up.
    Right,
    /// It is not.
    Wrong,
    /// Nobody makes a first account here.
    Over,
}

impl Setup {
    /// Opens the door for one person and gives the code.
    pub(crate) fn open(&self) -> String {
        let code = secret::setup_code();
        *self.lock() = Some(Open { code: code.clone(), n_wrong: 0 });
        code
    }

    /// Whether the door is open.
    pub(crate) fn is_open(&self) -> bool {
        self.lock().is_some()
    }

    /// Tries a code; the right one closes the door behind it.
    pub(crate) fn try_code(&self, code: &str) -> CodeTried {
        let mut door = self.lock();
        let Some(open) = door.as_mut() else { return CodeTried::Over };
        // Compared as hashes: how long it takes tells nothing.
        if secret::fingerprint(code) == secret::fingerprint(&open.code) {
            *door = None;
            return CodeTried::Right;
        }
        open.n_wrong += 1;
        if open.n_wrong >= WRONG_MAX {
            tracing::warn!("too many wrong codes; start the server again for a new one");
            *door = None;
        }
        CodeTried::Wrong
    }

    fn lock(&self) -> MutexGuard<'_, Option<Open>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Access {
    /// The administrator that was made here, if one was.
    pub(crate) fn first_admin(&self) -> rusqlite::Result<Option<StaffMember>> {
        let found: Option<(String, String)> = self
            .connection()
            .query_row("SELECT staff, pin_hash FROM accounts LIMIT 1", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        Ok(found.and_then(|(staff, pin_hash)| {
            let id = staff.parse().ok()?;
            Some(StaffMember { id, role: StaffRole::Admin, window: None, pin_hash })
        }))
    }

    /// Keeps the first administrator.
    pub(crate) fn make_admin(&self, admin: &StaffMember, now: Timestamp) -> rusqlite::Result<()> {
        self.connection()
            .execute(
                "INSERT INTO accounts (staff, pin_hash, made_at) VALUES (?1, ?2, ?3)",
                params![admin.id.as_str(), admin.pin_hash, now.to_string()],
            )
            .map(|_| ())
    }
}

/// An administrator with this PIN; none if the PIN is no good: six to
/// twelve digits, not all the same and not the one of the demo. Slow on
/// purpose, like a try.
pub(crate) fn admin_with(id: StaffId, pin: &str) -> Option<StaffMember> {
    let digits = (6..=12).contains(&pin.len()) && pin.bytes().all(|it| it.is_ascii_digit());
    let same = pin.bytes().all(|it| Some(it) == pin.bytes().next());
    if !digits || same {
        return None;
    }
    let hash = Argon2::default().hash_password_with_salt(pin.as_bytes(), &secret::salt());
    let pin_hash = hash.ok()?.to_string();
    let known = is_demo_pin(&pin_hash);
    (!known).then_some(StaffMember { id, role: StaffRole::Admin, window: None, pin_hash })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_right_code_opens_once_and_ten_wrong_ones_close_the_door() {
        let setup = Setup::default();
        assert_eq!(setup.try_code("12345678"), CodeTried::Over);
        let code = setup.open();
        assert_eq!(setup.try_code("wrong"), CodeTried::Wrong);
        assert_eq!(setup.try_code(&code), CodeTried::Right);
        assert_eq!(setup.try_code(&code), CodeTried::Over);
        let code = setup.open();
        for _ in 0..WRONG_MAX {
            assert_eq!(setup.try_code("wrong"), CodeTried::Wrong);
        }
        assert_eq!(setup.try_code(&code), CodeTried::Over);
    }

    #[test]
    fn a_pin_that_everybody_knows_is_not_taken() {
        let id: StaffId = "9001".parse().unwrap();
        for pin in ["123456", "000000", "12345", "1234567890123", "12345a", ""] {
            assert_eq!(admin_with(id.clone(), pin), None, "{pin}");
        }
        let admin = admin_with(id.clone(), "471100").unwrap();
        assert_eq!((admin.id, admin.role), (id, StaffRole::Admin));
        assert!(admin.pin_hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    }
}
