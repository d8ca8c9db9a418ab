//! Which file it is, whatever its name.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// A file of this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FileId {
    device: u64,
    inode: u64,
}

impl FileId {
    /// The file that `path` names now.
    pub(super) fn of(path: &Path) -> io::Result<FileId> {
        let found = fs::metadata(path)?;
        Ok(FileId { device: found.dev(), inode: found.ino() })
    }
}
