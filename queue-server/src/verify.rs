//! `queue-server verify`: the database is whole, the chain unbroken, and
//! the events tell a possible story. It writes nothing: it may be run
//! beside the server and on a copy that can't be written.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, ensure};
use queue_core::{Hall, Morning, Rules};

use crate::access;
use crate::journal::{Head, Journal, Reader, Row};

/// True if all is well. Writes one line either way.
pub(crate) fn verify(dir: &Path, out: &mut impl Write) -> anyhow::Result<bool> {
    let path = dir.join("hall.db");
    ensure!(path.exists(), "there is no journal in `{}`", dir.display());
    match look_through(&path) {
        Ok(head) => {
            writeln!(out, "sound: {} events, chain {:?}", head.seq, head.chain)
                .context("cannot write")?;
            verify_notes(dir, out)
        }
        Err(error) => {
            writeln!(out, "{error:#}").context("cannot write")?;
            Ok(false)
        }
    }
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
pub(crate) fn look_through(path: &Path) -> anyhow::Result<Head> {
    // Replaying asserts what must hold between events; the rules play no
    // part in it.
    let hall = Hall::new(Rules::default());
    let mut look = Look { hall, mornings: Journal::mornings(path)?, wrong: None };
    let head = Journal::inspect(path, &mut look)?;
    match look.wrong {
        None => Ok(head),
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
}

impl Reader for Look {
    fn begin(&mut self, _morning: Morning) {
        unreachable!("a journal is inspected from its beginning");
    }

    fn row(&mut self, row: Row) {
        self.hall.apply(&row.entry);
        let kept = self.mornings.iter().find(|it| it.seq == row.entry.seq);
        if kept.is_some() && self.hall.morning().as_ref() != kept {
            self.wrong = Some(row.entry.seq);
        }
    }
}
