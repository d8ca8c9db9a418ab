//! The hall's files: profile, staff, matters and calendars, read once on
//! start. A hall with a fault in any of them is not opened; all faults
//! are told at once, each with its file and line.

mod appointments;
mod files;
mod hall;
mod identity;
mod paper;
mod plan;
mod queue;
mod record;
mod staff;

use std::path::Path;

use catalogue::{Catalogue, Fault};
use queue_api::{HallProfile, StaffId, StaffRole, WindowId};
use queue_core::Rules;

use hall::Hall;
use queue::Queue;

/// Everything a hall has written down.
#[derive(Clone, Debug)]
pub struct HallFiles {
    /// What every screen shows; with `most_used` and `waive_shared`.
    pub profile: HallProfile,
    /// Who may sign in, by number.
    pub staff: Vec<StaffMember>,
    /// The matters and the calendar, as kiosks get them.
    pub catalogue: Catalogue,
    /// What the queue goes by.
    pub rules: Rules,
    /// For how many working days a return pass is taken.
    pub pass_days: u32,
    /// How many days of the record stay in the journal when it is
    /// archived; none: all of them.
    pub keep_days: Option<u32>,
}

/// A member of staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffMember {
    /// Service number (工号).
    pub id: StaffId,
    /// What they may do.
    pub role: StaffRole,
    /// Where a clerk sits as a rule.
    pub window: Option<WindowId>,
    /// The PIN as a PHC string (argon2id).
    pub pin_hash: String,
}

/// What was read, sound or not.
pub struct Reading {
    /// The files' contents; none unless there is no fault.
    pub files: Option<HallFiles>,
    /// Every fault, by file and line.
    pub faults: Vec<Fault>,
}

/// Reads a hall.
pub fn load(dir: &Path) -> Result<HallFiles, Vec<Fault>> {
    let reading = read(dir);
    reading.files.ok_or(reading.faults)
}

/// Reads a hall to the end, whatever is wrong with it.
pub fn read(dir: &Path) -> Reading {
    let mut faults = Vec::new();
    let calendars = files::folder(&dir.join("calendar"), &mut faults);
    let matters = files::folder(&dir.join("matters"), &mut faults);
    let hall_file = files::file(&dir.join("hall.toml"), &mut faults);
    let staff_file = files::file(&dir.join("staff.toml"), &mut faults);

    let (workdays, found) = catalogue::read_calendars(&calendars);
    faults.extend(found);
    let mut hall = hall_file.as_ref().map(Hall::read);
    let terms = hall.as_ref().map(Hall::terms).unwrap_or_default();
    let (catalogue, found) = catalogue::read(&matters, workdays, &terms);
    faults.extend(found);
    if let Some(hall) = &mut hall {
        hall.check(&matters, &catalogue);
    }
    let windows = hall.as_ref().and_then(Hall::windows);
    let (staff, found) = staff_file.map(|file| staff::read(&file, windows.as_deref())).unzip();
    faults.extend(found.unwrap_or_default());
    let keep_days = hall.as_ref().and_then(Hall::keep_days);
    let (profile, found) = hall.map(|hall| hall.finish(&catalogue)).unzip();
    faults.extend(found.unwrap_or_default());

    faults.extend(matters.iter().chain(&hall_file).flat_map(paper::unprintable));
    faults.sort();
    let files = match (profile.flatten(), staff) {
        (Some((profile, queue)), Some(staff)) if faults.is_empty() => {
            let Queue { rules, pass_days } = queue;
            Some(HallFiles { profile, staff, catalogue, rules, pass_days, keep_days })
        }
        _ => None,
    };
    Reading { files, faults }
}

#[cfg(test)]
mod tests;
