//! A printer at the end of a line: connected when needed, kept while it
//! works, brought back in step after a slip whose end was not seen, and
//! its mouth freed of a slip that nobody took.

use std::time::Duration;

use slip::{Job, Presenter, PrintOutcome, PrinterStatus, Profile};

use super::Patience;
use super::dialogue::{ANSWERS_PER_LOOK, Dialogue, Look};
use super::line::{Broken, Line};
use super::transaction::{self, Stopped};

/// How often a mouth is looked into while a slip waits behind it.
const MOUTH_LOOK: Duration = Duration::from_millis(500);

/// What was under way over a line when its last user left it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// Nothing, as far as is known.
    Nothing,
    /// Perhaps a slip, so the printer may wait for the rest of a command.
    PerhapsSlip,
}

/// A printer at the end of a line.
#[derive(Debug)]
pub struct Wire<L> {
    talk: Dialogue<L>,
    profile: Profile,
    patience: Patience,
    connected: bool,
    /// Where the last slip stopped, if its end was not seen and the
    /// printer is not in step again.
    stopped: Option<Stopped>,
    /// Since when a slip hangs in the mouth.
    hangs_since: Option<Duration>,
}

impl<L: Line> Wire<L> {
    /// Takes a line over. Another program may have used it last, so the
    /// printer is not in step at first, whatever was under way before.
    pub fn new(line: L, profile: &Profile, before: Before, patience: Patience) -> Self {
        let longest_run = match before {
            Before::Nothing => 0,
            Before::PerhapsSlip => profile.longest_command(),
        };
        Self {
            talk: Dialogue::new(line, profile, patience),
            profile: profile.clone(),
            patience,
            connected: false,
            stopped: Some(Stopped { all_sent: false, longest_run }),
            hangs_since: None,
        }
    }

    /// The line, for whoever looks on.
    pub fn line(&mut self) -> &mut L {
        self.talk.line()
    }

    /// How the printer is. A line that broke since the last look is
    /// opened anew, once. A slip that hangs in the mouth too long is
    /// moved out of the way, as the profile says.
    pub fn status(&mut self) -> PrinterStatus {
        let look = self.look_in_step();
        match self.profile.presenter.clone() {
            Some(presenter) if look.mouth_is_full && look.status.can_print() => {
                if self.talk.now() < self.taken_by(&presenter) {
                    return look.status;
                }
                self.clear_mouth(&presenter);
                PrinterStatus::NotTaken
            }
            _ => look.status,
        }
    }

