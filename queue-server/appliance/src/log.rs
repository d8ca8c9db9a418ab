//! Logging: to standard error without colour, journald keeps it.

use tracing_subscriber::EnvFilter;

/// Starts logging at `info`, or as `RUST_LOG` says.
pub fn start_log() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .with_target(false)
        .init();
}
