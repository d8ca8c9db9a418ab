//! The real line: a port of this machine, opened again when needed, and
//! the machine's clock.

use std::io;
use std::time::{Duration, Instant};

use tracing::debug;

use super::line::{Broken, Line};
use super::transport::Transport;
use super::{PrinterPort, lp, serial, tcp};

/// Start bit, eight data bits, stop bit.
const BITS_PER_BYTE: u32 = 10;

/// A port of this machine.
#[derive(Debug)]
pub(crate) struct Port {
    address: PrinterPort,
    began: Instant,
    transport: Option<Transport>,
}

impl Port {
    pub(super) fn new(address: PrinterPort) -> Self {
        Self { address, began: appliance::monotonic(), transport: None }
    }

    /// The port of an address, open, or why it does not open.
    pub(crate) fn opened(address: PrinterPort, patience: Duration) -> io::Result<Self> {
        let transport = open(&address, patience)?;
        Ok(Self { transport: Some(transport), ..Self::new(address) })
    }

    fn transport(&self) -> Result<&Transport, Broken> {
        self.transport.as_ref().ok_or(Broken::Gone)
    }
}

impl Line for Port {
    fn now(&self) -> Duration {
        appliance::monotonic().saturating_duration_since(self.began)
    }

    fn open(&mut self, deadline: Duration) -> Result<(), Broken> {
        // An exclusive port is let go before it is taken again.
        self.transport = None;
        let left = deadline.saturating_sub(self.now());
        let opened = open(&self.address, left)
            .inspect_err(|error| debug!(%error, "cannot open the printer"))
            .map_err(|_| Broken::Gone)?;
        self.transport = Some(opened);
        Ok(())
    }

    fn close(&mut self) {
        self.transport = None;
    }

    fn send(&mut self, bytes: &[u8], deadline: Duration) -> Result<(), Broken> {
        self.transport()?.send(bytes, self.began + deadline)
    }

    fn receive(&mut self, deadline: Duration) -> Result<Vec<u8>, Broken> {
        self.transport()?.receive(self.began + deadline)
    }

    fn bytes_per_second(&self) -> Option<u32> {
        match self.address {
            PrinterPort::Serial { baud, .. } => Some(baud / BITS_PER_BYTE),
            PrinterPort::Lp(_) | PrinterPort::Tcp(_) | PrinterPort::Dir(_) => None,
        }
    }

    fn can_be_half_open(&self) -> bool {
        matches!(self.address, PrinterPort::Tcp(_))
    }
}

fn open(address: &PrinterPort, patience: Duration) -> io::Result<Transport> {
    match address {
        PrinterPort::Serial { path, baud } => serial::open(path, *baud),
        PrinterPort::Lp(path) => lp::open(path),
        PrinterPort::Tcp(address) => tcp::open(*address, patience),
        PrinterPort::Dir(_) => Err(io::Error::other("a folder is no line")),
    }
}
