//! A printer at a line in virtual time: bytes take their time, and a
//! minute passes when it is asked for.
//!
//! One end is the emulated printer, the other whoever tests it. Nothing
//! here knows what the bytes mean.

use std::collections::VecDeque;
use std::time::Duration;

use crate::printer::{Output, Printer};
use crate::receipt::Receipt;

/// How many bytes the system keeps for a serial port or a USB printer.
const SYSTEM_BYTES_MAX: usize = 4096;

/// How many bytes two systems keep for a connection.
const SOCKET_BYTES_MAX: usize = 65_536;

/// A byte that a wrong speed makes of another.
pub(crate) fn corrupt(byte: u8) -> u8 {
    byte.rotate_left(3) ^ 0xa8
}

/// How a printer is connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CableKind {
    /// A serial line: the speed of the printer, in bits a second.
    Serial {
        /// What the printer is set to.
        baud: u32,
    },
    /// USB: the port goes with the printer's power.
    Usb,
    /// A network: dead connections say nothing.
    Tcp,
}

/// How the client's port is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Port {
    Closed,
    Open,
    /// It takes bytes, and nobody ever gets them.
    Dead,
    HungUp,
}

/// The other end is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HungUp;

/// A printer at a line, and the clock of both.
#[derive(Debug)]
pub struct Cable {
    kind: CableKind,
    printer: Printer,
    now: Duration,
    /// The time of one byte on the line.
    byte_time: Duration,
    wrong_speed: bool,
    port: Port,
    /// Why a connection would die was there already.
    was_deadly: bool,
    /// Bytes that the client's system holds for the printer.
    to_printer: VecDeque<u8>,
    /// When the line is free for the next byte.
    line_free: Duration,
    to_client: VecDeque<(Duration, u8)>,
    receipts: Vec<Receipt>,
}

impl Cable {
    /// Connects a printer that was just switched on.
    pub fn new(kind: CableKind, printer: Printer) -> Self {
        Self {
            kind,
            printer,
            now: Duration::ZERO,
            byte_time: Duration::ZERO,
            wrong_speed: false,
            port: Port::Closed,
            was_deadly: false,
            to_printer: VecDeque::new(),
            line_free: Duration::ZERO,
            to_client: VecDeque::new(),
            receipts: Vec::new(),
        }
    }

    /// What time it is at both ends.
    pub fn now(&self) -> Duration {
        self.now
    }

    /// The printer.
    pub fn printer(&self) -> &Printer {
        &self.printer
    }

    /// Lets something be done to the printer.
    pub fn handle(&mut self, act: impl FnOnce(&mut Printer) -> Vec<Output>) {
        let output = act(&mut self.printer);
        self.keep(output);
        self.follow_printer();
    }

    /// The receipts so far.
    pub fn receipts(&self) -> &[Receipt] {
        &self.receipts
    }

    /// Opens the port with a speed, if it is a serial one.
    pub fn open(&mut self, baud: u32) -> Result<(), HungUp> {
        self.follow_printer();
        let needs_power = !matches!(self.kind, CableKind::Serial { .. });
        if self.printer.is_unplugged() || (needs_power && self.printer.is_off()) {
            return Err(HungUp);
        }
        if let CableKind::Serial { baud: right } = self.kind {
            self.byte_time = Duration::from_secs(10) / baud.max(1);
            self.wrong_speed = baud != right;
        }
        self.port = Port::Open;
        self.to_client.clear();
        Ok(())
    }

    /// Closes the port. What the system holds of a serial port is lost;
    /// a connection still delivers it.
    pub fn close(&mut self) {
        if self.kind != CableKind::Tcp || self.port == Port::Dead {
            self.to_printer.clear();
        }
        self.port = Port::Closed;
    }

    /// Hands bytes to the system: how many it takes.
    pub fn send(&mut self, bytes: &[u8]) -> Result<usize, HungUp> {
        if matches!(self.port, Port::Closed | Port::HungUp) {
            return Err(HungUp);
        }
        let max = if self.kind == CableKind::Tcp { SOCKET_BYTES_MAX } else { SYSTEM_BYTES_MAX };
        if self.port == Port::Dead && !self.was_deadly {
            // A printer that was switched on again knows no connection.
            self.port = Port::HungUp;
        }
        let n = bytes.len().min(max.saturating_sub(self.to_printer.len()));
        if self.to_printer.is_empty() {
            self.line_free = self.line_free.max(self.now);
        }
        if self.port == Port::Open {
            self.to_printer.extend(&bytes[..n]);
        }
        Ok(n)
    }

    /// Takes what has arrived.
    pub fn receive(&mut self) -> Result<Vec<u8>, HungUp> {
        let mut bytes = Vec::new();
        while self.to_client.front().is_some_and(|it| it.0 <= self.now) {
            bytes.extend(self.to_client.pop_front().map(|it| it.1));
        }
        if bytes.is_empty() && matches!(self.port, Port::Closed | Port::HungUp) {
            return Err(HungUp);
        }
        Ok(bytes)
    }

    /// Lets the time pass to the next thing that happens, or so far.
    pub fn step(&mut self, until: Duration) {
        let next = [self.next_arrival(), self.printer.next_event(), self.next_answer()];
        let next = next.into_iter().flatten().min().unwrap_or(until);
        self.now = self.now.max(next.min(until));
        let output = self.printer.advance(self.now);
        self.keep(output);
        self.follow_printer();
        // Without a speed all of them arrive at once.
        while self.next_arrival().is_some_and(|it| it <= self.now) {
            self.deliver();
        }
    }

    /// Lets so much time pass.
    pub fn wait(&mut self, time: Duration) {
        let until = self.now + time;
        while self.now < until {
            self.step(until);
        }
    }

    fn next_answer(&self) -> Option<Duration> {
        self.to_client.front().map(|it| it.0).filter(|it| *it > self.now)
    }

    fn next_arrival(&self) -> Option<Duration> {
        let flows = self.printer.takes_input() && !self.to_printer.is_empty();
        flows.then_some(self.line_free + self.byte_time)
    }

    fn deliver(&mut self) {
        let Some(byte) = self.to_printer.pop_front() else { return };
        self.line_free = (self.line_free + self.byte_time).max(self.now);
        let byte = if self.wrong_speed { corrupt(byte) } else { byte };
        let output = self.printer.receive(&[byte]);
        self.keep(output);
        self.follow_printer();
    }

    fn keep(&mut self, output: Vec<Output>) {
        for output in output {
            match output {
                Output::Receipt(receipt) => self.receipts.push(receipt),
                Output::Reply(bytes) if self.port == Port::Open => {
                    for byte in bytes {
                        let last = self.to_client.back().map_or(self.now, |it| it.0.max(self.now));
                        let byte = if self.wrong_speed { corrupt(byte) } else { byte };
                        self.to_client.push_back((last + self.byte_time, byte));
                    }
                }
                Output::Reply(_) => {}
            }
        }
    }

    /// Makes the line agree with the printer's cable and power.
    fn follow_printer(&mut self) {
        let off = self.printer.is_off();
        let gone = self.printer.is_unplugged() || (self.kind == CableKind::Usb && off);
        if gone {
            self.lose(Port::HungUp);
        }
        let deadly = self.kind == CableKind::Tcp && (off || self.printer.is_half_open());
        if deadly && !self.was_deadly {
            self.lose(Port::Dead);
        }
        self.was_deadly = deadly;
    }

    /// Loses what is under way; whoever had the port open finds it so.
    fn lose(&mut self, found: Port) {
        if self.port != Port::Closed {
            self.port = found;
        }
        self.to_printer.clear();
        self.to_client.clear();
    }
}
