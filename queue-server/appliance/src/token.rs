//! The secret by which the server knows a device.

use std::fs::{self, File, Permissions};
use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use anyhow::Context;

/// Where the kernel has the machine's own name.
const HOST_NAME: &str = "/proc/sys/kernel/hostname";

/// A device's token: from its file, else from the environment's
/// `YIMEN_TOKEN`, else as it was kept in its state folder, else none.
pub fn device_token(file: Option<&Path>, state: Option<&Path>) -> anyhow::Result<Option<String>> {
    if let Some(path) = file {
        return read(path).map(Some);
    }
    if let Ok(token) = std::env::var("YIMEN_TOKEN") {
        return Ok(Some(token));
    }
    match state.map(kept_at).filter(|it| it.exists()) {
        Some(path) => read(&path).map(Some),
        None => Ok(None),
    }
}

/// Keeps a token that the server gave, for this user's eyes alone. When
/// it returns, it is on the disk.
pub fn keep_token(state: &Path, token: &str) -> anyhow::Result<()> {
    let (path, new) = (kept_at(state), state.join("token.new"));
    let write = || {
        fs::create_dir_all(state)?;
        let mut file =
            File::options().create(true).write(true).truncate(true).mode(0o600).open(&new)?;
        // A file that was there keeps its mode otherwise.
        file.set_permissions(Permissions::from_mode(0o600))?;
        writeln!(file, "{token}")?;
        file.sync_all()?;
        fs::rename(&new, &path)?;
        File::open(state)?.sync_all()
    };
    write().with_context(|| format!("cannot keep the token in `{}`", path.display()))
}

/// What a device is called that nobody gave a name: what it is, and the
/// machine's own name.
pub fn device_name(kind: &str) -> String {
    let host = fs::read_to_string(HOST_NAME).unwrap_or_default();
    let host: String = host.trim().chars().take(24).collect();
    if host.is_empty() { kind.to_owned() } else { format!("{kind}-{host}") }
}

fn kept_at(state: &Path) -> PathBuf {
    state.join("token")
}

fn read(path: &Path) -> anyhow::Result<String> {
    let token =
        fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    Ok(token.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_kept_for_its_owner_alone_and_found_again() {
        let dir = std::env::temp_dir().join(format!("appliance-token-{}", std::process::id()));
        assert_eq!(device_token(None, Some(&dir)).unwrap(), None);
        for token in ["first", "second"] {
            keep_token(&dir, token).unwrap();
            assert_eq!(device_token(None, Some(&dir)).unwrap().as_deref(), Some(token));
            let mode = fs::metadata(dir.join("token")).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        let given = dir.join("given");
        fs::write(&given, "by the installer\n").unwrap();
        let token = device_token(Some(&given), Some(&dir)).unwrap();
        assert_eq!(token.as_deref(), Some("by the installer"));
        fs::remove_dir_all(&dir).unwrap();
    }
}
