//! `staff.toml`: who works in the hall.

use std::collections::BTreeMap;

use argon2::password_hash::phc::PasswordHash;
use catalogue::{Document, Fault, SourceFile};
use queue_api::{StaffId, StaffRole, WindowId};
use serde::Deserialize;

use super::StaffMember;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StaffFile {
    #[serde(default)]
    staff: Vec<StaffEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StaffEntry {
    id: StaffId,
    role: StaffRole,
    #[serde(default)]
    window: Option<WindowId>,
    pin_hash: String,
}

/// The kind of hash a PIN is kept as.
const PIN_ALGORITHM: &str = "argon2id";

/// Reads the file. `windows` are the hall's, if they are known.
pub(super) fn read(
    file: &SourceFile,
    windows: Option<&[WindowId]>,
) -> (Vec<StaffMember>, Vec<Fault>) {
    let mut document = Document::parse(file);
    let Some(StaffFile { staff }) = document.read("") else {
        return (Vec::new(), document.into_faults());
    };
    if staff.is_empty() && document.is_sound("staff") {
        document.fault("staff", "nobody works here");
    }
    let mut seen: BTreeMap<&StaffId, usize> = BTreeMap::new();
    for (at, it) in staff.iter().enumerate() {
        let part = |key: &str| format!("staff.{at}.{key}");
        if let Some(first) = seen.insert(&it.id, at) {
            let line = document.line(&format!("staff.{first}.id"));
            document.fault(&part("id"), format!("staff number `{}` is in line {line} too", it.id));
        }
        match (it.role, it.window) {
            (StaffRole::Clerk, None) => {
                document.fault(&part("role"), format!("clerk `{}` has no window", it.id));
            }
            (StaffRole::Clerk, Some(window)) => {
                if windows.is_some_and(|windows| !windows.contains(&window)) {
                    document.fault(&part("window"), format!("the hall has no window {window}"));
                }
            }
            (_, Some(_)) => document.fault(&part("window"), "only a clerk sits at a window"),
            (_, None) => {}
        }
        let sound = PasswordHash::new(&it.pin_hash)
            .is_ok_and(|hash| hash.algorithm.as_str() == PIN_ALGORITHM && hash.hash.is_some());
        if !sound {
            let message = format!("not a PHC string of {PIN_ALGORITHM}, as `$argon2id$v=19$…`");
            document.fault(&part("pin_hash"), message);
        }
    }
    let members = staff.into_iter().map(|StaffEntry { id, role, window, pin_hash }| StaffMember {
        id,
        role,
        window,
        pin_hash,
    });
    (members.collect(), document.into_faults())
}
