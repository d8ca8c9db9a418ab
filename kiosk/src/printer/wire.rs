//! A printer at the end of a line: connected when needed, kept while it
//! works, and brought back in step after a slip whose end was not seen.

use std::io;

use slip::{Abilities, Job, PrintOutcome, PrinterStatus};
use tracing::debug;

use super::line::{Broken, Line};
use super::transaction::{self, Stopped};
use super::{Patience, PrinterPort, lp, serial, tcp};

/// A printer at the end of a line.
#[derive(Debug)]
pub(super) struct Wire {
    port: PrinterPort,
    abilities: Abilities,
    patience: Patience,
    line: Option<Line>,
    /// Where the last slip stopped, if its end was not seen and the
    /// printer is not in step again.
    stopped: Option<Stopped>,
}

impl Wire {
    pub(super) fn new(port: PrinterPort, abilities: Abilities, patience: Patience) -> Self {
        Self { port, abilities, patience, line: None, stopped: None }
    }

    /// How the printer is. A line that broke since the last look is
    /// opened anew, once.
    pub(super) fn status(&mut self) -> PrinterStatus {
        for _ in 0..2 {
            let (abilities, patience) = (self.abilities, self.patience);
            let Some(line) = self.connect() else { return PrinterStatus::NotConnected };
            match transaction::ask_status(line, abilities, patience) {
                Ok(status) => return status,
                Err(Broken::TimedOut) => return PrinterStatus::NoAnswer,
                Err(Broken::Gone) => self.line = None,
            }
        }
        PrinterStatus::NotConnected
    }

    /// Prints, telling `saw` what becomes of the printer meanwhile.
    pub(super) fn print(&mut self, job: &Job, saw: &mut dyn FnMut(PrinterStatus)) -> PrintOutcome {
        let mut reason = self.status();
        if reason.can_print() && self.stopped.is_some() {
            reason = self.get_in_step();
        }
        if !reason.can_print() {
            return PrintOutcome::NotStarted { reason };
        }
        saw(reason);
        let (abilities, patience) = (self.abilities, self.patience);
        let Some(line) = &mut self.line else {
            return PrintOutcome::NotStarted { reason: PrinterStatus::NotConnected };
        };
        match transaction::send(line, job, abilities, patience, saw) {
            Ok(()) => PrintOutcome::Done,
            Err((broken, stopped)) => {
                self.stopped = Some(stopped);
                // Closing drops what the system still holds of the slip.
                if broken == Broken::Gone || !stopped.all_sent {
                    self.line = None;
                }
                if broken == Broken::Gone {
                    saw(PrinterStatus::NotConnected);
                }
                PrintOutcome::Unknown
            }
        }
    }

    /// Waits out the late answers of an interrupted slip.
    fn get_in_step(&mut self) -> PrinterStatus {
        let Some(line) = &mut self.line else { return PrinterStatus::NotConnected };
        match transaction::settle(line, self.abilities, self.patience) {
            Ok(()) => {
                self.stopped = None;
                self.status()
            }
            Err(Broken::TimedOut) => PrinterStatus::NoAnswer,
            Err(Broken::Gone) => {
                self.line = None;
                PrinterStatus::NotConnected
            }
        }
    }

    fn connect(&mut self) -> Option<&mut Line> {
        if self.line.is_none() {
            self.line = self.open();
        }
        self.line.as_mut()
    }

    fn open(&self) -> Option<Line> {
        let mut line = open(&self.port, self.patience)
            .inspect_err(|error| debug!(%error, "cannot open the printer"))
            .ok()?;
        if let Some(stopped) = self.stopped {
            transaction::fill_interrupted(&mut line, stopped.longest_run, self.patience).ok()?;
        }
        Some(line)
    }
}

fn open(port: &PrinterPort, patience: Patience) -> io::Result<Line> {
    match port {
        PrinterPort::Serial { path, baud } => serial::open(path, *baud),
        PrinterPort::Lp(path) => lp::open(path),
        PrinterPort::Tcp(address) => tcp::open(*address, patience.connect),
        PrinterPort::Dir(_) => Err(io::Error::other("a folder is no line")),
    }
}
