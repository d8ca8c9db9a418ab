//! The command line: which job, and what it is told.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::{enrol, serve};

/// What the program is asked to do.
#[derive(Debug, Parser)]
#[command(name = "queue-server", version, about = "The queue of a government service hall")]
pub(crate) struct Arguments {
    /// The job.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The jobs there are.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
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