    /// Prints, telling `saw` what becomes of the printer meanwhile.
    pub fn print(&mut self, job: &Job, saw: &mut dyn FnMut(PrinterStatus)) -> PrintOutcome {
        let mut look = self.look_in_step();
        if let Some(presenter) = self.profile.presenter.clone()
            && look.mouth_is_full
            && look.status.can_print()
        {
            saw(PrinterStatus::NotTaken);
            look = Look::from(self.wait_for_mouth(&presenter));
        }
        if !look.status.can_print() {
            return PrintOutcome::NotStarted { reason: look.status };
        }
        saw(look.status);
        let abilities = self.profile.abilities;
        let sent = transaction::send(&mut self.talk, job, abilities, self.patience, saw);
        if self.profile.presenter.is_some() {
            self.hangs_since = Some(self.talk.now());
        }
        match sent {
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

    /// The longest that [`Self::status`] takes.
    pub fn longest_status(&self) -> Duration {
        let look = self.patience.connect + self.longest_look();
        look * 2 + self.patience.progress
    }

    /// The longest that [`Self::print`] takes with this job.
    pub fn longest(&self, job: &Job) -> Duration {
        let mouth = self.profile.presenter.as_ref().map_or(Duration::ZERO, |it| {
            let look = self.patience.connect + self.longest_look();
            take_time(it) + self.patience.progress + MOUTH_LOOK + look
        });
        self.longest_status() + mouth + transaction::longest(&self.talk, job, self.patience)
    }

    /// How long the printer may take to say how it is, behind the zeros
    /// for an interrupted command.
    fn longest_look(&self) -> Duration {
        let n_zeros = self.stopped.map_or(0, |it| it.longest_run);
        self.talk.travel_time(n_zeros) + self.patience.answer * ANSWERS_PER_LOOK
    }

    fn look(&mut self) -> Look {
        let by = self.talk.now() + self.patience.connect + self.longest_look();
        for _ in 0..2 {
            if self.connect(by).is_err() {
                self.disconnect();
                continue;
            }
            let look_by = (self.talk.now() + self.longest_look()).min(by);
            match self.talk.look(look_by) {
                Ok(look) => {
                    let since = self.hangs_since.unwrap_or(self.talk.now());
                    self.hangs_since = look.mouth_is_full.then_some(since);
                    return look;
                }
                Err(Broken::TimedOut) => return self.no_answer(),
                Err(Broken::Gone) => self.disconnect(),
            }
        }
        PrinterStatus::NotConnected.into()
    }

    /// A look at a printer that is in step if it can print.
    fn look_in_step(&mut self) -> Look {
        let look = self.look();
        if self.stopped.is_none() || !look.status.can_print() {
            return look;
        }
        // The late answers of an interrupted slip are waited out.
        let abilities = self.profile.abilities;
        match transaction::settle(&mut self.talk, abilities, self.patience) {
            Ok(()) => {
                self.stopped = None;
                self.look()
            }
            Err(Broken::TimedOut) => {
                self.fill_at_next_open();
                self.no_answer()
            }
            Err(Broken::Gone) => {
                self.disconnect();
                PrinterStatus::NotConnected.into()
            }
        }
    }

    /// The printer may wait for the rest of a command, ours or another
    /// program's: it is filled when the line is opened again.
    fn fill_at_next_open(&mut self) {
        let longest_run = self.profile.longest_command();
        self.stopped = Some(Stopped { all_sent: false, longest_run });
        self.disconnect();
    }

    fn no_answer(&mut self) -> Look {
        if self.stopped.is_some_and(|it| it.longest_run == 0) {
            self.fill_at_next_open();
        }
        if self.talk.line().can_be_half_open() {
            self.disconnect();
        }
        PrinterStatus::NoAnswer.into()
    }

    fn connect(&mut self, by: Duration) -> Result<(), Broken> {
        if self.connected {
            return Ok(());
        }
        let connect_by = (self.talk.now() + self.patience.connect).min(by);
        self.talk.open(connect_by)?;
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

    /// When a slip in the mouth should have been taken.
    fn taken_by(&self, presenter: &Presenter) -> Duration {
        self.hangs_since.unwrap_or(self.talk.now()) + take_time(presenter)
    }

    /// Waits until the mouth is free for the next slip: whoever came
    /// before has their time, then their slip makes room.
    fn wait_for_mouth(&mut self, presenter: &Presenter) -> PrinterStatus {
        let taken_by = self.taken_by(presenter);
        let give_up = taken_by.max(self.talk.now()) + self.patience.progress;
        let mut cleared = false;
        while self.talk.now() < give_up {
            if !cleared && self.talk.now() >= taken_by {
                self.clear_mouth(presenter);
                cleared = true;
            }
            let next_look = (self.talk.now() + MOUTH_LOOK).min(give_up);
            if self.talk.listen_until(next_look).is_err() {
                self.disconnect();
            }
            let look = self.look();
            if !look.mouth_is_full || !look.status.can_print() {
                return look.status;
            }
        }
        PrinterStatus::NotTaken
    }

    fn clear_mouth(&mut self, presenter: &Presenter) {
        let deadline = self.talk.now() + self.patience.answer;
        let Some(bytes) = presenter.clear() else { return };
        // A line that does not take them is found so by the next look.
        if self.talk.send(bytes, deadline).is_err() {
            self.disconnect();
        }
    }
}

fn take_time(presenter: &Presenter) -> Duration {
    Duration::from_secs(u64::from(presenter.take_secs))
}
