//! `queue-server enrol`: makes a device known, for scripted installs.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, ensure};
use clap::ValueEnum;
use queue_api::DeviceKind;

use crate::access::Access;

/// The longest name a device may have.
const NAME_CHARS_MAX: usize = 40;

/// What `enrol` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Where the journal is kept.
    #[arg(long)]
    data: PathBuf,
    /// Kiosk, board, or a program that reads what happens.
    #[arg(long)]
    kind: Kind,
    /// What the hall calls it; enrolled again, it gets a new token.
    #[arg(long)]
    name: String,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    Kiosk,
    Board,
    Program,
}

/// Prints the token, once; it is stored nowhere.
pub(crate) fn enrol(options: &Options, out: &mut impl Write) -> anyhow::Result<()> {
    let chars = options.name.chars().count();
    ensure!((1..=NAME_CHARS_MAX).contains(&chars), "a name has 1 to {NAME_CHARS_MAX} characters");
    std::fs::create_dir_all(&options.data)
        .with_context(|| format!("cannot make `{}`", options.data.display()))?;
    let kind = match options.kind {
        Kind::Kiosk => DeviceKind::Kiosk,
        Kind::Board => DeviceKind::Board,
        Kind::Program => DeviceKind::Program,
    };
    let token = Access::open(&options.data)?.enrol(&options.name, kind, appliance::now())?;
    writeln!(out, "{token}").context("cannot write the token")
}
