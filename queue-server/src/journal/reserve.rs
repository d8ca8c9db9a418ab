//! Room on the disk, taken while there is plenty and given back when it
//! is full: the hall's numbers go on for some days, and there is time to
//! make room.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rustix::fs::{FallocateFlags, fallocate, statvfs};

/// How much is kept: the events of some days of a large hall.
const BYTES: u64 = 64 * 1024 * 1024;

/// It is taken from a disk that has so much free, so that it fills none
/// by itself.
const FREE_MIN: u64 = 3 * BYTES;

/// With less than this free the disk counts as full.
const FULL_BELOW: u64 = 2 * 1024 * 1024;

/// The file that takes the room.
#[derive(Debug)]
pub(crate) struct Reserve {
    path: PathBuf,
    used: bool,
}

impl Reserve {
    /// As it lies there; nothing is taken yet.
    pub(super) fn beside(journal: &Path) -> Reserve {
        Reserve { path: journal.with_file_name("hall.reserve"), used: false }
    }

    /// Gives the room back; false if there is none.
    pub(crate) fn open(&mut self) -> bool {
        let opened = fs::remove_file(&self.path).is_ok();
        self.used |= opened;
        opened
    }

    /// Whether it was given back and not taken again.
    pub(crate) fn is_used(&self) -> bool {
        self.used
    }

    /// Gives it back if the disk is full, takes it again if there is
    /// plenty.
    pub(crate) fn look(&mut self) {
        let Some(free) = self.free() else { return };
        let kept = self.path.exists();
        if kept && free < FULL_BELOW {
            self.open();
        } else if !kept && free >= FREE_MIN {
            match self.take() {
                Ok(()) => self.used = false,
                Err(error) => tracing::warn!(%error, "the reserve could not be made"),
            }
        }
    }

    /// Bytes that are free to this process.
    fn free(&self) -> Option<u64> {
        let found = statvfs(self.path.parent()?).ok()?;
        Some(found.f_bavail.saturating_mul(found.f_frsize))
    }

    fn take(&self) -> io::Result<()> {
        // Under another name until it is as large as it should be.
        let part = self.path.with_extension("part");
        let file = File::create(&part)?;
        fallocate(&file, FallocateFlags::empty(), 0, BYTES)?;
        file.sync_all()?;
        fs::rename(part, &self.path)
    }
}
