//! A disk as a power cut leaves it: what was synced is there; of what
//! came after, anything may be, in sectors of 512 bytes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::recorder::{Change, Op};
use chance::Chance;

/// The least that a disk writes in one piece.
const SECTOR_BYTES: usize = 512;

/// The files of a folder, by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Disk {
    /// What no cut takes away.
    kept: BTreeMap<String, Vec<u8>>,
    /// What a cut may take, each file's in order.
    loose: BTreeMap<String, Vec<Change>>,
    /// Names that a cut may take, in order: the one a file had, and the
    /// one it has now.
    names: Vec<(String, String)>,
}

/// What becomes of changes that were not synced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// None of them is there.
    Nothing,
    /// All are: the process died, the machine did not.
    Everything,
    /// In order up to one that is torn, none after.
    InOrder,
    /// Whole calls, some of them.
    Some,
    /// Sectors, some of them.
    Torn,
}

impl Cut {
    /// Every way to cut.
    pub(crate) const ALL: [Cut; 5] =
        [Cut::Torn, Cut::Some, Cut::InOrder, Cut::Nothing, Cut::Everything];
}

impl Disk {
    /// Does what was recorded.
    pub(crate) fn take(&mut self, op: &Op) {
        match &op.change {
            Change::Sync => {
                for change in self.loose.remove(&op.file).unwrap_or_default() {
                    apply(&mut self.kept, &op.file, &change, |_| true);
                }
            }
            Change::SyncFolder => self.sync_names(),
            Change::Rename { to } => self.names.push((op.file.clone(), to.clone())),
            change => self.loose.entry(op.file.clone()).or_default().push(change.clone()),
        }
    }

    /// What was deleted stays so, and what has a new name.
    fn sync_names(&mut self) {
        for (from, to) in self.names.drain(..) {
            rename(&mut self.kept, &from, &to);
            let changes = self.loose.remove(&from);
            self.loose.remove(&to);
            self.loose.extend(changes.map(|it| (to, it)));
        }
        for (file, changes) in &mut self.loose {
            if let Some(at) = changes.iter().rposition(|it| matches!(it, Change::Delete)) {
                changes.drain(..=at);
                self.kept.remove(file);
            }
        }
        self.loose.retain(|_, it| !it.is_empty());
    }

    /// Whether a cut now could take anything.
    pub(crate) fn has_loose(&self) -> bool {
        !self.loose.is_empty() || !self.names.is_empty()
    }

    /// The files after a cut.
    pub(crate) fn cut(&self, cut: Cut, chance: &mut Chance) -> BTreeMap<String, Vec<u8>> {
        let mut files = self.kept.clone();
        for (file, changes) in &self.loose {
            let torn_at = chance.place(changes.len());
            for (nth, change) in changes.iter().enumerate() {
                let whole = match cut {
                    Cut::Nothing => Some(false),
                    Cut::Everything => Some(true),
                    Cut::InOrder if nth == torn_at => None,
                    Cut::InOrder => Some(nth < torn_at),
                    Cut::Some => Some(chance.flip()),
                    Cut::Torn => None,
                };
                let linked = match (change, whole) {
                    (Change::Write { .. }, _) => {
                        apply(&mut files, file, change, |_| whole.unwrap_or_else(|| chance.flip()));
                        true
                    }
                    (_, whole) => {
                        let is_there = whole.unwrap_or_else(|| chance.flip());
                        if is_there {
                            apply(&mut files, file, change, |_| true);
                        }
                        is_there || !matches!(change, Change::Delete)
                    }
                };
                // What is written after a deletion goes to a new file,
                // which has no name while the old one has it.
                if !linked {
                    break;
                }
            }
        }
        for (from, to) in &self.names {
            let is_there = match cut {
                Cut::Nothing => false,
                Cut::Everything => true,
                Cut::InOrder | Cut::Some | Cut::Torn => chance.flip(),
            };
            if !is_there {
                break;
            }
            rename(&mut files, from, to);
        }
        files
    }
}

/// What had the name before is gone, however little the other has.
fn rename(files: &mut BTreeMap<String, Vec<u8>>, from: &str, to: &str) {
    let content = files.remove(from).unwrap_or_default();
    files.insert(to.to_owned(), content);
}

/// Changes a file; of a write only the sectors that are `kept`.
fn apply(
    files: &mut BTreeMap<String, Vec<u8>>,
    file: &str,
    change: &Change,
    mut kept: impl FnMut(usize) -> bool,
) {
    match change {
        Change::Write { at, bytes } => {
            let content = files.entry(file.to_owned()).or_default();
            let mut from = 0;
            while from < bytes.len() {
                let sector = (at + from) / SECTOR_BYTES;
                let to = ((sector + 1) * SECTOR_BYTES - at).min(bytes.len());
                if kept(sector) {
                    if content.len() < at + to {
                        content.resize(at + to, 0);
                    }
                    content[at + from..at + to].copy_from_slice(&bytes[from..to]);
                }
                from = to;
            }
        }
        Change::Truncate { length } => files.entry(file.to_owned()).or_default().truncate(*length),
        Change::Delete => drop(files.remove(file)),
        Change::Sync | Change::SyncFolder | Change::Rename { .. } => {}
    }
}

/// Puts the files into an empty folder.
pub(crate) fn write(files: &BTreeMap<String, Vec<u8>>, folder: &Path) {
    for (name, bytes) in files {
        fs::write(folder.join(name), bytes).unwrap();
    }
}
