//! Questions to a printer and its answers, kept apart.
//!
//! Answers do not say which question they belong to, and one may come
//! late or twice. So at most one of a kind is asked at a time, what is
//! owed is counted, and what nobody asked for is dropped. An answer that
//! is owed and does not come is not given up before the printer has
//! answered a later question and fallen silent: taken for the next one's,
//! it would make an open cover look like a printer that is ready. This
//! file must not know what a slip is.

use std::time::Duration;

use slip::{Mouth, Presenter, PrinterStatus, Profile, Query, RealTimeReplies, Reply, ReplyReader};

use super::Patience;
use super::line::{Broken, Line};

/// `GS r 1`: answered when the printer comes to it.
const ASK_PAPER: [u8; 3] = [0x1d, b'r', 1];

/// How many bytes' time after an answer its echo may come.
const ECHO_BYTES: usize = 2;

/// How often a line is read that has something each time, before what
/// it says is looked at.
const RECEIVES_MAX: u32 = 64;

/// How many patiences for an answer a look may take: for what is owed,
/// for one more question, for the silence after it, and for the look.
pub(super) const ANSWERS_PER_LOOK: u32 = 4;

/// What a printer was found to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) status: PrinterStatus,
    /// Whether a slip hangs in its mouth; that alone is no trouble.
    pub(super) mouth_is_full: bool,
}

impl From<PrinterStatus> for Look {
    fn from(status: PrinterStatus) -> Self {
        Self { status, mouth_is_full: false }
    }
}

/// A line with what was asked over it and not answered yet.
#[derive(Debug)]
pub(super) struct Dialogue<L> {
    line: L,
    asks_at_once: bool,
    presenter: Option<Presenter>,
    patience: Patience,
    reader: ReplyReader,
    /// Answers to `DLE EOT n` and about the mouth that may still come.
    n_owed_at_once: u32,
    /// Answers to `GS r 1` that may still come.
    n_owed_in_turn: u32,
    /// The job that the printer named last as printed.
    printed: Option<[u8; 4]>,
}

impl<L: Line> Dialogue<L> {
    pub(super) fn new(line: L, profile: &Profile, patience: Patience) -> Self {
        Self {
            line,
            asks_at_once: profile.abilities.real_time,
            presenter: profile.presenter.clone(),
            patience,
            reader: ReplyReader::of(profile.presenter.clone()),
            n_owed_at_once: 0,
            n_owed_in_turn: 0,
            printed: None,
        }
    }

    /// Opens the line anew. Answers that are owed may still come over it,
    /// but no rest of one.
    pub(super) fn open(&mut self, deadline: Duration) -> Result<(), Broken> {
        self.reader.clear();
        self.line.open(deadline)
    }

    pub(super) fn line(&mut self) -> &mut L {
        &mut self.line
    }

    pub(super) fn now(&self) -> Duration {
        self.line.now()
    }

    /// Whether no `GS r 1` is unanswered: all before it is done.
    pub(super) fn is_answered(&self) -> bool {
        self.n_owed_in_turn == 0
    }

    /// Whether the printer named this job as printed.
    pub(super) fn has_printed(&self, mark: [u8; 4]) -> bool {
        self.printed == Some(mark)
    }

    /// Forgets which job was printed last.
    pub(super) fn forget_printed(&mut self) {
        self.printed = None;
    }

    /// How long so many bytes are on the way.
    pub(super) fn travel_time(&self, n_bytes: usize) -> Duration {
        let n_bytes = u32::try_from(n_bytes).unwrap_or(u32::MAX);
        match self.line.bytes_per_second() {
            Some(speed) => Duration::from_secs(1) * n_bytes / speed.max(1),
            None => Duration::ZERO,
        }
    }

    pub(super) fn send(&mut self, bytes: &[u8], deadline: Duration) -> Result<(), Broken> {
        self.line.send(bytes, deadline)
    }

    /// Lets bytes that were sent travel, hearing what comes meanwhile.
    pub(super) fn pace(&mut self, n_bytes: usize) -> Result<(), Broken> {
        let arrived = self.now() + self.travel_time(n_bytes);
        self.listen_until(arrived)
    }

    /// Lets the time pass, hearing what comes meanwhile.
    pub(super) fn listen_until(&mut self, until: Duration) -> Result<(), Broken> {
        while self.now() < until {
            self.hear(until)?;
        }
        Ok(())
    }

    /// The next reply, or nothing by the deadline. What was received is
    /// never dropped, and what is there is heard even if the deadline is
    /// over, because the machine may have been busy meanwhile. So whoever
    /// hears in a loop must look at the clock: a line may babble without
    /// end.
    pub(super) fn hear(&mut self, deadline: Duration) -> Result<Option<Reply>, Broken> {
        let mut is_over = false;
        loop {
            if let Some(reply) = self.reader.next_reply() {
                self.note(reply);
                return Ok(Some(reply));
            }
            if is_over {
                return Ok(None);
            }
            is_over = self.now() > deadline;
            let bytes = self.line.receive(deadline)?;
            if bytes.is_empty() {
                return Ok(None);
            }
            self.reader.push(&bytes);
        }
    }

    /// Hears what is there already, without waiting.
    fn take_in(&mut self) -> Result<(), Broken> {
        for _ in 0..RECEIVES_MAX {
            let bytes = self.line.receive(self.line.now())?;
            if bytes.is_empty() {
                break;
            }
            self.reader.push(&bytes);
        }
        while let Some(reply) = self.reader.next_reply() {
            self.note(reply);
        }
        Ok(())
    }

