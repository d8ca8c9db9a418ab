//! `queue-server archive`: moves the older days of the record into a file
//! of their own and leaves a journal that begins on a morning.
//!
//! What is cut off is on the disk and looked through before anything
//! changes. The journal is replaced in one step: at no instant is neither
//! the one before nor the one after there and whole.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use jiff::civil::Date;
use jiff::{Span, Timestamp};
use queue_core::{Archived, Entry, Event};

use crate::actor::Actor;
use crate::journal::{Beginning, Journal, Opened, Origin, Row};
use crate::place;
use crate::verify::{self, Looked};
use crate::{backup, engine, hash, profile};

pub use crate::place::{Step, Watch};

/// What `archive` is told.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
The archive is a copy of all that was there: it can be verified (`verify --file`), \
exported from (`export --file`), and put back as a hall's journal. `verify --archive` \
shows that the journal goes on where it was cut. Keep every archive, on another disk: \
nothing else has the days that were cut off.")]
pub(crate) struct Options {
    /// Where the journal is kept; no server may be running on it.
    #[arg(long)]
    data: PathBuf,
    /// The first day that stays, such as 2026-11-01. Without it,
    /// `keep_days` of the hall's profile says how many stay.
    #[arg(long)]
    before: Option<Date>,
    /// The hall's profile, for `keep_days`.
    #[arg(long, default_value = "assets/halls/demo")]
    hall: PathBuf,
    /// Where the archive goes: a file that is not there yet.
    #[arg(long)]
    out: PathBuf,
}

/// Which days stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// This one and those after it.
    From(Date),
    /// So many, up to the last business day.
    Days(u32),
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// What the record now tells of it.
    pub archived: Archived,
    /// The last event, which tells it.
    pub seq: u64,
}

/// Cuts, and says what is where.
pub(crate) fn archive(options: &Options, out: &mut impl Write) -> anyhow::Result<()> {
    let left = match options.before {
        Some(day) => Left::From(day),
        None => Left::Days(keep_days(&options.hall)?),
    };
    let moved = cut(&options.data, left, &options.out, appliance::now(), &mut |_| Ok(()))?;
    let Some(Moved { archived, seq }) = moved else {
        return writeln!(out, "nothing is older than that: all stays as it is")
            .context("cannot write");
    };
    let Archived { before, through_seq, archive_sha256, .. } = archived;
    let (first, place) = (through_seq + 1, options.out.display());
    writeln!(
        out,
        "archived: events up to {through_seq}, and all that was there, in `{place}`\n\
         left: events {first} to {seq}, from {before} on\nSHA-256 of the archive: {archive_sha256}",
    )
    .context("cannot write")
}

fn keep_days(hall: &Path) -> anyhow::Result<u32> {
    let files = profile::load(hall)
        .map_err(|faults| anyhow::anyhow!("the hall cannot be read, {} fault(s)", faults.len()))?;
    files.keep_days.context(
        "`hall.toml` has no `keep_days` in `[record]`, so everything stays: say `--before DAY`",
    )
}

/// Moves what is older into the file `out`; none if nothing is. The
/// journal in `data` is either as it was or cut, whenever this ends.
pub fn cut(
    data: &Path,
    left: Left,
    out: &Path,
    now: Timestamp,
    watch: Watch<'_>,
) -> anyhow::Result<Option<Moved>> {
    let path = data.join("hall.db");
    ensure!(path.exists(), "there is no journal in `{}`", data.display());
    let _held = Journal::hold(data).context("the server must be stopped for this")?;
    let shown = out.display();
    ensure!(!out.exists(), "`{shown}` is there already, and is not replaced");
    verify::look_through(&path).context("nothing was cut off")?;
    let Some(first) = first_left(&Journal::days(&path)?, left)? else { return Ok(None) };
    // What an earlier run left that did not get further.
    let part = data.join("hall.cut.db");
    place::remove(&part)?;
    let saved = backup::save(&path, out, &mut *watch, |part| look_at(part, first))?;
    ensure!(!part.exists(), "`{shown}` is where the new journal is made: give it another name");
    let moved = replace(&path, &part, saved, now, watch);
    if moved.is_err() {
        place::remove(&part)?;
    }
    moved.map(Some).with_context(|| format!("all that was there is in `{shown}`"))
}

/// The day that the journal is to begin with; none if it does already.
fn first_left(days: &[Opened], left: Left) -> anyhow::Result<Option<Opened>> {
    let [.., yesterday, today] = days else { return Ok(None) };
    let wanted = match left {
        Left::From(day) => day,
        Left::Days(days) => {
            let before = Span::new().days(i64::from(days).saturating_sub(1));
            today.day.saturating_sub(before).min(yesterday.day)
        }
    };
    let first = days.iter().find(|it| it.day >= wanted);
    match first {
        Some(first) if first.day <= yesterday.day => {
            Ok((first.seq != days[0].seq).then_some(*first))
        }
        // Repeated commands are answered for both.
        _ => bail!("the last two business days stay, so at most those before {}", yesterday.day),
    }
}

/// The archive, as it lies on the disk.
struct Saved {
    looked: Looked,
    beginning: Beginning,
}

/// Looks through an archive, and at what the journal can begin with.
fn look_at(archive: &Path, first: Opened) -> anyhow::Result<Saved> {
    let mut looked = verify::look_for(archive, first.seq)?;
    let morning = looked.morning.take().context("the day does not begin with a morning")?;
    let through = first.seq - 1;
    let link = Journal::link(archive, through)?.context("the event before the day is missing")?;
    let sha256 = hash::of_file(archive)?;
    let beginning = Beginning::new(link, morning, &looked.head, sha256);
    Ok(Saved { looked, beginning })
}

/// Puts the journal from the beginning on into the place of the whole
/// one.
fn replace(
    path: &Path,
    part: &Path,
    saved: Saved,
    now: Timestamp,
    watch: Watch<'_>,
) -> anyhow::Result<Moved> {
    let Saved { looked: Looked { head, mut hall, .. }, beginning } = saved;
    let archived = beginning.told();
    let event = Event::RecordArchived(archived.clone());
    let entry = Entry { seq: head.seq + 1, at: engine::believed(head.at, now), event };
    let told = Row { entry, origin: Origin { command_id: None, by: Actor::Server } };
    Journal::cut(path, part, &beginning, &told)?;
    place::sync(part, &mut *watch).context("what stays does not reach the disk")?;
    let left = verify::look_through(part).context("what stays is not sound")?;
    hall.apply(&told.entry);
    ensure!(left.hall == hall, "what stays does not tell what the whole record tells");
    // With the old journal's log still there, the new one would be read
    // with it.
    Journal::settle(path)?;
    place::sync_names(path, &mut *watch).context("the folder does not reach the disk")?;
    place::name(part, path, watch).context("the journal could not be replaced for certain")?;
    Ok(Moved { archived, seq: told.entry.seq })
}

#[cfg(test)]
mod tests;
