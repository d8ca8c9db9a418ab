//! The command line: which job, and what it is told.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::{archive, backup, check, enrol, export, serve, verify};

/// What the program is asked to do.
#[derive(Debug, Parser)]
#[command(name = "queue-server", version, about = "The queue of a government service hall")]
struct Arguments {
    /// The job.
    #[command(subcommand)]
    command: Command,
}

/// The jobs there are.
#[derive(Debug, Subcommand)]
enum Command {
    /// Runs the hall.
    Serve(serve::Options),
    /// Reads profile and catalogue and reports every fault.
    Check {
        /// The hall's profile.
        #[arg(long, default_value = "assets/halls/demo")]
        hall: PathBuf,
    },
    /// Reads the journal from end to end and reports what is wrong.
    Verify(verify::Options),
    /// Copies the journal, beside a running server or without one.
    Backup(backup::Options),
    /// Moves the older days into a file of their own, without a server.
    Archive(archive::Options),
    /// Writes the visits of some days as a table.
    Export(export::Options),
    /// Makes a device known and prints its token.
    Enrol(enrol::Options),
}

/// Does what the command line asks for.
pub fn run() -> ExitCode {
    let out = || io::stdout().lock();
    let done = match Arguments::parse().command {
        Command::Serve(options) => serve::serve(&options).map(|()| true),
        Command::Check { hall } => Ok(check::check(&hall, &mut out())),
        Command::Verify(options) => verify::verify(&options, &mut out()),
        Command::Backup(options) => backup::backup(&options, &mut out()).map(|()| true),
        Command::Archive(options) => archive::archive(&options, &mut out()).map(|()| true),
        Command::Export(options) => export::export(&options, &mut out()).map(|()| true),
        Command::Enrol(options) => enrol::enrol(&options, &mut out()).map(|()| true),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            complain(&error);
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::print_stderr, reason = "the log may not have been started yet")]
fn complain(error: &anyhow::Error) {
    eprintln!("queue-server: {error:#}");
}
