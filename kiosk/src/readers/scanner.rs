//! The thread of a code scanner at a serial line. It only listens.

use std::io;
use std::thread;
use std::time::Duration;

use kiosk_core::Msg;
use tokio::sync::mpsc;

use super::presence::Presence;
use super::{Lines, SerialAddress};
use crate::printer::{Line, Port};
use crate::runtime::Sent;
use crate::ui::new_id;

/// How long a scanner that is away is left alone.
const REOPEN_PAUSE: Duration = Duration::from_secs(1);

/// Longer than any pause within a code.
const SILENCE: Duration = Duration::from_millis(500);

/// Listens for as long as the kiosk takes messages.
pub(crate) fn start(address: SerialAddress, messages: mpsc::Sender<Sent>) -> io::Result<()> {
    let listen = move || {
        let mut presence = Presence::new("scanner", &address);
        while !messages.is_closed() {
            match Port::opened(address.port(), REOPEN_PAUSE) {
                Ok(mut port) => listen(&mut port, &mut presence, &messages),
                Err(error) => drop(presence.away(&error.to_string())),
            }
            thread::park_timeout(REOPEN_PAUSE);
        }
    };
    thread::Builder::new().name("scanner".to_owned()).spawn(listen).map(drop)
}

/// Listens until the line breaks off.
fn listen(port: &mut Port, presence: &mut Presence, messages: &mpsc::Sender<Sent>) {
    let mut lines = Lines::default();
    while !messages.is_closed() {
        let Ok(bytes) = port.receive(port.now() + SILENCE) else {
            presence.away("the line broke off");
            return;
        };
        // A port that opens and breaks off at once is not there.
        presence.there();
        if bytes.is_empty() {
            lines.forget();
        }
        for text in lines.hear(&bytes) {
            let msg = Msg::Scanned { text, command_id: new_id() };
            if messages.blocking_send(Sent::Msg(Box::new(msg))).is_err() {
                return;
            }
        }
    }
}
