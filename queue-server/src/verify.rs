//! `queue-server verify`: the database is whole, the chain unbroken, and
//! the events tell a possible story. It writes nothing: it may be run
//! beside the server and on a copy that can't be written. With an archive
//! it shows that the journal goes on where the archive was cut.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use queue_core::{Hall, Morning, Rules};

use crate::access;
use crate::hash;
use crate::journal::{Beginning, Chain, Head, Journal, Reader, Row};
use crate::record::WhichRecord;

/// What `verify` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    #[command(flatten)]
    pub(crate) record: WhichRecord,
    /// The archive with the days that were cut off before the first day
    /// of the journal: it is looked through as well, and that the two
    /// join.
    #[arg(long)]
    pub(crate) archive: Option<PathBuf>,
}

/// What was found in a sound journal.
#[derive(Debug)]
pub(crate) struct Looked {
    /// Its last event.
    pub(crate) head: Head,
    /// What the hall knows then, but for its rules.
    pub(crate) hall: Hall,
    /// What it knew after the event that was asked for, if that opened a
    /// day.
    pub(crate) morning: Option<Morning>,
}

/// True if all is well. Writes one line either way, one for the archive,
/// and one for the notes of who came in.
pub(crate) fn verify(options: &Options, out: &mut impl Write) -> anyhow::Result<bool> {
    let path = options.record.path()?;
    let said = sound(&path).and_then(|said| match &options.archive {
        None => Ok(said),
        Some(archive) => Ok(format!("{said}\n{}", joined(&path, archive)?)),
    });
    let is_sound = said.is_ok();
    let said = said.unwrap_or_else(|error| format!("{error:#}"));
    writeln!(out, "{said}").context("cannot write")?;
    match &options.record.data {
        Some(dir) if is_sound => verify_notes(dir, out),
        _ => Ok(is_sound),
    }
}

/// What is said of a journal that is sound.
fn sound(path: &Path) -> anyhow::Result<String> {
    let head = look_through(path)?.head;
    let (seq, chain) = (head.seq, head.chain);
    Ok(match Journal::beginning(path)? {
        None => format!("sound: {seq} events, chain {chain:?}"),
        Some(beginning) => {
            let first = beginning.through_seq + 1;
            let (day, sha256) = (beginning.morning.day(), beginning.archive_sha256);
            format!(
                "sound: events {first} to {seq}, chain {chain:?}; those before {day} are in the \
                 archive with SHA-256 {sha256}"
            )
        }
    })
}

/// Whether an archive ends what the journal begins with; in words, if so.
fn joined(path: &Path, archive: &Path) -> anyhow::Result<String> {
    let shown = archive.display();
    ensure!(archive.exists(), "there is no file `{shown}`");
    let beginning = Journal::beginning(path)?
        .with_context(|| format!("`{}` was not cut, it has its first event", path.display()))?;
    let found = hash::of_file(archive).with_context(|| format!("cannot read `{shown}`"))?;
    let wanted = &beginning.archive_sha256;
    ensure!(found == *wanted, "`{shown}` has SHA-256 {found}, the journal wants {wanted}");
    let looked = look_for(archive, beginning.through_seq + 1)?;
    joins(&beginning, &looked, Journal::link(archive, beginning.through_seq)?.as_ref())
        .with_context(|| format!("`{shown}` does not join the journal"))?;
    let Beginning { through_seq, through_chain, .. } = beginning;
    Ok(format!(
        "joined: `{shown}` is sound, the journal follows its event {through_seq}, chain \
         {through_chain:?}"
    ))
}

/// The link at the cut, the end of the archive, and what the hall knew
/// in between are what the journal's beginning says.
fn joins(beginning: &Beginning, archive: &Looked, link: Option<&Chain>) -> anyhow::Result<()> {
    let through = beginning.through_seq;
    ensure!(link == Some(&beginning.through_chain), "event {through} has another link in it");
    let (seq, chain) = (archive.head.seq, archive.head.chain);
    ensure!(
        (seq, chain) == (beginning.archive_seq, beginning.archive_chain),
        "it ends with event {seq}, chain {chain:?}"
    );
    ensure!(
        archive.morning.as_ref() == Some(&beginning.morning),
        "what the hall knew on the morning of {} is not what it tells",
        beginning.morning.day()
    );
    Ok(())
}

/// The notes of who came in, where there are any.
fn verify_notes(dir: &Path, out: &mut impl Write) -> anyhow::Result<bool> {
    if !dir.join("access.db").exists() {
        return Ok(true);
    }
    match access::walk_notes(dir).context("the audit notes cannot be read")? {
        Ok(entries) => {
            writeln!(out, "sound: {entries} audit entries").context("cannot write")?;
            Ok(true)
        }
        Err(reason) => {
            writeln!(out, "{reason}").context("cannot write")?;
            Ok(false)
        }
    }
}

/// Looks at everything in a journal, and at the mornings it has kept.
pub(crate) fn look_through(path: &Path) -> anyhow::Result<Looked> {
    look_for(path, 0)
}

/// The same, and notes what the hall knew when event `opened` had opened
/// its day.
pub(crate) fn look_for(path: &Path, opened: u64) -> anyhow::Result<Looked> {
    // Replaying asserts what must hold between events; the rules play no
    // part in it.
    let hall = Hall::new(Rules::default());
    let mornings = Journal::mornings(path)?;
    let mut look = Look { hall, mornings, wrong: None, opened, morning: None };
    let head = Journal::inspect(path, &mut look)?;
    match look.wrong {
        None => Ok(Looked { head, hall: look.hall, morning: look.morning }),
        Some(seq) => {
            let path = path.display();
            anyhow::bail!("the morning of event {seq} in `{path}` is not what the events tell")
        }
    }
}

/// The story from its beginning, beside the mornings.
struct Look {
    hall: Hall,
    mornings: Vec<Morning>,
    wrong: Option<u64>,
    /// The event whose morning is wanted.
    opened: u64,
    morning: Option<Morning>,
}

impl Reader for Look {
    fn begin(&mut self, morning: Morning, _whole: bool) {
        self.hall = Hall::on_morning(Rules::default(), morning);
    }

    fn row(&mut self, row: Row) {
        let seq = row.entry.seq;
        // The hall of a morning knows already that its day was opened.
        if seq > self.hall.seq() {
            self.hall.apply(&row.entry);
        }
        let kept = self.mornings.iter().find(|it| it.seq == seq);
        if kept.is_some() && self.hall.morning().as_ref() != kept {
            self.wrong = Some(seq);
        }
        if seq == self.opened {
            self.morning = self.hall.morning();
        }
    }
}
