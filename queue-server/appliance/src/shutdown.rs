//! When to stop: the supervisor's SIGTERM or a person's Ctrl-C.

use tokio::signal::unix::{SignalKind, signal};

/// Returns when the program is asked to stop.
pub async fn shutdown() {
    let mut terminate = signal(SignalKind::terminate()).expect("a handler for SIGTERM can be set");
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
