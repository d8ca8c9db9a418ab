//! The kiosk's program: reads its options and runs the kiosk.

use std::process::ExitCode;

use clap::Parser;
use kiosk::{Cli, run};

fn main() -> ExitCode {
    let cli = Cli::parse();
    appliance::start_log();
    match run(cli) {
        Ok(code) => code,
        Err(error) => {
            tracing::error!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
