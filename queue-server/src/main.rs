//! The hall server: numbers, windows, record and pages. Reads the
//! command line and hands over; everything else is elsewhere.

mod access;
mod actor;
mod check;
mod cli;
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

use std::process::ExitCode;

use clap::Parser;

use cli::{Arguments, Command};

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
