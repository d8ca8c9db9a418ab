//! Tells systemd that the program is ready and alive (`sd_notify`).
//!
//! Fed from the program's own loop, never from a timer of its own: a
//! loop that hangs stops feeding and is restarted.

use std::env;
use std::os::unix::net::UnixDatagram;

/// The line to the supervisor; silent where there is none.
#[derive(Debug)]
pub struct Watchdog {
    socket: Option<(UnixDatagram, String)>,
}

impl Watchdog {
    /// Looks for the supervisor in `NOTIFY_SOCKET`.
    pub fn new() -> Watchdog {
        let socket = env::var("NOTIFY_SOCKET")
            .ok()
            .and_then(|path| UnixDatagram::unbound().ok().map(|socket| (socket, path)));
        Watchdog { socket }
    }

    /// The program is up.
    pub fn ready(&self) {
        self.say("READY=1");
    }

    /// The loop went round once more.
    pub fn alive(&self) {
        self.say("WATCHDOG=1");
    }

    fn say(&self, state: &str) {
        if let Some((socket, path)) = &self.socket
            && let Err(error) = socket.send_to(state.as_bytes(), path)
        {
            tracing::debug!(%error, "the supervisor does not listen");
        }
    }
}

impl Default for Watchdog {
    fn default() -> Watchdog {
        Watchdog::new()
    }
}
