//! A code scanner at a serial line: it sends what is held to it, as it
//! stands in the code, and ends the line as it was set up to.

use std::io;
use std::path::Path;

use crate::port::{Listen, Port};

/// An emulated scanner; it is unplugged with the value.
#[derive(Debug)]
pub struct VirtualScanner {
    port: Port,
    uri: String,
    end: &'static str,
}

impl VirtualScanner {
    /// Plugs one in at a pseudo-terminal under this path. It sends at
    /// this speed, whatever the other end listens at.
    pub fn start(link: &Path, baud: u32, end: &'static str) -> io::Result<VirtualScanner> {
        let port = Port::open(&Listen::Pty(link.to_owned()), Some(baud))?;
        let uri = port.printer_uri()?;
        Ok(VirtualScanner { port, uri, end })
    }

    /// What the kiosk is told with `--scanner`.
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// A code is held to it.
    pub fn show(&mut self, code: &str) {
        self.port.write(format!("{code}{}", self.end).as_bytes());
    }

    /// The cable is pulled.
    pub fn unplug(&mut self) {
        self.port.unplug();
    }

    /// It is put back.
    pub fn plug(&mut self) -> io::Result<()> {
        self.port.plug()
    }
}
