//! The lobby display's program: reads its options and runs the board.

use std::process::ExitCode;

use clap::Parser;
use display_board::{Cli, run};

fn main() -> ExitCode {
    let cli = Cli::parse();
    appliance::start_log();
    match run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
