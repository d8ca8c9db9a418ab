//! `queue-server backup`: a copy of the record beside a running server,
//! looked through to its end before it takes the name it is to have.
//!
//! Devices and sessions (`access.db`) are not in it: a copy may lie where
//! others read it.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};

use crate::journal::Journal;
use crate::place::{self, Watch};
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
    let looked = save(&from, place, &mut |_| Ok(()), verify::look_through)?;
    writeln!(out, "saved: {} events in `{}`", looked.head.seq, place.display())
        .context("cannot write")
}

/// Copies a journal to `place`. The copy gets that name when it is on the
/// disk and `look` found nothing wrong with it.
pub(crate) fn save<T>(
    from: &Path,
    place: &Path,
    watch: Watch<'_>,
    look: impl FnOnce(&Path) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let part = place::part_of(place)?;
    place::remove(&part)?;
    let copied = copy(from, &part, place, watch, look);
    if copied.is_err() {
        place::remove(&part)?;
    }
    copied
}

fn copy<T>(
    from: &Path,
    part: &Path,
    place: &Path,
    watch: Watch<'_>,
    look: impl FnOnce(&Path) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let shown = place.display();
    Journal::copy(from, part).with_context(|| format!("cannot copy the journal to `{shown}`"))?;
    let unsynced = || format!("`{shown}` does not reach the disk");
    place::sync(part, &mut *watch).with_context(unsynced)?;
    let looked = look(part).context("the copy is not sound")?;
    place::name(part, place, watch).with_context(unsynced)?;
    Ok(looked)
}

#[cfg(test)]
mod tests;
