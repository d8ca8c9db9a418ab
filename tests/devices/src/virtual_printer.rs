//! `virtual-printer`: the emulated thermal printer as a program.
//!
//! It prints one line, `listening on …`, with the printer URI for the
//! kiosk, and runs until it is told to end. Jam it with
//! `echo no-paper > DIR/fault`, help it with `rm DIR/fault`.
#![forbid(unsafe_code)]

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use clap::Parser;
use devices::{Fault, Listen, Model, VirtualPrinter};
use signal_hook::consts::{SIGINT, SIGTERM};

/// An emulated thermal printer that shows its paper.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// `tcp:127.0.0.1:9100` (port 0: any), `pty:LINK` for a serial port
    /// or `lp:LINK` for a USB printer's device file.
    #[arg(long)]
    listen: Listen,
    /// The folder for the paper.
    #[arg(long)]
    out: PathBuf,
    /// The dots across the paper.
    #[arg(long, default_value_t = 576, value_parser = parse_width)]
    width: usize,
    /// The speed of its serial port; at any other it prints rubbish.
    #[arg(long)]
    baud: Option<u32>,
    /// Hands tickets out by a presenter; somebody takes them after so
    /// many seconds.
    #[arg(long)]
    presenter: Option<u64>,
    /// A fault from the beginning, such as `no-paper` or `unplug@200`.
    #[arg(long)]
    fault: Option<Fault>,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "virtual-printer: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let (mut told_to_end, end) = UnixStream::pair().context("cannot wait for signals")?;
    for signal in [SIGTERM, SIGINT] {
        let end = end.try_clone().context("cannot wait for signals")?;
        signal_hook::low_level::pipe::register(signal, end).context("cannot wait for signals")?;
    }
    let model = Model {
        baud: arguments.baud,
        taken_after: arguments.presenter.map(Duration::from_secs),
        ..Model::of_width(arguments.width)
    };
    let printer = VirtualPrinter::start_model(&arguments.listen, &arguments.out, model)
        .with_context(|| format!("cannot print into `{}`", arguments.out.display()))?;
    if arguments.fault.is_some() {
        printer.set_fault(arguments.fault).context("cannot write the fault file")?;
    }
    let mut out = std::io::stdout();
    writeln!(out, "listening on {}", printer.uri())?;
    out.flush()?;
    told_to_end.read_exact(&mut [0]).context("cannot wait for signals")?;
    printer.stop().context("the printer stopped on the way")?;
    Ok(())
}

fn parse_width(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(width @ (384 | 416 | 576)) => Ok(width),
        _ => Err("paper is 384, 416 or 576 dots wide".into()),
    }
}