    fn note(&mut self, reply: Reply) {
        match reply {
            Reply::RealTime(_) | Reply::Mouth(_) => {
                self.n_owed_at_once = self.n_owed_at_once.saturating_sub(1);
            }
            Reply::Paper { .. } => self.n_owed_in_turn = self.n_owed_in_turn.saturating_sub(1),
            Reply::Printed(mark) => self.printed = Some(mark),
            Reply::Automatic(_) => {}
        }
    }

    /// Puts the question that is answered when everything before it is
    /// done. The one before it must have been answered.
    pub(super) fn ask_in_turn(&mut self, deadline: Duration) -> Result<(), Broken> {
        self.hear_echo(deadline)?;
        self.send(&ASK_PAPER, deadline)?;
        self.n_owed_in_turn += 1;
        Ok(())
    }

    /// Takes the answers that are owed in turn as lost.
    pub(super) fn forgive(&mut self) {
        self.n_owed_in_turn = 0;
    }

    /// Asks the printer how it is; one that takes no questions is taken
    /// to be ready.
    pub(super) fn look(&mut self, deadline: Duration) -> Result<Look, Broken> {
        self.catch_up(deadline)?;
        let status = if self.asks_at_once { self.status(deadline)? } else { PrinterStatus::Ready };
        match self.mouth(deadline)? {
            Some(mouth) => {
                Ok(Look { status: mouth.amend(status), mouth_is_full: mouth.holds_slip })
            }
            None => Ok(Look::from(status)),
        }
    }

    fn status(&mut self, deadline: Duration) -> Result<PrinterStatus, Broken> {
        let mut answers = [0; 4];
        for (query, answer) in Query::ALL.into_iter().zip(&mut answers) {
            self.ask_at_once(&query.bytes(), deadline)?;
            *answer = self.answer(deadline, |it| match it {
                Reply::RealTime(byte) => Some(byte),
                _ => None,
            })?;
        }
        let [printer, offline, error, paper] = answers;
        Ok(RealTimeReplies { printer, offline, error, paper }.status())
    }

    /// What a presenter says of its mouth, if there is one.
    fn mouth(&mut self, deadline: Duration) -> Result<Option<Mouth>, Broken> {
        let Some(presenter) = self.presenter.clone() else { return Ok(None) };
        self.ask_at_once(&presenter.query, deadline)?;
        let mouth = self.answer(deadline, |it| match it {
            Reply::Mouth(mouth) => Some(mouth),
            _ => None,
        });
        mouth.map(Some)
    }

    fn ask_at_once(&mut self, question: &[u8], deadline: Duration) -> Result<(), Broken> {
        self.send(question, deadline)?;
        self.n_owed_at_once += 1;
        Ok(())
    }

    /// The answer to the question that was just put.
    fn answer<T>(
        &mut self,
        deadline: Duration,
        fits: impl Fn(Reply) -> Option<T>,
    ) -> Result<T, Broken> {
        let deadline = (self.now() + self.patience.answer).min(deadline);
        let answer = loop {
            match self.hear(deadline)? {
                Some(reply) => {
                    if let Some(answer) = fits(reply) {
                        break answer;
                    }
                    self.check_clock(deadline)?;
                }
                None => return Err(Broken::TimedOut),
            }
        };
        self.hear_echo(deadline)?;
        Ok(answer)
    }

    /// Hears the answer before once more, if the printer says all twice:
    /// it must not count for the next question.
    fn hear_echo(&mut self, deadline: Duration) -> Result<(), Broken> {
        let echoed = (self.now() + self.travel_time(ECHO_BYTES)).min(deadline);
        while self.now() <= echoed && self.hear(echoed)?.is_some() {}
        self.take_in()
    }

    fn check_clock(&self, deadline: Duration) -> Result<(), Broken> {
        if self.now() > deadline { Err(Broken::TimedOut) } else { Ok(()) }
    }

    /// Hears what was said before, and waits for what is owed at once.
    fn catch_up(&mut self, deadline: Duration) -> Result<(), Broken> {
        self.take_in()?;
        let late = (self.now() + self.patience.answer).min(deadline);
        while self.n_owed_at_once > 0 && self.now() <= late && self.hear(late)?.is_some() {}
        if self.n_owed_at_once == 0 {
            return Ok(());
        }
        self.outwait(deadline)
    }

    /// Finds out whether the answers that are owed are lost: answers
    /// come in turn, so after one more question they come too or never.
    fn outwait(&mut self, deadline: Duration) -> Result<(), Broken> {
        let question = match &self.presenter {
            Some(presenter) if !self.asks_at_once => presenter.query.clone(),
            _ => Query::Printer.bytes().to_vec(),
        };
        self.ask_at_once(&question, deadline)?;
        let mut has_answered = false;
        while self.n_owed_at_once > 0 {
            let silent = (self.now() + self.patience.answer).min(deadline);
            match self.hear(silent)? {
                Some(Reply::RealTime(_) | Reply::Mouth(_)) => has_answered = true,
                Some(_) => self.check_clock(deadline)?,
                None if has_answered => break,
                None => return Err(Broken::TimedOut),
            }
        }
        self.n_owed_at_once = 0;
        Ok(())
    }
}
