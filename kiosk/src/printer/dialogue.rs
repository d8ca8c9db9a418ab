//! Questions to a printer and its answers, kept apart.
//!
//! Answers do not say which question they belong to, and one may come
//! late or twice. So at most one of a kind is asked at a time, what is
//! owed is counted, and what nobody asked for is dropped. This file must
//! not know what a slip is.

use std::time::Duration;

use slip::{Abilities, PrinterStatus, Query, RealTimeReplies, Reply, ReplyReader};

use super::Patience;
use super::line::{Broken, Line};

/// `GS r 1`: answered when the printer comes to it.
const ASK_PAPER: [u8; 3] = [0x1d, b'r', 1];

/// How many bytes' time after an answer its echo may come.
const ECHO_BYTES: usize = 2;

/// A line with what was asked over it and not answered yet.
#[derive(Debug)]
pub(super) struct Dialogue<L> {
    line: L,
    abilities: Abilities,
    patience: Patience,
    reader: ReplyReader,
    /// Answers to `DLE EOT n` that may still come.
    n_owed_at_once: u32,
    /// Answers to `GS r 1` that may still come.
    n_owed_in_turn: u32,
    /// The job that the printer named last as printed.
    printed: Option<[u8; 4]>,
}

impl<L: Line> Dialogue<L> {
    pub(super) fn new(line: L, abilities: Abilities, patience: Patience) -> Self {
        let reader = ReplyReader::default();
        let (n_owed_at_once, n_owed_in_turn) = (0, 0);
        Self { line, abilities, patience, reader, n_owed_at_once, n_owed_in_turn, printed: None }
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
        while self.now() < arrived {
            self.hear(arrived)?;
        }
        Ok(())
    }

    /// The next reply, or nothing by the deadline.
    pub(super) fn hear(&mut self, deadline: Duration) -> Result<Option<Reply>, Broken> {
        loop {
            if let Some(reply) = self.reader.next_reply() {
                self.note(reply);
                return Ok(Some(reply));
            }
            let bytes = self.line.receive(deadline)?;
            // A line that babbles without end must not hold anybody.
            if bytes.is_empty() || self.now() > deadline {
                return Ok(None);
            }
            self.reader.push(&bytes);
        }
    }

    fn note(&mut self, reply: Reply) {
        match reply {
            Reply::RealTime(_) => self.n_owed_at_once = self.n_owed_at_once.saturating_sub(1),
            Reply::Paper { .. } => self.n_owed_in_turn = self.n_owed_in_turn.saturating_sub(1),
            Reply::Printed(mark) => self.printed = Some(mark),
            Reply::Automatic(_) | Reply::Mouth(_) => {}
        }
    }

    /// Puts the question that is answered when everything before it is
    /// done. The one before it must have been answered.
    pub(super) fn ask_in_turn(&mut self, deadline: Duration) -> Result<(), Broken> {
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
    pub(super) fn status(&mut self, deadline: Duration) -> Result<PrinterStatus, Broken> {
        if !self.abilities.real_time {
            return Ok(PrinterStatus::Ready);
        }
        self.catch_up(deadline)?;
        let mut answers = [0; 4];
        for (query, answer) in Query::ALL.into_iter().zip(&mut answers) {
            self.send(&query.bytes(), deadline)?;
            self.n_owed_at_once += 1;
            *answer = self.answer_at_once(deadline)?;
        }
        let [printer, offline, error, paper] = answers;
        Ok(RealTimeReplies { printer, offline, error, paper }.status())
    }

    fn answer_at_once(&mut self, deadline: Duration) -> Result<u8, Broken> {
        let answer = loop {
            match self.hear(deadline)? {
                Some(Reply::RealTime(byte)) => break byte,
                Some(_) => {}
                None => return Err(Broken::TimedOut),
            }
        };
        let echoed = (self.now() + self.travel_time(ECHO_BYTES)).min(deadline);
        while self.hear(echoed)?.is_some() {}
        Ok(answer)
    }

    /// Hears what was said before, and waits for what is owed at once as
    /// long as an answer may take; longer, and it is lost.
    fn catch_up(&mut self, deadline: Duration) -> Result<(), Broken> {
        let begin = self.now();
        while self.now() <= begin && self.hear(begin)?.is_some() {}
        let lost = (begin + self.patience.answer).min(deadline);
        while self.n_owed_at_once > 0 && self.hear(lost)?.is_some() {}
        self.n_owed_at_once = 0;
        Ok(())
    }
}
