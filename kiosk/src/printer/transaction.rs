//! The rules by which a slip is printed once or not at all.
//!
//! Nothing is sent to a printer that cannot print. Then whole commands
//! are sent, a chunk of them ahead of what the printer has confirmed,
//! and last a question that it answers when it comes to it: only that
//! answer means that the slip is on paper. A printer that stops within
//! a slip holds the rest; it is waited for, never sent the slip again.
//! Each confirmation is counted, so that a printer which lost a part of
//! a slip, being switched off, cannot seem to have printed all of it.

use std::time::Duration;

use slip::{Abilities, Chunk, Completion, Job, PrinterStatus};

use super::Patience;
use super::dialogue::{ANSWERS_PER_LOOK, Dialogue};
use super::line::{Broken, Line};

/// How many times within the patience for progress the printer is asked
/// how it is, while its answer is waited for.
const LOOKS_PER_PATIENCE: u32 = 10;

/// A slip whose end was not seen. Bytes that were handed to the system
/// may never have arrived, so it may have stopped within a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stopped {
    /// Whether the line can be kept, because all bytes are on their way.
    pub(super) all_sent: bool,
    /// The most bytes that the interrupted command lacks.
    pub(super) longest_run: usize,
}

/// The longest that sending a job and waiting for its end may take.
pub(super) fn longest<L: Line>(talk: &Dialogue<L>, job: &Job, patience: Patience) -> Duration {
    talk.travel_time(job.n_bytes()) * 3 / 2 + patience.progress * 2 + patience.hold
}

/// Sends a job and waits until the printer says that it is on paper.
/// An error means that the job was begun and its end was not seen.
pub(super) fn send<L: Line>(
    talk: &mut Dialogue<L>,
    job: &Job,
    abilities: Abilities,
    patience: Patience,
    saw: &mut dyn FnMut(PrinterStatus),
) -> Result<(), (Broken, Stopped)> {
    let longest_run = job.chunks.iter().map(|it| it.bytes().len()).max().unwrap_or(0);
    let give_up = talk.now() + longest(talk, job, patience);
    let deadline = give_up;
    let hold_until = None;
    let mut sending = Sending { talk, abilities, patience, saw, deadline, give_up, hold_until };
    let stopped = |all_sent| move |broken| (broken, Stopped { all_sent, longest_run });
    sending.chunks(job).map_err(stopped(false))?;
    sending.end(job.completion).map_err(stopped(true))
}

/// A job under way.
struct Sending<'a, L> {
    talk: &'a mut Dialogue<L>,
    abilities: Abilities,
    patience: Patience,
    saw: &'a mut dyn FnMut(PrinterStatus),
    /// When a printer that gives no sign is given up.
    deadline: Duration,
    /// When it is given up whatever it says.
    give_up: Duration,
    /// How long a printer that stopped is waited for, once it did.
    hold_until: Option<Duration>,
}

