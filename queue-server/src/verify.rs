//! `queue-server verify`: the database is whole, the chain unbroken, and
//! the events tell a possible story. It writes nothing: it may be run
//! beside the server and on a copy that can't be written.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, ensure};
use queue_core::{Hall, Rules};

use crate::journal::Journal;

/// True if all is well. Writes one line either way.
pub(crate) fn verify(dir: &Path, out: &mut impl Write) -> anyhow::Result<bool> {
    ensure!(dir.join("hall.db").exists(), "there is no journal in `{}`", dir.display());
    // Replaying asserts what must hold between events; the rules play no
    // part in it.
    let mut hall = Hall::new(Rules::default());
    match Journal::inspect(dir, |row| hall.apply(&row.entry)) {
        Ok(head) => {
            writeln!(out, "sound: {} events, chain {:?}", head.seq, head.chain)
                .context("cannot write")?;
            Ok(true)
        }
        Err(error) => {
            writeln!(out, "{:#}", anyhow::Error::new(error)).context("cannot write")?;
            Ok(false)
        }
    }
}
