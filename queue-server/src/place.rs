//! A file gets its name when it is whole, and has it for good: it is
//! written beside its place, brought to the disk, looked at, and renamed.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Context;
use rustix::fs::{Advice, fadvise};

/// What was done to the disk, beside what SQLite does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'p> {
    /// What is in this file is on the disk.
    Synced(&'p Path),
    /// A file has another name.
    Named {
        /// The name it had.
        from: &'p Path,
        /// The name it has.
        to: &'p Path,
    },
    /// The names in this folder are on the disk.
    FolderSynced(&'p Path),
}

/// Is told of each step; after its error there is no other. For whoever
/// cuts the power in between.
pub type Watch<'w> = &'w mut dyn FnMut(Step<'_>) -> io::Result<()>;

/// The name of a file until it is whole.
pub(crate) fn part_of(place: &Path) -> anyhow::Result<PathBuf> {
    let mut name = place.file_name().context("`--out` names a file")?.to_owned();
    name.push(".part");
    Ok(place.with_file_name(name))
}

/// Removes half a file, if it is there.
pub(crate) fn remove(part: &Path) -> anyhow::Result<()> {
    if part.exists() {
        fs::remove_file(part).with_context(|| format!("cannot remove `{}`", part.display()))?;
    }
    Ok(())
}

/// Brings a file to the disk, and lets go of it in memory: what is read
/// next is what the disk has.
pub(crate) fn sync(file: &Path, watch: Watch<'_>) -> io::Result<()> {
    let opened = File::open(file)?;
    opened.sync_all()?;
    // Advice may be refused; then memory is read, which is no harm.
    let _ = fadvise(&opened, 0, None, Advice::DontNeed);
    watch(Step::Synced(file))
}

/// Brings the names beside this one to the disk.
pub(crate) fn sync_names(place: &Path, watch: Watch<'_>) -> io::Result<()> {
    let folder = place.parent().filter(|it| !it.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()?;
    watch(Step::FolderSynced(folder))
}

/// Gives a file its name, in one step and for good. What had that name
/// before is gone.
pub(crate) fn name(part: &Path, place: &Path, watch: Watch<'_>) -> io::Result<()> {
    fs::rename(part, place)?;
    watch(Step::Named { from: part, to: place })?;
    sync_names(place, watch)
}
