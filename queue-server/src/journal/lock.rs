//! One server to a data folder; and the mark that this folder has a
//! journal, so that one which is gone is missed.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use rustix::fs::{FlockOperation, flock};

const MARK: &[u8] =
    b"This folder has a journal, hall.db. While this line is here, no other is begun.\n";

/// Held until dropped; the kernel lets go when the process dies.
#[derive(Debug)]
pub(crate) struct Lock {
    file: File,
}

impl Lock {
    /// Takes the folder, or none if another process has it.
    pub(crate) fn take(dir: &Path) -> io::Result<Option<Lock>> {
        let file = File::options().create(true).append(true).open(dir.join("hall.lock"))?;
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => Ok(Some(Lock { file })),
            Err(rustix::io::Errno::WOULDBLOCK) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether the folder ever had a journal.
    pub(crate) fn is_marked(&self) -> io::Result<bool> {
        Ok(self.file.metadata()?.len() > 0)
    }

    /// Says for good that the folder has a journal.
    pub(crate) fn mark(&mut self) -> io::Result<()> {
        self.file.write_all(MARK)?;
        self.file.sync_all()
    }
}
