//! The PIN of the staff panel: an argon2id hash in the kiosk's own state
//! folder, so that the panel opens without the server too.

use std::fs::{self, File};
use std::io::{BufRead, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};

/// Digits of a PIN, as the kiosk's pad takes them.
const DIGITS: std::ops::RangeInclusive<usize> = 6..=12;

/// Reads a PIN, a line, and keeps its hash for this user's eyes alone.
pub(crate) fn set(state: &Path, from: &mut dyn BufRead) -> anyhow::Result<()> {
    let mut line = String::new();
    from.read_line(&mut line).context("cannot read the PIN")?;
    let pin = line.trim();
    let digits = pin.chars().all(|it| it.is_ascii_digit());
    ensure!(digits && DIGITS.contains(&pin.len()), "a PIN is 6 to 12 digits");
    let salt = *uuid::Uuid::new_v4().as_bytes();
    let hash = Argon2::default()
        .hash_password_with_salt(pin.as_bytes(), &salt)
        .map_err(|error| anyhow::anyhow!("the PIN cannot be hashed: {error}"))?;
    let (path, new) = (kept_at(state), state.join("staff-pin.new"));
    let write = || {
        fs::create_dir_all(state)?;
        let mut file =
            File::options().create(true).write(true).truncate(true).mode(0o600).open(&new)?;
        writeln!(file, "{hash}")?;
        file.sync_all()?;
        fs::rename(&new, &path)
    };
    write().with_context(|| format!("cannot keep the PIN in `{}`", path.display()))
}

/// Whether somebody has set one.
pub(crate) fn is_set(state: Option<&Path>) -> bool {
    state.is_some_and(|state| kept_at(state).exists())
}

/// Whether this is the PIN. Slow on purpose (tens of milliseconds): call
/// it where blocking is allowed.
pub(crate) fn is_right(state: Option<&Path>, pin: &str) -> bool {
    let Some(Ok(kept)) = state.map(|state| fs::read_to_string(kept_at(state))) else {
        return false;
    };
    PasswordHash::new(kept.trim())
        .is_ok_and(|hash| Argon2::default().verify_password(pin.as_bytes(), &hash).is_ok())
}

fn kept_at(state: &Path) -> PathBuf {
    state.join("staff-pin")
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_pin_is_kept_as_a_hash_for_its_owner_alone() {
        let dir = std::env::temp_dir().join(format!("kiosk-staff-pin-{}", std::process::id()));
        assert!(!is_set(Some(&dir)) && !is_right(Some(&dir), "246810") && !is_right(None, ""));
        for wrong in ["", "12345", "1234567890123", "24681o"] {
            assert!(set(&dir, &mut wrong.as_bytes()).is_err(), "{wrong}");
        }
        assert!(!is_set(Some(&dir)));
        set(&dir, &mut "246810\n".as_bytes()).unwrap();
        assert!(is_set(Some(&dir)) && is_right(Some(&dir), "246810"));
        assert!(!is_right(Some(&dir), "246811"));
        let kept = fs::read_to_string(kept_at(&dir)).unwrap();
        assert!(kept.starts_with("$argon2id$") && !kept.contains("246810"), "{kept}");
        let mode = fs::metadata(kept_at(&dir)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        fs::remove_dir_all(&dir).unwrap();
    }
}
