//! `queue-server enrol`: makes a device known, for scripted installs.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, ensure};
use clap::ValueEnum;
use queue_api::{AuditFact, DeviceKind};

use crate::access::Access;
use crate::http::{NAME_CHARS_MAX, is_name};

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
    ensure!(is_name(&options.name), "a name has 1 to {NAME_CHARS_MAX} characters");
    std::fs::create_dir_all(&options.data)
        .with_context(|| format!("cannot make `{}`", options.data.display()))?;
    let kind = match options.kind {
        Kind::Kiosk => DeviceKind::Kiosk,
        Kind::Board => DeviceKind::Board,
        Kind::Program => DeviceKind::Program,
    };
    let (access, now) = (Access::open(&options.data)?, appliance::now());
    let token = access.enrol(&options.name, kind, now)?;
    access
        .note(&AuditFact::DeviceEnrolled { device: options.name.clone(), device_kind: kind }, now);
    writeln!(out, "{token}").context("cannot write the token")
}
