//! When to stop: the supervisor's SIGTERM or a person's Ctrl-C.

use std::io;

use tokio::signal::unix::{SignalKind, signal};

/// Returns when the program is asked to stop; an error means that it
/// could not listen for that.
pub async fn shutdown() -> io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = terminate.recv() => Ok(()),
        pressed = tokio::signal::ctrl_c() => pressed,
    }
}
