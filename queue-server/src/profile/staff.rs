//! `staff.toml`: who works in the hall.

use std::collections::BTreeMap;

use argon2::Params;
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

/// The most memory that one try of a PIN may take, KiB: three times what
/// OWASP asks for.
const MEMORY_KIB_MAX: u32 = 65_536;

/// The most passes over that memory.
const PASSES_MAX: u32 = 8;

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
        if let Err(message) = check_pin_hash(&it.pin_hash) {
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

/// Whether signing in with this hash works and costs what a server has.
fn check_pin_hash(text: &str) -> Result<(), String> {
    let foreign = || format!("not a PHC string of {PIN_ALGORITHM}, as `$argon2id$v=19$…`");
    let hash = PasswordHash::new(text).map_err(|_| foreign())?;
    if hash.algorithm.as_str() != PIN_ALGORITHM || hash.hash.is_none() {
        return Err(foreign());
    }
    let costs = Params::try_from(&hash).map_err(|_| foreign())?;
    if costs.m_cost() > MEMORY_KIB_MAX || costs.t_cost() > PASSES_MAX {
        return Err(format!(
            "the hash takes {} KiB and {} passes; more than {MEMORY_KIB_MAX} and {PASSES_MAX} would stall the server",
            costs.m_cost(),
            costs.t_cost()
        ));
    }
    Ok(())
}