impl<L: Line> Sending<'_, L> {
    fn chunks(&mut self, job: &Job) -> Result<(), Broken> {
        self.talk.forget_printed();
        let mut rest = job.chunks.iter().peekable();
        while let Some(chunk) = rest.next() {
            let is_last = rest.peek().is_none();
            let asks = is_last && job.completion != Completion::Silent;
            if asks && job.completion == Completion::PaperReply {
                self.ask_in_turn()?;
                continue;
            }
            self.chunk(chunk)?;
            // The last commands are followed by the completion question.
            let is_last_but_one = rest.len() == 1 && job.completion != Completion::Silent;
            if self.abilities.paper && !is_last && !is_last_but_one {
                self.ask_in_turn()?;
            }
        }
        Ok(())
    }

    /// Sends whole commands, without a pause in them.
    fn chunk(&mut self, chunk: &Chunk) -> Result<(), Broken> {
        let n_bytes = chunk.bytes().len();
        self.expect_progress(self.talk.travel_time(n_bytes) * 3 / 2);
        self.talk.send(chunk.bytes(), self.deadline)?;
        self.talk.pace(n_bytes)
    }

    /// Waits until the printer has come to the last such question, and
    /// puts the next.
    fn ask_in_turn(&mut self) -> Result<(), Broken> {
        self.wait_until(Dialogue::is_answered)?;
        self.talk.ask_in_turn(self.deadline)
    }

    /// Waits for the answer to the completion question.
    fn end(&mut self, completion: Completion) -> Result<(), Broken> {
        match completion {
            Completion::Silent => Err(Broken::TimedOut),
            Completion::ProcessId(mark) => {
                self.wait_until(|it| it.has_printed(mark))?;
                // Answers come in turn: what did not come is lost.
                self.talk.forgive();
                Ok(())
            }
            Completion::PaperReply => loop {
                self.wait_until(Dialogue::is_answered)?;
                if !self.has_stopped()? {
                    return Ok(());
                }
                // That may have been noise, or the printer may have read
                // ahead of what it prints: ask behind it once more.
                self.talk.ask_in_turn(self.deadline)?;
            },
        }
    }

    fn wait_until(&mut self, answered: impl Fn(&Dialogue<L>) -> bool) -> Result<(), Broken> {
        self.expect_progress(Duration::ZERO);
        let look_every = self.patience.progress / LOOKS_PER_PATIENCE;
        let mut next_look = self.talk.now() + look_every;
        while !answered(self.talk) {
            if self.talk.now() >= self.deadline {
                return Err(Broken::TimedOut);
            }
            if self.talk.hear(next_look.min(self.deadline))?.is_none()
                && self.talk.now() >= next_look
            {
                self.look()?;
                next_look = self.talk.now() + look_every;
            }
        }
        Ok(())
    }

    fn expect_progress(&mut self, travel: Duration) {
        self.deadline = (self.talk.now() + travel + self.patience.progress).min(self.give_up);
    }

    /// Whether the printer says that it cannot go on.
    fn has_stopped(&mut self) -> Result<bool, Broken> {
        Ok(self.look()?.is_some_and(PrinterStatus::stops_printing))
    }

    /// Asks how the printer is; while a person has to help it, the wait
    /// goes on. Some printers are silent while the head moves.
    fn look(&mut self) -> Result<Option<PrinterStatus>, Broken> {
        let until = self.talk.now() + self.patience.answer * ANSWERS_PER_LOOK;
        // Our own slip may already hang in the mouth: no trouble here.
        let status = match self.talk.look(until.min(self.deadline)) {
            Ok(look) => look.status,
            Err(Broken::TimedOut) => return Ok(None),
            Err(Broken::Gone) => return Err(Broken::Gone),
        };
        (self.saw)(status);
        if status.holds_its_job() {
            let now = self.talk.now();
            let hold_until = *self.hold_until.get_or_insert(now + self.patience.hold);
            let helped_by = (now + self.patience.progress).min(hold_until).min(self.give_up);
            self.deadline = self.deadline.max(helped_by);
        }
        Ok(Some(status))
    }
}

/// Fills the command in which an interrupted slip stopped with zeros,
/// which mean nothing outside a command. Without them it would swallow
/// the next question, and then the head of the next slip.
pub(super) fn fill_interrupted<L: Line>(
    talk: &mut Dialogue<L>,
    longest_run: usize,
    deadline: Duration,
) -> Result<(), Broken> {
    talk.send(&vec![0; longest_run], deadline)?;
    talk.pace(longest_run)
}

/// Brings the printer back in step after an interrupted slip: resets it
/// and waits until it has answered everything it was asked, so that a
/// late answer is not taken for the next slip's.
pub(super) fn settle<L: Line>(
    talk: &mut Dialogue<L>,
    abilities: Abilities,
    patience: Patience,
) -> Result<(), Broken> {
    const RESET: [u8; 2] = [0x1b, b'@'];
    const CLEAR_AFTER_ERROR: [u8; 3] = [0x10, 0x05, 2];
    let deadline = talk.now() + patience.progress;
    talk.send(&CLEAR_AFTER_ERROR, deadline)?;
    talk.send(&RESET, deadline)?;
    if !abilities.paper {
        return Ok(());
    }
    talk.ask_in_turn(deadline)?;
    let mut heard = false;
    while !talk.is_answered() {
        // Answers that were lost with a slip do not come behind ours.
        let until = if heard { (talk.now() + patience.answer).min(deadline) } else { deadline };
        match talk.hear(until)? {
            Some(slip::Reply::Paper { .. }) => heard = true,
            Some(_) => {}
            None if heard => break,
            None => return Err(Broken::TimedOut),
        }
    }
    talk.forgive();
    Ok(())
}
