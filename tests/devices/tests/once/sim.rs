//! The kiosk's line, made of the emulated printer's cable.

use std::time::Duration;

use devices::{Cable, CableKind, HungUp, Model, Printer};
use kiosk::printer::{Broken, Line};

/// A line in virtual time that remembers what was sent over it.
pub(crate) struct SimLine {
    pub(crate) cable: Cable,
    pub(crate) sent: Vec<u8>,
    kind: CableKind,
    baud: u32,
    /// How long a busy machine takes before it goes on with what it read.
    pub(crate) busy: Duration,
    /// How long it was busy so far.
    pub(crate) was_busy: Duration,
}

impl SimLine {
    pub(crate) fn new(kind: CableKind, baud: u32, model: Model) -> Self {
        Self {
            cable: Cable::new(kind, Printer::of_model(model)),
            sent: Vec::new(),
            kind,
            baud,
            busy: Duration::ZERO,
            was_busy: Duration::ZERO,
        }
    }
}

fn gone(_: HungUp) -> Broken {
    Broken::Gone
}

impl Line for SimLine {
    fn now(&self) -> Duration {
        self.cable.now()
    }

    fn open(&mut self, deadline: Duration) -> Result<(), Broken> {
        let opened = self.cable.open(self.baud).map_err(gone);
        if opened.is_err() && self.kind == CableKind::Tcp {
            // Nobody says that nobody is there.
            self.cable.wait(deadline.saturating_sub(self.cable.now()));
        }
        opened
    }

    fn close(&mut self) {
        self.cable.close();
    }

    fn send(&mut self, bytes: &[u8], deadline: Duration) -> Result<(), Broken> {
        let mut rest = bytes;
        loop {
            let n = self.cable.send(rest).map_err(gone)?;
            self.sent.extend(&rest[..n]);
            rest = &rest[n..];
            if rest.is_empty() {
                return Ok(());
            }
            if self.cable.now() >= deadline {
                return Err(Broken::TimedOut);
            }
            self.cable.step(deadline);
        }
    }

    fn receive(&mut self, deadline: Duration) -> Result<Vec<u8>, Broken> {
        loop {
            let bytes = self.cable.receive().map_err(gone)?;
            if !bytes.is_empty() {
                self.cable.wait(self.busy);
                self.was_busy += self.busy;
            }
            if !bytes.is_empty() || self.cable.now() >= deadline {
                return Ok(bytes);
            }
            self.cable.step(deadline);
        }
    }

    fn bytes_per_second(&self) -> Option<u32> {
        matches!(self.kind, CableKind::Serial { .. }).then_some(self.baud / 10)
    }

    fn can_be_half_open(&self) -> bool {
        self.kind == CableKind::Tcp
    }
}
