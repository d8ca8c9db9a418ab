//! A file beside the journal that says that something looked wrong: the
//! next start looks at all of it, whatever time that takes.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

fn note(journal: &Path) -> PathBuf {
    journal.with_file_name("hall.suspect")
}

/// Says so.
pub(super) fn begin(journal: &Path, cause: &str) -> io::Result<()> {
    let mut file = File::create(note(journal))?;
    writeln!(file, "{cause}")?;
    file.sync_all()
}

/// Whether it was said.
pub(super) fn is_there(journal: &Path) -> bool {
    note(journal).exists()
}

/// All was looked at and is sound.
pub(super) fn end(journal: &Path) -> io::Result<()> {
    if is_there(journal) { fs::remove_file(note(journal)) } else { Ok(()) }
}
