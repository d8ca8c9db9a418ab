//! The hall server: numbers, windows, record and pages. Reads the
//! command line and hands over; everything else is elsewhere.

mod access;
mod actor;
mod check;
mod engine;
mod enrol;
mod http;
mod journal;
mod live;
mod profile;
#[cfg(test)]
mod scratch;
mod secret;
mod serve;
mod verify;
mod views;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "queue-server", version, about = "The queue of a government service hall")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
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
    Verify {
        /// Where the journal is kept.
        #[arg(long)]
        data: PathBuf,
    },
    /// Makes a device known and prints its token.
    Enrol(enrol::Options),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Serve(options) => serve::serve(&options).map(|()| true),
        Command::Check { hall } => Ok(check::check(&hall, &mut std::io::stdout().lock())),
        Command::Verify { data } => verify::verify(&data, &mut std::io::stdout().lock()),
        Command::Enrol(options) => {
            enrol::enrol(&options, &mut std::io::stdout().lock()).map(|()| true)
        }
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
