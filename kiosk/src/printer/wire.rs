//! A printer at the end of a line: connected when needed, kept while it
//! works, and brought back in step after a slip whose end was not seen.

use std::time::Duration;

use slip::{Abilities, Job, PrintOutcome, PrinterStatus};

use super::Patience;
use super::dialogue::Dialogue;
use super::line::{Broken, Line};
use super::transaction::{self, Stopped};

/// The longest command that another program may have left unfinished.
const FOREIGN_RUN: usize = 8192;

/// A printer at the end of a line.
#[derive(Debug)]
pub struct Wire<L> {
    talk: Dialogue<L>,
    abilities: Abilities,
    patience: Patience,
    connected: bool,
    /// Where the last slip stopped, if its end was not seen and the
    /// printer is not in step again.
    stopped: Option<Stopped>,
}

impl<L: Line> Wire<L> {
    /// Takes a line over. A program before us may have been stopped in
    /// the middle of a slip, so the printer is not in step at first.
    pub fn new(line: L, abilities: Abilities, patience: Patience) -> Self {
        let stopped = Stopped { all_sent: false, longest_run: FOREIGN_RUN };
        Self {
            talk: Dialogue::new(line, abilities, patience),
            abilities,
            patience,
            connected: false,
            stopped: Some(stopped),
        }
    }

    /// The line, for whoever looks on.
    pub fn line(&mut self) -> &mut L {
        self.talk.line()
    }

    /// How the printer is. A line that broke since the last look is
    /// opened anew, once.
    pub fn status(&mut self) -> PrinterStatus {
        let by = self.talk.now() + self.patience.connect + self.longest_look();
        for _ in 0..2 {
            if self.connect(by).is_err() {
                self.disconnect();
                continue;
            }
            let look_by = (self.talk.now() + self.longest_look()).min(by);
            match self.talk.status(look_by) {
                Ok(status) => return status,
                Err(Broken::TimedOut) => return self.no_answer(),
                Err(Broken::Gone) => self.disconnect(),
            }
        }
        PrinterStatus::NotConnected
    }

    /// Prints, telling `saw` what becomes of the printer meanwhile.
    pub fn print(&mut self, job: &Job, saw: &mut dyn FnMut(PrinterStatus)) -> PrintOutcome {
        let mut reason = self.status();
        if reason.can_print() && self.stopped.is_some() {
            reason = self.get_in_step();
        }
        if !reason.can_print() {
            return PrintOutcome::NotStarted { reason };
        }
        saw(reason);
        match transaction::send(&mut self.talk, job, self.abilities, self.patience, saw) {
            Ok(()) => PrintOutcome::Done,
            Err((broken, stopped)) => {
                self.stopped = Some(stopped);
                // Closing drops what the system still holds of the slip.
                if broken == Broken::Gone || !stopped.all_sent {
                    self.disconnect();
                }
                if broken == Broken::Gone {
                    saw(PrinterStatus::NotConnected);
                }
                PrintOutcome::Unknown
            }
        }
    }

    /// The longest that [`Self::print`] takes with this job.
    pub fn longest(&self, job: &Job) -> Duration {
        let look = self.patience.connect + self.longest_look();
        look * 2 + self.patience.progress + transaction::longest(&self.talk, job, self.patience)
    }

    /// How long the printer may take to say how it is: behind the zeros
    /// for an interrupted command and an answer that is owed.
    fn longest_look(&self) -> Duration {
        let n_zeros = self.stopped.map_or(0, |it| it.longest_run);
        self.talk.travel_time(n_zeros) + self.patience.answer * 2
    }

    /// Waits out the late answers of an interrupted slip.
    fn get_in_step(&mut self) -> PrinterStatus {
        match transaction::settle(&mut self.talk, self.abilities, self.patience) {
            Ok(()) => {
                self.stopped = None;
                self.status()
            }
            Err(Broken::TimedOut) => self.no_answer(),
            Err(Broken::Gone) => {
                self.disconnect();
                PrinterStatus::NotConnected
            }
        }
    }

    fn no_answer(&mut self) -> PrinterStatus {
        if self.talk.line().can_be_half_open() {
            self.disconnect();
        }
        PrinterStatus::NoAnswer
    }

    fn connect(&mut self, by: Duration) -> Result<(), Broken> {
        if self.connected {
            return Ok(());
        }
        let connect_by = (self.talk.now() + self.patience.connect).min(by);
        self.talk.line().open(connect_by)?;
        self.connected = true;
        match self.stopped {
            Some(Stopped { longest_run, .. }) => {
                transaction::fill_interrupted(&mut self.talk, longest_run, by)
            }
            None => Ok(()),
        }
    }

    fn disconnect(&mut self) {
        self.talk.line().close();
        self.connected = false;
    }
}
