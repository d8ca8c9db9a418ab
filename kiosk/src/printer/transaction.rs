//! The rules by which a slip is printed once or not at all.
//!
//! Ask first, and send nothing to a printer that cannot print. Then send
//! whole commands, and last a question that the printer answers when it
//! comes to it: only that answer means that the slip is on paper. A
//! printer that runs out of paper within a slip holds the rest; it is
//! waited for, never sent the slip again.

use std::time::{Duration, Instant};

use slip::{Abilities, Completion, Job, PrinterStatus, Query, RealTimeReplies, Reply};

use super::Patience;
use super::line::{Broken, Line};

/// How many times within the patience for progress the printer is asked
/// how it is, while its answer is waited for.
const LOOKS_PER_PATIENCE: u32 = 10;

/// How long after an answer another may come that was owed before it.
const LATE_ANSWER: Duration = Duration::from_millis(200);

/// A slip whose end was not seen. Bytes that were handed to the system
/// may never have arrived, so it may have stopped within a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stopped {
    /// Whether the line can be kept, because all bytes are on their way.
    pub(super) all_sent: bool,
    /// The most bytes that the interrupted command lacks.
    pub(super) longest_run: usize,
}

/// Asks the printer how it is; a printer that takes no questions is
/// taken to be ready.
pub(super) fn ask_status(
    line: &mut Line,
    abilities: Abilities,
    patience: Patience,
) -> Result<PrinterStatus, Broken> {
    if !abilities.real_time {
        return Ok(PrinterStatus::Ready);
    }
    line.drain()?;
    let deadline = appliance::monotonic() + patience.answer;
    let mut watched = Vec::new();
    ask_real_time(line, deadline, &mut watched)
}

/// Asks the four questions one by one: their answers do not say which
/// question they belong to. Other replies go to `others`.
fn ask_real_time(
    line: &mut Line,
    deadline: Instant,
    others: &mut Vec<Reply>,
) -> Result<PrinterStatus, Broken> {
    let mut answers = [0; 4];
    for (query, answer) in Query::ALL.into_iter().zip(&mut answers) {
        line.send(&query.bytes(), deadline)?;
        *answer = loop {
            match line.reply(deadline)? {
                Some(Reply::RealTime(byte)) => break byte,
                Some(other) => others.push(other),
                None => return Err(Broken::TimedOut),
            }
        };
    }
    let [printer, offline, error, paper] = answers;
    Ok(RealTimeReplies { printer, offline, error, paper }.status())
}

/// Sends a job and waits until the printer says that it is on paper.
/// An error means that the job was begun and its end was not seen.
pub(super) fn send(
    line: &mut Line,
    job: &Job,
    abilities: Abilities,
    patience: Patience,
    saw: &mut dyn FnMut(PrinterStatus),
) -> Result<(), (Broken, Stopped)> {
    let longest_run = job.chunks.iter().map(|it| it.bytes().len()).max().unwrap_or(0);
    let sending = |broken| (broken, Stopped { all_sent: false, longest_run });
    let waiting = |broken| (broken, Stopped { all_sent: true, longest_run });
    let travel = line.travel_time(job.n_bytes()) * 3 / 2;
    let mut deadline = appliance::monotonic() + travel + patience.progress;
    for chunk in &job.chunks {
        line.send(chunk.bytes(), deadline).map_err(sending)?;
        line.pace(chunk.bytes().len()).map_err(sending)?;
    }
    deadline = deadline.max(appliance::monotonic() + patience.progress);
    let wait = CompletionWait { completion: job.completion, abilities, patience, deadline };
    wait.run(line, saw).map_err(waiting)
}

/// Waiting for the answer to the completion question.
struct CompletionWait {
    completion: Completion,
    abilities: Abilities,
    patience: Patience,
    deadline: Instant,
}

impl CompletionWait {
    fn run(mut self, line: &mut Line, saw: &mut dyn FnMut(PrinterStatus)) -> Result<(), Broken> {
        if self.completion == Completion::Silent {
            return Err(Broken::TimedOut);
        }
        let hold_until = appliance::monotonic() + self.patience.hold;
        while appliance::monotonic() < self.deadline {
            let next_look = appliance::monotonic() + self.patience.progress / LOOKS_PER_PATIENCE;
            match line.reply(next_look.min(self.deadline))? {
                Some(reply) if self.completes(reply) => return Ok(()),
                Some(_) => continue,
                None => {}
            }
            if self.abilities.real_time && self.look(line, hold_until, saw)? {
                return Ok(());
            }
        }
        Err(Broken::TimedOut)
    }

    /// Asks how the printer is; while a person has to help it, the wait
    /// goes on. Says whether the completion answer came meanwhile.
    fn look(
        &mut self,
        line: &mut Line,
        hold_until: Instant,
        saw: &mut dyn FnMut(PrinterStatus),
    ) -> Result<bool, Broken> {
        let until = self.deadline.min(appliance::monotonic() + self.patience.answer);
        let mut others = Vec::new();
        match ask_real_time(line, until, &mut others) {
            Ok(status) => {
                saw(status);
                if status.holds_its_job() {
                    let helped_by = appliance::monotonic() + self.patience.progress;
                    self.deadline = self.deadline.max(helped_by.min(hold_until));
                }
            }
            // Some printers are silent while the head moves.
            Err(Broken::TimedOut) => {}
            Err(Broken::Gone) => return Err(Broken::Gone),
        }
        Ok(others.into_iter().any(|it| self.completes(it)))
    }

    fn completes(&self, reply: Reply) -> bool {
        match (self.completion, reply) {
            (Completion::PaperReply, Reply::Paper { .. }) => true,
            (Completion::ProcessId(mark), Reply::Printed(printed)) => mark == printed,
            _ => false,
        }
    }
}

/// Fills the command in which an interrupted slip stopped with zeros,
/// which mean nothing outside a command. Without them it would swallow
/// the next question, and then the head of the next slip.
pub(super) fn fill_interrupted(
    line: &mut Line,
    longest_run: usize,
    patience: Patience,
) -> Result<(), Broken> {
    let deadline = appliance::monotonic() + line.travel_time(longest_run) + patience.answer;
    line.send(&vec![0; longest_run], deadline)?;
    line.pace(longest_run)
}

/// Brings the printer back in step after an interrupted slip: resets it
/// and waits until it has answered everything it was asked, so that a
/// late answer is not taken for the next slip's.
pub(super) fn settle(
    line: &mut Line,
    abilities: Abilities,
    patience: Patience,
) -> Result<(), Broken> {
    const RESET: [u8; 2] = [0x1b, b'@'];
    const CLEAR_AFTER_ERROR: [u8; 3] = [0x10, 0x05, 2];
    const ASK_PAPER: [u8; 3] = [0x1d, b'r', 1];
    let deadline = appliance::monotonic() + patience.progress;
    line.send(&CLEAR_AFTER_ERROR, deadline)?;
    line.send(&RESET, deadline)?;
    if !abilities.paper {
        return Ok(());
    }
    line.send(&ASK_PAPER, deadline)?;
    let mut answered = false;
    while !answered {
        match line.reply(deadline)? {
            Some(Reply::Paper { .. }) => answered = true,
            Some(_) => {}
            None => return Err(Broken::TimedOut),
        }
    }
    // The answer may have been the interrupted slip's; ours is close.
    let quiet = appliance::monotonic() + LATE_ANSWER;
    while line.reply(quiet)?.is_some() {}
    Ok(())
}
