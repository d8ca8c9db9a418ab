//! `queue-server check`: says everything that is wrong with a hall's
//! files, or that nothing is.

use std::io::Write;
use std::path::Path;

use crate::profile;

/// Writes each fault as `file:line: message` and a closing line; true if
/// there is no fault. A closed pipe is nobody's fault.
pub(crate) fn check(dir: &Path, out: &mut impl Write) -> bool {
    let reading = profile::read(dir);
    for fault in &reading.faults {
        let _ = writeln!(out, "{fault}");
    }
    let Some(files) = reading.files else {
        let _ = writeln!(out, "{} fault(s)", reading.faults.len());
        return false;
    };
    let situations: usize = files
        .catalogue
        .matters
        .iter()
        .filter_map(|matter| Some(matter.combinations()?.len()))
        .sum();
    let _ = writeln!(
        out,
        "{} matters, {} lanes, {} windows, {} staff, {situations} combinations of answers: no fault",
        files.catalogue.matters.len(),
        files.profile.lanes.len(),
        files.profile.windows.len(),
        files.staff.len(),
    );
    true
}

#[cfg(test)]
mod tests;
