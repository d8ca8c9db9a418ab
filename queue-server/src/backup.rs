//! `queue-server backup`: a copy of the record beside a running server,
//! looked through to its end before it takes the name it is to have.
//!
//! Devices and sessions (`access.db`) are not in it: a copy may lie where
//! others read it.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};

use crate::journal::Journal;
use crate::verify;

/// What `backup` is told.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
To go back to a copy: stop the server, put the copy as `hall.db` into a data folder \
of its own, copy `access.db` there as well or enrol the devices again, and start the \
server on that folder. In the old folder `hall.lock` keeps a new journal from being \
begun by accident; leave it there.")]
pub(crate) struct Options {
    /// Where the journal is kept; a server may be running on it.
    #[arg(long)]
    data: PathBuf,
    /// Where the copy goes. An earlier copy of that name is replaced once
    /// the new one was found sound.
    #[arg(long)]
    out: PathBuf,
}

/// Copies, and says in one line what is in the copy.
pub(crate) fn backup(options: &Options, out: &mut impl Write) -> anyhow::Result<()> {
    let from = options.data.join("hall.db");
    ensure!(from.exists(), "there is no journal in `{}`", options.data.display());
    let place = &options.out;
    let part = part_of(place)?;
    remove(&part)?;
    let copied = copy(&from, &part, place);
    if copied.is_err() {
        remove(&part)?;
    }
    let seq = copied?;
    writeln!(out, "saved: {seq} events in `{}`", place.display()).context("cannot write")
}

/// Copies to `part`, and to `place` when it is known to be sound.
fn copy(from: &Path, part: &Path, place: &Path) -> anyhow::Result<u64> {
    let shown = place.display();
    Journal::copy(from, part).with_context(|| format!("cannot copy the journal to `{shown}`"))?;
    let synced = File::open(part).and_then(|file| file.sync_all());
    synced.with_context(|| format!("`{shown}` does not reach the disk"))?;
    let head = verify::look_through(part).context("the copy is not sound")?;
    fs::rename(part, place).with_context(|| format!("cannot make `{shown}`"))?;
    let folder = place.parent().filter(|it| !it.as_os_str().is_empty());
    let synced = File::open(folder.unwrap_or(Path::new("."))).and_then(|it| it.sync_all());
    synced.with_context(|| format!("`{shown}` does not reach the disk"))?;
    Ok(head.seq)
}

/// Beside the copy, so that it gets its name in one step.
fn part_of(place: &Path) -> anyhow::Result<PathBuf> {
    let mut name = place.file_name().context("`--out` names a file")?.to_owned();
    name.push(".part");
    Ok(place.with_file_name(name))
}

fn remove(part: &Path) -> anyhow::Result<()> {
    if part.exists() {
        fs::remove_file(part).with_context(|| format!("cannot remove `{}`", part.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
